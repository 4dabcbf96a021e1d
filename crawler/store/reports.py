"""The reports of a store: found by their index keys, written with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from sqlalchemy import Connection, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from crawler.items import Mention
from crawler.language.folding import fold
from crawler.meetings.blocking import Key, Probe
from crawler.meetings.overrides import Overrides
from crawler.meetings.report import Report
from crawler.meetings.resolver import report_keys
from crawler.store.content import key_number
from crawler.store.encoding import decode, encode
from crawler.store.schema import KEYS, MENTIONS, PERSONS

IDS_AT_ONCE: Final = 500
_KNOWN_REPORTS: Final = 1024
_KNOWN_PERSONS: Final = 20_000
_FIND_SQLITE: Final = text("""
    SELECT number, id, meeting FROM mentions WHERE number IN (
        SELECT keys.mention FROM json_each(:wanted) AS wanted CROSS JOIN keys
        WHERE keys.key = wanted.value ->> 0 AND keys.day BETWEEN wanted.value ->> 1 AND wanted.value ->> 2
    ) ORDER BY number
""")  # CROSS JOIN keeps SQLite from scanning the keys first
_FIND_POSTGRESQL: Final = text("""
    SELECT number, id, meeting FROM mentions WHERE number = ANY (ARRAY(
        SELECT keys.mention
        FROM unnest(CAST(:keys AS bigint[]), CAST(:firsts AS int[]), CAST(:lasts AS int[])) AS wanted (key, first, last)
        CROSS JOIN LATERAL (
            SELECT mention FROM keys WHERE keys.key = wanted.key AND keys.day BETWEEN wanted.first AND wanted.last
            OFFSET 0
        ) AS keys
    )) ORDER BY number
