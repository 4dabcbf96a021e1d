"""Dates: the stamps of pages (``parse_stamp``) and the days that sentences name (``find_dates``)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from crawler.items import Lang
from crawler.language.calendar import (
    all_months,
    nearest_day,
    possible_day,
    relative_periods,
    weekday_near,
    weekdays,
)
from crawler.language.date_patterns import stated_matches, weekday_matches
from crawler.language.days_counted import days_counted
from crawler.language.stamps import parse_stamp
from crawler.language.text import lower

__all__ = ["DateFound", "find_dates", "parse_stamp"]

_LONGEST_LIST: Final = 3
"""Two numbers with "and" beside a month are both days of it only this near to each other."""
_BETWEEN: Final = "between "
_BESIDE: Final = re.compile(r"[\s,;()–—-]{0,4}(?:(?:on|the|of|day|günü|в|во)\s{1,2}){0,2}[\s,(]{0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFound:
    """A day or month a text names, with the place of its words in the text.

    ``day`` is None for a month alone, and wherever the year or the day of publication would be needed but is unknown.
    ``end_day`` is the last day of a range. ``source`` is ``relative`` for weekdays and words such as ``yesterday``.
    ``has_year`` tells that the text names the year, in digits or by a word ("last year"). ``weekday`` (Monday 0) is
    set for a weekday's name alone.
    """

    start: int
    end: int
    words: str
    day: dt.date | None
    month: int | None
    year: int | None
    day_of_month: int | None
    end_day: dt.date | None = None
    source: Literal["stated", "relative"] = "stated"
    has_year: bool = False
    weekday: int | None = None


def find_dates(text: str, lang: Lang, reference: dt.date | None) -> list[DateFound]:
    """Return the days and months ``text`` names, in text order, not overlapping; impossible ones are left out.

    ``reference`` is the day the text was published. A day without a year is the nearest one of that name, at most
    half a year away; a weekday is that day or the last one before it, unless a word says "next"; a month without a year
    is the nearest one, too. With ``reference`` None such days stay open. A weekday or "today" beside a printed date
    ("on Wednesday, December 10") is part of it. Anniversaries and names of holidays ("20 Yanvar") are reported as the
    dates they are.
    """
    return list(DateWords(text, lang).read(reference))


class DateWords:
    """The words of a text that name days and months, found once and read for any day of publication."""

    def __init__(self, text: str, lang: Lang) -> None:
        self._text: Final = text
        self._lang: Final[Lang] = lang
        lowered = lower(text, lang)
        self._searched: Final = text if lang == "en" else lowered
        self._stated: Final = stated_matches(self._searched, lang)
        self._weekdays: Final = weekday_matches(self._searched, lang)
        self._counted: Final = days_counted(lowered, lang)
        self._known: Final[dict[dt.date | None, tuple[DateFound, ...]]] = {}

    def read(self, reference: dt.date | None) -> tuple[DateFound, ...]:
        """Return what ``find_dates`` returns for this day of publication."""
        if reference not in self._known:
            self._known[reference] = tuple(self._read(reference))
        return self._known[reference]

    def _read(self, reference: dt.date | None) -> Iterator[DateFound]:
        stated = _longest_leftmost(
            [(*match.span(), list(_stated(match, self._text, reference))) for match in self._stated]
        )
        spans = stated + [
            (found.start, found.end, [found])
            for found in self._relative(reference)
            if not _beside(found, stated, self._searched)
        ]
        for _, _, founds in _longest_leftmost(spans):
            yield from founds

    def _relative(self, reference: dt.date | None) -> Iterator[DateFound]:
        text, lang = self._text, self._lang
        for match in self._weekdays:
            weekday = weekdays(lang)[lower(match["weekday"], lang)]
            period = _period(match["period"].lower()) if match["period"] else None
            yield _relative(
                text, match.span(), weekday_near(weekday, reference, period) if reference else None, weekday
            )
        for span, distance in self._counted:
            yield _relative(text, span, reference + dt.timedelta(days=distance) if reference else None)


def _stated(match: re.Match[str], text: str, reference: dt.date | None) -> Iterator[DateFound]:
    parts = match.groupdict()
    if parts.get("month_period"):
        yield from _in_month_told_by_word(match, text, reference)
        return
    month = _month(parts, 1) or _month(parts, 2)
    year = _year(parts, 1, reference)
    if year is None:
        year = _year(parts, 2, reference)
    if month is None:
        return
    if not parts.get("day1"):
        yield from _month_alone(match, text, month, year, reference)
        return
    if parts.get("day2"):
        yield from _two_days(match, text, month, reference)
    else:
        yield from _single(match, text, (year, month, int(parts["day1"])), reference)


def _two_days(match: re.Match[str], text: str, month: int, reference: dt.date | None) -> Iterator[DateFound]:
    """Yield a range as one, the neighbouring days of a list as a range, and other days of a list one by one."""
    parts = match.groupdict()
    first = int(parts["day1"])
    last_month = _month(parts, 2) or month
    last = int(parts["day2"])
    between = match.string[max(0, match.start() - len(_BETWEEN)) : match.start()].lower() == _BETWEEN
    listed = parts.get("listed") and not between
    first_year, last_year = _year(parts, 1, reference), _year(parts, 2, reference)
    has_year = first_year is not None or last_year is not None
    if listed and not 0 < last - first <= _LONGEST_LIST:
        # The second number counts something else: "October 15 and 20 soldiers".
        if parts.get("month1") is None and match.start("month2") < match.start("day1"):
            span = (match.start(), match.end("day1"))
            yield from _single(match, text, (first_year, month, first), reference, span=span)
        return
    if last_month == month and last <= first and first_year is None:
        return
    start, end = _range((first_year, month, first), (last_year, last_month, last), reference)
    if (start is None or end is None) and (has_year or reference or not _in_leap_year(month, first, last_month, last)):
        return
    if listed and last - first > 1 and "," not in match.group():
        yield _found(match, text, start, (month, first), has_year=has_year, span=(match.start(), match.end("day1")))
        yield _found(match, text, end, (month, last), has_year=has_year, span=(match.start("day2"), match.end()))
        return
    yield _found(match, text, start, (month, first), end=end, has_year=has_year)


def _range(
    first: tuple[int | None, int, int], last: tuple[int | None, int, int], reference: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    """Return both days; a range printed with one year, or none, may reach over New Year."""
    (first_year, month, day), (last_year, last_month, last_day) = first, last
    over_new_year = (last_month, last_day) < (month, day)
    if first_year is None and last_year is not None:
        first_year = last_year - over_new_year
    if first_year is None:
        start = nearest_day(month, day, reference) if reference else None
    else:
        start = possible_day(first_year, month, day)
    if start is None:
        return None, None
    end = possible_day(last_year or start.year + over_new_year, last_month, last_day)
    return (start, end) if end and start <= end else (None, None)


def _single(
    match: re.Match[str],
    text: str,
    parts: tuple[int | None, int, int],
    reference: dt.date | None,
    *,
    span: tuple[int, int] | None = None,
) -> Iterator[DateFound]:
    year, month, day_of_month = parts
    if year is not None:
        day = possible_day(year, month, day_of_month)
    else:
        day = nearest_day(month, day_of_month, reference) if reference else None
    if day or (year is None and reference is None and _in_leap_year(month, day_of_month)):
        yield _found(match, text, day, (month, day_of_month), has_year=year is not None, span=span)


def _month_alone(
    match: re.Match[str], text: str, month: int, year: int | None, reference: dt.date | None
) -> Iterator[DateFound]:
    which = match.groupdict().get("which")
    told = year
    if reference and which:
        # "Last May" is the one before this month, not the one of last year.
        told = year = reference.year + _month_shift(month, reference.month, relative_periods("en")[which.lower()])
    elif reference and year is None:
        middle = nearest_day(month, 15, reference)
        told = middle.year if middle else None
    yield DateFound(
        start=match.start(),
        end=match.end(),
        words=text[match.start() : match.end()],
        day=None,
        month=month,
        year=told,
        day_of_month=None,
        has_year=year is not None,
    )


def _month_shift(month: int, this_month: int, distance: int) -> int:
    if distance < 0:
        return 0 if month < this_month else -1
    if distance > 0:
        return 0 if month > this_month else 1
    return 0


def _in_month_told_by_word(match: re.Match[str], text: str, reference: dt.date | None) -> Iterator[DateFound]:
    if reference is None:
        return
    distance = _period(match["month_period"])
    if distance is None:
        return
    month = reference.year * 12 + reference.month - 1 + distance
    day = possible_day(month // 12, month % 12 + 1, int(match["day1"]))
    if day:
        yield _found(match, text, day, (day.month, day.day), has_year=False)


def _relative(text: str, span: tuple[int, int], day: dt.date | None, weekday: int | None = None) -> DateFound:
    return DateFound(
        start=span[0],
        end=span[1],
        words=text[slice(*span)],
        day=day,
        month=day.month if day else None,
        year=day.year if day else None,
        day_of_month=day.day if day else None,
        source="relative",
        weekday=weekday,
    )


def _found(
    match: re.Match[str],
    text: str,
    day: dt.date | None,
    month_and_day: tuple[int, int],
    *,
    has_year: bool,
    end: dt.date | None = None,
    span: tuple[int, int] | None = None,
) -> DateFound:
    where = span or match.span()
    return DateFound(
        start=where[0],
        end=where[1],
        words=text[slice(*where)],
        day=day,
        month=month_and_day[0],
        year=day.year if day else None,
        day_of_month=month_and_day[1],
        end_day=end,
        has_year=has_year,
    )


def _month(parts: dict[str, str | None], number: int) -> int | None:
    if digits := parts.get(f"number{number}"):
        return int(digits)
    name = parts.get(f"month{number}")
    if not name:
        return None
    known = all_months()
    # "fevral ayının" is the month with the word month; "Iyun" came to lower case without its dot.
    name = name.split()[0].rstrip(".")
    lowered = lower(name, "en")
    return known.get(lowered) or known.get("i" + lowered[1:])


def _year(parts: dict[str, str | None], number: int, reference: dt.date | None) -> int | None:
    if digits := parts.get(f"year{number}"):
        return int(digits)
    if reference is None:
        return None
    if parts.get(f"same{number}"):
        return reference.year
    word = parts.get(f"period{number}")
    distance = _period(word.lower()) if word else None
    return None if distance is None else reference.year + distance


def _period(word: str) -> int | None:
    return {**relative_periods("en"), **relative_periods("az"), **relative_periods("ru")}.get(word.lower())


def _in_leap_year(*months_and_days: int) -> bool:
    """Tell whether every month and day exists at least in a leap year."""
    leap = 2024
    return all(possible_day(leap, *pair) for pair in zip(months_and_days[::2], months_and_days[1::2], strict=True))


def _beside(found: DateFound, stated: list[tuple[int, int, list[DateFound]]], searched: str) -> bool:
    return any(
        founds
        and founds[0].day_of_month is not None
        and (
            (start >= found.end and _BESIDE.fullmatch(searched, found.end, start))
            or (end <= found.start and _BESIDE.fullmatch(searched, end, found.start))
        )
        for start, end, founds in stated
    )


def _longest_leftmost(spans: list[tuple[int, int, list[DateFound]]]) -> list[tuple[int, int, list[DateFound]]]:
    kept: list[tuple[int, int, list[DateFound]]] = []
    for start, end, founds in sorted(spans, key=lambda span: (span[0], -span[1], not span[2])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, founds))
    return kept
