"""Pages of unknown layout: JSON-LD and OpenGraph for the fields, a generic extractor for the body.

The extractor is imported when first needed: it costs a second and 100 MB, and a crawl of known layouts never needs it.
"""

from __future__ import annotations

import re
import warnings
from typing import ClassVar, Final

from crawler.pages import fields
from crawler.pages.document import Document
from crawler.pages.fields import BodyLevel, TextLevel
from crawler.pages.parser import Parser

_BULLET: Final = re.compile(r"^- ")
_MOST_WORDS_OF_LABEL: Final = 8
_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"”»)]*$")


def extracted(document: Document) -> list[str] | None:
    """Return the body as trafilatura finds it, preferring precision, one paragraph a block."""
    with warnings.catch_warnings():
        # its dependencies warn about themselves while they are imported
        warnings.simplefilter("ignore", DeprecationWarning)
        import trafilatura  # noqa: PLC0415 - see the module's text

    text = trafilatura.extract(document.html, favor_precision=True, include_comments=False, include_formatting=False)
    if not text:
        return None
    lines = [_BULLET.sub("", line) for line in text.split("\n")]
    # a stamp, a section, an author stand between the headline and the first sentence of the story
    first = next((at for at, line in enumerate(lines) if _SENTENCE_END.search(line)), 0)
    labels = (at for at in range(first) if len(lines[at].split()) <= _MOST_WORDS_OF_LABEL)
    return lines[max(labels, default=-1) + 1 :]


def _article_body(document: Document) -> list[str] | None:
    text = document.linked_data("articleBody")
    return text.split("\n") if text else None


def generic_body() -> tuple[BodyLevel, ...]:
    """Return the last levels of every body: JSON-LD's own text may be short, so the extractor comes first."""
    return ("trafilatura", extracted), ("json-ld articleBody", _article_body)


class Fallback(Parser):
    """Any page; an article without a date is accepted, since an archive holds pages of every kind."""

    name = "fallback"
    needs_date = False
    zone_assumed = True
    byline = True
    headline = (
        fields.linked_data("headline"),
        fields.meta("og:title"),
        fields.text("h1"),
        fields.meta("twitter:title"),
        fields.text("title"),
    )
    published = (
        fields.linked_data("datePublished"),
        fields.meta("article:published_time"),
        fields.meta("datepublished"),
        fields.attribute("time[datetime]", "datetime"),
        fields.meta("date"),
        fields.meta("dc.date"),
    )
    body = generic_body()
    section: ClassVar[tuple[TextLevel, ...]] = (
        fields.linked_data("articleSection"),
        fields.meta("article:section"),
    )
    author: ClassVar[tuple[TextLevel, ...]] = (fields.linked_data("author"), fields.meta("author"))
