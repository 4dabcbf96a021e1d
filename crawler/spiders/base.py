"""NewsSpider, the family of all sources: a source is a declaration of its channels on top of it.

A spider collects. It finds addresses through its channels, fetches the articles, has them read by ``crawler.pages`` and
yields one Article a page. It knows nothing of languages beyond an address's, and nothing of meetings.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date
from typing import Any, ClassVar, Final

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from sqlalchemy.exc import SQLAlchemyError
from twisted.python.failure import Failure

from crawler.extensions.log_lines import explain_failure
from crawler.extensions.run import Run
from crawler.items import Article, Lang
from crawler.middlewares.conditional import NOT_MODIFIED, validators
from crawler.middlewares.storage import store_failed
from crawler.pages import Page, PageError
from crawler.pages.addresses import Address, SourceName, describe, hosts
from crawler.pages.decoding import decode
from crawler.pages.listings import Entry, Listing, ListingError
from crawler.spiders.address_list import AddressList
from crawler.spiders.arguments import ArgumentError, Arguments
from crawler.spiders.channels import Channel
from crawler.spiders.failures import BLOCKED, ROBOTS, UNSENT, name_failure
from crawler.spiders.frontier import Decision, Frontier
from crawler.spiders.relevance import is_relevant
from crawler.spiders.revisits import schedule
from crawler.spiders.source import SourceSpider

logger = logging.getLogger(__name__)


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def _decoded(response: TextResponse) -> TextResponse:
    """Return a listing decoded as articles are: UTF-8 comes first, whatever the headers say; XML declares it."""
    if not response.body.strip() or response.body.lstrip().startswith(b"<?xml"):
        return response
    text, _ = decode(Page(url=response.url, body=response.body, content_type=_content_type(response)))
    return response.replace(body=text.encode(), encoding="utf-8")


def check_given(spiders: Iterable[Spider]) -> None:
    """Raise ArgumentError when addresses are given (``-a urls=``) and none of them is an article of these sources."""
    news = [spider for spider in spiders if isinstance(spider, NewsSpider)]
    for given in (spider.arguments.urls for spider in news[:1]):
        if given and not any(given.of(spider.source) for spider in news):
            names = ", ".join(spider.name for spider in news)
            raise ArgumentError(f"-a urls={given.path}: no line is the address of an article of {names}")


class NewsSpider(SourceSpider):
    """A source of news. Declare ``name``, ``source``, ``channels``; a missing one fails at construction."""

    source: ClassVar[SourceName]
    langs: ClassVar[tuple[Lang, ...]]
    channels: ClassVar[tuple[Channel, ...]]

    # A page may be missing: that is said by the channel or counted, not by an exception in the log.
    _MISSING: Final = [404, 410]
    # Refusals that stay: such a page is none of ours today and in a year, so it is not asked for again.
    _SETTLED: Final = frozenset({"provider-not-accepted", "unsupported-language"})

    def __init__(self, name: str | None = None, **arguments: object) -> None:
        super().__init__(name, **arguments)
        for attribute in ("source", "langs", "channels"):
            if not getattr(type(self), attribute, None):
                raise TypeError(f"{type(self).__name__} declares no {attribute}")
        self.arguments = Arguments.read(**self.given)
        self.allowed_domains = sorted(hosts(self.source))
        self._requested: set[str] = set()
        self._floor: date | None = None
        self._frontier: Frontier | None = None
        self._validators: dict[str, tuple[str, str | None, str | None]] = {}

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Take the delays away when the replica is asked: nobody has to be spared on loopback."""
        super().update_settings(settings)
        if settings.get("REPLICA_URL"):
            settings.set("DOWNLOAD_DELAY", 0, priority="spider")
            settings.set("AUTOTHROTTLE_ENABLED", False, priority="spider")
            settings.set("CONCURRENT_REQUESTS", 8, priority="spider")
            settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", 8, priority="spider")
            settings.set("RETRY_WAIT", 0.1, priority="spider")

    async def begin(self) -> AsyncIterator[Any]:
        """Yield the first request of every channel and the known articles that are due to be read again.

        With ``-a urls=FILE`` these addresses instead.
        """
        try:
            for request in self._first_requests():
                yield request
        except SQLAlchemyError as error:
            store_failed(self.crawler, error)

    def _first_requests(self) -> Iterator[Request]:
        run = Run.of(self.crawler)
        after = schedule(self.crawler.settings.getlist("REVISIT_HOURS"))
        self._frontier = Frontier(run, self.source, self._wanted_langs, fresh=self.arguments.is_fresh, after=after)
        if self.arguments.urls:
            yield from self._given_addresses(self.arguments.urls)
            return
        self._floor = self.arguments.since or run.floor(self.source, self._wanted_langs)
        for channel in (*self.channels, *self.backfill()):
            if channel.lang is None or channel.lang in self.arguments.langs:
                yield self._listing_request(channel, channel.url, page=1, more=None)
        for address in self._frontier.due():
            if address.lang in self.arguments.langs:
                yield from self._visit(address, "revisits")

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
            meta={
                "handle_httpstatus_list": self._MISSING,
                "conditional": page == 1 and self.arguments.is_poll,
            },
            priority=10,
            dont_filter=True,
        )

    def parse_listing(self, response: Response, channel: Channel, page: int, more: str | None) -> Iterator[Request]:
        """Follow the entries of a listing that are wanted, then its next batch.

        A listing that has not changed since all its entries were stored (304) has nothing to follow.
        """
        self._count(f"channel/{channel.name}/pages")
        if response.status in self._MISSING:
            if not channel.missing_is_empty:
                self._count(f"channel/{channel.name}/missing")
                logger.warning("channel %s: %s answers %s", channel.name, response.url, response.status)
            return
        self._count("listing/read")
        if response.status == NOT_MODIFIED:
            self._count(f"channel/{channel.name}/not-modified")
            return
        listing = self._read_listing(response, channel, more)
        if listing is None:
            return
        if page == 1:
            self._listed(response, channel, listing)
        self._count(f"channel/{channel.name}/entries", len(listing.entries))
        wanted = (entry for entry in listing.entries if self._wanted(entry, channel))
        requests = [r for entry in wanted for r in self._visit(entry.address, channel.name, entry.headline)]
        yield from requests
        if listing.next_url and self._goes_on(listing, page, followed=bool(requests)):
            yield self._listing_request(channel, listing.next_url, page=page + 1, more=listing.more)

    def _listed(self, response: Response, channel: Channel, listing: Listing) -> None:
        if listing.entries:
            assert response.request is not None
            if channel.lang is None and self._wanted_langs != self.langs:
                return  # not everything it lists is stored
            self._validators[channel.name] = (response.request.url, *validators(response))
        elif not channel.missing_is_empty:
            self._count(f"channel/{channel.name}/{'empty' if channel.proven else 'silent'}")
            logger.warning("channel %s: no entries on %s", channel.name, response.url)

    def closed(self, reason: str) -> None:
        """Hand the validators of the listings to the run, which stores them when everything they list is stored."""
        if reason != "finished" or not self.arguments.is_poll or self._frontier is None:
            return  # without a frontier it never began, as in ``scrapy parse``
        run = Run.of(self.crawler)
        run.mark_poll(self.source, self._wanted_langs)
        for url, etag, last_modified in self._validators.values():
            run.keep_listing(self.source, url, etag, last_modified)

    @property
    def _wanted_langs(self) -> tuple[Lang, ...]:
        return tuple(lang for lang in self.langs if lang in self.arguments.langs)

    def _read_listing(self, response: Response, channel: Channel, more: str | None) -> Listing | None:
        try:
            if not isinstance(response, TextResponse):
                raise ListingError(f"no text but {_content_type(response)!r}")
            return channel.read(_decoded(response), more)
        except (ListingError, PageError) as error:
            self._count(f"channel/{channel.name}/unreadable")
            self._validators.pop(channel.name, None)  # what the rest of the list holds is not known
            logger.warning("channel %s: %s cannot be read: %s", channel.name, response.url, error)
            return None

    def _wanted(self, entry: Entry, channel: Channel) -> bool:
        if entry.address.lang not in self.arguments.langs:
            return False
        if not self.arguments.covers(entry.published.day if entry.published else None):
            self._count("listing/outside-window")
            return False
        if not self.accepts(entry):
            self._count("listing/not-accepted")
            return False
        if self.chooses(entry, channel):
            wanted = is_relevant(entry.headline or "", entry.address.lang)
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

    def _goes_on(self, listing: Listing, page: int, *, followed: bool) -> bool:
        """Page on until the list ends, the limit is reached, or a batch lies behind the window and is known.

        Never at the first known entry: stories appear late and out of order.
        """
        limit = self.arguments.max_pages or self.crawler.settings.getint("LISTING_MAX_PAGES")
        if page >= limit:
            self._count("listing/page-limit")
            return False
        days = [entry.published.day for entry in listing.entries if entry.published]
        if self.arguments.since and days and max(days) < self.arguments.since:
            return False
        return followed or not (self._floor and days and max(days) < self._floor)

    def listing_failed(self, failure: Failure) -> None:
        """Count a listing that could not be fetched: the run is incomplete."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on every failure
        channel: Channel = request.cb_kwargs["channel"]
        how = name_failure(failure.value)
        if how in {UNSENT, BLOCKED}:
            self._count(f"fetch/{how}")
            return
        if how == ROBOTS and not channel.proven:
            self._count(f"channel/{channel.name}/forbidden")
            logger.warning("channel %s: robots.txt forbids %s", channel.name, request.url)
            return
        self._count(f"channel/{channel.name}/failed")
        self._failed(request.url, how, failure)

    # --- articles ------------------------------------------------------------------------------

    def _given_addresses(self, given: AddressList) -> Iterator[Request]:
        sources = Run.of(self.crawler).sources
        if sources[0] == self.name:  # the first one names what none of them asks for
            for number, fault in given.passed_over(frozenset(sources)):
                self._count("urls/passed-over")
                logger.error("%s, line %d: %s", given.path, number, fault)
        for address in given.of(self.source):
            yield from self._visit(address, "urls")

    def _visit(self, address: Address, channel: str, headline: str | None = None) -> Iterator[Request]:
        """Ask for an article, unless it is known and settled; then only for what it links and is not known."""
        if address.key in self._requested:
            return
        self._requested.add(address.key)
        decision = self._decide(address, headline)
        if decision.how == "skip":
            self._count(f"channel/{channel}/known")
            if decision.article is not None:
                yield from self._alternates(decision.article, stored=True)
            return
        self._count(f"channel/{channel}/followed")
        yield Request(
            address.url,
            callback=self.parse_article,
            errback=self.article_failed,
            meta={"conditional": decision.how == "refresh"},
            cb_kwargs={"known": decision.article},
        )

    def _decide(self, address: Address, headline: str | None) -> Decision:
        return self._frontier.decide(address, headline) if self._frontier else Decision("fetch")

    def parse(self, response: Response) -> Iterator[Article | Request]:
        """Read an article page that belongs to no run, as ``scrapy parse`` and the shell ask for it."""
        from crawler.pages import read_article  # noqa: PLC0415 - as in parse_article

        try:
            article = read_article(Page(url=response.url, body=response.body, content_type=_content_type(response)))
        except PageError as error:
            logger.warning("%s cannot be read: %s", response.url, error)
            return
        yield article
        yield from self._alternates(article)

    def parse_article(self, response: Response, known: Article | None = None) -> Iterator[Article | Request]:
        """Read one article page and follow the other languages it links; ``known`` is what the store has of it."""
        if response.status == NOT_MODIFIED:
            self._count("article/not-modified")
            if known is not None:
                yield from self._alternates(known, stored=True)
            return
        from crawler.pages import read_article  # noqa: PLC0415 - a poll with nothing new reads nothing

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

    def _alternates(self, article: Article, *, stored: bool = False) -> Iterator[Request]:
        # what was stored of a headline says nothing of how the site prints it now
        for alternate in article.alternates:
            if alternate.url is None or alternate.headline.lang not in self.arguments.langs:
                continue
            address = describe(alternate.url)
            if address.source == self.source and address.is_article:
                yield from self._visit(address, "alternates", None if stored else alternate.headline.raw)

    def _unreadable(self, page: Page, error: PageError) -> None:
        self._count(f"article/unreadable/{error.reason}")
        run = Run.of(self.crawler)
        try:
            if error.reason in self._SETTLED and page.url:
                run.settle(page.url)
            if error.reason == "provider-not-accepted":
                return
            run.quarantine(page, error)
        except (OSError, SQLAlchemyError) as fault:
            self._count("store/failed")
            logger.error("%s could not be kept: %s", page.url, fault)
        logger.warning("%s cannot be read: %s", page.url, error)

    def article_failed(self, failure: Failure) -> None:
        """Count an article that could not be fetched after all retries: the run is incomplete."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on every failure
        how = name_failure(failure.value)
        response = getattr(failure.value, "response", None)
        if response is not None and response.status in self._MISSING:
            self._count("article/gone")
            logger.warning("%s answers %s", request.url, response.status)
        elif how in {UNSENT, BLOCKED}:
            self._count(f"fetch/{how}")
        else:
            self._failed(request.url, how, failure)

    def _failed(self, url: str, how: str, failure: Failure) -> None:
        self._count("fetch/failed")
        self._count(f"fetch/{how}")
        logger.error("%s failed (%s): %s", url, how, explain_failure(failure.value))

    # --- counts --------------------------------------------------------------------------------

    def _count(self, key: str, count: int = 1) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(key, count)
