"""Geometry of the charts: numbers in, lengths in percent out. The templates draw them as SVG without script."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_MOST_MONTHS: Final = 36
"""Columns of months that are still readable; a longer time is shown in years."""
_STEPS: Final = (1, 2, 2.5, 5, 10)
_TICKS: Final = 4
_LAG_HOURS: Final = 168.0
"""The end of the scale of lags, a week."""
_LAG_UNIT: Final = 0.25
"""Hours below which the scale of lags is linear; above, it is logarithmic."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a ranking: ``percent`` of the longest one. ``code`` selects it in the list of meetings."""

    code: str
    name: str
    value: int
    percent: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a stacked column or bar: from ``start`` on, ``length`` long, both in percent of the scale."""

    name: str
    value: int
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Stack:
    """A column or a bar made of pieces; ``first`` and ``last`` are the days it covers, if it covers days."""

    name: str
    total: int
    pieces: tuple[Piece, ...]
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Columns over time. ``ticks`` are the numbers of the scale, the highest first; ``unit`` is month or year."""

    unit: str
    columns: tuple[Stack, ...]
    ticks: tuple[int, ...]
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lag:
    """How far an edition is behind the first report, in hours; ``start`` to ``end`` is the middle half on the scale."""

    outlet: str
    lang: str
    meetings: int
    firsts: int
    lower: float
    median: float
    upper: float

    @property
    def marks(self) -> tuple[float, float, float]:
        """Quartile, median, quartile in percent of the scale."""
        return position(self.lower), position(self.median), position(self.upper)


def position(lag: float) -> float:
    """Return where a lag in hours stands on the scale, in percent."""
    share = math.log1p(lag / _LAG_UNIT) / math.log1p(_LAG_HOURS / _LAG_UNIT)
    return round(100 * min(1.0, max(0.0, share)), 2)


def ranking(rows: Iterable[tuple[str, str, int, str]]) -> tuple[Bar, ...]:
    """Return bars from rows of code, name, value and note, the longest first."""
    ordered = sorted(rows, key=lambda row: (-row[2], row[1]))
    longest = ordered[0][2] if ordered else 0
    return tuple(Bar(code, name, value, _percent(value, longest), note) for code, name, value, note in ordered)


def stacks(rows: Mapping[str, Mapping[str, int]], series: Sequence[str]) -> tuple[Stack, ...]:
    """Return stacked bars on one scale, the longest first."""
    longest = max((sum(values.values()) for values in rows.values()), default=0)
    found = [_stack(name, values, series, longest) for name, values in rows.items()]
    return tuple(sorted(found, key=lambda stack: (-stack.total, stack.name)))


def timeline(months: Mapping[str, Mapping[str, int]], series: Sequence[str]) -> Timeline:
    """Return columns for numbers by month (``2026-02``) and series: a column a month, or a year where it is long."""
    used = tuple(name for name in series if any(values.get(name) for values in months.values()))
    if not months:
        return Timeline("month", (), (), used)
    first, last = min(months), max(months)
    unit = "month" if _between(first, last) <= _MOST_MONTHS else "year"
    periods = _months(first, last) if unit == "month" else [str(y) for y in range(int(first[:4]), int(last[:4]) + 1)]
    sums: dict[str, dict[str, int]] = {period: {} for period in periods}
    for month, values in months.items():
        into = sums[month[: len(periods[0])]]
        for name, value in values.items():
            into[name] = into.get(name, 0) + value
    top = _scale(max(sum(values.values()) for values in sums.values()))
    columns = tuple(_stack(period, values, used, top) for period, values in sums.items())
    ticks = tuple(round(top * step / _TICKS) for step in range(_TICKS, -1, -1))
    return Timeline(unit, columns, ticks, used)


def _stack(name: str, values: Mapping[str, int], series: Sequence[str], top: int) -> Stack:
    pieces, below = [], 0
    for kind in series:
        value = values.get(kind, 0)
        if value:
            pieces.append(Piece(kind, value, _percent(below, top), _percent(value, top)))
            below += value
    return Stack(name, below, tuple(pieces))


def _percent(value: float, whole: float) -> float:
    return round(100 * value / whole, 2) if whole else 0.0


def _scale(highest: int) -> int:
    """Return the end of the scale: the least round number not below ``highest`` whose quarters are whole."""
    step = max(1.0, highest / _TICKS)
    power = 10.0 ** math.floor(math.log10(step))
    return _TICKS * math.ceil(next(round_ * power for round_ in _STEPS if round_ * power >= step))


def _between(first: str, last: str) -> int:
    (year, month), (to_year, to_month) = (map(int, moment.split("-")) for moment in (first, last))
    return (to_year - year) * 12 + to_month - month + 1


def _months(first: str, last: str) -> list[str]:
    year, month = map(int, first.split("-"))
    count = _between(first, last)
    return [f"{year + (month - 1 + n) // 12}-{(month - 1 + n) % 12 + 1:02}" for n in range(count)]
