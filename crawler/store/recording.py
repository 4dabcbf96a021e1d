"""One transaction of recording: an article's mentions, their keys, and every meeting they touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from crawler.items import Article, Meeting, Mention
from crawler.meetings.record import compose
from crawler.meetings.report import Report, make_report
from crawler.meetings.resolver import Cluster, Neighbourhood, group, neighbourhood
from crawler.store.content import article_content, record_content, same_content
from crawler.store.encoding import decode, digest, encode
from crawler.store.reports import IDS_AT_ONCE, StoredReports, in_chunks
from crawler.store.schema import ARTICLES, CHANGES, MEETING_COUNTRIES, MEETINGS, MENTIONS

UNDATED: Final = "9999"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What came in place of an article's earlier reading: its reports, and the meetings of its earlier mentions."""

    reports: list[Report]
    before: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Written:
    """An article that this transaction has written, so that it need not be read again."""

    article: Article
    version: int
    first_seen: dt.datetime


_VERSION: Final = select(ARTICLES.c.version, ARTICLES.c.first_seen, ARTICLES.c.digest, ARTICLES.c.record_digest).where(
    ARTICLES.c.url == bindparam("url")
)
_VERSIONS: Final = select(ARTICLES.c.url, ARTICLES.c.version).where(
    ARTICLES.c.url.in_(bindparam("urls", expanding=True))
)
_RECORDS: Final = select(ARTICLES.c.url, ARTICLES.c.first_seen, ARTICLES.c.record).where(
    ARTICLES.c.url.in_(bindparam("urls", expanding=True))
)
_MEETING: Final = select(MEETINGS.c.revision, MEETINGS.c.record).where(MEETINGS.c.id == bindparam("meeting"))
_OUTDATED: Final = select(MEETINGS.c.record).where(
    MEETINGS.c.id == bindparam("meeting"), MEETINGS.c.revision < bindparam("revision")
)
_INHERITED: Final = (
    select(MEETINGS.c.id)
    .where(MEETINGS.c.heir == bindparam("meeting"), ~MEETINGS.c.alive)
    .where(~select(MENTIONS.c.id).where(MENTIONS.c.id == MEETINGS.c.id).exists())
)
_INSERT_ARTICLE: Final = insert(ARTICLES)
_INSERT_MEETING: Final = insert(MEETINGS)
_INSERT_COUNTRIES: Final = insert(MEETING_COUNTRIES)


