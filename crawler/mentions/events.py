"""The meetings a text tells of: its predicates grouped by who, when and how, told apart from what it only recalls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from crawler.items import Status
from crawler.language import syntax
from crawler.language.dates import DateFound
from crawler.mentions.clauses import Clauses, Party, field_of, known_post
from crawler.mentions.document import Document
from crawler.mentions.frames import MEETING, STRONG, Mark, Predicate
from crawler.mentions.gapping import fill_gaps
from crawler.mentions.people import HOME, Person
from crawler.rules import fires

ASSEMBLING: Final = frozenset({"CIS", "OTS", "CSTO", "SCO", "NATO", "EU"})
"""Organizations whose members' ministers and chiefs gather."""
_LEAD: Final = 2
"""Sentences of the body in which an aside still belongs to the news."""
_OLD: Final = dt.timedelta(days=4)
"""A day this long before publication, named after the lead, is that of an earlier meeting."""
_LAST_WEEK: Final = dt.timedelta(days=13)
"""A day this near publication is that of news even beside "last week"."""
_NEWS: Final = 3
"""Sentences in which a meeting that lies ahead is announced."""
_MOST: Final = 200
"""Predicates of an article that are grouped; the longest reports have some thirty."""
_REACH: Final = 10
"""Words between an event noun and the verb that carries it; twice as many where the verb stands last."""


@dataclass(slots=True, eq=False)
class Event:
    """One meeting: its predicates, and the parties that depend on them.

    ``prospect`` tells that the text names its programme; ``cancelled`` that it calls it off.
    """

    predicates: list[Predicate] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    cancelled: bool = False
    prospect: bool = False
    _status: Status | None = None

    @property
    def meanings(self) -> set[str]:
        """Return the meanings of the predicates."""
        return {predicate.meaning for predicate in self.predicates}

    @property
    def persons(self) -> list[Person]:
        """Return the named people in text order."""
        return list({id(p.person): p.person for p in self.parties if p.person is not None}.values())

    @property
    def foreign(self) -> set[str]:
        """Return the codes of parties from abroad."""
        return {code for party in self.parties for code in codes_of(party)} - {HOME}

    @property
    def gathers(self) -> bool:
        """Tell whether the ministers, chiefs or heads of an organization's members meet."""
        return any(
            party.plural
            and party.form in {"office", "group"}
            and party.relation != "about"
            and set(party.codes) & ASSEMBLING
            for party in self.parties
        )

    @property
    def remote(self) -> bool:
        """Tell whether it is a call."""
        return "call" in self.meanings

    @property
    def told_as_visit(self) -> bool:
        """Tell whether a visit that began is told of before any meeting."""
        own = [p for p in self.predicates if not p.reference and (p.tense != "participle" or not p.verbal)]
        return bool(own) and own[0].meaning in {"visit", "depart"} and own[0].tense in {"past", "present"}

    @property
    def status(self) -> Status:
        """Return whether it was held, lies ahead or is off, by the tense of what tells of it."""
        return self._status or self._read_status()

    def settle(self) -> None:
        """Keep the status, now that all predicates are known."""
        self._status = self._read_status()

    def _read_status(self) -> Status:
        own = [p for p in self.predicates if not p.reference]
        first = min((p.sentence for p in own), default=0)
        strong = [p for p in own if p.meaning in STRONG | {"sign"}]
        happened = [p for p in own if p.meaning in STRONG | {"sign", "visit", "discuss", "attend"} and not p.denied]
        if self.cancelled and not any(p.verbal and p.tense in {"past", "present"} for p in happened):
            return "cancelled"
        deciding = [p for p in own if p in strong or (p.meaning == "discuss" and p.tense == "past")]
        decided = next((p for p in deciding if p.tense in {"past", "present", "future"}), None)
        if decided is not None and (decided.tense != "future" or decided.sentence <= first + _NEWS):
            return "announced" if decided.tense == "future" else "held"
        if any(p.verbal and p.tense == "participle" for p in strong):
            return "held"
        told = [p for p in own if p.tense in {"past", "present"}]
        ahead = [
            p
            for p in own
            if p.meaning != "depart" and (p.tense == "future" or (p.tense == "infinitive" and p in strong))
        ]
        prospect = self.prospect or bool(ahead)
        if any(p.tense == "future" for p in own) and not told:
            return "announced"
        return "announced" if told and prospect and all(p.meaning == "depart" for p in told) else "held"


