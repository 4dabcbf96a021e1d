"""Report.az in its templates: since 2025, about 2020 to early 2025, the oldest texts, and AMP.

Only single selectors are attested, the markup between them is not: every field falls back to JSON-LD and OpenGraph, the
body to a generic extractor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final
from urllib.parse import urljoin

from lxml import etree

from crawler.items import Alternate, Lang
from crawler.pages import fields
from crawler.pages.addresses import Address, describe
from crawler.pages.cleaning import is_furniture
from crawler.pages.document import Document, line, paragraphs
from crawler.pages.fallback import generic_body
from crawler.pages.fields import BodyLevel, TextLevel
from crawler.pages.parser import Parser, alternate

_SCRIPT_OF_RUSSIAN: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_OWN: Final[dict[Lang, re.Pattern[str]]] = {
    "en": re.compile(r"\s*(?:https?://[^/?#]*)?/en/"),
    "ru": re.compile(r"\s*(?:https?://[^/?#]*)?/ru/"),
    "az": re.compile(r"\s*(?:https?://[^/?#]*)?/(?!/|en/|ru/)"),
}
"""Beginnings of addresses that lead to the language itself, as most links of a page do."""
_NO_PAGES: Final = ("#", "mailto:", "tel:", "javascript:", "whatsapp:")
_OLD_STAMP: Final = re.compile(r"\b[A-Z][a-z]+ \d{1,2}, \d{4} \d{1,2}:\d{2}\b")
_AMP_STAMP: Final = re.compile(r"\b\d{1,2} [^\W\d_]{3,9}, \d{4} ?/ ?\d{1,2}:\d{2}\b")
_FEWEST_WORDS: Final = 3
"""Links of fewer words are names of languages and sections, not headlines."""
_CARD: Final = frozenset({"news__item", "title", "news-item", "index-post-block", "news__category", "news-category"})
_BODY: Final = frozenset({"news-detail__desc", "editor-body", "tags", "news-tags"})
"""Where links are references of the text or tags, never another version of the story."""


def _stamp_in_text(pattern: re.Pattern[str]) -> TextLevel:
    def read(document: Document) -> str | None:
        # the first stamp of its form in the text after the headline; the news list below comes later
        found = pattern.search(" ".join(paragraphs(document.all("body"))))
        return found[0] if found else None

    return "text", read


def _dateline_parent(document: Document) -> list[str] | None:
    for paragraph in document.root.iter("p", "div", "td", "span"):
        if "REPORT.AZ" in (paragraph.text or "") and (parent := paragraph.getparent()) is not None:
            return paragraphs((parent if paragraph.tag != "div" else paragraph,))
    return None


def _breadcrumb(document: Document) -> str | None:
    for item in document.json_ld:
        elements = item.get("itemListElement")
        if item.get("@type") == "BreadcrumbList" and isinstance(elements, list) and elements:
            crumb = elements[0] if isinstance(elements[0], dict) else {}
            page = crumb.get("item")
            name = crumb.get("name") or (page.get("name") if isinstance(page, dict) else None)
            if isinstance(name, str) and name.strip():
                return name.strip()
    return None


def _meta_section(document: Document) -> str | None:
    return (document.meta("article:section") or "").partition("|")[0].strip() or None


class _Report(Parser):
    own_names: ClassVar = frozenset({"report", "reportaz", "репорт"})
    section: ClassVar[tuple[TextLevel, ...]] = (
        fields.text(".news-detail__head .news__category"),
        fields.text(".category-date a.news-category"),
        ("json-ld BreadcrumbList", _breadcrumb),
        ("meta article:section", _meta_section),
    )
    author: ClassVar[tuple[TextLevel, ...]] = ()

    def alternates(self, document: Document, address: Address) -> tuple[Alternate, ...]:
        """Return the links to the story's versions in other languages: one a language, the first below the headline.

        Their class is unknown, so they are known by their addresses: a page links articles of other languages nowhere
        else.
        """
        found: dict[Lang, Alternate] = {}
        is_own = _OWN[address.lang or "az"].match
        for link in _below_headline(document):
            href = link.get("href")
            if href is None or is_own(href) or link.tag != "a":
                continue
            href = href.strip()
            if not href or href.startswith(_NO_PAGES) or _in_card(link):
                continue
            raw = _without_labels(line(link))
            if len(raw.split()) < _FEWEST_WORDS or _inside(link, _BODY):
                continue
            try:
                target = describe(_absolute(address.url, href))
            except ValueError:
                continue
            if target.source != "report" or not target.is_article or target.lang is None:
                continue
            if target.lang == address.lang or target.lang in found or target.url == address.url:
                continue
            if bool(_SCRIPT_OF_RUSSIAN.search(raw)) == (target.lang == "ru"):
                found[target.lang] = alternate(target.lang, raw, target.url)
        return tuple(found.values())


def _absolute(base: str, href: str) -> str:
    # an address from the root of the host needs no joining, which would take longer than all else about a link
    if href.startswith("/") and not href.startswith("//") and "/." not in href:
        return f"https://report.az{href}"
    return urljoin(base, href)


def _below_headline(document: Document) -> Iterator[etree._Element]:
    """Return the links and headlines below the first headline; all links where there is none."""
    found = document.root.iter("h1", "a")
    if any(element.tag == "h1" for element in found):
        return found
    return document.root.iter("a")


def _without_labels(text: str) -> str:
    """Take the words Photo and Video off the beginning of a link's text."""
    label, _, rest = text.partition(" ")
    return _without_labels(rest) if rest and is_furniture(label) else text


