"""The country of each participant: from his title, from who he is known to be, else from what the article implies."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from crawler.items import Lang
from crawler.language.countries import CountryFound
from crawler.language.folding import fold
from crawler.language.text import lower
from crawler.mentions.document import Document, word_set
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME, Person
from crawler.mentions.scene import Scene
from crawler.rules import fires

_BESIDE: Final = 30
"""Characters between a word of visiting and the country visited."""
_AWAY: Final = re.compile(r"(?:\bto|\bin|\bв|\bво|\bна)(?: the| Republic of| Республике)?\s*$", re.IGNORECASE)
_AZ_AWAY: Final = re.compile(r"d[aə](?:k[ıi])?$|(?:[nsy]?[aə])$")
_FAR: Final = 50
"""Characters between a country and a person that belong together without a word of a delegation between them."""
_PARTING: Final = frozenset({"meet", "receive", "call"})
"""Cues that stand between one side and the other."""
_HOME_SURNAME: Final = re.compile(r"(?:[yiaəuo]?[eo]va?|zad[eəa]h?|[её]ва?|ова?|заде|^оглы|^oğlu|^oglu)$")
_SAME_SURNAMES: Final = frozenset({"RU", "BY", "UA", "KZ", "UZ", "KG", "TJ", "TM", "BG", "MK", "IR", "CSTO", "CIS"})
"""Countries where surnames have the same form as at home."""
_DIPLOMATS: Final = frozenset({"ambassador", "military_attache"})
_GUESTS: Final = re.compile(r"guests|visitors|qonaqlar|гости$")
_HOME_OFFICE: Final = re.compile(r"azerbaijan|azərbaycan|азербайджан|\bпосол|səfir|ambassador")
_STATE_ENDINGS: Final[dict[Lang, str]] = {"en": "", "az": r"(?:[ns]?[ıiuü]n|d[aə])?", "ru": r"\w{0,3}"}
GATHERINGS: Final = frozenset({"EU", "UN", "CIS", "OTS", "CSTO", "SCO"})
"""Organizations that are parties only when their own meeting is told of."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rules look at: the participants and the countries named outside recollections."""

    document: Document
    scenes: list[Scene]
    people: list[Person]
    told: list[CountryFound]

    def claimed(self, person: Person) -> set[int]:
        """Return where countries stand that are already somebody else's."""
        return {start for other in self.people if other is not person for start in other.claimed}

    @property
    def held_abroad(self) -> bool | None:
        """Tell whether the towns something happens in, or else the country visited, are abroad; None if unknown."""
        named = [
            (place.country, self.scenes[self.document.sentence_at(place.start)])
            for place in self.document.places
            if place.locative and place.country
        ]
        told = [(country, scene) for country, scene in named if not scene.background]
        met = {country for country, scene in told if scene.has("meet", "receive", "call", "visit", "sign")}
        towns = met or {country for country, _ in told}
        if towns:
            return HOME not in towns
        visited = [
            found.code != HOME
            for scene in self.scenes
            if not scene.background
            for cue in scene.cues
            for found in self.in_sentence(scene.index)
            if cue.term.key == "visit" and _visits(self.document, cue.end, found)
        ]
        return visited[0] if visited else None

    def in_sentence(self, sentence: int) -> list[CountryFound]:
        """Return the countries of a sentence."""
        return [found for found in self.told if self.document.sentence_at(found.start) == sentence]


def assign_countries(document: Document, roles: list[Role], scenes: list[Scene]) -> None:
    """Give each participant without a country the one the article implies, the surest rule first for everybody."""
    for role in roles:
        person = role.person
        if person.country is None and person.known is not None and fires("nationality: known office holder"):
            person.country, person.country_rule = person.known.country, "known office holder"
    told = [found for found in document.countries if not scenes[document.sentence_at(found.start)].background]
    context = _Context(document, scenes, [role.person for role in roles if role.takes_part], told)
    rules: tuple[Callable[[_Context, Person], None], ...] = (
        _shared_office,
        _diplomat_abroad,
        _home_name,
        _seen_by_guests,
        _american_state,
        _own_delegation,
        _home_surname,
        _counterpart_of_home,
    )
    for rule in rules:
        for person in context.people:
            if person.country is None:
                rule(context, person)


def _give(person: Person, code: str, rule: str, start: int | None = None) -> None:
    if not fires(f"nationality: {rule}"):
        return
    person.country, person.country_rule = code, rule
    if start is not None:
        person.claimed.append(start)


