"""What an address says by itself: whose page it is, in which language, and its one canonical form.

Identity rests on these rules of ours and on nothing a library may change (w3lib 2.5 changed its canonical form).
Only the three sites have rules, because only of them is known what may be taken off an address without changing the
page. The address of any other site is kept as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qs, quote, unquote, urlsplit

from crawler.items import Lang

SourceName = Literal["report", "azernews", "menafn"]

# Mirrors of Report.az that serve the same HTML (seen September 2025 and February 2026).
_REPORT_HOSTS: Final = frozenset({"report.az", "www.report.az", "dev.report.az", "static.report.az", "api.report.az"})
_AZERNEWS_HOSTS: Final = frozenset({"azernews.az", "www.azernews.az"})
_MENAFN_HOSTS: Final = frozenset({"menafn.com", "www.menafn.com"})

OUTLETS: Final[dict[SourceName, str]] = {"report": "report.az", "azernews": "azernews.az", "menafn": "menafn.com"}
"""The outlet whose articles a source yields, as the feed names it."""

_HOSTS: Final[dict[SourceName, frozenset[str]]] = {
    "report": _REPORT_HOSTS,
    "azernews": _AZERNEWS_HOSTS,
    "menafn": _MENAFN_HOSTS,
}

# First path segments of Report.az that are listings, feeds and services, never sections of articles.
_REPORT_SERVICES: Final = frozenset(
    {
        "archive",
        "assets",
        "feed",
        "infinity",
        "news-feed",
        "news-sitemap.xml",
        "page",
        "rss",
        "search",
        "son-xeberler",
        "tag",
    }
)
_AZERNEWS_ARTICLE: Final = re.compile(r"/([a-z_]+)/(\d+)\.html")
_MENAFN_ARTICLE: Final = re.compile(r"/(\d{10})(?:/([^/]*))?")
_MENAFN_OLD: Final = "/qn_news_story_s.aspx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address taken apart.

    ``url`` is canonical (https, no tracking query, no AMP, no mirror host, no trailing slash for the three sites).
    ``key`` is what stays the same when the site prints another form of the address (the id, or host and path).
    """

    url: str
    key: str
    source: SourceName | None
    outlet: str
    lang: Lang | None
    section: str | None
    is_article: bool


def hosts(source: SourceName) -> frozenset[str]:
    """Return every host name, mirrors included, that serves the pages of a source."""
    return _HOSTS[source]


def describe(url: str) -> Address:
    """Take an absolute http(s) address or a ``urn:sha256:`` apart.

    Raises ValueError when it is neither, or when it has no host.
    """
    url = url.strip()
    if url.startswith("urn:"):
        return Address(url=url, key=url, source=None, outlet="", lang=None, section=None, is_article=True)
    parts = urlsplit(url)
    # in small letters already
    host, path = parts.hostname, parts.path
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError(f"not an absolute http(s) address: {url!r}")
    if host in _REPORT_HOSTS:
        return _report(path)
    if host in _AZERNEWS_HOSTS:
        return _azernews(path)
    if host in _MENAFN_HOSTS:
        return _menafn(path, parts.query)
    outlet = host.removeprefix("www.")
    return Address(url=url, key=url, source=None, outlet=outlet, lang=None, section=None, is_article=True)


def _report(path: str) -> Address:
    segments = [segment for segment in path.split("/") if segment]
    lang: Lang = "az"
    if segments and segments[0] in {"en", "ru", "az"}:
        # az pages stood under /az/ in 2020; they are the same pages as those without a prefix
        prefix = segments.pop(0)
        lang = "en" if prefix == "en" else "ru" if prefix == "ru" else "az"
    if segments and segments[0] == "amp":
        segments.pop(0)
    is_article = len(segments) == 2 and segments[0] not in _REPORT_SERVICES  # noqa: PLR2004 - section and slug
    canonical_path = "/".join(([] if lang == "az" else [lang]) + segments)
    url = f"https://report.az/{canonical_path}".rstrip("/")
    return Address(
        url=url,
        key=f"report:{canonical_path}",
        source="report",
        outlet=OUTLETS["report"],
        lang=lang,
        section=segments[0] if segments else None,
        is_article=is_article,
    )


def _azernews(path: str) -> Address:
    article = _AZERNEWS_ARTICLE.fullmatch(path.rstrip("/"))
    section = article[1] if article else next((segment for segment in path.split("/") if segment), None)
    return Address(
        url=f"https://www.azernews.az{path.rstrip('/')}",
        key=f"azernews:{article[2]}" if article else f"azernews:{path.rstrip('/')}",
        source="azernews",
        outlet=OUTLETS["azernews"],
        lang="en",
        section=section,
        is_article=article is not None,
    )


def _menafn(path: str, query: str) -> Address:
    story, slug = None, ""
    if article := _MENAFN_ARTICLE.fullmatch(path.rstrip("/")):
        story, slug = article[1], article[2] or ""
    elif path.lower() == _MENAFN_OLD:
        values = parse_qs(query)
        story, slug = values.get("storyid", [""])[0] or None, values.get("title", [""])[0]
    if story is None:
        url, key = f"https://menafn.com{path.rstrip('/')}", f"menafn:{path.rstrip('/')}"
    else:
        # letters of the title may come decomposed (u + U+0308)
        slug = quote(unicodedata.normalize("NFC", unquote(slug)), safe="-._~!$'()*,;:@")
        url, key = f"https://menafn.com/{story}/{slug}".rstrip("/"), f"menafn:{story}"
    return Address(
        url=url,
        key=key,
        source="menafn",
        outlet=OUTLETS["menafn"],
        lang="en",
        section=None,
        is_article=story is not None,
    )
