from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS, Lang
from crawler.mentions import read_mentions
from tests.mentions.articles import article, read

HOSTILE = [
    "A. " * 4000,
    "Zakir " * 3000,
    "Minister of Defence of " * 800,
    "“" * 8000,
    "met Azerbaijan, " * 1200,
    "(" * 8000 + "a",
    "general " * 2500 + "Zakir Hasanov",
    "Həsənovun " * 2000,
    "Гасановым и " * 2000,
    "June 10, " * 2000,
    "'s " * 6000,
    "A" + "." * 9000,
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_takes_linear_time(lang: Lang, text: str) -> None:
    read(lang, "warm up")
    half, whole = _seconds(lang, text[: len(text) // 2]), _seconds(lang, text)
    assert whole < 6 * half + 0.2


def _seconds(lang: Lang, text: str) -> float:
    made = article(lang, text)
    times = []
    for _ in range(2):
        start = time.process_time()
        read_mentions(made)
        times.append(time.process_time() - start)
    return min(times)


@settings(max_examples=60, deadline=None)
@given(lang=st.sampled_from(LANGS), text=st.text(max_size=300))
def test_any_text_is_read(lang: Lang, text: str) -> None:
    reading = read(lang, text, headline=text[:50] or None)
    assert bool(reading.mentions) != bool(reading.dropped)
