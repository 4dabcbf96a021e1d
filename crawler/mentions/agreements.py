"""What was signed: kind, title as printed, and the year it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from crawler.items import Agreement, Evidence, Lang
from crawler.knowledge import table
from crawler.language.dates import DateFound
from crawler.language.matcher import Match, PhraseMatcher
from crawler.language.text import lower
from crawler.mentions.agreement_titles import title_of
from crawler.mentions.document import Document, Sentence
from crawler.mentions.phrases import paths
from crawler.mentions.scene import Scene

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?:\s*[-–]\s*20\d\d)?(?!\d)")
_BOOKS: Final = ("book of hono", "kitab", "книг")
_CEREMONIAL: Final = frozenset({"protocol", "document"})
_CEREMONY: Final = re.compile(
    r"(?:according to|in accordance with|in line with|under|as per)(?: the)?(?: state| military| diplomatic)? protocol"
    r"|protocol of (?:the )?ceremony|protokol(?:a|una)? (?:uyğun|əsasən|görə)|protokol qaydalarına"
    r"|(?:согласно|по|в соответствии с) протокол"
)
"""The protocol by which a ceremony runs, which nobody signs."""


@cache
def _matcher(lang: Lang) -> PhraseMatcher[str, str]:
    phrases = ((paths(pattern, lang), key) for key, entry in table("agreements").items() for pattern in entry[lang])
    return PhraseMatcher(phrases, lang, lambda keys: keys[0])


def find_agreements(document: Document, scenes: list[Scene]) -> tuple[tuple[Agreement, ...], tuple[Evidence, ...]]:
    """Return what sentences with a word of signing, not of a recollection, say was signed; one of a kind and year."""
    found: dict[tuple[str, int | None], tuple[Agreement, Evidence]] = {}
    for scene in scenes:
        if scene.background or not scene.has("sign") or _of_guest_book(document, scene):
            continue
        sentence = document.sentences[scene.index]
        matches = _signed(document, sentence)
        for match in matches:
            others = [sentence.start + other.start for other in matches if other is not match]
            agreement = _agreement(document, sentence, match, others, document.dates(None))
            if sentence.is_headline and any(kind == agreement.kind for kind, _ in found):
                continue
            found.setdefault(
                (agreement.kind, agreement.year),
                (agreement, Evidence(field="agreements", rule=agreement.kind, words=match.words)),
            )
    kinds = {agreement.kind for agreement, _ in found.values() if agreement.year}
    kept = [pair for pair in found.values() if pair[0].year or pair[0].kind not in kinds]
    if len(kept) > 1:
        kept = [pair for pair in kept if pair[0].kind != "document"] or kept
    return tuple(agreement for agreement, _ in kept), tuple(evidence for _, evidence in kept)


def _signed(document: Document, sentence: Sentence) -> list[Match[str]]:
    """Return the kinds of documents a sentence names, the protocol of a ceremony left out."""
    words = document.words_of(sentence)
    ceremonies = [match.span() for match in _CEREMONY.finditer(lower(words, document.lang))]
    return [
        match
        for match in _matcher(document.lang).find(words)
        if not any(start <= match.start < end for start, end in ceremonies)
    ]


def _agreement(
    document: Document, sentence: Sentence, match: Match[str], others: list[int], dates: Sequence[DateFound]
) -> Agreement:
    span = (sentence.start + match.start, sentence.start + match.end)
    title = title_of(document, sentence, span, others, dates)
    year = _YEAR.search(title)
    if year is None and not others:
        year = next(
            (y for y in _YEAR.finditer(document.text, sentence.start, sentence.end) if _is_apart(y, dates)), None
        )
    return Agreement(kind=match.value, title=title, year=int(year.group(1)) if year else None)


def _is_apart(year: re.Match[str], dates: Sequence[DateFound]) -> bool:
    """Tell whether a year is not that of a printed day."""
    return not any(date.start <= year.start() < date.end and date.day_of_month is not None for date in dates)


def _of_guest_book(document: Document, scene: Scene) -> bool:
    """Tell whether only the guest book is signed: "signed in accordance with the protocol" names no document."""
    words = lower(document.words_of(document.sentences[scene.index]), document.lang)
    if not any(name in words for name in _BOOKS):
        return False
    return all(match.value in _CEREMONIAL for match in _matcher(document.lang).find(words))
