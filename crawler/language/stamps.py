"""Dates printed on pages, in feeds and in metadata: the moment an article was published or changed."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from functools import cache
from typing import Final

from dateutil.parser import isoparse

from crawler.items import Lang, Stamp
from crawler.language.calendar import all_months, all_weekdays, possible_day
from crawler.language.text import lower, normalize

_ISO: Final = re.compile(
    r"\d{4}-\d\d(?:-\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?(?: ?[+-]\d\d:?(?:\d\d)?| ?Z)?)?)?",
    re.IGNORECASE,
)
_BLANK_BEFORE_ZONE: Final = re.compile(r" (?=[+\-Zz])")
_RFC_822: Final = re.compile(
    r"(?:[a-z]{3}, ?)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|ut|utc|gmt|z|[ecmp][sd]t)",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?![\d:])"
)
_ZONES: Final = ("utc", "gmt", "мск", "msk")
_ZONE: Final = re.compile(
    r"\(? ?\b(?:utc|gmt|мск|msk) ?(?:(?P<sign>[+\u2212-]) ?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?"
    r"(?: [a-z]{2,4})? ?\)?"
)
_LABEL: Final = re.compile(
    r"(?:date|published|updated|posted(?: on)?|last (?:modified|updated)|tarix|yayımlanıb"
    r"|dərc olunub|yenilənib|дата|опубликовано|обновлено)\b ?:? ?"
)
_BLANKS: Final = re.compile(" {2,}")
_EDGES: Final = " ,;/|•·[]()-–—"
_CLOCK_WORDS: Final = re.compile(r"(?:^|[ ,])(?:at|saat|в)[ ,]*$")
_MOSCOW: Final = dt.timedelta(hours=3)
_LONGEST: Final = 100
_HOURS_OF_HALF_A_DAY: Final = 12


def parse_stamp(text: str, lang: Lang | None, zone: dt.tzinfo, *, zone_assumed: bool = False) -> Stamp | None:
    """Return the moment a page's stamp means; None when it is unreadable, impossible or names no year.

    Reads ISO 8601, RFC 822, day or month first in words of any of the three languages (``06 February, 2026 16:19``,
    ``6 October, 2024 / 16:01``, ``February 20, 2017 17:21``, ``06 февраля 2026, 16:20``), and numbers: with dots or
    hyphens day first, with slashes month first in English (MENAFN's ``9/27/2023 2:13:18 AM``) and day first in
    Azerbaijani and Russian; with ``lang`` None an ambiguous one is unreadable. ``zone`` is the zone of the source,
    taken unless the stamp names its own (``(UTC+04:00)``); ``zone_assumed`` tells that this zone is only likely.
    """
    raw = normalize(text)
    if not raw or len(raw) > _LONGEST:
        return None
    # what each form shows at once is looked at first: most stamps are of one form, and all are asked
    if raw[4:5] == "-" and _ISO.fullmatch(raw):
        return _iso(raw, zone, zone_assumed=zone_assumed)
    if (raw[-1].isalpha() or raw[-5:-4] in {"+", "-"}) and _RFC_822.fullmatch(raw):
        return _rfc_822(raw, zone)
    return _printed(raw, lang, zone, zone_assumed=zone_assumed)


def _iso(raw: str, zone: dt.tzinfo, *, zone_assumed: bool) -> Stamp | None:
    moment = _iso_moment(raw)
    if moment is None:
        return None
    if possible_day(moment.year, moment.month, moment.day) is None:
        return None
    if ":" not in raw and "T" not in raw.upper():
        return _coarse(raw, moment.date(), zone, month_only=raw.count("-") == 1, zone_assumed=zone_assumed)
    if moment.tzinfo is None:
        return _exact(raw, moment.replace(tzinfo=zone), zone, zone_assumed=zone_assumed)
    return _exact(raw, moment, zone, zone_assumed=False)


def _iso_moment(raw: str) -> dt.datetime | None:
    # neither parser allows a blank before the offset, nor a small t or z
    plain = _BLANK_BEFORE_ZONE.sub("", raw).upper()
    try:
        return dt.datetime.fromisoformat(plain)
    except ValueError:
        pass
    try:
        # months without a day, and the midnight that ends a day (24:00)
        return isoparse(plain)
    except ValueError:
        return None


def _rfc_822(raw: str, zone: dt.tzinfo) -> Stamp | None:
    try:
        moment = email.utils.parsedate_to_datetime(raw)
    except ValueError:
        return None
    if possible_day(moment.year, moment.month, moment.day) is None:
        return None
    # "-0000" is UTC told by a machine that does not tell its own zone (RFC 5322, 3.3).
    return _exact(raw, moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC), zone, zone_assumed=False)


def _printed(raw: str, lang: Lang | None, zone: dt.tzinfo, *, zone_assumed: bool) -> Stamp | None:
    # İ and I both become i: the names of the months hold no ı beyond their endings.
    words = lower(raw, "en")
    if words[0].isalpha() and (label := _LABEL.match(words)):
        words = words[label.end() :]
    named = _ZONE.search(words) if any(name in words for name in _ZONES) else None
    zone_of_stamp = _offset(named) if named else zone
    if zone_of_stamp is None:
        return None
    if named:
        words = f"{words[: named.start()]} {words[named.end() :]}"
    clock = _CLOCK.search(words)
    if clock:
        words = _without_clock(words, clock)
    parts = _day_parts(_BLANKS.sub(" ", words).strip(_EDGES), lang, american=bool(clock and clock["half"]))
    if parts is None:
        return None
    year, month, day_of_month = parts
    day = possible_day(year, month, day_of_month or 1)
    if day is None:
        return None
    if clock is None or day_of_month is None:
        if clock is not None:
            return None
        return _coarse(raw, day, zone, month_only=day_of_month is None, zone_assumed=zone_assumed)
    time = _time(clock)
    if time is None:
        return None
    moment = dt.datetime.combine(day, time, zone_of_stamp)
    return _exact(raw, moment, zone, zone_assumed=zone_assumed and named is None)


def _without_clock(words: str, clock: re.Match[str]) -> str:
    before = words[: clock.start()].rstrip(_EDGES)
    if before[-1:].isalpha():
        before = _CLOCK_WORDS.sub("", before)
    return f"{before} {words[clock.end() :]}".strip(_EDGES)


def _day_parts(words: str, lang: Lang | None, *, american: bool) -> tuple[int, int, int | None] | None:
    """Return year, month and day of month, the latter None for a month alone."""
    if found := _words_of_day().fullmatch(words):
        name = found["month"] or found["month_first"] or found["month_alone"]
        day = found["day"] or found["day_second"]
        return int(found["year"]), all_months()[name], int(day) if day else None
    if found := _YEAR_FIRST.fullmatch(words):
        return int(found["year"]), int(found["month"]), int(found["day"])
    found = _YEAR_LAST.fullmatch(words)
    if found is None:
        return None
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    if found["mark"] != "/":
        return year, second, first
    month_first = american or lang == "en"
    if lang is None and not american and first != second:
        if max(first, second) <= _MONTHS:
            return None
        month_first = second > _MONTHS
    return (year, first, second) if month_first else (year, second, first)


_MONTHS: Final = 12
_YEAR_FIRST: Final = re.compile(r"(?P<year>\d{4})(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")
_YEAR_LAST: Final = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[-./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?: ?г\.?| ?года)?"
)


@cache
def _words_of_day() -> re.Pattern[str]:
    month = "|".join(sorted(all_months(), key=len, reverse=True))
    weekday = "|".join(sorted(all_weekdays(), key=len, reverse=True))
    short_weekday = r"mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс"
    year = r"(?P<year>\d{4})(?: ?(?:г\.?|года?)|(?: ?-)?c[ıiuü] il(?:in|də)?)?"
    return re.compile(
        rf"(?:(?:{weekday}|(?:{short_weekday})\.?)[, ]{{1,2}})?"
        rf"(?:(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th|-?го|-?е)?[ -](?:of )?(?P<month>{month})\.?[, -]{{1,2}}"
        rf"|(?P<month_first>{month})\.? (?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?[, ]{{1,2}}"
        rf"|(?P<month_alone>{month})\.?[, ]{{1,2}}){year}"
    )


def _time(clock: re.Match[str]) -> dt.time | None:
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    if clock["half"]:
        if not 1 <= hour <= _HOURS_OF_HALF_A_DAY:
            return None
        hour = hour % _HOURS_OF_HALF_A_DAY + (_HOURS_OF_HALF_A_DAY if clock["half"] == "p" else 0)
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        return None


def _offset(zone: re.Match[str]) -> dt.timezone | None:
    if zone["sign"] is None:
        return dt.timezone(_MOSCOW) if "msk" in zone.group() or "мск" in zone.group() else dt.UTC
    offset = dt.timedelta(hours=int(zone["hours"]), minutes=int(zone["minutes"] or 0))
    if offset >= dt.timedelta(hours=24):
        return None
    return dt.timezone(offset if zone["sign"] == "+" else -offset)


def _exact(raw: str, moment: dt.datetime, zone: dt.tzinfo, *, zone_assumed: bool) -> Stamp:
    return Stamp(
        raw=raw, moment=moment.astimezone(dt.UTC), day=moment.astimezone(zone).date(), zone_assumed=zone_assumed
    )


def _coarse(raw: str, day: dt.date, zone: dt.tzinfo, *, month_only: bool, zone_assumed: bool) -> Stamp:
    return Stamp(
        raw=raw,
        moment=dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC),
        day=day,
        precision="month" if month_only else "day",
        zone_assumed=zone_assumed,
    )
