"""Where the meeting was: the town of the sentences that tell of it, not the dateline and not every town named."""

from __future__ import annotations

import re
from typing import Final

from crawler.items import Evidence, Kind, Place
from crawler.language.countries import CountryFound
from crawler.language.places import PlaceFound, find_places, find_seats, seat_town
from crawler.language.text import lower
from crawler.mentions.document import Document
from crawler.mentions.lexicon import Found
from crawler.mentions.nationality import destination
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME, Person
from crawler.mentions.scene import Scene
from crawler.rules import fires

_DATELINE: Final = 40
_ENVOYS: Final = frozenset({"ambassador", "military_attache"})
_OWNER: Final = 10
"""Characters between a ministry and its country: " of the "."""
_INSIDE: Final = 40
_BUILDING: Final = re.compile(
    r"\b(?:(?:at|in|inside|to)\s+(?:the\s+)?(?:building\s+of\s+(?:the\s+)?|[\w’']+\s+)?|(?:в|у)\s+здани[июея]\s+(?:\w+\s+)?)$"
)
_AZ_BUILDING: Final = re.compile(r"\s(?:inzibati\s)?(?:binasında|binasına|qərargahında|mərkəzində|iqamətgahında)\b")
_MENTIONED: Final = 3
"""Weight below which a town is only mentioned."""


