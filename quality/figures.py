"""The figures of a score: each with its 95 % interval, how many labels it stands on, and the gap between two parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quality.scoring import Measure, Score, interval


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its interval; ``labels`` is how many labels it stands on, 0 where nothing could be measured."""

    value: float
    low: float
    high: float
    labels: int

    def __str__(self) -> str:
        """Return ``.937 [.91 .96] of 226``, a dash where there is nothing to measure."""
        if not self.labels:
            return "-"
        return f"{decimals(self.value)} [{decimals(self.low, 2)} {decimals(self.high, 2)}] of {self.labels}"

    def as_json(self) -> list[float]:
        """Return what ``from_json`` takes."""
        return [round(self.value, 4), round(self.low, 4), round(self.high, 4), self.labels]

    @classmethod
    def from_json(cls, values: Sequence[Any]) -> Figure:
        """Return the figure that ``as_json`` wrote."""
        value, low, high, labels = values
        return cls(float(value), float(low), float(high), int(labels))


def decimals(value: float, places: int = 3) -> str:
    """Return a share without its leading zero: ``.937``, ``-.021``, ``1.00``."""
    text = f"{value:.{places}f}"
    if abs(float(text)) >= 1:
        return text[:-1]
    return text.lstrip("-")[1:] if float(text) == 0 else text.replace("0.", ".", 1)


def figures(score: Score, measures: Sequence[Measure]) -> dict[str, Figure]:
    """Return every measure of a score by its name."""
    counts, draws = score.counts(), score.resampled()
    found = {}
    for measure in measures:
        low, high = interval(measure.value(draw) for draw in draws)
        found[measure.name] = Figure(measure.value(counts), low, high, int(measure.labels(counts)))
    return found


def gaps(open_: Mapping[str, Figure], sealed: Mapping[str, Figure]) -> dict[str, float | None]:
    """Return open minus sealed for each measure, None where one of them could not be measured."""
    return {
        name: open_[name].value - sealed[name].value if open_[name].labels and sealed[name].labels else None
        for name in open_
    }
