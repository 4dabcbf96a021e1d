"""Who took part in a meeting: those its predicates have for arguments, and who speaks for a side without a name."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from crawler.items import Evidence, Lang
from crawler.knowledge import table
from crawler.language.text import lower
from crawler.mentions.clauses import Clauses, Party, field_of, known_post
from crawler.mentions.document import Document
from crawler.mentions.events import Event
from crawler.mentions.frames import MEETING, STRONG
from crawler.mentions.people import HOME, Person
from crawler.rules import fires

_SPEAKING: Final = frozenset({"say", "address", "hold", "plan", "other"})


class Role(NamedTuple):
    """Somebody who took part, where the text says so, and the rule that said it."""

    person: Person
    party: Party
    rule: str


@cache
def _commemorated(lang: Lang) -> frozenset[str]:
    return frozenset(lower(name, lang) for name in table("names")["commemorated"][lang])


def find_participants(document: Document, clauses: Clauses, event: Event) -> list[Role]:
    """Return who took part in an event, in text order."""
    roles: dict[int, Role] = {}
    for party in event.parties:
        if party.person is None or not _may(document, party.person) or _only_travels(event, party):
            continue
        rule = f"argument of {party.governor.meaning}" if party.governor else "argument"
        if id(party.person) not in roles and fires(f"present: {rule}"):
            roles[id(party.person)] = Role(party.person, party, rule)
    _add_present(document, clauses, event, roles)
    for party in event.parties:
        meant = _meant(document, clauses, party, roles) if party.form == "office" else None
        if meant is not None and id(meant) not in roles and fires("present: the one of his office"):
            roles[id(meant)] = Role(meant, party, "the one of his office")
    return sorted(roles.values(), key=lambda role: role.party.start)


def _add_present(document: Document, clauses: Clauses, event: Event, roles: dict[int, Role]) -> None:
    """Add those who depend on no verb of the meeting, and yet were there."""
    sides = {_side(role.person) for role in roles.values()}
    codes = {role.person.country for role in roles.values()} | event.foreign
    for party in clauses.parties:
        person = party.person
        if person is None or id(person) in roles or not _may(document, person):
            continue
        if _present(clauses, party, event, codes):
            rule = "present at the meeting"
        elif _side(person) not in sides and _speaks(clauses, party, event):
            rule = "speaks for a side that names nobody else"
        elif _side(person) not in sides and _invites(party, event):
            rule = "invited, and his office met"
        else:
            continue
        if fires(f"present: {rule}"):
            roles[id(person)] = Role(person, party, rule)


def _meant(document: Document, clauses: Clauses, party: Party, roles: dict[int, Role]) -> Person | None:
    """Return the one whom an office or rank without a name means: "The Field Marshal is to hold talks in Baku".

    He is named before it and is the only one with that office or rank; a general may be of any rank of generals.
    """
    rank = next((found.term.key for found in document.ranks if found.start == party.start), None)
    if party.plural or (rank is None and party.post is None):
        return None
    named = {id(p.person): p.person for p in clauses.parties if p.person is not None and p.start < party.start}
    alike = [
        person
        for person in named.values()
        if (rank is not None and (person.rank or "").endswith(rank)) or (party.post and person.post == party.post)
    ]
    if len(alike) != 1 or (party.codes and alike[0].country not in {*party.codes, None}):
        return None
    sides = {_side(role.person) for role in roles.values()}
    return alike[0] if _may(document, alike[0]) and _side(alike[0]) not in sides else None


def _only_travels(event: Event, party: Party) -> bool:
    """Tell whether a leader's journey is only the occasion: "while President X was in Azerbaijan"."""
    governor, person = party.governor, party.person
    if governor is None or person is None or governor.meaning not in {"visit", "depart", "attend"}:
        return False
    if person.field not in {"leader", "foreign"} or (
        governor.meaning == "attend" and _meeting_named_beside(party, event)
    ):
        return False
    strong = [p for p in event.predicates if p.meaning in STRONG | {"sign"} and not p.reference]
    return bool(strong) and not any(p.person is person and p.governor in strong for p in event.parties)


