from __future__ import annotations

import pytest

from crawler.items import Lang
from crawler.pages.mending import glued_words, mend


@pytest.mark.parametrize(
    ("lang", "damaged", "mended"),
    [
        ("en", "signed the“Book of Honor”was", "signed the “Book of Honor” was"),
        ("en", "the talks,“open and frank”, went on", "the talks, “open and frank”, went on"),
        ("en", 'signed the"Book of Honor" was', 'signed the "Book of Honor" was'),
        ("en", 'NATO"s team', "NATO's team"),
        ("en", 'a "team" and a "plan"', 'a "team" and a "plan"'),
        ("en", "wide cooperation.The sides", "wide cooperation. The sides"),
        ("en", "in 2026.The sides", "in 2026. The sides"),
        ("en", "Z.Hasanov met K. Valiyev", "Z.Hasanov met K. Valiyev"),
        ("en", "News.Az and Bizim.Media report", "News.Az and Bizim.Media report"),
        ("en", "in Baku,Azerbaijan", "in Baku, Azerbaijan"),
        ("en", "1,000 men at 10:30", "1,000 men at 10:30"),
        ("en", "Tom &amp; Co.&nbsp;met", "Tom & Co. met"),
        ("en", "hard\nwraps\r\nand\u00a0blanks ", "hard wraps and blanks"),
        ("az", "“Report”xəbər verir", "“Report” xəbər verir"),
        ("az", "“Report”un və “Birlik-2025”də", "“Report”un və “Birlik-2025”də"),
        ("az", '"Report"a məlumat, "Report"xəbər', '"Report"a məlumat, "Report" xəbər'),
        ("az", "müzakirə olunub.Görüşdə iştirak", "müzakirə olunub. Görüşdə iştirak"),
        ("ru", "сообщает«Новая Эпоха»сегодня", "сообщает «Новая Эпоха» сегодня"),
        ("ru", "„Единство“ и мир", "„Единство“ и мир"),
    ],
)
def test_mend(lang: Lang, damaged: str, mended: str) -> None:
    assert mend(damaged, lang) == mended
    assert mend(mended, lang) == mended


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("Commander of the LandForces", ("LandForces",)),
        ("Azernews, AzerNews and YouTube", ()),
        ("Mr McDonald of NATO", ()),
        ("an officialvisit", ()),
    ],
)
def test_glued_words(text: str, glued: tuple[str, ...]) -> None:
    assert glued_words(text) == glued
