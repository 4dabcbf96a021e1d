from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import LANGS
from crawler.pages.attribution_rules import rules
from crawler.pages.required import RequiredWords, fold, required

PARAGRAPHS = {lang: [] for lang in LANGS}
for captured in Path(__file__).parent.glob("captures/*/expected.json"):
    article = json.loads(captured.read_text("utf-8")).get("article")
    PARAGRAPHS[article["lang"]] += (captured.with_name("page.txt")).read_text("utf-8").split("\n") if article else []


@pytest.mark.parametrize(
    ("expression", "choices"),
    [
        ("report", [{"report"}]),
        ("reports?", [{"report"}]),
        ("repo(?:rt|st)s", [{"repo"}]),
        ("(?:report|inform)s? that", [{"report", "inform"}, {" that"}]),
        ("(?:report)? that", [{" that"}]),
        ("(?:report){0,2} that", [{" that"}]),
        ("(?:report){1,2} that", [{"report"}, {" that"}]),
        ("(?:report|it) that", [{" that"}]),
        ("(?P<source>(?i:REPORT)), [^.]{2,9}?said", [{"report"}, {"said"}]),
        ("(?!report)(?=.{0,9}said)that", [{"said"}, {"that"}]),
        (r"\breport\.az\b", [{"report.az"}]),
        ("[(|)]report", [{"report"}]),
        ("İXTİYAR ışıq", [{"ixtiyar işiq"}]),
    ],
)
def test_words_an_expression_needs(expression, choices):
    assert required(expression) == tuple(map(frozenset, choices))


@pytest.mark.parametrize("expression", ["(report", "report)", "(?:a|(b)"])
def test_brackets_that_do_not_fit(expression):
    with pytest.raises(ValueError, match="bracket"):
        required(expression)


def test_parts_are_filled_in_as_choices():
    outlet = frozenset({"report", "trend"})
    assert required("(?:as )?{outlet} said", {"outlet": [outlet]}) == (outlet, frozenset({" said"}))
    assert required("(?:{outlet} )?said", {"outlet": [outlet]}) == (frozenset({"said"}),)
    assert required("(?:{outlet}|agency) said", {"outlet": [outlet]})[0] == outlet | {"agency"}
    with pytest.raises(KeyError, match="nobody"):
        required("{nobody} said")


def test_words_are_found_in_one_pass():
    choices = [frozenset({"report", "inform"}), frozenset({"said"})]
    words = RequiredWords(choices)
    assert words.held("REPORT İNFORMs") == words.mask(choices[:1])
    assert words.held("he said, reporting") == words.mask(choices)
    assert words.held("nothing") == 0


@given(st.text(alphabet="repotsaidxyz ", max_size=30))
def test_what_matches_holds_what_is_needed(text):
    for expression in ("(?:repo|xyz)s? (?:said)?", "re(?=po)po[tx]?", "(?:said|(?:rep|tos)+)+ too?"):
        if re.search(expression, text):
            assert all(any(word in fold(text) for word in choice) for choice in required(expression))


@pytest.mark.parametrize("lang", LANGS)
def test_no_rule_of_attribution_matches_where_it_is_not_tried(lang):
    tried = matched = 0
    for paragraph in PARAGRAPHS[lang]:
        worth_trying = rules(lang).worth_trying(paragraph)
        tried += len(worth_trying)
        for _, rule in rules(lang)._rules:
            if rule.pattern.search(paragraph):
                assert rule in worth_trying or not rules(lang).may_attribute(paragraph)
                matched += 1
    assert matched
    assert tried < len(PARAGRAPHS[lang]) * len(rules(lang)._rules) / 4
