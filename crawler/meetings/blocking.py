"""Index keys of a report, and the probes that find every report it can be one meeting with.

Two reports that evidence can join share a key on days that a probe spans, so candidates come by one indexed
look-up and never by a scan. A key of people names both sides, one of Azerbaijan's and one counterpart (a person's
surname, or a party): what it holds grows with the meetings of that pair alone, within days for reports whose day is
known, and never with the store. Other keys name an address, a headline or a piece of text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from crawler.knowledge import table
from crawler.meetings.days import AHEAD_DAYS, LATE_DAYS
from crawler.meetings.evidence import usual_towns
from crawler.meetings.people import HOME, given_skeletons, surname_skeleton
from crawler.meetings.posts import specific
from crawler.meetings.report import Report

KEYS_VERSION: Final = f"4-{hashlib.sha256(repr(table('evidence')).encode()).hexdigest()[:12]}"
"""Changes with the names of keys, what they are made of, and what evidence weighs.

A store of another version is indexed and resolved again.
"""
NO_DAY: Final = 0
ANY_DAY: Final = (0, 10**7)
REACH: Final = LATE_DAYS + 1
STEP: Final = 2 * REACH + 1
"""Days between two rows of a report that stands on many days: no more than one probe spans, so none falls between."""
TEXT_KEYS: Final = 4
TEXT_PEOPLE: Final = 3
"""People of a side under whom the pieces of a text stand."""
MOST_PAIRED: Final = 12
"""Guests of a report of whom every two make a key."""
ANYBODY: Final = "*"
"""Stands for the people of Azerbaijan's side in a key that every report has: sought by those that name none of them."""
STRANGER: Final = "?"
"""Stands for a guest whose country a report does not tell."""
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
    """Return the ordinals of the days of a report: a stated span by steps, the likeliest day of a soft one."""
    span = report.span
    if not span.dated or span.first is None or span.last is None or span.best is None:
        return [NO_DAY]
    if span.firmness == "soft":
        return [span.best.toordinal()]
    first, last = span.first.toordinal(), span.last.toordinal()
    return sorted({*range(first, last, STEP), last})


def _row_days(report: Report) -> list[int]:
    """Return the days under which a report stands: an announcement also stands ahead of its own day."""
    ahead = range(STEP, AHEAD_DAYS + 1, STEP) if report.span.ahead else ()
    return sorted({*_days(report), *(day + more for day in _days(report) for more in ahead if day)})


def _home(report: Report) -> list[str]:
    """Return what the names of Azerbaijan's people have alike in all spellings: of a name, one token at least."""
    found: set[str] = set()
    for person in report.home:
        name = person.name or ""
        alias = report.alias(name)
        spelled = (alias, "en") if alias else (name, person.lang)
        found |= {surname_skeleton(*spelled), *given_skeletons(*spelled)} - {""}
    return sorted(found)


def _offices(report: Report) -> list[str]:
    """Return their offices: two reports with other spellings may be one meeting if one of them names nobody else."""
    return sorted({office for person in report.home if (office := specific(person.post))})


def _home_rows(report: Report) -> list[str]:
    offices = _offices(report)
    if report.identified:
        return [*(_home(report) or [NOBODY]), ANYBODY, *(f"@{office}" for office in offices)]
    return [*(_home(report) or [NOBODY]), ANYBODY, *(f"{sign}{office}" for office in offices for sign in "@!")]


def _home_sought(report: Report) -> list[str]:
    sign = "!" if report.identified else "@"
    home = _home(report)
    return [*home, NOBODY, *(f"{sign}{office}" for office in _offices(report))] if home else [ANYBODY]


def _guests(report: Report, *, strangers: bool = False) -> list[str]:
    """Return the surnames of the other side's people, or only of those whose country the report does not tell."""
    people = [person for person in report.abroad if not (strangers and person.country)]
    known = [(report.alias(person.name or ""), person) for person in people]
    found = {surname_skeleton(alias or person.name or "", "en" if alias else person.lang) for alias, person in known}
    return sorted(f"p{skeleton}" for skeleton in found if skeleton)


