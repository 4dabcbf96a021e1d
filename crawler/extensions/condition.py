"""The condition of each source: what its runs, its articles and its quarantine say, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final

from sqlalchemy import func, select

from crawler.extensions.figures import Figures
from crawler.extensions.history import of_source
from crawler.extensions.quarantine import listed
from crawler.extensions.verdict import Verdict
from crawler.knowledge import table
from crawler.pages.addresses import OUTLETS, SourceName
from crawler.store.database import Database
from crawler.store.ledger import Ledger, Run
from crawler.store.schema import ARTICLES

SOURCES: Final[tuple[SourceName, ...]] = ("report", "azernews", "menafn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One source. Moments are aware UTC, None if there was none.

    ``verdict`` and ``detail`` are of the last run that ended, ``usual_gap`` is the median between publications,
    ``usual_interval`` that between runs. ``figures`` are of the last run that read any page, ``raw_pages_lost`` of the
    last that ended. ``problems`` are sentences; a source without any is healthy.
    """

    source: str
    runs: int = 0
    last_run: datetime | None = None
    last_good_run: datetime | None = None
    verdict: str | None = None
    detail: str = ""
    action: str = ""
    running_since: datetime | None = None
    usual_interval: timedelta | None = None
    articles: int = 0
    last_new_article: datetime | None = None
    usual_gap: timedelta | None = None
    figures: Figures | None = None
    figures_run: str | None = None
    raw_pages_lost: int = 0
    quarantine: dict[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def is_healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        """Return the condition for JSON; moments are ISO 8601 UTC, gaps seconds."""
        figures = self.figures
        return {
            "healthy": self.is_healthy,
            "problems": list(self.problems),
            "runs": self.runs,
            "last_run": _iso(self.last_run),
            "last_good_run": _iso(self.last_good_run),
            "verdict": self.verdict,
            "detail": self.detail,
            "next_action": self.action,
            "running_since": _iso(self.running_since),
            "articles": self.articles,
            "last_new_article": _iso(self.last_new_article),
            "usual_gap_seconds": self.usual_gap.total_seconds() if self.usual_gap is not None else None,
            "figures_of_run": self.figures_run,
            "coverage": figures.coverage if figures else {},
            "first_selector": figures.shares(figures.primary) if figures else {},
            "levels": figures.levels if figures else {},
            "layouts": figures.layouts if figures else {},
            "agreement": figures.usual_agreement if figures else None,
            "channels": figures.channels if figures else {},
            "raw_pages_lost": self.raw_pages_lost,
            "quarantine": self.quarantine,
        }


@dataclass(frozen=True, slots=True)
class Articles:
    """What the store holds of a source: how many, when the last unknown one came, when the newest were published."""

    count: int = 0
    last_new: datetime | None = None
    published: Sequence[datetime] = ()


def conditions(data_dir: Path, database: Database, now: datetime, wanted: Iterable[SourceName] = ()) -> list[Condition]:
    """Return the condition of every source; ``now`` is aware.

    A source that has never run is no fault unless it is ``wanted`` or none has run: not everybody crawls all of them.
    """
    ledger = Ledger(database)
    runs = {source: ledger.runs(source) for source in SOURCES}
    has_run = any(runs.values())
    required = set(wanted) or (set() if has_run else set(SOURCES))
    pages: dict[str, dict[str, int]] = {}
    for page in listed(data_dir):
        reasons = pages.setdefault(page.source, {})
        reasons[page.reason] = reasons.get(page.reason, 0) + 1
    return [
        condition(
            source,
            runs[source],
            list(of_source(data_dir, source)),
            _articles(database, OUTLETS[source]),
            now,
            quarantine=pages.get(source, {}),
            must_run=source in required,
        )
        for source in SOURCES
        if not wanted or source in required
    ]


def condition(
    source: str,
    runs: Sequence[Run],
    manifests: Sequence[tuple[dict[str, Any], dict[str, Any]]],
    articles: Articles,
    now: datetime,
    *,
    quarantine: dict[str, int],
    must_run: bool,
) -> Condition:
    """Return the condition of one source; ``runs`` and ``manifests`` are given newest first."""
    ended = [run for run in runs if run.finished is not None and run.verdict != "killed"]
    good = next((run for run in ended if run.verdict == "done"), None)
    last = ended[0] if ended else None
    begun = datetime.fromisoformat(runs[0].started) if runs and runs[0].finished is None else None
    parts = {str(manifest.get("run")): part for manifest, part in manifests}
    part = parts.get(last.run.rsplit("/", 1)[0], {}) if last else {}
    read = next(((run, figures) for run, one in parts.items() if (figures := _figures(one)) and figures.pages), None)
    found = Condition(
        source=source,
        runs=len(runs),
        last_run=_moment(last.finished) if last else None,
        last_good_run=_moment(good.finished) if good else None,
        verdict=last.verdict if last else None,
        detail=str(part.get("detail", "")),
        action=str(part.get("next_action") or _action(last.verdict)) if last and last.verdict else "",
        running_since=begun,
        usual_interval=usual_gap(_moment(run.started) for run in runs[: table("floors")["freshness"]["runs"]]),
        articles=articles.count,
        last_new_article=articles.last_new,
        usual_gap=usual_gap(articles.published),
        figures=read[1] if read else None,
        figures_run=read[0] if read else None,
        raw_pages_lost=lost.raw_pages_lost if (lost := _figures(part)) else 0,
        quarantine=quarantine,
    )
    return replace(found, problems=tuple(_problems(found, now, must_run=must_run)))


def _problems(found: Condition, now: datetime, *, must_run: bool) -> Iterator[str]:
    limits = table("floors")["freshness"]
    if not found.runs:
        if must_run:
            yield "there was no run yet"
        return
    if found.running_since and now - found.running_since > timedelta(hours=limits["running_hours"]):
        yield f"the run begun {length(now - found.running_since)} ago never ended"
    if found.verdict is not None and found.verdict != "done":
        detail = f" ({found.detail})" if found.detail else ""
        yield f"the last run ended: {found.verdict.replace('_', ' ')}{detail}"
    if found.raw_pages_lost:
        pages = "1 raw page" if found.raw_pages_lost == 1 else f"{found.raw_pages_lost} raw pages"
        yield f"{pages} of the last run could not be kept"
    if found.last_good_run is None:
        if found.verdict is None:
            yield "no run has ended yet"
    else:
        yield from _silences(found, now, limits)


def _silences(found: Condition, now: datetime, limits: dict[str, int]) -> Iterator[str]:
    assert found.last_good_run is not None
    least = timedelta(hours=limits["least_hours"])
    idle = now - found.last_good_run
    if idle > max(least, limits["intervals"] * (found.usual_interval or timedelta())):
        yield f"the last good run was {length(idle)} ago"
    if found.last_new_article is None:
        yield "no article is in the store"
    elif found.usual_gap is not None:
        silence = now - found.last_new_article
        if silence > max(least, limits["gaps"] * found.usual_gap):
            yield f"nothing new for {length(silence)}, usually every {length(found.usual_gap)}"


def usual_gap(moments: Iterable[datetime]) -> timedelta | None:
    """Return the median time between moments; None for fewer than three, which have no usual gap."""
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(sorted(moments))]
    return timedelta(seconds=median(gaps)) if len(gaps) > 1 else None


