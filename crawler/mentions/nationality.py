"""The country of each person: as printed beside him, else the likeliest one by what the text says around him."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language import syntax
from crawler.language.countries import CountryFound
from crawler.language.folding import fold
from crawler.language.places import PlaceFound
from crawler.language.text import lower, word_set
from crawler.mentions.clauses import Clauses, Party, known_post
from crawler.mentions.document import Document
from crawler.mentions.events import codes_of
from crawler.mentions.frames import MEETING, STRONG, Predicate
from crawler.mentions.people import HOME, Person
from crawler.mentions.registry import ever_held
from crawler.rules import fires

_BESIDE: Final = re.compile(r"\s*(?:of|from)\s+(?:the\s+)?(?:Republic of\s+)?|\s*\(\s*")
_SAME_SURNAMES: Final = frozenset({"RU", "BY", "UA", "KZ", "UZ", "KG", "TJ", "TM", "BG", "MK", "IR", "CSTO", "CIS"})
"""Countries where surnames have the same form as at home."""
_DIPLOMATS: Final = frozenset({"ambassador", "military_attache"})
_SOLE: Final = frozenset(
    {"minister_of_defence", "minister_of_defence_industry", "chief_of_general_staff", "head_of_border_service"}
)
"""Offices that one person of a state holds."""
_PAIR: Final = 2
_PARTS: Final = re.compile(r"[,;:()«»\"“”–—]")
_NEAR: Final = 80
"""Characters between a country and the person it may belong to."""
GATHERINGS: Final = frozenset({"EU", "UN", "CIS", "OTS", "CSTO", "SCO"})
"""Organizations that are parties only when their own meeting is told of."""
_FIRM: Final = 2.5
"""Score from which a country is implied by the text; below it is only assumed."""


class _Told(NamedTuple):
    """The countries and towns of sentences that are not only recollections."""

    countries: list[CountryFound]
    towns: list[PlaceFound]


def assign_countries(document: Document, people: list[Person], clauses: Clauses) -> None:
    """Give each person a country: printed with him, told by a list or his delegation, known, or the likeliest."""
    for person in people:
        if person.country is None and person.known is not None:
            _give(person, person.known.country, "known office holder")
    _by_list(document, clauses)
    _beside(document, clauses)
    _by_group(document, clauses)
    _by_state(document, people)
    recalled = _recollections(clauses)
    told = _Told(
        [found for found in document.countries if document.sentence_at(found.start) not in recalled],
        [found for found in document.places if document.sentence_at(found.start) not in recalled],
    )
    for person in [p for p in people if p.country is None]:
        _likeliest(document, clauses, person, people, told)


def _give(person: Person, code: str, rule: str) -> None:
    if fires(f"nationality: {rule}"):
        person.country, person.country_rule = code, rule


def _persons(clauses: Clauses) -> dict[int, list[Party]]:
    by_sentence: dict[int, list[Party]] = {}
    for party in clauses.parties:
        if party.person is not None:
            by_sentence.setdefault(party.sentence, []).append(party)
    return by_sentence


def _by_list(document: Document, clauses: Clauses) -> None:
    """Hand out "the defence ministers of Russia and Iran, Ivanov and Kazemi" in order."""
    lists: dict[int, list[list[CountryFound]]] = {}
    for party in clauses.parties:
        if party.form == "office" and len(party.codes) > _PAIR:
            inside = [f for f in document.countries_in(party.sentence) if party.start <= f.start < party.end]
            lists.setdefault(party.sentence, []).append(inside)
    for sentence, persons in sorted(_persons(clauses).items()):
        runs: list[list[CountryFound]] = []
        for found in document.countries_in(sentence):
            if runs and syntax.of(document.lang).listing.fullmatch(document.text[runs[-1][-1].end : found.start]):
                runs[-1].append(found)
            else:
                runs.append([found])
        runs += [run for n in (sentence - 1, sentence - 2) for run in lists.get(n, [])]
        for run in [run for run in runs if len(run) > 1]:
            after = [p for p in persons if p.occurrence is not None and p.occurrence.start > run[-1].start]
            row = list({id(p.person): p for p in after or _before(document, persons, run[0].start)}.values())
            bare = [
                p for p in row if p.person and (p.person.country is None or p.person.country in {f.code for f in run})
            ]
            if len(bare) == len(run) == len(row) and _untitled(document, bare):
                for party, found in zip(bare, run, strict=True):
                    if party.person is not None and party.person.known is None:
                        _give(party.person, found.code, "offices and names in the same order")


def _before(document: Document, persons: list[Party], start: int) -> list[Party]:
    """Return the people whose offices follow: "Ivanov and Kazemi, the defence ministers of Russia and Iran"."""
    before = [p for p in persons if p.occurrence is not None and p.occurrence.end <= start]
    gap = document.text[before[-1].occurrence.end : start] if before and before[-1].occurrence else ""
    return before if gap.startswith(",") and "," not in gap[1:] and len(gap) <= _NEAR else []


def _untitled(document: Document, row: list[Party]) -> bool:
    """Tell whether no country stands among the names of a row."""
    first = row[0].occurrence
    last = row[-1].occurrence
    if first is None or last is None:
        return False
    return not any(first.start < found.start < last.end for found in document.countries)


def _beside(document: Document, clauses: Clauses) -> None:
    """Take "of Jordan" after a name."""
    for party in clauses.parties:
        if party.person is None or party.person.country is not None:
            continue
        following = next((found for found in document.countries if found.start >= party.end), None)
        if following is not None and _BESIDE.fullmatch(document.text[party.end : following.start]):
            _give(party.person, following.code, "country beside the name")


def _by_group(document: Document, clauses: Clauses) -> None:
    """Take the country of the delegation somebody leads or stands for: "a guest from the Netherlands, Bauer"."""
    for sentence, persons in _persons(clauses).items():
        here = [p for p in clauses.parties if p.sentence == sentence]
        lead = [mark for mark in clauses.frames.marks.get(sentence, ()) if mark.meaning == "lead"]
        for party in persons:
            if party.person is None or party.person.country is not None:
                continue
            for group in here:
                if group.form != "group" or len(group.codes) != 1:
                    continue
                first, last = (group.end, party.start) if group.end <= party.start else (party.end, group.start)
                gap = document.text[first:last]
                led = any(first <= mark.start < last for mark in lead)
                apposed = group.end <= party.start and gap.strip(" ,–—-") == "" and gap.strip() != ""
                others = any(first <= other.start < last and other.person for other in here if other is not party)
                beside = group.end <= party.start and not gap.strip() and bool(lead)
                if (led or apposed or beside) and not others and len(gap) <= _NEAR:
                    _give(party.person, group.codes[0], "delegation he leads")


@cache
def _american_states(lang: Lang) -> re.Pattern[str]:
    states = "|".join(sorted(word_set("names", "american_states", lang))).replace("_", " ")
    return re.compile(rf"\b(?:{states})\w{{0,4}}\b")


def _by_state(document: Document, people: list[Person]) -> None:
    """Take the United States for who serves one of their states: "of the Oklahoma National Guard"."""
    for person in people:
        for occurrence in person.occurrences:
            sentence = document.sentences[occurrence.sentence]
            start, end = max(sentence.start, occurrence.np_start - 40), min(sentence.end, occurrence.np_end + 40)
            if person.country is None and _american_states(document.lang).search(
                lower(document.text[start:end], document.lang)
            ):
                _give(person, "US", "state of the United States beside him")


# --- the likeliest ------------------------------------------------------------------------------------


def _recollections(clauses: Clauses) -> set[int]:
    """Return the sentences that only recall something."""
    return {
        n
        for n, own in clauses.frames.predicates.items()
        if any(p.background for p in own) and not any(p.meaning in MEETING and not p.background for p in own)
    }


def _likeliest(
    document: Document,
    clauses: Clauses,
    person: Person,
    people: list[Person],
    told: _Told,
) -> None:
    scores: Counter[str] = Counter()
    rules: dict[str, str] = {}
    of_state = "minister" in (person.post or "")
    for code, weight, rule in _candidates(document, clauses, person, people, told):
        if of_state and len(code) != len(HOME):
            continue  # an organization has no ministers
        scores[code] += weight  # type: ignore[assignment]
        if weight >= scores[code] / 2:
            rules[code] = rule
    if not scores:
        return
    best = max(scores, key=lambda code: (scores[code], code == HOME))
    if scores[best] <= 0 or (best == HOME and scores[HOME] <= 1 and _among_foreigners(clauses, person)):
        return
    firm = "" if scores[best] >= _FIRM else "assumed: "
    _give(person, best, firm + rules.get(best, "likeliest country"))


def _candidates(
    document: Document,
    clauses: Clauses,
    person: Person,
    people: list[Person],
    told: _Told,
) -> Iterator[tuple[str, float, str]]:
    """Yield countries with weights and reasons."""
    foreign = Counter(found.code for found in told.countries if found.code != HOME and found.code not in GATHERINGS)
    known_home = any(other.country == HOME for other in people if other is not person)
    yield HOME, 0.6 if known_home else 1.0, "office holder named without a country"
    yield from _by_town(document, told.towns)
    for code, number in foreign.items():
        yield code, 0.4 + min(number, 4) * 0.15, "other country of the article"
    yield from _by_journey(clauses, person)
    if known_post(person) in _DIPLOMATS:
        for other in people:
            if other is not person and other.country not in {None, HOME} and known_post(other) in _DIPLOMATS:
                yield str(other.country), 3.5, "diplomat beside another one"
        guests = {other.country for other in people if other.country and other.country != HOME}
        yield from _diplomat(clauses, guests or set(foreign))
    yield from _by_name(document, person, foreign)
    yield from _beside_him(document, person, people, told.countries)
    yield from _by_sides(document, clauses, person)
    yield from _by_row(document, clauses, person)
    yield from _by_office(person, people, foreign, document.lang)


def _by_office(
    person: Person, people: list[Person], foreign: Counter[str], lang: Lang
) -> Iterator[tuple[str, float, str]]:
    """Yield the other side for a counterpart, and for who holds the office that a leader of home is known to hold."""
    leaders = [other for other in people if other is not person and other.known is not None and other.country == HOME]
    held = person.post in _SOLE and any(known_post(leader) == person.post for leader in leaders)
    home_form = _home_surname().search(lower(person.surname, lang))
    if person.known is None and not home_form and person.post in _SOLE and ever_held(HOME, str(person.post)):
        yield HOME, -1.5, "home is not known to have had him in his office"
    if person.post == "counterpart" or held:
        if leaders:
            yield HOME, -2.0, "home has another one in his office"
        for code in foreign:
            yield code, 0.8, "counterpart of home"


def _by_town(document: Document, places: list[PlaceFound]) -> Iterator[tuple[str, float, str]]:
    towns = [place for place in places if place.country not in {HOME, None}]
    for code in sorted({str(place.country) for place in towns if place.locative}):
        yield code, 0.7, "country of the town"
    first = next((place for place in places if place.start >= document.body), None)
    if first in towns and first is not None and not first.locative:
        yield str(first.country), 1.3, "country of the dateline"


def _by_journey(clauses: Clauses, person: Person) -> Iterator[tuple[str, float, str]]:
    """Yield what speaks against the country that somebody comes to: "will arrive in Baku on an official visit"."""
    for party in clauses.parties:
        governor = party.governor
        if party.person is not person or governor is None or governor.meaning != "visit" or party.relation != "core":
            continue
        named = [p for p in clauses.of(governor) if p.form == "country" and p.relation in {"in", "to", "object"}]
        goals = {p.codes[0] for p in named}
        goals |= {place.country for place, visited in clauses.towns if visited is governor and place.country}
        for code in goals:
            yield code, -2.0, "comes there on a visit"


def _diplomat(clauses: Clauses, foreign: set[str]) -> Iterator[tuple[str, float, str]]:
    if _held_abroad(clauses):
        yield HOME, 3.0, "diplomat of home where the meeting is held"
        return
    for code in sorted(foreign):
        yield code, 2.0, "diplomat of another country"


def _beside_him(
    document: Document, person: Person, people: list[Person], told: list[CountryFound]
) -> Iterator[tuple[str, float, str]]:
    """Yield the countries nearest before and after him in his sentence that are nobody else's."""
    at = person.occurrences[0]
    rest = [other for other in people if other is not person]
    claimed = {start for other in rest for start in other.claimed} | set(_own(document, rest, told))
    others = [occurrence.start for other in rest for occurrence in other.occurrences]
    here = [f for f in told if document.sentence_at(f.start) == at.sentence and f.start not in claimed]
    before = [found for found in here if found.end <= at.np_start][-1:]
    after = [found for found in here if found.start >= at.np_end][:1]
    for found, gap in (*((f, (f.end, at.np_start)) for f in before), *((f, (at.np_end, f.start)) for f in after)):
        if _away(document, found) or gap[1] - gap[0] > _NEAR:
            continue
        parted = any(gap[0] <= start < gap[1] for start in others)
        if found in before:
            beside = not parted and not _PARTS.search(document.text[slice(*gap)])
            yield found.code, 3.0 if beside else 0.4 if parted else 1.8, "country named before him"
        elif not parted:
            yield found.code, 1.2, "country named after him"


