"""Articles for the tests, made from a sentence or two."""

from __future__ import annotations

import datetime as dt

from crawler.items import Article, Headline, Lang, Mention, Stamp
from crawler.mentions import Reading, read_mentions
from crawler.mentions.clauses import Clauses, read_clauses
from crawler.mentions.document import read_document
from crawler.mentions.events import Event, read_events
from crawler.mentions.nationality import assign_countries
from crawler.mentions.people import find_people
from crawler.mentions.when import reference_of

PUBLISHED = dt.date(2025, 6, 11)  # a Wednesday


def article(
    lang: Lang, *paragraphs: str, headline: str | None = None, published: dt.date | None = PUBLISHED
) -> Article:
    stamp = None
    if published:
        moment = dt.datetime(published.year, published.month, published.day, 8, tzinfo=dt.UTC)
        stamp = Stamp(raw=published.isoformat(), moment=moment, day=published)
    shown = Headline(lang=lang, text=headline, raw=headline) if headline else None
    return Article(
        url="https://example.org/a",
        outlet="example.org",
        lang=lang,
        headline=shown,
        paragraphs=paragraphs,
        published=stamp,
    )


def read(lang: Lang, *paragraphs: str, headline: str | None = None, published: dt.date | None = PUBLISHED) -> Reading:
    return read_mentions(article(lang, *paragraphs, headline=headline, published=published))


def read_one(
    lang: Lang, *paragraphs: str, headline: str | None = None, published: dt.date | None = PUBLISHED
) -> Mention:
    reading = read(lang, *paragraphs, headline=headline, published=published)
    assert reading.dropped is None, reading.dropped
    assert len(reading.mentions) == 1
    return reading.mentions[0]


def people(mention: Mention) -> list[tuple[str | None, str | None]]:
    return [(person.name, person.country) for person in mention.people]


def clauses_of(lang: Lang, *paragraphs: str, headline: str | None = None) -> Clauses:
    """Return the clauses of a text as they are before its events are told apart."""
    document = read_document(article(lang, *paragraphs, headline=headline))
    return read_clauses(document, find_people(document), document.dates(PUBLISHED))


def events_of(lang: Lang, *paragraphs: str, headline: str | None = None) -> tuple[list[Event], Clauses]:
    """Return the events of a text, and its clauses as they are afterwards."""
    made = article(lang, *paragraphs, headline=headline)
    document = read_document(made)
    people = find_people(document)
    reference = reference_of(made, document)
    clauses = read_clauses(document, people, document.dates(reference))
    return read_events(document, clauses, reference, people, assign_countries), clauses