def _full_guests(report: Report) -> list[str]:
    """Return the guests by given name and surname: sought by themselves, surnames alone would be too many."""
    known = [(report.alias(person.name or ""), person) for person in report.abroad]
    spelled = [(alias, "en") if alias else (person.name or "", person.lang) for alias, person in known]
    return sorted({f"g{given}{surname_skeleton(*one)}" for one in spelled for given in given_skeletons(*one)})


def _without_day(report: Report) -> list[str]:
    """Return who looks for a report whatever its day: two people; where nobody of home is named, the guest alone."""
    home = _home(report)
    pairs = [f"k:{one}:{guest}" for one in home for guest in _guests(report)]
    return [*pairs, *(f"k:{NOBODY if home else ANYBODY}:{guest}" for guest in _full_guests(report)), *_pairs(report)]


def _pairs(report: Report) -> list[str]:
    """Return every two of the guests: who is found by them needs nobody of Azerbaijan's side."""
    return [f"e:{one}{other}" for one, other in combinations(_guests(report)[:MOST_PAIRED], 2)]


def _parties(report: Report) -> list[str]:
    return sorted(report.counterparts) or [HOME]


def _sides(report: Report) -> list[str]:
    """Return the other side's parties, with the countries of its people, and a sign for people of unknown country."""
    countries = {person.country for person in report.abroad if person.country}
    strangers = [STRANGER] if _guests(report, strangers=True) else []
    return [*strangers, *sorted(f"c{party}" for party in {*_parties(report), *countries})]


def _occasions(report: Report) -> list[str]:
    """Return the parties with what few of their meetings share, for reports that name no guest.

    That is a rare town, a journey, or that there are several counterparts.
    """
    parties, found = "+".join(_parties(report)), []
    town = report.mention.place.city if report.mention.place else None
    if town and town not in usual_towns():
        found.append(f"{town}:{parties}")
    if report.mention.kind in {"visit", "multilateral"} or len(report.counterparts) > 1:
        found.append(parties)
    return found


def _year_days(report: Report) -> list[int]:
    """Return month * 100 + day of the days of a report whose day is known, with or without its year."""
    span = report.span
    if span.yearless:
        return [span.yearless[0] * 100 + span.yearless[1]]
    days = [dt.date.fromordinal(day) for day in _days(report) if day]
    return [day.month * 100 + day.day for day in days]


