"""A small bar chart of meetings over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MOST_DAYS: Final = 45
MOST_MONTHS: Final = 48
HEIGHT: Final = 120
WIDTH: Final = 640
_GAP: Final = 0.2
_LABELS: Final = 8
_DAY, _MONTH, _YEAR = 10, 7, 4  # lengths of 2026-02-06, 2026-02, 2026


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in units of the drawing; ``label`` is empty where there is no room for all of them."""

    name: str
    count: int
    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one unit of time ("day", "month" or "year"); ``left_out`` meetings are known less exactly than that."""

    unit: str
    bars: tuple[Bar, ...]
    highest: int
    left_out: int


def bars(dates: Mapping[str, int]) -> Chart | None:
    """Return a chart of how many meetings each date (``2026-02-06`` or ``2026-02``) has; None when there are none.

    Its unit is the finest that the period leaves room for; empty days, months and years in between count.
    """
    if not dates:
        return None
    length, unit = _unit(dates)
    counts: Counter[str] = Counter()
    for when, count in dates.items():
        counts[when[:length]] += count
    left_out = sum(count for when, count in counts.items() if len(when) < length)
    names = _between(*(pick(name for name in counts if len(name) == length) for pick in (min, max)))
    highest = max(counts[name] for name in names)
    step = WIDTH / len(names)
    every = -(-len(names) // _LABELS)
    drawn = tuple(
        Bar(
            name=name,
            count=counts[name],
            x=round(at * step + step * _GAP / 2, 1),
            y=round(HEIGHT - HEIGHT * counts[name] / highest, 1),
            width=round(min(step * (1 - _GAP), 48), 1),
            height=round(HEIGHT * counts[name] / highest, 1),
            label=_label(name) if at % every == 0 else "",
        )
        for at, name in enumerate(names)
    )
    return Chart(unit, drawn, highest, left_out)


def _label(name: str) -> str:
    """Return ``6 Feb``, ``Feb 2026`` or ``2026``."""
    if len(name) == _DAY:
        day = date.fromisoformat(name)
        return f"{day.day} {day:%b}"
    return f"{date.fromisoformat(f'{name}-01'):%b %Y}" if len(name) == _MONTH else name


def _unit(dates: Mapping[str, int]) -> tuple[int, str]:
    days = [date.fromisoformat(when) for when in dates if len(when) == _DAY]
    months = [when[:_MONTH] for when in dates]
    if days and (max(days) - min(days)).days < MOST_DAYS and set(months) == {f"{day:%Y-%m}" for day in days}:
        return _DAY, "day"
    first, last = min(months), max(months)
    number = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    return (_MONTH, "month") if number <= MOST_MONTHS else (_YEAR, "year")


def _between(first: str, last: str) -> list[str]:
    names = [first]
    while names[-1] < last:
        names.append(_next(names[-1]))
    return names


def _next(name: str) -> str:
    if len(name) == _DAY:
        return (date.fromisoformat(name) + timedelta(days=1)).isoformat()
    if len(name) == _MONTH:
        return f"{(date.fromisoformat(f'{name}-01') + timedelta(days=31)):%Y-%m}"
    return f"{int(name) + 1:04}"