def codes_of(party: Party) -> tuple[str, ...]:
    """Return the countries of a party: the person's own, as far as it is known, or those printed."""
    if party.person is not None:
        return (party.person.country,) if party.person.country else ()
    return party.codes


def read_events(
    document: Document,
    clauses: Clauses,
    reference: dt.date | None,
    people: list[Person],
    assign: Callable[[Document, list[Person], Clauses], None],
) -> list[Event]:
    """Return the meetings the text tells of in text order, those it only recalls left out.

    ``assign`` gives the people their countries once tense and background are known.
    """
    fill_gaps(document, clauses)
    _carry(document, clauses)
    _convene(document, clauses)
    _converse(clauses)
    _look_back(document, clauses, reference)
    assign(document, people, clauses)
    _share_subjects(clauses)
    _stand_for(document, clauses)
    events: list[Event] = []
    told = [p for n in sorted(clauses.frames.predicates) for p in clauses.frames.predicates[n]]
    for predicate in [p for p in told if p.meaning in MEETING and not p.background][:_MOST]:
        _place(document, clauses, predicate, events)
    parts = [part for event in events for part in _apart(clauses, event)]
    for event in parts:
        _leave_to_others(event, parts)
        event.settle()
    return parts


def _leave_to_others(event: Event, events: list[Event]) -> None:
    """Take from an event whose guests are named the countries of another event's: "calls with A, B colleagues"."""
    own = {person.country for person in event.persons} - {HOME, None}
    others = {person.country for other in events if other is not event for person in other.persons} - {HOME, None} - own
    if own and others:
        reduced = [p if p.person or not set(p.codes) & others else _without(p, others) for p in event.parties]
        event.parties = [p for p in reduced if p.person or p.codes or not p.plural]


def _without(party: Party, codes: set[str | None]) -> Party:
    return replace(party, codes=tuple(code for code in party.codes if code not in codes))


def _apart(clauses: Clauses, event: Event) -> list[Event]:
    """Return an event a country where one sentence says that somebody met several separately, else the event."""
    separate = any(p.meaning in STRONG and clauses.frames.marked(p.sentence, "separately") for p in event.predicates)
    guests = [p for p in event.parties if separate and p.person is not None and set(codes_of(p)) - {HOME}]
    codes = list(dict.fromkeys(code for party in guests for code in codes_of(party)))
    if len(codes) < 2 or _many_sided(clauses, event):  # noqa: PLR2004
        return [event]
    return [
        Event(
            list(event.predicates), [p for p in event.parties if not set(codes_of(p)) - {HOME, code}], event.cancelled
        )
        for code in codes
    ]


def _many_sided(clauses: Clauses, event: Event) -> bool:
    return any(clauses.frames.marked(p.sentence, "three_sided") for p in event.predicates if p.meaning in STRONG)


# --- tense --------------------------------------------------------------------------------------------


def _carry(document: Document, clauses: Clauses) -> None:
    """Give event nouns the tense and the arguments of their light verb, and everything the prospect of "is planned"."""
    moved: dict[int, Predicate] = {}
    for own in clauses.frames.predicates.values():
        for light in [p for p in own if p.meaning == "hold"]:
            nouns = [p for p in own if not p.verbal and p.meaning in MEETING and _joined(document, p, light)]
            if not nouns:
                continue
            noun = min(nouns, key=lambda p: abs(p.start - light.start))
            if noun.tense == "participle" and light.tense != "participle":
                noun.tense, noun.reference = light.tense, False
            moved[id(light)] = noun
        moved |= _planned(document, own)
    if moved:
        clauses.hand_over(moved)


