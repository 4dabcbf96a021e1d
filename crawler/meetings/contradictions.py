"""What forbids that two reports are one meeting, each reason by its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crawler.items import MentionedPerson
from crawler.meetings.days import DayRelation, relate
from crawler.meetings.people import Alias, could_be_one, matches, same_full_name
from crawler.meetings.posts import specific
from crawler.meetings.report import HOME, Report
from crawler.rules import fires

DAY_REASONS: Final = frozenset({"other-stated-day", "outside-the-days-of-publication"})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A named reason, with the two facts that exclude each other."""

    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side: whom both name, how their days agree, what contradicts."""

    days: DayRelation
    home: tuple[tuple[MentionedPerson, MentionedPerson], ...]
    abroad: tuple[tuple[MentionedPerson, MentionedPerson], ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def names(self) -> str:
        """The names both reports have, as the first of them spells them."""
        return ", ".join(sorted({one.name or "" for one, _ in (*self.home, *self.abroad)}))


def alias_of(a: Report, b: Report) -> Alias:
    """Return the look-up of declared spellings that either report carries."""
    declared = {**dict(a.aliases), **dict(b.aliases)}
    return declared.get


def _spell(people: tuple[MentionedPerson, ...]) -> str:
    return ", ".join(person.name or "" for person in people)


def _of_form(a: Report, b: Report) -> Iterator[Contradiction]:
    kinds = f"{a.mention.kind} against {b.mention.kind}"
    pair = {a.mention.kind, b.mention.kind}
    if len(pair) > 1 and "call" in pair:
        yield Contradiction("call-against-in-person", kinds)
    elif len(pair) > 1 and "internal" in pair:
        yield Contradiction("internal-against-others", kinds)
    elif a.many_sided != b.many_sided and a.counterparts != b.counterparts:
        parties = f"{', '.join(sorted(a.counterparts))} against {', '.join(sorted(b.counterparts))}"
        yield Contradiction("two-sided-against-three-sided", parties)
    if {a.mention.status, b.mention.status} == {"cancelled", "held"}:
        yield Contradiction("cancelled-against-held", f"{a.mention.status} against {b.mention.status}")


def _of_people(
    a: Report,
    b: Report,
    home: list[tuple[MentionedPerson, MentionedPerson]],
    abroad: list[tuple[MentionedPerson, MentionedPerson]],
) -> Iterator[Contradiction]:
    if a.counterparts and b.counterparts and not a.counterparts & b.counterparts and not abroad:
        yield Contradiction("another-counterpart", f"{sorted(a.counterparts)} against {sorted(b.counterparts)}")
    if a.home and b.home and not home and not _maybe_shared(a.home, b.home):
        yield Contradiction("disjoint-principals", f"{_spell(a.home)} against {_spell(b.home)}")
    several = a.mention.kind == b.mention.kind == "multilateral"
    differ = a.abroad and b.abroad and not several and not abroad
    if differ and not _maybe_shared(a.abroad, b.abroad) and not _across(a, b):
        yield Contradiction("other-counterpart-person", f"{_spell(a.abroad)} against {_spell(b.abroad)}")
    if not several and (offices := _other_office(a, b) or _other_office(b, a)):
        yield Contradiction("other-office", offices)
    kinds = {a.mention.kind, b.mention.kind}
    if "visit" in kinds and len(kinds) > 1 and not abroad:
        yield Contradiction("visit-without-the-counterpart", f"{a.mention.kind} against {b.mention.kind}")


def _maybe_shared(mine: Sequence[MentionedPerson], theirs: Sequence[MentionedPerson]) -> bool:
    return any(could_be_one(one, other) for one in mine for other in theirs)


def _other_office(nameless: Report, named: Report) -> str | None:
    """Return the offices that differ where one report gives the counterpart's office only, and the other his name.

    General words ("his counterpart", "the head") are no office.
    """
    if nameless.abroad:
        return None
    offices = {(country, post) for country, post in nameless.nameless_posts if country != HOME and specific(post)}
    held = {(person.country, person.post) for person in named.abroad if specific(person.post)}
    shared = {country for country, _ in offices} & {country for country, _ in held}
    mine = sorted(post for country, post in offices if country in shared)
    theirs = sorted(post for country, post in held if country in shared and post)
    return f"{', '.join(mine)} against {', '.join(theirs)}" if shared and not set(mine) & set(theirs) else None


def _across(a: Report, b: Report) -> bool:
    """Return whether both reports name one person whom they count to different countries."""
    return any(
        same_full_name(one, other)
        for mine, theirs in ((a.abroad, (*b.home, *b.abroad)), (a.home, b.abroad))
        for one in mine
        for other in theirs
    )


def _of_day(a: Report, b: Report, days: DayRelation) -> Iterator[Contradiction]:
    if days.verdict == "clash":
        stated = {"hard", "yearless"}
        hard = a.span.firmness in stated and b.span.firmness in stated
        yield Contradiction("other-stated-day" if hard else "outside-the-days-of-publication", days.detail)


def _of_circumstances(a: Report, b: Report, days: DayRelation) -> Iterator[Contradiction]:
    """Host and town tell meetings of the same people apart, unless their likeliest day is the same."""
    if days.verdict == "same" or (days.verdict == "near" and days.distance == 0 and a.span.dated and b.span.dated):
        return
    hosts = {a.host_country, b.host_country}
    parties = {HOME} | a.counterparts | b.counterparts
    if len(hosts) > 1 and hosts <= parties:
        yield Contradiction("host-against-guest", f"{a.host_country} against {b.host_country}")
    one, other = a.mention.place, b.mention.place
    if not one or not other:
        return
    if one.country and other.country and one.country != other.country:
        yield Contradiction("another-place", f"{one.city or one.country} against {other.city or other.country}")
    elif one.city and other.city and one.city != other.city:
        yield Contradiction("another-place", f"{one.city} against {other.city}")


@lru_cache(maxsize=2048)
def compare(a: Report, b: Report) -> Comparison:
    """Compare two reports. The order of the two does not change what is found."""
    alias = alias_of(a, b)
    home, abroad = matches(a.home, b.home, alias), matches(a.abroad, b.abroad, alias)
    days = relate(a.span, b.span)
    found = [
        *_of_form(a, b),
        *_of_people(a, b, home, abroad),
        *_of_day(a, b, days),
        *_of_circumstances(a, b, days),
    ]
    return Comparison(days, tuple(home), tuple(abroad), tuple(item for item in found if fires(f"veto: {item.name}")))


def contradicted(a: Report, b: Report) -> bool:
    """Return whether anything forbids that two reports are one meeting: form and day are looked at before names."""
    cheap = (*_of_form(a, b), *_of_day(a, b, relate(a.span, b.span)))
    return any(fires(f"veto: {item.name}") for item in cheap) or bool(compare(a, b).contradictions)
