"""Who, when and where belongs to which predicate: each noun phrase is tied to the predicate that governs it."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

from crawler.knowledge import table
from crawler.language import syntax
from crawler.language.anaphoric_days import with_anaphoric_days
from crawler.language.countries import CountryFound
from crawler.language.dates import DateFound
from crawler.language.grammar import Relation
from crawler.language.places import PlaceFound, seat_town
from crawler.language.syntax import Surroundings
from crawler.language.text import word_set
from crawler.mentions.document import Document, is_dateline
from crawler.mentions.frames import MEETING, Frames, Predicate
from crawler.mentions.people import Occurrence, Person

PartyForm = Literal["person", "office", "group", "country"]


@dataclass(slots=True, eq=False)
class Party:
    """A noun phrase that may take part: a person, an office or a group without a name, or a country.

    ``codes`` are the countries it belongs to, several for "the ministers of A and B"; ``governor`` the predicate it
    depends on, None when its sentence has none; ``spoken`` tells that it only says something to the press.
    """

    form: PartyForm
    start: int
    end: int
    sentence: int
    words: str
    relation: Relation
    codes: tuple[str, ...] = ()
    person: Person | None = None
    occurrence: Occurrence | None = None
    post: str | None = None
    plural: bool = False
    governor: Predicate | None = None


@dataclass(slots=True)
class Clauses:
    """The parties, days and towns of a text with the predicates they depend on."""

    frames: Frames
    parties: list[Party]
    days: list[tuple[DateFound, Predicate | None]] = field(default_factory=list)
    towns: list[tuple[PlaceFound, Predicate | None]] = field(default_factory=list)
    years: list[tuple[int, Predicate]] = field(default_factory=list)
    _governed: dict[int, list[Party]] = field(default_factory=dict)

    def recalls(self, sentence: int) -> bool:
        """Tell whether a sentence has predicates of meetings and only recalls them."""
        own = [p for p in self.frames.predicates.get(sentence, ()) if p.background]
        return bool(own) and len(own) == len([p for p in self.frames.predicates[sentence] if p.meaning in MEETING])

    def of(self, predicate: Predicate) -> list[Party]:
        """Return the parties that depend on a predicate."""
        return self._governed.get(id(predicate), [])

    def subjects(self, sentence: int) -> list[Party]:
        """Return the people and offices of a sentence that are subjects, in text order."""
        here = [p for p in self.parties if p.sentence == sentence and p.form in {"person", "office"}]
        return [p for p in here if p.relation == "core" and p.governor is not None]

    def add(self, parties: Iterable[Party]) -> None:
        """Add parties that depend on a further predicate."""
        for party in parties:
            self.parties.append(party)
            self._governed.setdefault(id(party.governor), []).append(party)

    def hand_over(self, moved: dict[int, Predicate]) -> None:
        """Let what depends on some predicates, given by their identity, depend on others."""
        for party in self.parties:
            party.governor = moved.get(id(party.governor), party.governor)
        self.days = [(date, moved.get(id(p), p)) for date, p in self.days]
        self.towns = [(town, moved.get(id(p), p)) for town, p in self.towns]
        self.__post_init__()

    def split(self, predicate: Predicate, twin: Predicate, cut: int) -> None:
        """Let what depends on a predicate and stands behind a place depend on its twin."""
        for party in self.parties:
            if party.governor is predicate and party.start > cut:
                party.governor = twin
        self.days = [(date, twin if p is predicate and date.start >= cut else p) for date, p in self.days]
        self.towns = [(town, twin if p is predicate and town.start >= cut else p) for town, p in self.towns]
        self.__post_init__()

    def __post_init__(self) -> None:
        self._governed = {}
        for party in self.parties:
            if party.governor is not None:
                self._governed.setdefault(id(party.governor), []).append(party)


def read_clauses(document: Document, people: list[Person], dates: Iterable[DateFound]) -> Clauses:
    """Return the noun phrases of a text tied to its predicates."""
    frames = document.frames
    parties = sorted(_parties(document, people, frames), key=lambda party: party.start)
    by_sentence: dict[int, list[Party]] = {}
    for party in parties:
        by_sentence.setdefault(party.sentence, []).append(party)
    counts = _Counts(document)
    for number in frames.predicates:
        _govern(document, counts, number, by_sentence.get(number, []))
    clauses = Clauses(frames, parties)
    governor = partial(_governor, document, counts, {})

    for date in with_anaphoric_days(document.words, dates, document.body, document.sentence_at):
        stamped = is_dateline(document, date)
        clauses.days.append((date, None if stamped else governor(date.start, date.end)))
    for town in (*document.places, *_capitals(document, frames)):
        clauses.towns.append((town, governor(town.start, town.end)))
    for match in syntax.of(document.lang).in_year.finditer(document.text):
        nearest = governor(match.start(), match.end())
        if nearest is not None:
            clauses.years.append((int(match["year"]), nearest))
    return clauses


def _govern(document: Document, counts: _Counts, number: int, parties: list[Party]) -> None:
    """Tie the parties of a sentence to its predicates, those left out that lack the object they need."""
    predicates = document.frames.predicates
    own = predicates[number] = [
        p for p in predicates[number] if p.meaning != "assembly" or not _in_an_office(p, parties)
    ]
    _tie(document, counts, number, parties, own)
    _tie_owners(document, parties)
    idle = [p for p in own if p.needs_object and not _has_object(document, p, parties)]
    if not idle:
        return
    for predicate in idle:
        if predicate.meaning == "receive" and _hosts_an_event(document, predicate, own):
            predicate.meaning, predicate.needs_object = "hold", False
    predicates[number] = [p for p in own if not (p in idle and p.needs_object)]
    _tie(document, counts, number, parties, predicates[number])


def _in_an_office(predicate: Predicate, parties: list[Party]) -> bool:
    """Tell whether an assembly only stands in somebody's office: "the chair of the Military Committee"."""
    return any(
        party.form in {"person", "office"} and party.start < predicate.start and predicate.end <= party.end
        for party in parties
    )


