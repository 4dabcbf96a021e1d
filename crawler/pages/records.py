"""Texts instead of pages: captures and the text records of others become articles."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from crawler.items import Article, Lang, Stamp
from crawler.language.dates import parse_stamp
from crawler.language.detection import detect
from crawler.language.headlines import normalize_headline
from crawler.pages.addresses import describe
from crawler.pages.attribution_rules import outlet_name
from crawler.pages.capture import Capture, read_capture
from crawler.pages.cleaning import clean
from crawler.pages.page import PageError
from crawler.pages.zones import BAKU, NEW_YORK

_ENOUGH_TO_DETECT: Final = 120
_STOP: Final = re.compile(r"[.:\]](?=\s)")
_LONGEST_STAMP: Final = 60
_BRACKETS: Final = re.compile(r"[\[\]]")
_YEARLESS: Final = re.compile(r"^(\d{1,2}\.? [^\W\d_]{3,10})[.,]? (\d{1,2}:\d{2}\b)")
_LAST_STAMP: Final = re.compile(
    r"\s(\d{1,2}:\d{2} ?/ ?\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}[./]\d{1,2}[./]\d{4} ?[/,]? ?\d{1,2}:\d{2})\.?$"
)
_OUTLETS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"\(?\bMENAFN\s*[-–—)]|MENAFN\d{20}ID"), "menafn.com"),
    (re.compile(r"\(UTC\+04:00\)|\bAzer(?:news|NEWS)\b"), "azernews.az"),
    (
        re.compile(
            r"\bReport (?:informs|told|was told|quotes)|\bReport\b[”\"]|All News Feed|REPORT\.AZ/"
            r"|\b(?:сообщает|передает) Report\b|\bReport сообщ"
        ),
        "report.az",
    ),
)
"""Whose page a text without an address is, by words of its own; the first that matches."""


def read_text(
    text: str,
    *,
    url: str | None,
    lang: Lang | None = None,
    headline: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
) -> Article:
    """Return the article a text holds: the capture of a whole page, or the plain text of a story.

    What is given counts before what is found. ``published`` is ISO 8601 as far as known (``2026-02-06``,
    ``2019-06``); without it the page's own stamp counts, then the day of the capture. ``url`` None gives
    ``urn:sha256:`` of the text; a given one is kept as it is, because its owner knows the article by it.
    Raises PageError: ``empty-body``, ``unsupported-language``, ``impossible-date`` for an unreadable ``published``,
    ``disclaimer-only``, ``paywall-only``; ValueError for an ``url`` that is no address.
    """
    if not text.strip():
        raise PageError("empty-body", "no text")
    url = (url or f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}").strip()
    address = describe(url)
    outlet = outlet or address.outlet or _outlet(text)
    warnings: list[str] = []
    capture = read_capture(text, lang or address.lang, headline=headline)
    language = _language(capture, lang or address.lang, warnings)
    clock = _Clock.of(outlet, language)
    stamp = _published(published, capture, clock, warnings)
    found_headline = headline or capture.headline
    cleaned = clean(
        capture.body,
        language,
        headlines=[found_headline or "", *(alternate.headline.raw for alternate in capture.alternates)],
        own_names=_own_names(outlet),
        byline=outlet in {"azernews.az", "menafn.com"},
    )
    if not cleaned.paragraphs:
        raise cleaned.refusal("text")
    if found_headline is None:
        warnings.append("no headline")
    if stamp is None and cleaned.trailer_day:
        stamp = clock.read(cleaned.trailer_day)
    if stamp is None:
        warnings.append("no date")
    return Article(
        url=url,
        outlet=outlet,
        lang=language,
        headline=normalize_headline(found_headline, language) if found_headline else None,
        paragraphs=cleaned.paragraphs,
        published=stamp,
        section=capture.section or address.section,
        author=cleaned.author,
        provider=cleaned.provider,
        attribution=cleaned.attribution,
        dateline=cleaned.dateline,
        tags=capture.tags,
        alternates=capture.alternates,
        earlier_versions=cleaned.earlier_versions,
        partial=cleaned.partial,
        parser="text",
        matched={"body": "capture" if capture.lines_before else "text"},
        warnings=(*warnings, *cleaned.warnings),
    )


def with_given(article: Article, *, headline: str | None, published: str | None, outlet: str | None) -> Article:
    """Return the article of a page with what its owner knows in place of what the page says, as for a text.

    Raises PageError: ``impossible-date`` for an unreadable ``published``.
    """
    warnings: list[str] = []
    outlet = outlet or article.outlet
    stamp = article.published
    if published:
        stamp = _given(published, stamp, _Clock.of(outlet, article.lang), warnings)
    return replace(
        article,
        outlet=outlet,
        headline=normalize_headline(headline, article.lang) if headline else article.headline,
        published=stamp,
        warnings=(*article.warnings, *warnings),
    )


def _outlet(text: str) -> str:
    return next((name for pattern, name in _OUTLETS if pattern.search(text)), "")


@cache
def _outlet_before() -> re.Pattern[str]:
    return re.compile(rf"^{outlet_name()}[,.:]?\s+")


def _own_names(outlet: str) -> frozenset[str]:
    """Return the letters of the names an outlet has by its host: ``news.az`` speaks of itself as News.Az."""
    host = outlet.casefold()
    names = {host, host.partition(".")[0]}
    if host == "menafn.com":
        names |= {"azernews", "azernewsaz"}
    return frozenset("".join(filter(str.isalnum, name)) for name in names if name)


def _language(capture: Capture, stated: Lang | None, warnings: list[str]) -> Lang:
    text = " ".join(capture.body)
    seen = detect(text)
    if stated is None:
        if seen is None:
            raise PageError("unsupported-language", text[:80])
        return seen
    if seen is not None and seen != stated and len(text) >= _ENOUGH_TO_DETECT:
        warnings.append(f"language differs from address: {stated}, text {seen}")
        return seen
    return stated


@dataclass(frozen=True, slots=True)
class _Clock:
    """How the stamps of a source are read: the language of months, the zone, and whether the zone is only likely."""

    lang: Lang
    zone: dt.tzinfo
    assumed: bool

    @classmethod
    def of(cls, outlet: str, lang: Lang) -> _Clock:
        zone = NEW_YORK if outlet == "menafn.com" else BAKU
        return cls(lang, zone, outlet not in {"report.az", "azernews.az"})

    def read(self, raw: str) -> Stamp | None:
        return parse_stamp(raw, self.lang, self.zone, zone_assumed=self.assumed)


def _published(given: str | None, capture: Capture, clock: _Clock, warnings: list[str]) -> Stamp | None:
    """Return the given date, made exact by the page's own stamp of that day; else the stamp; else the capture's day."""
    printed = clock.read(capture.stamp.raw) if capture.stamp is not None else None
    printed = printed or _stamp_in_text(capture, clock, given)
    if given:
        return _given(given, printed, clock, warnings)
    if printed is not None:
        return printed
    return parse_stamp(capture.captured, clock.lang, clock.zone, zone_assumed=True) if capture.captured else None


def _given(given: str, printed: Stamp | None, clock: _Clock, warnings: list[str]) -> Stamp:
    stamp = parse_stamp(given, clock.lang, clock.zone, zone_assumed=True)
    if stamp is None:
        raise PageError("impossible-date", given[:100])
    if printed is not None and stamp.precision != "minute":
        if printed.day.isoformat().startswith(stamp.isoformat()):
            return printed
        warnings.append(f"date given differs from the page's: {given}, page {printed.raw}")
    return stamp


def _stamp_in_text(capture: Capture, clock: _Clock, given: str | None) -> Stamp | None:
    """Take a stamp off the beginning or the end of the text (``06 fevral 2026, 16:08. ...``) and return it.

    A stamp without a year takes that of the given date.
    """
    if not capture.body:
        return None
    text = capture.body[0]
    start = found.end() if (found := _outlet_before().match(text)) else 0
    for stop in reversed(list(_STOP.finditer(text, start, start + _LONGEST_STAMP))):
        printed = _BRACKETS.sub(" ", text[start : stop.end()]).strip(" .:")
        if given:
            printed = _YEARLESS.sub(rf"\1 {given[:4]} \2", printed)
        rest = text[stop.end() :].lstrip(" .")
        stamp = clock.read(printed)
        if stamp is not None and rest and not rest[0].islower():
            capture.body = [rest, *capture.body[1:]]
            return stamp
    if found := _LAST_STAMP.search(capture.body[-1]):
        stamp = clock.read(found[1])
        if stamp is not None:
            capture.body = [*capture.body[:-1], capture.body[-1][: found.start()]]
        return stamp
    return None
