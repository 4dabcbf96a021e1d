"""Where a field of a page comes from: an ordered list of levels, the first that gives anything counts.

The level that matched is recorded with the article, so that a selector which no longer matches shows in the counts
before it costs data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from crawler.pages.document import Document, line, paragraphs

TextLevel: TypeAlias = tuple[str, Callable[[Document], str | None]]
"""The name of a level and how it reads a text of one line."""
BodyLevel: TypeAlias = tuple[str, Callable[[Document], list[str] | None]]
"""The name of a level and how it reads paragraphs; None when the page has no such place, a list without entries when
the place is there and empty."""


def text(css: str) -> TextLevel:
    """Read the text of the first element that has any."""
    return css, lambda document: document.text(css)


def first_text(css: str) -> TextLevel:
    """Read the text of the first matching element and of no other."""

    def read(document: Document) -> str | None:
        element = document.first(css)
        return line(element) or None if element is not None else None

    return css, read


def joined(css: str) -> TextLevel:
    """Read the texts of all matching elements with one blank between (a date and a time in two list items)."""
    return css, lambda document: " ".join(filter(None, map(line, document.all(css)[:2]))) or None


def attribute(css: str, name: str) -> TextLevel:
    """Read an attribute of the first element that carries it."""
    return f"{css}/@{name}", lambda document: document.attribute(css, name)


def meta(name: str) -> TextLevel:
    """Read a ``<meta>`` by its property, name or itemprop."""
    return f"meta {name}", lambda document: document.meta(name)


def linked_data(key: str) -> TextLevel:
    """Read a key of the page's JSON-LD article."""
    return f"json-ld {key}", lambda document: document.linked_data(key)


def body(css: str) -> BodyLevel:
    """Read the paragraphs of the first element that has any text, bare text between them included."""

    def read(document: Document) -> list[str] | None:
        elements = document.all(css)
        return next((found for element in elements if (found := paragraphs((element,)))), [] if elements else None)

    return css, read


def each(css: str) -> BodyLevel:
    """Read every matching element as paragraphs."""

    def read(document: Document) -> list[str] | None:
        elements = document.all(css)
        return paragraphs(elements) if elements else None

    return css, read


def candidates(levels: tuple[TextLevel, ...], document: Document) -> Iterator[tuple[str, str]]:
    """Yield level name and text for every level that gives a text, in their order."""
    for name, read in levels:
        if found := read(document):
            yield name, found


def first(levels: tuple[TextLevel, ...], document: Document) -> tuple[str | None, str | None]:
    """Return level name and text of the first level that gives one."""
    for name, read in levels:
        if found := read(document):
            return name, found
    return None, None
