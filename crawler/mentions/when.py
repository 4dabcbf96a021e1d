"""When the meeting was: the day the text states, else its dateline, else the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from crawler.items import Article, DatePrecision, DateSource, Evidence, Stamp
from crawler.language.dates import DateFound, find_dates
from crawler.mentions.anaphoric_days import with_anaphoric_days
from crawler.mentions.date_clauses import clause_of
from crawler.mentions.document import Document
from crawler.mentions.scene import Scene
from crawler.rules import fires

_DATELINE: Final = 70
"""Characters at the beginning of the body in which a dateline or a page stamp stands."""
_AHEAD: Final = dt.timedelta(days=2)
"""A report can be a day older by its own clock than the meeting it tells of, not more."""
_MONTH: Final = dt.timedelta(days=27)
"""From the first of a month that is all a page says of its date to a day that is surely within it."""
_DATELINE_BEFORE: Final = re.compile(r"^(?:[^\w\n]|\b[A-ZÀ-ÞА-ЯЁƏĞİÖŞÜÇ]\w*\b)*$")
_DATELINE_AFTER: Final = re.compile(r"[^.:\n]{0,16}(?:\([^)\n]{0,20}\) ?)?(?:[.:–—/-]|$)|, \d\d:\d\d")
_LONG_AGO: Final = dt.timedelta(days=45)


@dataclass(frozen=True, slots=True)
class When:
    """The day of a meeting, ``end`` for one of several days, and where it comes from."""

    day: dt.date | None = None
    precision: DatePrecision | None = None
    source: DateSource | None = None
    end: dt.date | None = None
    evidence: tuple[Evidence, ...] = ()


def find_when(article: Article, document: Document, scenes: list[Scene], *, announced: bool) -> When:
    """Return when the meeting was; an announced one has no date unless its day is stated.

    Where the year of the day cannot be known, the day is left open and the evidence names its words under a rule that
    has "yearless" in its name.
    """
    stamp = article.published
    reference = stamp.day if stamp else None
    if stamp is not None and stamp.precision == "month":
        reference = stamp.day + _MONTH
    body = next((sentence.start for sentence in document.sentences if not sentence.is_headline), 0)
    found = document.dates(reference)
    if reference is None:
        reference = next((date.day for date in found if date.day and _is_dateline(document, date, body)), None)
        found = document.dates(reference)
    if stamp is not None and stamp.precision == "month":
        found = tuple(date for date in found if date.source == "stated")
    datelines = [date for date in found if _is_dateline(document, date, body)]
    dates = [date for date in with_anaphoric_days(document, found, body) if date not in datelines]
    own = next((scene.index for scene in reversed(scenes) if not scene.background), 0)
    weights = [
        _weight(document, date, scenes[document.sentence_at(date.start)], reference, own, announced=announced)
        for date in dates
    ]
    # The heaviest, of equals one that is a single day, of these the first.
    best = max(range(len(dates)), key=lambda n: (weights[n], dates[n].end_day is None, -n), default=None)
    if best is not None and weights[best] and fires(f"date: stated with weight {weights[best]}"):
        return _stated(dates[best], reference, announced=announced)
    if announced:
        return When()
    if not datelines and article.dateline:
        datelines = find_dates(article.dateline, document.lang, reference)
    return _fallback(stamp, datelines[0] if datelines else None, reference)


def _fallback(stamp: Stamp | None, dateline: DateFound | None, reference: dt.date | None) -> When:
    """Return the day of the dateline or, without one, of the publication."""
    yearless = dateline is not None and dateline.day is None and dateline.day_of_month is not None
    if dateline is not None and yearless and fires("date: dateline without a year"):
        return When(evidence=(Evidence(field="date", rule="dateline-yearless", words=dateline.words),))
    fits = dateline is not None and dateline.day is not None and _fits(dateline.day, reference, announced=False)
    if dateline is not None and fits and fires("date: dateline"):
        return _of(dateline, "dateline", "dateline")
    if stamp is None or not fires("date: day of publication"):
        return When()
    evidence = Evidence(field="date", rule="day of publication", words=stamp.raw)
    return When(stamp.day, "month" if stamp.precision == "month" else "day", "published", None, (evidence,))


def _stated(date: DateFound, reference: dt.date | None, *, announced: bool) -> When:
    """Return the day the text states; a weekday an announcement names lies ahead, a day without a year stays open."""
    if date.day is None:
        return When(evidence=(Evidence(field="date", rule="yearless", words=date.words),))
    ahead = announced and date.weekday is not None and reference is not None and date.day < reference
    if ahead and fires("date: weekday ahead"):
        evidence = Evidence(field="date", rule="weekday ahead", words=date.words)
        return When(date.day + dt.timedelta(days=7), "day", date.source, None, (evidence,))
    return _of(date, date.source, "stated with the meeting")


def _is_dateline(document: Document, date: DateFound, body: int) -> bool:
    """Tell whether a date opens the body, as in "BAKU, Azerbaijan, May 12." or a page stamp."""
    if not body <= date.start < body + _DATELINE or date.source != "stated":
        return False
    if not _DATELINE_BEFORE.match(document.text[body : date.start].strip("( -")):
        return False
    return bool(_DATELINE_AFTER.match(document.text, date.end))


def _of(date: DateFound, source: DateSource, rule: str) -> When:
    return When(date.day, "day", source, date.end_day, (Evidence(field="date", rule=rule, words=date.words),))


def _weight(
    document: Document, date: DateFound, scene: Scene, reference: dt.date | None, own: int, *, announced: bool
) -> int:
    """Return how well a date fits the meeting, 0 when it does not; ``own`` is the last sentence that tells of it."""
    open_year = date.day is None and date.day_of_month is not None and reference is None
    if not (date.day is not None or open_year) or (scene.background and not scene.elsewhere):
        return 0
    clause = clause_of(document, date)
    if clause == "other" or (date.day is not None and not _fits(date.day, reference, announced=announced)):
        return 0
    if clause == "lesser":
        return 2
    meets = scene.has("meet", "receive", "call", "internal")
    if scene.elsewhere:
        # The day of the meeting told of before holds for the next one until another day is named.
        return 1 if meets and scene.index < own else 0
    if meets:
        return 5 if clause == "meeting" else 4
    if scene.has("visit", "sign", "discuss", "attend"):
        return 3
    if scene.marked("event"):
        return 2
    return 1 if scene.index <= 1 and date.source == "relative" else 0


def _fits(day: dt.date, reference: dt.date | None, *, announced: bool) -> bool:
    if reference is None:
        return True
    if day > reference + _AHEAD:
        return announced
    return reference - day <= _LONG_AGO
