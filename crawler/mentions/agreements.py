"""What was signed: kind, title as printed, and the year it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from crawler.items import Agreement, Evidence, Lang
from crawler.knowledge import table
from crawler.language.agreement_titles import ceremonies, names_guest_book, title_of
from crawler.language.dates import DateFound
from crawler.language.matcher import Match, PhraseMatcher
from crawler.language.phrases import paths
from crawler.language.sentences import Sentence
from crawler.language.text import lower
from crawler.mentions.clauses import Clauses
from crawler.mentions.document import Document

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?:\s*[-–]\s*20\d\d)?(?!\d)")
_CEREMONIAL: Final = frozenset({"protocol", "document"})


@cache
def _matcher(lang: Lang) -> PhraseMatcher[str, str]:
    phrases = ((paths(pattern, lang), key) for key, entry in table("agreements").items() for pattern in entry[lang])
    return PhraseMatcher(phrases, lang, lambda keys: keys[0])


def find_agreements(document: Document, clauses: Clauses) -> tuple[tuple[Agreement, ...], tuple[Evidence, ...]]:
    """Return what sentences with a word of signing, not of a recollection, say was signed; one of a kind and year."""
    found: dict[tuple[str, int | None], tuple[Agreement, Evidence]] = {}
    for number, sentence in enumerate(document.sentences):
        signs = [p for p in clauses.frames.predicates.get(number, ()) if p.meaning == "sign" and not p.background]
        if not signs or _of_guest_book(document, sentence):
            continue
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
    running = ceremonies(lower(words, document.lang))
    return [
        match
        for match in _matcher(document.lang).find(words)
        if not any(start <= match.start < end for start, end in running)
    ]


def _agreement(
    document: Document, sentence: Sentence, match: Match[str], others: list[int], dates: Sequence[DateFound]
) -> Agreement:
    span = (sentence.start + match.start, sentence.start + match.end)
    towns = [place.start for place in document.places if place.locative]
    days = [date.start for date in dates if date.day_of_month is not None or date.weekday is not None]
    title = title_of(document.text, document.lang, sentence[:2], span, others=others, circumstances=[*towns, *days])
    year = _YEAR.search(title)
    if year is None and not others:
        year = next(
            (y for y in _YEAR.finditer(document.text, sentence.start, sentence.end) if _is_apart(y, dates)), None
        )
    return Agreement(kind=match.value, title=title, year=int(year.group(1)) if year else None)


def _is_apart(year: re.Match[str], dates: Sequence[DateFound]) -> bool:
    """Tell whether a year is not that of a printed day."""
    return not any(date.start <= year.start() < date.end and date.day_of_month is not None for date in dates)


def _of_guest_book(document: Document, sentence: Sentence) -> bool:
    """Tell whether only the guest book is signed: "signed in accordance with the protocol" names no document."""
    words = lower(document.words_of(sentence), document.lang)
    if not names_guest_book(words):
        return False
    return all(match.value in _CEREMONIAL for match in _matcher(document.lang).find(words))
