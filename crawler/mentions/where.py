"""Where a meeting was: the town its clauses name, else what they make plain."""

from __future__ import annotations

import re
from typing import Final

from crawler.items import Basis, Evidence, Kind, Place
from crawler.language.places import PlaceFound, find_places, find_seats, seat_town
from crawler.mentions.clauses import Clauses, known_post
from crawler.mentions.document import Document
from crawler.mentions.events import Event
from crawler.mentions.frames import STRONG, Predicate
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME

_DATELINE: Final = 40
_ENVOYS: Final = frozenset({"ambassador", "military_attache"})
Where = tuple[Place | None, Basis | None, tuple[Evidence, ...]]


def find_where(
    document: Document, clauses: Clauses, event: Event, roles: list[Role], kind: Kind, dateline: str | None
) -> Where:
    """Return the place, how sure it is, and the words it stood on; nothing when nothing makes it plain."""
    if kind == "call":
        return None, None, ()
    body = next((sentence.start for sentence in document.sentences if not sentence.is_headline), 0)
    best: tuple[float, PlaceFound] | None = None
    for town, predicate in clauses.towns:
        weight = _weight(document, event, town, predicate, body)
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, town)
    if best is not None and best[0] >= 2:  # noqa: PLR2004
        town = best[1]
        evidence = Evidence(field="place", rule=f"{town.form} with weight {best[0]:g}", words=town.words)
        return Place(city=town.city, country=town.country), "stated", (evidence,)
    seat = _at_seat(document, clauses, event, roles) if kind != "internal" else None
    if seat is not None:
        return seat
    if best is None:
        posted = _where_posted(document, roles, body, dateline)
        best = (0, posted) if posted else None
    if best is None:
        return None, None, ()
    town = best[1]
    return Place(city=town.city, country=town.country), "implied", (Evidence(field="place", rule="town beside the meeting", words=town.words),)


def _weight(document: Document, event: Event, town: PlaceFound, predicate: Predicate | None, body: int) -> float:
    sentence = document.sentence_at(town.start)
    headline = document.sentences[sentence].is_headline
    if not town.city or (predicate is not None and predicate.background):
        return 0
    own = {p.sentence for p in event.predicates}
    in_event = predicate is not None and predicate in event.predicates
    if not headline and town.start - body < _DATELINE and sentence not in own:
        return 0
    strong = in_event and predicate is not None and predicate.meaning in STRONG | {"sign"}
    if town.form == "venue":
        return 4 if strong else 3 if sentence in own else 0
    if town.locative:
        if strong:
            return 7
        if in_event:
            return 6
        return 4 if sentence in own else 3 if headline else (2 if sentence <= min(own, default=0) + 2 else 0)
    if in_event:
        return 2.5 if predicate is not None and predicate.meaning in {"visit", "depart"} else 1.5
    return 1 if sentence in own else 0


_BUILDING: Final = re.compile(
    r"\b(?:(?:at|in|inside|to)\s+(?:the\s+)?(?:building\s+of\s+(?:the\s+)?|[\w’']+\s+)?|(?:в|у)\s+здани[июея]\s+(?:\w+\s+)?)$"
)
_AZ_BUILDING: Final = re.compile(r"\s(?:inzibati\s)?(?:binasında|binasına|qərargahında|mərkəzində|iqamətgahında)\b")


def _at_seat(document: Document, clauses: Clauses, event: Event, roles: list[Role]) -> Where | None:
    """Return the capital of the state at whose ministry the meeting was."""
    own = {p.sentence for p in event.predicates}
    abroad = {role.person.country for role in roles} - {HOME, None}
    for seat in find_seats(document.words, document.lang):
        if document.sentence_at(seat.start) not in own:
            continue
        inside = _AZ_BUILDING.match(document.text, seat.end) or _BUILDING.search(document.text, max(0, seat.start - 40), seat.start)
        if not (seat.locative or inside):
            continue
        owner = next(
            (c.code for c in document.countries if 0 <= seat.start - c.end <= 10 or (document.lang != "az" and 0 <= c.start - seat.end <= 10)),  # noqa: PLR2004
            HOME,
        )
        town = seat_town(owner) if owner in {HOME, *abroad} else None
        if town:
            return Place(city=town, country=owner), "implied", (Evidence(field="place", rule="seat of the host", words=seat.words),)
    envoy = next((r for r in roles if r.person.country not in {HOME, None} and known_post(r.person) in _ENVOYS), None)
    hosts = [r for r in roles if r.person.country == HOME and known_post(r.person) not in _ENVOYS]
    town = seat_town(HOME)
    if envoy is not None and hosts and town:
        return Place(city=town, country=HOME), "implied", (Evidence(field="place", rule="envoy accredited at home", words=envoy.party.words),)
    return None


def _where_posted(document: Document, roles: list[Role], body: int, dateline: str | None) -> PlaceFound | None:
    """Return the town of the dateline when it lies in a country that takes part from abroad."""
    abroad = {role.person.country for role in roles} - {HOME, None}
    early = [found for found in document.places if body <= found.start < body + _DATELINE]
    early += find_places(dateline or "", document.lang)
    return next((found for found in early if found.country in abroad), None)
