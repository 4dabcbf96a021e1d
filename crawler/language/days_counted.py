"""Days counted from the day of publication: "yesterday", "three days ago", "dünən", "накануне"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from crawler.items import Lang
from crawler.language.calendar import relative_days
from crawler.language.date_patterns import BLANK

_DAYS_AGO: Final = {
    "en": re.compile(rf"(?<!\w)(?P<count>\d{{1,2}}|two|three|four|five){BLANK}days{BLANK}(?:ago|earlier)\b"),
    "az": re.compile(rf"(?<!\w)(?P<count>\d{{1,2}}|iki|üç|dörd|beş){BLANK}gün{BLANK}(?:əvvəl|öncə)(?!\w)"),
    "ru": re.compile(rf"(?<!\w)(?P<count>\d{{1,2}}|два|три|четыре|пять){BLANK}(?:дня|дней){BLANK}назад(?!\w)"),
}
_AGO: Final[dict[Lang, str]] = {"en": "days", "az": "gün", "ru": "назад"}
"""A word of every match of ``_DAYS_AGO``."""
_COUNTS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "iki": 2, "üç": 3, "dörd": 4, "beş": 5} | {
    "два": 2,
    "три": 3,
    "четыре": 4,
    "пять": 5,
}
# "накануне" before a noun in the genitive is "on the eve of"; before a verb, a preposition or a subject it is a day.
_ON_THE_EVE: Final = re.compile(rf"{BLANK}(?:\d|\w{{2,}}(?:ого|его|ов|ев|ей|ых|их|ой|ия|ья|а|я|ы|и)(?!\w))")
_STILL_A_DAY: Final = re.compile(
    rf"{BLANK}(?:глава|делегация|стороны|сторона|министры|заявила|\w{{2,}}(?:ла|ли|ась|лись|лся|лось|ься))(?!\w)"
)


def days_counted(lowered: str, lang: Lang) -> list[tuple[tuple[int, int], int]]:
    """Return where a text in lower case names such days, and how many days after its publication each is."""
    found: list[tuple[tuple[int, int], int]] = []
    if any(sign in lowered for sign in _signs(lang)):
        found += [
            (match.span(), relative_days(lang)[" ".join(match.group().split())])
            for match in _pattern(lang).finditer(lowered)
            if not _is_eve(match)
        ]
    if _AGO[lang] in lowered:
        found += [
            (match.span(), -(_COUNTS.get(match["count"]) or int(match["count"])))
            for match in _DAYS_AGO[lang].finditer(lowered)
        ]
    return found


def _is_eve(match: re.Match[str]) -> bool:
    """Tell whether "накануне" is "on the eve of" something."""
    if match.group() != "накануне":
        return False
    return bool(_ON_THE_EVE.match(match.string, match.end())) and not _STILL_A_DAY.match(match.string, match.end())


@cache
def _signs(lang: Lang) -> frozenset[str]:
    """Return words of which one stands in every phrase such as "the day before"."""
    return frozenset(max(words.split(), key=len) for words in relative_days(lang))


@cache
def _pattern(lang: Lang) -> re.Pattern[str]:
    words = "|".join(
        BLANK.join(re.escape(part) for part in words.split())
        for words in sorted(relative_days(lang), key=len, reverse=True)
    )
    # "The day before the visit" and "bu günə qədər" (until now) are other things.
    not_after = rf"(?!\w|[-–]\w|{BLANK}(?:the|a|an|his|her|their|its){BLANK})" if lang == "en" else r"(?![\w-])"
    return re.compile(rf"(?<![\w-])(?:{words}){not_after}")
