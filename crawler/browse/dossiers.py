"""What the pages of one meeting and of one person show, read from the analysts' database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from crawler.browse.charts import Timeline, timeline
from crawler.browse.wording import country, labels
from crawler.items import LANGS

HOME: Final = "AZ"
_MOST_MEETINGS: Final = 50
_MOST_PEOPLE: Final = 15

Row = Any  # sqlite3.Row, of the columns its query names


@dataclass(frozen=True, slots=True)
class Side:
    """Those of one party who took part; ``code`` is None for a party the sources do not tell."""

    code: str | None
    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One who took part: the participant's row and the spellings of the name that were seen, by language."""

    row: Row
    spellings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDossier:
    """A meeting with all its parts. ``headlines`` and ``leads`` are by language, in the fixed order, without gaps."""

    row: Row
    headlines: tuple[tuple[str, str, str | None], ...]
    sides: tuple[Side, ...]
    organizations: tuple[str, ...]
    topics: tuple[Row, ...]
    agreements: tuple[Row, ...]
    sources: tuple[Row, ...]
    variants: tuple[Row, ...]
    evidence: tuple[Row, ...]
    conflicts: tuple[Row, ...]
    merged_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDossier:
    """A person with the meetings, latest first (at most 50, all of them in the tables)."""

    row: Row
    spellings: tuple[Row, ...]
    posts: tuple[Row, ...]
    met: tuple[Row, ...]
    meetings: tuple[Row, ...]
    meeting_count: int
    timeline: Timeline


async def current_id(database: Any, id_: str) -> str | None:
    """Return the id of the meeting that has or has swallowed an id, None when there is none."""
    sql = "SELECT id FROM meetings WHERE id = :id UNION ALL SELECT meeting FROM merged_ids WHERE id = :id"
    found = (await database.execute(sql, {"id": id_})).first()
    return found["id"] if found else None


async def meeting_dossier(database: Any, id_: str) -> MeetingDossier | None:
    """Return all that is known of a meeting, None when there is none of that id."""

    async def rows(sql: str) -> tuple[Row, ...]:
        return tuple(await database.execute(sql, {"id": id_}))

    found = await rows("SELECT * FROM meetings WHERE id = :id")
    if not found:
        return None
    row = found[0]
    spellings = await rows(
        "SELECT person, lang, text FROM spellings WHERE person IN (SELECT person FROM participants WHERE meeting = :id)"
        " ORDER BY text"
    )
    participants = await rows("SELECT * FROM participants WHERE meeting = :id ORDER BY id")
    people = [
        Person(one, tuple((s["lang"], s["text"]) for s in spellings if s["person"] == one["person"]))
        for one in participants
    ]
    evidence = await rows("SELECT * FROM merge_evidence WHERE meeting = :id ORDER BY id")
    merged = await rows("SELECT id FROM merged_ids WHERE meeting = :id ORDER BY id")
    return MeetingDossier(
        row=row,
        headlines=tuple(
            (lang, row[f"headline_{lang}"], row[f"lead_{lang}"]) for lang in LANGS if row[f"headline_{lang}"]
        ),
        sides=_sides(people, json.loads(row["countries"])),
        organizations=tuple(map(country, json.loads(row["organizations"]))),
        topics=await rows("SELECT * FROM topics WHERE meeting = :id ORDER BY label"),
        agreements=await rows("SELECT * FROM agreements WHERE meeting = :id ORDER BY id"),
        sources=await rows("SELECT * FROM sources WHERE meeting = :id ORDER BY id"),
        variants=await rows("SELECT * FROM headlines WHERE meeting = :id ORDER BY id"),
        evidence=tuple(one for one in evidence if not one["is_conflict"]),
        conflicts=tuple(one for one in evidence if one["is_conflict"]),
        merged_ids=tuple(one["id"] for one in merged),
    )


def _sides(people: Iterable[Person], parties: Iterable[str]) -> tuple[Side, ...]:
    """Return the people by party, Azerbaijan first, then as they come, then the parties of which nobody is named."""
    by_code: dict[str | None, list[Person]] = {}
    for person in people:
        by_code.setdefault(person.row["country"], []).append(person)
    for code in parties:
        by_code.setdefault(code, [])
    ordered = sorted(by_code.items(), key=lambda item: (item[0] != HOME, not item[1], item[0] is None))
    return tuple(Side(code, country(code) or "Party not told", tuple(found)) for code, found in ordered)


async def person_dossier(database: Any, id_: str) -> PersonDossier | None:
    """Return all that is known of a person, None when there is none of that id."""

    async def rows(sql: str) -> tuple[Row, ...]:
        return tuple(await database.execute(sql, {"id": id_}))

    found = await rows("SELECT * FROM persons WHERE id = :id")
    if not found:
        return None
    at = "id IN (SELECT meeting FROM participants WHERE person = :id)"
    counts = await rows(
        "SELECT substr(first_day, 1, 7) AS month, kind, count(*) AS meetings FROM meetings"
        f" WHERE {at} AND status = 'held' AND first_day IS NOT NULL GROUP BY 1, 2"
    )
    months: dict[str, dict[str, int]] = {}
    for one in counts:
        months.setdefault(one["month"], {})[one["kind"]] = one["meetings"]
    return PersonDossier(
        row=found[0],
        spellings=await rows("SELECT lang, text FROM spellings WHERE person = :id ORDER BY lang, text"),
        posts=await rows(
            "SELECT post, rank, participants.country, min(first_day) AS first_day, max(last_day) AS last_day,"
            " count(DISTINCT meeting) AS meetings FROM participants JOIN meetings ON meetings.id = meeting"
            " WHERE person = :id AND (post IS NOT NULL OR rank IS NOT NULL) GROUP BY post, rank"
            " ORDER BY last_day DESC, post, rank"
        ),
        met=await rows(
            "SELECT persons.id, persons.name, persons.country, count(DISTINCT p.meeting) AS meetings"
            " FROM participants AS p JOIN persons ON persons.id = p.person"
            " JOIN meetings ON meetings.id = p.meeting AND status = 'held'"
            " WHERE p.meeting IN (SELECT meeting FROM participants WHERE person = :id) AND p.person <> :id"
            f" GROUP BY p.person ORDER BY meetings DESC, persons.name LIMIT {_MOST_PEOPLE}"
        ),
        meetings=await rows(f"SELECT * FROM meetings WHERE {at} ORDER BY last_day DESC, id LIMIT {_MOST_MEETINGS}"),
        meeting_count=(await rows(f"SELECT count(*) AS meetings FROM meetings WHERE {at}"))[0]["meetings"],
        timeline=timeline(months, tuple(labels("kind"))),
    )
