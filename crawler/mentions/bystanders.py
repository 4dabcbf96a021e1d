"""Why somebody named in a sentence does not take part in the meeting: authors, the absent, those who only invited."""

from __future__ import annotations

import re
from typing import Final

from crawler.items import Lang
from crawler.mentions.document import Document
from crawler.mentions.people import HOME, Occurrence, Person
from crawler.mentions.scene import Scene

ARGUMENT_CUES: Final = ("meet", "receive", "call", "discuss", "internal", "sign", "tell")
"""Cues whose arguments are people: between one of them and a name a marker belongs to somebody else."""
_CLOSE: Final = 28
"""Characters between a marker ("greetings from") and the title or name it speaks of."""
_BYLINE: Final = re.compile(r"\b(?:By|Müəllif|Автор) ?:? ?$")
_READ_MORE: Final = re.compile(r"\s*(?:Read more|Ətraflı|Читать)", re.IGNORECASE)
_INVITED: Final = "only invited"
_INVITING: Final = re.compile(
    r"(?:приглаш\w+ (?:\w+ ){0,2}(?:направил|прислал|передал|поступил|исходил)\w*(?: от)?"
    r"|invitation (?:\w+ ){0,2}(?:came|sent|extended|issued|made) (?:from|by)) $",
    re.IGNORECASE,
)
_SAYINGS: Final = re.compile(
    r"^['’]s (?:\w+ ){0,2}"
    r"(?:remarks?|words|statements?|message|order|decision|speech|letter|greetings|book|initiative|invitation)\b"
)
_HIS_MAN: Final = re.compile(
    r"^['’]s (?:\w+ )?(?:deputy|assistant|adviser|advisor|predecessor|successor|envoy|office)\b"
)
_COMMENTING: Final = re.compile(r"^ (?:commented|explained|wrote|(?:про)?комментировал|şərh)\b")

# --- journeys that are only the occasion ---------------------------------------------------------------

_VISIT_OF: Final[dict[Lang, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:visits?|trip|tour) (?:\w+ )?(?:of|by) (?:\S+ ){0,4}$", re.IGNORECASE),
    "ru": re.compile(r"\b(?:визит[аеу]?|поездк[аиеу]) (?:\S+ ){0,5}$", re.IGNORECASE),
}
_WHILE: Final = re.compile(r"\b(?:while|when|as) (?:\S+ ){0,4}$", re.IGNORECASE)
_WAS_THERE: Final = re.compile(r"^(?: [\w’']+){0,4}? (?:was|were|is|visited|toured) (?:\w+ ){0,3}(?:in|on|visiting)\b")
_HIS_VISIT: Final[dict[Lang, re.Pattern[str]]] = {
    "en": re.compile(r"^['’]s (?:\w+ ){0,3}(?:visit|trip)\b"),
    "az": re.compile(r"^(?: \w+){0,4} (?:səfər(?:i|lər)|gəlişi)", re.IGNORECASE),
}
_IMPORTANCE: Final = re.compile(
    r"^(?: [\w-]+){0,5} (?:görüş|səfər|danışıq)\w+ (?:\w+ ){0,2}(?:əhəmiyyət|önəm|rol|nəticə)", re.IGNORECASE
)
_CEREMONY: Final = re.compile(r"ceremony|participation|mərasim|iştirak|qatıl|церемони|участи|присутств", re.IGNORECASE)
_AZ_GENITIVE: Final = re.compile(r"[ıiuü]n$")

# --- those who invited and met all the same ------------------------------------------------------------

_WITH_WHOM: Final = re.compile(
    r"^,? (?:(?:with|between) whom|whom)\b[^.]{0,60}\b(?:met|meet|meeting|talk|talks|spoke|received)\b"
    r"|^,? (?:с|со) котор(?:ым|ой)\b[^.]{0,60}(?:встре|бесед|перегов)",
    re.IGNORECASE,
)
_OFFICES_MET: Final = re.compile(
    r"\b(?:two|both|the) (?:ministers|chiefs|commanders|heads|generals|sides)\b"
    r"|(?:\biki nazir|\bnazirlər|rəislər|komandanlar)|\b(?:министры|главы|начальники|командующие)\b",
    re.IGNORECASE,
)
"""Holders of one office named together without names: the host and the one who invited him among them."""


def why_absent(document: Document, person: Person, occurrence: Occurrence, scenes: list[Scene]) -> str | None:
    """Return why the person does not take part where he is named here, None when nothing speaks against it."""
    scene = scenes[occurrence.sentence]
    if scene.background:
        return "named in a recollection"
    reason = (
        _author(document, occurrence)
        or _only_words(document, occurrence)
        or _marked(document, occurrence, scene)
        or _only_travels(document, person, occurrence)
    )
    if reason == _INVITED and _met_all_the_same(document, person, occurrence, scenes):
        return None
    return reason


