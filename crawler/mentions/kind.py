"""What form a meeting had: by the predicate it is first told with, and by how many sides sat together."""

from __future__ import annotations

from typing import Final

from crawler.items import Basis, Evidence, Kind
from crawler.mentions.clauses import Clauses
from crawler.mentions.document import Document
from crawler.mentions.events import Event
from crawler.mentions.frames import STRONG, Predicate
from crawler.mentions.participants import Role
from crawler.mentions.parties import Parties
from crawler.mentions.people import HOME

_EARLY: Final = 3
"""Sentences of a meeting in which its form is told."""


def find_kind(
    document: Document, clauses: Clauses, event: Event, roles: list[Role], parties: Parties
) -> tuple[Kind, Basis, Evidence]:
    """Return the first kind that fits: call, multilateral, internal, signing, visit, bilateral."""
    main = _main(document, clauses, event)
    if call := _call(clauses, event, parties):
        return "call", "stated", _evidence("call", call)
    if parties.many:
        return "multilateral", "stated", _evidence("three or more parties", " ".join(sorted(parties.codes)))
    assembly = next((p for p in event.predicates if p.meaning == "assembly"), None)
    if assembly is not None and not _on_margins(clauses, event, roles):
        return "multilateral", "stated", _evidence("assembly of ministers or chiefs", assembly.words)
    internal = next((p for p in event.predicates if p.meaning == "internal"), None)
    if internal is not None and not parties.foreign:
        return "internal", "stated", _evidence("service meeting", internal.words)
    if main.meaning == "sign" and not _talked_first(event, main):
        return "signing", "stated", _evidence("told first as a signing", main.words)
    talks = _talks(clauses, event)
    if talks is None and event.meanings & {"visit", "depart"}:
        visit = next(p for p in event.predicates if p.meaning in {"visit", "depart"})
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
    for predicate in event.predicates:
        if predicate.sentence not in sentences:
            continue
        if predicate.meaning == "call" and not any(p.meaning == "receive" and p.finite for p in event.predicates):
            return predicate.words
        for mark in clauses.frames.marks.get(predicate.sentence, ()):
            if mark.meaning == "remote":
                return mark.words
    return ""


def _on_margins(clauses: Clauses, event: Event, roles: list[Role]) -> bool:
    """Tell whether two met beside an assembly: both sides depend on one verb of meeting that is not the assembly."""
    for predicate in event.predicates:
        if predicate.meaning in {"meet", "receive", "discuss"} and not predicate.reference:
            codes = {p.person.country for p in clauses.of(predicate) if p.person is not None}
            if HOME in codes and len(codes - {None}) == 2:  # noqa: PLR2004
                return True
    abroad = [role for role in roles if role.person.country not in {HOME, None}]
    return bool(abroad) and any(clauses.frames.marked(p.sentence, "margins") for p in event.predicates)


def _talked_first(event: Event, main: Predicate) -> bool:
    return any(p.meaning in STRONG and p.start < main.start and not p.reference for p in event.predicates)


def _talks(clauses: Clauses, event: Event) -> Predicate | None:
    """Return the first predicate that says that people talked, not only that they came."""
    for predicate in event.predicates:
        people = [p for p in clauses.of(predicate) if p.form in {"person", "office", "group"}]
        if clauses.frames.marked(predicate.sentence, "airport"):
            continue
        if predicate.meaning in {"meet", "receive", "call"} and (people or predicate.reference or not predicate.verbal or predicate.finite):
            return predicate
        if predicate.meaning == "discuss" and predicate.tense != "participle":
            return predicate
    return None


def find_mode(kind: Kind, *, hosted_abroad: bool) -> str | None:
    """Return the PLOVER mode of a kind."""
    if kind == "call":
        return "phone"
    if kind == "multilateral":
        return "multilateral"
    if kind == "visit":
        return "visit"
    return "third-party" if hosted_abroad else None
