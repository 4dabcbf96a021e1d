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
_MOST_MEETINGS: Final = 20
_MOST_PEOPLE: Final = 15

Row = Any  # sqlite3.Row, of the columns its query names


@dataclass(frozen=True, slots=True)
class Side:
    """Those of one party who took part; ``code`` is None for a party the sources do not tell.

    ``column`` is the list of a meeting that holds the code: countries or organizations.
    """

    code: str | None
    column: str
    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One who took part: the participant's row and the spellings of the name that were seen, by language."""

    row: Row
    spellings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a source belongs to the meeting or what it says otherwise.

    ``place`` and ``other_place`` count the sources from 1; None for an address that is none of the sources. ``detail``
    leaves out the address of the other source.
    """

    url: str
    rule: str
    detail: str
    place: int | None
    other_place: int | None
    outlet: str
    lang: str
    headline: str | None


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
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Evidence, ...]
    merged_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDossier:
    """A person with the meetings, latest first (at most 20; the list has all)."""

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
    sources = await rows("SELECT * FROM sources WHERE meeting = :id ORDER BY id")
    evidence = await rows("SELECT * FROM merge_evidence WHERE meeting = :id ORDER BY id")
    merged = await rows("SELECT id FROM merged_ids WHERE meeting = :id ORDER BY id")
    return MeetingDossier(
        row=row,
        headlines=tuple(
            (lang, row[f"headline_{lang}"], row[f"lead_{lang}"]) for lang in LANGS if row[f"headline_{lang}"]
        ),
        sides=_sides(people, json.loads(row["countries"]), json.loads(row["organizations"])),
        organizations=tuple(map(country, json.loads(row["organizations"]))),
        topics=await rows("SELECT * FROM topics WHERE meeting = :id ORDER BY label"),
        agreements=await rows("SELECT * FROM agreements WHERE meeting = :id ORDER BY id"),
        sources=sources,
        variants=await rows("SELECT * FROM headlines WHERE meeting = :id ORDER BY id"),
        evidence=tuple(_evidence(one, sources) for one in evidence if not one["is_conflict"]),
        conflicts=tuple(_evidence(one, sources) for one in evidence if one["is_conflict"]),
        merged_ids=tuple(one["id"] for one in merged),
    )


def _evidence(row: Row, sources: tuple[Row, ...]) -> Evidence:
    places = {source["url"]: place for place, source in enumerate(sources, 1)}
    place = places.get(row["url"])
    source = sources[place - 1] if place else None
    detail, other = row["detail"], None
    # The detail begins with the other source in words of crawler/meetings/record.py: with <address>, colon, why.
    if detail.startswith("with "):
        address, colon, rest = detail.removeprefix("with ").partition(": ")
        if colon and address in places:
            detail, other = rest, places[address]
    return Evidence(
        url=row["url"],
        rule=row["rule"],
        detail=detail,
        place=place,
        other_place=other,
        outlet=source["outlet"] if source else "",
        lang=source["lang"] if source else "",
        headline=source["headline"] if source else None,
    )


def _sides(people: Iterable[Person], parties: list[str], organizations: list[str]) -> tuple[Side, ...]:
    """Return the people by party, Azerbaijan first, then as they come, then the parties of which nobody is named."""
    by_code: dict[str | None, list[Person]] = {}
    for person in people:
        by_code.setdefault(person.row["country"], []).append(person)
    for code in parties:
        by_code.setdefault(code, [])
    ordered = sorted(by_code.items(), key=lambda item: (item[0] != HOME, not item[1], item[0] is None))
    return tuple(
        Side(
            code,
            "organizations" if code in organizations else "countries",
            country(code) or "Party not told",
            tuple(found),
        )
        for code, found in ordered
    )


async def person_dossier(database: Any, id_: str) -> PersonDossier | None:
    """Return all that is known of a person, None when there is none of that id."""

    async def rows(sql: str) -> tuple[Row, ...]:
        return tuple(await database.execute(sql, {"id": id_, "people": _MOST_PEOPLE, "meetings": _MOST_MEETINGS}))

    found = await rows("SELECT * FROM persons WHERE id = :id")
    if not found:
        return None
    counts = await rows(
        "SELECT substr(first_day, 1, 7) AS month, kind, count(*) AS meetings FROM meetings"
        " WHERE id IN (SELECT meeting FROM participants WHERE person = :id) AND status = 'held'"
        " AND first_day IS NOT NULL GROUP BY 1, 2"
    )
    total = await rows("SELECT count(DISTINCT meeting) AS meetings FROM participants WHERE person = :id")
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
            " GROUP BY p.person ORDER BY meetings DESC, persons.name LIMIT :people"
        ),
        meetings=await rows(
            "SELECT * FROM meetings WHERE id IN (SELECT meeting FROM participants WHERE person = :id)"
            " ORDER BY last_day DESC, id LIMIT :meetings"
        ),
        meeting_count=total[0]["meetings"],
        timeline=timeline(months, tuple(labels("kind"))),
    )
