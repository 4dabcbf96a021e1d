"""Pages that list articles: cards, links, feeds, sitemaps and JSON sections, each read into entries.

A listing says little and says it quickly. What it says of an article serves to choose what to fetch; the facts are read
from the article's own page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final
from urllib.parse import urlencode, urljoin

from lxml import etree
from parsel import Selector, SelectorList

from crawler.items import Stamp
from crawler.language.dates import parse_stamp
from crawler.language.text import normalize
from crawler.pages.addresses import Address, SourceName, describe
from crawler.pages.zones import BAKU, NEW_YORK


class ListingError(Exception):
    """A listing that cannot be read as what it should be: not XML, not JSON, no text at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as a listing names it; ``published`` and ``headline`` as far as the listing says them."""

    address: Address
    headline: str | None = None
    published: Stamp | None = None
    provider: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The entries of one page in its order, and the address of the next batch where the page states one.

    ``more`` is the address to which further batches are asked (Report's ``data-url``), kept while paging because the
    fragments that come back do not repeat it.
    """

    entries: tuple[Entry, ...]
    next_url: str | None = None
    more: str | None = None


def report_cards(body: str, url: str, *, more: str | None = None) -> Listing:
    """Read the cards of a Report.az section, archive day, search result or paging fragment.

    The next batch is ``<data-url>?date=<data-timestamp of the last card>&oldest=1``; there is none after a page without
    cards. Cards of the template used until early 2025 are read too. ``more`` is the
    ``data-url`` known from the first page.
    """
    selector = _html(body)
    entries: list[Entry] = []
    last_stamp = None
    for card in selector.css("div.index-post-block"):
        stamp = card.attrib.get("data-timestamp", "")
        printed = " ".join(card.css("ul.news__date li::text").getall())
        entries += _entry(
            "report",
            url,
            href=card.css("a.news__item::attr(href)").get() or card.css("a::attr(href)").get(),
            headline=_text(card.css("h2.news__title")) or _text(card.css(".news__title")),
            stamp=stamp or printed,
            zone=BAKU,
        )
        last_stamp = stamp or last_stamp
    if not entries:
        for card in selector.css(".news-item.infinity-item, .rest-news .news-block"):
            entries += _entry(
                "report",
                url,
                href=card.css("a.title::attr(href)").get(),
                headline=_text(card.css("a.title")),
                stamp=" ".join(card.css(".news-date span::text").getall()),
                zone=BAKU,
            )
    container = selector.css(".loadContainer::attr(data-url)").get()
    more = urljoin(url, container) if container else more
    next_url = None
    if more and last_stamp:
        next_url = f"{more}?{urlencode({'date': last_stamp, 'oldest': 1})}"
    return Listing(entries=tuple(entries), next_url=next_url, more=more)


def azernews_cards(body: str, url: str) -> Listing:
    """Read the large, half-width and small cards of AzerNews' home and section pages; they carry no dates."""
    selector = _html(body)
    entries: list[Entry] = []
    for link in selector.css("a.news-item, a.news-item-sm"):
        headline = _text(link.css("h2, h3, h4")) or normalize(link.attrib.get("title", ""))
        entries += _entry("azernews", url, href=link.attrib.get("href"), headline=headline)
    if not entries:
        entries = _article_links("azernews", selector, url)
    return Listing(entries=_distinct(entries))


def menafn_links(body: str, url: str) -> Listing:
    """Read the story links of a MENAFN listing; only the page of a story tells its provider."""
    selector = _html(body)
    entries: list[Entry] = []
    for link in selector.css("ul.popular-news-list > li > a, div.img-wrapper > a, div.img-wrapper > div > a"):
        entries += _entry("menafn", url, href=link.attrib.get("href"), headline=_text(link))
    if not entries:
        entries = _article_links("menafn", selector, url)
    return Listing(entries=_distinct(entries))


_PAGE_NUMBER: Final = re.compile(r"-(\d{1,4})$")


