from __future__ import annotations

import datetime as dt

import pytest

from crawler.items import Lang
from tests.mentions.articles import PUBLISHED, read_one


@pytest.mark.parametrize(
    ("lang", "text", "day", "source"),
    [
        ("en", "On June 10 Zakir Hasanov met Chilean Defence Minister Pablo Rojas.", dt.date(2025, 6, 10), "stated"),
        ("en", "Zakir Hasanov met Chilean Defence Minister Pablo Rojas on Monday.", dt.date(2025, 6, 9), "relative"),
        (
            "en",
            "BAKU, Azerbaijan, June 10. Zakir Hasanov met Chilean Defence Minister Pablo Rojas.",
            dt.date(2025, 6, 10),
            "dateline",
        ),
        (
            "en",
            "Madrid, June 11 (EFE): On Monday Zakir Hasanov met Spanish Defence Minister Ana Soler.",
            dt.date(2025, 6, 9),
            "relative",
        ),
        (
            "en",
            "At the fair, which runs until June 14, Zakir Hasanov met Chilean Defence Minister Pablo Rojas.",
            PUBLISHED,
            "published",
        ),
        (
            "az",
            "İyunun 10-da Zakir Həsənov Çilinin müdafiə naziri Pablo Roxasla görüşüb.",
            dt.date(2025, 6, 10),
            "stated",
        ),
        ("az", "Zakir Həsənov dünən Çilinin müdafiə naziri Pablo Roxasla görüşüb.", dt.date(2025, 6, 10), "relative"),
        ("ru", "10 июня Закир Гасанов принял министра обороны Чили Пабло Рохаса.", dt.date(2025, 6, 10), "stated"),
        ("ru", "Закир Гасанов принял министра обороны Чили Пабло Рохаса.", PUBLISHED, "published"),
    ],
)
def test_when(lang: Lang, text: str, day: dt.date, source: str) -> None:
    mention = read_one(lang, text)
    assert (mention.date, mention.date_source) == (day, source)


def test_a_day_far_ahead_is_not_that_of_a_held_meeting() -> None:
    mention = read_one("en", "On July 30 Zakir Hasanov met Chilean Defence Minister Pablo Rojas.")
    assert mention.date_source == "published"


def test_without_publication_a_day_without_a_year_is_unknown() -> None:
    mention = read_one("en", "On June 10 Zakir Hasanov met Chilean Defence Minister Pablo Rojas.", published=None)
    assert mention.date is None
    assert mention.date_source is None


@pytest.mark.parametrize(
    ("lang", "text", "city"),
    [
        ("en", "Zakir Hasanov met Turkish Defence Minister Kemal Aydin in Ankara.", "Ankara"),
        ("en", "Zakir Hasanov received Turkish Defence Minister Kemal Aydin.", "Baku"),
        ("en", "Zakir Hasanov was received by Turkish Defence Minister Kemal Aydin.", None),
        (
            "en",
            "The guests visited the Alley of Martyrs. Zakir Hasanov held talks with Turkish Defence Minister Kemal Aydin.",
            "Baku",
        ),
        ("en", "TASHKENT, June 10. Zakir Hasanov met Turkish Defence Minister Kemal Aydin.", None),
        ("en", "Zakir Hasanov spoke by phone with Turkish Defence Minister Kemal Aydin, who is in Ankara.", None),
        ("az", "Zakir Həsənov Daşkənddə Özbəkistanın müdafiə naziri ilə görüşüb.", "Tashkent"),
        ("ru", "В Минске Закир Гасанов провел переговоры с министром обороны Беларуси.", "Minsk"),
    ],
)
def test_where(lang: Lang, text: str, city: str | None) -> None:
    place = read_one(lang, text).place
    assert (place.city if place else None) == city
