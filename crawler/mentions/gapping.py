"""Verbs that are said once for two meetings: "received A on June 8, and B on June 9"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from crawler.language import syntax
from crawler.mentions.clauses import Clauses, Party
from crawler.mentions.document import Document
from crawler.mentions.frames import MEETING, Predicate

_PEOPLE: Final = frozenset({"person", "office", "group"})


def fill_gaps(document: Document, clauses: Clauses) -> None:
    """Give the second of two stretches that share a verb a verb of its own, with what both share for arguments."""
    gap = syntax.of(document.lang).gap
    told = {document.sentence_at(date.start) for date, _ in clauses.days}
    told |= {number for number in clauses.frames.predicates if clauses.frames.marked(number, "sequel")}
    for number in sorted(told & clauses.frames.predicates.keys()):
        own, sentence = clauses.frames.predicates[number], document.sentences[number]
        found = list(gap.finditer(document.text, sentence.start, sentence.end))
        for predicate in [p for p in own if found and p.verbal and p.meaning in MEETING]:
            for match in found:
                cut = _topic(clauses, predicate, match.span())
                parties = [p for p in clauses.of(predicate) if p.form in _PEOPLE]
                behind = [p for p in parties if cut is not None and p.start > cut]
                relations = {p.relation for p in behind}
                ahead = [p for p in parties if p not in behind]
                if cut is not None and any(p.relation in relations for p in ahead):
                    own.insert(own.index(predicate) + 1, _part(clauses, predicate, cut, behind, ahead))


def _topic(clauses: Clauses, predicate: Predicate, span: tuple[int, int]) -> int | None:
    """Return where the second stretch begins: with a day of the verb or a word of sequence, None without one."""
    days = [date.start for date, governor in clauses.days if governor is predicate]
    sequels = [m.start for m in clauses.frames.marks.get(predicate.sentence, ()) if m.meaning == "sequel"]
    return min((start for start in (*days, *sequels) if span[0] <= start < span[1]), default=None)


def _part(clauses: Clauses, predicate: Predicate, cut: int, behind: list[Party], ahead: list[Party]) -> Predicate:
    """Return a verb like ``predicate`` that has what stands behind ``cut``, and whoever ahead has no double there."""
    twin = replace(predicate)
    relations = {party.relation for party in behind}
    shared = [replace(p, governor=twin) for p in ahead if p.relation not in relations]
    clauses.split(predicate, twin, cut)
    clauses.add(shared)
    return twin
