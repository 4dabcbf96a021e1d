"""Who of the named people took part in the meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from crawler.items import Evidence
from crawler.knowledge import table
from crawler.language.text import lower
from crawler.mentions.document import Document
from crawler.mentions.people import HOME, Occurrence, People, Person
from crawler.mentions.scene import Scene

_CLOSE: Final = 28
"""Characters between a marker ("greetings from") and the title or name it speaks of."""
_BYLINE: Final = re.compile(r"\b(?:By|Müəllif|Автор) ?:? ?$")
_READ_MORE: Final = re.compile(r"\s*(?:Read more|Ətraflı|Читать)", re.IGNORECASE)
_INVITED: Final = "only invited"
_NOTHING_NEAR: Final = "no meeting word near"
_BETWEEN: Final = frozenset({"", "and", "və", "и", "&"})
_VISIT_BEFORE: Final[dict[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:visits? (?:\w+ )?(?:of|by)|while|[Ww]hen|trip (?:of|by)|talks between) (?:\S+ ){0,4}$", re.IGNORECASE
    ),
    "ru": re.compile(r"\b(?:визит\w{0,3}|поезд\w{2,4}) (?:\S+ ){0,5}$", re.IGNORECASE),
}
"""What leads up to the name of somebody whose journey is only the occasion."""
_VISIT_AFTER: Final[dict[str, re.Pattern[str]]] = {
    "en": re.compile(r"^['’]s (?:\w+ ){0,3}(?:visit|trip)\b"),
    "az": re.compile(r"^(?: \w+){0,4} (?:səfər(?:i|lər)|gəlişi)", re.IGNORECASE),
}
_IMPORTANCE: Final = re.compile(
    r"^(?: [\w-]+){0,5} (?:görüş|səfər|danışıq)\w+ (?:\w+ ){0,2}(?:əhəmiyyət|önəm|rol|nəticə)", re.IGNORECASE
)
_SAYINGS: Final = re.compile(
    r"^['’]s (?:\w+ ){0,2}(?:remarks?|words|statements?|message|order|decision|speech|letter|greetings|book|initiative)\b"
)
_ACCOMPANIED: Final[dict[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:accompanied by|joined by|flanked by|along with|together with|in the company of) $", re.IGNORECASE
    ),
    "ru": re.compile(r"(?:сопровожда\w+|сопровождении|вместе с(?: ним)?) $", re.IGNORECASE),
}
_ACCOMPANYING_AZ: Final = re.compile(r"^ müşayiət")
_ACKNOWLEDGED: Final = re.compile(r"^(?:thank|congratulat|благодар|поблагодар|поздрав|təbrik)", re.IGNORECASE)
"""Words after which a leader may be absent: he is thanked or congratulated through somebody else."""
_CEREMONY: Final = re.compile(r"ceremony|participation|mərasim|iştirak|qatıl|церемони|участи|присутств", re.IGNORECASE)
_WITH_WHOM: Final = re.compile(
    r"^,? (?:(?:with|between) whom|whom)\b[^.]{0,60}\b(?:met|meet|meeting|talk|talks|spoke|received)\b"
    r"|^,? (?:с|со) котор(?:ым|ой)\b[^.]{0,60}(?:встре|бесед|перегов)",
    re.IGNORECASE,
)
_OFFICES_MET: Final = re.compile(
    r"\b(?:two|both|the) (?:ministers|chiefs|commanders|heads|generals|sides)\b|(?:\biki nazir|\bnazirlər|rəislər|komandanlar)"
    r"|\b(?:министры|главы|начальники|командующие)\b",
    re.IGNORECASE,
)
"""Holders of one office named together without names: the host and the one who invited him among them."""
_INVITING: Final = re.compile(
    r"(?:приглаш\w+ (?:\w+ ){0,2}(?:направил|прислал|передал|поступил|исходил)\w*(?: от)?"
    r"|invitation (?:\w+ ){0,2}(?:came|sent|extended|issued|made) (?:from|by)) $",
    re.IGNORECASE,
)
_COMMENTING: Final = re.compile(r"^ (?:commented|explained|wrote|(?:про)?комментировал|şərh)\b")
_AZ_GENITIVE: Final = re.compile(r"[ıiuü]n$")
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
        against = _against(document, occurrence, scene) or _only_travels(document, person, occurrence)
        if against == _INVITED and (
            _met_all_the_same(document, occurrence)
            or _offices_met(document, scenes)
            or _met_as_counterpart(document, person, occurrence, scene)
        ):
            against = None
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
    if _INVITING.search(text, sentence.start, occurrence.np_start):
        return _INVITED
    if _SAYINGS.match(text[occurrence.end - 2 : sentence.end]) or _SAYINGS.match(text[occurrence.end : sentence.end]):
        return "only his words are told of"
    if _COMMENTING.match(text[occurrence.end : sentence.end]):
        return "only comments"
    if not scene.has("internal", "meet", "visit"):
        for marker in scene.markers.get("under", []):
            if _points_at(document, scene, marker.start, marker.end, occurrence):
                return "only said to command"
    for key, reason in (
        ("absent", "only his greetings, orders, memory or words are told of"),
        ("invited_by", _INVITED),
    ):
        for marker in scene.markers.get(key, []):
            if _points_at(document, scene, marker.start, marker.end, occurrence):
                return reason
    return None


def _only_travels(document: Document, person: Person, occurrence: Occurrence) -> str | None:
    """Return why a leader whose journey is only the occasion does not take part: "While President X was in Azerbaijan"."""
    if person.field not in {"leader", "foreign"} or not occurrence.titled and person.known is None:
        return None
    text, sentence = document.text, document.sentences[occurrence.sentence]
    before, after = text[sentence.start : occurrence.np_start], text[occurrence.end : sentence.end]
    title = text[occurrence.np_start : occurrence.start]
    occasion = _VISIT_BEFORE.get(document.lang)
    travels = _VISIT_AFTER.get(document.lang)
    told = (occasion and occasion.search(before)) or (
        travels and travels.search(after) and (document.lang != "az" or _AZ_GENITIVE.search(text[: occurrence.end]))
    )
    if document.lang == "az" and _IMPORTANCE.match(after):
        return "only the importance of his meeting is told of"
    if not told or _CEREMONY.search(f"{title} {after}"):
        return None
    return "only his visit is told of"


def _met_all_the_same(document: Document, occurrence: Occurrence) -> bool:
    end = document.sentences[occurrence.sentence].end
    return bool(_WITH_WHOM.search(document.text[occurrence.end : end]))


def _met_as_counterpart(document: Document, person: Person, occurrence: Occurrence, scene: Scene) -> bool:
    """Tell whether who invited is the unnamed counterpart of the sentence: "invited by X, he met his counterpart"."""
    if person.country in {None, HOME} or not scene.has("meet", "call", "receive"):
        return False
    end = document.sentences[occurrence.sentence].end
    return any(occurrence.end < post.start < end and post.term.key == "counterpart" for post in document.posts)


def _offices_met(document: Document, scenes: list[Scene]) -> bool:
    """Tell whether the holders of the office are said to have met, without their names: "the two ministers met"."""
    return any(
        scene.has("meet", "discuss")
        and not scene.background
        and _OFFICES_MET.search(
            document.text[document.sentences[scene.index].start : document.sentences[scene.index].end]
        )
        for scene in scenes
        if not document.sentences[scene.index].is_headline
    )


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
        spoken = [cue for cue in scene.cues if cue.term.key in _ARGUMENT_CUES]
        acknowledged = (
            field == "leader"
            and bool(spoken)
            and all(cue.term.key == "tell" and _ACKNOWLEDGED.match(cue.words) for cue in spoken)
        )
        if acknowledged:
            return None
        if scene.has(*_ARGUMENT_CUES) or (person.titled and scene.has("attend")):
            return "named in a sentence with a meeting word"
        return None
    if scene.has(*_TALK_CUES):
        return "office holder in a sentence with a meeting word"
    if document.sentences[occurrence.sentence].is_headline:
        return None
    return "office holder who speaks or is present" if person.titled or person.known else None
