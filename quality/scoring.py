"""How well a feed of meetings matches labelled articles, as counts that belong to one meeting each.

A unit (an event, or an article that reports none) has counts of its own; only false merges stand between two. So the
figures of any share of the units, drawn twice or not at all, are sums: that is what the bootstrap needs.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import mul
from typing import Any, Final

from quality.labelled import KINDS, Labelled
from quality.spelling import fold, same_name, same_town

Meeting = Mapping[str, Any]
"""A record of the feed."""
Counts = Mapping[str, float]
"""How often something was found, missed, right or wrong, by ``"<measure> <what>"``; 0 where it never was."""

_SHORTEST_NAME: Final = 4
_CODE: Final = len("AZ")
_DAY: Final = len("2026-02-06")
RESAMPLES: Final = 1000
SEED: Final = 1
_TAIL: Final = 0.025
"""Share of the resamples on each side of a 95 % interval."""


# --- Measures --------------------------------------------------------------------------------


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return _share(2 * precision * recall, precision + recall)


def _matched(name: str) -> Callable[[Counts], float]:
    def f1(counts: Counts) -> float:
        found, false, missed = (counts[f"{name} {what}"] for what in ("found", "false", "missed"))
        return _f1(_share(found, found + false), _share(found, found + missed))

    return f1


def _accuracy(name: str) -> Callable[[Counts], float]:
    return lambda counts: _share(counts[f"{name} right"], _answers(name)(counts))


def _answers(name: str) -> Callable[[Counts], float]:
    return lambda counts: sum(counts[f"{name} {what}"] for what in ("right", "wrong", "none"))


def _expected(name: str) -> Callable[[Counts], float]:
    return lambda counts: counts[f"{name} found"] + counts[f"{name} missed"]


def _b_cubed(counts: Counts) -> float:
    articles = counts["b-cubed articles"]
    return _f1(_share(counts["b-cubed precision"], articles), _share(counts["b-cubed recall"], articles))


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of 0 to 1: its name, its value of given counts, and how many labels it stands on."""

    name: str
    value: Callable[[Counts], float]
    labels: Callable[[Counts], float]


_FIELDS: Final = (
    *(Measure(name, _matched(name), _expected(name)) for name in ("participants", "countries")),
    *(
        Measure(name, _accuracy(name), _answers(name))
        for name in ("nationality", "date", "place", "kind", "status", "announced")
    ),
)
_DETECTION: Final = Measure("detection", _matched("detection"), _expected("detection"))
JOINED: Final = (
    _DETECTION,
    Measure("same-meeting pairs", _matched("pairs"), _expected("pairs")),
    Measure(
        "cross-language recall",
        lambda counts: _share(counts["cross-language found"], _expected("cross-language")(counts)),
        _expected("cross-language"),
    ),
    Measure("b-cubed", _b_cubed, lambda counts: counts["b-cubed articles"]),
    *_FIELDS,
)
"""What is measured of joined records."""
SINGLE: Final = (
    _DETECTION,
    *_FIELDS,
    *(
        Measure(f"{name}, any record", _accuracy(f"{name}, any record"), _answers(f"{name}, any record"))
        for name in ("date", "place", "kind", "countries")
    ),
)
"""What is measured of the readings of single articles."""


# --- Counting --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Error:
    """One difference from the labels: which measure, in which articles, and what was read for what is labelled."""

    measure: str
    articles: tuple[str, ...]
    detail: str


@dataclass
class Score:
    """Counts of each unit, the false merges between two units (with whether they are a known trap), and the errors."""

    units: dict[str, defaultdict[str, float]] = field(default_factory=dict)
    merges: list[tuple[str, str, bool]] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def counts(self) -> Counts:
        """Return the sums over all units."""
        return self._sums([1] * len(self.units))

    def resampled(self, resamples: int = RESAMPLES, seed: int = SEED) -> list[Counts]:
        """Return the counts of as many draws of the units with replacement, the same for the same seed."""
        draw, places = random.Random(seed), range(len(self.units))  # noqa: S311 - a statistic, no secret
        drawn = (Counter(draw.choices(places, k=len(places))) for _ in range(resamples if places else 0))
        return [self._sums([times[place] for place in places]) for times in drawn]

    def _sums(self, weights: Sequence[int]) -> Counts:
        sums = defaultdict(float, {name: sum(map(mul, weights, column)) for name, column in self._columns.items()})
        for one, other, trap in self._places:
            sums["pairs false"] += weights[one] * weights[other]
            sums["trap merges"] += weights[one] * weights[other] * trap
        return sums

    @cached_property
    def _columns(self) -> dict[str, list[float]]:
        """The counts by name, each with a value a unit."""
        rows = [self.units[unit] for unit in sorted(self.units)]
        return {name: [row.get(name, 0) for row in rows] for name in sorted({name for row in rows for name in row})}

    @cached_property
    def _places(self) -> list[tuple[int, int, bool]]:
        at = {unit: place for place, unit in enumerate(sorted(self.units))}
        return [(at[one], at[other], trap) for one, other, trap in self.merges]


