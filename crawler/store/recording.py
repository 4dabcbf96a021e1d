"""One transaction of recording: an article's mentions, their keys, and every meeting they touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from crawler.items import Article, Meeting, Mention
from crawler.language.folding import fold
from crawler.meetings.blocking import Key, Probe
from crawler.meetings.overrides import Overrides
from crawler.meetings.record import compose
from crawler.meetings.report import Report, make_report
from crawler.meetings.resolver import Cluster, group, neighbourhood, report_keys
from crawler.store.content import article_digest, key_number, meeting_digest, record_digest
from crawler.store.encoding import decode, encode
from crawler.store.schema import ARTICLES, CHANGES, KEYS, MEETING_COUNTRIES, MEETINGS, MENTIONS, PERSONS

IDS_AT_ONCE: Final = 500
_UNDATED: Final = "9999"
_FIND_SQLITE: Final = text("""
    SELECT DISTINCT keys.mention FROM json_each(:wanted) AS wanted CROSS JOIN keys
    WHERE keys.key = wanted.value ->> 0 AND keys.day BETWEEN wanted.value ->> 1 AND wanted.value ->> 2
""")  # CROSS JOIN keeps SQLite from scanning the keys first
_FIND_POSTGRESQL: Final = text("""
    SELECT DISTINCT keys.mention
    FROM unnest(CAST(:keys AS bigint[]), CAST(:firsts AS int[]), CAST(:lasts AS int[])) AS wanted (key, first, last)
    JOIN keys ON keys.key = wanted.key AND keys.day BETWEEN wanted.first AND wanted.last
""")


def _chunks(items: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (items[at : at + size] for at in range(0, len(items), size))


@dataclass(frozen=True, slots=True)
class Replaced:
    """What came in place of an article's earlier reading: its reports, and the meetings of its earlier mentions."""

    reports: list[Report]
    before: dict[str, str | None]
    new: bool


