"""Rules have names, count how often they decide, and can be switched off."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler import rules
from crawler.mentions.registry import find_known
from quality.ablation import ablate, forget_texts, named_rules
from quality.labelled import ARTICLES, load
from quality.measuring import Measured
from tests.mentions.articles import read_one

CALL = "Azerbaijan's Defence Minister Zakir Hasanov held a phone call with Poland's Defence Minister Marek Dubrovski."
PROGRAM = Path(rules.__file__).parent


@pytest.fixture(autouse=True)
def every_rule_on() -> Iterator[None]:
    yield
    rules.switch_off()


def test_a_rule_that_decides_is_counted_and_one_that_is_off_decides_nothing() -> None:
    before = rules.FIRED["kind: call"]
    assert read_one("en", CALL).kind == "call"
    assert rules.FIRED["kind: call"] == before + 1
    rules.switch_off("kind: call")
    assert read_one("en", CALL).kind == "bilateral"
    assert rules.FIRED["kind: call"] == before + 1
    rules.switch_off()
    assert read_one("en", CALL).kind == "call"


def test_each_rule_is_measured_in_a_process_of_its_own() -> None:
    articles = [article for article in load(ARTICLES) if article.part == "open"]
    calls = [article for article in articles if article.kind == "phone-call"][:6]
    measured = dict(ablate({"open": Measured(calls)}, ["kind: call", "kind: visit without talks", "no such rule"]))
    whole = measured[None]["open"]
    assert measured["kind: call"]["open"].values["single"]["kind"] < whole.values["single"]["kind"]
    assert measured["kind: call"]["open"].changed(whole) > 0
    assert measured["no such rule"]["open"] == whole
    assert rules.fires("kind: call")


def test_articles_that_a_rule_does_not_decide_need_not_be_read_again() -> None:
    articles = [article for article in load(ARTICLES) if article.part == "open"][:120]
    measured = Measured(articles)
    for rule in ("kind: call", "party: title", "date: dateline", "veto: other stated days", "absent: only invited"):
        rules.switch_off(rule)
        forget_texts()
        assert measured.again(rule).readings == Measured(articles).readings, rule
        assert measured.again(rule).values() == Measured(articles).values(), rule


def test_caches_of_texts_are_emptied_before_a_rule_is_judged() -> None:
    find_known("Zakir Hasanov", "en")
    assert find_known.cache_info().currsize
    forget_texts()
    assert find_known.cache_info().currsize == 0


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for file in PROGRAM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{file.name}: {node.name}", node


def test_no_function_that_is_cached_asks_a_rule_but_the_comparison_of_two_reports() -> None:
    """A cached answer counts for the article that asked first, and the others would not be read again without it."""
    asking = {}
    for name, function in _functions():
        calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
        if any(isinstance(call, ast.Name) and call.id == "fires" for call in calls):
            asking[name] = [ast.unparse(decorator) for decorator in function.decorator_list]
    assert asking
    cached = [name for name, decorators in asking.items() if any("cache" in decorator for decorator in decorators)]
    assert cached == ["evidence.py: weigh"]


def test_the_names_of_rules_are_read_from_the_code() -> None:
    names = named_rules()
    assert {"kind: call", "group: torn between two meetings", "drop: denial"} <= set(names)
    assert all(name.partition(": ")[2] for name in names), "a rule's name begins with what it is about"
