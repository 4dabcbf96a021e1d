"""What was signed: kind, title as printed, and the year it is for."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from crawler.items import Agreement, Evidence, Lang
from crawler.knowledge import table
from crawler.language.matcher import Match, Matcher
from crawler.language.text import lower
from crawler.mentions.document import Document, Sentence
from crawler.mentions.phrases import expand
from crawler.mentions.scene import Scene

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?:\s*[-–]\s*20\d\d)?(?!\d)")
_TITLE_END: Final = re.compile(
    r"[.;!?\n]|, (?:which|the|and|что|который|о чем)"
    r"|\s(?:was|were|has been|is|between|signed|after|during|at|imzalan|imza|был|была|подписан)"
)
_BOOKS: Final = ("book of hono", "kitab", "книг")
_CEREMONIAL: Final = frozenset({"protocol", "document"})
_LONGEST_TITLE: Final = 120


@cache
def _matcher(lang: Lang) -> Matcher[str]:
    forms: dict[str, str] = {}
    for key, entry in table("agreements").items():
        for pattern in entry[lang]:
            for form in expand(pattern, lang):
                forms.setdefault(lower(form, lang).replace("ё", "е"), key)
    return Matcher(forms.items(), lang)


def find_agreements(document: Document, scenes: list[Scene]) -> tuple[tuple[Agreement, ...], tuple[Evidence, ...]]:
    """Return what sentences with a word of signing, not of a recollection, say was signed; one of a kind and year."""
    found: dict[tuple[str, int | None], tuple[Agreement, Evidence]] = {}
    for scene in scenes:
        if scene.background or not scene.has("sign") or _of_guest_book(document, scene):
            continue
        sentence = document.sentences[scene.index]
        for match in _matcher(document.lang).find(document.words_of(sentence)):
            agreement = _agreement(document, sentence, match)
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


def _agreement(document: Document, sentence: Sentence, match: Match[str]) -> Agreement:
    start, end = sentence.start + match.start, sentence.start + match.end
    tail = document.text[end : min(sentence.end, end + _LONGEST_TITLE)]
    stop = _TITLE_END.search(tail)
    title = document.text[start:end] + (tail[: stop.start()] if stop else tail)
    year = _YEAR.search(document.words_of(sentence))
    return Agreement(kind=match.value, title=title.strip(" ,"), year=int(year.group(1)) if year else None)


def _of_guest_book(document: Document, scene: Scene) -> bool:
    """Tell whether only the guest book is signed: "signed in accordance with the protocol" names no document."""
    words = lower(document.words_of(document.sentences[scene.index]), document.lang)
    if not any(name in words for name in _BOOKS):
        return False
    return all(match.value in _CEREMONIAL for match in _matcher(document.lang).find(words))
