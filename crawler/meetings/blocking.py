"""Index keys of a report, and the probes that find every report it can be linked with.

Two reports that a rule of ``rules`` can link share a key on days that a probe spans, so candidates come by one indexed
look-up and never by a scan. A key of people names both sides, one of Azerbaijan's and one counterpart (a person's
surname, or a party): what it holds grows with the meetings of that pair alone, within days for reports whose day is
known, and never with the store. Other keys name an address, a headline or a piece of text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache
from typing import Final, NamedTuple

from crawler.meetings.days import AHEAD_DAYS, LATE_DAYS
from crawler.meetings.people import given_skeletons, surname_skeleton
from crawler.meetings.posts import specific
from crawler.meetings.report import HOME, Report

KEYS_VERSION: Final = "3"
"""Changes with the names of keys or what they are made of: a store with other keys is indexed again."""
NO_DAY: Final = 0
ANY_DAY: Final = (0, 10**7)
REACH: Final = LATE_DAYS + 1
TEXT_KEYS: Final = 4
ANYBODY: Final = "*"
"""Stands for the people of Azerbaijan's side in a key that every report has: sought by those that name none of them."""
NOBODY: Final = "-"
"""Stands for them in the keys of a report that names none: sought by every report."""
CACHED: Final = 1024
"""Reports whose keys and probes are kept: those of the last days. Many more would burden the garbage collector."""


class Key(NamedTuple):
    """``name`` on ``day``, a proleptic ordinal as of ``date.toordinal``, or ``NO_DAY``."""

    name: str
    day: int = NO_DAY


class Probe(NamedTuple):
    """All rows of the key ``name`` with ``first <= day <= last``."""

    name: str
    first: int
    last: int


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _days(report: Report) -> list[int]:
    """Return the ordinals under which a report stands: of a stated span, the likeliest day of a soft one.

    Of a long span as many as leave no gap that a probe, ``REACH`` days either way, could fall into.
    """
    span = report.span
    if not span.dated or span.first is None or span.last is None or span.best is None:
        return [NO_DAY]
    if span.firmness == "soft":
        return [span.best.toordinal()]
    first, last = span.first.toordinal(), span.last.toordinal()
    return sorted({*range(first, last, 2 * REACH + 1), last})


def _home(report: Report) -> list[str]:
    """Return what Azerbaijan's people can be known by: each token of a name, and an office that says something.

    Spellings of one person may differ in a token, or in all of them where the office is the same.
    """
    found = set()
    for person in report.home:
        name = person.name or ""
        alias = report.alias(name)
        spelled = (alias, "en") if alias else (name, person.lang)
        found |= {surname_skeleton(*spelled), *given_skeletons(*spelled)} - {""}
        if office := specific(person.post):
            found.add(f"@{office}")
    return sorted(found) or [NOBODY]


def _sought_home(report: Report) -> list[str]:
    home = _home(report)
    return [ANYBODY] if home == [NOBODY] else [*home, NOBODY]


def _guests(report: Report) -> list[str]:
    """Return the surnames of the other side's people."""
    known = [(report.alias(person.name or ""), person) for person in report.abroad]
    found = {surname_skeleton(alias or person.name or "", "en" if alias else person.lang) for alias, person in known}
    return sorted(f"p{skeleton}" for skeleton in found if skeleton)


def _parties(report: Report) -> list[str]:
    return sorted(report.counterparts) or [HOME]


def _counterparts(report: Report) -> list[str]:
    """Return the other side's people and parties, with the countries of those people."""
    countries = {person.country for person in report.abroad if person.country}
    return [*_guests(report), *sorted(f"c{party}" for party in {*_parties(report), *countries})]


def _journeys(report: Report) -> list[str]:
    """Return keys of who went to whom, for visits and summits, of which a report may name nobody of the other side."""
    if report.mention.kind not in {"visit", "multilateral"}:
        return []
    spelled = {surname_skeleton(person.name, person.lang) for person in report.home if person.name}
    return sorted(f"{skeleton}:{'+'.join(_parties(report))}" for skeleton in spelled)


def _year_days(report: Report) -> list[int]:
    """Return month * 100 + day of the days of a report whose day is known, with or without its year."""
    span = report.span
    if span.yearless:
        return [span.yearless[0] * 100 + span.yearless[1]]
    days = [dt.date.fromordinal(day) for day in _days(report) if day]
    return [day.month * 100 + day.day for day in days]


