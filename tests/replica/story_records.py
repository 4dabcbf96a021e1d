"""What a story holds: meetings, the people in them, and the articles about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.replica import sections
from tests.replica.slugs import composed


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who took part, in the usual English spelling."""

    name: str
    country: str
    post: str | None
    rank: str | None
    part: str
    leads_delegation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Something that was signed."""

    kind: str
    title: str
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMeeting:
    """A meeting of a story. ``date`` is the first of the month when only the month is known."""

    key: str
    kind: str
    status: str
    date: dt.date
    date_precision: str
    place: tuple[str | None, str | None] | None
    countries: tuple[str, ...]
    organizations: tuple[str, ...]
    participants: tuple[Person, ...]
    agreements: tuple[Agreement, ...]
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """What one desk wrote. ``published`` is aware; MENAFN copies already have headline and text of what they copy."""

    site: str
    reports: tuple[str, ...]
    lang: str
    section: str
    category: str | None
    slug: str
    number: int | None
    published: dt.datetime
    headline: str
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]
    author: str | None
    provider: str | None
    copy_of: int | None
    template: str
    alternates: bool | tuple[str, ...]
    traps: frozenset[str]
    earlier: tuple[str, ...]

    @property
    def url(self) -> str:
        """Canonical address: https, without slash at the end, letters of a slug composed even where the page's are not."""
        if self.site == "report":
            return f"https://report.az{sections.REPORT_PREFIX[self.lang]}/{self.section}/{self.slug}"
        if self.site == "azernews":
            return f"https://www.azernews.az/{self.section}/{self.number}.html"
        return f"https://menafn.com/{self.number}/{composed(self.slug)}"

    @property
    def is_source(self) -> bool:
        """Whether a crawler of the three outlets may use this article: MENAFN counts for its AzerNews copies only."""
        return self.provider in {None, "AzerNews"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Meetings and the articles about them; a look-alike has no meetings."""

    id: str
    note: str
    meetings: tuple[StoryMeeting, ...]
    articles: tuple[StoryArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedMeeting:
    """A meeting that must come out exactly once, joined from exactly these sources."""

    key: str
    kind: str
    status: str
    date: dt.date
    date_precision: str
    place: tuple[str | None, str | None] | None
    countries: tuple[str, ...]
    organizations: tuple[str, ...]
    participants: tuple[Person, ...]
    agreements: tuple[Agreement, ...]
    related: tuple[str, ...]
    urls: frozenset[str]