class Recording:
    """The work of one writing transaction. ``cache`` keeps decoded reports by number; numbers are never used again."""

    def __init__(self, connection: Connection, overrides: Overrides, cache: dict[int, Report]) -> None:
        self.connection = connection
        self.overrides = overrides
        self.cache = cache
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
        return self._reports(MENTIONS.c.number, sorted(found.scalars()))

    def reports_of_meetings(self, meetings: Iterable[str]) -> list[Report]:
        """Return the reports of meetings by their ids."""
        return self._reports(MENTIONS.c.meeting, sorted(meetings))

    def reports_of_article(self, url: str) -> list[Report]:
        """Return the reports that an article gave when it was last read."""
        return self._reports(MENTIONS.c.url, [url])

    def _reports(self, by: Any, wanted: Sequence[Any]) -> list[Report]:  # any column
        found = []
        for chunk in _chunks(wanted, IDS_AT_ONCE):
            rows = self.connection.execute(
                select(MENTIONS.c.number, MENTIONS.c.id, MENTIONS.c.meeting).where(by.in_(chunk))
            ).all()
            self.meeting_of.update({row.id: row.meeting for row in rows})
            missing = [row.number for row in rows if row.number not in self.cache]
            if missing:
                texts = self.connection.execute(
                    select(MENTIONS.c.number, MENTIONS.c.report).where(MENTIONS.c.number.in_(missing))
                )
                self.cache.update({number: decode(Report, report) for number, report in texts})
            found += [self.cache[row.number] for row in rows]
        return found

    # --- recording ---

    def replace_article(
        self, article: Article, mentions: Sequence[Mention], *, run: str, now: dt.datetime, dropped: str | None
    ) -> Replaced:
        """Write an article with its mentions in place of what was known of it."""
        before = {report.id: self.meeting_of[report.id] for report in self.reports_of_article(article.url)}
        known = self.connection.execute(
            select(ARTICLES.c.version, ARTICLES.c.record_digest).where(ARTICLES.c.url == article.url)
        ).first()
        content = record_digest(article, mentions, dropped)
        version = 1 if known is None else known.version + (known.record_digest != content)
        row = {
            "outlet": article.outlet,
            "lang": article.lang,
            "published": article.published.isoformat() if article.published else None,
            "version": version,
            "digest": article_digest(article, mentions, dropped),
            "record_digest": content,
            "dropped": dropped,
            "run": run,
            "record": encode(article),
        }
        if known is None:
            row |= {"url": article.url, "first_seen": now.astimezone(dt.UTC).isoformat()}
            self.connection.execute(insert(ARTICLES), row)
        else:
            self.connection.execute(update(ARTICLES).where(ARTICLES.c.url == article.url).values(row))
        self._remove_mentions(article.url)
        reports = [make_report(article, mention, alone=len(mentions) == 1) for mention in mentions]
        for report in reports:
            self._insert_mention(report, before.get(report.id))
        self._remember_persons(mentions, now)
        return Replaced(reports, before, new=known is None)

    def _remove_mentions(self, url: str) -> None:
        numbers = select(MENTIONS.c.number).where(MENTIONS.c.url == url)
        self.connection.execute(delete(KEYS).where(KEYS.c.mention.in_(numbers)))
        self.connection.execute(delete(MENTIONS).where(MENTIONS.c.url == url))

    def _insert_mention(self, report: Report, meeting: str | None) -> None:
        row = {"id": report.id, "url": report.url, "meeting": meeting, "report": encode(report)}
        number = self.connection.execute(insert(MENTIONS).returning(MENTIONS.c.number), row).scalar_one()
        self._insert_keys(number, report)
        self.meeting_of[report.id] = meeting

    def _insert_keys(self, number: int, report: Report) -> None:
        rows = sorted({(key_number(key.name), key.day) for key in self._keys(report)})
        self.connection.execute(insert(KEYS), [{"key": key, "day": day, "mention": number} for key, day in rows])

    def _keys(self, report: Report) -> list[Key]:
        return report_keys(self.overrides.apply(report))

    def index_again(self) -> None:
        """Write every key anew, as after a change of aliases."""
        self.connection.execute(delete(KEYS))
        for number in self.connection.execute(select(MENTIONS.c.number).order_by(MENTIONS.c.number)).scalars().all():
            (report,) = self._reports(MENTIONS.c.number, [number])
            self._insert_keys(number, report)

    def _remember_persons(self, mentions: Sequence[Mention], now: dt.datetime) -> None:
        rows = {
            (fold(person.name, person.lang), person.country or "", person.lang, person.name): person.post
            for mention in mentions
            for person in mention.people
            if person.name
        }
        if not rows:
            return
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(PERSONS).on_conflict_do_nothing()
        seen = now.astimezone(dt.UTC).isoformat()
        self.connection.execute(
            statement,
            [
                {"skeleton": skeleton, "country": country, "lang": lang, "text": text, "post": post, "first_seen": seen}
                for (skeleton, country, lang, text), post in sorted(rows.items())
            ],
        )

    # --- resolving ---

    def record(
        self, article: Article, mentions: Sequence[Mention], *, run: str, now: dt.datetime, dropped: str | None
    ) -> bool:
        """Write an article and every meeting that it touches, or touched before; return whether it is new."""
        replaced = self.replace_article(article, mentions, run=run, now=now, dropped=dropped)
        left = {meeting for meeting in replaced.before.values() if meeting}
        siblings = [report for report in self.reports_of_meetings(left) if report.url != article.url]
        kept = {report.id for report in replaced.reports}
        vanished = {id_: meeting for id_, meeting in replaced.before.items() if id_ not in kept}
        start = [*replaced.reports, *siblings]
        self.resolve(start, frozenset({article.url}), run=run, now=now, vanished=vanished)
        return replaced.new

    def resolve(
        self,
        start: Sequence[Report],
        changed: frozenset[str] | None,
        *,
        run: str,
        now: dt.datetime,
        vanished: Mapping[str, str | None] | None = None,
    ) -> set[str]:
        """Resolve the neighbourhood of ``start`` again and write the meetings that differ; return their ids.

        ``changed`` holds the addresses of articles whose content is new, None where any may be. Meetings whose
        reports and articles are the same as before are not composed again. ``vanished`` are mentions that their
        article no longer makes, with the meetings they stood in.
        """
        seeds = {report.id: report for report in start}
        while True:
            near = neighbourhood(seeds.values(), self.find, self.overrides)
            touched = {stands for id_ in near.reports if (stands := self.meeting_of.get(id_))}
            missing = [r for r in self.reports_of_meetings(touched) if r.id not in near.reports and r.id not in seeds]
            if not missing:
                break
            seeds.update({report.id: report for report in missing})
        clusters = group(near)
        self.resolved |= set(near.reports) | set(seeds)
        excluded = [id_ for id_ in seeds if id_ not in near.reports]
        former = {id_: self.meeting_of.get(id_) for id_ in (*near.reports, *excluded)}
        members: dict[str, set[str]] = {}
        for id_, known in {**(vanished or {}), **former}.items():
            if known:
                members.setdefault(known, set()).add(id_)
        self._assign(None, excluded)
        for cluster in clusters:
            self._assign(cluster.id, [r.id for r in cluster.reports if former[r.id] != cluster.id])
        now_in = {report.id: cluster.id for cluster in clusters for report in cluster.reports}
        self._bequeath(vanished or {}, members, now_in, [cluster.id for cluster in clusters])
        written = set()
        for cluster in clusters:
            ids = {report.id for report in cluster.reports}
            urls = {report.url for report in cluster.reports}
            same = members.get(cluster.id) == ids and changed is not None and not changed & urls
            if not same and self._write(cluster, run=run, now=now):
                written.add(cluster.id)
        return written

    def _assign(self, meeting: str | None, ids: Sequence[str]) -> None:
        for chunk in _chunks(ids, IDS_AT_ONCE):
            self.connection.execute(update(MENTIONS).where(MENTIONS.c.id.in_(chunk)).values(meeting=meeting))
        self.meeting_of.update(dict.fromkeys(ids, meeting))

    def _bequeath(
        self,
        vanished: Mapping[str, str | None],
        members: Mapping[str, set[str]],
        now_in: Mapping[str, str],
        alive: Sequence[str],
    ) -> None:
        """End the meetings that are no more, and name the heir of every id that stands for nothing any longer.

        The heir is where the meeting's own first report is now, else where the first of its other reports is.
        """
        for meeting in sorted(set(members) - set(alive)):
            self._bury(meeting, now_in.get(meeting) or self._heir(members[meeting], now_in, alive))
        for id_, stood in sorted(vanished.items()):
            heir = stood if stood in alive else self._heir(members.get(stood or "", set()), now_in, alive)
            self._bury(id_, heir)

    @staticmethod
    def _heir(members: set[str], now_in: Mapping[str, str], alive: Sequence[str]) -> str | None:
        heirs = {now_in[id_] for id_ in members if id_ in now_in}
        return next((meeting for meeting in alive if meeting in heirs), None)

    def _bury(self, meeting: str, heir: str | None) -> None:
        """End a meeting. ``heir`` carries its id, and those it carried, among its merged ids."""
        if heir == meeting:
            return
        self.connection.execute(update(MEETINGS).where(MEETINGS.c.heir == meeting).values(heir=heir))
        self.connection.execute(delete(MEETING_COUNTRIES).where(MEETING_COUNTRIES.c.meeting == meeting))
        gone = {"alive": False, "heir": heir, "record": None, "kind": None, "status": None}
        known = self.connection.execute(update(MEETINGS).where(MEETINGS.c.id == meeting).values(gone)).rowcount
        if not known:
            row = {"id": meeting, "revision": 0, "sort_date": _UNDATED, **gone}
            self.connection.execute(insert(MEETINGS), row)

    def _inherited(self, meeting: str) -> list[str]:
        rows = self.connection.execute(
            select(MEETINGS.c.id)
            .where(MEETINGS.c.heir == meeting, ~MEETINGS.c.alive)
            .where(~select(MENTIONS.c.id).where(MENTIONS.c.id == MEETINGS.c.id).exists())
        )
        return sorted(rows.scalars())

    def _articles(self, urls: Iterable[str]) -> dict[str, Row[Any]]:
        wanted = sorted(set(urls))
        rows: dict[str, Row[Any]] = {}
        for chunk in _chunks(wanted, IDS_AT_ONCE):
            rows.update(
                {row.url: row for row in self.connection.execute(select(ARTICLES).where(ARTICLES.c.url.in_(chunk)))}
            )
        return rows

    def _write(self, cluster: Cluster, *, run: str, now: dt.datetime) -> bool:
        rows = self._articles(report.url for report in cluster.reports)
        stored = self.connection.execute(select(MEETINGS).where(MEETINGS.c.id == cluster.id)).first()
        meeting = compose(
            cluster,
            {url: decode(Article, row.record) for url, row in rows.items()},
            revision=max(sum(row.version for row in rows.values()), stored.revision + 1 if stored else 1),
            first_seen=min(dt.datetime.fromisoformat(row.first_seen) for row in rows.values()),
            last_changed=now,
            merged_ids=self._inherited(cluster.id),
            overrides=self.overrides,
        )
        if stored and stored.record and meeting_digest(decode(Meeting, stored.record)) == meeting_digest(meeting):
            return False
        row = {
            "alive": True,
            "heir": None,
            "revision": meeting.revision,
            "sort_date": meeting.date or _UNDATED,
            "kind": meeting.kind,
            "status": meeting.status,
            "first_seen": meeting.first_seen,
            "last_changed": meeting.last_changed,
            "record": encode(meeting),
        }
        if stored:
            self.connection.execute(update(MEETINGS).where(MEETINGS.c.id == cluster.id).values(row))
        else:
            self.connection.execute(insert(MEETINGS), {"id": cluster.id, **row})
        self.connection.execute(delete(MEETING_COUNTRIES).where(MEETING_COUNTRIES.c.meeting == cluster.id))
        if meeting.countries:
            self.connection.execute(
                insert(MEETING_COUNTRIES),
                [{"country": country, "meeting": cluster.id} for country in sorted(set(meeting.countries))],
            )
        self.touch(run, [cluster.id], changed=True)
        return True

    def touch(self, run: str, meetings: Iterable[str], *, changed: bool) -> None:
        """Note that a run wrote (``changed``) or read again some meetings."""
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        rows = [{"run": run, "meeting": meeting, "changed": changed} for meeting in sorted(meetings)]
        if not rows:
            return
        statement = dialect.insert(CHANGES)
        if changed:
            statement = statement.on_conflict_do_update(
                index_elements=[CHANGES.c.run, CHANGES.c.meeting], set_={"changed": True}
            )
        else:
            statement = statement.on_conflict_do_nothing()
        self.connection.execute(statement, rows)