def find_where(
    document: Document, scenes: list[Scene], roles: list[Role], kind: Kind, dateline: str | None = None
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """Return the place and the words it stood on, None when neither the text nor its ``dateline`` makes it plain."""
    if kind == "call":
        return None, ()
    best: tuple[int, PlaceFound] | None = None
    body = next((sentence.start for sentence in document.sentences if not sentence.is_headline), 0)
    own = next((scene.index for scene in reversed(scenes) if not scene.background), 0)
    for found in document.places:
        weight = _weight(document, found, scenes[document.sentence_at(found.start)], body, own)
        if weight and (best is None or weight > best[0]) and fires(f"place: {found.form} with weight {weight}"):
            best = (weight, found)
    if kind != "internal" and (best is None or best[0] < _MENTIONED):
        abroad = {role.person.country for role in roles if role.takes_part and role.person.country} - {HOME}
        seat, owner = _at_seat(document, scenes, abroad)
        town = seat_town(owner) if seat and (owner != HOME or _received_at_home(roles)) else None
        if town and fires("place: seat of the host"):
            return Place(city=town, country=owner), (Evidence(field="place", rule="seat of the host", words=seat),)
        words = _received_words(document, scenes, roles) if best is None and kind in {"bilateral", "visit"} else ""
        town = seat_town(HOME) if words else None
        if town and fires("place: received at home"):
            return Place(city=town, country=HOME), (Evidence(field="place", rule="received at home", words=words),)
    if best is None:
        posted = _where_posted(document, roles, body, dateline)
        if posted is None or not fires("place: where the envoys are posted"):
            return None, ()
        best = (0, posted)
    found = best[1]
    return Place(city=found.city, country=found.country), (
        Evidence(field="place", rule=f"{found.form} with weight {best[0]}", words=found.words),
    )


def _weight(document: Document, found: PlaceFound, scene: Scene, body: int, own: int) -> int:
    sentence = document.sentences[scene.index]
    if scene.elsewhere and found.city and found.locative and scene.index < own:
        # The town of the meeting told of before is that of the next one until another is named.
        return _MENTIONED
    if scene.background or not found.city:
        return 0
    if not sentence.is_headline and found.start - body < _DATELINE and not scene.cues and not found.locative:
        return 0
    telling = scene.has("meet", "receive", "call", "internal", "sign")
    if found.form == "venue":
        return 4 if telling else 3
    if found.locative:
        if telling:
            return 7
        return 6 if scene.has("visit", "discuss", "attend") or sentence.is_headline else 5
    return 2 if scene.has("visit") or telling else 0


def _where_posted(document: Document, roles: list[Role], body: int, dateline: str | None) -> PlaceFound | None:
    """Return the town of the dateline when only envoys took part for home and it lies in the country they are in."""
    present = [role.person for role in roles if role.takes_part]
    abroad = {person.country for person in present} - {HOME, None}
    if not abroad or any(person.country == HOME and person.post not in _ENVOYS for person in present):
        return None
    if not any(person.post in _ENVOYS for person in present if person.country == HOME):
        return None
    early = [found for found in document.places if body <= found.start < body + _DATELINE]
    early += find_places(dateline or "", document.lang)
    return next((found for found in early if found.country in abroad), None)


def _at_seat(document: Document, scenes: list[Scene], abroad: set[str]) -> tuple[str, str]:
    """Return the words of a ministry or staff where something took place and the country whose it is, home by default.

    ``abroad`` are the countries of the participants from abroad: a seat of any other country is none of the meeting.
    """
    for seat in find_seats(document.words, document.lang):
        scene = scenes[document.sentence_at(seat.start)]
        if scene.background or scene.marked("attribution"):
            continue
        if not (scene.has("meet", "receive", "visit") or scene.marked("ceremony", "delegation")):
            continue
        owner = next((found.code for found in document.countries if _owns(document, found, seat)), HOME)
        if owner in {HOME, *abroad} and (seat.locative or _inside(document, seat)):
            return seat.words, owner
    return "", HOME


def _owns(document: Document, country: CountryFound, seat: PlaceFound) -> bool:
    """Tell whether a ministry is that of the country named right before it or, but in Azerbaijani, after it."""
    before = 0 <= seat.start - country.end <= _OWNER
    return before or (document.lang != "az" and 0 <= country.start - seat.end <= _OWNER)


def _inside(document: Document, seat: PlaceFound) -> bool:
    """Tell whether something takes place in the building of a ministry, or at the ministry of somebody."""
    if document.lang == "az":
        return bool(_AZ_BUILDING.match(document.text, seat.end))
    return bool(_BUILDING.search(document.text, max(0, seat.start - _INSIDE), seat.start))


def _received_at_home(roles: list[Role]) -> bool:
    """Tell whether the first participant named in a sentence with "received" or "met" is at home."""
    present = [role for role in roles if role.takes_part]
    return not present or any(role.person.country == HOME for role in present)


def _received_words(document: Document, scenes: list[Scene], roles: list[Role]) -> str:
    """Return the words that make a leader at home the host: he received somebody, or met an envoy accredited here."""
    present = [role.person for role in roles if role.takes_part]
    home = [person for person in present if person.country == HOME]
    if any(person.post in _ENVOYS for person in home):
        return ""
    envoy = next(
        (person for person in present if person.country != HOME and person.post in _ENVOYS),
        None,
    )
    if home and envoy:
        return envoy.post_text or envoy.name
    visited = destination(document, scenes)
    if visited not in {None, HOME}:
        return ""
    for scene in scenes:
        if scene.background:
            continue
        for cue in scene.cues:
            hosts = [p for p in home for o in p.occurrences if o.sentence == scene.index]
            if cue.term.key == "receive" and home and _is_host(document, cue, hosts, present):
                return cue.words
            if cue.term.key == "visit" and visited == HOME and hosts:
                return cue.words
    return ""


def _is_host(document: Document, cue: Found, hosts: list[Person], present: list[Person]) -> bool:
    """Tell whether the one who receives is at home: he stands first in the active voice, last in the passive."""
    sentence = document.sentence_at(cue.start)
    first = min(
        ((o.start, p) for p in present for o in p.occurrences if o.sentence == sentence),
        key=lambda pair: pair[0],
        default=None,
    )
    passive = lower(cue.words, document.lang).startswith(("was ", "were ", "is ", "qəbul ol", "принят", "был"))
    if not hosts:
        # "He then received ...": the one not named again is at home, if everybody named comes after the verb.
        return first is not None and not passive and (document.lang == "az" or first[0] >= cue.end)
    return first is not None and ((first[1] in hosts) != passive)