def _around(month_days: list[int]) -> list[int]:
    """Return the days of the year that are no further than ``REACH`` from one of these."""
    leap_year = 2024
    days = [dt.date(leap_year, one // 100, one % 100) for one in month_days]
    near = {day + dt.timedelta(days=n) for day in days for n in range(-REACH, REACH + 1)}
    return sorted(one.month * 100 + one.day for one in near)


def _published(report: Report) -> int:
    return report.published.day.toordinal() if report.published else NO_DAY


def _text_rows(report: Report) -> list[str]:
    """Return under whom the pieces of a text stand; a piece alone may be a stock phrase of thousands of articles.

    A copy names the same people, but the reader may have missed those of a side, or all: these are noted, too.
    """
    home, guests = _text_people(report)
    missing = {"-h": not home, "-p": not guests, NOBODY: not home and not guests}
    return [*home, *guests, ANYBODY, *(sign for sign, absent in missing.items() if absent)]


def _text_people(report: Report) -> tuple[list[str], list[str]]:
    home = {surname_skeleton(person.name, person.lang) for person in report.home if person.name} - {""}
    return [f"h{skeleton}" for skeleton in sorted(home)[:TEXT_PEOPLE]], _guests(report)[:TEXT_PEOPLE]


def _text_sought(report: Report) -> list[str]:
    home, guests = _text_people(report)
    if not home and not guests:
        return [ANYBODY]
    return [*home, *guests, NOBODY if home and guests else "-h" if home else "-p"]


def _texts(report: Report, whom: list[str]) -> list[str]:
    return [f"t:{report.lang}:{value:x}:{one}" for value in report.shingles[:TEXT_KEYS] for one in whom]


def _headlines(report: Report) -> list[str]:
    texts = {text for text in (report.headline, *report.alternate_headlines) if text}
    return sorted(f"h:{report.outlet}:{_digest(text)}" for text in texts)


@lru_cache(maxsize=CACHED)
def keys(report: Report) -> list[Key]:
    """Return the index rows of a report, sorted.

    What only few reports must find stands under a letter of its own, so that others never fetch it: days without a year
    (``y``), parties without a day (``v``).
    """
    found = {Key(f"a:{report.url}"), *(Key(f"a:{url}") for url in report.alternates)}
    dated, days, at = report.span.dated, _row_days(report), _published(report)
    home = _home_rows(report)
    names = [f"k:{one}:{other}" for one in home for other in (*(_sides(report) if dated else ()), *_guests(report))]
    alone = (ANYBODY,) if _home(report) else (ANYBODY, NOBODY)
    names += [*(f"k:{one}:{guest}" for one in alone for guest in _full_guests(report)), *_pairs(report)]
    found.update(Key(name, day) for name in names for day in days)
    letter = "w" if dated else "v"
    found.update(Key(f"{letter}:{one}:{what}") for one in home for what in _occasions(report))
    on = _year_days(report)
    names = [f"y:{day:04}" for day in _around(on)] if report.span.yearless else [f"d:{day:04}" for day in on]
    found.update(Key(f"{name}:{one}:{side}") for name in names for one in home for side in _sides(report))
    found.update(Key(name, at) for name in (*_texts(report, _text_rows(report)), *_headlines(report)))
    return sorted(found)


@lru_cache(maxsize=CACHED)
def probes(report: Report) -> list[Probe]:
    """Return the look-ups that find every report which evidence can join with this one, sorted."""
    found = {Probe(f"a:{url}", *ANY_DAY) for url in (report.url, *report.alternates)}
    dated = report.span.dated
    if dated:
        found.update(_dated_probes(report))
    found.update(_undated_probes(report))
    letters = "v" if dated else "vw"
    names = [f"{one}:{what}" for one in _home_sought(report) for what in _occasions(report)]
    found.update(Probe(f"{letter}:{name}", NO_DAY, NO_DAY) for name in names for letter in letters)
    on = _year_days(report)
    names = [*(f"y:{day:04}" for day in on), *(f"d:{day:04}" for day in (_around(on) if report.span.yearless else ()))]
    sought = [f"{one}:{side}" for one in _home_sought(report) for side in _sides(report)]
    found.update(Probe(f"{name}:{one}", NO_DAY, NO_DAY) for name in names for one in sought)
    found.update(_text_probes(report))
    return sorted(found)


def _dated_probes(report: Report) -> set[Probe]:
    """Return the look-ups by both sides among the reports of near days.

    People of one country are found by it, those of an unknown one by their surnames.
    """
    days = _days(report)
    first, last = min(days) - REACH, max(days) + REACH + (AHEAD_DAYS if report.span.ahead else 0)
    others = {*_sides(report), *([STRANGER] if report.abroad else []), *_guests(report)}
    return {Probe(f"k:{home}:{other}", first, last) for home in _home_sought(report) for other in others}


def _undated_probes(report: Report) -> set[Probe]:
    """Return the look-ups by two people where this report or the other one has no known day."""
    span = report.span
    spans = [(NO_DAY, NO_DAY)]
    if span.firmness == "month" and span.first and span.last:
        spans.append((span.first.toordinal() - REACH, span.last.toordinal() + REACH))
    elif not span.dated:
        spans = [ANY_DAY]
    return {Probe(name, *days) for name in _without_day(report) for days in spans}


def _text_probes(report: Report) -> set[Probe]:
    """Return the look-ups by text and headline: among near publications by the text alone, else by its people, too."""
    at, headlines = _published(report), _headlines(report)
    named = {Probe(name, *((NO_DAY, NO_DAY) if at else ANY_DAY)) for name in _texts(report, _text_sought(report))}
    if not at:
        return named | {Probe(name, *ANY_DAY) for name in headlines}
    near = {Probe(name, at - LATE_DAYS, at + LATE_DAYS) for name in (*_texts(report, [ANYBODY]), *headlines)}
    return named | near | {Probe(name, NO_DAY, NO_DAY) for name in headlines}


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
