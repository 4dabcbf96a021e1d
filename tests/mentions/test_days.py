from __future__ import annotations

import datetime as dt

import pytest

from crawler.items import Lang
from tests.mentions.articles import read_one


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "Zakir Hasanov arrived in Madrid on June 8. The next day he met Spanish Defence Minister Ana Soler.", 9),
        ("en", "A day of memory fell on June 10. The day before, Zakir Hasanov met Spanish Defence Minister Ana Soler.", 9),
        ("en", "Zakir Hasanov met Spanish Defence Minister Ana Soler at the fair, which opened on June 7, on June 9.", 9),
        ("en", "Zakir Hasanov met Spanish Defence Minister Ana Soler, the ministry said on June 11. The talks were held on June 9.", 9),
        ("en", "On the occasion of June 10 Zakir Hasanov on Monday received Spanish Defence Minister Ana Soler.", 9),
        ("az", "İyunun 8-də imzalanmış plana əsasən Zakir Həsənov iyunun 9-da İspaniyanın müdafiə naziri Ana Solerlə görüşüb.", 9),
        ("az", "Zakir Həsənov iyunun 8-də Madridə gəlib. Ertəsi gün o, İspaniyanın müdafiə naziri Ana Solerlə görüşüb.", 9),
        ("az", "Zakir Həsənov İspaniyanın müdafiə naziri Ana Solerlə görüşüb. İyunun 9-da keçirilən görüşdə təlimlər müzakirə edilib.", 9),
        ("ru", "Закир Гасанов прибыл в Мадрид 8 июня. На следующий день он встретился с министром обороны Испании Аной Солер.", 9),
        ("ru", "Закир Гасанов встретился с министром обороны Испании Аной Солер. Встреча состоялась 9 июня.", 9),
        ("ru", "В праздник, отмечаемый 10 июня, Закир Гасанов принял министра обороны Испании Ану Солер. Беседа прошла 9 июня.", 9),
    ],
)  # fmt: skip
def test_the_day_of_the_meeting_among_others(lang: Lang, text: str, day: int) -> None:
    assert read_one(lang, text).date == dt.date(2025, 6, day)


@pytest.mark.parametrize(
    ("lang", "text", "rule", "words"),
    [
        ("en", "On June 10 Zakir Hasanov met Spanish Defence Minister Ana Soler.", "yearless", "June 10"),
        ("az", "İyunun 10-da Zakir Həsənov İspaniyanın müdafiə naziri Ana Solerlə görüşüb.", "yearless", "İyunun 10-da"),
        ("ru", "10 июня Закир Гасанов принял министра обороны Испании Ану Солер.", "yearless", "10 июня"),
        ("en", "BAKU, Azerbaijan, June 10. Zakir Hasanov met Spanish Defence Minister Ana Soler.", "dateline-yearless", "June 10"),
    ],
)  # fmt: skip
def test_a_day_whose_year_is_unknown_is_evidence_only(lang: Lang, text: str, rule: str, words: str) -> None:
    mention = read_one(lang, text, published=None)
    assert mention.date is None
    assert [(found.rule, found.words) for found in mention.evidence if found.field == "date"] == [(rule, words)]


def test_a_dated_beginning_gives_the_year_to_the_day() -> None:
    mention = read_one(
        "en",
        "12 June 2025. REPORT.AZ",
        "On June 10 Zakir Hasanov met Spanish Defence Minister Ana Soler.",
        published=None,
    )
    assert mention.date == dt.date(2025, 6, 10)
