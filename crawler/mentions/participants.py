"""Who of the named people took part in the meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from crawler.items import Evidence, Lang
from crawler.knowledge import table
from crawler.language.text import lower
from crawler.mentions.bystanders import ARGUMENT_CUES, why_absent
from crawler.mentions.document import Document
from crawler.mentions.people import Occurrence, Person
from crawler.mentions.scene import Scene
from crawler.rules import fires

_NOTHING_NEAR: Final = "no meeting word near"
_BETWEEN: Final = frozenset({"", "and", "və", "и", "&"})
_ACCOMPANIED: Final[dict[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:accompanied by|joined by|flanked by|along with|together with|in the company of) $", re.IGNORECASE
    ),
    "ru": re.compile(r"(?:сопровожда\w+|сопровождении|вместе с(?: ним)?) $", re.IGNORECASE),
}
_ACCOMPANYING_AZ: Final = re.compile(r"^ müşayiət")
_ACKNOWLEDGED: Final = re.compile(r"^(?:thank|congratulat|благодар|поблагодар|поздрав|təbrik)", re.IGNORECASE)
"""Words after which a leader may be absent: he is thanked or congratulated through somebody else."""
_TALK_CUES: Final = ("meet", "receive", "call", "discuss", "attend", "visit", "sign", "internal", "tell")


@dataclass(slots=True)
class Role:
    """Whether a person took part, and the rule that said so; ``place`` is where in the text."""

    person: Person
    takes_part: bool
    rule: str
    at: Occurrence


def find_participants(document: Document, people: list[Person], scenes: list[Scene]) -> list[Role]:
    """Return the role of each named person, in text order."""
    roles = [_role(document, person, scenes) for person in people]
    for role in roles:
        if role.rule == _NOTHING_NEAR and _in_row(document, role, roles) and fires("present: named in a row"):
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


@cache
def _commemorated(lang: Lang) -> frozenset[str]:
    return frozenset(lower(name, lang) for name in table("names")["commemorated"][lang])


def _role(document: Document, person: Person, scenes: list[Scene]) -> Role:
    if lower(person.name, document.lang) in _commemorated(document.lang) and fires("absent: commemorated"):
        return Role(person, False, "commemorated", person.occurrences[0])
    if person.field == "outsider" and fires("absent: spokesperson, expert or reporter"):
        return Role(person, False, "spokesperson, expert or reporter", person.occurrences[0])
    reason = _NOTHING_NEAR
    for occurrence in person.occurrences:
        against = why_absent(document, person, occurrence, scenes)
        if against and fires(f"absent: {against}"):
            reason = against
            continue
        rule = _speaks_for(person, occurrence, scenes[occurrence.sentence], document)
        if rule and fires(f"present: {rule}"):
            return Role(person, True, rule, occurrence)
    return Role(person, False, reason, person.occurrences[0])


def _accompanies(document: Document, occurrence: Occurrence) -> bool:
    """Tell whether the person is named as company: "accompanied by X"."""
    text, sentence = document.text, document.sentences[occurrence.sentence]
    if document.lang == "az":
        return bool(_ACCOMPANYING_AZ.match(text[occurrence.end : sentence.end]))
    return bool(_ACCOMPANIED[document.lang].search(text[sentence.start : occurrence.np_start]))


def _speaks_for(person: Person, occurrence: Occurrence, scene: Scene, document: Document) -> str | None:
    field = person.field
    if _accompanies(document, occurrence):
        return "named as company"
    if field in {"leader", "foreign"} or (not person.titled and person.known is None):
        spoken = [cue for cue in scene.cues if cue.term.key in ARGUMENT_CUES]
        acknowledged = (
            field == "leader"
            and bool(spoken)
            and all(cue.term.key == "tell" and _ACKNOWLEDGED.match(cue.words) for cue in spoken)
        )
        if acknowledged:
            return None
        if scene.has(*ARGUMENT_CUES) or (person.titled and scene.has("attend")):
            return "named in a sentence with a meeting word"
        return None
    if scene.has(*_TALK_CUES):
        return "office holder in a sentence with a meeting word"
    if document.sentences[occurrence.sentence].is_headline:
        return None
    return "office holder who speaks or is present" if person.titled or person.known else None