def _shared_office(context: _Context, person: Person) -> None:
    """Hand out "the defence ministers of Russia and Iran, Ivanov and Kazemi" in order."""
    sentence = person.occurrences[0].sentence
    row = [other for other in context.people if other.occurrences[0].sentence == sentence]
    before = [found for found in context.in_sentence(sentence) if found.end <= row[0].occurrences[0].np_start]
    if len(row) == len(before) > 1 and not any(other.titled for other in row[1:]):
        found = before[row.index(person)]
        _give(person, found.code, "offices and names in the same order", found.start)


def _diplomat_abroad(context: _Context, person: Person) -> None:
    """Take home for an ambassador or attaché named without a country when the meeting is abroad: ours sits in there."""
    if person.post in _DIPLOMATS and context.held_abroad:
        _give(person, HOME, "diplomat of home where the meeting is held")


def _home_name(context: _Context, person: Person) -> None:
    """Take home for a given name usual at home with a surname of the home form, whoever else took part."""
    lang = context.document.lang
    if not _may_be_from_home(context, person):
        return
    if fold(person.words[0], lang) in _home_given_names():
        _give(person, HOME, "given name and surname of the home form")


def _may_be_from_home(context: _Context, person: Person) -> bool:
    """Tell whether the surname has the home form; diplomats at home are of the other side all the same."""
    at_home = person.post in _DIPLOMATS and context.held_abroad is False
    return not at_home and _has_home_surname(person, context.document.lang)


@cache
def _home_given_names() -> frozenset[str]:
    return frozenset(fold(name, "az") for name in word_set("names", "home_given_names"))


def _american_state(context: _Context, person: Person) -> None:
    """Take the United States for who serves a state of theirs: "of the Oklahoma National Guard"."""
    document = context.document
    for occurrence in person.occurrences:
        sentence = document.sentences[occurrence.sentence]
        start, end = max(sentence.start, occurrence.np_start - _FAR), min(sentence.end, occurrence.np_end + _FAR)
        around = lower(document.text[start:end], document.lang)
        if _american_states(document.lang).search(around) and not _HOME_OFFICE.search(around):
            _give(person, "US", "state of the United States beside him")
            return


@cache
def _american_states(lang: Lang) -> re.Pattern[str]:
    states = "|".join(sorted(word_set("names", "american_states", lang))).replace("_", " ")
    return re.compile(rf"\b(?:{states}){_STATE_ENDINGS[lang]}\b")


def _seen_by_guests(context: _Context, person: Person) -> None:
    """Take home for those whom "the guests also met" at home, when the sentence names nobody's country."""
    document, occurrence = context.document, person.occurrences[0]
    scene = context.scenes[occurrence.sentence]
    if context.held_abroad or person.post in _DIPLOMATS or context.in_sentence(occurrence.sentence):
        return
    guests = [
        marker for marker in scene.markers.get("delegation", ()) if _GUESTS.match(lower(marker.words, document.lang))
    ]
    named_before = any(
        near.sentence == occurrence.sentence and near.end <= marker.start
        for marker in guests[:1]
        for other in context.people
        for near in other.occurrences
    )
    if guests and guests[0].end <= occurrence.np_start and not named_before and scene.has(*_PARTING):
        _give(person, HOME, "met by the guests at home")


def _own_delegation(context: _Context, person: Person) -> None:
    """Take the country nearest before the person in his sentence that is nobody else's, or that of his countryman."""
    document, occurrence = context.document, person.occurrences[0]
    claimed = context.claimed(person)
    before = [
        found
        for found in context.in_sentence(occurrence.sentence)
        if found.end <= occurrence.np_start
        and found.start not in claimed
        and not _away(document, found)
        and not (found.code == HOME and person.post in _DIPLOMATS)
    ]
    others = [o for o in context.people if o is not person and o.occurrences[0].sentence == occurrence.sentence]
    between = [o for o in others if before and before[-1].end <= o.occurrences[0].start < occurrence.np_start]
    tied = before and not between and _ties(context, before[-1], occurrence.np_start)
    if tied and not (before[-1].code not in _SAME_SURNAMES | {HOME} and _has_home_surname(person, document.lang)):
        _give(person, before[-1].code, "country named before him", before[-1].start)
        return
    for other in reversed(others):
        near = other.occurrences[0]
        abroad = other.country not in {None, HOME} and near.end <= occurrence.np_start
        if abroad and other.country and _joined(document, near.np_end, occurrence.np_start):
            _give(person, other.country, "named together with his countryman")
            return
    guests = {other.country for other in context.people} - {None, HOME}
    if others and guests and not context.held_abroad and not context.in_sentence(occurrence.sentence):
        here = [o for other in others for o in other.occurrences if o.sentence == occurrence.sentence]
        pairs = [(o, occurrence) if o.start < occurrence.start else (occurrence, o) for o in here]
        together = any(_joined(document, first.np_end, second.np_start) for first, second in pairs)
        if together and {other.country for other in others} == {HOME} and person.post not in _DIPLOMATS:
            _give(person, HOME, "named together with his countryman")