class Recording(StoredReports):
    """The work of one writing transaction."""

    written: Written | None = None
    buried = False
    """Whether a meeting has ended in this transaction."""
    altered = False
    """Whether the record of any meeting is another one after this transaction."""
    meetings_written: frozenset[str] = frozenset()
    """The meetings whose records differ after it, but for their revision."""
    meetings_created: frozenset[str] = frozenset()
    """Those of them whose id was none of a meeting before."""

    def replace_article(
        self,
        article: Article,
        mentions: Sequence[Mention],
        stored: Any,
        *,
        run: str,
        now: dt.datetime,
        dropped: str | None,
    ) -> Replaced:
        """Write an article with its mentions in place of what was known of it (``stored``, a row of ``version_of``)."""
        before = {}
        if stored:
            before = {report.id: self.meeting_of[report.id] for report in self.reports_of_article(article.url)}
        content = digest(record_content(article, mentions, dropped))
        version = 1 if stored is None else stored.version + (stored.record_digest != content)
        row = {
            "outlet": article.outlet,
            "lang": article.lang,
            "published": article.published.isoformat() if article.published else None,
            "version": version,
            "digest": digest(article_content(article, mentions, dropped)),
            "record_digest": content,
            "dropped": dropped,
            "run": run,
            "record": encode(article),
        }
        first_seen = dt.datetime.fromisoformat(stored.first_seen) if stored else now.astimezone(dt.UTC)
        self.written = Written(article, version, first_seen)
        if stored is None:
            row |= {"url": article.url, "first_seen": first_seen.isoformat()}
            self.connection.execute(_INSERT_ARTICLE, row)
        else:
            self.connection.execute(update(ARTICLES).where(ARTICLES.c.url == article.url).values(row))
            self.remove_mentions(article.url)
        reports = [make_report(article, mention, alone=len(mentions) == 1) for mention in mentions]
        for report in reports:
            self.insert_mention(report, before.get(report.id))
        self.remember_persons(mentions, now)
        return Replaced(reports, before)

    def version_of(self, url: str) -> Any:  # a row, or None
        """Return version, first sight and digests of a stored article, None where there is none."""
        return self.connection.execute(_VERSION, {"url": url}).first()

    def record(
        self,
        article: Article,
        mentions: Sequence[Mention],
        stored: Any,
        *,
        run: str,
        now: dt.datetime,
        dropped: str | None,
    ) -> tuple[str, ...]:
        """Write an article and every meeting that it touches, or touched before; return those it reports, sorted."""
        replaced = self.replace_article(article, mentions, stored, run=run, now=now, dropped=dropped)
        left = {meeting for meeting in replaced.before.values() if meeting}
        siblings = [report for report in self.reports_of_meetings(left) if report.url != article.url]
        kept = {report.id for report in replaced.reports}
        vanished = {id_: meeting for id_, meeting in replaced.before.items() if id_ not in kept}
        start = [*replaced.reports, *siblings]
        self.resolve(start, frozenset({article.url}), run=run, now=now, vanished=vanished)
        meetings = {self.meeting_of[report.id] for report in replaced.reports}
        return tuple(sorted(meeting for meeting in meetings if meeting))

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
        if not start and not vanished:
            return set()  # an article of no meeting, as most are
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
        self.assign(None, excluded)
        for cluster in clusters:
            self.assign(cluster.id, [r.id for r in cluster.reports if former[r.id] != cluster.id])
        now_in = {report.id: cluster.id for cluster in clusters for report in cluster.reports}
        self._bequeath(vanished or {}, members, now_in, [cluster.id for cluster in clusters], run=run)
        versions = self._versions(near)
        written = set()
        for cluster in clusters:
            ids = {report.id for report in cluster.reports}
            urls = {report.url for report in cluster.reports}
            same = members.get(cluster.id) == ids and changed is not None and not changed & urls
            if same:
                self._raise_revision(cluster.id, versions[cluster.id])
            elif self._write(cluster, versions[cluster.id], run=run, now=now):
                written.add(cluster.id)
        return written

    def _versions(self, near: Neighbourhood) -> dict[str, int]:
        """Return for each report how many content versions were read of all articles that links connect with it.

        Whatever changes a meeting adds to this number, and it does not depend on the order of arrival: so it is the
        meeting's revision.
        """
        urls = {report.url for report in near.reports.values()}
        read: dict[str, int] = {}
        if self.written and self.written.article.url in urls:
            urls.discard(self.written.article.url)
            read[self.written.article.url] = self.written.version
        for chunk in in_chunks(sorted(urls), IDS_AT_ONCE):
            read.update({row.url: row.version for row in self.connection.execute(_VERSIONS, {"urls": chunk})})
        found = {}
        for component in near.components():
            total = sum(read[url] for url in {near.reports[id_].url for id_ in component})
            found.update(dict.fromkeys(component, total))
        return found

    def _raise_revision(self, meeting: str, revision: int) -> None:
        """Keep the revision a function of what was read, where an article came near a meeting and did not join it."""
        stored = self.connection.execute(_OUTDATED, {"meeting": meeting, "revision": revision}).scalar()
        if stored:
            record = encode(replace(decode(Meeting, stored), revision=revision))
            self.altered = True
            row = {"revision": revision, "record": record}
            self.connection.execute(update(MEETINGS).where(MEETINGS.c.id == meeting).values(row))

    def _bequeath(
        self,
        vanished: Mapping[str, str | None],
        members: Mapping[str, set[str]],
        now_in: Mapping[str, str],
        alive: Sequence[str],
        *,
        run: str,
    ) -> None:
        """End the meetings that are no more, and name the heir of every id that stands for nothing any longer.

        The heir is where the meeting's own first report is now, else where the first of its other reports is.
        """
        for meeting in sorted(set(members) - set(alive)):
            self._bury(meeting, now_in.get(meeting) or self._heir(members[meeting], now_in, alive), run=run)
        for id_, stood in sorted(vanished.items()):
            heir = stood if stood in alive else self._heir(members.get(stood or "", set()), now_in, alive)
            self._bury(id_, heir, run=run)

    @staticmethod
    def _heir(members: set[str], now_in: Mapping[str, str], alive: Sequence[str]) -> str | None:
        heirs = {now_in[id_] for id_ in members if id_ in now_in}
        return next((meeting for meeting in alive if meeting in heirs), None)

    def _bury(self, meeting: str, heir: str | None, *, run: str) -> None:
        """End a meeting. ``heir`` carries its id, and those it carried, among its merged ids; without one they go too.

        What goes without an heir is noted as a change of the run: no record will tell of it.
        """
        if heir == meeting:
            return
        self.buried = self.altered = True
        if heir is None:
            lived = (MEETINGS.c.id == meeting) | (MEETINGS.c.heir == meeting), MEETINGS.c.revision > 0
            self.touch(run, self.connection.execute(select(MEETINGS.c.id).where(*lived)).scalars(), changed=True)
        self.connection.execute(update(MEETINGS).where(MEETINGS.c.heir == meeting).values(heir=heir))
        self.connection.execute(delete(MEETING_COUNTRIES).where(MEETING_COUNTRIES.c.meeting == meeting))
        gone = {"alive": False, "heir": heir, "record": None, "kind": None, "status": None}
        known = self.connection.execute(update(MEETINGS).where(MEETINGS.c.id == meeting).values(gone)).rowcount
        if not known:
            row = {"id": meeting, "revision": 0, "sort_date": UNDATED, **gone}
            self.connection.execute(insert(MEETINGS), row)

    def _write(self, cluster: Cluster, revision: int, *, run: str, now: dt.datetime) -> bool:
        articles, first_seen = self._articles({report.url for report in cluster.reports})
        stored = self.connection.execute(_MEETING, {"meeting": cluster.id}).first()
        inherited: Sequence[str] = ()
        if stored or self.buried:  # what never lived is nobody's heir
            inherited = self.connection.execute(_INHERITED, {"meeting": cluster.id}).scalars().all()
        meeting = compose(
            cluster,
            articles,
            revision=max(revision, stored.revision + 1 if stored else 1),
            first_seen=first_seen,
            last_changed=now,
            merged_ids=sorted(inherited),
            overrides=self.overrides,
        )
        record = encode(meeting)
        if stored and stored.record and same_content(stored.record, record):
            self._raise_revision(cluster.id, revision)
            return False
        self.altered = True
        self.meetings_written |= {cluster.id}
        if not stored or not stored.revision:
            self.meetings_created |= {cluster.id}
        row = {
            "alive": True,
            "heir": None,
            "revision": meeting.revision,
            "sort_date": meeting.date or UNDATED,
            "kind": meeting.kind,
            "status": meeting.status,
            "first_seen": meeting.first_seen,
            "last_changed": meeting.last_changed,
            "record": record,
        }
        if stored:
            self.connection.execute(update(MEETINGS).where(MEETINGS.c.id == cluster.id).values(row))
            self.connection.execute(delete(MEETING_COUNTRIES).where(MEETING_COUNTRIES.c.meeting == cluster.id))
        else:
            self.connection.execute(_INSERT_MEETING, {"id": cluster.id, **row})
        if meeting.countries:
            self.connection.execute(
                _INSERT_COUNTRIES,
                [{"country": country, "meeting": cluster.id} for country in sorted(set(meeting.countries))],
            )
        self.touch(run, [cluster.id], changed=True)
        return True

    def _articles(self, urls: set[str]) -> tuple[dict[str, Article], dt.datetime]:
        """Return the articles of these addresses, and when the first of them was first seen."""
        articles: dict[str, Article] = {}
        seen: list[dt.datetime] = []
        if self.written and self.written.article.url in urls:
            articles[self.written.article.url] = self.written.article
            seen.append(self.written.first_seen)
        for chunk in in_chunks(sorted(urls - articles.keys()), IDS_AT_ONCE):
            for row in self.connection.execute(_RECORDS, {"urls": chunk}):
                articles[row.url] = decode(Article, row.record)
                seen.append(dt.datetime.fromisoformat(row.first_seen))
        return articles, min(seen)

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