def _planned(document: Document, own: list[Predicate]) -> dict[int, Predicate]:
    """Let what is planned lie ahead; return it by the identity of the word of planning."""
    planned: dict[int, Predicate] = {}
    for plan in [p for p in own if p.meaning == "plan"]:
        for predicate in [p for p in own if p.meaning in MEETING and p.tense in {"participle", "infinitive"}]:
            if _joined(document, predicate, plan):
                if plan.tense != "anterior":
                    predicate.tense, predicate.reference = "future", False
                planned[id(plan)] = predicate
    return planned


def _convene(document: Document, clauses: Clauses) -> None:
    """Let an assembly that somebody takes part in be told of."""
    for own in clauses.frames.predicates.values():
        for verb in [p for p in own if p.meaning == "attend" and p.finite]:
            for noun in [p for p in own if p.meaning == "assembly" and _joined(document, p, verb)]:
                noun.tense, noun.reference = verb.tense, False


def _converse(clauses: Clauses) -> None:
    """Take "X told Y", where both hold an office, for a talk, and "in the call X congratulated his colleague"."""
    for own in clauses.frames.predicates.values():
        for predicate in [p for p in own if p.meaning == "address" and p.verbal]:
            if any(p.meaning == "call" for p in own) and any(p.person is not None for p in clauses.of(predicate)):
                predicate.meaning = "discuss"
        for predicate in [p for p in own if p.meaning == "say" and p.verbal]:
            people = [p for p in clauses.of(predicate) if p.person is not None and (p.person.titled or p.person.known)]
            hearers = [p for p in people if p.relation == "to" or (predicate.hearer and p.start >= predicate.end)]
            if hearers and any(p.relation == "core" and p not in hearers for p in people):
                predicate.meaning = "discuss"


def _joined(document: Document, one: Predicate, other: Predicate) -> bool:
    """Tell whether two predicates stand in one clause, near each other."""
    first, last = (one.end, other.start) if one.end <= other.start else (other.end, one.start)
    grammar = syntax.of(document.lang)
    between = (
        grammar.relative.sub("", document.text[first:last]) if one.end <= other.start else document.text[first:last]
    )
    reach = 2 * _REACH if grammar.verb_last else _REACH
    return len(between.split()) <= reach and not grammar.breaks.search(between.lower())


