"""No regular expression of the program takes more than proportional time for a text made to hurt it.

The attacks are built from each expression itself: what leads to a repetition, what the repetition takes thousands
of times, and a character that nothing takes. An expression is asked in the way the program asks it. One that is not
linear must be asked of short pieces alone: then articles full of its attack are read in proportional time.
"""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from crawler.mentions import read_mentions
from crawler.pages import Page, PageError, read_article, read_text
from tests.expressions import ROOT, attacks

LENGTH = 2000
FEW = 20  # repetitions after which an exponential expression takes a second
ADDRESS = "https://report.az/en/military/a-meeting"
SENTENCES = {
    "en": "The Minister of Defense of Azerbaijan Zakir Hasanov met the Minister of Defense of Georgia in Baku on May 4, 2026.",
    "az": "Müdafiə naziri Zakir Həsənov mayın 4-də Bakıda Gürcüstanın müdafiə naziri ilə görüşüb.",
    "ru": "Министр обороны Закир Гасанов 4 мая встретился в Баку с министром обороны Грузии.",
}


def expressions():
    listed = subprocess.run(
        [sys.executable, "-m", "tests.expressions"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in listed.stdout.splitlines()]


def seconds(ask, text):
    began = time.process_time()
    ask(text)
    return time.process_time() - began


def ways(expression, methods):
    """How the program asks: at the beginning of a text only, or all over it."""
    if methods and set(methods) <= {"match", "fullmatch"}:
        return [getattr(expression, method) for method in methods]
    return [lambda text: [None for _ in expression.finditer(text)]]


def growth(ask, attack):
    """How much longer four times the text takes; 4 is linear, 16 a square."""
    before, repeated, after = attack
    if seconds(ask, before + repeated * FEW + after) > 0.05:
        return math.inf
    short, long = (before + repeated * (times * LENGTH // len(repeated)) + after for times in (1, 4))
    first = seconds(ask, short)
    if first < 0.0002:  # a square of thousands takes longer
        return 0.0
    return seconds(ask, long) / min(first, seconds(ask, short), seconds(ask, short))


def read(lang, headline, text):
    with suppress(PageError):
        read_mentions(read_text(text, url=ADDRESS, lang=lang, headline=headline, published="2026-05-04"))
    page = f"""<html lang="{lang}"><head><title>{headline}</title><link rel="alternate" hreflang="ru" href="{headline}">
    </head><body><a href="{headline}">{headline}</a><h1 class="section-title">{headline}</h1>
    <div class="news-detail__desc"><p>{text}</p></div></body></html>"""
    with suppress(PageError):
        read_mentions(read_article(Page(ADDRESS, page.encode(), "text/html")))


def hurts_the_program(attack):
    """Tell whether articles made of an attack take more than proportional time, in any language and place."""
    before, repeated, after = attack
    for lang, sentence in SENTENCES.items():
        for in_headline in (False, True):
            found = []
            for times in (3, 12):
                hostile = before + repeated * (times * 1000 // len(repeated)) + after.strip("\x01")
                text = sentence if in_headline else f"{sentence}\n\n{sentence} {hostile} {sentence}"
                headline = f"{sentence} {hostile}" if in_headline else sentence
                found.append(min(seconds(lambda text: read(lang, headline, text), text) for _ in range(2)))  # noqa: B023
            if found[1] > 9 * found[0] + 0.02:
                return True
    return False


@pytest.mark.slow
def test_every_expression_is_linear_or_asked_of_little():
    found = expressions()
    assert len(found) > 400
    read("en", SENTENCES["en"], SENTENCES["en"])  # tables are read once
    worse = []
    for one in found:
        expression = re.compile(one["pattern"], one["flags"])
        for ask in ways(expression, one["methods"]):
            for attack in attacks(one["pattern"], one["flags"]):
                if growth(ask, attack) > 8 and growth(ask, attack) > 8:
                    if hurts_the_program(attack):
                        worse.append(f"{one['place']}: {attack!r} hurts {one['pattern'][:80]!r} {one['methods']}")
                    break
    assert not worse, "\n".join(worse)


@pytest.mark.parametrize("pattern", [r"\s+$", r"(a|a)*b", r"(\w+\s?)*!", r"\w*x$", r"=\s*\"[^>]*>"])
def test_an_expression_that_is_not_linear_is_noticed(pattern):
    (ask,) = ways(re.compile(pattern), ["search"])
    assert any(growth(ask, attack) > 8 for attack in attacks(pattern, 0))
