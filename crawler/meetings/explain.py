"""Why a meeting holds the reports it does, and what keeps two meetings apart, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.meetings.evidence import Evidence, heaviest, threshold, weigh
from crawler.meetings.overrides import Overrides
from crawler.meetings.report import Report
from crawler.meetings.resolver import group, neighbourhood


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation: the reports it is about, what was compared or decided, and the facts."""

    report: str
    other: str | None
    rule: str
    detail: str

    @property
    def about(self) -> str:
        """The reports it is about."""
        return self.report if self.other is None else f"{self.report} with {self.other}"


def in_lines(reasons: Iterable[Reason]) -> Iterator[str]:
    """Yield reasons as lines to read: what several are about stands once, above them."""
    for about, each in groupby(reasons, key=lambda reason: reason.about):
        first, *further = each
        if not further:
            yield f"{about}: {first.rule}" + (f" ({first.detail})" if first.detail else "")
            continue
        yield f"{about}:"
        yield from (f"    {reason.rule}: {reason.detail}" for reason in (first, *further))


def name_of(report: Report) -> str:
    """Return how a report is referred to: its address, with the number of the meeting where the article has several."""
    return report.url if report.alone else f"{report.url}#{report.mention.index}"


def why_together(reports: Iterable[Report], overrides: Overrides | None = None) -> list[Reason]:
    """Return for each report of one meeting by what it belongs to another one of them.

    A report that only a wider neighbourhood would join is given as a first report of its own.
    """
    reasons = []
    for cluster in group(neighbourhood(reports, lambda _: [], overrides or Overrides())):
        for joined in cluster.joined:
            other = name_of(joined.other) if joined.other else None
            reasons.append(Reason(name_of(joined.report), other, joined.rule, joined.detail or _facts(joined.report)))
    return reasons


def _facts(report: Report) -> str:
    mention, span = report.mention, report.span
    day = (
        f"--{span.yearless[0]:02}-{span.yearless[1]:02}" if span.yearless else str(span.best or span.first or "no day")
    )
    people = ", ".join(person.name for person in mention.people if person.name)
    parties = "-".join(sorted({*mention.countries, *mention.organizations}))
    return "; ".join(filter(None, (mention.status, mention.kind, day, parties, people)))


def why_apart(a: Sequence[Report], b: Sequence[Report], overrides: Overrides | None = None) -> list[Reason]:
    """Return what keeps the reports of two meetings apart.

    Human decisions, if there are any; else every term of the two reports that agree best, what forbids them to be one
    meeting, the sum with the one that is needed, and what would have to differ.
    """
    overrides = overrides or Overrides()
    pairs = [(one, other) for one in a for other in b]
    decided = [(one, other, decision) for one, other in pairs if (decision := overrides.parted(one, other))]
    if decided:
        return [Reason(name_of(one), name_of(other), "override", str(decision)) for one, other, decision in decided]
    found = [weigh(one, other) for one, other in pairs]
    best = max(range(len(pairs)), key=lambda at: (found[at].veto is None, found[at].weight, -at))
    names, evidence = tuple(map(name_of, pairs[best])), found[best]
    mean = sum(one.weight for one in found) / len(found)
    told = [(term.comparison, str(term)) for term in evidence.terms]
    told += [("forbidden", evidence.veto)] if evidence.veto else []
    told.append(("sum", f"{evidence.weight:.1f}, needs {threshold():g}; mean of {len(found)} pairs {mean:.1f}"))
    told.append(("would join", _would_join(evidence)))
    return [Reason(names[0], names[1], rule, detail) for rule, detail in told]


def _would_join(evidence: Evidence) -> str:
    """Return which one comparison would make two reports one meeting if it came out otherwise."""
    if evidence.veto:
        return "only if that were read otherwise, or a human decides so in overrides.toml"
    missing = threshold() - evidence.weight
    if missing <= 0:
        return "these two alone, but the meetings as wholes agree less, or one fits a third about as well"
    gains = [(term, *heaviest(term.comparison)) for term in evidence.terms if term.level]
    enough = [f"{term.comparison} {level}, not {term.level}" for term, level, w in gains if w - term.weight >= missing]
    return "; or ".join(enough) or "only if several of these were otherwise, or a human decides so in overrides.toml"
