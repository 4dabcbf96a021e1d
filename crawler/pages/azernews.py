"""AzerNews: one layout, Bootstrap 5 names, seen until July 2025; the text order of 2026 agrees."""

from __future__ import annotations

from typing import ClassVar

from crawler.pages import fields
from crawler.pages.fallback import generic_body
from crawler.pages.fields import TextLevel
from crawler.pages.parser import Parser


class AzerNewsV2024(Parser):
    """The headline is an ``h2`` and the header prints today's date, so no field is looked for outside the wrapper."""

    name = "azernews/2024"
    signature = "div.article-content-wrapper, div.article-content"
    byline = True
    own_names: ClassVar = frozenset({"azernews", "azernewsaz", "azenews"})
    headline = (
        fields.text("div.article-content-wrapper h2"),
        fields.linked_data("headline"),
        fields.meta("og:title"),
        fields.text("h1"),
    )
    published = (
        fields.first_text("div.article-content-wrapper span.me-3"),
        fields.linked_data("datePublished"),
        fields.meta("article:published_time"),
    )
    body = (
        fields.body("div.article-content"),
        *generic_body(),
    )
    author: ClassVar[tuple[TextLevel, ...]] = (fields.text("div.author h6"),)
