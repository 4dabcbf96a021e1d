"""Several meetings in one article: round-ups and two calls in one notice, each told in sentences of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from crawler.mentions.document import Document
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME
from crawler.mentions.scene import HELD_CUES, Scene

_SEVERAL: Final = 2


def split(document: Document, scenes: list[Scene], roles: list[Role]) -> list[tuple[list[Scene], list[Role]]]:
    """Return scenes and roles of each meeting, one pair for all when the article tells of a single meeting.

    A further meeting begins with a sentence of the body that has a word of its own for a meeting and a participant of a
    country nobody of which took part before; participants from home belong to every meeting that names them, or to all
    if a sentence leaves them out ("the minister also met ...").
    """
    starts: list[tuple[int, str]] = []
    countries: set[str] = set()
    for scene in scenes:
        if scene.background or document.sentences[scene.index].is_headline or not scene.has(*HELD_CUES):
            continue
        abroad = _abroad(roles, scene.index)
        if len(abroad) != 1:
            if abroad:
                return [(scenes, roles)]
            continue
        code = next(iter(abroad))
        if code not in countries:
            countries.add(code)
            starts.append((scene.index, code))
    if len(starts) < _SEVERAL or any(
        scene.marked("multilateral") and scene.has(*HELD_CUES) for scene in scenes if not scene.background
    ):
        return [(scenes, roles)]
    parts: list[tuple[list[Scene], list[Role]]] = []
    for number, (start, code) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(scenes)
        own = [
            scene
            if start <= scene.index < end or _is_frame(document, scene, starts[0][0])
            else replace(scene, background=True)
            for scene in scenes
        ]
        parts.append((own, [_role_in(role, code, start, end, roles) for role in roles]))
    return parts


def _is_frame(document: Document, scene: Scene, first: int) -> bool:
    """Tell whether the sentence stands before all meetings and names the visit or exhibition they belong to."""
    return scene.index < first and not document.sentences[scene.index].is_headline and not scene.has("call", "receive")


def _abroad(roles: list[Role], sentence: int) -> set[str]:
    return {
        role.person.country
        for role in roles
        if role.takes_part
        and role.person.country not in {None, HOME}
        and any(occurrence.sentence == sentence for occurrence in role.person.occurrences)
        for _ in (0,)
        if role.person.country
    }


def _role_in(role: Role, code: str, start: int, end: int, roles: list[Role]) -> Role:
    """Return the role as it is in one of the meetings."""
    if not role.takes_part:
        return role
    here = any(start <= occurrence.sentence < end for occurrence in role.person.occurrences)
    if role.person.country == HOME:
        named = any(
            other.takes_part
            and other.person.country == HOME
            and any(start <= o.sentence < end for o in other.person.occurrences)
            for other in roles
        )
        return (
            role
            if here or not named
            else replace(role, takes_part=False, rule="takes part in another meeting of the article")
        )
    if role.person.country == code or here:
        return role
    return replace(role, takes_part=False, rule="takes part in another meeting of the article")
