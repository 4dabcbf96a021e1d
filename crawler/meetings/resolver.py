"""Which reports are one meeting: a pure function of the set of reports, whatever their order of arrival.

1. Reports whose evidence reaches the threshold, or whom a human joined, are connected; only connected reports
   influence each other, so a meeting can be resolved from its neighbourhood.
2. Among connected reports, those of one story are one unit: what a human joined, copies of a text, pages that link each
   other as one story in several languages.
3. Units become meetings by average linkage: the two groups that agree best are joined first, as long as the mean of
   their pairs reaches the threshold and nothing forbids it. A group that fits two others about equally well, which
   are not one, joins neither.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import combinations, starmap
from typing import Final

from crawler.meetings.blocking import Key, Probe, finds, keys, probes
from crawler.meetings.evidence import allowed_weight, margin, repeated, same_story, threshold, weigh
from crawler.meetings.overrides import Overrides
from crawler.meetings.report import Report
from crawler.rules import fires

Finder = Callable[[Sequence[Probe]], Iterable[Report]]
APART: Final = 0.0
"""Mean weight below which two meetings that a third report fits are held to be different ones."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Why ``report`` belongs to its group: the rule, the other report (None for the first one) and the facts."""

    report: Report
    other: Report | None = None
    rule: str = "first-report"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The reports of one meeting, in order; ``joined`` has one entry a report, in the same order."""

    reports: tuple[Report, ...]
    joined: tuple[Joined, ...]

    @property
    def id(self) -> str:
        """The meeting's id: the founding id of its first report."""
        return self.reports[0].id

    @property
    def merged_ids(self) -> tuple[str, ...]:
        """The founding ids of its other reports, sorted."""
        return tuple(sorted(report.id for report in self.reports[1:]))


class Connections:
    """Sets of things that are connected, directly or through others."""

    def __init__(self) -> None:
        self._of: dict[str, set[str]] = {}

    def add(self, id_: str) -> None:
        """Add a thing that is connected with nothing."""
        self._of.setdefault(id_, {id_})

    def connected(self, a: str, b: str) -> bool:
        """Return whether two things are connected."""
        return self._of[a] is self._of[b]

    def connect(self, a: str, b: str) -> None:
        """Connect two things, and all that each is connected with."""
        large, small = sorted((self._of[a], self._of[b]), key=len, reverse=True)
        if large is not small:
            large |= small
            for id_ in small:
                self._of[id_] = large

    def sets(self) -> list[frozenset[str]]:
        """Return the sets of connected things."""
        return [frozenset(members) for members in {id(members): members for members in self._of.values()}.values()]


@dataclass
class Neighbourhood:
    """Reports by their ids, and which of them evidence or a human connects."""

    overrides: Overrides
    reports: dict[str, Report] = field(default_factory=dict)
    connections: Connections = field(default_factory=Connections)

    def add(self, report: Report) -> None:
        """Add a report."""
        self.reports[report.id] = report
        self.connections.add(report.id)

    def connected(self, a: Report, b: Report) -> bool:
        """Return whether two reports are here, and connected."""
        return a.id in self.reports and b.id in self.reports and self.connections.connected(a.id, b.id)

    def components(self) -> list[frozenset[str]]:
        """Return the ids of the reports that are connected, directly or through others."""
        return self.connections.sets()


def connects(a: Report, b: Report, overrides: Overrides) -> bool:
    """Return whether evidence that reaches the threshold, or a human, connects two reports.

    Only what is found from both sides counts, so that it is found in any order.
    """
    if overrides.merged(a, b):
        return True
    if overrides.parted(a, b):
        return False
    weight = allowed_weight(a, b)
    return weight is not None and weight >= threshold() and finds(a, b) and finds(b, a)


def neighbourhood(start: Iterable[Report], find: Finder, overrides: Overrides) -> Neighbourhood:
    """Return everything connected with ``start``.

    ``find`` returns the stored reports under the probes' keys; it may return some more, and those already known.
    """
    near = Neighbourhood(overrides)
    frontier = {report.id: report for report in map(overrides.apply, start) if not overrides.excluded(report)}
    for report in frontier.values():
        near.add(report)
    # what is reached from a single report is connected with it already: only several are to be held against each other
    known = _Index(overrides) if len(frontier) > 1 else None
    while frontier:
        if known:
            known.add(frontier.values())
        wanted = sorted({probe for report in frontier.values() for probe in _probes(report, overrides)})
        candidates = {report.id: report for report in map(overrides.apply, find(wanted))}
        further = [r for id_, r in candidates.items() if id_ not in near.reports and not overrides.excluded(r)]
        for report in frontier.values():
            for other in (*further, *(known.candidates(report) if known else ())):
                if not near.connected(report, other) and connects(report, other, overrides):
                    near.add(other)
                    near.connections.connect(report.id, other.id)
        frontier = {report.id: report for report in further if report.id in near.reports}
    return near


