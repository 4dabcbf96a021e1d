"""Which states and organizations met."""

from __future__ import annotations

import bisect
import itertools
import re
from dataclasses import dataclass, field
from typing import Final

from crawler.items import Evidence
from crawler.knowledge import table
from crawler.language.countries import CountryFound
from crawler.language.places import find_seats
from crawler.mentions.document import Document
from crawler.mentions.lexicon import Found
from crawler.mentions.nationality import GATHERINGS, destination
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME
from crawler.mentions.scene import Scene
from crawler.rules import fires

_CODE: Final = 2
"""The length of an ISO country code; longer codes are organizations and bodies that are no ISO country."""
_TWO: Final = 2
_MANY: Final = 3
_BESIDE: Final = 20
"""Characters between a country and the office, ministry, delegation or talks it belongs to."""
_FARTHEST: Final = 120
"""Characters to the beginning of the farthest anchor: its own length and the gap."""
_MINISTRY_HERE: Final = frozenset({"mn-də", "msn-də"})
_OF: Final = 5
"""Characters between a ministry and the country after it: " of "."""
_BESIDE_VISIT: Final = 30
_MEMBERSHIPS: Final = frozenset({"OTS", "CIS"})
"""Gatherings whose meetings home takes part in as a member."""
_LEAD: Final = 4
"""Sentences in which an article says that three sides met."""
_TELLING: Final = ("meet", "receive", "call", "visit", "sign", "discuss", "internal", "attend")
_GATHERING: Final = ("meet", "attend", "receive", "visit", "discuss")
_MINISTRY: Final = re.compile(r"minist|nazirli|министер|минобор|ведомств")
_ARMY: Final = re.compile(r"silahlı|ordu|вооруж|арми|armed forces|army")
_COORDINATED: Final = frozenset({",", "and", "-", "–", "və", "и", ", and"})
_PLURAL: Final = re.compile(
    r"ministers|chiefs|commanders|heads|nazirləri|rəisləri|komandanları|министр(?:ы|ов|ами)|начальник(?:и|ов)|главы|командующи[ех]"
)


@dataclass(slots=True)
class Parties:
    """Countries and organizations that met; ``many`` when three or more sat together."""

    codes: set[str] = field(default_factory=set)
    many: bool = False
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def states(self) -> tuple[str, ...]:
        """Return the ISO countries among the parties, sorted."""
        return tuple(sorted(code for code in self.codes if len(code) == _CODE))

    @property
    def organizations(self) -> tuple[str, ...]:
        """Return the parties that are no ISO country, sorted."""
        return tuple(sorted(code for code in self.codes if len(code) != _CODE))

    @property
    def foreign(self) -> set[str]:
        """Return the parties that are not at home."""
        return self.codes - {HOME}

    def add(self, code: str, rule: str, words: str) -> None:
        """Add a party, with the rule that made it one and the words it stood on."""
        if code not in self.codes and fires(f"party: {rule}"):
            self.codes.add(code)
            self.evidence.append(Evidence(field="countries", rule=f"{rule}: {code}", words=words))


def find_parties(document: Document, roles: list[Role], scenes: list[Scene]) -> Parties:
    """Return the parties: the participants' countries, or else those of the sentences that tell of the meeting."""
    parties = Parties()
    for role in roles:
        if role.takes_part and role.person.country:
            parties.add(role.person.country, role.person.country_rule, role.person.name)
    told = [scene for scene in scenes if not scene.background]
    several = any(scene.marked("multilateral") and scene.has(*_GATHERING[:4]) for scene in told)
    if several and (len(parties.foreign) != 1 or _lists_delegations(document, told)):
        _add_gathering(document, told, parties)
    elif not parties.foreign:
        _add_named(document, told, parties)
    if HOME not in parties.codes and len(parties.foreign) < _TWO:
        _add_home(document, told, parties)
    _add_by_place(document, scenes, parties)
    if parties.codes & _MEMBERSHIPS and _PLURAL.search(document.text.lower()):
        parties.add(HOME, "member of the organization", "")
    several = several or _plural_office(document, told)
    told_so = any(
        _says_three_sided(scene)
        and scene.has("meet", "sign", "attend", "visit")
        and not scene.marked("margins", "aside")
        for scene in told[:_LEAD]
    )
    parties.many = (several and len(parties.codes - GATHERINGS) >= _MANY) or (told_so and bool(parties.foreign))
    if not parties.many:
        parties.codes -= GATHERINGS
    return parties