# --- background ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Past:
    """What tells that a predicate speaks of something earlier or later than the news, each rule by its name."""

    document: Document
    clauses: Clauses
    reference: dt.date | None
    first: Predicate | None
    days: dict[int, list[DateFound]]

    def why(self, predicate: Predicate) -> str:
        """Return the rule that makes a predicate background, empty when none does."""
        rules = (
            ("done by a spokesman", self._by_outsider),
            ("told as earlier", self._anterior),
            ("told of meetings in general", self._general),
            ("the next one", self._next),
            ("recalled", self._recalled),
            ("an aside", self._aside),
            ("of another day", self._of_another_day),
            ("of another year", self._of_another_year),
        )
        return next((name for name, test in rules if test(predicate) and fires(f"background: {name}")), "")

    def _in_lead(self, predicate: Predicate) -> bool:
        return predicate.sentence < self.document.lead + _LEAD

    def _by_outsider(self, predicate: Predicate) -> bool:
        people = [party.person for party in self.clauses.of(predicate) if party.person is not None]
        return bool(people) and all(person.field == "outsider" for person in people)

    @staticmethod
    def _anterior(predicate: Predicate) -> bool:
        return predicate.tense == "anterior"

    def _general(self, predicate: Predicate) -> bool:
        return self.clauses.frames.marked(predicate.sentence, "general")

    def _next(self, predicate: Predicate) -> bool:
        return predicate.tense == "future" and self.clauses.frames.marked(predicate.sentence, "next")

    def _recalled(self, predicate: Predicate) -> bool:
        return _recalled(self.document, self.clauses, predicate, self._recent, in_lead=self._in_lead(predicate))

    def _recent(self, mark: Mark) -> bool:
        """Tell whether words are a day of the last ones: "had talks a day earlier", "last week, on June 26"."""
        if self.reference is None:
            return False
        sentence = self.document.sentence_at(mark.start)
        for date, _ in self.clauses.days:
            if date.day is None or self.document.sentence_at(date.start) != sentence:
                continue
            beside = date.start < mark.end and mark.start < date.end
            spanned = " " in mark.words and not date.has_year  # "last week", not "earlier"
            if date.day >= self.reference - (_OLD if beside else _LAST_WEEK) and (beside or spanned):
                return True
        return False

    def _aside(self, predicate: Predicate) -> bool:
        return not self._in_lead(predicate) and self.clauses.frames.marked(predicate.sentence, "aside")

    def _of_another_day(self, predicate: Predicate) -> bool:
        dates = self.days.get(id(predicate)) or self._days_of_nouns(predicate)
        in_lead = self._in_lead(predicate)
        aside = self.clauses.frames.marked(predicate.sentence, "aside")
        leads = predicate is self.first and in_lead and not aside and any(date.day is not None for date in dates)
        if predicate.tense in {"future", "infinitive"} and all(
            date.day is None and date.year is None for date in dates
        ):
            return False
        return not leads and _is_old(dates, self.reference, in_lead=in_lead and predicate is not self.first)

    def _days_of_nouns(self, predicate: Predicate) -> list[DateFound]:
        """Return the days of the nouns of a verb's sentence: "spoke at the gathering in January"."""
        nouns = [p for p in self.clauses.frames.predicates.get(predicate.sentence, ()) if not p.verbal]
        return [date for noun in nouns for date in self.days.get(id(noun), [])] if predicate.finite else []

    def _of_another_year(self, predicate: Predicate) -> bool:
        if self.reference is None or self.days.get(id(predicate)) or predicate.tense in {"future", "infinitive"}:
            return False
        years = [year for year, governor in self.clauses.years if governor is predicate]
        if not years and not predicate.verbal:  # "in 2009 they quarrelled, and that meeting gave nothing"
            years = [
                year
                for year, governor in self.clauses.years
                if governor.sentence == predicate.sentence and governor.meaning not in MEETING
            ]
        return bool(years) and max(years) < self.reference.year


def _look_back(document: Document, clauses: Clauses, reference: dt.date | None) -> None:
    """Mark what the text recalls or looks ahead to, and what is no news for another reason."""
    days: dict[int, list[DateFound]] = {}
    for date, predicate in clauses.days:
        if predicate is not None:
            days.setdefault(id(predicate), []).append(date)
    told = [p for n in sorted(clauses.frames.predicates) if n >= document.lead for p in clauses.frames.predicates[n]]
    told = [predicate for predicate in told if predicate.meaning in MEETING]
    past = _Past(document, clauses, reference, told[0] if told else None, days)
    before: Predicate | None = None
    for predicate in told:
        predicate.background = predicate.background or past.why(predicate)
        if not predicate.background and before is not None and _coordinate(clauses, before, predicate):
            predicate.background = before.background
        before = predicate


def _coordinate(clauses: Clauses, before: Predicate, predicate: Predicate) -> bool:
    """Tell whether a verb has the subject of the one before it: "visited Baku in 2020 and spoke with X"."""
    told = predicate.finite or (not predicate.verbal and predicate.tense != "participle")
    if before.sentence != predicate.sentence or not told or not before.verbal:
        return False
    return before.background not in {"", "told as earlier", "denied"} and not any(
        party.relation in {"core", "agent"} and party.start < predicate.start for party in clauses.of(predicate)
    )


def _recalled(
    document: Document, clauses: Clauses, predicate: Predicate, recent: Callable[[Mark], bool], *, in_lead: bool
) -> bool:
    breaks = syntax.of(document.lang).breaks
    sentence = document.sentences[predicate.sentence]
    for mark in clauses.frames.marks.get(predicate.sentence, ()):
        if mark.meaning == "recollection":
            ahead = syntax.of(document.lang).verb_last
            if (predicate.end <= mark.start and not predicate.verbal) if ahead else mark.end <= predicate.start:
                return True
        if mark.meaning != "recall" or (in_lead and recent(mark)):
            continue
        opens = not document.text[sentence.start : mark.start].strip(' "«“–—')
        first, last = (mark.end, predicate.start) if mark.end <= predicate.start else (predicate.end, mark.start)
        if opens or not in_lead or not breaks.search(document.text[first:last].lower()):
            return True
    return False


