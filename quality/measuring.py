"""One measurement of labelled articles: the open ones, the sealed ones, each joined among themselves, and all together.

What is read and joined of sealed articles stays inside: only sums leave, so nothing that is printed or kept can tell of
one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.rules import FIRED
from quality.figures import Figure, figures
from quality.labelled import PARTS, Labelled, Part, Slice, by_slice
from quality.running import Read, alone, join, read
from quality.scoring import JOINED, SINGLE, Error, Measure, Meeting, Score, score, score_single

FORMS: Final = ("joined", "single")
"""The records of the whole feed, and the readings of each article by itself."""
_MEASURES: Final[Mapping[str, tuple[Measure, ...]]] = {"joined": JOINED, "single": SINGLE}
TRAPS: Final = "trap merges"
ALL: Final = "all"
"""What the figures of both parts together are called."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one part in both forms, how many articles and units it has, its merges that are known traps."""

    articles: int
    units: int
    traps: int
    by_form: Mapping[str, Mapping[str, Figure]]


class Measured:
    """The articles of one part, read and joined. Of a sealed part nothing but ``figures`` and ``fired`` is asked.

    ``readings`` are those of the articles in their order, where they were read already.
    """

    def __init__(self, articles: Sequence[Labelled], readings: Sequence[Read] = ()) -> None:
        self.articles = articles
        self._rules: list[Counter[str]] = []
        self.readings = readings or [self._read(article) for article in articles]
        before = Counter(FIRED)
        self._feed: list[Meeting] = [*join(self.readings)]
        self.fired: Counter[str] = sum(self._rules, FIRED - before)
        """How often each rule decided something when these articles were read and joined."""
        self._alone = alone(self.readings)

    def _read(self, article: Labelled) -> Read:
        before = Counter(FIRED)
        reading = read(article.record)
        self._rules.append(FIRED - before)
        return reading

    def again(self, rule: str | None) -> Measured:
        """Return the same articles measured anew: those are read again on which this rule decided something.

        What a rule did not decide on an article it cannot change by being off; all are joined again.
        """
        pairs = zip(self.articles, self.readings, self._rules, strict=True)
        return Measured(
            self.articles, [read(article.record) if rule in rules else known for article, known, rules in pairs]
        )

    def score(self, form: str, articles: Sequence[Labelled] | None = None) -> Score:
        """Return the score of these articles, or of some of them, in one of the two forms."""
        chosen = self.articles if articles is None else articles
        return score(chosen, self._feed) if form == "joined" else score_single(chosen, self._alone)

    def figures(self) -> Figures:
        """Return the totals."""
        scores = {form: self.score(form) for form in FORMS}
        return Figures(
            len(self.articles),
            len(scores["joined"].units),
            int(scores["joined"].counts()[TRAPS]),
            {form: figures(scores[form], _MEASURES[form]) for form in FORMS},
        )

    def slices(self, form: str) -> dict[Slice, dict[str, Figure]]:
        """Return the figures by language, by length, and with or without a day of publication."""
        return {
            each: figures(self.score(form, articles), _MEASURES[form])
            for each, articles in by_slice(self.articles).items()
        }

    def errors(self, form: str) -> list[Error]:
        """Return every difference from the labels."""
        return self.score(form).errors

    def values(self) -> dict[str, dict[str, float]]:
        """Return the bare values of both forms."""
        found = {}
        for form in FORMS:
            counts = self.score(form).counts()
            found[form] = {measure.name: measure.value(counts) for measure in _MEASURES[form]}
        return found


def together(measured: Iterable[Measured]) -> Figures:
    """Return the totals of several parts that are joined with each other: false merges between them count here only."""
    every = list(measured)
    articles = [article for one in every for article in one.articles]
    return Measured(articles, [reading for one in every for reading in one.readings]).figures()


def parts(articles: Sequence[Labelled]) -> dict[Part, list[Labelled]]:
    """Return the articles of each part, those parts only that have any."""
    chosen: dict[Part, list[Labelled]] = {part: [a for a in articles if a.part == part] for part in PARTS}
    return {part: own for part, own in chosen.items() if own}
