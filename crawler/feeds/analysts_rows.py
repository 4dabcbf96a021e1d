"""The rows of the analysts' database that one meeting makes."""

from __future__ import annotations

import calendar
import hashlib
import sqlite3
from datetime import datetime
from typing import Any, Final

import orjson

from crawler.feeds.searching import folded, printed
from crawler.feeds.wording import party
from crawler.items import LANGS, Lang, Meeting, Participant
from crawler.knowledge import table
from crawler.language.folding import fold

Row = tuple[Any, ...]

# Only held meetings count and have days; post and rank are those of the latest one that tells them.
_PERSON: Final = """
    INSERT INTO persons (id, name, country, post, rank, meetings, first_day, last_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        meetings = meetings + excluded.meetings,
        post = CASE WHEN excluded.post IS NOT NULL AND (post IS NULL OR excluded.last_day >= last_day)
               THEN excluded.post ELSE post END,
        rank = CASE WHEN excluded.rank IS NOT NULL AND (rank IS NULL OR excluded.last_day >= last_day)
               THEN excluded.rank ELSE rank END,
        first_day = min(ifnull(first_day, excluded.first_day), ifnull(excluded.first_day, first_day)),
        last_day = max(ifnull(last_day, excluded.last_day), ifnull(excluded.last_day, last_day))"""
_SPELLING: Final = "INSERT OR IGNORE INTO spellings VALUES (?, ?, ?)"


class Rows:
    """The rows of some meetings, by the statement that writes them."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {}

    def write(self, connection: sqlite3.Connection) -> None:
        """Write them, in the order of their first row."""
        for statement, rows in self._rows.items():
            connection.executemany(statement, rows)

    def _insert(self, target: str, *values: Any) -> None:
        statement = f"INSERT INTO {target} VALUES ({', '.join('?' * len(values))})"  # noqa: S608  # our own names
        self._rows.setdefault(statement, []).append(values)

    def add(self, meeting: Meeting, number: int) -> None:
        """Take the rows of a meeting, which is the ``number``-th of all."""
        first, last = _days(meeting.date)
        year = int(first[:4]) if first else None
        self._meeting(meeting, number, first, last, year)
        for merged in meeting.merged_ids:
            self._insert("merged_ids", merged, meeting.id)
        counted: set[str] = set()
        for participant in meeting.participants:
            self._participant(meeting, participant, first, last, counted)
        for code in meeting.countries:
            self._insert("parties", meeting.id, code, party(code), 0)
        for code in meeting.organizations:
            self._insert("parties", meeting.id, code, party(code), 1)
        for topic in meeting.topics:
            self._insert("topics", meeting.id, topic, _topic(topic))
        for headline in meeting.headline_variants:
            self._insert(
                "headlines (meeting, lang, text, raw, outlet, url)",
                *(meeting.id, headline.lang, headline.text, headline.raw, headline.outlet, headline.url),
            )
        for agreement in meeting.agreements:
            self._insert(
                "agreements (meeting, kind, title, year)", meeting.id, agreement.kind, agreement.title, agreement.year
            )
        self._sources(meeting)
        for evidence in meeting.merge_evidence:
            self._insert(
                "merge_evidence (meeting, url, rule, detail, is_conflict)",
                *(meeting.id, evidence.url, evidence.rule, evidence.detail, evidence.rule.startswith("conflict-")),
            )
        self._insert("meetings_fts (rowid, printed, folded)", number, *_search_text(meeting))

    def _meeting(self, meeting: Meeting, number: int, first: str | None, last: str | None, year: int | None) -> None:
        place = meeting.place
        langs = [lang for lang in LANGS if any(source.lang == lang for source in meeting.sources)]
        lists = (
            meeting.countries,
            meeting.organizations,
            meeting.topics,
            langs,
            sorted({source.outlet for source in meeting.sources}),
        )
        self._insert(
            "meetings",
            *(meeting.id, number, meeting.revision, meeting.status, meeting.kind),
            *(meeting.date, meeting.date_precision, meeting.date_source, first, last, year),
            meeting.headline,
            next((lang for lang in LANGS if meeting.headline and meeting.headlines[lang] == meeting.headline), None),
            *(meeting.headlines[lang] for lang in LANGS),
            *(meeting.lead[lang] for lang in LANGS),
            *((place.city, place.country) if place else (None, None)),
            ", ".join(f"{p.name} ({p.country})" if p.country else p.name for p in meeting.participants),
            *(orjson.dumps(values).decode() for values in lists),
            *(meeting.event_code.cameo, meeting.event_code.plover, meeting.event_code.mode),
            *(meeting.first_seen, meeting.last_changed),
        )

    def _participant(
        self, meeting: Meeting, participant: Participant, first: str | None, last: str | None, counted: set[str]
    ) -> None:
        person = _person_id(participant)
        is_held = meeting.status == "held" and person not in counted
        counted.add(person)
        held = (first, last) if meeting.status == "held" else (None, None)
        self._rows.setdefault(_PERSON, []).append(
            (person, participant.name, participant.country, participant.post, participant.rank, is_held, *held)
        )
        for spelling in participant.variants:
            self._rows.setdefault(_SPELLING, []).append((person, spelling.lang, spelling.text))
        self._insert(
            "participants (meeting, person, name, post, rank, country, part, leads_delegation)",
            *(meeting.id, person, participant.name, participant.post, participant.rank, participant.country),
            *(participant.part, participant.leads_delegation),
        )

    def _sources(self, meeting: Meeting) -> None:
        moments = [_moment(source.published) for source in meeting.sources]
        first = min((moment for moment in moments if moment), default=None)
        for source, moment in zip(meeting.sources, moments, strict=True):
            lag = round((moment - first).total_seconds() / 3600, 2) if moment and first else None
            self._insert(
                "sources (meeting, url, outlet, lang, headline, published, modified, attribution, relation, lag_hours)",
                *(meeting.id, source.url, source.outlet, source.lang, source.headline, source.published),
                *(source.modified, source.attribution, source.relation, lag),
            )


def _person_id(participant: Participant) -> str:
    """Return who a participant is across meetings: country and skeleton of the name, as the resolver tells people."""
    skeleton = fold(participant.name, "en").replace(" ", "-")
    if not skeleton:  # a name without letters
        skeleton = hashlib.sha256(participant.name.encode()).hexdigest()[:12]
    return f"{(participant.country or 'xx').lower()}-{skeleton}"


def _days(date: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day that ``2026-02-06`` or ``2026-02`` can mean."""
    if date is None or len(date) > len("2026-02"):
        return date, date
    year, month = map(int, date.split("-"))
    return f"{date}-01", f"{date}-{calendar.monthrange(year, month)[1]:02}"