def _says_three_sided(scene: Scene) -> bool:
    """Tell whether a word of three sides is of a meeting, not of a matter discussed ("the trilateral format")."""
    meetings = [cue for cue in scene.cues if cue.term.key in _GATHERING and cue.term.key != "discuss"]
    for marker in scene.markers.get("three_sided", ()):
        matter = max(
            (cue.end for cue in scene.cues if cue.term.key == "discuss" and cue.end <= marker.start), default=-1
        )
        told = any(
            cue.start > matter and (cue.start < marker.start or cue.end > marker.end) and cue.start <= marker.end + 1
            for cue in meetings
        )
        if matter < 0 or told:
            return True
    return False


def _add_gathering(document: Document, told: list[Scene], parties: Parties) -> None:
    """Add every country of the sentences that tell of a gathering, home only if the named people leave room for it."""
    outsiders = HOME not in parties.codes and len(parties.foreign) >= _TWO
    for found in _in_sentences(document, told, _GATHERING):
        if found.code != HOME or not outsiders:
            parties.add(found.code, "one of several parties", found.words)


def _add_named(document: Document, told: list[Scene], parties: Parties) -> None:
    """Add the countries beside an office, a ministry, a delegation or talks, and those coordinated with them."""
    named = _in_sentences(document, told, _TELLING)
    anchors = sorted(_anchors(document))
    chosen = {found.start for found in named if _is_party(document, found, anchors)}
    for found, earlier in itertools.pairwise(reversed(named)):
        if found.start in chosen and document.text[earlier.end : found.start].strip() in _COORDINATED:
            chosen.add(earlier.start)
    for found in named:
        if found.start in chosen and found.code not in GATHERINGS:
            parties.add(found.code, "named as a party", found.words)


def _add_home(document: Document, told: list[Scene], parties: Parties) -> None:
    """Add home when its offices or delegation are named, or a ministry without a country: in our media it is ours."""
    here = [found for found in _in_sentences(document, told, _TELLING) if found.code == HOME]
    anchors = [*document.posts, *(marker for marker in document.markers if marker.term.key == "delegation")]
    for found in here:
        if any(_near(anchor, found) and _same_sentence(document, anchor.start, found.start) for anchor in anchors):
            parties.add(HOME, "named as a party", found.words)
            return
    telling = {scene.index for scene in told if scene.has("meet", "receive", "visit")}
    for marker in document.markers:
        if marker.words.lower() in _MINISTRY_HERE and document.sentence_at(marker.start) in telling:
            parties.add(HOME, "ministry named without a country", marker.words)
            return
    owners = [found for found in document.countries if found.code != HOME]
    for seat in find_seats(document.words, document.lang):
        reach = 0 if document.lang == "az" else _OF
        owned = any(0 <= seat.start - owner.end <= _BESIDE or 0 <= owner.start - seat.end < reach for owner in owners)
        if seat.locative and not owned and document.sentence_at(seat.start) in telling:
            parties.add(HOME, "ministry named without a country", seat.words)
            return


def _same_sentence(document: Document, first: int, second: int) -> bool:
    return document.sentence_at(first) == document.sentence_at(second)


def _in_sentences(document: Document, told: list[Scene], cues: tuple[str, ...]) -> list[CountryFound]:
    telling = {scene.index for scene in told if scene.has(*cues)}
    return [f for f in document.countries if document.sentence_at(f.start) in telling and not _in_embassy(document, f)]