def _probes(report: Report, overrides: Overrides) -> list[Probe]:
    named = [Probe(f"{kind}:{ref}", 0, 0) for ref in overrides.partners(report) for kind in ("a", "m")]
    return [*probes(report), *named]


def report_keys(report: Report) -> list[Key]:
    """Return the index rows of a report, with the one by which human decisions find it."""
    return [*keys(report), Key(f"m:{report.id}")]


class _Index:
    """Reports by their keys, as the store finds them."""

    def __init__(self, overrides: Overrides) -> None:
        self._overrides = overrides
        self._rows: dict[str, list[tuple[int, Report]]] = defaultdict(list)

    def add(self, reports: Iterable[Report]) -> None:
        for report in reports:
            for key in report_keys(report):
                self._rows[key.name].append((key.day, report))

    def candidates(self, report: Report) -> list[Report]:
        """Return the reports under the probes of ``report``, each once."""
        found = {
            other.id: other
            for probe in _probes(report, self._overrides)
            for day, other in self._rows.get(probe.name, ())
            if probe.first <= day <= probe.last
        }
        return list(found.values())


# --- Units -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Unit:
    """The reports of one story, in order, and those of them that repeat no earlier one."""

    reports: tuple[Report, ...]
    originals: tuple[Report, ...]


def _originals(reports: Sequence[Report]) -> dict[str, Report]:
    """Return for each report the first one of its text, itself where it repeats none; ``reports`` are in order.

    A copy is held against the originals alone, so that many copies of a text cost no more each than few.
    """
    texts: list[Report] = []
    found: dict[str, Report] = {}
    for report in reports:
        share, place = max(((repeated(text, report), -at) for at, text in enumerate(texts)), default=(0.0, 0))
        if share:
            found[report.id] = texts[-place]
        else:
            found[report.id] = report
            texts.append(report)
    return found


class _Stories:
    """Reports of one component that are put together as they are found to be of one story."""

    def __init__(self, reports: Sequence[Report], overrides: Overrides) -> None:
        self._overrides = overrides
        self._of = {report.id: [report] for report in reports}

    def join(self, a: Report, b: Report, *, decided: bool = False) -> None:
        """Put two reports together, unless a human parted any of theirs, or two are of one article.

        Where a human ``decided`` that they are one, nothing is asked.
        """
        mine, theirs = self._of[a.id], self._of[b.id]
        if mine is theirs:
            return
        if not decided and any(self._overrides.parted(x, y) or x.url == y.url for x in mine for y in theirs):
            return
        mine += theirs
        self._of.update({report.id: mine for report in theirs})

    def units(self, originals: Mapping[str, Report]) -> list[_Unit]:
        """Return the stories, each with its reports in order, by their first reports."""
        stories = {id(reports): sorted(reports, key=lambda report: report.order) for reports in self._of.values()}
        units = (
            _Unit(tuple(reports), tuple(r for r in reports if originals[r.id] is r) or tuple(reports[:1]))
            for reports in stories.values()
        )
        return sorted(units, key=lambda unit: unit.reports[0].order)


def _units(reports: Sequence[Report], originals: Mapping[str, Report], overrides: Overrides) -> list[_Unit]:
    """Return the reports of one component, which are in order, as units of one story each."""
    stories = _Stories(reports, overrides)
    for a, b in combinations(reports, 2) if overrides.merges else ():
        if overrides.merged(a, b):
            stories.join(a, b, decided=True)
    for report in reports:
        stories.join(originals[report.id], report)
    texts = [report for report in reports if originals[report.id] is report]
    for a in texts:
        for b in texts if a.alternates or a.alternate_headlines else ():
            if a is not b and same_story(a, b) and weigh(a, b).joins:
                stories.join(a, b)
    return stories.units(originals)


# --- Groups ----------------------------------------------------------------------------------


