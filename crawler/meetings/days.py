"""The days a report allows for its meeting, and how two reports' days agree.

A day that the text states, or tells relative to a known publication, is hard. A dateline or a publication stamp only
bounds the day: reports come up to two days late (MENAFN's ingest time, Monday's paper), and stamps kept by archives
are sometimes a day early.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final, Literal

from crawler.items import Article, Mention, Stamp
from crawler.language.dates import find_dates

LATE_DAYS: Final = 2
EARLY_DAYS: Final = 1
AHEAD_DAYS: Final = 14
"""How far ahead an announcement without a day is held to look."""
LONGEST_VISIT: Final = 8
BEGINNING: Final = 110
"""Characters in which a text's own day stands; days named later are more often those of other events."""
_CLAUSE_END: Final = re.compile(r"[.\s]{0,2}(?:[./:–—(]|$)")

Firmness = Literal["hard", "relative", "soft", "month", "yearless", "none"]


@dataclass(frozen=True, slots=True)
class Span:
    """``first``..``last`` are the days allowed, ``best`` the likeliest one.

    ``yearless`` is (month, day) of a date whose year cannot be known; ``tolerance`` days around it are allowed.
    """

    firmness: Firmness
    first: dt.date | None = None
    last: dt.date | None = None
    best: dt.date | None = None
    ahead: bool = False
    yearless: tuple[int, int] | None = None
    tolerance: int = 0

    @property
    def dated(self) -> bool:
        """Whether the day is known within a few days."""
        return self.hard or self.firmness == "soft"

    @property
    def hard(self) -> bool:
        """Whether the text tells the day, by itself or relative to its publication."""
        return self.firmness in {"hard", "relative"}


def _month(day: dt.date) -> tuple[dt.date, dt.date]:
    first = day.replace(day=1)
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _soft(day: dt.date, *, ahead: bool) -> Span:
    first = day - dt.timedelta(days=EARLY_DAYS if ahead else LATE_DAYS)
    last = day + dt.timedelta(days=AHEAD_DAYS if ahead else EARLY_DAYS)
    return Span("soft", first, last, day, ahead)


def yearless_day(mention: Mention) -> tuple[int, int, bool] | None:
    """Return (month, day, from the dateline) of a date without a year that the reader left in the mention's evidence.

    The reader notes it as evidence of the field ``date`` under a rule that names it ``yearless``; the words are the
    date as printed, or ``--MM-DD`` (ISO 8601's form of a day without a year).
    """
    for item in mention.evidence:
        if item.field == "date" and "yearless" in item.rule:
            _, found, rest = item.words.rpartition("--")
            month, dash, day = rest[:5].partition("-")
            if found and dash and month.isdigit() and day.isdigit():
                return int(month), int(day), "dateline" in item.rule
            for date in find_dates(item.words, mention.lang, None):
                if date.month and date.day_of_month:
                    return date.month, date.day_of_month, "dateline" in item.rule
    return None


def _weekday(mention: Mention) -> bool:
    """Return whether the words of the day name a weekday, which stays what it is when a stamp is a day late."""
    words = [item.words for item in mention.evidence if item.field == "date"]
    return any(date.weekday is not None for text in words for date in find_dates(text, mention.lang, None))


def yearless_beginning(article: Article) -> tuple[int, int, bool] | None:
    """Return (month, day, from the dateline) of a day without a year that stands at the beginning of an article.

    Only for an article whose year nothing tells. A date that ends its clause ("BAKU, November 23.") is a dateline.
    """
    if article.published:
        return None
    for text in (article.dateline or "", article.text[:BEGINNING]):
        for date in find_dates(text, article.lang, None):
            if date.month and date.day_of_month and date.source == "stated" and not date.has_year:
                closed = text is article.dateline or _CLAUSE_END.match(text, date.end) is not None
                return date.month, date.day_of_month, closed
    return None


def span_of(mention: Mention, published: Stamp | None, beginning: tuple[int, int, bool] | None = None) -> Span:
    """Return the days that ``mention`` allows, given when its article was published.

    ``beginning`` is the article's ``yearless_beginning``; it counts where the mention itself has no day.
    """
    ahead = mention.status == "announced"
    hard = mention.date_source in {"stated", "relative"}
    if mention.date and mention.date_precision == "day":
        if hard:
            last = mention.date_end or mention.date
            if not mention.date <= last <= mention.date + dt.timedelta(days=LONGEST_VISIT):
                last = mention.date
            told: Firmness = "relative" if mention.date_source == "relative" and not _weekday(mention) else "hard"
            return Span(told, mention.date, last, mention.date)
        return _soft(mention.date, ahead=ahead)
    if mention.date and hard:
        return Span("month", *_month(mention.date))
    if yearless := yearless_day(mention) or (None if mention.date or published else beginning):
        month, day, dateline = yearless
        return Span("yearless", yearless=(month, day), tolerance=LATE_DAYS if dateline or ahead else 0)
    if published and published.precision != "month":
        return _soft(published.day, ahead=ahead)
    if published or mention.date:
        first, last = _month(published.day if published else mention.date)  # type: ignore[arg-type]  # one is a date
        return Span("month", first - dt.timedelta(days=LATE_DAYS), last + dt.timedelta(days=EARLY_DAYS))
    return Span("none")