def _away(document: Document, found: CountryFound) -> bool:
    """Tell whether the country is where somebody is, not whose he is: "to Azerbaijan", "Azərbaycanda"."""
    if document.lang == "az":
        return bool(_AZ_AWAY.search(found.words.lower()))
    return bool(_AWAY.search(document.text, max(0, found.start - 14), found.start))


def _visits(document: Document, start: int, found: CountryFound) -> bool:
    return 0 <= found.start - start <= _BESIDE and _away(document, found)


def _has_home_surname(person: Person, lang: Lang) -> bool:
    return bool(_HOME_SURNAME.search(lower(person.surname, lang)))


def _ties(context: _Context, found: CountryFound, start: int) -> bool:
    """Tell whether the country belongs to the person's delegation or institution, not to a journey of somebody else."""
    gap = context.document.text[found.end : start].lower()
    if any(word in gap for word in (" visit", "səfər", "визит")):
        return False
    if any(found.end <= cue.start < start for cue in context.document.cues if cue.term.key in _PARTING):
        return False
    return len(gap) <= _FAR or any(
        found.end <= marker.start < start
        for marker in context.document.markers
        if marker.term.key in {"delegation", "led_by"}
    )


def _joined(document: Document, end: int, start: int) -> bool:
    gap = document.text[end:start].strip(" ,").lower()
    return gap in {
        "and",
        "together with",
        "və",
        "и",
        "вместе с",
        "as well as",
        "а также",
        "with",
        "həmçinin",
        "and the",
        "",
    }


def _home_surname(context: _Context, person: Person) -> None:
    """Take home for a surname of its most frequent form, unless a country with such surnames took part."""
    if not _may_be_from_home(context, person):
        return
    sentences = {occurrence.sentence for occurrence in person.occurrences}
    sentences |= {scene.index for scene in context.scenes if scene.has("meet", "receive", "call", "visit", "sign")}
    named = {found.code for sentence in sentences for found in context.in_sentence(sentence)} | {
        other.country for other in context.people if other.country
    }
    if not named & _SAME_SURNAMES:
        _give(person, HOME, "surname of the home form")


def _counterpart_of_home(context: _Context, person: Person) -> None:
    """Take what is left: the country visited, the only other country, that of the town, else home."""
    document = context.document
    others = [other for other in context.people if other is not person and other.country]
    abroad = {other.country for other in others} - {HOME}
    sentence = person.occurrences[0].sentence
    near = context.in_sentence(sentence)
    if not any(other.country == HOME for other in others) and person.post not in _DIPLOMATS:
        alone = not (near and near[0].code != HOME)
        if abroad or alone:
            _give(person, HOME, "home office holder named without a country")
            return
    claimed = context.claimed(person)
    foreign = [found for found in context.told if found.code != HOME and found.code not in GATHERINGS]
    same = [found for found in near if found in foreign and found.start not in claimed]
    visited = destination(document, context.scenes)
    codes = list(dict.fromkeys(found.code for found in foreign))
    towns = [place.country for place in document.places if place.country and place.country != HOME]
    if same:
        _give(person, same[-1].code, "country named in his sentence")
    elif visited and visited != HOME:
        _give(person, visited, "country of the visit")
    elif codes:
        met = [code for code in codes if code not in abroad and _is_met(context, code)]
        guests = sorted(code for code in abroad if code)
        _give(person, (met or guests or codes)[0], "other country of the article")
    elif towns:
        _give(person, towns[0], "country of the place")
    else:
        _give(person, HOME, "home office holder named without a country")


def _is_met(context: _Context, code: str) -> bool:
    """Tell whether a country stands in the headline or in a sentence that tells of a meeting, not only of a topic."""
    return any(
        found.code == code
        and (
            context.document.sentences[scene.index].is_headline
            or scene.has("meet", "receive", "call", "visit", "sign", "attend")
        )
        for scene in context.scenes
        if not scene.background
        for found in context.in_sentence(scene.index)
    )


def destination(document: Document, scenes: list[Scene]) -> str | None:
    """Return the country visited, as the first sentence with a visit tells it: "to Norway", else the one nearest."""
    for scene in scenes:
        for cue in scene.cues:
            if cue.term.key != "visit" or scene.background:
                continue
            here = [found for found in document.countries if document.sentence_at(found.start) == scene.index]
            towards = [found for found in here if found.start > cue.end and _away(document, found)]
            near = [found for found in here if -_BESIDE <= found.start - cue.end <= _BESIDE]
            if towards or near:
                return (towards or near)[0].code
    return None