def _own(document: Document, people: list[Person], told: list[CountryFound]) -> Iterator[int]:
    """Yield where the countries stand that lead up to people: "NATO-nun əlaqələndirmə zabiti polkovnik Vermölen"."""
    for occurrence in [occurrence for person in people for occurrence in person.occurrences]:
        before = bisect.bisect_right(told, occurrence.np_start, key=lambda found: found.end)
        for found in told[:before][-1:]:
            gap = document.text[found.end : occurrence.np_start]
            if len(gap) <= _NEAR and not _PARTS.search(gap) and "." not in gap and not _away(document, found):
                yield found.start


def _among_foreigners(clauses: Clauses, person: Person) -> bool:
    """Tell whether all others that depend on the same verb in the same way are from abroad."""
    for party in clauses.parties:
        if party.person is person and party.governor is not None:
            row = [
                p.person
                for p in clauses.of(party.governor)
                if p.person is not None and p.person is not person and p.relation == party.relation
            ]
            if row and all(other is not None and other.country not in {None, HOME} for other in row):
                return True
    return False


def _by_name(document: Document, person: Person, foreign: Counter[str]) -> Iterator[tuple[str, float, str]]:
    given = fold(person.words[0], document.lang) in _home_given_names()
    if not _home_surname().search(lower(person.surname, document.lang)):
        if foreign and not given:
            yield HOME, -0.6, "name not of the home form"
        return
    shared = bool(set(foreign) & _SAME_SURNAMES)
    yield HOME, 0.4 if shared else 1.6, "surname of the home form"
    if given:
        yield HOME, 1.2, "given name and surname of the home form"


