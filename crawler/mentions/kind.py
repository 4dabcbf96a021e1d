"""What form the meeting had, whether it was held or announced, and its context."""

from __future__ import annotations

from typing import Final

from crawler.items import Evidence, Kind, Status
from crawler.mentions.assemblies import find_assembly
from crawler.mentions.document import Document
from crawler.mentions.lexicon import Found
from crawler.mentions.participants import Role
from crawler.mentions.parties import Parties
from crawler.mentions.people import HOME
from crawler.mentions.scene import HELD_CUES, Scene
from crawler.rules import fires

_TALKS: Final = frozenset({"meet", "receive", "discuss"})
_TWO: Final = 2
_TOUCHING: Final = 5
"""Characters between a word of visiting and the person it is paid to."""
_PAID: Final = ("visit", "paid", "pay", "посет")
"""How words of a visit begin that have the person visited for their object."""
_LEAD: Final = 3
"""Sentences, the headline counted, in which an article says what it is about."""


def find_status(document: Document, scenes: list[Scene]) -> Status:
    """Return ``cancelled`` or ``announced`` when the sentences that tell of the meeting say so, else ``held``."""
    telling = [
        scene
        for scene in scenes
        if not scene.background and scene.has("meet", "receive", "call", "visit", "sign", "internal")
    ]
    if any(scene.marked("cancelled") for scene in telling[:_LEAD]) and fires("status: cancelled"):
        return "cancelled"
    if not telling:
        return "held"
    held = [scene for scene in telling if not scene.marked("future")]
    first = next((scene for scene in telling if not document.sentences[scene.index].is_headline), telling[0])
    happened = any(scene.has(*HELD_CUES, "internal", "sign") for scene in held) or first in held
    if not happened and len(held) < len(telling) and fires("status: announced"):
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
    about_call = calls and (parties.foreign or roles_abroad(roles)) and _is_about_call(document, telling)
    if about_call and fires("kind: call"):
        return "call", Evidence(field="kind", rule="call", words=calls[0].words)
    apart = any(scene.marked("separately") for scene in telling) and len(parties.codes) <= _TWO
    unnamed = not parties.foreign and any(s.marked("multilateral") and s.has("meet") for s in telling)
    if ((parties.many and not apart) or unnamed) and fires("kind: three or more parties"):
        return "multilateral", Evidence(
            field="kind", rule="three or more parties", words=" ".join(sorted(parties.codes))
        )
    assembly = find_assembly(document, telling, roles)
    if assembly and fires("kind: assembly of ministers or chiefs"):
        return "multilateral", Evidence(field="kind", rule="assembly of ministers or chiefs", words=assembly)
    internal = [cue for scene in telling for cue in scene.cues if cue.term.key == "internal"]
    if internal and not parties.foreign and fires("kind: service meeting"):
        return "internal", Evidence(field="kind", rule="service meeting", words=internal[0].words)
    signs = [cue for scene in telling for cue in scene.cues if cue.term.key == "sign"]
    if signs and _is_about_signing(document, telling) and fires("kind: signing before any word of a meeting"):
        return "signing", Evidence(field="kind", rule="signing before any word of a meeting", words=signs[0].words)
    visits = [cue for scene in telling for cue in scene.cues if cue.term.key == "visit"]
    meets += [cue for cue in visits if cue.words.lower().startswith(_PAID) and _to_a_person(cue, roles)]
    if visits and not meets and fires("kind: visit without talks"):
        return "visit", Evidence(field="kind", rule="visit without talks", words=visits[0].words)
    words = next((cue.words for cue in (*meets, *visits, *internal, *signs, *document.cues)), "")
    return "bilateral", Evidence(field="kind", rule="two parties", words=words)


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