def _is_old(dates: list[DateFound], reference: dt.date | None, *, in_lead: bool) -> bool:
    """Tell whether the days of a clause are all long before publication, or name only a month or year of the past."""
    if not dates or reference is None:
        return False
    for date in dates:
        if date.day is not None:
            if (date.end_day or date.day) >= reference - _OLD or (in_lead and not date.has_year):
                return False
        elif date.month is None or (_latest_year(date, reference), date.month) >= _month_of(reference - _OLD):
            return False
    return True


def _latest_year(date: DateFound, reference: dt.date) -> int:
    """Return the year of a month, the last that had it by then where none is told."""
    return date.year or (
        reference.year if date.month is not None and date.month <= reference.month else reference.year - 1
    )


def _month_of(day: dt.date) -> tuple[int, int]:
    return day.year, day.month


def _share_subjects(clauses: Clauses) -> None:
    """Give a verb without a subject that of the verb before it in its sentence: "invited X and sat down with him"."""
    for own in clauses.frames.predicates.values():
        before: Predicate | None = None
        for predicate in own:
            if predicate.meaning not in MEETING | {"invite", "hold"} or predicate.background:
                continue
            mine = clauses.of(predicate)
            subjects_own = {"core"} if predicate.passive else {"core", "agent"}
            if (
                before is not None
                and predicate.verbal
                and not any(p.relation in subjects_own and p.form != "group" for p in mine)
            ):
                whole = not mine and before.verbal
                subjects = [p for p in clauses.of(before) if p.form == "person" and (whole or p.relation == "core")]
                clauses.add(replace(party, governor=predicate) for party in subjects)
            before = predicate


def _stand_for(document: Document, clauses: Clauses) -> None:
    """Give "he received the guests" the subject of the sentence before it."""
    pattern = syntax.of(document.lang).subject_pronoun
    for sentence, own in sorted(clauses.frames.predicates.items()):
        for predicate in own:
            if predicate.background or not predicate.finite or predicate.meaning not in STRONG | {"discuss", "sign"}:
                continue
            first = document.sentences[sentence].start
            if not pattern.search(document.words.lower[first : predicate.start]):
                continue
            mine = clauses.of(predicate)
            if any(p.relation in {"core", "agent"} and p.form != "country" and p.start < predicate.start for p in mine):
                continue
            before = [p for p in clauses.subjects(sentence - 1) if p.person is not None]
            if before and not any(p.person is before[0].person for p in mine):
                clauses.add([replace(before[0], governor=predicate, sentence=sentence)])


# --- grouping -----------------------------------------------------------------------------------------


def _place(document: Document, clauses: Clauses, predicate: Predicate, events: list[Event]) -> None:
    """Add a predicate to the event it tells of, or let it found one."""
    if _of_other_news(document, clauses, predicate):
        return
    parties = clauses.of(predicate)
    somebody = any(party.form != "country" for party in parties)
    acting = somebody or any(party.relation in {"core", "between"} for party in parties)
    if predicate.verbal and predicate.meaning in {"visit", "depart"} and not acting:
        return
    if (predicate.denied and not events) or _in_an_office(clauses, predicate):
        return
    fitting = [event for event in reversed(events) if not _conflict(clauses, event, predicate, parties)]
    if fitting:
        event = fitting[0]
        event.predicates.append(predicate)
        event.parties += parties
        event.prospect = event.prospect or clauses.frames.marked(predicate.sentence, "programme")
        event.cancelled = event.cancelled or (len(event.predicates) < _NEWS and _is_off(clauses, predicate))
        return
    told = predicate.verbal or predicate.tense != "participle"
    if not events:
        headline = document.sentences[predicate.sentence].is_headline
        quoted = any(
            field_of(post.term.key) == "outsider" and document.sentence_at(post.start) == predicate.sentence
            for post in document.posts
        )
        if told or (somebody and not quoted) or (headline and parties) or _is_event(predicate, parties):
            programme = clauses.frames.marked(predicate.sentence, "programme")
            events.append(Event([predicate], list(parties), _is_off(clauses, predicate), programme))
    elif predicate.tense == "future" and not predicate.verbal and events[0].status == "held":
        return  # "a planned visit was also discussed"
    elif _founds(predicate, parties) and somebody and not predicate.reference and told:
        events.append(Event([predicate], _with_guests(events[-1], list(parties)), _is_off(clauses, predicate)))