def _present(clauses: Clauses, party: Party, event: Event, codes: set[str | None]) -> bool:
    """Tell whether an office holder of a side is said to be there, by a word of thanks or without any known verb.

    At an assembly and a meeting of home's own people everybody who speaks is there.
    """
    person = party.person
    if person is None or not party.occurrence or not party.occurrence.titled:
        return False
    if party.sentence < min(p.sentence for p in event.predicates) - 1 or person.field in {"leader", "foreign"}:
        return False
    if clauses.frames.marked(party.sentence, "recall", "aside", "opinion") or clauses.recalls(party.sentence):
        return False
    among_many = "assembly" in event.meanings or len(event.foreign) > 1
    if (among_many and person.country != HOME) or (not event.foreign and person.country == HOME):
        return party.governor is None or party.governor.meaning in {"say", "hold", "address", "other"}
    if person.country in {*codes, None} and _heads_a_group(clauses, party):
        return True
    if person.country not in codes:
        return False
    if party.governor is not None:
        return party.governor.meaning == "address" or _does_something_there(party, event)
    return party.relation in {"core", "with"}


def _does_something_there(party: Party, event: Event) -> bool:
    """Tell whether somebody does what no known verb tells of where his sentence names the meeting by a noun."""
    governor = party.governor
    if governor is None or governor.meaning != "other" or governor.passive or party.relation != "core":
        return False
    return _meeting_named_beside(party, event)


def _meeting_named_beside(party: Party, event: Event) -> bool:
    """Tell whether a noun of the meeting stands in somebody's sentence: "He was present at the signing"."""
    return any(
        p.sentence == party.sentence and not p.verbal and p.meaning in STRONG | {"sign"} for p in event.predicates
    )


def _heads_a_group(clauses: Clauses, party: Party) -> bool:
    """Tell whether somebody is said to lead a side: "The hosts were headed by General X"."""
    led = [mark for mark in clauses.frames.marks.get(party.sentence, ()) if mark.meaning == "lead"]
    groups = [p for p in clauses.parties if p.sentence == party.sentence and p.form == "group"]
    return party.relation in {"core", "agent", "object"} and any(
        min(party.end, group.end) <= mark.start and mark.end <= max(party.start, group.start)
        for mark in led
        for group in groups
    )


def _invites(party: Party, event: Event) -> bool:
    """Tell whether somebody invited, and a minister or chief of his side is said to have met."""
    person = party.person
    if person is None or party.governor is None or party.governor.meaning != "invite":
        return False
    return any(
        other.form == "office" and (person.country in other.codes or (other.plural and not other.codes))
        for other in event.parties
    )


def _side(person: Person) -> bool:
    return person.country == HOME


def _may(document: Document, person: Person) -> bool:
    """Tell whether a person can take part in anything: no spokesman, reporter or namesake of a street."""
    return person.field != "outsider" and lower(person.name, document.lang) not in _commemorated(document.lang)


def _speaks(clauses: Clauses, party: Party, event: Event) -> bool:
    """Tell whether an office holder speaks where the meeting is told of."""
    person = party.person
    if person is None or person.field == "leader":
        return False
    of_meeting = any(p.sentence == party.sentence for p in event.predicates) and party.relation in {"core", "agent"}
    of_meeting = of_meeting or (party.relation == "core" and any(_unnamed_side(p) for p in event.parties))
    if not (person.titled or person.known or (of_meeting and len(person.words) > 1)):
        return False
    if person.country not in {HOME, None} and event.foreign and person.country not in event.foreign:
        return False
    own = clauses.frames.predicates.get(party.sentence, ())
    if any(p.background for p in own) and not any(p.meaning in MEETING and not p.background for p in own):
        return False
    if party.governor is not None and party.governor.meaning not in _SPEAKING:
        return False
    return field_of(known_post(person)) not in {"foreign", "outsider"} or not event.persons


def _unnamed_side(party: Party) -> bool:
    """Tell whether ministers of several states are said to have met without a name: "the ministers of A and B met"."""
    return party.form == "office" and len(party.codes) > 1


def evidence_of(role: Role) -> Evidence:
    """Return the role as evidence, with the words it stood on."""
    return Evidence(field="participants", rule=f"{role.person.name}: {role.rule}", words=role.party.words)
