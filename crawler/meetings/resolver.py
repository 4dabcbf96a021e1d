"""Which reports are one meeting: a pure function of the set of reports, whatever their order of arrival.

1. Human decisions, page alternates, copied texts and people-with-day join, the most trusted first, where no
   member of one side contradicts a member of the other.
2. Reports that cannot identify a meeting by themselves (no day, no names) then join the one group that they fit;
   where two fit about equally well they stay apart.
3. Such reports that still stand alone join each other.

Only reports connected by links influence each other, so a group can be recomputed from its connected neighbourhood.
A weak link between two reports that identify their meetings by themselves decides nothing, and connects nothing:
meetings of the same people on following days would otherwise be one chain through all years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from crawler.meetings.blocking import Key, Probe, finds, keys, probes
from crawler.meetings.contradictions import compare
from crawler.meetings.overrides import Overrides
from crawler.meetings.report import Report
from crawler.meetings.rules import ENOUGH, Link, link
from crawler.rules import fires

MARGIN: Final = 1.0
"""Points by which the best fitting meeting must lead the second one before an undated report joins it."""
ALTERNATES_TIER: Final = 1

Pair = tuple[str, str]
Finder = Callable[[Sequence[Probe]], Iterable[Report]]


@dataclass(frozen=True, slots=True)
class Joined:
    """Why ``report`` belongs to its group: the rule and the other report (None for the first one)."""

    report: Report
    other: Report | None
    link: Link | None


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


@dataclass
class Neighbourhood:
    """Reports and the links among them, by their ids."""

    overrides: Overrides
    reports: dict[str, Report] = field(default_factory=dict)
    links: dict[Pair, Link] = field(default_factory=dict)

    def components(self) -> list[frozenset[str]]:
        """Return the ids of the reports that links connect, directly or through others."""
        of = {id_: {id_} for id_ in self.reports}
        for one, other in self.links:
            if self.binds((one, other)) and of[one] is not of[other]:
                of[one] |= of[other]
                for id_ in of[other]:
                    of[id_] = of[one]
        return [frozenset(members) for members in {id(members): members for members in of.values()}.values()]

    def binds(self, pair: Pair) -> bool:
        """Return whether a link can decide anything; one that cannot is only told as evidence."""
        a, b = (self.reports[id_] for id_ in pair)
        return _binds(self.links[pair], a, b)

    def add_link(self, a: Report, b: Report) -> bool:
        """Link two reports if a rule or a human joins them; return whether that connects them."""
        pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        found = self.links.get(pair) or self.overrides.merged(a, b)
        if not found and not self.overrides.parted(a, b):
            found = link(a, b)
            if found and not (finds(a, b) and finds(b, a)):
                found = None  # only what is found from both sides is found in any order; asked last, it costs most
        if found:
            self.links[pair] = found
        return found is not None and _binds(found, a, b)


def _binds(found: Link, a: Report, b: Report) -> bool:
    return found.strong or not (a.identified and b.identified)


def neighbourhood(start: Iterable[Report], find: Finder, overrides: Overrides) -> Neighbourhood:
    """Return everything connected with ``start`` by links.

    ``find`` returns the stored reports under the probes' keys; it may return some more, and those already known.
    """
    found = Neighbourhood(overrides)
    frontier = {report.id: report for report in map(overrides.apply, start) if not overrides.excluded(report)}
    found.reports.update(frontier)
    known = _Index(overrides)
    while frontier:
        known.add(frontier.values())
        wanted = sorted({probe for report in frontier.values() for probe in _probes(report, overrides)})
        candidates = {report.id: report for report in map(overrides.apply, find(wanted))}
        further = [r for id_, r in candidates.items() if id_ not in found.reports and not overrides.excluded(r)]
        reached: dict[str, Report] = {}
        for report in frontier.values():
            for other in further:
                if found.add_link(report, other):
                    reached[other.id] = other
            for other in known.candidates(report):
                if other.id != report.id:
                    found.add_link(report, other)
        found.reports.update(reached)
        frontier = reached
    found.links = {pair: one for pair, one in found.links.items() if found.reports.keys() >= set(pair)}
    return found


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


# --- Grouping --------------------------------------------------------------------------------


class _Groups:
    """Disjoint groups of reports that grow by unions which nothing contradicts."""

    def __init__(self, near: Neighbourhood) -> None:
        self.near = near
        self.members: dict[str, list[str]] = {id_: [id_] for id_ in near.reports}
        self.of: dict[str, str] = {id_: id_ for id_ in near.reports}

    def blocked(self, a: str, b: str) -> bool:
        """Return whether a member of group ``a`` contradicts a member of group ``b``.

        Pages of one story, and reports that a human has joined, speak for each other: what only one of them
        contradicts is a misreading or a conflict between sources. Where a stated day is known, days of publication
        are held against it, and not against each other.
        """
        if any(self._forbidden(one, other) for one in self.members[a] for other in self.members[b]):
            return True
        members = (*self.members[a], *self.members[b])
        firm = any(self.near.reports[id_].span.firmness == "hard" for id_ in members)
        against = {
            (one, other)
            for one in self.members[a]
            for other in self.members[b]
            if self._contradicts(one, other, firm=firm)
        }
        return any(
            not any((friend, other) not in against for friend in self._same_story(one, a))
            and not any((one, friend) not in against for friend in self._same_story(other, b))
            for one, other in against
        )

    def _link(self, one: str, other: str) -> Link | None:
        return self.near.links.get((one, other) if one < other else (other, one))

    def _forbidden(self, one: str, other: str) -> bool:
        left, right = self.near.reports[one], self.near.reports[other]
        if self.near.overrides.parted(left, right):
            return True
        known = self._link(one, other)
        return left.url == right.url and not (known and known.tier == 0)

    def _contradicts(self, one: str, other: str, *, firm: bool) -> bool:
        left, right = self.near.reports[one], self.near.reports[other]
        known = self._link(one, other)
        if known and known.tier <= ALTERNATES_TIER:
            return False
        soft = firm and "hard" not in {left.span.firmness, right.span.firmness}
        found = compare(left, right).contradictions
        return any(not (soft and item.name == "outside-the-days-of-publication") for item in found)

    def _same_story(self, one: str, group: str) -> list[str]:
        links = ((other, self._link(one, other)) for other in self.members[group] if other != one)
        return [other for other, known in links if known and known.tier <= ALTERNATES_TIER]

    def join(self, a: str, b: str) -> None:
        """Make one group of two, kept under the smaller name."""
        keep, gone = (a, b) if a < b else (b, a)
        self.members[keep] += self.members.pop(gone)
        for id_ in self.members[keep]:
            self.of[id_] = keep

    def identified(self, group: str) -> bool:
        """Return whether a group can be told from other meetings: a member has a known day and names on both sides."""
        return any(self.near.reports[id_].identified for id_ in self.members[group])


def _strong(groups: _Groups) -> None:
    links = groups.near.links
    for pair in sorted(links, key=lambda p: (links[p].rank, p)):
        a, b = groups.of[pair[0]], groups.of[pair[1]]
        if not links[pair].strong or a == b:
            continue
        if links[pair].tier == 0 or _trusted_story(groups, pair) or not groups.blocked(a, b):
            groups.join(a, b)


def _trusted_story(groups: _Groups, pair: Pair) -> bool:
    reports = groups.near.reports
    alone = reports[pair[0]].alone and reports[pair[1]].alone
    parted = any(
        groups.near.overrides.parted(reports[one], reports[other])
        for one in groups.members[groups.of[pair[0]]]
        for other in groups.members[groups.of[pair[1]]]
    )
    return groups.near.links[pair].tier == ALTERNATES_TIER and alone and not parted


def _fits(groups: _Groups) -> dict[str, dict[str, float]]:
    """Return for each group the best points of links to each other group that nothing contradicts.

    Groups that are both identified have nothing to ask each other.
    """
    fits: dict[str, dict[str, float]] = defaultdict(dict)
    known = {group for group in groups.members if groups.identified(group)}
    for (one, other), weak in sorted(groups.near.links.items()):
        a, b = groups.of[one], groups.of[other]
        if a != b and not {a, b} <= known and weak.points > fits[a].get(b, 0):
            fits[a][b] = fits[b][a] = weak.points
    contradicted = [(a, b) for a, found in fits.items() for b in found if a < b and groups.blocked(a, b)]
    for a, b in contradicted:
        del fits[a][b], fits[b][a]
    return fits


def _attach(groups: _Groups) -> bool:
    """Join each unidentified group with the one identified group it fits; return whether any was joined."""
    fits, decided = _fits(groups), []
    for group in sorted(fits):
        if groups.identified(group):
            continue
        targets = sorted(((p, other) for other, p in fits[group].items() if groups.identified(other)), reverse=True)
        if targets and (len(targets) == 1 or targets[0][0] - targets[1][0] >= MARGIN):
            decided.append((-targets[0][0], group, targets[0][1]))
    joined = False
    for _, group, target in sorted(decided):
        a, b = groups.of[group], groups.of[target]
        if a != b and not groups.blocked(a, b) and fires("group: one without day or names joins what it fits"):
            groups.join(a, b)
            joined = True
    return joined


def _join_unidentified(groups: _Groups) -> bool:
    """Join the two unidentified groups that fit best, if neither is torn between meetings; return whether."""
    fits = _fits(groups)
    pairs = [
        (-points, a, b)
        for a in fits
        for b, points in fits[a].items()
        if a < b and points >= ENOUGH and not groups.identified(a) and not groups.identified(b)
    ]
    for missing, a, b in sorted(pairs):
        rivals = [p for side in (a, b) for other, p in fits[side].items() if other not in {a, b}]
        torn = any(-missing - rival < MARGIN and _clash(groups, fits, a, b) for rival in rivals)
        if not torn and fires("group: two without day or names join"):
            groups.join(a, b)
            return True
    return False


def _clash(groups: _Groups, fits: dict[str, dict[str, float]], a: str, b: str) -> bool:
    """Return whether some group fits one of two groups and contradicts the other."""
    others = (set(fits[a]) | set(fits[b])) - {a, b}
    return any(groups.blocked(other, side) for other in others for side in (a, b))


def _reasons(near: Neighbourhood, ordered: list[Report]) -> Iterator[Joined]:
    for place, report in enumerate(ordered):
        earlier = []
        for at, other in enumerate(ordered):
            pair = (report.id, other.id) if report.id < other.id else (other.id, report.id)
            if found := near.links.get(pair):
                earlier.append((at > place, found.rank, at, other, found))
        if place == 0 or not earlier:
            yield Joined(report, None, None)
        else:
            _, _, _, other, found = min(earlier, key=lambda item: item[:3])
            yield Joined(report, other, found)


def group(near: Neighbourhood) -> list[Cluster]:
    """Return the meetings of a neighbourhood, each report in exactly one, sorted by their first reports."""
    groups = _Groups(near)
    _strong(groups)
    while _attach(groups):
        pass
    while _join_unidentified(groups):
        while _attach(groups):
            pass
    clusters = []
    for members in groups.members.values():
        ordered = sorted((near.reports[id_] for id_ in members), key=lambda report: report.order)
        clusters.append(Cluster(tuple(ordered), tuple(_reasons(near, ordered))))
    return sorted(clusters, key=lambda cluster: cluster.reports[0].order)


def resolve(reports: Iterable[Report], overrides: Overrides | None = None) -> list[Cluster]:
    """Return the meetings of a set of reports."""
    overrides = overrides or Overrides()
    every = list(reports)
    return group(neighbourhood(every, lambda _: [], overrides))