def _inside(link: etree._Element, classes: frozenset[str]) -> bool:
    return any(not classes.isdisjoint((element.get("class") or "").split()) for element in link.iterancestors())


def _in_card(link: etree._Element) -> bool:
    return not _CARD.isdisjoint((link.get("class") or "").split())


class ReportV2025(_Report):
    """The template since between February and September 2025."""

    name = "report/2025"
    signature = "h1.section-title, div.news-detail__desc, .news-detail__head"
    headline = (
        fields.text("h1.section-title"),
        fields.text("h1"),
        fields.linked_data("headline"),
        fields.meta("og:title"),
    )
    published = (
        fields.joined(".news-detail__head .news__date li"),
        fields.joined("ul.news__date:first-of-type li"),
        fields.linked_data("datePublished"),
        fields.meta("article:published_time"),
    )
    body = (
        fields.body("div.news-detail__desc"),
        *generic_body(),
    )
    tags: ClassVar[tuple[BodyLevel, ...]] = (
        fields.each(".news-detail__desc .tags a"),
        fields.each(".news-detail .tags a"),
        fields.each(".tags a"),
    )


class ReportV2020(_Report):
    """The template from about 2019/20 to early 2025."""

    name = "report/2020"
    signature = "section.news-inner-page, div.editor-body, h1.news-title"
    headline = (
        fields.text("h1.news-title"),
        fields.text(".selected-news h1"),
        fields.linked_data("headline"),
        fields.meta("og:title"),
    )
    published = (
        fields.joined(".category-date .news-date span"),
        fields.attribute("time[itemprop=datePublished]", "datetime"),
        fields.linked_data("datePublished"),
        fields.meta("article:published_time"),
    )
    body = (
        fields.each("div.editor-body"),
        *generic_body(),
    )
    tags: ClassVar[tuple[BodyLevel, ...]] = (fields.each(".news-tags a"),)


class ReportAmp(_Report):
    """AMP pages: their markup is unknown but for the stamp in the footer."""

    name = "report/amp"
    signature = "html[amp], html[⚡]"
    headline = (fields.text("h1"), fields.linked_data("headline"), fields.meta("og:title"))
    published = (
        fields.linked_data("datePublished"),
        fields.meta("article:published_time"),
        fields.attribute("time[datetime]", "datetime"),
        _stamp_in_text(_AMP_STAMP),
    )
    body = (
        fields.body("div.news-detail__desc"),
        fields.body("div.editor-body"),
        fields.body("article"),
        *generic_body(),
    )


class ReportV2014(_Report):
    """The oldest pages, until about 2018: only their texts survive, with REPORT.AZ datelines and US-style stamps."""

    name = "report/2014"
    headline = (fields.text("h1"), fields.meta("og:title"), fields.text("title"))
    published = (
        fields.attribute("time[datetime]", "datetime"),
        fields.meta("article:published_time"),
        _stamp_in_text(_OLD_STAMP),
    )
    body = (("dateline", _dateline_parent), *generic_body())

    @classmethod
    def recognises(cls, document: Document) -> bool:
        """Tell an old page by the agency's dateline in its text."""
        return "REPORT.AZ/" in document.html
