"""What the parsers of all sources have in common: fields in order, refusals, dates, cleaning.

A parser is a declaration: the levels of each field, the zone of its stamps, and how its template is recognised.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from crawler.items import Alternate, Article, Headline, Lang, Stamp
from crawler.language.dates import parse_stamp
from crawler.language.detection import detect
from crawler.language.headlines import normalize_headline
from crawler.pages import fields
from crawler.pages.addresses import Address
from crawler.pages.cleaning import Cleaned, clean
from crawler.pages.document import Document
from crawler.pages.fields import BodyLevel, TextLevel
from crawler.pages.page import PageError
from crawler.pages.zones import BAKU

_ENOUGH_TO_DETECT: Final = 120
"""Characters below which the language of a text is not held against its address."""


_A_CHANGE: Final = dt.timedelta(minutes=1)
"""Pages print minutes and metadata seconds of the same moment; less than a minute is no change."""


GENERIC: Final = frozenset({"trafilatura", "json-ld articleBody"})
"""Names of the body levels that know no template."""


class Parser:
    """Reads one template of one source; see the class attributes of the sources for what it declares."""

    name: ClassVar[str]
    """Source and version, recorded in ``Article.parser``."""
    signature: ClassVar[str | None] = None
    """A CSS selector that matches pages of this template and of no other of the source; None matches nothing."""
    zone: ClassVar[dt.tzinfo] = BAKU
    zone_assumed: ClassVar[bool] = False
    needs_date: ClassVar[bool] = True
    byline: ClassVar[bool] = False
    """The source prints authors as lines of their own before the text."""
    own_names: ClassVar[frozenset[str]] = frozenset()
    """Names under which the source speaks of itself, letters only, in small letters."""

    headline: ClassVar[tuple[TextLevel, ...]]
    published: ClassVar[tuple[TextLevel, ...]]
    modified: ClassVar[tuple[TextLevel, ...]] = (
        fields.linked_data("dateModified"),
        fields.meta("article:modified_time"),
    )
    body: ClassVar[tuple[BodyLevel, ...]]
    section: ClassVar[tuple[TextLevel, ...]] = ()
    author: ClassVar[tuple[TextLevel, ...]] = ()
    tags: ClassVar[tuple[BodyLevel, ...]] = ()

    @classmethod
    def recognises(cls, document: Document) -> bool:
        """Tell whether the page has this template."""
        return cls.signature is not None and document.has(cls.signature)

    def read(self, document: Document, address: Address, warnings: tuple[str, ...] = ()) -> Article:
        """Return the article of a page.

        Raises PageError with the reason when headline, date or body are missing or cannot be trusted.
        """
        matched: dict[str, str] = {}
        notes = list(warnings)
        level, raw_headline = fields.first(self.headline, document)
        if raw_headline is None or level is None:
            raise PageError("missing-headline", f"{self.name}: no level matched")
        matched["headline"] = level
        stamp = self._published(document, address.lang, matched, notes)
        tags = tuple(next((found for _, read in self.tags if (found := read(document))), ()))
        alternates = self.alternates(document, address)
        headlines = [raw_headline, *(alternate.headline.raw for alternate in alternates)]
        cleaned = self._body(document, address, headlines=headlines, tags=tags, matched=matched)
        lang = self._language(cleaned, address, notes)
        self.check(document, cleaned, matched)
        if stamp is None and cleaned.trailer_day:
            stamp = self.stamp(cleaned.trailer_day, lang)
            matched["published"] = "trailer code"
        if stamp is None and self.needs_date:
            raise PageError("missing-date", f"{self.name}: no level matched")
        return Article(
            url=address.url,
            outlet=address.outlet,
            lang=lang,
            headline=normalize_headline(raw_headline, lang),
            paragraphs=cleaned.paragraphs,
            published=stamp,
            modified=self._modified(document, lang, stamp, matched),
            section=self._optional("section", self.section, document, matched) or address.section,
            author=self._optional("author", self.author, document, matched) or cleaned.author,
            provider=cleaned.provider,
            attribution=cleaned.attribution,
            dateline=cleaned.dateline,
            tags=tags,
            alternates=alternates,
            earlier_versions=cleaned.earlier_versions,
            partial=cleaned.partial,
            parser=self.name,
            matched=matched,
            warnings=tuple(dict.fromkeys([*notes, *cleaned.warnings])),
        )

    def stamp(self, raw: str, lang: Lang | None) -> Stamp | None:
        """Read a stamp of this source in its zone; None when it is unreadable or impossible."""
        return parse_stamp(raw, lang, self.zone, zone_assumed=self.zone_assumed)

    def alternates(self, document: Document, address: Address) -> tuple[Alternate, ...]:  # noqa: ARG002 - for sources in one language
        """Return the same story in other languages as the page links it."""
        return ()

    def check(self, document: Document, cleaned: Cleaned, matched: dict[str, str]) -> None:
        """Refuse a page by a rule of its source; raises PageError."""

    def _published(
        self, document: Document, lang: Lang | None, matched: dict[str, str], notes: list[str]
    ) -> Stamp | None:
        unreadable: list[str] = []
        for level, raw in fields.candidates(self.published, document):
            if stamp := self.stamp(raw, lang):
                matched["published"] = level
                notes.extend(f"impossible date: {text}" for text in unreadable)
                return stamp
            unreadable.append(raw)
        if unreadable:
            raise PageError("impossible-date", unreadable[0][:100])
        return None

    def _modified(
        self, document: Document, lang: Lang, published: Stamp | None, matched: dict[str, str]
    ) -> Stamp | None:
        read: set[str] = set()
        for level, raw in fields.candidates(self.modified, document):
            if raw in read:
                continue
            read.add(raw)
            stamp = self.stamp(raw, lang)
            if stamp is not None and (published is None or stamp.moment - published.moment >= _A_CHANGE):
                matched["modified"] = level
                return stamp
        return None

    def _optional(
        self, field: str, levels: tuple[TextLevel, ...], document: Document, matched: dict[str, str]
    ) -> str | None:
        level, found = fields.first(levels, document)
        if level is not None:
            matched[field] = level
        return found

    def _body(
        self,
        document: Document,
        address: Address,
        *,
        headlines: list[str],
        tags: tuple[str, ...],
        matched: dict[str, str],
    ) -> Cleaned:
        """Return the body of the first level that leaves any paragraph after cleaning.

        Once the template's own place for the body was found, a generic extractor is not asked: it would only find the
        furniture of a page whose story is empty, paid for or not loaded.
        """
        refused: Cleaned | None = None
        for level, read in self.body:
            if refused is not None and level in GENERIC:
                break
            raw = read(document)
            if raw is None:
                continue
            lang = address.lang or detect(" ".join(raw)) or "en"
            cleaned = clean(raw, lang, headlines=headlines, own_names=self.own_names, tags=tags, byline=self.byline)
            if cleaned.paragraphs:
                matched["body"] = level
                return cleaned
            refused = refused or cleaned
        if refused is None:
            raise PageError("empty-body", f"{self.name}: no level matched")
        raise refused.refusal(self.name)

    def _language(self, cleaned: Cleaned, address: Address, notes: list[str]) -> Lang:
        """Return the language of the text: the address's, unless the text is plainly in another."""
        text = " ".join(cleaned.paragraphs)
        if address.lang is not None and len(text) < _ENOUGH_TO_DETECT:
            return address.lang
        seen = detect(text)
        if seen is None:
            raise PageError("unsupported-language", text[:80])
        if address.lang is not None and seen != address.lang:
            notes.append(f"language differs from address: {address.lang}, text {seen}")
        return seen


def alternate(lang: Lang, raw: str, url: str | None) -> Alternate:
    """Return an alternate for a headline as printed."""
    headline: Headline = normalize_headline(raw, lang)
    return Alternate(headline=headline, url=url)
