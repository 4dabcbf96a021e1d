"""What the program makes of texts: its own functions, in the order of ``scrapy crawl archive``, without a store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crawler.feeds.record import record
from crawler.items import Article, Mention
from crawler.meetings.record import compose
from crawler.meetings.report import make_report
from crawler.meetings.resolver import resolve
from crawler.mentions import read_mentions
from crawler.pages import PageError, read_text
from crawler.spiders.files import TextRecord

_A_MOMENT: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When everything was seen: nothing that is scored depends on it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text that was read: its article, None for an unreadable one, and its meetings or why there are none."""

    url: str
    article: Article | None
    mentions: tuple[Mention, ...]
    dropped: str | None

    def __str__(self) -> str:
        """Return one line: kind, status, day, place and parties of each meeting with the people of each."""
        return " | ".join(map(_in_a_line, self.mentions)) or f"no meeting: {self.dropped}"


def _in_a_line(mention: Mention) -> str:
    day = f"{mention.date} {mention.date_source}" if mention.date else "no day"
    place = f"{mention.place.city or '-'} {mention.place.country or '-'}" if mention.place else "no place"
    people = ", ".join(f"{person.name or 'unnamed'} {person.country or '-'} {person.post}" for person in mention.people)
    parties = " ".join((*mention.countries, *mention.organizations))
    return f"{mention.kind}, {mention.status}, {day}, {place}, {parties}: {people}"


def read(text: TextRecord) -> Read:
    """Return what is read of one text."""
    try:
        article = read_text(
            text.text,
            url=text.url,
            lang=text.lang,
            headline=text.headline,
            published=text.published,
            outlet=text.outlet,
        )
    except PageError as error:
        return Read(text.url, None, (), f"unreadable: {error.reason}")
    reading = read_mentions(article)
    return Read(article.url, article, reading.mentions, reading.dropped)


def join(readings: Sequence[Read]) -> list[dict[str, Any]]:
    """Return the records of the feed that these articles give together, in the order of their first reports."""
    articles = {one.url: one.article for one in readings if one.article}
    reports = [
        make_report(one.article, mention, alone=len(one.mentions) == 1)
        for one in readings
        if one.article
        for mention in one.mentions
    ]
    return [
        record(compose(cluster, articles, revision=1, first_seen=_A_MOMENT, last_changed=_A_MOMENT))
        for cluster in resolve(reports)
    ]


def alone(readings: Iterable[Read]) -> dict[str, list[dict[str, Any]]]:
    """Return by address the records that each article gives by itself."""
    return {one.url: join([one]) for one in readings}
