"""What form the meeting had, whether it was held or announced, and its context."""

from __future__ import annotations

import re
from typing import Final

from crawler.items import Evidence, Kind, Status
from crawler.language.text import lower
from crawler.mentions.document import Document
from crawler.mentions.lexicon import Found
from crawler.mentions.participants import Role
from crawler.mentions.parties import Parties
from crawler.mentions.people import HOME
from crawler.mentions.scene import HELD_CUES, Scene

_TALKS: Final = frozenset({"meet", "receive", "discuss"})
_TWO: Final = 2
_BEFORE_ASSEMBLY: Final = 24
"""Characters before or after an assembly in which its chairman's office stands."""
_TOUCHING: Final = 5
"""Characters between a word of visiting and the person it is paid to."""
_CODE: Final = 2
_MEMBERS: Final = re.compile(
    r"(?:defen[cs]e (?:ministers|chiefs)|ministers of defen[cs]e|chiefs of (?:defen[cs]e|general staff)"
    r"|müdafiə nazirlərinin|(?:qərargah|qərargahlarının) rəislərinin"
    r"|министр(?:ов|ы) обороны|начальник(?:ов|и) (?:генеральных штабов|генштабов))"
)
_PAID: Final = ("visit", "paid", "pay", "посет")
"""How words of a visit begin that have the person visited for their object."""
_CHAIR: Final = re.compile(
    r"\b(?:chair\w*|head|secretary|president|председател\w+|секретар\w+|глав\w+)(?: of| of the)?(?: nato\W?s?)?\s*$"
)
_CHAIR_AFTER: Final = re.compile(r"\s?(?:chair|secretary|sədri|katibi|üzv|члены)")
_LEAD: Final = 3
"""Sentences, the headline counted, in which an article says what it is about."""


def find_status(document: Document, scenes: list[Scene]) -> Status:
    """Return ``cancelled`` or ``announced`` when the sentences that tell of the meeting say so, else ``held``."""
    telling = [
        scene
        for scene in scenes
        if not scene.background and scene.has("meet", "receive", "call", "visit", "sign", "internal")
    ]
    if any(scene.marked("cancelled") for scene in telling[:_LEAD]):
        return "cancelled"
    if not telling:
        return "held"
    held = [scene for scene in telling if not scene.marked("future")]
    first = next((scene for scene in telling if not document.sentences[scene.index].is_headline), telling[0])
    happened = any(scene.has(*HELD_CUES, "internal", "sign") for scene in held) or first in held
    if not happened and len(held) < len(telling):
        return "announced"
    return "held"


def find_kind(
    document: Document, scenes: list[Scene], roles: list[Role], parties: Parties, status: Status
) -> tuple[Kind, Evidence]:
    """Return the first kind that fits: call, multilateral, internal, signing, visit, bilateral."""
    telling = [scene for scene in scenes if not scene.background]
    if status == "held":
        telling = [scene for scene in telling if not scene.marked("future") or scene.has("receive")] or telling
    calls = [cue for scene in telling for cue in scene.cues if cue.term.key == "call"]
    meets = [cue for scene in telling for cue in scene.cues if cue.term.key in _TALKS and not scene.marked("airport")]
    if calls and (parties.foreign or roles_abroad(roles)) and _is_about_call(document, telling):
        return "call", Evidence(field="kind", rule="call", words=calls[0].words)
    apart = any(scene.marked("separately") for scene in telling) and len(parties.codes) <= _TWO
    if (parties.many and not apart) or (
        not parties.foreign and any(s.marked("multilateral") and s.has("meet") for s in telling)
    ):
        return "multilateral", Evidence(
            field="kind", rule="three or more parties", words=" ".join(sorted(parties.codes))
        )
    assembly = find_assembly(document, telling, roles)
    if assembly:
        return "multilateral", Evidence(field="kind", rule="assembly of ministers or chiefs", words=assembly)
    internal = [cue for scene in telling for cue in scene.cues if cue.term.key == "internal"]
    if internal and not parties.foreign:
        return "internal", Evidence(field="kind", rule="service meeting", words=internal[0].words)
    signs = [cue for scene in telling for cue in scene.cues if cue.term.key == "sign"]
    if signs and _is_about_signing(document, telling):
        return "signing", Evidence(field="kind", rule="signing before any word of a meeting", words=signs[0].words)
    visits = [cue for scene in telling for cue in scene.cues if cue.term.key == "visit"]
    meets += [cue for cue in visits if cue.words.lower().startswith(_PAID) and _to_a_person(cue, roles)]
    if visits and not meets:
        return "visit", Evidence(field="kind", rule="visit without talks", words=visits[0].words)
    words = next((cue.words for cue in (*meets, *visits, *internal, *signs, *document.cues)), "")
    return "bilateral", Evidence(field="kind", rule="two parties", words=words)