def _in_an_office(clauses: Clauses, predicate: Predicate) -> bool:
    """Tell whether an assembly is only part of somebody's office: "the Chairman of the NATO Military Committee, X"."""
    return predicate.meaning == "assembly" and any(
        party.form == "person" and party.start <= predicate.start < party.end for party in clauses.parties
    )


def _founds(predicate: Predicate, parties: list[Party]) -> bool:
    """Tell whether a predicate can tell of a further meeting: people met or came, or somebody talked with somebody."""
    if predicate.meaning in STRONG | {"visit"}:
        return True
    sides = {party.relation for party in parties if party.person is not None}
    return predicate.meaning == "discuss" and predicate.finite and {"core", "with"} <= sides


def _is_event(predicate: Predicate, parties: list[Party]) -> bool:
    """Tell whether a noun tells of a meeting by itself: a service meeting, an assembly with members."""
    return predicate.meaning == "internal" or (predicate.meaning == "assembly" and bool(parties))


_OTHER_NEWS: Final = {"attend": "drill", "sign": "decree"}
"""What is told of otherwise when it stands beside the verb."""


def _of_other_news(document: Document, clauses: Clauses, predicate: Predicate) -> bool:
    """Tell whether a verb tells of no meeting: "the units took part in exercises", "the president signed an order"."""
    return any(
        mark.meaning == _OTHER_NEWS.get(predicate.meaning)
        and len(document.text[min(predicate.end, mark.end) : max(predicate.start, mark.start)].split()) <= _AT
        for mark in clauses.frames.marks.get(predicate.sentence, ())
    )


_AT: Final = 3
"""Words between a verb and what it is done with."""


def _with_guests(last: Event, parties: list[Party]) -> list[Party]:
    """Return the parties of a further event; where it names only one side the other is that of the event before."""
    codes = {code for party in parties for code in codes_of(party)}
    if codes <= {HOME}:
        return [*parties, *(p for p in last.parties if set(codes_of(p)) - {HOME})]
    if HOME not in codes:
        return [*parties, *(p for p in last.parties if HOME in codes_of(p))]
    return parties


def _is_off(clauses: Clauses, predicate: Predicate) -> bool:
    return predicate.denied or any(p.meaning == "cancel" for p in clauses.frames.predicates.get(predicate.sentence, ()))


def _conflict(clauses: Clauses, event: Event, predicate: Predicate, parties: list[Party]) -> bool:
    """Tell whether a predicate speaks of another meeting than the event."""
    if not parties:
        return _ahead_of(event, predicate)
    codes = {code for party in parties for code in codes_of(party)}
    foreign = codes - {HOME}
    known = {person.country for person in event.persons} - {HOME, None} or _guests(event)
    apart = bool(foreign and known) and not foreign & known and not _many(clauses, event)
    if apart and not _adds_a_side(clauses, predicate) and not _journey_to(event, predicate):
        return True
    if predicate.meaning == "call" and not event.remote and event.meanings & STRONG and predicate.verbal:
        return True
    if event.remote and predicate.meaning == "receive" and predicate.verbal:
        return True
    return (
        _ahead_of(event, predicate)
        or _another_journey(event, predicate, parties)
        or _another_host(clauses, event, predicate, parties)
        or _another_day(clauses, event, predicate, foreign)
    )