_RECIPROCAL: Final = frozenset({"meet", "discuss", "call", "sign"})
"""Meanings whose subjects in a row are the sides: "Hasanov and Akar met"."""


def _by_sides(document: Document, clauses: Clauses, person: Person) -> Iterator[tuple[str, float, str]]:
    """Yield the other side of a meeting whose one side is known, and the own side of a countryman."""
    seen: set[int] = set()
    behind = not syntax.of(document.lang).verb_last and not syntax.of(document.lang).free_order
    for party in clauses.parties:
        governor = party.governor
        if party.person is not person or governor is None or governor.meaning not in MEETING:
            continue
        others = [p for p in clauses.of(governor) if p.person is not person]
        objects = behind and party.start > governor.start
        alone = governor.meaning in _RECIPROCAL and all(p.relation == party.relation for p in others if p.person)
        home_acts = any(HOME in codes_of(other) for other in others)
        for other in [p for p in others if id(p) not in seen and p.form != "country"]:
            seen.add(id(other))
            parted = (party.start < governor.start) != (other.start < governor.start)
            same_side = other.relation == party.relation and not parted and (objects or not alone)
            for code in codes_of(other):
                if same_side:
                    yield code, 0.8, "named together with his countryman"
                elif code == HOME:
                    yield HOME, -1.5, "met somebody from home"
                    yield from _opposite(clauses, governor)
                elif not home_acts:
                    yield HOME, 0.9, "met somebody from abroad"
                    if other.person:
                        yield code, -1.2, "met somebody from there"