def _moment(published: str | None) -> datetime | None:
    """Return the moment of a publication that is known to the minute."""
    return datetime.fromisoformat(published) if published and "T" in published else None


def _topic(topic: str) -> str:
    return str(table("topics").get(topic, {}).get("label", topic))


def _party_names(code: str) -> list[str]:
    """Return the names of a country or an organization in the three languages."""
    organization = table("organizations").get(code)
    if organization:
        abbreviations = organization.get("abbreviations", {})
        return [name for lang in LANGS for name in (*organization.get(lang, ()), *abbreviations.get(lang, ()))]
    return [name for lang in LANGS for name in table("countries")[lang].get(code, ())]


def _search_text(meeting: Meeting) -> tuple[str, str]:
    """Return the two columns of a meeting's full-text index."""
    names: list[tuple[str, Lang]] = [(participant.name, "en") for participant in meeting.participants]
    names += [(spelling.text, spelling.lang) for person in meeting.participants for spelling in person.variants]
    headlines: list[tuple[str, Lang]] = [(headline.text, headline.lang) for headline in meeting.headline_variants]
    headlines += [(text, lang) for lang in LANGS if (text := meeting.headlines[lang])]
    places: list[tuple[str, Lang]] = [(meeting.place.city, "en")] if meeting.place and meeting.place.city else []
    parties = [name for code in (*meeting.countries, *meeting.organizations) for name in (code, *_party_names(code))]
    texts = (
        *(text for text, _ in (*names, *headlines, *places)),
        *(meeting.lead[lang] for lang in LANGS),
        *parties,
        *(person.post for person in meeting.participants),
        *(person.rank for person in meeting.participants),
        *map(_topic, meeting.topics),
        *(agreement.title for agreement in meeting.agreements),
    )
    return printed(texts), folded((*names, *headlines, *places))
