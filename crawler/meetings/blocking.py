"""Index keys of a report, and the probes that find every report it can be linked with.

Two reports that any rule of ``rules`` can link share a key on days that a probe spans, so candidates come by one
indexed look-up and never by a scan. Keys name a counterpart (person or party) and a day, an address, a headline or a
piece of text; none of them grows with the store, save as one person meets more often.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache
from typing import Final, NamedTuple

from crawler.meetings.days import AHEAD_DAYS, LATE_DAYS
from crawler.meetings.people import given_skeletons, surname_skeleton
from crawler.meetings.report import HOME, Report

KEYS_VERSION: Final = "2"
"""Changes with the names of keys or what they are made of: a store with other keys is indexed again."""
NO_DAY: Final = 0
ANY_DAY: Final = (0, 10**7)
REACH: Final = LATE_DAYS + 1
TEXT_KEYS: Final = 4
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
    """Return the ordinals under which a report stands: each day of a stated span, the likeliest day of a soft one."""
    span = report.span
    if not span.dated or span.first is None or span.last is None or span.best is None:
        return [NO_DAY]
    if span.firmness == "soft":
        return [span.best.toordinal()]
    return [span.first.toordinal() + n for n in range((span.last - span.first).days + 1)]


def _spelled(report: Report) -> set[tuple[str, str | None]]:
    """Return surname skeleton and country of those by whom a report is found: of the other side, where there is one."""
    people = report.abroad or (report.home if not report.counterparts else ())
    known = [(report.alias(person.name or ""), person) for person in people]
    return {
        (skeleton, person.country)
        for alias, person in known
        if (skeleton := surname_skeleton(alias or person.name or "", "en" if alias else person.lang))
    }


def _people(report: Report) -> list[str]:
    return sorted({skeleton for skeleton, _ in _spelled(report)})


def _citizens(report: Report) -> list[str]:
    """Return the names of ``_spelled`` with their countries: sharp enough to be looked up without a day."""
    return sorted(f"{skeleton}:{country or ''}" for skeleton, country in _spelled(report))


def _sought_citizens(report: Report) -> list[str]:
    """Return the citizens that can be the same persons: of the same country, or of none that a text tells."""
    found = _spelled(report)
    return sorted({f"{skeleton}:{country}" for skeleton, own in found if own for country in (own, "")})


def _strangers(report: Report) -> list[str]:
    """Return the skeletons of those whose country the report does not tell."""
    return sorted({skeleton for skeleton, country in _spelled(report) if not country})


def _given(report: Report) -> set[str]:
    named = ((person.name, person.lang) for person in report.abroad if person.name)
    return {skeleton for name, lang in named for skeleton in given_skeletons(name, lang)}


def _parties(report: Report) -> list[str]:
    return sorted(report.counterparts) or [HOME]


def _journeys(report: Report) -> list[str]:
    """Return keys of who went to whom, for visits and summits, of which a report may name nobody of the other side."""
    if report.mention.kind not in {"visit", "multilateral"}:
        return []
    spelled = {surname_skeleton(person.name, person.lang) for person in report.home if person.name}
    return sorted(f"{skeleton}:{'+'.join(_parties(report))}" for skeleton in spelled)


def _year_days(report: Report) -> list[int]:
    """Return month * 100 + day of every day of a report whose day is known, with or without its year."""
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


def _needs_parties(report: Report) -> bool:
    """Return whether a report can be the same meeting as one that shares no person of the other side with it."""
    return not report.abroad or report.many_sided


def _party_days(report: Report, month_day: int) -> list[str]:
    """Return the key of a day of the year for kinds of meetings that join by their parties alone."""
    if report.mention.kind not in {"internal", "multilateral", "visit"}:
        return []
    return [f"{month_day:04}:{'+'.join(_parties(report))}"]


@lru_cache(maxsize=CACHED)
def keys(report: Report) -> list[Key]:
    """Return the index rows of a report, sorted.

    Frequent names (a party, a day of the year) stand under one letter for all reports and under another one for the
    few that must find them, so that ordinary reports never fetch each other by them.
    """
    found = {Key(f"a:{report.url}"), *(Key(f"a:{url}") for url in report.alternates)}
    people = [f"p:{skeleton}" for skeleton in _people(report)]
    parties = [f"c:{party}" for party in _parties(report)] + [f"g:{skeleton}" for skeleton in _given(report)]
    if _needs_parties(report):
        parties += [f"n:{party}" for party in _parties(report)]
    dated = report.span.dated
    citizens = _citizens(report)
    for day in _days(report):
        found.update(Key(name, day) for name in (*people, *(parties if dated else ())))
        found.update(Key(f"u:{name}", day) for name in citizens)
        if report.span.ahead and dated:
            found.update(Key(f"o{name}", day) for name in (*people, *(parties if _needs_parties(report) else ())))
    found.update(Key(f"{'w' if dated else 'v'}:{name}") for name in _journeys(report))
    letter = "y" if report.span.yearless else "d"
    for day in _year_days(report):
        found.update(Key(f"{letter}:{name}") for name in _party_days(report, day))
        found.update(Key(f"d:{day:04}:{name}") for name in (citizens if dated else ()))
    at = _published(report)
    found.update(Key(f"t:{report.lang}:{value:x}", at) for value in report.shingles[:TEXT_KEYS])
    found.update(Key(name, at) for name in _headlines(report))
    return sorted(found)


def _headlines(report: Report) -> list[str]:
    texts = {text for text in (report.headline, *report.alternate_headlines) if text}
    return sorted(f"h:{report.outlet}:{_digest(text)}" for text in texts)


@lru_cache(maxsize=CACHED)
def probes(report: Report) -> list[Probe]:
    """Return the look-ups that find every report which a rule can link with this one, sorted."""
    found = {Probe(f"a:{url}", *ANY_DAY) for url in (report.url, *report.alternates)}
    dated = report.span.dated
    if dated:
        found.update(_dated_probes(report))
    if dated or report.counterparts:
        found.update(_undated_probes(report))
    letters = "v" if dated else "vw"
    found.update(Probe(f"{letter}:{name}", NO_DAY, NO_DAY) for name in _journeys(report) for letter in letters)
    letters = "yd" if report.span.yearless else "y"
    near = {day for one in _year_days(report) for day in _around(one, REACH)}
    names = [name for day in near for name in _party_days(report, day)]
    found.update(Probe(f"{letter}:{name}", NO_DAY, NO_DAY) for name in names for letter in letters)
    found.update(_text_probes(report))
    return sorted(found)


def _dated_probes(report: Report) -> set[Probe]:
    """Return the look-ups by people and parties among the reports of near days."""
    days = _days(report)
    first, last = min(days) - REACH, max(days) + REACH + (AHEAD_DAYS if report.span.ahead else 0)
    people = [f"p:{skeleton}" for skeleton in _people(report)]
    letter = "c" if _needs_parties(report) else "n"
    parties = [f"{letter}:{party}" for party in _parties(report)]
    parties += [f"g:{skeleton}" for skeleton in _given(report)]
    ahead = (*people, *(parties if _needs_parties(report) else ()))
    return {
        *(Probe(name, first, last) for name in (*people, *parties)),
        *(Probe(f"o{name}", first - AHEAD_DAYS, last) for name in ahead),
    }


def _undated_probes(report: Report) -> set[Probe]:
    """Return the look-ups by people where this report or the other one has no known day.

    The day of one without a date is sought in all years, that of one without a year on near days of each year.
    """
    span = report.span
    spans = [(NO_DAY, NO_DAY)]
    if span.firmness == "month" and span.first and span.last:
        spans.append((span.first.toordinal() - AHEAD_DAYS - REACH, span.last.toordinal() + REACH))
    elif not span.dated and not span.yearless:
        spans = [ANY_DAY]
    sought = [f"u:{name}" for name in _sought_citizens(report)] + [f"p:{name}" for name in _strangers(report)]
    found = {Probe(name, *one) for name in sought for one in spans}
    if span.yearless:
        near = _around(span.yearless[0] * 100 + span.yearless[1], REACH)
        found.update(Probe(f"d:{day:04}:{name}", NO_DAY, NO_DAY) for name in _sought_citizens(report) for day in near)
        found.update(Probe(f"p:{name}", *ANY_DAY) for name in _strangers(report))
    return found


def _text_probes(report: Report) -> set[Probe]:
    at = _published(report)
    spans = [(at - LATE_DAYS, at + LATE_DAYS), (NO_DAY, NO_DAY)] if at else [ANY_DAY]
    texts = [f"t:{report.lang}:{value:x}" for value in report.shingles[:TEXT_KEYS]]
    return {Probe(name, *span) for name in (*texts, *_headlines(report)) for span in spans}


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