def find_assembly(document: Document, telling: list[Scene], roles: list[Role]) -> str:
    """Return the words of an assembly of ministers or chiefs that the sentences tell of; empty when there is none.

    There is none either when a meeting of two on its margins is what is told of: somebody from abroad met somebody from
    home in another sentence, or beside a word such as "on the sidelines".
    """
    named = (
        marker.words for scene in telling for marker in scene.markers.get("gathering", []) if _meets(document, marker)
    )
    words = next(named, "") or next((words for scene in telling if (words := _of_members(document, scene))), "")
    if not words:
        return ""
    for scene in telling:
        at_home, abroad = _sides(roles, scene)
        here = scene.marked("gathering")
        if not abroad or document.sentences[scene.index].is_headline:
            continue
        if not here and scene.has("meet", "receive", "call", "discuss"):
            return ""
        if here and at_home and (scene.marked("margins", "arrived_for") or scene.has("receive", "call", "discuss")):
            return ""
    return words


def _of_members(document: Document, scene: Scene) -> str:
    """Return the words of ministers or chiefs in the plural beside an organization, in a sentence with a meeting."""
    organizations = [
        found
        for found in document.countries
        if len(found.code) > _CODE and document.sentence_at(found.start) == scene.index
    ]
    if not organizations or not scene.has("meet", "attend") or scene.marked("margins"):
        return ""
    sentence = document.sentences[scene.index]
    plural = _MEMBERS.search(lower(document.words_of(sentence), document.lang))
    return plural.group() if plural else ""


def _meets(document: Document, assembly: Found) -> bool:
    """Tell whether an assembly is named for itself, not in the office of its chairman."""
    if any(post.start <= assembly.start < post.end for post in document.posts):
        return False
    before = lower(document.text[max(0, assembly.start - _BEFORE_ASSEMBLY) : assembly.start], document.lang)
    after = lower(document.text[assembly.end : assembly.end + _BEFORE_ASSEMBLY], document.lang)
    return not _CHAIR.search(before) and not _CHAIR_AFTER.match(after)


def _sides(roles: list[Role], scene: Scene) -> tuple[bool, bool]:
    """Tell whether participants from home, and office holders of defence from abroad, are named in the sentence."""
    at_home = abroad = False
    for role in roles:
        if role.takes_part and any(occurrence.sentence == scene.index for occurrence in role.person.occurrences):
            at_home = at_home or role.person.country == HOME
            abroad = abroad or (role.person.country not in {None, HOME} and role.person.field != "leader")
    return at_home, abroad


def _to_a_person(cue: Found, roles: list[Role]) -> bool:
    """Tell whether a visit is paid to somebody named right after it: "visited General Aydin in his office"."""
    return any(
        role.takes_part and 0 <= occurrence.np_start - cue.end <= _TOUCHING
        for role in roles
        for occurrence in role.person.occurrences
    )


def _is_about_signing(document: Document, telling: list[Scene]) -> bool:
    """Tell whether the sentence that first tells of anything tells of a signing, and no other tells of a meeting.

    Talks that were only held about a matter ("discussed") do not outweigh a signing told of before them.
    """
    if any(scene.has("meet", "receive") and not scene.marked("airport") for scene in telling):
        return False
    for scene in telling:
        if document.sentences[scene.index].is_headline and not scene.has("sign"):
            continue
        if scene.has("sign"):
            sign = next(cue.start for cue in scene.cues if cue.term.key == "sign")
            talked = any(cue.term.key == "discuss" and cue.start < sign for cue in scene.cues)
            return document.sentences[scene.index].is_headline or not talked
        if scene.has("discuss"):
            return False
    return True


def roles_abroad(roles: list[Role]) -> bool:
    """Tell whether someone from abroad took part."""
    return any(role.takes_part and role.person.country not in {None, HOME} for role in roles)


def _is_about_call(document: Document, telling: list[Scene]) -> bool:
    """Tell whether the first sentences that tell of a meeting tell of a call."""
    for scene in telling:
        keys = {cue.term.key for cue in scene.cues}
        if "call" in keys:
            return "receive" not in keys or document.sentences[scene.index].is_headline
        if keys & {"receive", "visit"}:
            return False
    return False


def find_mode(kind: Kind, *, hosted_abroad: bool) -> str | None:
    """Return the PLOVER mode of a kind."""
    if kind == "call":
        return "phone"
    if kind == "multilateral":
        return "multilateral"
    if kind == "visit":
        return "visit"
    return "third-party" if hosted_abroad else None
