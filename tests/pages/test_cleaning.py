from __future__ import annotations

import pytest

from crawler.pages.beginnings import read_beginning
from crawler.pages.cleaning import clean, ends_story, is_furniture

STORY = "The Minister of Defence received a delegation from Oman in Baku on Monday."
BACKGROUND = "Notably, the previous talks were held in Muscat two years ago."


@pytest.mark.parametrize(
    "line",
    [
        "Photo",
        "VİDEO",
        "Фото",
        "© Mod.gov.az",
        "Orphus sistemi",
        "Close photo mode",
        "Bizim WhatsApp kanalımıza abunə olun",
        "Here we are to serve you with news right now. It does not cost much, but worth your attention.",
        "Follow us on Twitter @AzerNewsAz",
        "Leyla Mammadova is AzerNews’ staff journalist, follow her on Twitter: @leyla",
        "--",
        "---",
        "Thank you!",
        "AzerNews",
        "Read more",
        "Foto: Müdafiə Nazirliyi",
    ],
)
def test_furniture(line: str) -> None:
    assert is_furniture(line)
    assert clean([STORY, line, BACKGROUND], "en").paragraphs == (STORY, BACKGROUND)


@pytest.mark.parametrize(
    "line", ["Latest News", "Legal Disclaimer:", "Лента новостей", "Son xəbərlər", "Other News Rain in Baku"]
)
def test_ends_story(line: str) -> None:
    assert ends_story(line)
    assert clean([STORY, line, "Rain expected in Baku"], "en").paragraphs == (STORY,)


@pytest.mark.parametrize(
    "line", [STORY, BACKGROUND, "Report of the commission was heard.", "Video conference with Ankara was held."]
)
def test_stories_are_no_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_headline_copies_and_repetitions_go() -> None:
    raw = ["Ministers “meet” in Baku", STORY, STORY, "Ministers meet in Baku"]
    assert clean(raw, "en", headlines=["Ministers “meet” in Baku"]).paragraphs == (STORY,)


def test_paywall_makes_a_partial_story() -> None:
    cleaned = clean([STORY, "Find the plan that suits you best.", "Full digital access to all news for 6 months"], "en")
    assert cleaned.paragraphs == (STORY,)
    assert cleaned.partial
    assert "partial: paywall" in cleaned.warnings


def test_trailer_code_names_day_and_provider() -> None:
    cleaned = clean([STORY, "MENAFN27092023000187011040ID1107143001"], "en")
    assert (cleaned.paragraphs, cleaned.provider, cleaned.trailer_day) == ((STORY,), "Trend News Agency", "2023-09-27")


def test_versions_of_an_updated_story() -> None:
    raw = [
        "Sənəd imzalanıb.",
        "17:03",
        "Danışıqlar davam edir.",
        "“Report” xəbər verir ki, heyət Bakıdadır artıq.",
        "16:00",
        "Heyət gəlib.",
    ]
    cleaned = clean(raw, "az", own_names=frozenset({"report"}))
    assert cleaned.paragraphs == ("Sənəd imzalanıb.",)
    assert [(version.stamp_raw, version.paragraphs) for version in cleaned.earlier_versions] == [
        ("17:03", ("Danışıqlar davam edir.", "Heyət Bakıdadır artıq.")),
        ("16:00", ("Heyət gəlib.",)),
    ]


@pytest.mark.parametrize(
    ("paragraph", "rest", "dateline", "provider", "author"),
    [
        (f"Baku. 10 February. REPORT.AZ/ {STORY}", STORY, "Baku. 10 February. REPORT.AZ", None, None),
        (f"BAKU, Azerbaijan, October 20. {STORY}", STORY, "BAKU, Azerbaijan, October 20.", None, None),
        (f"Baku, June 26, AZERTAC. {STORY}", STORY, "Baku, June 26, AZERTAC.", None, None),
        (
            "БАКУ, 11 сен – 1NEWS.AZ. В городе прошла встреча.",
            "В городе прошла встреча.",
            "БАКУ, 11 сен – 1NEWS.AZ.",
            None,
            None,
        ),
        (f"(MENAFN- AzerNews) {STORY}", STORY, None, "AzerNews", None),
        (f"( MENAFN - AzerNEWS ) {STORY}", STORY, None, "AzerNews", None),
        ("MENAFN - AzerNews) Leyla Mammadova Read more", "", None, "AzerNews", "Leyla Mammadova"),
        (f"(MENAFN- AzerNews) By Leyla Mammadova Read more {STORY}", STORY, None, "AzerNews", "Leyla Mammadova"),
        (f"(MENAFN- AzerNews) Leyla Mammadova. {STORY}", STORY, None, "AzerNews", "Leyla Mammadova"),
        (f"(MENAFN) {STORY}", STORY, None, "MENAFN", None),
        ("By Trend", "", None, None, "Trend"),
        (f"By Azernews. By Leyla Mammadova. {STORY}", STORY, None, None, "Leyla Mammadova"),
        ("Baku, October 5 was a calm day.", "Baku, October 5 was a calm day.", None, None, None),
        ("By Monday the guests had left.", "By Monday the guests had left.", None, None, None),
    ],
)
def test_beginning(paragraph: str, rest: str, dateline: str | None, provider: str | None, author: str | None) -> None:
    found = read_beginning(paragraph)
    assert (found.rest, found.dateline, found.provider, found.author) == (rest, dateline, provider, author)


def test_hostile_text_takes_linear_time() -> None:
    for part in ("(MENAFN - ", ", Report informs, citing ", "Ministry of ", "Aa Bb ", "“", '"a', "a.B"):
        clean([part * 20_000], "en", headlines=["x"])
