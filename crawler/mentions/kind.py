"""What form a meeting had: by the predicate it is first told with, and by how many sides sat together."""

from __future__ import annotations

from typing import Final

from crawler.items import Basis, Evidence, Kind
from crawler.mentions.clauses import Clauses, Party
from crawler.mentions.document import Document
from crawler.mentions.events import Event
from crawler.mentions.frames import STRONG, Mark, Predicate
from crawler.mentions.participants import Role
from crawler.mentions.parties import Parties
from crawler.mentions.people import HOME
from crawler.rules import fires

_EARLY: Final = 3
"""Sentences of a meeting in which its form is told."""


def find_kind(
    document: Document, clauses: Clauses, event: Event, roles: list[Role], parties: Parties
) -> tuple[Kind, Basis, Evidence]:
    """Return the first kind that fits: call, multilateral, internal, signing, visit, bilateral."""
    main = _main(document, clauses, event)
    call = _call(clauses, event, parties)
    if call and fires("kind: call"):
        return "call", "stated", _evidence("call", call)
    if parties.many and fires("kind: three or more parties"):
        return "multilateral", "stated", _evidence("three or more parties", " ".join(sorted(parties.codes)))
    if gathering := _gathering(event, roles, parties, main):
        return "multilateral", "stated", _evidence(*gathering)
    internal = next(
        (p for p in event.predicates if p.meaning == "internal" or (p.meaning == "meet" and not p.verbal)), None
    )
    if internal is not None and not parties.foreign and fires("kind: service meeting"):
        return "internal", "stated", _evidence("service meeting", internal.words)
    if _is_signing(clauses, event, main) and fires("kind: told first as a signing"):
        return "signing", "stated", _evidence("told first as a signing", main.words)
    talks = _talks(clauses, event)
    if talks is None and _both_speak(clauses, roles) and fires("kind: both sides are quoted"):
        return "bilateral", "implied", _evidence("both sides are quoted", main.words)
    visit = next((p for p in event.predicates if p.meaning in {"visit", "depart"}), None)
    if talks is None and visit is not None and fires("kind: visit without talks"):
        return "visit", "stated", _evidence("visit without talks", visit.words)
    words = talks.words if talks else main.words
    return "bilateral", "implied" if talks else "assumed", _evidence("two parties", words)


def _evidence(rule: str, words: str) -> Evidence:
    return Evidence(field="kind", rule=rule, words=words)


def _main(document: Document, clauses: Clauses, event: Event) -> Predicate:
    """Return the predicate of the body, or else of the headline, with which the meeting is told first."""
    own = [p for p in event.predicates if not p.reference and (p.tense != "participle" or not p.verbal)]
    body = [p for p in own if not document.sentences[p.sentence].is_headline]
    with_people = [p for p in body if any(party.form in {"person", "office"} for party in clauses.of(p))]
    return (with_people or body or own or event.predicates)[0]


def _call(clauses: Clauses, event: Event, parties: Parties) -> str:
    """Return the words that make the meeting a call, empty when none do."""
    if not parties.foreign:
        return ""
    sentences = list(dict.fromkeys(p.sentence for p in event.predicates if p.meaning in STRONG | {"discuss"}))[:_EARLY]
    before = clauses.frames.predicates[event.predicates[0].sentence]
    opening = [p for p in before if p.reference and p.start < event.predicates[0].start and not clauses.of(p)]
    for predicate in [*opening, *event.predicates]:  # "in a trilateral call the ministers discussed drills"
        if predicate.sentence not in sentences:
            continue
        if predicate.meaning == "call" and not any(p.meaning == "receive" and p.finite for p in event.predicates):
            return predicate.words
        for mark in clauses.frames.marks.get(predicate.sentence, ()):
            if mark.meaning == "remote" and not _to_the_press(clauses, predicate.sentence, mark):
                return mark.words
    return ""