def _capitals(document: Document, frames: Frames) -> Iterator[PlaceFound]:
    """Yield the towns that "the Latvian capital" and the like stand for, when something happens there."""
    grammar = syntax.of(document.lang)
    for sentence, marks in frames.marks.items():
        for mark in [mark for mark in marks if mark.meaning == "capital"]:
            codes, span = _owners(document, mark.start, mark.end, sentence, _Spans(()))
            town = seat_town(codes[0]) if len(codes) == 1 else None
            start = min(mark.start, span[0])
            before = document.text[document.sentences[sentence].start : start]
            after = document.text[mark.end : mark.end + _FOLLOWING]
            relation = grammar.relation(Surroundings(before, mark.words, mark.words[: len(mark.words) // 2], after))
            named = any(mark.end <= place.start <= mark.end + 2 for place in document.places)
            if town and not named and relation in {"in", "to"}:
                yield PlaceFound(start, mark.end, mark.words, town, codes[0], "town", locative=True)


# --- noun phrases -------------------------------------------------------------------------------------

_FOLLOWING: Final = 24
"""Characters after a noun phrase in which a postposition stands."""
_COUNTRY: Final = 2
"""The length of a country's code; those of organizations are longer."""
_MEMBERS: Final = 9
"""Words between an organization and its heads: "heads of the defence industry bodies of the OTS"."""
_OWNED: Final = 3
"""Words between a country and the office or group it owns."""
_WORDS_BETWEEN: Final = re.compile(r"[^\W_]+")
_FOLDED_WORD: Final = re.compile(r"\w+")


class _Spans:
    """Stretches of a text, which may overlap, asked for by place."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts: Final = [start for start, _ in ordered]
        self._ends: Final = list(itertools.accumulate((end for _, end in ordered), max))

    def __contains__(self, place: int) -> bool:
        """Tell whether a place lies in a stretch."""
        at = bisect.bisect_right(self._starts, place)
        return at > 0 and self._ends[at - 1] > place

    def begin(self, first: int, last: int) -> bool:
        """Tell whether a stretch begins between two places."""
        at = bisect.bisect_left(self._starts, first)
        return at < len(self._starts) and self._starts[at] < last


def _parties(document: Document, people: list[Person], frames: Frames) -> Iterator[Party]:
    grammar = syntax.of(document.lang)
    text = document.text
    taken = _Spans((one.np_start, one.np_end) for person in people for one in person.occurrences)
    for person in people:
        for occurrence in person.occurrences:
            if _bears_the_name(document, frames, occurrence):
                continue
            printed = text[occurrence.start : occurrence.end].split()[-1] if occurrence.end > occurrence.start else ""
            first = document.sentences[occurrence.sentence].start
            around = text[first : occurrence.np_start], text[occurrence.np_end : occurrence.np_end + _FOLLOWING]
            head = grammar.titled(text[occurrence.np_start : occurrence.start]) if printed == person.surname else None
            declined = head or (printed, person.surname)
            relation = grammar.relation(Surroundings(around[0], *declined, around[1]))
            yield Party(
                "person",
                occurrence.np_start,
                occurrence.np_end,
                occurrence.sentence,
                text[occurrence.np_start : occurrence.np_end],
                relation,
                (person.country,) if person.country else (),
                person,
                occurrence,
                person.post,
            )
    owned: list[tuple[int, int]] = []
    for start, end, form, post, plural in _heads(document, frames, taken):
        sentence = document.sentence_at(start)
        codes, span = _owners(document, start, end, sentence, taken)
        owned.append((min(start, span[0]), max(end, span[1])))
        yield _unnamed(document, form, (min(start, span[0]), max(end, span[1])), codes, post=post, plural=plural)
    elsewhere = _Spans(owned)
    for country in document.countries:
        if country.start not in taken and country.start not in elsewhere:
            yield _unnamed(document, "country", (country.start, country.end), (country.code,))


def _bears_the_name(document: Document, frames: Frames, occurrence: Occurrence) -> bool:
    """Tell whether a thing bears somebody's name: "the Heydar Aliyev Center", "парк Победы имени Х"."""
    following = document.text[occurrence.end : occurrence.end + _FOLLOWING].split()
    if syntax.of(document.lang).verb_last and following[:1] and following[0] in word_set("names", "named_after"):
        return True  # "Heydər Əliyev adına Hərbi İnstitut"
    for mark in frames.marks.get(occurrence.sentence, ()):
        if mark.meaning != "named_thing":
            continue
        after = document.text[occurrence.end : mark.start] if mark.start >= occurrence.end else None
        before = document.text[mark.end : occurrence.np_start] if mark.end <= occurrence.np_start else None
        titled = occurrence.np_start < occurrence.start  # "at the airport Minister X was met"
        behind = titled and syntax.of(document.lang).verb_last  # "General X təlimləri izləyib"
        if after is not None and not after.strip() and not syntax.of(document.lang).noun_first and not behind:
            return True
        if (
            before is not None
            and before.strip() in {*(() if titled else ("",)), *word_set("names", "named_after")}
            and syntax.of(document.lang).noun_first
        ):
            return True
    return False


def _unnamed(
    document: Document,
    form: PartyForm,
    span: tuple[int, int],
    codes: tuple[str, ...],
    *,
    post: str | None = None,
    plural: bool = False,
) -> Party:
    grammar = syntax.of(document.lang)
    sentence = document.sentence_at(span[0])
    words = document.text[slice(*span)]
    before = document.text[document.sentences[sentence].start : span[0]]
    last = words.split()[-1] if words.split() else words
    after = document.text[span[1] : span[1] + _FOLLOWING]
    relation = grammar.relation(Surroundings(before, last, last, after))
    if grammar.verb_last and relation == "core":
        relation = grammar.relation(Surroundings(before, last, last[:2], after))
    return Party(form, *span, sentence, words, relation, codes, post=post, plural=plural)


def _heads(document: Document, frames: Frames, taken: _Spans) -> Iterator[tuple[int, int, PartyForm, str | None, bool]]:
    """Yield the offices and groups that stand without a name: where, what, and whether there are several."""
    last = -1
    for post in document.posts:
        if post.start not in taken and post.start >= last and field_of(post.term.key) != "outsider":
            last = post.end
            yield (
                post.start,
                post.end,
                "office",
                post.term.key,
                bool(syntax.of(document.lang).plural_office.search(post.words)),
            )
    posts = _Spans((found.start, found.end) for found in (*document.posts, *document.ranks))
    for rank in document.ranks:
        if rank.start not in taken:
            yield rank.start, rank.end, "office", None, False
    for marks in frames.marks.values():
        for mark in marks:
            if mark.meaning == "group" and mark.start not in taken and mark.start not in posts:
                yield (
                    mark.start,
                    mark.end,
                    "group",
                    None,
                    bool(syntax.of(document.lang).plural_office.search(mark.words)),
                )


def _owners(
    document: Document, start: int, end: int, sentence: int, taken: _Spans
) -> tuple[tuple[str, ...], tuple[int, int]]:
    """Return the countries whose an office or group is, and the stretch they stand in."""
    here = [found for found in document.countries_in(sentence) if found.start not in taken]
    grammar, text = syntax.of(document.lang), document.text
    if inside := [found.code for found in here if start < found.start < end]:
        return tuple(dict.fromkeys(inside)), (start, end)
    before = [found for found in here if found.end <= start]
    after = [found for found in here if found.start >= end]

    def apart(first: int, last: int) -> bool:
        verbs = any(p.verbal and first <= p.start < last for p in document.frames.predicates.get(sentence, ()))
        return verbs or taken.begin(first, last)

    bodies = [found for found in here if len(found.code) != _COUNTRY and grammar.plural_office.search(text[start:end])]
    for found in bodies:
        first, last = (found.end, start) if found.end <= start else (end, found.start)
        words = text[first:last].replace(")", " ").replace("(", " ")
        if first <= last and len(words.split()) <= _MEMBERS and "," not in words and not apart(first, last):
            return (found.code,), (min(start, found.start), max(end, found.end))
    if before and _close(text[before[-1].end : start]) and not apart(before[-1].end, start):
        run = _listed(document, before[::-1])[::-1]
        return tuple(dict.fromkeys(found.code for found in run)), (run[0].start, run[-1].end)
    gap = text[end : after[0].start] if after else ""
    owned = grammar.owned
    if after and owned is not None and _close(gap) and owned.fullmatch(gap) and not apart(end, after[0].start):
        run = _listed(document, after)
        return tuple(dict.fromkeys(found.code for found in run)), (run[0].start, run[-1].end)
    for place in document.places:  # "a delegation from Baku"
        if place.country and grammar.of_town and text[end : place.start] == grammar.of_town:
            return (place.country,), (start, end)
    return (), (start, end)


def _listed(document: Document, countries: list[CountryFound]) -> list[CountryFound]:
    """Return the first of some countries with those listed beside it: "the ministers of A, B and C"."""
    listing = syntax.of(document.lang).listing
    run = countries[:1]
    for found in countries[1:]:
        first, last = sorted((run[-1], found), key=lambda one: one.start)
        if not listing.fullmatch(document.text, first.end, last.start):
            break
        run.append(found)
    return run


def _close(gap: str) -> bool:
    """Tell whether few words and no mark stand between a country and what it owns."""
    return len(_WORDS_BETWEEN.findall(gap)) <= _OWNED and not any(mark in gap for mark in ",;:()—–")


_SHORT_REACH: Final = frozenset({"see", "sees", "saw", "seen", "seeing"})
_OBJECT: Final = 3
"""Words between a verb such as "see" and somebody who is its object."""


def _has_object(document: Document, predicate: Predicate, parties: list[Party]) -> bool:
    """Tell whether somebody depends on a verb, in languages with the object behind the verb whether he stands there."""
    own = [party for party in parties if party.governor is predicate and party.form != "country"]
    if syntax.of(document.lang).free_order or predicate.passive:
        return bool(own)
    behind = [party for party in own if party.start >= predicate.end]
    behind = [party for party in behind if party.form != "group" or party.relation == "core"]
    if own and syntax.of(document.lang).object_pronoun.match(document.text, predicate.end):
        return True
    if predicate.meaning != "call" and predicate.words.lower() not in _SHORT_REACH:
        return bool(behind)
    return any(len(document.text[predicate.end : party.start].split()) <= _OBJECT for party in behind)


def _hosts_an_event(document: Document, predicate: Predicate, own: list[Predicate]) -> bool:
    """Tell whether the object of a verb of receiving is an event: "Ankara hosted the talks"."""
    nouns = [p for p in own if not p.verbal and p.meaning in MEETING and p.start >= predicate.end]
    return bool(nouns) and len(document.text[predicate.end : nouns[0].start].split()) <= _EVENT_NAME


_EVENT_NAME: Final = 8
"""Words before the noun in the name of an event: "the 16th Azerbaijani-Turkish High-Level Military Dialogue"."""


# --- government -----------------------------------------------------------------------------------------

_FAR: Final = 1000.0
_TOO_FAR: Final = 20.0
"""Cost from which a predicate governs nobody."""


_OUTER: Final = MEETING | {"hold"}
_A_WORD: Final = 1 / 3
"""Cost of a word between a predicate and what it may govern."""
_A_COMMA: Final = 2.0
_AHEAD: Final = 1.5
"""Cost of a predicate behind a day or town that nothing sets apart from what stands before it."""
_NEIGHBOURS: Final = 6
"""Predicates on each side that may govern a noun phrase."""


class _Counts:
    """Where words, clause breaks and asides stand in each sentence of a text, found when one is first asked for."""

    def __init__(self, document: Document) -> None:
        self.document: Final = document
        self.grammar: Final = syntax.of(document.lang)
        self._known: Final[dict[int, tuple[list[int], list[int], list[tuple[int, int]]]]] = {}

    def of(self, number: int) -> tuple[list[int], list[int], list[tuple[int, int]]]:
        """Return where the words, the breaks and the asides of a sentence are."""
        if number not in self._known:
            start, end, _ = self.document.sentences[number]
            words, text, grammar = self.document.words, self.document.words.lower, self.grammar
            self._known[number] = (
                [match.start() for match in _FOLDED_WORD.finditer(words.folded, start, end)],
                [match.start() for match in grammar.breaks.finditer(text, start, end)],
                [match.span() for match in grammar.asides.finditer(text, start, end)],
            )
        return self._known[number]


class _Sentence:
    """A sentence with counts of what stands between two places of it."""

    def __init__(self, counts: _Counts, number: int, parties: list[Party], predicates: list[Predicate]) -> None:
        self.grammar: Final = counts.grammar
        self.predicates: Final = predicates
        self._marks: Final = counts.document.frames.marks.get(number, ())
        self._text: Final = counts.document.words.lower
        self._start: Final = counts.document.sentences[number].start
        self._words, self._breaks, self.asides = counts.of(number)
        self._persons: Final = sorted({party.start for party in parties if party.form == "person"})
        self._finite: Final = [p.start for p in predicates if p.finite]
        self._others: Final = [p.start for p in predicates if not p.finite]
        self._starts: Final = [p.start for p in predicates]

    def opens(self, place: int) -> bool:
        """Tell whether a place stands at the beginning of the sentence or behind a comma."""
        return not self._before(place).strip() or self._before(place).rstrip().endswith((",", ":", "–", "—", "-"))

    def _before(self, place: int) -> str:
        words = self._text[self._start : max(self._start, place)].rstrip()
        return syntax.PLACING.sub("", words)

    def near(self, start: int) -> list[tuple[int, Predicate]]:
        """Return the predicates on both sides of a place, with their numbers."""
        at = bisect.bisect_left(self._starts, start)
        numbers = range(max(0, at - _NEIGHBOURS), min(len(self.predicates), at + _NEIGHBOURS))
        return [(number, self.predicates[number]) for number in numbers]

    def distance(self, first: int, last: int, *, persons: float, finite: float, others: float) -> float:
        """Return what stands between two places: words, commas, clause breaks, people and predicates, weighed."""
        cost = self._counts(first, last, persons, finite, others)
        for start, end in self.asides:
            if first <= start and end <= last and any(p.meaning in _OUTER for p in self.predicates if p.start >= end):
                cost -= self._counts(start, end, persons, finite, others)
        return cost

    def _counts(self, first: int, last: int, persons: float, finite: float, others: float) -> float:
        cost = _between(self._words, first, last) * _A_WORD
        if self._breaks:
            cost += 4.0 * _between(self._breaks, first, last)
        cost += _A_COMMA * self._text.count(",", first, last)
        if persons and self._persons:
            cost += persons * _between(self._persons, first, last)
        if self._finite:
            cost += finite * _between(self._finite, first, last)
        if others and self._others:
            cost += others * _between(self._others, first, last)
        return cost

    def parted_by_aside(self, party: Party, predicate: Predicate) -> bool:
        """Tell whether one stands in such a clause, the other outside or behind it: "X, who had lost Y to Z, met"."""
        return any(
            (start <= party.start < end and not start <= predicate.start < end and not self._led(start, end))
            or start <= predicate.start < end <= party.start
            for start, end in self.asides
        )

    def _led(self, start: int, end: int) -> bool:
        """Tell whether it says who came with somebody: "who was accompanied by General X"."""
        return any(start <= mark.start < end and mark.meaning == "lead" for mark in self._marks)

    def aside_after(self, party: Party, predicate: Predicate) -> bool:
        """Tell whether a predicate stands in a clause that only tells of a party: "X, who arrived on Monday, met Y"."""
        return any(
            0 <= start - party.end <= 1
            and start <= predicate.start < end
            and any(p.meaning in _OUTER for p in self.predicates if p.start >= end)
            for start, end in self.asides
        )


def _between(places: list[int], first: int, last: int) -> int:
    return bisect.bisect_left(places, last) - bisect.bisect_left(places, first)


def _tie(document: Document, counts: _Counts, number: int, parties: list[Party], predicates: list[Predicate]) -> None:
    """Give each party of a sentence its governor; parties in a row share that of the best tied one."""
    usable = [predicate for predicate in predicates if predicate.meaning not in {"plan", "cancel"}]
    for party in parties:
        party.governor = None
    if not usable or not parties:
        return
    sentence = _Sentence(counts, number, parties, usable)
    for run in _rows(document, parties):
        _share_relation(document, run)
        costs = [min((_cost(sentence, party, p), n) for n, p in sentence.near(party.start)) for party in run]
        for party, (cost, n) in zip(run, costs, strict=True):
            party.governor = usable[n] if cost < _TOO_FAR else None
        if len(run) > 1:
            cost, n = costs[-1] if sentence.grammar.verb_last else costs[0]
            lead = usable[n] if cost < _TOO_FAR else None
            for party in run:
                if (
                    party.relation not in {"agent", "about", "owner"}
                    and party.governor is not None
                    and lead is not None
                ):
                    party.governor = lead


def _share_relation(document: Document, run: list[Party]) -> None:
    """Give those of a row that show no tie of their own that of the one who shows it: "with A and B"."""
    marked = run[-1] if syntax.of(document.lang).verb_last else run[0]
    for party in run:
        bare = party.relation == "core" and marked.relation in {"with", "object", "agent", "to", "between", "of"}
        if bare or (party.relation == "agent" and marked.relation in {"with", "between"}):
            party.relation = marked.relation


def _tie_owners(document: Document, parties: list[Party]) -> None:
    """Tie "Gurbanov's" to what governs his delegation."""
    for owner, group in itertools.pairwise(parties):
        near = len(document.text[owner.end : group.start].split()) <= _OBJECT
        if owner.relation == "owner" and owner.person is not None and group.form == "group" and near:
            owner.governor = group.governor


def _rows(document: Document, parties: list[Party]) -> list[list[Party]]:
    """Return the parties in rows: "A, B and C" stand together, "A, B" if "and" or more names follow."""
    joins = syntax.of(document.lang).joins
    own = [party for party in parties if party.form != "country"]
    rows: list[list[Party]] = [[party] for party in parties if party.form == "country"]
    row: list[Party] = []
    loose: list[Party] = []
    for party in own:
        gap = _without_countries(document, (loose or row)[-1].end, party.start) if row else ""
        if row and gap.strip() and joins.fullmatch(gap):
            if gap.strip() == ",":
                loose.append(party)
            else:
                row += [*loose, party]
                loose = []
            continue
        rows += _closed(row, loose)
        row, loose = [party], []
    return [row for row in [*rows, *_closed(row, loose)] if row]


def _closed(row: list[Party], loose: list[Party]) -> list[list[Party]]:
    """Return a row and what only commas tie to it: two or more named people are of the row without an "and", too."""
    if len(loose) > 1 and all(party.person is not None for party in (*row, *loose)):
        return [[*row, *loose]]
    return [row, *([one] for one in loose)]


def _without_countries(document: Document, start: int, end: int) -> str:
    """Return a stretch without the countries of the people around it: "A of Jordan, B (Türkiye) and"."""
    gap = document.text[start:end]
    first = bisect.bisect_left(document.countries, start, key=lambda found: found.start)
    for found in document.countries[first:]:
        if found.end > end:
            break
        own = re.escape(document.text[found.start : found.end])
        gap = re.sub(rf"^\s*(?:\(\s*{own}\s*\)|{syntax.of(document.lang).of_country}{own})", "", gap, count=1)
    return gap


def _cost(sentence: _Sentence, party: Party, predicate: Predicate) -> float:
    """Return how far a predicate is from governing a party: words between, clause breaks, others in between.

    What follows an event noun directly is its genitive in languages that have it there: "заседание НАТО". An event noun
    governs what its own words begin: "Совета министров обороны".
    """
    if party.start <= predicate.start < party.end:
        return 0.0 if party.form == "country" else _FAR
    if predicate.start < party.start < predicate.end and not predicate.verbal:
        return 0.0
    left = predicate.end <= party.start
    first, last = (predicate.end, party.start) if left else (party.end, predicate.start)
    if sentence.asides and (
        sentence.parted_by_aside(party, predicate) or (not left and sentence.aside_after(party, predicate))
    ):
        return _FAR
    follows = left and 0 <= party.start - predicate.end <= 1
    if follows and party.form == "country" and not predicate.verbal and sentence.grammar.noun_first:
        return 0.0
    cost = sentence.distance(first, last, persons=0.7, finite=2.5, others=1.0)
    return cost + _direction(party, predicate, left=left, verb_last=sentence.grammar.verb_last)


_NEVER: Final = 20.0


def _direction(party: Party, predicate: Predicate, *, left: bool, verb_last: bool) -> float:
    """Return what the place and the tie of a party say against a predicate; ``left`` is a predicate before it."""
    if party.relation == "owner":
        return _NEVER if left or predicate.verbal else 0.0
    inside = party.person is not None and not party.person.titled and not party.person.known
    if party.relation == "in" and inside:
        return _NEVER
    return _before_the_verb(party, predicate, left=left) if verb_last else _around_the_verb(party, predicate, left=left)


def _before_the_verb(party: Party, predicate: Predicate, *, left: bool) -> float:
    cost = 8.0 if left else 0.0
    if predicate.verbal and not predicate.finite and party.relation not in {"of", "agent"}:
        cost += 12.0 if party.relation == "core" else 2.5
    if not predicate.verbal and party.relation not in {"of", "between", "with"}:
        cost += 12.0 if party.relation == "core" else 4.0
    return cost


def _around_the_verb(party: Party, predicate: Predicate, *, left: bool) -> float:
    relation = party.relation
    if relation in {"core", "about", "in"}:
        if not predicate.verbal:
            return 6.0
        if predicate.finite:
            return 1.5 if left else 0.0
        return 1.0 if left else 2.5
    cost = 0.0 if left else 3.5
    if relation == "agent" and not predicate.verbal:
        cost += _NEVER if predicate.meaning in {"message", "meet", "discuss"} else 4.0
    elif relation == "agent" and not (predicate.passive or predicate.tense == "participle"):
        cost += 2.0
    return cost + (1.5 if relation == "of" and predicate.verbal else 0.0)


def _governor(
    document: Document, counts: _Counts, known: dict[int, _Sentence], start: int, end: int
) -> Predicate | None:
    """Return the predicate whose clause a place of the text stands in; ``known`` are the sentences asked for before."""
    number = document.sentence_at(start)
    if number not in known:
        known[number] = _Sentence(counts, number, [], document.frames.predicates.get(number, []))
    return _nearest(known[number], start, end)


def _nearest(sentence: _Sentence, start: int, end: int) -> Predicate | None:
    """Return the predicate whose clause a day or a town stands in."""
    best: tuple[float, int] | None = None
    for number, predicate in sentence.near(start):
        left = predicate.end <= start
        first, last = (predicate.end, start) if left else (end, predicate.start)
        cost = sentence.distance(first, last, persons=0.0, finite=1.5, others=0.0)
        cost += (5.0 if left and sentence.grammar.verb_last else 0.0) + (0.0 if predicate.finite else 1.0)
        cost += 0.5 if predicate.meaning == "plan" else 0.0
        cost += 0.0 if left or sentence.grammar.verb_last or sentence.opens(start) else _AHEAD
        if best is None or cost < best[0]:
            best = (cost, number)
    return sentence.predicates[best[1]] if best else None


def known_post(person: Person) -> str | None:
    """Return the key of a person's office: as printed, or as he is known to hold it."""
    vague = field_of(person.post) in {None, "generic"}
    return person.known.post if vague and person.known else person.post


def field_of(post: str | None) -> str | None:
    """Return the field of an office, None for none."""
    found: str | None = table("posts")[post]["field"] if post else None
    return found