def _articles(database: Database, outlet: str) -> Articles:
    of_outlet = ARTICLES.c.outlet == outlet
    newest = (
        select(ARTICLES.c.published)
        .where(of_outlet, ARTICLES.c.published.is_not(None))
        .order_by(ARTICLES.c.published.desc())
        .limit(table("floors")["freshness"]["articles"])
    )
    with database.reading() as connection:
        count, last = connection.execute(select(func.count(), func.max(ARTICLES.c.first_seen)).where(of_outlet)).one()
        # a month has no place among moments
        published = [_moment(text) for text in connection.execute(newest).scalars() if len(text) >= len("2026-01-31")]
    return Articles(count, _moment(last) if last else None, published)


def _moment(text: str | None) -> datetime:
    moment = datetime.fromisoformat(text or "")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _figures(part: dict[str, Any]) -> Figures | None:
    values = part.get("figures")
    try:
        return Figures.from_dict(values) if isinstance(values, dict) else None
    except (TypeError, ValueError):
        return None  # of another version of the program


def _action(verdict: str) -> str:
    known = {one.name.lower(): one.action for one in Verdict}
    return known.get(verdict, "")


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def length(time: timedelta) -> str:
    """Return a length of time in its largest sensible unit: ``45 min``, ``7 h``, ``3 days``."""
    minutes = max(0, time.total_seconds()) / 60
    if minutes < 90:  # noqa: PLR2004 - an hour and a half
        return f"{minutes:.0f} min"
    hours = minutes / 60
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"  # noqa: PLR2004 - two days
