"""The numbers of the first page, for all years or some of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from crawler.browse.charts import Bar, Lag, Stack, Timeline, ranking, stacks, timeline
from crawler.browse.wording import country, labels
from crawler.items import LANGS

_FEW: Final = 12
"""Lines of a ranking; the rest is in the lists."""
_LATEST: Final = 5
# Quartiles by rank: SQLite has no median.
_LAGS: Final = """
    WITH counted AS (
        SELECT outlet, lang, lag_hours, sum(meetings) AS meetings
        FROM lags_by_year WHERE ifnull(year, :undated) BETWEEN :first AND :last GROUP BY outlet, lang, lag_hours
    ), placed AS (
        SELECT *, sum(meetings) OVER (PARTITION BY outlet, lang ORDER BY lag_hours) AS place,
               sum(meetings) OVER (PARTITION BY outlet, lang) AS total
        FROM counted
    )
    SELECT outlet, lang, total, sum(CASE WHEN lag_hours = 0 THEN meetings ELSE 0 END) AS firsts,
           min(CASE WHEN place >= (total + 3) / 4 THEN lag_hours END) AS lower,
           min(CASE WHEN place >= (total + 1) / 2 THEN lag_hours END) AS median,
           min(CASE WHEN place >= (3 * total + 3) / 4 THEN lag_hours END) AS upper
    FROM placed GROUP BY outlet, lang ORDER BY median, upper, outlet, lang"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the first page shows. ``first`` and ``last`` are the years it is about, ``years`` all there are."""

    years: tuple[int, ...]
    first: int
    last: int
    held: int
    articles: int
    timeline: Timeline
    counterparts: tuple[Bar, ...]
    home_people: tuple[Bar, ...]
    other_people: tuple[Bar, ...]
    topics: tuple[Bar, ...]
    outlets: tuple[Stack, ...]
    lags: tuple[Lag, ...]
    latest: tuple[Any, ...]
    counterpart_count: int
    person_count: int
    conflicts: int

    @property
    def is_whole(self) -> bool:
        """Whether no year is left out."""
        return not self.years or (self.first, self.last) == (self.years[0], self.years[-1])


_KNOWN: Final[WeakKeyDictionary[Any, dict[tuple[int, int], Overview]]] = WeakKeyDictionary()


async def years_of(database: Any) -> tuple[int, ...]:
    """Return the years in which there are meetings, ascending."""
    rows = await database.execute("SELECT DISTINCT year FROM meetings_by_year WHERE year IS NOT NULL ORDER BY year")
    return tuple(row["year"] for row in rows)


async def overview(database: Any, first: int | None, last: int | None) -> Overview:
    """Return the overview of a Datasette database, from year to year; it never changes, so each is counted once.

    Meetings of an unknown year are part of all years only.
    """
    known = _KNOWN.setdefault(database, {})
    years = await years_of(database)
    ends = (years[0], years[-1]) if years else (0, 0)
    low, high = sorted((min(max(first or ends[0], ends[0]), ends[1]), min(max(last or ends[1], ends[0]), ends[1])))
    if (low, high) not in known:
        known[low, high] = await _count(database, years, low, high)
    return known[low, high]


async def _count(database: Any, years: tuple[int, ...], first: int, last: int) -> Overview:
    undated = first if not years or (first, last) == (years[0], years[-1]) else -1
    window = {"first": first, "last": last, "undated": undated, "few": _FEW, "latest": _LATEST}

    async def rows(sql: str, **more: int) -> list[Any]:
        return list(await database.execute(sql, window | more))

    months: dict[str, dict[str, int]] = defaultdict(dict)
    for row in await rows(
        "SELECT month, kind, meetings FROM meetings_by_month"
        " WHERE status = 'held' AND CAST(substr(month, 1, 4) AS INTEGER) BETWEEN :first AND :last"
    ):
        months[row["month"]][row["kind"]] = row["meetings"]
    outlets: dict[str, dict[str, int]] = defaultdict(dict)
    for row in await rows(
        "SELECT outlet, lang, sum(sources) AS sources FROM sources_by_year"
        " WHERE ifnull(year, :undated) BETWEEN :first AND :last GROUP BY outlet, lang"
    ):
        outlets[row["outlet"]][row["lang"]] = row["sources"]
    counterparts = ranking(
        (row["code"], row["name"], row["meetings"], "organization" if row["is_organization"] else "")
        for row in await rows(
            "SELECT code, name, is_organization, sum(meetings) AS meetings FROM counterparts_by_year"
            " WHERE ifnull(year, :undated) BETWEEN :first AND :last GROUP BY code"
        )
    )
    person_count = await rows(
        "SELECT count(DISTINCT person) AS persons FROM persons_by_year"
        " WHERE ifnull(year, :undated) BETWEEN :first AND :last"
    )

    async def people(*, home: bool) -> tuple[Bar, ...]:
        found = await rows(
            "SELECT person, name, country, sum(meetings) AS meetings FROM persons_by_year"
            " WHERE ifnull(year, :undated) BETWEEN :first AND :last"
            " AND (country IS 'AZ') = :home GROUP BY person ORDER BY meetings DESC, name LIMIT :few",
            home=home,
        )
        return ranking((r["person"], r["name"], r["meetings"], country(r["country"])) for r in found)

    topics = await rows(
        "SELECT topic, label, sum(meetings) AS meetings FROM topics_by_year"
        " WHERE ifnull(year, :undated) BETWEEN :first AND :last GROUP BY topic"
    )
    lags = await rows(_LAGS)
    # A month does not reach beyond its year, so the last day tells the year, too; that is what the index has.
    dated = "last_day BETWEEN :first || '-01-01' AND :last || '-12-31'"
    latest = await rows(
        f"SELECT * FROM meetings WHERE ({'1' if undated == first else dated}) AND status <> 'cancelled'"  # noqa: S608
        " ORDER BY last_day DESC, id LIMIT :latest"
    )
    held = await rows(
        "SELECT total(meetings) AS meetings FROM meetings_by_year"
        " WHERE status = 'held' AND ifnull(year, :undated) BETWEEN :first AND :last"
    )
    conflicts = await rows(
        "SELECT total(meetings) AS meetings FROM conflicts_by_year"
        " WHERE ifnull(year, :undated) BETWEEN :first AND :last"
    )
    return Overview(
        years=years,
        first=first,
        last=last,
        held=int(held[0]["meetings"]),
        articles=sum(sum(values.values()) for values in outlets.values()),
        timeline=timeline(months, tuple(labels("kind"))),
        counterparts=counterparts[:_FEW],
        counterpart_count=len(counterparts),
        home_people=await people(home=True),
        other_people=await people(home=False),
        person_count=person_count[0]["persons"],
        topics=ranking((row["topic"], row["label"], row["meetings"], "") for row in topics)[:_FEW],
        outlets=stacks(outlets, LANGS),
        lags=tuple(
            Lag(r["outlet"], r["lang"], r["total"], r["firsts"], r["lower"], r["median"], r["upper"]) for r in lags
        ),
        latest=tuple(latest),
        conflicts=int(conflicts[0]["meetings"]),
    )