def _in_embassy(document: Document, found: CountryFound) -> bool:
    following = document.text[found.end : found.end + 24].lower()
    return following.lstrip(" '’s").startswith(("embassy", "səfirliy", "посольств"))


def _is_party(document: Document, found: CountryFound, anchors: list[Found]) -> bool:
    sentence = document.sentence_at(found.start)
    if document.sentences[sentence].is_headline:
        return True
    first = bisect.bisect_left(anchors, found.start - _FARTHEST, key=lambda anchor: anchor.start)
    for anchor in itertools.islice(anchors, first, None):
        if anchor.start > found.end + _FARTHEST:
            return False
        parted = anchor.end <= found.start and "," in document.text[anchor.end : found.start]
        if _near(anchor, found) and document.sentence_at(anchor.start) == sentence and not parted:
            return True
    return False


def _anchors(document: Document) -> list[Found]:
    """Return what makes a country beside it a party."""
    markers = [m for m in document.markers if m.term.key == "delegation"]
    ministries = [m for m in document.markers if m.term.key == "defence_body" and _MINISTRY.search(m.words.lower())]
    ministries += [m for m in document.markers if m.term.key == "defence_body" and _ARMY.search(m.words.lower())]
    return [
        *document.posts,
        *markers,
        *ministries,
        *(c for c in document.cues if c.term.key in {"visit", "meet", "sign"}),
    ]


def _near(anchor: Found, found: CountryFound) -> bool:
    reach = _BESIDE_VISIT if anchor.term.key == "visit" else _BESIDE
    if anchor.term.key == "defence_body" and not _MINISTRY.search(anchor.words.lower()):
        reach = _OF
    return -reach <= anchor.start - found.end <= reach or -reach <= found.start - anchor.end <= reach


def _lists_delegations(document: Document, told: list[Scene]) -> bool:
    """Tell whether a sentence lists the delegations, or one of the ministers, of three or more countries."""
    return _plural_office(document, told) or any(
        scene.marked("delegation") and len(_codes(document, scene)) >= _MANY for scene in told
    )


def _plural_office(document: Document, told: list[Scene]) -> bool:
    posts = table("posts")
    for scene in told:
        if scene.has("meet", "call", "sign", "attend") and len(_codes(document, scene)) >= _MANY:
            for post in document.posts:
                here = document.sentence_at(post.start) == scene.index and posts[post.term.key]["field"] != "leader"
                if here and _PLURAL.search(post.words.lower()):
                    return True
    return False


def _codes(document: Document, scene: Scene) -> set[str]:
    return {found.code for found in document.countries if document.sentence_at(found.start) == scene.index}


def _add_by_place(document: Document, scenes: list[Scene], parties: Parties) -> None:
    """Add the host of a visit whose only word of him is the town or the country."""
    if HOME in parties.codes and parties.foreign:
        return
    for place in document.places:
        scene = scenes[document.sentence_at(place.start)]
        missing = place.country is not None and place.country not in parties.codes
        at_home = HOME in parties.codes or place.country == HOME
        if missing and at_home and place.country and place.locative and scene.has("visit") and not scene.background:
            parties.add(place.country, "town of the visit", place.words)
            return
    visited = destination(document, scenes)
    if HOME not in parties.codes and visited == HOME:
        parties.add(HOME, "country of the visit", "")
    if HOME not in parties.codes and parties.foreign == {visited} and _sent_from_home(document, scenes):
        parties.add(HOME, "delegation without a country sent abroad", "")


def _sent_from_home(document: Document, scenes: list[Scene]) -> bool:
    """Tell whether a delegation named without its country went to the only country of the sentence: it is ours."""
    for scene in scenes:
        if scene.background or len(_codes(document, scene)) != 1:
            continue
        visits = [cue.start for cue in scene.cues if cue.term.key == "visit"]
        if visits and any(marker.end <= visits[0] for marker in scene.markers.get("delegation", ())):
            return True
    return False
