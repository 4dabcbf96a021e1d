"""One parse of a page, and what can be asked of it: text blocks, metas, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final

import orjson
from lxml import etree

from crawler.language.text import normalize
from crawler.pages.selectors import Index

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_DROPPED: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "iframe",
        "template",
        "svg",
        "button",
        "select",
        "input",
        "textarea",
        "object",
        "audio",
        "video",
        "figcaption",
        "amp-iframe",
        "amp-ad",
        "amp-analytics",
        "amp-sidebar",
    ]
)
_DROPPED_CLASSES: Final = frozenset({"twitter-tweet", "instagram-media", "tags", "news-tags"})
_BREAK: Final = "\x1e"
_EDGE: Final = "\x1d"
"""Marks of a line break and of the edge of a block while text is collected; no page text holds control characters."""
_SENTENCE_END: Final = tuple('.!?…:;"”»)')
_ARTICLE_TYPES: Final = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BlogPosting"}
)


# One parser for all pages: making one costs as much as parsing a small page. Each thread that uses it waits its turn.
_PARSER: Final = etree.HTMLParser(recover=True, encoding="utf-8", huge_tree=True, collect_ids=False)
# Pages print line breaks inside strings, which orjson refuses.
_JSON: Final = json.JSONDecoder(strict=False)
_NO_PAGE: Final = b"<html/>"


class Document:
    """A parsed page. ``html`` is its text, ``root`` the root element of its one tree."""

    def __init__(self, html: str) -> None:
        self.html = html
        if "\x00" in html:
            html = html.replace("\x00", "")
        root = etree.fromstring(html.strip().encode() or _NO_PAGE, _PARSER)
        # nothing but comments gives no element at all
        self.root: etree._Element = root if root is not None else etree.fromstring(_NO_PAGE, _PARSER)
        self._index = Index(self.root)

    def has(self, css: str) -> bool:
        """Tell whether a CSS selector matches anything."""
        return self._index.has(css)

    def all(self, css: str) -> list[etree._Element]:
        """Return the elements a CSS selector matches, in document order."""
        return self._index.select(css)

    def first(self, css: str) -> etree._Element | None:
        """Return the first element a CSS selector matches."""
        return next(iter(self.all(css)), None)

    def text(self, css: str) -> str | None:
        """Return the text of the first matching element that has any, on one line."""
        return next((text for element in self.all(css) if (text := line(element))), None)

    def attribute(self, css: str, name: str) -> str | None:
        """Return an attribute of the first matching element that carries it."""
        return next((value for element in self.all(css) if (value := (element.get(name) or "").strip())), None)

    def meta(self, name: str) -> str | None:
        """Return the first content of the ``<meta>`` with a lower-cased property, name or itemprop."""
        content = self._metas.get(name)
        return normalize(content) if content else None

    @cached_property
    def _metas(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for element in self.root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop")
            content = element.get("content")
            if name and content and not content.isspace():
                found.setdefault(name.lower(), content)
        return found

    @cached_property
    def json_ld(self) -> tuple[dict[str, Any], ...]:
        """Every JSON-LD object of the page, lists and ``@graph`` taken apart.

        Blocks that are no JSON, or nested deeper than any that is meant to be read, are left out.
        """
        found: list[dict[str, Any]] = []
        for script in self.all('script[type="application/ld+json"]'):
            try:
                found.extend(_objects(_json(script.text or "")))
            except (json.JSONDecodeError, RecursionError):
                continue
        return tuple(found)

    def linked_data(self, key: str, types: frozenset[str] = _ARTICLE_TYPES) -> str | None:
        """Return a text of the page's JSON-LD article (``headline``, ``datePublished``, ``author``, ...)."""
        for item in self.json_ld:
            kinds = item.get("@type")
            if types.isdisjoint(
                kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
            ):
                continue
            value = item.get(key)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, dict):
                value = value.get("name") or value.get("@id")
            if isinstance(value, str) and value.strip():
                return normalize(value) if key != "articleBody" else value
        return None


def _json(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _JSON.decode(text)


def _objects(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _objects(item)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"))


def line(element: etree._Element) -> str:
    """Return the whole text of an element on one line."""
    if len(element):
        return normalize(" ".join(paragraphs((element,))))
    return normalize(element.text or "") if _is_kept(element, _DROPPED_CLASSES) else ""


def paragraphs(elements: Iterable[etree._Element], *, without: frozenset[str] = _DROPPED_CLASSES) -> list[str]:
    """Return the text of elements as paragraphs.

    A block element begins and ends a paragraph, inline elements neither add nor take blanks, ``<br>`` ends a paragraph
    unless a sentence goes on over it. Scripts, frames, captions, embedded posts and elements of the classes
    ``without`` are left out.
    """
    found: list[str] = []
    for element in elements:
        parts: list[str] = []
        _collect(element, parts, without)
        for block in "".join(parts).split(_EDGE):
            if block and not block.isspace():
                found.extend(_joined(block.split(_BREAK)) if _BREAK in block else filter(None, (normalize(block),)))
    return found


def _collect(element: etree._Element, parts: list[str], without: frozenset[str]) -> None:
    # a stack, not recursion: hostile pages nest thousands of elements
    stack: list[etree._Element | str] = [element]
    first = True
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if not first and (tail := item.tail):
            stack.append(tail)
        first = False
        if not _is_kept(item, without):
            continue
        tag = item.tag
        if tag == "br":
            parts.append(_BREAK)
            continue
        if tag in _BLOCKS:
            parts.append(_EDGE)
            stack.append(_EDGE)
        if len(item):
            stack.extend(reversed(item))
        if text := item.text:
            parts.append(text)


def _is_kept(element: etree._Element, without: frozenset[str]) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _DROPPED:
        return False
    classes = element.get("class")
    return not classes or without.isdisjoint(classes.split())


def _joined(lines: list[str]) -> list[str]:
    """Join lines parted by ``<br>`` where a sentence goes on."""
    found: list[str] = []
    for text in map(normalize, lines):
        if not text:
            continue
        if found and text[0].islower() and not found[-1].endswith(_SENTENCE_END):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    return found