def menafn_section(body: str, url: str) -> Listing:
    """Read one page of MENAFN's JSON section lists (``.../getsection/MobileEN_Home-1``), ten stories a page.

    Raises ListingError when it is not a JSON list of objects.
    """
    try:
        rows = json.loads(body)
    except ValueError as error:
        raise ListingError(f"not JSON: {error}") from None
    if not isinstance(rows, list):
        raise ListingError(f"a JSON list was expected, not {type(rows).__name__}")
    entries: list[Entry] = []
    for row in rows:
        if not isinstance(row, dict):
            continue
        href = str(row.get("link") or "")
        story = str(row.get("newsid") or "")
        if not href and story.isdigit():
            href = f"https://menafn.com/{story}"
        entries += _entry(
            "menafn",
            url,
            href=href,
            headline=str(row.get("title") or ""),
            stamp=str(row.get("newsdate") or ""),
            zone=NEW_YORK,
            zone_assumed=True,
            provider=str(row.get("company") or row.get("providerName") or "") or None,
        )
    number = _PAGE_NUMBER.search(url)
    next_url = f"{url[: number.start()]}-{int(number[1]) + 1}" if number and rows else None
    return Listing(entries=tuple(entries), next_url=next_url)


def feed(body: bytes, url: str, source: SourceName) -> Listing:
    """Read an RSS or Atom feed. Raises ListingError when it is no XML with items."""
    root = _xml(body)
    items = [*root.iter("{*}item"), *root.iter("{*}entry")]
    if not items and _local(root) not in {"rss", "feed", "RDF"}:
        raise ListingError(f"neither RSS nor Atom: root element {_local(root)!r}")
    entries: list[Entry] = []
    for item in items:
        link = _child(item, "link")
        href = link.get("href") or link.text if link is not None else None
        entries += _entry(
            source,
            url,
            href=href or _child_text(item, "guid"),
            headline=_child_text(item, "title"),
            stamp=_child_text(item, "pubDate") or _child_text(item, "published") or _child_text(item, "updated"),
            zone=BAKU,
        )
    return Listing(entries=tuple(entries))


def sitemap(body: bytes, url: str, source: SourceName) -> Listing:
    """Read a Google News sitemap (0.9 with the news extension). Raises ListingError when it is no such XML."""
    root = _xml(body)
    if _local(root) != "urlset":
        raise ListingError(f"no sitemap: root element {_local(root)!r}")
    entries: list[Entry] = []
    for item in root.iter("{*}url"):
        entries += _entry(
            source,
            url,
            href=_child_text(item, "loc"),
            headline=_descendant_text(item, "title"),
            stamp=_descendant_text(item, "publication_date") or _child_text(item, "lastmod"),
            zone=BAKU,
        )
    return Listing(entries=tuple(entries))


def _entry(
    source: SourceName,
    base: str,
    *,
    href: str | None,
    headline: str | None = None,
    stamp: str | None = None,
    zone: tzinfo = BAKU,
    zone_assumed: bool = False,
    provider: str | None = None,
) -> list[Entry]:
    """Return the entry in a list, or an empty list when the link is no article of the source."""
    if not href:
        return []
    try:
        address = describe(urljoin(base, href.strip()))
    except ValueError:
        return []
    if address.source != source or not address.is_article:
        return []
    published = parse_stamp(stamp, address.lang, zone, zone_assumed=zone_assumed) if stamp else None
    return [Entry(address=address, headline=normalize(headline or "") or None, published=published, provider=provider)]


def _article_links(source: SourceName, selector: Selector, url: str) -> list[Entry]:
    """Read every link that is an article by its address: what is left when the classes of the cards have changed."""
    entries: list[Entry] = []
    for link in selector.css("a[href]"):
        entries += _entry(source, url, href=link.attrib["href"], headline=_text(link))
    return entries


def _distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Keep one entry an article, the one with a headline: images and titles are linked apart."""
    chosen: dict[str, Entry] = {}
    for entry in entries:
        known = chosen.get(entry.address.key)
        if known is None or (entry.headline and not known.headline):
            chosen[entry.address.key] = entry
    return tuple(chosen.values())


def _html(body: str) -> Selector:
    return Selector(text=body or "<html></html>", type="html")


def _text(selectors: Selector | SelectorList[Selector]) -> str:
    for selector in selectors if isinstance(selectors, SelectorList) else [selectors]:
        if text := normalize("".join(selector.css("::text").getall())):
            return text
    return ""


def _xml(body: bytes) -> etree._Element:
    # entities are never expanded and nothing is loaded from outside; a raw "&" in a title is recovered from
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ListingError(f"not XML: {error}") from None
    if root is None:
        raise ListingError("not XML")
    return root


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _child(item: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in item.iterchildren("{*}" + name)), None)


def _child_text(item: etree._Element, name: str) -> str | None:
    child = _child(item, name)
    return "".join(str(part) for part in child.itertext()) if child is not None else None


def _descendant_text(item: etree._Element, name: str) -> str | None:
    child = next(item.iter("{*}" + name), None)
    return "".join(str(part) for part in child.itertext()) if child is not None else None
