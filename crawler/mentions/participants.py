"""Who of the named people took part in the meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from crawler.items import Evidence
from crawler.knowledge import table
from crawler.language.text import lower
from crawler.mentions.document import Document
from crawler.mentions.people import Occurrence, People, Person
from crawler.mentions.scene import Scene

_CLOSE: Final = 28
"""Characters between a marker ("greetings from") and the title or name it speaks of."""
_BYLINE: Final = re.compile(r"\b(?:By|Müəllif|Автор) ?:? ?$")
_READ_MORE: Final = re.compile(r"\s*(?:Read more|Ətraflı|Читать)", re.IGNORECASE)
_NOTHING_NEAR: Final = "no meeting word near"
_BETWEEN: Final = frozenset({"", "and", "və", "и", "&"})
_TALK_CUES: Final = ("meet", "receive", "call", "discuss", "attend", "visit", "sign", "internal", "tell")
_ARGUMENT_CUES: Final = ("meet", "receive", "call", "discuss", "internal", "sign", "tell")


@dataclass(slots=True)
class Role:
    """Whether a person took part, and the rule that said so; ``place`` is where in the text."""

    person: Person
    takes_part: bool
    rule: str
    at: Occurrence


def find_participants(document: Document, people: People, scenes: list[Scene]) -> list[Role]:
    """Return the role of each named person, in text order."""
    commemorated = {lower(name, document.lang) for name in table("names")["commemorated"][document.lang]}
    roles = [_role(document, person, scenes, commemorated) for person in people.persons]
    for role in roles:
        if role.rule == _NOTHING_NEAR and _in_row(document, role, roles):
            role.takes_part, role.rule = True, "named in a row with participants"
    return roles


def _in_row(document: Document, role: Role, roles: list[Role]) -> bool:
    """Tell whether the person stands in a list with someone who takes part: "Hasanov, Selvi and Lomtatidze said"."""
    for other in roles:
        if other is role or not other.takes_part:
            continue
        for near in other.person.occurrences:
            if near.sentence != role.at.sentence:
                continue
            first, second = sorted((near, role.at), key=lambda occurrence: occurrence.start)
            gap = document.text[first.end : second.np_start].strip(" ,")
            if document.text[first.end : second.np_start] and gap in _BETWEEN:
                return True
    return False


def evidence_of(role: Role, document: Document) -> Evidence:
    """Return the role as evidence, with the words it stood on."""
    words = document.text[role.at.np_start : role.at.np_end]
    field = "participants" if role.takes_part else "not a participant"
    return Evidence(field=field, rule=f"{role.person.name}: {role.rule}", words=words)


def _role(document: Document, person: Person, scenes: list[Scene], commemorated: set[str]) -> Role:
    if lower(person.name, document.lang) in commemorated:
        return Role(person, False, "commemorated", person.occurrences[0])
    if person.field == "outsider":
        return Role(person, False, "spokesperson, expert or reporter", person.occurrences[0])
    reason = _NOTHING_NEAR
    for occurrence in person.occurrences:
        scene = scenes[occurrence.sentence]
        against = _against(document, occurrence, scene)
        if against:
            reason = against
            continue
        rule = _speaks_for(person, occurrence, scene, document)
        if rule:
            return Role(person, True, rule, occurrence)
    return Role(person, False, reason, person.occurrences[0])


def _against(document: Document, occurrence: Occurrence, scene: Scene) -> str | None:
    """Return why the person does not take part where he is named here, None when nothing speaks against it."""
    text, sentence = document.text, document.sentences[occurrence.sentence]
    if scene.background:
        return "named in a recollection"
    if _BYLINE.search(text, sentence.start, occurrence.np_start) and not occurrence.titled:
        return "author"
    alone = not text[sentence.start : occurrence.start].strip(' "«“-–') and not text[
        occurrence.end : sentence.end
    ].strip(" .\n")
    if (alone and not occurrence.titled and not sentence.is_headline) or _READ_MORE.match(text, occurrence.end):
        return "author"
    if not scene.has("internal", "meet", "visit"):
        for marker in scene.markers.get("under", []):
            if _points_at(document, scene, marker.start, marker.end, occurrence):
                return "only said to command"
    for key, reason in (
        ("absent", "only his greetings, orders, memory or words are told of"),
        ("invited_by", "only invited"),
    ):
        for marker in scene.markers.get(key, []):
            if _points_at(document, scene, marker.start, marker.end, occurrence):
                return reason
    return None


def _points_at(document: Document, scene: Scene, start: int, end: int, occurrence: Occurrence) -> bool:
    """Tell whether a marker belongs to the person: it stands before the title, in Azerbaijani after the name."""
    if occurrence.end <= start:
        gap = document.text[occurrence.end : start]
        possessive = gap.startswith(("'s", "’s"))
        return len(gap) <= _CLOSE // 2 and "," not in gap and (document.lang == "az" or possessive)
    if end > occurrence.np_start or document.lang == "az":
        return False
    gap = document.text[end : occurrence.np_start]
    if any(end <= cue.start < occurrence.np_start for cue in scene.cues if cue.term.key in _ARGUMENT_CUES):
        return False
    return len(gap) <= _CLOSE and not re.search(r"[,;:]| (?:and|with|to|и|с) ", gap)


def _speaks_for(person: Person, occurrence: Occurrence, scene: Scene, document: Document) -> str | None:
    field = person.field
    if field in {"leader", "foreign"} or (not person.titled and person.known is None):
        if scene.has(*_ARGUMENT_CUES) or (person.titled and scene.has("attend")):
            return "named in a sentence with a meeting word"
        return None
    if scene.has(*_TALK_CUES):
        return "office holder in a sentence with a meeting word"
    if document.sentences[occurrence.sentence].is_headline:
        return None
    return "office holder who speaks or is present" if person.titled or person.known else None
