"""Text captures of pages and text records: the story found among the furniture that stands around it as plain lines.

A capture is the printed text of a whole page. Its parts are known by their order: what
stands before the stamp, the stamp, the body, tags and versions in other languages, the list of latest news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from crawler.items import Alternate, Lang, Stamp
from crawler.knowledge import table
from crawler.language.dates import parse_stamp
from crawler.language.detection import detect
from crawler.language.headlines import headline_key
from crawler.language.text import normalize
from crawler.pages.beginnings import TRAILER
from crawler.pages.cleaning import ends_story, is_furniture
from crawler.pages.parser import alternate
from crawler.pages.zones import BAKU

_BULLET: Final = re.compile(r"^\s*[•·*▪◦-]\s+")
_CAPTURE_DATE: Final = re.compile(r"^\s*date[ :]+(\d{4}-\d{2}-\d{2})\b[ \t]*")
_LAST_DATE: Final = re.compile(r"\n[ \t]*date[ :]+\d{4}-\d{2}-\d{2}\s*$")
_TIME: Final = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_MENAFN: Final = re.compile(r"\(?\s*MENAFN\s*(?:[-–—][^()\n]{2,60})?\)")
_DAY_IN_LINE: Final = re.compile(r"\d{4}|\d{1,2}[./]\d{1,2}")
_WEEKDAY: Final = re.compile(
    r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|bazar|çərşənbə|cümə|şənbə"
    r"|понедельник|вторник|сред|четверг|пятниц|суббот|воскресен)",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"”»)]*$")
_LONGEST_STAMP: Final = 45
_LONGEST_TITLE: Final = 200
_LONGEST_CAPTION: Final = 6
_LONGEST_TAGS: Final = 15
_LONGEST_ITEM: Final = 4
"""Lines of one item in a list of news: two labels, title, section."""
_FEWEST_LINES: Final = 3
_FEWEST_WORDS: Final = 3
"""A headline has a verb and its parts; what is shorter is a label or a name."""
_LIST_ITEMS: Final = 2
"""Times followed by a title, this many in a row, are a list of news and no updated story."""


@dataclass(slots=True)
class Capture:
    """The parts of a captured page. ``stamp`` is the page's own, ``captured`` the day the capture was taken (ISO)."""

    body: list[str] = field(default_factory=list)
    headline: str | None = None
    stamp: Stamp | None = None
    captured: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    lines_before: int = 0


def read_capture(text: str, lang: Lang | None, *, headline: str | None = None) -> Capture:
    """Find the parts of a page in its text.

    ``lang`` is the page's language if it is known, ``headline`` its headline if it is known. A text without a stamp
    or other marks of a page is all body.
    """
    capture = Capture()
    if found := _CAPTURE_DATE.match(text):
        capture.captured = found[1]
        text = text[found.end() :]
    text = _LAST_DATE.sub("", text)
    lines = _lines(text)
    stamp_at = _find_stamp(lines, lang, capture)
    if stamp_at is None:
        capture.body = lines
    else:
        first, after = stamp_at
        capture.body = _without_caption(lines[after:])
        _read_top(lines[:first], capture, headline)
        capture.lines_before = first
    capture.headline = headline or capture.headline
    capture.body = _without_list(capture.body)
    if capture.headline is None and stamp_at is None:
        capture.headline = _first_line_headline(capture.body)
    if stamp_at is not None or _has_labels(capture.body):
        language = (
            lang
            or detect(" ".join(line for line in capture.body if len(line) > _LONGEST_TITLE))
            or detect(" ".join(capture.body))
        )
        if language is not None:
            _read_tail(capture, language)
    return capture


def _lines(text: str) -> list[str]:
    """Return the lines of a text; a line that begins small after one that ended no sentence is the rest of it."""
    lines: list[str] = []
    blank = True
    for raw in text.splitlines():
        line = normalize(raw)
        if line and not blank and lines and line[0].islower() and not _SENTENCE_END.search(lines[-1]):
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
        blank = not line
    return lines


def _find_stamp(lines: Sequence[str], lang: Lang | None, capture: Capture) -> tuple[int, int] | None:
    """Find the line or two that are the page's stamp; return where it begins and where the text after it does.

    The header of AzerNews prints today's date with its weekday and no clock time: that is never the story's.
    """
    dated: tuple[int, int, Stamp] | None = None
    for index, printed in enumerate(lines):
        line = _BULLET.sub("", printed)
        if len(line) > _LONGEST_STAMP or not _DAY_IN_LINE.search(line) or _WEEKDAY.search(line):
            continue
        after = index + 1
        following = _BULLET.sub("", lines[after]) if after < len(lines) else ""
        if _TIME.fullmatch(following):
            stamp, after = _stamp(f"{line} {following}", lang), after + 1
        else:
            stamp = _stamp(line, lang)
        if stamp is None:
            continue
        if stamp.precision == "minute":
            capture.stamp = stamp
            return index, after
        dated = dated or (index, after, stamp)
    if dated is None or dated[0] == len(lines) - 1:
        return None
    capture.stamp = dated[2]
    return dated[:2]


