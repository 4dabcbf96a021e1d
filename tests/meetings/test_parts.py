"""The measures that the rules stand on: days, texts, surnames."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from crawler.meetings.days import Span, relate, yearless_beginning
from crawler.meetings.people import surname_skeleton
from crawler.meetings.posts import LEAST_SENIOR, label, seniority
from crawler.meetings.similarity import SKETCH, containment, jaccard, language_free_marks, shingle_sketch, word_sketch
from tests.meetings.making import make


def hard(day, last=None):
    return Span("hard", dt.date(2026, 3, day), dt.date(2026, 3, last or day), dt.date(2026, 3, day))


def relative(day):
    return replace(hard(day), firmness="relative")


def soft(day):
    best = dt.date(2026, 3, day)
    return Span("soft", best - dt.timedelta(days=2), best + dt.timedelta(days=1), best)


MONTH = Span("month", dt.date(2026, 3, 1), dt.date(2026, 3, 31))


STATED = Span("month", dt.date(2026, 4, 1), dt.date(2026, 4, 30))


@pytest.mark.parametrize(
    ("a", "b", "level", "window"),
    [
        (hard(4), hard(4), "same", 1),
        (hard(4), hard(5), "clash", 0),
        (hard(4, 6), hard(5), "same", 1),
        (hard(4), relative(4), "same", 1),
        (hard(4), relative(5), "next", 3),
        (relative(4), relative(5), "next", 3),
        (relative(4), relative(6), "clash", 0),
        (hard(4), soft(4), "published", 1),
        (hard(4), soft(6), "late", 5),
        (hard(4), soft(9), "far", 0),
        (hard(4), soft(16), "past", 0),
        (hard(4), soft(3), "next", 3),
        (soft(4), soft(4), "published", 1),
        (soft(4), soft(6), "late", 5),
        (MONTH, hard(4), "month", 31),
        (STATED, hard(4), "clash", 0),
        (STATED, soft(4), "past", 0),
        (Span("yearless", yearless=(3, 4)), hard(4), "yearless", 1),
        (Span("yearless", yearless=(3, 5)), hard(4), "clash", 0),
        (Span("yearless", yearless=(3, 5)), relative(4), "next", 3),
        (Span("yearless", yearless=(3, 5), tolerance=2), hard(4), "next", 3),
        (Span("yearless", yearless=(2, 29)), hard(4), "clash", 0),
        (Span("yearless", yearless=(3, 4)), soft(4), "published", 1),
        (Span("yearless", yearless=(3, 4)), soft(6), "late", 5),
        (Span("yearless", yearless=(3, 4)), MONTH, "month", 31),
        (Span("yearless", yearless=(3, 4)), Span("yearless", yearless=(3, 4)), "yearless", 1),
        (Span("yearless", yearless=(3, 4)), Span("none"), "open", 1095),
        (Span("none"), hard(4), "open", 1095),
    ],
)
def test_days(a, b, level, window):
    for found in (relate(a, b), relate(b, a)):
        assert (found.level, found.window) == (level, window)


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("BAKU, Azerbaijan, November 23. The ministry held a meeting.", "en", (11, 23, True)),
        ("On November 23 the minister received a delegation.", "en", (11, 23, False)),
        ("6 мая министр принял делегацию.", "ru", (5, 6, False)),
        ("Dekabrın 11-də nazir nümayəndə heyətini qəbul edib.", "az", (12, 11, False)),
        ("The minister received a delegation in 2024.", "en", None),
        (
            "The minister received a delegation. " + "He spoke of many things. " * 5 + "October 7 was recalled.",
            "en",
            None,
        ),
    ],
)
def test_day_without_a_year_at_the_beginning(text, lang, found):
    assert yearless_beginning(make("a.az/1", lang=lang, text=text)[0]) == found
    assert yearless_beginning(make("a.az/1", lang=lang, text=text, published="2026-03-04")[0]) is None


def test_texts():
    text = " ".join(f"word{n}" for n in range(300))
    longer = text + " and a trailer of a few words that only one copy has"
    sketch, other = shingle_sketch(text, "en"), shingle_sketch(longer, "en")
    assert len(sketch) == SKETCH
    assert shingle_sketch(text.upper(), "en") == sketch
    assert jaccard(sketch, other) > 0.9
    assert containment(sketch, other) == 1
    assert jaccard(sketch, shingle_sketch(" ".join(f"other{n}" for n in range(300)), "en")) == 0
    assert jaccard((), sketch) == containment((), sketch) == 0
    assert shingle_sketch("too short a text", "en") == ()
    assert word_sketch("nazirlərin görüşü", "az") == word_sketch("Nazirləri görüşüb", "az")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("ADEX and 106 years, 12 March 2026, 16:20, 3.5 and 1,200", ("106", "ADEX")),
        ("На выставке ADEX отметили 106-ю годовщину", ("106", "ADEX")),
    ],
)
def test_marks(text, marks):
    assert language_free_marks(text) == marks


@pytest.mark.parametrize(
    "spellings",
    [
        [("Israel Katz", "en"), ("Исраэль Кац", "ru")],
        [("Guido Crosetto", "en"), ("Quido Krozetto", "az"), ("Гвидо Крозетто", "ru")],
        [("Dragan Milojevic", "en"), ("Draqan Miloyeviç", "az"), ("Драган Милоевич", "ru")],
        [("Zakir Hasanov", "en"), ("Zakir Həsənov", "az"), ("Закир Гасанов", "ru")],
    ],
)
def test_one_surname_one_skeleton(spellings):
    assert len({surname_skeleton(name, lang) for name, lang in spellings}) == 1


def test_seniority_and_labels():
    order = ["president", "minister_of_defence", "chief_of_general_staff", "deputy_minister_of_defence", "ambassador"]
    assert [seniority(post) for post in order] == sorted({seniority(post) for post in order})
    assert seniority(None) == LEAST_SENIOR
    assert label("posts", "minister_of_defence") == "Minister of Defence"
    assert label("posts", "keeper_of_seals") == "keeper of seals"
    assert label("ranks", None) is None