def _guests(event: Event) -> set[str]:
    """Return the codes of an event's parties from abroad, organizations that are only named left out."""
    named = {code for party in event.parties if party.form == "country" for code in party.codes}
    others = {code for party in event.parties if party.form != "country" for code in codes_of(party)}
    return {code for code in event.foreign if code in others or (code in named and len(code) == len(HOME))}


def _adds_a_side(clauses: Clauses, predicate: Predicate) -> bool:
    """Tell whether a noun says that another side sat with them: "at a trilateral meeting with Türkiye"."""
    marks = clauses.frames.marks.get(predicate.sentence, ())
    return not predicate.verbal and any(m.meaning == "three_sided" and 0 <= predicate.start - m.end <= 1 for m in marks)


def _journey_to(event: Event, predicate: Predicate) -> bool:
    """Tell whether an assembly is what a journey led to: "will visit Kazakhstan", then "the council of the CIS"."""
    met = any(p.meaning in STRONG and not p.reference for p in event.predicates)
    return predicate.meaning == "assembly" and not met


def _ahead_of(event: Event, predicate: Predicate) -> bool:
    """Tell whether a predicate looks ahead of a meeting that was held."""
    held = [p for p in event.predicates if p.meaning in STRONG | {"sign"} and p.tense in {"past", "present"}]
    return predicate.tense == "future" and bool(held)


def _another_journey(event: Event, predicate: Predicate, parties: list[Party]) -> bool:
    """Tell whether a journey that lies ahead is of others than those who came."""
    if predicate.meaning not in {"visit", "depart"} or predicate.tense != "future":
        return False
    people = [p.person for p in parties if p.person is not None]
    came = any(p.meaning == "visit" and p.tense == "past" for p in event.predicates)
    return came and bool(people and event.persons) and not any(person in event.persons for person in people)


def _many(clauses: Clauses, event: Event) -> bool:
    return (
        event.gathers
        or len({person.country for person in event.persons} - {HOME, None}) > 1
        or any(clauses.frames.marked(p.sentence, "three_sided") for p in event.predicates if p.meaning in STRONG)
    )


_SENIOR: Final = ("deputy", "ambassador", "attache", "head_of", "adviser", "assistant")


def _another_host(clauses: Clauses, event: Event, predicate: Predicate, parties: list[Party]) -> bool:
    """Tell whether a further leader at home met the guests: "the guest was also received by the prime minister"."""
    if predicate.meaning not in STRONG | {"visit"} or not predicate.finite:
        return False
    if clauses.frames.marked(predicate.sentence, "airport"):
        return False
    if not clauses.frames.marked(predicate.sentence, "sequel") and predicate.meaning not in {"receive", "visit"}:
        return False
    mine = [p.person for p in parties if p.person is not None and p.person.country == HOME]
    theirs = [person for person in event.persons if person.country == HOME]
    if not mine or not theirs or any(person in theirs for person in mine):
        return False
    return all(_leads(person) for person in (mine[0], theirs[0]))


def _leads(person: Person) -> bool:
    post = known_post(person)
    if post is None or field_of(post) in {None, "generic", "modifier", "outsider", "diplomat", "attache"}:
        return False
    return not post.startswith(_SENIOR)


def _another_day(clauses: Clauses, event: Event, predicate: Predicate, foreign: set[str]) -> bool:
    """Tell whether a predicate with parties of its own has another stated day than the event."""
    told = predicate.finite or (not predicate.verbal and predicate.tense != "participle")
    if not told or predicate.meaning not in STRONG | {"discuss"}:
        return False
    own = [date for date, p in clauses.days if p is predicate and date.day is not None]
    others = [
        date
        for date, p in clauses.days
        if p in event.predicates and p.meaning in STRONG | {"discuss"} and date.day is not None
    ]
    if not own or not others or not (foreign or any(p.person for p in clauses.of(predicate))):
        return False
    return not any(
        (a.day <= (b.end_day or b.day) and b.day <= (a.end_day or a.day))
        for a in own
        for b in others
        if a.day and b.day
    )


def is_defence(post: str | None) -> bool:
    """Tell whether an office is one of defence, military or security."""
    return field_of(post) in {"defence", "military", "security", "border", "industry", "attache", "generic_military"}
