"""Articles for the tests, made from a sentence or two."""

from __future__ import annotations

import datetime as dt

from crawler.items import Article, Headline, Lang, Mention, Stamp
from crawler.mentions import Reading, read_mentions

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