Level = Literal["same", "published", "next", "late", "far", "past", "ahead", "yearless", "month", "open", "clash"]
LONG_PAST: Final = 10
"""Days after which no report that tells no day is of a meeting."""
OPEN_DAYS: Final = 3 * 365
"""How long the same two people meet: the days of which a report without one may be."""
_MONTH_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class DayRelation:
    """How the days of two reports agree: a level of ``knowledge/evidence.toml``, or two stated days that differ.

    ``window`` is the number of days on which the same two could have met another time without these days telling it.
    """

    level: Level
    window: int = 0
    detail: str = ""

    @property
    def near(self) -> bool:
        """Whether both reports are of one day or of neighbouring ones."""
        return self.on_one_day or self.level in {"next", "late"}

    @property
    def on_one_day(self) -> bool:
        """Whether both reports are of one day, as far as they tell."""
        return self.level in {"same", "published", "yearless"}


def _nearest(day: dt.date, month: int, day_of_month: int) -> int:
    distances = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            distances.append(abs((dt.date(year, month, day_of_month) - day).days))
        except ValueError:  # 29 February
            continue
    return min(distances, default=366)


def _yearless_relation(a: Span, b: Span) -> DayRelation:
    if a.yearless is None:
        a, b = b, a
    assert a.yearless is not None
    text = f"--{a.yearless[0]:02}-{a.yearless[1]:02}"
    leap_year = 2024
    if b.yearless is not None:
        away = _nearest(dt.date(leap_year, *b.yearless), *a.yearless)
        allowed, other = a.tolerance + b.tolerance, f"--{b.yearless[0]:02}-{b.yearless[1]:02}"
    elif b.first is None or b.last is None:
        return DayRelation("open", OPEN_DAYS, text)
    else:
        days = [b.first + dt.timedelta(days=n) for n in range((b.last - b.first).days + 1)]
        away = min(_nearest(day, *a.yearless) for day in days)
        allowed, other = a.tolerance, f"{b.first}..{b.last}" if b.first != b.last else str(b.first)
        if b.firmness == "month" and away <= allowed:
            return DayRelation("month", _MONTH_DAYS, text)
    if away > allowed:
        clock = {"soft": LATE_DAYS, "relative": 1}.get(b.firmness, 0)
        if away <= clock:
            return DayRelation("next" if away == 1 else "late", 2 * away + 1, f"{text}, {other}")
        return DayRelation("clash", detail=f"{text} against {other}")
    if b.firmness == "soft" and not away:
        away = _nearest(b.best, *a.yearless) if b.best else 0
        return DayRelation("published" if not away else "next" if away == 1 else "late", 2 * away + 1, text)
    return DayRelation("yearless" if not away else "next", 2 * away + 1, text)


def _far(apart: int) -> Level:
    return "far" if apart <= LONG_PAST else "past"


def _told_relation(a: Span, b: Span, apart: int) -> DayRelation:
    """Return how two days told by texts agree that are ``apart``; what a clock told may be a day late."""
    if not apart:
        return DayRelation("same", 1, str(max(a.first or dt.date.min, b.first or dt.date.min)))
    if apart == 1 and "relative" in {a.firmness, b.firmness}:
        return DayRelation("next", 3, f"{a.best}, {b.best}")
    return DayRelation("clash", 0, f"{a.best} against {b.best}")


def relate(a: Span, b: Span) -> DayRelation:
    """Return how two spans agree; a clash names the two days in ``detail``."""
    if a.yearless or b.yearless:
        return _yearless_relation(a, b)
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return DayRelation("open", OPEN_DAYS)
    between = max(0, (a.first - b.last).days, (b.first - a.last).days)
    if a.best is None or b.best is None:
        shown = f"{a.best or a.first} against {b.best or b.first}"
        if not between:
            return DayRelation("month", _MONTH_DAYS, f"{max(a.first, b.first):%Y-%m}")
        stated = {a.firmness, b.firmness} <= {"hard", "month"}
        return DayRelation("clash" if stated else _far(between), 0, shown)
    if a.hard and b.hard:
        return _told_relation(a, b, between)
    apart = abs((a.best - b.best).days)
    if a.hard or b.hard:
        hard, soft = (a, b.best) if a.hard else (b, a.best)
        apart = max(0, (hard.first - soft).days, (soft - hard.last).days)  # type: ignore[operator]  # known days
    both = f"{a.best}" if a.best == b.best else f"{a.best}, {b.best}"
    if apart <= LATE_DAYS + 1:
        return DayRelation("published" if not apart else "next" if apart == 1 else "late", 2 * apart + 1, both)
    if not between and (a.ahead or b.ahead):
        return DayRelation("ahead", AHEAD_DAYS, both)
    return DayRelation(_far(apart), 0, both)