def _around(month_day: int, reach: int) -> list[int]:
    leap_year = 2024
    day = dt.date(leap_year, month_day // 100, month_day % 100)
    near = [day + dt.timedelta(days=n) for n in range(-reach, reach + 1)]
    return [one.month * 100 + one.day for one in near]


def _published(report: Report) -> int:
    return report.published.day.toordinal() if report.published else NO_DAY


def _joins_by_parties(report: Report) -> bool:
    """Return whether a meeting is of a kind that joins by its parties alone, of whatever year its day is."""
    return report.mention.kind in {"internal", "multilateral", "visit"}


def _named(report: Report) -> bool:
    """Return whether people of both sides are named and must agree: then their keys find its copies, too."""
    return bool(report.home and _guests(report)) and report.mention.kind != "multilateral"


def _texts(report: Report) -> list[str]:
    return [f"{report.lang}:{value:x}" for value in report.shingles[:TEXT_KEYS]]


def _headlines(report: Report) -> list[str]:
    texts = {text for text in (report.headline, *report.alternate_headlines) if text}
    return sorted(f"h:{report.outlet}:{_digest(text)}" for text in texts)


@lru_cache(maxsize=CACHED)
def keys(report: Report) -> list[Key]:
    """Return the index rows of a report, sorted.

    What only few reports must find stands under a letter of its own, so that others never fetch it: announcements
    (``o``), days without a year (``y``), journeys without a day (``v``), texts that do not name both sides (``s``).
    """
    found = {Key(f"a:{report.url}"), *(Key(f"a:{url}") for url in report.alternates)}
    dated, home = report.span.dated, [*_home(report), ANYBODY]
    letters = ("k", "o") if dated and report.span.ahead else ("k",)
    for other in _counterparts(report) if dated else _guests(report):
        found.update(Key(f"{letter}:{one}:{other}", day) for letter in letters for one in home for day in _days(report))
    found.update(Key(f"{'w' if dated else 'v'}:{name}") for name in _journeys(report))
    if _joins_by_parties(report):
        letter, parties = "y" if report.span.yearless else "d", "+".join(_parties(report))
        found.update(Key(f"{letter}:{day:04}:{one}:{parties}") for day in _year_days(report) for one in home)
    at = _published(report)
    found.update(Key(f"{letter}:{text}", at) for text in _texts(report) for letter in ("t" if _named(report) else "ts"))
    found.update(Key(name, at) for name in _headlines(report))
    return sorted(found)


@lru_cache(maxsize=CACHED)
def probes(report: Report) -> list[Probe]:
    """Return the look-ups that find every report which a rule can link with this one, sorted."""
    found = {Probe(f"a:{url}", *ANY_DAY) for url in (report.url, *report.alternates)}
    dated = report.span.dated
    if dated:
        found.update(_dated_probes(report))
    found.update(_undated_probes(report))
    letters = "v" if dated else "vw"
    found.update(Probe(f"{letter}:{name}", NO_DAY, NO_DAY) for name in _journeys(report) for letter in letters)
    if _joins_by_parties(report):
        letters, parties = "yd" if report.span.yearless else "y", "+".join(_parties(report))
        near = {day for one in _year_days(report) for day in _around(one, REACH)}
        names = [f"{day:04}:{home}:{parties}" for day in near for home in _sought_home(report)]
        found.update(Probe(f"{letter}:{name}", NO_DAY, NO_DAY) for name in names for letter in letters)
    found.update(_text_probes(report))
    return sorted(found)


def _dated_probes(report: Report) -> set[Probe]:
    """Return the look-ups by both sides among the reports of near days."""
    days = _days(report)
    first, last = min(days) - REACH, max(days) + REACH + (AHEAD_DAYS if report.span.ahead else 0)
    pairs = [f"{home}:{other}" for home in _sought_home(report) for other in _counterparts(report)]
    return {
        *(Probe(f"k:{pair}", first, last) for pair in pairs),
        *(Probe(f"o:{pair}", first - AHEAD_DAYS, last) for pair in pairs),
    }


def _undated_probes(report: Report) -> set[Probe]:
    """Return the look-ups by people of both sides where this report or the other one has no known day.

    Only several common guests make up for people of Azerbaijan's side that one of the two does not name.
    """
    guests, span = _guests(report), report.span
    spans = [(NO_DAY, NO_DAY)]
    if span.firmness == "month" and span.first and span.last:
        spans.append((span.first.toordinal() - AHEAD_DAYS - REACH, span.last.toordinal() + REACH))
    elif not span.dated:
        spans = [ANY_DAY]
    sought = [one for one in _sought_home(report) if len(guests) > 1 or one not in {ANYBODY, NOBODY}]
    return {Probe(f"k:{one}:{guest}", *days) for one in sought for guest in guests for days in spans}


def _text_probes(report: Report) -> set[Probe]:
    """Return the look-ups by text and headline, where both days of publication are known among the near ones."""
    at = _published(report)
    letter = "s" if _named(report) else "t"
    names = (*_headlines(report), *(f"{letter}:{text}" for text in _texts(report)))
    spans = [(at - LATE_DAYS, at + LATE_DAYS), (NO_DAY, NO_DAY)] if at else [ANY_DAY]
    return {Probe(name, *span) for name in names for span in spans}


@lru_cache(maxsize=CACHED)
def _by_name(report: Report) -> dict[str, tuple[int, ...]]:
    days: dict[str, tuple[int, ...]] = {}
    for key in keys(report):
        days[key.name] = (*days.get(key.name, ()), key.day)
    return days


def finds(report: Report, other: Report) -> bool:
    """Return whether a probe of one report meets a key of the other one."""
    days = _by_name(other)
    return any(probe.first <= day <= probe.last for probe in probes(report) for day in days.get(probe.name, ()))