class _Groups:
    """Units of one component that grow to meetings by average linkage. Groups are numbered by their first units."""

    def __init__(self, units: Sequence[_Unit], overrides: Overrides) -> None:
        self._overrides = overrides
        self.members = {number: [unit] for number, unit in enumerate(units)}
        self._means: dict[int, dict[int, float | None]] = {number: {} for number in self.members}
        for (a, one), (b, other) in combinations(enumerate(units), 2):
            self._means[a][b] = self._means[b][a] = self._of_units(one, other)

    def _of_units(self, one: _Unit, other: _Unit) -> float | None:
        """Return the mean weight of two stories, None where something forbids them to be one meeting.

        Pages of one story speak for each other: what forbids counts where it holds for all of them.
        """
        pairs = [(a, b) for a in one.reports for b in other.reports]
        if any(a.url == b.url for a, b in pairs) or any(starmap(self._overrides.parted, pairs)):
            return None
        weights = [
            weight for a in one.originals for b in other.originals if (weight := allowed_weight(a, b)) is not None
        ]
        return math.fsum(weights) / len(weights) if weights else None

    def fitting(self, a: int) -> list[tuple[float, int, int]]:
        """Return the pairs of a group with others that reach the threshold: the mean, rounded, below 0, and the two."""
        return [
            (-round(mean, 6), min(a, b), max(a, b))
            for b, mean in self._means[a].items()
            if mean is not None and mean >= threshold()
        ]

    def join(self, a: int, b: int) -> int:
        """Make one group of two, under the lower number, which is returned."""
        keep, gone = min(a, b), max(a, b)
        sizes = len(self.members[keep]), len(self.members[gone])
        self.members[keep] += self.members.pop(gone)
        for other, two in self._means.pop(gone).items():
            del self._means[other][gone]
            if other != keep:
                one = self._means[keep][other]
                mean = None if one is None or two is None else (one * sizes[0] + two * sizes[1]) / sum(sizes)
                self._means[keep][other] = self._means[other][keep] = mean
        return keep

    def holds(self, fit: tuple[float, int, int]) -> bool:
        """Return whether a pair is still as ``fitting`` told it."""
        mean, a, b = fit
        now = self._means.get(a, {}).get(b)
        return now is not None and -round(now, 6) == mean

    def torn(self, a: int, b: int) -> bool:
        """Return whether one of two groups fits a third about as well, which is not one with the other."""
        best = self._means[a][b]
        assert best is not None
        for one, other in ((a, b), (b, a)):
            for rival, mean in self._means[one].items():
                if rival == other or mean is None or mean < threshold() or best - mean >= margin():
                    continue
                between = self._means[rival][other]
                if (between is None or between < APART) and fires("group: torn between two meetings"):
                    return True
        return False


def _meetings(units: Sequence[_Unit], overrides: Overrides) -> Iterator[list[Report]]:
    groups = _Groups(units, overrides)
    fits = sorted({fit for number in groups.members for fit in groups.fitting(number)})
    torn: list[tuple[float, int, int]] = []
    while fits:
        fit = heappop(fits)
        if not groups.holds(fit):
            continue
        if groups.torn(*fit[1:]):
            torn.append(fit)
            continue
        for found in (*groups.fitting(groups.join(*fit[1:])), *torn):
            heappush(fits, found)
        torn.clear()
    for members in groups.members.values():
        yield [report for unit in members for report in unit.reports]


# --- Meetings --------------------------------------------------------------------------------


def _reason(report: Report, others: Sequence[Report], originals: Mapping[str, Report], overrides: Overrides) -> Joined:
    """Return by which of ``others`` a report belongs to its meeting."""
    original = originals[report.id]
    if original is not report and original in others:
        return Joined(report, original, "syndicated-copy", f"{repeated(report, original):.0%} of the text")
    for other in others if overrides.merges else ():
        if decision := overrides.merged(report, other):
            return Joined(report, other, "override", str(decision))
    texts = [other for other in others if originals[other.id] is other] or others
    for other in texts:
        if same_story(report, other):
            return Joined(report, other, "page-alternates", "one story in several languages")
    best = max(texts, key=lambda other: weigh(report, other).weight)
    return Joined(report, best, "weighed-evidence", weigh(report, best).detail)


def _cluster(members: Iterable[Report], originals: Mapping[str, Report], overrides: Overrides) -> Cluster:
    ordered = tuple(sorted(members, key=lambda report: report.order))
    later = (_reason(report, ordered[:at], originals, overrides) for at, report in enumerate(ordered) if at)
    return Cluster(ordered, (Joined(ordered[0]), *later))


def group(near: Neighbourhood) -> list[Cluster]:
    """Return the meetings of a neighbourhood, each report in exactly one, sorted by their first reports."""
    clusters: list[Cluster] = []
    for ids in near.components():
        reports = sorted((near.reports[id_] for id_ in ids), key=lambda report: report.order)
        originals = _originals(reports)
        meetings = _meetings(_units(reports, originals, near.overrides), near.overrides)
        clusters += [_cluster(members, originals, near.overrides) for members in meetings]
    return sorted(clusters, key=lambda cluster: cluster.reports[0].order)


def resolve(reports: Iterable[Report], overrides: Overrides | None = None) -> list[Cluster]:
    """Return the meetings of a set of reports."""
    return group(neighbourhood(list(reports), lambda _: [], overrides or Overrides()))