def _before(document: Document, occurrence: Occurrence) -> str:
    return document.text[document.sentences[occurrence.sentence].start : occurrence.np_start]


def _after(document: Document, occurrence: Occurrence) -> str:
    """Return what follows the name in its sentence, an English possessive that the name was read with included."""
    possessive = document.text[occurrence.end - 2 : occurrence.end] in {"'s", "’s"}
    end = occurrence.end - 2 if possessive else occurrence.end
    return document.text[end : document.sentences[occurrence.sentence].end]


def _author(document: Document, occurrence: Occurrence) -> str | None:
    text, sentence = document.text, document.sentences[occurrence.sentence]
    byline = bool(_BYLINE.search(text, sentence.start, occurrence.np_start)) and not occurrence.titled
    opening, rest = text[sentence.start : occurrence.start], text[occurrence.end : sentence.end]
    alone = not opening.strip(' "«“-–') and not rest.strip(" .\n") and not occurrence.titled
    signed = (alone and not sentence.is_headline) or _READ_MORE.match(text, occurrence.end)
    return "author" if byline or signed else None


def _only_words(document: Document, occurrence: Occurrence) -> str | None:
    after = _after(document, occurrence)
    if _INVITING.search(_before(document, occurrence)):
        return _INVITED
    if _HIS_MAN.match(after):
        return "only somebody of his is told of"
    return "only his words are told of" if _SAYINGS.match(after) or _COMMENTING.match(after) else None


def _marked(document: Document, occurrence: Occurrence, scene: Scene) -> str | None:
    reasons = {"absent": "only his greetings, orders, memory or words are told of", "invited_by": _INVITED}
    if not scene.has("internal", "meet", "visit"):
        reasons = {"under": "only said to command", **reasons}
    for key, reason in reasons.items():
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
    if any(end <= cue.start < occurrence.np_start for cue in scene.cues if cue.term.key in ARGUMENT_CUES):
        return False
    return len(gap) <= _CLOSE and not re.search(r"[,;:]| (?:and|with|to|by|и|с) ", gap)


def _only_travels(document: Document, person: Person, occurrence: Occurrence) -> str | None:
    """Return why a leader whose journey is the occasion does not take part: "While President X was in Azerbaijan"."""
    if person.field not in {"leader", "foreign"} or (not occurrence.titled and person.known is None):
        return None
    before, after = _before(document, occurrence), _after(document, occurrence)
    if document.lang == "az":
        if _IMPORTANCE.match(after):
            return "only the importance of his meeting is told of"
        genitive = _AZ_GENITIVE.search(document.text[occurrence.start : occurrence.end])
        told = bool(genitive and _HIS_VISIT["az"].match(after))
    else:
        told = bool(_VISIT_OF[document.lang].search(before))
    if document.lang == "en":
        while_there = bool(_WHILE.search(before) and _WAS_THERE.match(after))
        told = told or while_there or bool(_HIS_VISIT["en"].match(after))
    title = document.text[occurrence.np_start : occurrence.start]
    return "only his visit is told of" if told and not _CEREMONY.search(f"{title} {after}") else None


def _met_all_the_same(document: Document, person: Person, occurrence: Occurrence, scenes: list[Scene]) -> bool:
    """Tell whether who invited is also said to have met, by "with whom", as a counterpart or as one of two offices."""
    after = _after(document, occurrence)
    if _WITH_WHOM.match(after):
        return True
    meets = scenes[occurrence.sentence].has("meet", "call", "receive")
    if meets and person.country not in {None, HOME} and _unnamed_after(document, person, occurrence):
        return True
    for scene in scenes:
        sentence = document.sentences[scene.index]
        telling = scene.has("meet", "discuss") and not scene.background and not sentence.is_headline
        if telling and _OFFICES_MET.search(document.text, sentence.start, sentence.end):
            return True
    return False


def _unnamed_after(document: Document, person: Person, occurrence: Occurrence) -> bool:
    """Tell whether a counterpart, or an office or rank of the person's country, is named after him without a name."""
    end = document.sentences[occurrence.sentence].end
    owned = {found.end + 1 for found in document.countries if found.code == person.country}
    return any(
        occurrence.end < office.start < end and (office.term.key == "counterpart" or office.start in owned)
        for office in (*document.posts, *document.ranks)
    )
