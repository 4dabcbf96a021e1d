"""MENAFN's copies of AzerNews, and how their provider is told.

Ids are those of the ASP.NET page seen in 2021-24; the prefix is ``ContentPlaceHolder1_``.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final
from urllib.parse import urlsplit

from crawler.knowledge import table
from crawler.pages import fields
from crawler.pages.beginnings import TRAILER, provider_name
from crawler.pages.cleaning import Cleaned
from crawler.pages.document import Document, line, paragraphs
from crawler.pages.fallback import generic_body
from crawler.pages.fields import TextLevel
from crawler.pages.page import PageError
from crawler.pages.parser import Parser
from crawler.pages.zones import NEW_YORK

ACCEPTED_PROVIDER: Final = "AzerNews"
_TWELVE_HOURS: Final = re.compile(r"^\d{4}-\d{2}-\d{2} (?:0\d|1[0-2]):\d{2}:\d{2}$")
_FURNITURE: Final = frozenset(
    {
        "tags",
        "twitter-tweet",
        "entry-blog-meta",
        "post-meta-info",
        "main-entry-title",
        "entry-date",
        "author",
        "entry-header",
    }
)


def _story_without_known_blocks(document: Document) -> list[str] | None:
    story = document.first("#ContentPlaceHolder1_div_story")
    return paragraphs((story,), without=_FURNITURE) if story is not None else None


class MenafnV2021(Parser):
    """Pages of 2021 to 2026 as far as seen. The date is that of taking over, perhaps another day than the event."""

    name = "menafn/2021"
    signature = "#ContentPlaceHolder1_div_story, h1.main-entry-title, #ContentPlaceHolder1_div_story_body"
    zone = NEW_YORK
    zone_assumed = True
    byline = True
    own_names: ClassVar = frozenset({"azernews", "azernewsaz", "azenews"})
    headline = (
        fields.text("h1.main-entry-title"),
        fields.linked_data("headline"),
        fields.meta("og:title"),
    )
    published = (
        fields.text("span.entry-date"),
        fields.text("#ContentPlaceHolder1_lbl_date_story"),
        fields.text("time.entry-date"),
        fields.linked_data("datePublished"),
        fields.meta("article:published_time"),
    )
    body = (
        fields.body("#ContentPlaceHolder1_div_story_body"),
        fields.body("#ContentPlaceHolder1_div_story > div:nth-child(5)"),
        fields.body("div.entry-summary.tit"),
        ("#ContentPlaceHolder1_div_story without known blocks", _story_without_known_blocks),
        *generic_body(),
    )
    section: ClassVar[tuple[TextLevel, ...]] = (fields.text("#ContentPlaceHolder1_lblb_cats"),)
    author: ClassVar[tuple[TextLevel, ...]] = (fields.text("p#ContentPlaceHolder1_author_section"),)

    def check(self, document: Document, cleaned: Cleaned, matched: dict[str, str]) -> None:
        """Note the provider and refuse every other than AzerNews: Trend and MENAFN's own desk carry the same events."""
        level, provider = _provider(document, cleaned)
        if provider is None:
            raise PageError("provider-not-accepted", "unknown provider")
        matched["provider"] = level
        cleaned.provider = provider
        if provider != ACCEPTED_PROVIDER:
            raise PageError("provider-not-accepted", provider)
        if _TWELVE_HOURS.match(fields.first(self.published, document)[1] or ""):
            cleaned.warnings.append("hour of publication may be a.m. or p.m.")


def _provider(document: Document, cleaned: Cleaned) -> tuple[str, str | None]:
    """Return where the provider is named and its usual name: dateline, trailer code, logo, the logo's link."""
    if cleaned.provider:
        return "dateline or trailer code", cleaned.provider
    if code := TRAILER.search(document.html):
        return "trailer code", table("page_labels")["menafn"]["codes"].get(code[2], f"code {code[2]}")
    anchor = document.first("a#ContentPlaceHolder1_a_logo_anchor")
    logo = document.first("img#ContentPlaceHolder1_img_logo_anchor")
    known: dict[str, str] = table("page_labels")["menafn"]["providers"]
    printed = [
        line(anchor) if anchor is not None else "",
        *(logo.get(key) or "" for key in ("alt", "title") if logo is not None),
    ]
    for name in filter(None, printed):
        return "logo", provider_name(name)
    host = urlsplit(anchor.get("href") or "").hostname if anchor is not None else None
    return "logo link", known.get(host or "", host)
