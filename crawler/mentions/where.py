"""Where a meeting was: the town its clauses name, else what they make plain."""

from __future__ import annotations

import re
from typing import Final

from crawler.items import Basis, Evidence, Place
from crawler.language import syntax
from crawler.language.places import PlaceFound, find_places, find_seats, seat_town
from crawler.mentions.clauses import Clauses
from crawler.mentions.document import Document
from crawler.mentions.events import Event
from crawler.mentions.frames import STRONG, Predicate
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME
from crawler.rules import fires

_DATELINE: Final = 40
_ENDS_DATELINE: Final = re.compile(r"\s*[,.:(/–—-]")
_HOSTS: Final = re.compile(r"\s(?:\w+\s)?")
_OWNER: Final = 10
"""Characters between a ministry and its country: " of the "."""
_BEFORE: Final = len(" outside ")
"""Characters before a town in which a word tells that something is near it."""
_PASSING: Final = 2.2
"""Weight up to which a town is only named in passing, and that of the dateline is the likelier one."""
Where = tuple[Place | None, Basis | None, tuple[Evidence, ...]]


def find_where(document: Document, clauses: Clauses, event: Event, roles: list[Role], dateline: str | None) -> Where:
    """Return the place, how sure it is, and the words it stood on; nothing when nothing makes it plain."""
    best: tuple[float, PlaceFound] | None = None
    for town, predicate in clauses.towns:
        if clauses.recalls(document.sentence_at(town.start)):
            continue
        weight = _weight(document, event, town, predicate)
        better = weight > 0 and (best is None or weight > best[0])
        if better and fires(f"place: {town.form} with weight {weight:g}"):
            best = (weight, town)
    posted = _in_dateline(document, event, roles, dateline)
    if best is not None and (posted is None or best[0] > _PASSING):
        town = best[1]
        evidence = Evidence(field="place", rule=f"{town.form} with weight {best[0]:g}", words=town.words)
        return Place(city=town.city, country=town.country), "stated", (evidence,)
    seat = _at_seat(document, event, roles) if "internal" not in event.meanings else None
    if seat is not None and seat[0] and seat[0].country == HOME and posted is not None:
        seat = None  # a ministry without a country is that of the dateline's
    if seat is not None and fires("place: seat of the host"):
        return seat
    if posted is None or not fires("place: dateline in the country of the host"):
        return None, None, ()
    evidence = Evidence(field="place", rule="dateline in the country of the host", words=posted.words)
    return Place(city=posted.city, country=posted.country), "implied", (evidence,)


def _weight(document: Document, event: Event, town: PlaceFound, predicate: Predicate | None) -> float:
    sentence = document.sentence_at(town.start)
    headline = document.sentences[sentence].is_headline
    if not town.city or _elsewhere(document, event, town, predicate):
        return 0
    own = {p.sentence for p in event.predicates}
    in_event = predicate is not None and predicate in event.predicates
    if not headline and not town.locative and town.start - document.body < _DATELINE and sentence not in own:
        return 0
    strong = in_event and predicate is not None and predicate.meaning in STRONG | {"sign"}
    if _names_the_event(document, event, town):
        return 5
    near = min(own) - 1 <= sentence <= min(own) + 1
    if town.form == "venue":
        return 4 if strong else 3 if sentence in own or headline else _PASSING if near else 0
    if town.locative:
        if strong:
            return 7
        if in_event:
            return 6 if predicate is not None and predicate.meaning != "depart" else 4
        if predicate is not None and predicate.meaning == "other":
            return 2.1 if sentence in own else 0
        return 3.5 if sentence in own else 3 if headline else _PASSING if near else 2
    return 2.5 if in_event and predicate is not None and predicate.meaning in {"visit", "depart"} else 0


def _elsewhere(document: Document, event: Event, town: PlaceFound, predicate: Predicate | None) -> bool:
    """Tell whether something else is in a town: what is recalled or lies ahead, or what is only near it."""
    near = syntax.of(document.lang).near
    if town.locative and near.search(document.text, max(0, town.start - _BEFORE), town.start):
        return True
    if predicate is None:
        return False
    ahead = event.status == "held" and predicate.tense in {"future", "infinitive"}
    return bool(predicate.background) or ahead


def _names_the_event(document: Document, event: Event, town: PlaceFound) -> bool:
    """Tell whether a town names the meeting or plays host: "the Prague talks", "Prague today hosts the ministers"."""
    sentence = document.sentence_at(town.start)
    if any(p.start - town.end == 1 and document.text[town.end] == " " and not p.verbal for p in event.predicates):
        return True
    hosting = [p for p in document.frames.predicates.get(sentence, ()) if p.meaning in {"receive", "hold"}]
    told = any(p.sentence == sentence for p in event.predicates)
    return told and any(p.verbal and _HOSTS.fullmatch(document.text, town.end, p.start) for p in hosting)


def _at_seat(document: Document, event: Event, roles: list[Role]) -> Where | None:
    """Return the capital of the state at whose ministry the meeting was."""
    grammar = syntax.of(document.lang)
    own = {p.sentence for p in event.predicates}
    abroad = {role.person.country for role in roles} - {HOME, None}
    for seat in find_seats(document.words, document.lang):
        if document.sentence_at(seat.start) not in own:
            continue
        before = document.text[max(0, seat.start - 40) : seat.start]
        inside = grammar.inside_before.search(before) or grammar.inside_after.match(document.text, seat.end)
        if not (seat.locative or inside):
            continue
        owner = next(
            (
                found.code
                for found in document.countries
                if (found.end <= seat.start and not document.text[found.end : seat.start].strip(" '’s"))
                or (not grammar.verb_last and 0 <= found.start - seat.end <= _OWNER)
            ),
            HOME,
        )
        town = seat_town(owner) if owner in {HOME, *abroad} else None
        if town:
            return (
                Place(city=town, country=owner),
                "implied",
                (Evidence(field="place", rule="seat of the host", words=seat.words),),
            )
    return None


def _in_dateline(document: Document, event: Event, roles: list[Role], dateline: str | None) -> PlaceFound | None:
    """Return the town of the dateline when it lies with a party abroad and nothing tells of a visit to home."""
    abroad = {role.person.country for role in roles} - {HOME, None}
    early = [
        found
        for found in document.places
        if document.body <= found.start < document.body + _DATELINE and _ENDS_DATELINE.match(document.text, found.end)
    ]
    early += find_places(dateline or "", document.lang)
    town = next((found for found in early if found.country in abroad), None)
    if town is None:
        return None
    grammar = syntax.of(document.lang)
    own = {p.sentence for p in event.predicates}
    visited = any(
        found.code == HOME and grammar.away_before.search(document.text[max(0, found.start - 14) : found.start])
        for found in document.countries
        if document.sentence_at(found.start) in own
    )
    at_home = any(
        place.country == HOME and place.locative and document.sentence_at(place.start) in own
        for place in document.places
    )
    return None if visited or at_home else town
