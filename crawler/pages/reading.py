"""The door of the package: a page's bytes to an article."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from crawler.items import Article, Lang
from crawler.knowledge import table
from crawler.pages.addresses import Address, SourceName, describe
from crawler.pages.azernews import AzerNewsV2024
from crawler.pages.decoding import decode
from crawler.pages.document import Document
from crawler.pages.fallback import Fallback, extracted
from crawler.pages.menafn import MenafnV2021
from crawler.pages.page import Page, PageError
from crawler.pages.parser import Parser
from crawler.pages.report import ReportAmp, ReportV2014, ReportV2020, ReportV2025

PARSERS: Final[dict[SourceName, tuple[Parser, ...]]] = {
    "report": (ReportAmp(), ReportV2025(), ReportV2020(), ReportV2014()),
    "azernews": (AzerNewsV2024(),),
    "menafn": (MenafnV2021(),),
}
"""The parsers of a source in the order in which they look at a page."""
_CURRENT: Final[dict[SourceName, Parser]] = {
    "report": ReportV2025(),
    "azernews": AzerNewsV2024(),
    "menafn": MenafnV2021(),
}
_FALLBACK: Final = Fallback()
_CHALLENGE_LOOKED_AT: Final = 30_000
"""Characters in which a challenge page shows what it is; such pages are short."""


def read_article(page: Page, *, lang: Lang | None = None) -> Article:
    """Return the article an HTML page holds; ``lang`` is its language where its address does not tell it.

    Raises PageError: ``empty-body``, ``wrong-charset``, ``mojibake``, ``challenge-page``, ``not-an-article``,
    ``missing-headline``, ``missing-date``, ``impossible-date``, ``paywall-only``, ``disclaimer-only``,
    ``unsupported-language``, ``provider-not-accepted``.
    """
    html, warnings = decode(page)
    document = Document(html)
    address = describe(_url(page, document))
    address = replace(address, lang=address.lang or lang)
    if not address.is_article:
        raise PageError("not-an-article", address.url)
    parser, known = choose(document, address)
    if address.source is None and is_challenge(document.text("title") or ""):
        raise PageError("challenge-page", address.url)
    if not known:
        warnings = (*warnings, f"layout not recognised: read as {parser.name}")
    try:
        return parser.read(document, address, warnings)
    except PageError as error:
        if error.reason in {"missing-headline", "missing-date", "empty-body", "unsupported-language"} and is_challenge(
            html
        ):
            raise PageError("challenge-page", address.url) from error
        raise


def choose(document: Document, address: Address) -> tuple[Parser, bool]:
    """Return the parser for a page, and whether its template was recognised.

    A page of a known source in an unknown layout is given to the current parser, whose fields fall through to
    JSON-LD, OpenGraph and the generic extractor.
    """
    if address.source is None:
        return _FALLBACK, True
    for parser in PARSERS[address.source]:
        if parser.recognises(document):
            return parser, True
    return _CURRENT[address.source], False


def is_challenge(html: str) -> bool:
    """Tell a page that stands between reader and site (Cloudflare and its like) by its marks.

    Asked only of pages that could not be read: ordinary pages behind Cloudflare carry some of its scripts too.
    """
    if len(html) > _CHALLENGE_LOOKED_AT:
        return False
    folded = html.casefold()
    return any(mark in folded for mark in table("boilerplate")["challenge"])


def agreement(article: Article, page: Page) -> float:
    """Return how much an article's body and the generic extractor's text of its page have in common, 0 to 1.

    It is the F1 of their words. A low value over many pages of a source says that the source has changed.
    Raises PageError as decoding does.
    """
    document = Document(decode(page)[0])
    own = Counter(article.text.casefold().split())
    other = Counter(" ".join(extracted(document) or ()).casefold().split())
    total = own.total() + other.total()
    return 2 * (own & other).total() / total if total else 0.0


def _url(page: Page, document: Document) -> str:
    """Return the page's address: the given one, else the one it states itself, else the URN of its bytes."""
    if page.url:
        return page.url
    stated = (
        document.attribute("link[rel=canonical]", "href"),
        document.meta("og:url"),
        document.attribute(".copy-url", "data-url"),
        document.linked_data("url"),
    )
    return next((url for url in stated if url and _is_address(url)), page.urn)


def _is_address(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname) and url.startswith(("http://", "https://"))
    except ValueError:
        return False