def interval(values: Iterable[float]) -> tuple[float, float]:
    """Return the bounds between which 95 of 100 of the values lie."""
    ordered = sorted(values)
    if not ordered:
        return 0.0, 0.0
    cut = int(len(ordered) * _TAIL)
    return ordered[cut], ordered[-1 - cut]


def score(articles: Sequence[Labelled], feed: Iterable[Meeting]) -> Score:
    """Return how the records of a feed match the articles; articles that the feed does not name count as not found."""
    found = _Feed(articles, feed)
    result = Score(units={article.unit: defaultdict(float) for article in articles})
    _detection(result, articles, found)
    own = [article for article in articles if article.event and not article.events_covered]
    _pairs(result, own, found)
    _b_cubed_of(result, own, found)
    events: dict[str, list[Labelled]] = defaultdict(list)
    for article in own:
        if found.ids[article.url] or not article.unsure:
            events[article.unit].append(article)
    for unit, group in sorted(events.items()):
        result.errors += _Fields(result.units[unit], group, found.record_of(group)).compare()
        for article in group:
            _any_record(result.units[unit], article, [found.records[id_] for id_ in found.ids[article.url]])
    return result


def score_single(articles: Sequence[Labelled], readings: Mapping[str, Sequence[Meeting]]) -> Score:
    """Return how what was read of each article by itself matches its own labels.

    ``readings`` holds by address the records that the article alone would give. Each article counts as a meeting of
    its own; what is drawn in the bootstrap stays the event.
    """
    result = Score(units={article.unit: defaultdict(float) for article in articles})
    for article in articles:
        alone = score([article], readings.get(article.url, ()))
        for name, count in alone.units[article.unit].items():
            result.units[article.unit][name] += count
        result.errors += alone.errors
    return result


class _Feed:
    """The records of a feed, and which of them name an article, in the feed's order."""

    def __init__(self, articles: Sequence[Labelled], feed: Iterable[Meeting]) -> None:
        self.records = {record["id"]: record for record in feed}
        self.ids: dict[str, list[str]] = {article.url: [] for article in articles}
        for id_, record in self.records.items():
            for url in dict.fromkeys(source["url"] for source in record["sources"]):
                if url in self.ids:
                    self.ids[url].append(id_)

    def together(self, one: Labelled, other: Labelled) -> bool:
        return not set(self.ids[one.url]).isdisjoint(self.ids[other.url])

    def record_of(self, group: Sequence[Labelled]) -> Meeting | None:
        """Return the record that most of the articles of one event stand in, of equals that of the first article."""
        votes = Counter(id_ for article in group for id_ in self.ids[article.url])
        return self.records[votes.most_common(1)[0][0]] if votes else None


def _detection(result: Score, articles: Sequence[Labelled], found: _Feed) -> None:
    for article in articles:
        is_found = bool(found.ids[article.url])
        if article.unsure or not (article.is_meeting or is_found):
            continue
        what = "found" if article.is_meeting and is_found else "missed" if article.is_meeting else "false"
        result.units[article.unit][f"detection {what}"] += 1
        if what != "found":
            result.errors.append(Error("detection", (article.id,), f"{what} {article.kind}"))


def _pairs(result: Score, articles: Sequence[Labelled], found: _Feed) -> None:
    for one, other in itertools.combinations(articles, 2):
        same, together = one.event == other.event, found.together(one, other)
        if same:
            what = "found" if together else "missed"
            result.units[one.unit][f"pairs {what}"] += 1
            if one.lang != other.lang:
                result.units[one.unit][f"cross-language {what}"] += 1
        elif together:
            trap = other.event in one.related_events or one.event in other.related_events
            result.merges.append((one.unit, other.unit, trap))
        if same != together:
            said = "split" if same else "merged, a known trap" if trap else "merged"
            detail = f"{said}: {one.lang} and {other.lang}, {one.event} and {other.event}"
            result.errors.append(Error("pairs", (one.id, other.id), detail))


def _b_cubed_of(result: Score, articles: Sequence[Labelled], found: _Feed) -> None:
    for article in articles:
        counts = result.units[article.unit]
        counts["b-cubed articles"] += 1
        if found.ids[article.url]:
            read = {other.url for other in articles if other is article or found.together(article, other)}
            true = {other.url for other in articles if other.event == article.event}
            counts["b-cubed precision"] += len(read & true) / len(read)
            counts["b-cubed recall"] += len(read & true) / len(true)


