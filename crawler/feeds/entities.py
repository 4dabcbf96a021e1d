"""FollowTheMoney entities, as Aleph and OpenSanctions' tools load them: Event, Person, Article and their links.

The entities are plain JSON and are written without the followthemoney library, whose dependency PyICU has to be
compiled; the tests hold them against it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO, Final

import orjson

from crawler.feeds import wording
from crawler.items import Meeting, Participant, Source
from crawler.language.folding import fold

_LANGUAGES: Final = {"en": "eng", "az": "aze", "ru": "rus"}
"""ISO 639-3, as the property type ``language`` has it."""
_CACHE_KIB: Final = 8_192
_LATELY: Final = 20_000
"""Facts of persons held in memory, so that those who meet often are not looked up each time."""
Entity = dict[str, Any]


def write_entities(meetings: Iterable[Meeting], file: BinaryIO) -> int:
    """Write an entity a line; return how many meetings.

    An Event has the meeting's id; ``involved`` names the Persons, ``organizer`` those who received. An Article is tied
    to its Event by a Documentation. An article that reports two meetings comes twice, with one id and content.
    Persons come last, by id, each once, with all their spellings and posts.
    """
    written = 0
    with closing(_Persons()) as persons:
        for meeting in meetings:
            file.writelines(map(_line, _meeting(meeting)))
            for participant in meeting.participants:
                persons.remember(participant)
            written += 1
        file.writelines(_line(_entity(id_, "Person", **known)) for id_, known in persons.known())
    return written


def person_id(participant: Participant) -> str:
    """Return who a participant is across meetings: by country and skeleton of the name, as the resolver does."""
    skeleton = fold(participant.name, "en") or participant.name
    return _hashed("person", participant.country or "", skeleton)


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def _line(entity: Entity) -> bytes:
    return orjson.dumps(entity, option=orjson.OPT_APPEND_NEWLINE)


def _entity(id_: str, schema: str, **values: Iterable[str | None] | str | None) -> Entity:
    properties = {}
    for name, value in values.items():
        texts = [value] if isinstance(value, str) else value or ()
        cleaned = dict.fromkeys(wording.one_line(text) for text in texts if text)
        if found := [text for text in cleaned if text]:
            properties[name] = found
    return {"id": id_, "schema": schema, "properties": properties}


def _meeting(meeting: Meeting) -> Iterator[Entity]:
    involved = [person_id(person) for person in meeting.participants]
    yield _entity(
        meeting.id,
        "Event",
        name=[wording.title(meeting), *meeting.headlines.values()],
        date=meeting.date,
        summary=meeting.lead.values(),
        description=wording.KINDS[meeting.kind],
        notes=[f"status: {meeting.status}", *map(_signed, wording.agreements(meeting))],
        location=wording.place(meeting),
        country=[code.lower() for code in meeting.countries],
        keywords=[meeting.kind, meeting.status, *meeting.organizations, *wording.topics(meeting)],
        involved=involved,
        organizer=[person_id(person) for person in meeting.participants if person.part == "host"],
        sourceUrl=[source.url for source in meeting.sources if wording.is_web(source.url)],
        recordId=meeting.id,
        modifiedAt=_moment(meeting.last_changed),
    )
    for source in meeting.sources:
        article = _hashed("article", source.url)
        yield _article(article, source)
        yield _entity(
            _hashed("documentation", meeting.id, article), "Documentation", document=article, entity=meeting.id
        )


def _signed(agreement: str) -> str:
    return f"signed: {agreement}"


def _article(id_: str, source: Source) -> Entity:
    return _entity(
        id_,
        "Article",
        title=source.headline or source.url,
        sourceUrl=source.url if wording.is_web(source.url) else None,
        publisher=source.outlet,
        publishedAt=_moment(source.published),
        modifiedAt=_moment(source.modified),
        language=_LANGUAGES[source.lang],
        author=source.attribution,
    )


def _moment(stamp: str | None) -> str | None:
    """Return a date of the property type: a moment in UTC to the second, without its zone, or a day or month."""
    return stamp[:19] if stamp else None


class _Persons:
    """What is said of each person, in a temporary file: a long list of meetings has people without end."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("")  # SQLite's own temporary file, gone when closed
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KIB}"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute("CREATE TABLE said (person TEXT, name TEXT, value TEXT, UNIQUE (person, name, value))")
        self._lately: set[tuple[str, str, str]] = set()

    def remember(self, participant: Participant) -> None:
        """Take a participant's names, post, rank and country; what is known already is not added."""
        id_ = person_id(participant)
        country = participant.country if participant.country and len(participant.country) == 2 else None  # noqa: PLR2004  # alpha-2
        values = [("name", participant.name)]
        values += [("alias", one.text) for one in participant.variants if one.text != participant.name]
        values += [("position", participant.post or ""), ("title", participant.rank or "")]
        values += [("country", country.lower() if country else "")]
        rows = [(id_, name, value) for name, value in values if value]
        new = [row for row in rows if row not in self._lately]
        if new:
            self._connection.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?)", new)
            if len(self._lately) > _LATELY:
                self._lately.clear()
            self._lately.update(new)

    def known(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """Yield each person's id with what is said, by property in the order of its first mention."""
        rows = self._connection.execute("SELECT person, name, value FROM said ORDER BY person, rowid")
        for id_, of_one in groupby(rows, key=itemgetter(0)):
            known: dict[str, list[str]] = {}
            for _, name, value in of_one:
                known.setdefault(name, []).append(value)
            yield id_, known

    def close(self) -> None:
        self._connection.close()