def _stamp(text: str, lang: Lang | None) -> Stamp | None:
    return parse_stamp(text, lang, BAKU)


def _read_top(lines: Sequence[str], capture: Capture, headline: str | None) -> None:
    """Read headline and section from the lines above the stamp: the section is the last one if it is a known label."""
    above = [line for line in lines if not is_furniture(line)]
    if above and _BULLET.sub("", above[-1]).casefold() in _sections():
        capture.section = above.pop()
    elif headline is not None and above and headline_key(above[-1], "en") != headline_key(headline, "en"):
        # a label the table does not hold: the headline stands right above it
        if len(above) > 1 and headline_key(above[-2], "en") == headline_key(headline, "en"):
            capture.section = above.pop()
    elif len(above) > 1 and len(above[-1].split()) < _FEWEST_WORDS <= len(above[-2].split()):
        capture.section = above.pop()
    if len(above) > 1 and _is_repeated_lead(above[-1], capture.body):
        above.pop()
    if above:
        capture.headline = above[-1]


def _is_repeated_lead(text: str, body: Sequence[str]) -> bool:
    """Tell the subtitle of the oldest Report pages, which repeats what follows the dateline."""
    return any("REPORT.AZ" in paragraph and paragraph.rstrip(".").endswith(text.rstrip(".")) for paragraph in body)


def _without_caption(body: list[str]) -> list[str]:
    """Leave out the text of the main photo between stamp and story: a name, when it is not the headline again."""
    if len(body) > 1 and len(body[0].split()) <= _LONGEST_CAPTION and not _SENTENCE_END.search(body[0]):
        following = next((line for line in body[1:] if not is_furniture(line)), "")
        if _SENTENCE_END.search(following) and not is_furniture(body[0]) and not _MENAFN.search(body[0]):
            return body[1:]
    return body


def _first_line_headline(body: list[str]) -> str | None:
    """Take a first line as the headline when it has no full stop and longer lines follow; it is taken off the body."""
    if len(body) < _FEWEST_LINES or _SENTENCE_END.search(body[0]) or _MENAFN.search(body[0]):
        return None
    following = next((line for line in body[1:] if not is_furniture(line)), "")
    if len(body[0].split()) < _FEWEST_WORDS or not _SENTENCE_END.search(following) or len(following) <= len(body[0]):
        return None
    return body.pop(0)


def _without_list(body: list[str]) -> list[str]:
    """Cut the list of latest news off: at its name, or where times with short titles follow one another."""
    for index, line in enumerate(body):
        if index and ends_story(line):
            return body[:index]
    times = [index for index, line in enumerate(body) if _TIME.fullmatch(line)]
    for start, index in enumerate(times):
        item_ends = [*times[start + 1 :], len(body)][: len(times) - start]
        items = [body[at + 1 : end] for at, end in zip(times[start:], item_ends, strict=False)]
        if len(items) >= _LIST_ITEMS and all(_is_list_item(item) for item in items):
            return body[:index]
    return body


def _is_list_item(lines: Sequence[str]) -> bool:
    return 1 <= len(lines) <= _LONGEST_ITEM and not any(_SENTENCE_END.search(line) for line in lines)


def _has_labels(body: Sequence[str]) -> bool:
    return any(is_furniture(line) for line in body[-12:])


def _read_tail(capture: Capture, lang: Lang) -> None:
    """Read tags and versions in other languages off the end of the body, up to the last sentence."""
    body = capture.body
    tail: list[str] = []
    while len(body) > 1 and not _SENTENCE_END.search(body[-1]) and len(body[-1]) <= _LONGEST_TITLE:
        tail.append(body.pop())
    alternates: dict[Lang, Alternate] = {}
    copies = {headline_key(capture.headline, lang)} if capture.headline else set()
    tags: list[str] = []
    for line in reversed(tail):
        if TRAILER.search(line):
            body.append(line)
            continue
        if is_furniture(line) or headline_key(line, lang) in copies:
            continue
        seen = detect(line)
        if seen is not None and seen != lang and seen not in alternates and len(line.split()) >= _FEWEST_WORDS:
            alternates[seen] = alternate(seen, line, None)
        elif not alternates and len(line.split()) <= _LONGEST_TAGS:
            tags.append(line)
    capture.alternates = tuple(alternates.values())
    capture.tags = tuple(tags)


@cache
def _sections() -> frozenset[str]:
    return frozenset(str(name).casefold() for name in table("page_labels")["sections"])
