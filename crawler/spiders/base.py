"""NewsSpider, the family of all sources: a source is a declaration of its channels on top of it.

A spider collects. It finds addresses through its channels, fetches the articles, has them read by ``crawler.pages`` and
yields one Article a page. It knows nothing of languages beyond an address's, and nothing of meetings.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Final

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.extensions.run import Run
from crawler.items import LANGS, Article, Lang
from crawler.pages import Page, PageError, read_article
from crawler.pages.addresses import Address, SourceName, describe, hosts
from crawler.pages.listings import Entry, Listing, ListingError
from crawler.spiders.relevance import is_relevant

logger = logging.getLogger(__name__)


class ArgumentError(ValueError):
    """A ``-a`` argument that is unknown or cannot be read; the message says what is accepted."""


ListingReader = Callable[[TextResponse, str | None], Listing]
"""Reads a response; the second argument is the paging address known from the first page of the listing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way a source makes its articles known.

    ``selective``: the listing holds all kinds of news, so only entries with a relevant headline are fetched.
    ``sections``: if not empty, entries of other sections count as selective. ``proven``: seen to work, so a listing
    without entries means that the site has changed. ``missing_is_empty``: the site answers 404 when it has nothing.
    """

    name: str
    url: str
    read: ListingReader
    lang: Lang | None = None
    selective: bool = False
    sections: frozenset[str] = frozenset()
    proven: bool = True
    missing_is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Arguments:
    """What ``-a`` may say to every source."""

    since: date | None = None
    until: date | None = None
    langs: tuple[Lang, ...] = LANGS
    max_pages: int | None = None
    urls: Path | None = None

    @classmethod
    def read(cls, **values: str) -> Arguments:
        """Read the spider arguments of the command line.

        Raises ArgumentError naming the argument, its value and what is accepted.
        """
        known = {"since", "until", "langs", "max_pages", "urls"}
        if unknown := sorted(values.keys() - known):
            raise ArgumentError(f"unknown argument -a {unknown[0]}=...; known are {', '.join(sorted(known))}")
        since, until = (_day(name, values.get(name)) for name in ("since", "until"))
        if since and until and since > until:
            raise ArgumentError(f"-a since={since} lies after -a until={until}")
        return cls(
            since=since,
            until=until,
            langs=_langs(values.get("langs")),
            max_pages=_positive("max_pages", values.get("max_pages")),
            urls=_file("urls", values.get("urls")),
        )

    def covers(self, day: date | None) -> bool:
        """Tell whether a day lies in the window; an unknown day does."""
        return day is None or not ((self.since and day < self.since) or (self.until and day > self.until))


def _day(name: str, value: str | None) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentError(f"-a {name}={value}: a day such as 2026-01-31 is expected") from None


def _langs(value: str | None) -> tuple[Lang, ...]:
    if not value:
        return LANGS
    wanted = {part.strip() for part in value.split(",")}
    if wrong := sorted(wanted - set(LANGS)):
        raise ArgumentError(f"-a langs={value}: {wrong[0]!r} is none of {','.join(LANGS)}")
    return tuple(lang for lang in LANGS if lang in wanted)


def _positive(name: str, value: str | None) -> int | None:
    if not value:
        return None
    if not value.isdecimal() or int(value) < 1:
        raise ArgumentError(f"-a {name}={value}: a number from 1 is expected")
    return int(value)


def _file(name: str, value: str | None) -> Path | None:
    if not value:
        return None
    path = Path(value)
    if not path.is_file():
        raise ArgumentError(f"-a {name}={value}: there is no such file")
    return path


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


class NewsSpider(Spider):
    """A source of news. Declare ``name``, ``source``, ``channels``; a missing one fails at construction."""

    source: ClassVar[SourceName]
    langs: ClassVar[tuple[Lang, ...]]
    channels: ClassVar[tuple[Channel, ...]]

    # A listing may be missing or refuse: that is said by the channel, not by an exception in the log.
    _LISTING_STATUSES: Final = [404, 410]

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        for attribute in ("source", "langs", "channels"):
            if not getattr(type(self), attribute, None):
                raise TypeError(f"{type(self).__name__} declares no {attribute}")
        self.arguments = Arguments.read(**arguments)
        self.allowed_domains = sorted(hosts(self.source))
        self._requested: set[str] = set()
        self._floor: date | None = None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Take the delays away when the replica is asked: nobody has to be spared on loopback."""
        super().update_settings(settings)
        if settings.get("REPLICA_URL"):
            settings.set("DOWNLOAD_DELAY", 0, priority="spider")
            settings.set("AUTOTHROTTLE_ENABLED", False, priority="spider")
            settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", 8, priority="spider")

    async def start(self) -> AsyncIterator[Any]:
        """Yield the first request of every channel, or the addresses of ``-a urls=FILE`` instead."""
        if self.arguments.urls:
            for request in self._given_addresses(self.arguments.urls):
                yield request
            return
        self._floor = self.arguments.since or Run.of(self.crawler).floor(self.source)
        for channel in (*self.channels, *self.backfill()):
            if channel.lang is None or channel.lang in self.arguments.langs:
                yield self._listing_request(channel, channel.url, page=1, more=None)

    def backfill(self) -> Iterator[Channel]:
        """Yield the channels that a window in the past needs besides the usual ones; none by default."""
        yield from ()

    # --- listings ------------------------------------------------------------------------------

    def _listing_request(self, channel: Channel, url: str, *, page: int, more: str | None) -> Request:
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"channel": channel, "page": page, "more": more},
            meta={"handle_httpstatus_list": self._LISTING_STATUSES},
            priority=10,
            dont_filter=True,
        )

    def parse_listing(self, response: Response, channel: Channel, page: int, more: str | None) -> Iterator[Request]:
        """Follow the entries of a listing that are wanted, then its next batch."""
        self._count(f"channel/{channel.name}/pages")
        if response.status in self._LISTING_STATUSES:
            if not channel.missing_is_empty:
                self._count(f"channel/{channel.name}/missing")
                logger.warning("channel %s: %s answers %s", channel.name, response.url, response.status)
            return
        listing = self._read_listing(response, channel, more)
        if listing is None:
            return
        self._count(f"channel/{channel.name}/entries", len(listing.entries))
        if not listing.entries and page == 1 and not channel.missing_is_empty:
            self._count(f"channel/{channel.name}/{'empty' if channel.proven else 'silent'}")
            logger.warning("channel %s: no entries on %s", channel.name, response.url)
        for entry in listing.entries:
            if self._wanted(entry, channel):
                yield from self._article_request(entry.address, channel.name)
        if listing.next_url and self._goes_on(listing, page):
            yield self._listing_request(channel, listing.next_url, page=page + 1, more=listing.more)

    def _read_listing(self, response: Response, channel: Channel, more: str | None) -> Listing | None:
        try:
            if not isinstance(response, TextResponse):
                raise ListingError(f"no text but {_content_type(response)!r}")
            return channel.read(response, more)
        except ListingError as error:
            self._count(f"channel/{channel.name}/unreadable")
            logger.warning("channel %s: %s cannot be read: %s", channel.name, response.url, error)
            return None

    def _wanted(self, entry: Entry, channel: Channel) -> bool:
        if entry.address.lang not in self.arguments.langs:
            return False
        day = entry.published.day if entry.published else None
        if not self.arguments.covers(day) or (day and self._floor and day < self._floor):
            self._count("listing/outside-window")
            return False
        if not self.accepts(entry):
            self._count("listing/not-accepted")
            return False
        if self.chooses(entry, channel):
            wanted = is_relevant(entry.headline or "", entry.address.lang or "en")
            if not wanted:
                self._count("listing/irrelevant")
            return wanted
        return True

    def accepts(self, entry: Entry) -> bool:  # noqa: ARG002 - the base accepts every entry
        """Tell whether an entry belongs to the source at all; sources that carry others' stories override it."""
        return True

    def chooses(self, entry: Entry, channel: Channel) -> bool:
        """Tell whether the headline decides if an entry is fetched, because the listing holds all kinds of news."""
        return channel.selective or bool(channel.sections and entry.address.section not in channel.sections)

    def _goes_on(self, listing: Listing, page: int) -> bool:
        """Page on until the list ends, the limit is reached or the window lies behind, never at the first known."""
        limit = self.arguments.max_pages or self.crawler.settings.getint("LISTING_MAX_PAGES")
        if page >= limit:
            self._count("listing/page-limit")
            return False
        days = [entry.published.day for entry in listing.entries if entry.published]
        return not (self._floor and days and max(days) < self._floor)

    def listing_failed(self, failure: Failure) -> None:
        """Count a listing that could not be fetched: the run is incomplete."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on every failure
        channel: Channel = request.cb_kwargs["channel"]
        self._count(f"channel/{channel.name}/failed")
        self._count("fetch/failed")
        logger.error("channel %s: %s failed: %s", channel.name, request.url, failure.getErrorMessage())

    # --- articles ------------------------------------------------------------------------------

    def _given_addresses(self, path: Path) -> Iterator[Request]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            try:
                address = describe(text)
            except ValueError as error:
                self._count("urls/bad-line")
                logger.error("%s, line %d: %s", path, number, error)
                continue
            if address.source == self.source and address.is_article:
                yield from self._article_request(address, "urls")
            else:
                self._count("urls/other-source")

    def _article_request(self, address: Address, channel: str) -> Iterator[Request]:
        if address.key in self._requested:
            return
        self._requested.add(address.key)
        self._count(f"channel/{channel}/followed")
        yield Request(address.url, callback=self.parse_article, errback=self.article_failed)

    def parse_article(self, response: Response) -> Iterator[Article | Request]:
        """Read one article page and follow the other languages it links."""
        page = Page(
            url=response.url,
            body=response.body,
            content_type=_content_type(response),
        )
        try:
            article = read_article(page)
        except PageError as error:
            self._unreadable(page, error)
            return
        for field, level in article.matched.items():
            self._count(f"article/matched/{field}/{level}")
        yield from self._alternates(article)
        if not self.arguments.covers(article.published.day if article.published else None):
            self._count("article/outside-window")
            return
        self._count("article/read")
        yield article

    def _alternates(self, article: Article) -> Iterator[Request]:
        for alternate in article.alternates:
            if alternate.url is None or alternate.headline.lang not in self.arguments.langs:
                continue
            address = describe(alternate.url)
            if address.source == self.source and address.is_article:
                yield from self._article_request(address, "alternates")

    def _unreadable(self, page: Page, error: PageError) -> None:
        self._count(f"article/unreadable/{error.reason}")
        if error.reason == "provider-not-accepted":
            return
        Run.of(self.crawler).quarantine(page, error)
        logger.warning("%s cannot be read: %s", page.url, error)

    def article_failed(self, failure: Failure) -> None:
        """Count an article that could not be fetched after all retries: the run is incomplete."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on every failure
        response = getattr(failure.value, "response", None)
        if response is not None and response.status in self._LISTING_STATUSES:
            self._count("article/gone")
            logger.warning("%s answers %s", request.url, response.status)
            return
        self._count("fetch/failed")
        logger.error("%s failed: %s", request.url, failure.getErrorMessage())

    # --- counts --------------------------------------------------------------------------------

    def _count(self, key: str, count: int = 1) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(key, count)