""")  # LATERAL and OFFSET keep PostgreSQL from scanning the keys, whatever its statistics say
_OF_ARTICLE: Final = select(MENTIONS.c.number, MENTIONS.c.id, MENTIONS.c.meeting).where(
    MENTIONS.c.url == bindparam("url")
)
_OF_MEETINGS: Final = select(MENTIONS.c.number, MENTIONS.c.id, MENTIONS.c.meeting).where(
    MENTIONS.c.meeting.in_(bindparam("meetings", expanding=True))
)
_TEXTS: Final = select(MENTIONS.c.number, MENTIONS.c.report).where(
    MENTIONS.c.number.in_(bindparam("numbers", expanding=True))
)
_ASSIGN: Final = (
    update(MENTIONS).where(MENTIONS.c.id.in_(bindparam("ids", expanding=True))).values(meeting=bindparam("stands"))
)
_INSERT_MENTION: Final = insert(MENTIONS).returning(MENTIONS.c.number)
_INSERT_KEYS: Final = insert(KEYS)


def in_chunks(items: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    """Return the items in chunks of at most ``size``: databases bound the number of parameters."""
    return (items[at : at + size] for at in range(0, len(items), size))


@dataclass(frozen=True, slots=True)
class Known:
    """What a process remembers of committed rows.

    Decoded reports stand by their number, which is never used again; spellings of persons as in their table.
    """

    reports: dict[int, Report] = field(default_factory=dict)
    persons: set[tuple[str, str, str, str]] = field(default_factory=set)

    def clear(self) -> None:
        """Forget all, as after a transaction that was rolled back: its numbers are given again."""
        self.reports.clear()
        self.persons.clear()

    def shrink(self) -> None:
        """Forget what has grown too large."""
        if len(self.reports) > _KNOWN_REPORTS:
            self.reports.clear()
        if len(self.persons) > _KNOWN_PERSONS:
            self.persons.clear()


class StoredReports:
    """The reports of a store, in one transaction.

    ``meeting_of`` has the meeting of every report that was read, ``resolved`` the reports that were resolved in this
    transaction.
    """

    def __init__(self, connection: Connection, overrides: Overrides, known: Known | None = None) -> None:
        self.connection = connection
        self.overrides = overrides
        self.known = known or Known()
        self.meeting_of: dict[str, str | None] = {}
        self.resolved: set[str] = set()

    # --- reports ---

    def find(self, probes: Sequence[Probe]) -> list[Report]:
        """Return the stored reports under the probes, by one indexed look-up for all of them."""
        wanted = [(key_number(probe.name), probe.first, probe.last) for probe in probes]
        if self.connection.dialect.name == "postgresql":
            keys, firsts, lasts = (list(one) for one in zip(*wanted, strict=True)) if wanted else ([], [], [])
            found = self.connection.execute(_FIND_POSTGRESQL, {"keys": keys, "firsts": firsts, "lasts": lasts})
        else:
            found = self.connection.execute(_FIND_SQLITE, {"wanted": orjson.dumps(wanted).decode()})
        return self._reports(found.all())

    def reports_of_meetings(self, meetings: Iterable[str]) -> list[Report]:
        """Return the reports of meetings by their ids."""
        found = []
        for chunk in in_chunks(sorted(meetings), IDS_AT_ONCE):
            found += self._reports(self.connection.execute(_OF_MEETINGS, {"meetings": chunk}).all())
        return found

    def reports_of_article(self, url: str) -> list[Report]:
        """Return the reports that an article gave when it was last read."""
        return self._reports(self.connection.execute(_OF_ARTICLE, {"url": url}).all())

    def _reports(self, rows: Sequence[Any]) -> list[Report]:  # rows of number, id and meeting
        self.meeting_of.update({row.id: row.meeting for row in rows})
        reports = self.known.reports
        missing = [row.number for row in rows if row.number not in reports]
        for chunk in in_chunks(missing, IDS_AT_ONCE):
            texts = self.connection.execute(_TEXTS, {"numbers": chunk})
            reports.update({number: decode(Report, report) for number, report in texts})
        return [reports[row.number] for row in rows]

    def remove_mentions(self, url: str) -> None:
        """Remove what an article said of meetings, with its keys."""
        numbers = select(MENTIONS.c.number).where(MENTIONS.c.url == url)
        self.connection.execute(delete(KEYS).where(KEYS.c.mention.in_(numbers)))
        self.connection.execute(delete(MENTIONS).where(MENTIONS.c.url == url))

    def insert_mention(self, report: Report, meeting: str | None) -> None:
        """Write a report with its keys; ``meeting`` is where it stood before, if it did."""
        row = {"id": report.id, "url": report.url, "meeting": meeting, "report": encode(report)}
        number = self.connection.execute(_INSERT_MENTION, row).scalar_one()
        self._insert_keys(number, report)
        self.known.reports[number] = report
        self.meeting_of[report.id] = meeting

    def _insert_keys(self, number: int, report: Report) -> None:
        rows = sorted({(key_number(key.name), key.day) for key in self._keys(report)})
        self.connection.execute(_INSERT_KEYS, [{"key": key, "day": day, "mention": number} for key, day in rows])

    def _keys(self, report: Report) -> list[Key]:
        return report_keys(self.overrides.apply(report))

    def index_again(self) -> None:
        """Write every key anew, as after a change of aliases."""
        self.connection.execute(delete(KEYS))
        for number in self.connection.execute(select(MENTIONS.c.number).order_by(MENTIONS.c.number)).scalars().all():
            (_, report), *_ = self.connection.execute(_TEXTS, {"numbers": [number]})
            self._insert_keys(number, decode(Report, report))

    def remember_persons(self, mentions: Sequence[Mention], now: dt.datetime) -> None:
        """Add the spellings of persons that were not seen before."""
        spelled = {
            (fold(person.name, person.lang), person.country or "", person.lang, person.name): person.post
            for mention in mentions
            for person in mention.people
            if person.name
        }
        new = spelled.keys() - self.known.persons
        rows = sorted((spelling, spelled[spelling]) for spelling in new)
        if not rows:
            return
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        seen = now.astimezone(dt.UTC).isoformat()
        self.connection.execute(
            dialect.insert(PERSONS).on_conflict_do_nothing(),
            [
                {
                    "skeleton": skeleton,
                    "country": country,
                    "lang": lang,
                    "text": text,
                    "post": post,
                    "first_seen": seen,
                }
                for (skeleton, country, lang, text), post in rows
            ],
        )
        self.known.persons.update(new)

    def assign(self, meeting: str | None, ids: Sequence[str]) -> None:
        """Note in which meeting reports stand, None for none."""
        for chunk in in_chunks(ids, IDS_AT_ONCE):
            self.connection.execute(_ASSIGN, {"ids": chunk, "stands": meeting})
        self.meeting_of.update(dict.fromkeys(ids, meeting))