class _Fields:
    """The fields of one event's record beside its labels."""

    def __init__(self, counts: defaultdict[str, float], group: Sequence[Labelled], record: Meeting | None) -> None:
        self._counts = counts
        self._group = group
        self._record: Meeting = record or {}
        self._errors: list[Error] = []

    def compare(self) -> list[Error]:
        """Count every field and return the errors."""
        self._participants()
        self._countries()
        self._date()
        self._place()
        self._status()
        self._kind()
        return self._errors

    def _wrong(self, measure: str, detail: str) -> None:
        self._errors.append(Error(measure, tuple(article.id for article in self._group), detail))

    def _participants(self) -> None:
        country_of: dict[str, str | None] = {}
        spellings: dict[str, set[str]] = defaultdict(set)
        for article in self._group:
            for person in article.participants:
                name = person.get("canonical") or person["name"]
                known = next((other for other in country_of if same_name(other, name)), name)
                country_of.setdefault(known, person.get("country"))
                spellings[known] |= {name, person["name"]}
        free = [
            ([text for text in (person["name"], *(v["text"] for v in person["variants"])) if text], person["country"])
            for person in self._record.get("participants", ())
        ]
        for name, country in country_of.items():
            if " " not in name.strip() and len(name) < _SHORTEST_NAME:
                continue
            hit = next(
                (one for one in free if any(same_name(g, s) for g in sorted(spellings[name]) for s in one[0])), None
            )
            if hit is None:
                self._counts["participants missed"] += 1
                self._wrong("participants", f"missed {name}")
                continue
            free.remove(hit)
            self._counts["participants found"] += 1
            right = hit[1] == country
            self._counts[f"nationality {'right' if right else 'wrong'}"] += 1
            if not right:
                self._wrong("nationality", f"{name}: {hit[1]} for {country}")
        for spelled, _ in free:
            self._counts["participants false"] += 1
            self._wrong("participants", f"false {spelled[0] if spelled else 'without a name'}")

    def _countries(self) -> None:
        labelled = {code for article in self._group for code in article.countries if len(code) == _CODE}
        read = {code for code in self._record.get("countries", ()) if len(code) == _CODE}
        self._counts["countries found"] += len(labelled & read)
        self._counts["countries missed"] += len(labelled - read)
        self._counts["countries false"] += len(read - labelled)
        if self._record and labelled != read:
            self._wrong("countries", f"{' '.join(sorted(read))} for {' '.join(sorted(labelled))}")

    def _date(self) -> None:
        labelled = {article.meeting_date for article in self._group if article.meeting_date}
        if labelled:
            read = (self._record.get("date") or "")[:_DAY]
            self._answer("date", right=read in labelled, read=read, labelled=labelled)

    def _place(self) -> None:
        labelled = [article.place for article in self._group if article.place]
        read = (self._record.get("place") or {}).get("city") or ""
        if labelled:
            right = any(same_town(town, fold(read)) for town in labelled)
            self._answer("place", right=right, read=read, labelled=labelled)
        elif read and not any(article.event_place or article.unsure for article in self._group):
            self._counts["place where the texts name none"] += 1
            self._wrong("place", f"{read} where the texts name none")

    def _answer(self, name: str, *, right: bool, read: str, labelled: Iterable[str]) -> None:
        self._counts[f"{name} {'right' if right else 'wrong' if read else 'none'}"] += 1
        if not right:
            self._wrong(name, f"{read or 'none'} for {' or '.join(sorted(set(labelled)))}")

    def _status(self) -> None:
        if not self._record:
            return
        stage = "announced" if all(article.stage == "announced" for article in self._group) else "held"
        read = self._record["status"]
        right = read == stage or (stage == "held" and read == "cancelled")
        self._counts[f"status {'right' if right else 'wrong'}"] += 1
        if stage == "announced":
            self._counts[f"announced {'right' if right else 'wrong'}"] += 1
        if not right:
            self._wrong("status", f"{read} for {stage}")

    def _kind(self) -> None:
        labelled = set().union(*(_kinds(article) for article in self._group))
        read = self._record.get("kind")
        self._counts[f"kind {'right' if read in labelled else 'wrong'}"] += 1
        if read not in labelled:
            self._wrong("kind", f"{read or 'none'} for {' or '.join(sorted(labelled))}")


def _kinds(article: Labelled) -> set[str]:
    own = {KINDS[article.kind]} if article.kind in KINDS else set()
    return own | {KINDS.get(kind, kind) for kind in article.kinds_also}


def _any_record(counts: defaultdict[str, float], article: Labelled, records: Sequence[Meeting]) -> None:
    """Count the fields of an article by the best of the records that name it."""
    if not records:
        return
    right: dict[str, bool] = {}
    if day := article.meeting_date:
        right["date"] = any((record["date"] or "")[:_DAY] == day for record in records)
    if article.place:
        cities = [fold((record["place"] or {}).get("city") or "") for record in records]
        right["place"] = any(same_town(article.place, city) for city in cities)
    kinds = _kinds(article)
    right["kind"] = any(record["kind"] in kinds for record in records)
    codes = {code for code in article.countries if len(code) == _CODE}
    right["countries"] = any(codes <= set(record["countries"]) for record in records)
    for name, is_right in right.items():
        counts[f"{name}, any record {'right' if is_right else 'wrong'}"] += 1
