"""What stands before the first sentence of a story: MENAFN's dateline, authors, agency datelines, a stamp."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from crawler.knowledge import table
from crawler.pages.attribution_rules import outlet_name

# "(MENAFN- AzerNews) ", "MENAFN - AzerNews) " with the first bracket lost, "(MENAFN)" for its own desk
_MENAFN: Final = re.compile(r"^\(?\s*MENAFN\s*(?:[-–—]\s*([^()]{2,60}?)\s*)?\)\s*")
TRAILER: Final = re.compile(r"MENAFN(\d{8})(\d{12})ID(\d{10})")
"""MENAFN's trailer code: day of posting as DDMMYYYY, provider, story id."""

_NOT_A_NAME: Final = r"(?!(?:On|In|At|The|An|As|By|After|During|For|From|To|With|Under|According)\b)"
_NAME_WORD: Final = rf"{_NOT_A_NAME}[A-ZÇƏĞİÖŞÜ][^\W\d_]+(?:[-’'][A-ZÇƏĞİÖŞÜ]?[^\W\d_]+)?"
_NAME: Final = rf"{_NAME_WORD}(?: (?:[A-Z]\.|{_NAME_WORD})){{1,2}}"
_AUTHOR_READ_MORE: Final = re.compile(rf"^(?:By )?(?:({_NAME}) )?Read more\b[:.]?\s*")
_AUTHOR_LINE: Final = re.compile(rf"^(?:By )?({_NAME})\.?$")
_AUTHOR_STOP: Final = re.compile(rf"^({_NAME_WORD} {_NAME_WORD})\. (?=[A-Z])")
_BY: Final = re.compile(rf"^By ((?:{_NAME})|Trend|Azernews|AzerNews|AzerNEWS|APA|AZERTAC|Report)(?:[.:,]\s*|$)")

_MONTH: Final = (
    r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|yan|fev|iyu|avq|sen|okt|noy|dek"
    r"|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]{0,7}"
)
_CITY: Final = r"[A-ZÇƏĞİÖŞÜА-ЯЁ][^\W\d_]+(?:[ -][A-ZÇƏĞİÖŞÜА-ЯЁ][^\W\d_]+){0,2}"
_CAPITALS: Final = r"[A-ZÇƏĞİÖŞÜА-ЯЁ]{3,}(?:[ -][A-ZÇƏĞİÖŞÜА-ЯЁ]{2,}){0,2}"


@dataclass(slots=True)
class Beginning:
    """What was read before the first sentence; ``rest`` is the paragraph that is left, empty if there is none."""

    rest: str
    dateline: str | None = None
    provider: str | None = None
    author: str | None = None


def read_beginning(paragraph: str, *, after_menafn: bool = False) -> Beginning:
    """Take datelines and author lines off a first paragraph.

    ``after_menafn`` says that MENAFN's dateline stood in a paragraph before, so that a bare name is an author.
    """
    beginning = Beginning(rest=paragraph)
    if found := _MENAFN.match(paragraph):
        beginning.provider = provider_name(found[1] or "MENAFN")
        beginning.rest = paragraph[found.end() :]
    if beginning.provider or after_menafn:
        _menafn_author(beginning)
    while found := _BY.match(beginning.rest):
        beginning.author = found[1]
        beginning.rest = beginning.rest[found.end() :]
    if found := _dateline().match(beginning.rest):
        beginning.dateline = found[0].strip(" /–—-,:")
        beginning.rest = beginning.rest[found.end() :]
    return beginning


def author_line(paragraph: str) -> str | None:
    """Return the name when a paragraph is an author's name and no more."""
    found = _AUTHOR_LINE.match(paragraph)
    return found[1] if found else None


def _menafn_author(beginning: Beginning) -> None:
    found = _AUTHOR_READ_MORE.match(beginning.rest) or _AUTHOR_LINE.match(beginning.rest)
    found = found or _AUTHOR_STOP.match(beginning.rest)
    if found:
        beginning.author = found[1]
        beginning.rest = beginning.rest[found.end() :]


def provider_name(printed: str) -> str:
    """Return the usual name of a MENAFN provider for a dateline's, logo's or host's spelling of it."""
    known: dict[str, str] = table("page_labels")["menafn"]["providers"]
    return known.get(printed.strip().casefold(), printed.strip())


@cache
def _dateline() -> re.Pattern[str]:
    outlet = rf"/?{outlet_name()}"
    day = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?"
    ended = r"(?:[.,:/]\s*|\s+(?=[“\"«]?[A-ZÇƏĞİÖŞÜА-ЯЁ])|\s*$)"
    return re.compile(
        rf"^(?:{_CITY}(?:, {_CITY})?[.,]? {day}[.,]?\s*(?:[-–—]\s*)?(?i:{outlet}){ended}(?:[-–—]\s*)?"
        rf"|{_CAPITALS}(?:, {_CITY})?, {day}[.:]\s*(?:[-–—]\s*)?)(?=\S|$)"
    )
