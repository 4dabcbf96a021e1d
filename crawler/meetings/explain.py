"""Why a meeting holds the reports it does, and what keeps two meetings apart, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.meetings.contradictions import compare
from crawler.meetings.overrides import Overrides
from crawler.meetings.report import Report
from crawler.meetings.resolver import group, neighbourhood
from crawler.meetings.rules import ENOUGH, details


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation: the reports it is about, the rule or contradiction by name, and its facts."""

    report: str
    other: str | None
    rule: str
    detail: str

    def __str__(self) -> str:
        about = self.report if self.other is None else f"{self.report} with {self.other}"
        return f"{about}: {self.rule}" + (f" ({self.detail})" if self.detail else "")


def name_of(report: Report) -> str:
    """Return how a report is referred to: its address, with the number of the meeting where the article has several."""
    return report.url if report.alone else f"{report.url}#{report.mention.index}"


def why_together(reports: Iterable[Report], overrides: Overrides | None = None) -> list[Reason]:
    """Return for each report of one meeting the rule that joins it with another one of them.

    A report that only a wider neighbourhood would join is given as ``stands alone here``.
    """
    near = neighbourhood(reports, lambda _: [], overrides or Overrides())
    reasons = []
    for cluster in group(near):
        for place, joined in enumerate(cluster.joined):
            if joined.link and joined.other:
                reasons.append(
                    Reason(name_of(joined.report), name_of(joined.other), joined.link.rule, joined.link.detail)
                )
            else:
                rule = "first-report" if place == 0 else "joined through others"
                reasons.append(Reason(name_of(joined.report), None, rule, _facts(joined.report)))
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
    """Return what keeps the reports of two meetings apart: human decisions, contradictions, or too little agreement."""
    overrides = overrides or Overrides()
    reasons = []
    for one in a:
        for other in b:
            names = (name_of(one), name_of(other))
            if decision := overrides.parted(one, other):
                reasons.append(Reason(*names, "override", str(decision)))
            reasons += [Reason(*names, item.name, item.detail) for item in compare(one, other).contradictions]
    if reasons:
        return reasons
    return [_too_little(one, other) for one in a for other in b]


def _too_little(one: Report, other: Report) -> Reason:
    found = compare(one, other)
    points, said = details(one, other)
    shared = f"people of both: {found.names or 'none'}; days: {found.days.verdict}; details {points:g}"
    return Reason(
        name_of(one),
        name_of(other),
        "too-little-agreement",
        f"{shared} ({said})" if said else f"{shared}, need {ENOUGH}",
    )
