"""Several meetings in one article: round-ups, two calls in one notice, a guest whom two leaders received in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.text import lower
from crawler.mentions.detection import DEFENCE_FIELDS
from crawler.mentions.document import Document
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME, Person
from crawler.mentions.scene import HELD_CUES, Scene
from crawler.rules import fires

_SEVERAL: Final = 2
_HOSTS: Final = DEFENCE_FIELDS | {"leader"}
"""Fields of those who receive a guest in a meeting of their own; a deputy only attends to him."""
_FINITE: Final[dict[Lang, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:met|meets|held|holds|had|sat|(?:was |were |has |have )?received|receives|hosted|hosts|saw|spoke|talked)\b"
    ),
    "az": re.compile(r"\w*(?:[ıiuü]b|[ıiuü]bl[aə]r|d[ıiuü]|d[ıiuü]l[aə]r|m[ıi]şd[ıiuü]r)$"),
    "ru": re.compile(
        r"(?:встрет|был[аи]? принят|принят|принял|принимал|пров[её]л|состоял|прош[еёл]|беседовал|побеседовал)"
    ),
}
"""Meeting words that are verbs: a noun ("at the meeting") may speak of a meeting already told of."""

Part = tuple[list[Scene], list[Role]]


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a meeting begins to be told, the country met, and the host at home who makes it one of its own."""

    sentence: int
    code: str
    host: Person | None = None


def split(document: Document, scenes: list[Scene], roles: list[Role]) -> list[Part]:
    """Return scenes and roles of each meeting, one pair for all when the article tells of a single meeting.

    A further meeting begins with a sentence of the body that has a word of its own for a meeting and a participant of a
    country nobody of which took part before, or says that the guest was received by a further leader at home, too.
    Participants from home belong to every meeting that names them, or to all if a sentence leaves them out ("the
    minister also met ...").
    """
    if any(scene.marked("three_sided") and scene.has(*HELD_CUES) for scene in scenes if not scene.background):
        return [(scenes, roles)]
    apart = _told_apart(document, scenes, roles)
    if apart and fires("episode: met several separately"):
        return apart
    starts = _starts(document, scenes, roles)
    if len(starts) < _SEVERAL or _gathering(scenes) or not fires("episode: met one country after another"):
        return [(scenes, roles)]
    parts: list[Part] = []
    for number, start in enumerate(starts):
        end = starts[number + 1].sentence if number + 1 < len(starts) else len(scenes)
        own = [
            scene
            if start.sentence <= scene.index < end or _is_frame(document, scene, starts[0].sentence, roles)
            else replace(scene, background=True, elsewhere=not scene.background)
            for scene in scenes
        ]
        parts.append((own, [_role_in(role, start, end, roles, starts) for role in roles]))
    return parts


def _gathering(scenes: list[Scene]) -> bool:
    return any(scene.marked("multilateral") and scene.has(*HELD_CUES) for scene in scenes if not scene.background)


def _told_apart(document: Document, scenes: list[Scene], roles: list[Role]) -> list[Part]:
    """Return a meeting a country when one sentence says that somebody met several separately, else nothing."""
    for scene in scenes:
        if scene.background or document.sentences[scene.index].is_headline or not scene.marked("separately"):
            continue
        codes = list(dict.fromkeys(code for code, _ in _abroad(roles, scene.index)))
        if len(codes) >= _SEVERAL and scene.has(*HELD_CUES):
            return [(scenes, [_with_country(role, code) for role in roles]) for code in codes]
    return []


def _with_country(role: Role, code: str) -> Role:
    if role.takes_part and role.person.country not in {HOME, code}:
        return replace(role, takes_part=False, rule="takes part in another meeting of the article")
    return role


def _starts(document: Document, scenes: list[Scene], roles: list[Role]) -> list[_Start]:
    starts: list[_Start] = []
    hosts: list[Person] = []
    for scene in scenes:
        if scene.background or document.sentences[scene.index].is_headline or not scene.has(*HELD_CUES):
            continue
        here = _abroad(roles, scene.index)
        abroad = {code for code, _ in here}
        if len(abroad) > 1:
            return []
        at_home = [role.person for role in _named(roles, scene.index) if role.person.country == HOME]
        code = next(iter(abroad), starts[-1].code if starts else "")
        if abroad and code not in {start.code for start in starts}:
            starts.append(_Start(scene.index, code, at_home[0] if at_home else None))
        elif starts and code == starts[-1].code and hosts and _receives_too(document, scene, at_home, hosts):
            starts.append(_Start(scene.index, code, at_home[0]))
        hosts += at_home
    return starts


def _receives_too(document: Document, scene: Scene, at_home: list[Person], hosts: list[Person]) -> bool:
    """Tell whether a further leader at home met the guest: "the minister received the guest, too"."""
    posts = table("posts")
    person = at_home[0] if len(at_home) == 1 else None
    if person is None or person in hosts or not scene.marked("sequel") or scene.has("attend"):
        return False
    key = person.post or (person.known.post if person.known else None)
    if person.field not in _HOSTS or key is None or "deputy" in key.split("_")[:1] or key not in posts:
        return False
    finite = _FINITE[document.lang]
    return any(
        cue.term.key in HELD_CUES and finite.match(lower(word, document.lang))
        for cue in scene.cues
        for word in (cue.words if document.lang == "en" else cue.words.split()[-1], cue.words)
    )


def _is_frame(document: Document, scene: Scene, first: int, roles: list[Role]) -> bool:
    """Tell whether the sentence stands before all meetings and tells what they have in common: the day, the visit."""
    if scene.background or scene.index >= first or document.sentences[scene.index].is_headline:
        return False
    return not scene.has("call", "receive") or not _abroad(roles, scene.index)


def _named(roles: list[Role], sentence: int) -> list[Role]:
    return [
        role
        for role in roles
        if role.takes_part and any(occurrence.sentence == sentence for occurrence in role.person.occurrences)
    ]


def _abroad(roles: list[Role], sentence: int) -> list[tuple[str, Role]]:
    """Return the participants from abroad named in the sentence, with their countries."""
    return [
        (role.person.country, role)
        for role in _named(roles, sentence)
        if role.person.country is not None and role.person.country != HOME
    ]


def _role_in(role: Role, start: _Start, end: int, roles: list[Role], starts: list[_Start]) -> Role:
    """Return the role as it is in one of the meetings."""
    if not role.takes_part:
        return role
    here = any(start.sentence <= occurrence.sentence < end for occurrence in role.person.occurrences)
    if role.person.country == HOME:
        named = any(
            other.takes_part
            and other.person.country == HOME
            and any(start.sentence <= o.sentence < end for o in other.person.occurrences)
            for other in roles
        )
        hosts_another = any(other.host is role.person and other is not start for other in starts)
        if here or (not named and not (hosts_another and start.host is not None)):
            return role
    elif role.person.country == start.code or here:
        return role
    return replace(role, takes_part=False, rule="takes part in another meeting of the article")