def _to_the_press(clauses: Clauses, sentence: int, mark: Mark) -> bool:
    """Tell whether a call is that of somebody who told something: "told this newspaper over the phone"."""
    own = clauses.frames.predicates.get(sentence, ())
    nearest = min((p for p in own if p.verbal), key=lambda p: abs(p.start - mark.start), default=None)
    return nearest is not None and nearest.meaning in {"say", "other"}


def _gathering(event: Event, roles: list[Role], parties: Parties, main: Predicate) -> tuple[str, str] | None:
    """Return the rule and the words that make the meeting one of many sides, None when none do."""
    if any(p.post == "military_attache" and p.plural and not p.codes for p in event.parties) and fires(
        "kind: military attachés of many states"
    ):
        return "military attachés of many states", main.words
    if _on_margins(event, roles):
        return None
    if event.gathers and fires("kind: ministers or chiefs of an organization"):
        return "ministers or chiefs of an organization", main.words
    # a committee of two ministries is none of many states
    of_two = parties.basis == "stated" and len(parties.states) == 2 and not parties.organizations  # noqa: PLR2004
    assembly = next((p for p in event.predicates if p.meaning == "assembly" and not of_two), None)
    if assembly is not None and fires("kind: assembly of ministers or chiefs"):
        return "assembly of ministers or chiefs", assembly.words
    return None


def _is_signing(clauses: Clauses, event: Event, main: Predicate) -> bool:
    signed = main.meaning == "sign" and not _talked_first(event, main)
    return signed and not clauses.frames.marked(main.sentence, "guest_book")


def _on_margins(event: Event, roles: list[Role]) -> bool:
    """Tell whether two sides met beside an assembly: people of home and of one other country are named."""
    codes = {role.person.country for role in roles} - {None}
    assembly = any(p.meaning == "assembly" and not p.reference for p in event.predicates)
    told = [p for p in event.predicates if p.meaning in {"meet", "receive", "discuss", "sign"} and not p.reference]
    return bool(told) and not assembly and HOME in codes and len(codes) == 2  # noqa: PLR2004


def _talked_first(event: Event, main: Predicate) -> bool:
    return any(p.meaning in STRONG and p.start < main.start and not p.reference for p in event.predicates)


def _talks(clauses: Clauses, event: Event) -> Predicate | None:
    """Return the first predicate that says that people talked, not only that they came."""
    for predicate in event.predicates:
        people = [p for p in clauses.of(predicate) if p.form in {"person", "office", "group"}]
        if clauses.frames.marked(predicate.sentence, "airport") or (
            predicate.tense == "future" and event.told_as_visit
        ):
            continue
        if predicate.meaning == "visit" and _paid_to_somebody(people):
            return predicate
        if predicate.meaning in {"meet", "receive", "call"} and (
            people or predicate.reference or not predicate.verbal or predicate.finite
        ):
            return predicate
        if predicate.meaning == "discuss" and predicate.tense != "participle":
            return predicate
    return None


def _both_speak(clauses: Clauses, roles: list[Role]) -> bool:
    """Tell whether people of home and from abroad took part and one of them is quoted."""
    codes = {role.person.country for role in roles} - {None}
    speaking = {
        id(p.person) for p in clauses.parties if p.governor is not None and p.governor.meaning in {"say", "address"}
    }
    return HOME in codes and len(codes) > 1 and any(id(role.person) in speaking for role in roles)


def _paid_to_somebody(people: list[Party]) -> bool:
    """Tell whether people of home and from abroad depend on one word of visiting: "visited General Aydin"."""
    codes = {p.person.country for p in people if p.person is not None} - {None}
    return HOME in codes and len(codes) > 1


def find_mode(kind: Kind, *, hosted_abroad: bool) -> str | None:
    """Return the PLOVER mode of a kind."""
    if kind == "call":
        return "phone"
    if kind == "multilateral":
        return "multilateral"
    if kind == "visit":
        return "visit"
    return "third-party" if hosted_abroad else None