def _by_row(document: Document, clauses: Clauses, person: Person) -> Iterator[tuple[str, float, str]]:
    """Yield the country of whom he stands in a row with: "the Dutch Air Commodore A and Colonel B" were welcomed."""
    joins = syntax.of(document.lang).joins
    for first, second in itertools.pairwise([p for p in clauses.parties if p.form == "person"]):
        if second.person is not person or first.person is None or first.governor is not second.governor:
            continue
        governor = first.governor
        sides = governor is None or (governor.meaning in _RECIPROCAL | {"attend"} and first.relation == "core")
        sides = sides and not (
            governor is not None and governor.end <= first.start and not syntax.of(document.lang).free_order
        )
        if not sides and first.person.country and joins.fullmatch(document.text[first.end : second.start]):
            yield first.person.country, 1.5, "in a row with his countryman"


def _opposite(clauses: Clauses, governor: Predicate) -> Iterator[tuple[str, float, str]]:
    codes = Counter(
        code for party in clauses.parties for code in party.codes if code != HOME and code not in GATHERINGS
    )
    near = [code for party in clauses.of(governor) for code in codes_of(party) if code != HOME]
    for code in near[:1] or [code for code, _ in codes.most_common(1)]:
        yield code, 0.9 if len(code) == len(HOME) else 0.4, "met somebody from home"


@cache
def _home_surname() -> re.Pattern[str]:
    return re.compile(table("names")["home_surname"])


@cache
def _home_given_names() -> frozenset[str]:
    return frozenset(fold(name, "az") for name in word_set("names", "home_given_names"))


def _held_abroad(clauses: Clauses) -> bool:
    """Tell whether towns or the country visited lie abroad, and none at home."""
    named = [(place, p) for place, p in clauses.towns if place.locative and place.country]
    named = [(place, p) for place, p in named if p is None or p.meaning != "other"]
    met = {place.country for place, p in named if p is not None and p.meaning in STRONG}
    places = met or {place.country for place, _ in named}
    for party in clauses.parties:
        visited = party.form == "country" and party.relation in {"in", "to"}
        if visited and party.governor is not None and party.governor.meaning in {"visit", "depart"}:
            places.add(party.codes[0])
    return bool(places) and HOME not in places


def _away(document: Document, found: CountryFound) -> bool:
    """Tell whether the country is where somebody is, not whose he is: "to Azerbaijan", "Azərbaycanda"."""
    grammar = syntax.of(document.lang)
    before = document.text[max(0, found.start - 14) : found.start]
    return bool(grammar.away_form.search(found.words.lower()) or grammar.away_before.search(before))
