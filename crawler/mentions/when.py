"""When a meeting was: the heaviest of the days its clauses name, else its dateline, else the day of publication."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from crawler.items import Article, Basis, DatePrecision, DateSource, Evidence, Stamp
from crawler.language.date_context import clause_of
from crawler.language.dates import DateFound, find_dates
from crawler.mentions.clauses import Clauses
from crawler.mentions.document import Document, is_dateline
from crawler.mentions.events import Event
from crawler.mentions.frames import STRONG, Predicate
from crawler.rules import fires

_AHEAD: Final = dt.timedelta(days=2)
"""A report can be a day older by its own clock than the meeting it tells of, not more."""
_MONTH: Final = dt.timedelta(days=27)
"""From the first of a month that is all a page says of its date to a day that is surely within it."""
_BESIDE: Final = 1.5
"""Up to this weight a day only stands beside what is told of the meeting, so that it forbids nothing."""
_OWNS: Final = len("'s ")
"""Characters between a day and the meeting it names."""
_LONG_AGO: Final = dt.timedelta(days=75)


@dataclass(frozen=True, slots=True)
class When:
    """The day of a meeting, ``end`` for one of several days, ``yearless`` month and day where no year can be known."""

    day: dt.date | None = None
    precision: DatePrecision | None = None
    source: DateSource | None = None
    end: dt.date | None = None
    yearless: tuple[int, int] | None = None
    basis: Basis | None = None
    evidence: tuple[Evidence, ...] = ()


def reference_of(article: Article, document: Document) -> dt.date | None:
    """Return the day from which days without a year are read: of publication, its month's last, or a page stamp's."""
    stamp = article.published
    if stamp is None:
        stamped = (date.day for date in document.dates(None) if is_dateline(document, date))
        return next((day for day in stamped if day is not None), None)
    return stamp.day + _MONTH if stamp.precision == "month" else stamp.day


def find_when(article: Article, document: Document, clauses: Clauses, event: Event) -> When:
    """Return when the meeting was; an announced one has no day unless the text states it."""
    stamp = article.published
    reference = reference_of(article, document)
    announced = event.status != "held"
    datelines = [date for date, _ in clauses.days if is_dateline(document, date)]
    dates = [(date, p) for date, p in clauses.days if date not in datelines]
    if stamp is not None and stamp.precision == "month":
        dates = [(date, p) for date, p in dates if date.source == "stated"]
    weights = [_weight(document, event, date, p, reference) for date, p in dates]
    best = max(range(len(dates)), key=lambda n: (weights[n], dates[n][0].end_day is None, -n), default=None)
    if best is not None and weights[best] > 0 and fires(f"date: stated with weight {weights[best]:g}"):
        basis: Basis = "stated" if weights[best] > _BESIDE else "implied"
        return _stated(dates[best][0], reference, basis, announced=announced)
    if announced:
        return When()
    if not datelines and article.dateline:
        datelines = find_dates(article.dateline, document.lang, reference)
    return _fallback(stamp, datelines[0] if datelines else None, reference)


def _fallback(stamp: Stamp | None, dateline: DateFound | None, reference: dt.date | None) -> When:
    """Return the day of the dateline or, without one, of the publication."""
    if (
        dateline is not None
        and (dateline.day is None and dateline.month and dateline.day_of_month)
        and fires("date: dateline without a year")
    ):
        evidence = Evidence(field="date", rule="dateline-yearless", words=dateline.words)
        return When(yearless=(dateline.month, dateline.day_of_month), basis="implied", evidence=(evidence,))
    fits = dateline is not None and dateline.day is not None and _fits(dateline, reference, announced=False)
    if dateline is not None and fits and fires("date: dateline"):
        return _of(dateline, "dateline", "dateline", "implied")
    if stamp is None or not fires("date: day of publication"):
        return When()
    evidence = Evidence(field="date", rule="day of publication", words=stamp.raw)
    return When(
        stamp.day, "month" if stamp.precision == "month" else "day", "published", None, None, "assumed", (evidence,)
    )


def _stated(date: DateFound, reference: dt.date | None, basis: Basis, *, announced: bool) -> When:
    """Return the day the text states; a weekday an announcement names lies ahead, a day without a year stays open."""
    if date.day is None:
        assert date.month is not None
        assert date.day_of_month is not None
        evidence = Evidence(field="date", rule="yearless", words=date.words)
        return When(yearless=(date.month, date.day_of_month), basis=basis, evidence=(evidence,))
    behind = date.weekday is not None and reference is not None and date.day < reference
    if announced and behind and fires("date: weekday ahead"):
        evidence = Evidence(field="date", rule="weekday ahead", words=date.words)
        return When(date.day + dt.timedelta(days=7), "day", date.source, None, None, basis, (evidence,))
    return _of(date, date.source, "stated with the meeting", basis)


def _of(date: DateFound, source: DateSource, rule: str, basis: Basis) -> When:
    evidence = Evidence(field="date", rule=rule, words=date.words)
    return When(date.day, "day", source, date.end_day, None, basis, (evidence,))


def _weight(
    document: Document, event: Event, date: DateFound, predicate: Predicate | None, reference: dt.date | None
) -> float:
    """Return how well a day fits the meeting, 0 when it does not."""
    yearless = date.day is None and date.day_of_month is not None and reference is None
    if not (date.day is not None or yearless):
        return 0
    clause = clause_of(document.text, document.lang, date)
    if clause == "other" or (predicate is not None and predicate.background):
        return 0
    if date.day is not None and not _fits(date, reference, announced=event.status != "held"):
        return 0
    named = (p for p in document.frames.predicates.get(document.sentence_at(date.start), ()) if not p.verbal)
    if any(p.meaning in STRONG | {"discuss"} and 0 < p.start - date.end <= _OWNS for p in named):
        return 6  # "Tuesday's talks", "вчерашней беседы"
    weight = _by_predicate(event, document.sentence_at(date.start), predicate)
    if clause == "lesser":
        return min(weight, 1.5)
    if date.source == "relative" and document.sentences[document.sentence_at(date.start)].is_headline:
        weight = min(weight, 4)
    return weight


def _by_predicate(event: Event, sentence: int, predicate: Predicate | None) -> float:
    if predicate is not None and predicate in event.predicates:
        if predicate.meaning in STRONG:
            return 6 if not predicate.reference else 3
        if predicate.meaning == "depart":
            return 1.5
        strong = any(p.meaning in STRONG for p in event.predicates)
        return {"sign": 5.0, "discuss": 5.0, "attend": 3.5, "visit": 3.0}.get(predicate.meaning, 3.0) - (
            0.2 if strong else 0
        )
    own = {p.sentence for p in event.predicates}
    if predicate is not None and predicate.meaning == "hold" and min(own) <= sentence <= max(own) + 1:
        return 2.5
    if predicate is not None and predicate.meaning == "say":
        return 1.2 if min(own) - 1 <= sentence <= max(own) else 0
    if sentence in own:
        return 2.5
    return 0.5 if sentence <= min(own) + 1 else 0


def _fits(date: DateFound, reference: dt.date | None, *, announced: bool) -> bool:
    """Tell whether a day can be that of the meeting: one with its year always can unless it lies ahead."""
    if reference is None or date.day is None:
        return True
    if date.day > reference + _AHEAD:
        return announced
    return date.has_year or reference - date.day <= _LONG_AGO
