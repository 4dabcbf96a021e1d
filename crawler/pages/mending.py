"""Damage that copying did to a paragraph and that can be undone for certain: lost blanks, spoilt quotes, entities."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Final

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.text import lower, normalize

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
# NATO"s: an apostrophe turned into a quotation mark; with a quoted word before it the mark would close a quotation.
_APOSTROPHE_S: Final = re.compile(r'(?<=\w)["”](?=(?:s|t|re|ve|ll)\b)')
# Looking back from the quote, stop or comma that was found: looking back from every letter takes ten times as long.
_OPENING_GLUED: Final = re.compile(r"[“«](?=[^\W_])(?:(?<=[^\W\d_].)|(?<=[,;:].))")
_CLOSING_GLUED: Final = re.compile(r"([”»])([^\W\d_]+)")
_STRAIGHT: Final = re.compile(r'"')
# the last letters of a sentence, a stop, the capital and small letter of the next; Z.Hasanov has a capital before it
_STOP_GLUED: Final = re.compile(
    r"[.!?…](?=([A-ZÇƏĞİÖŞÜА-ЯЁ][a-zçəğıöşüа-яё]+))(?:(?<=[a-zçəğıöşüа-яё]{2}.)|(?<=[\d)”»\"].))"
)
_COMMA_GLUED: Final = re.compile(r",(?=[^\W\d_])(?<=[^\W\d_].)")
_CAPITAL_INSIDE: Final = re.compile(r"[A-ZÇƏĞİÖŞÜ](?<=[a-zçəğıöşü]{2}.)")
_CAMEL: Final = re.compile(r"\b[^\W\d_]*[a-zçəğıöşü]{2}[A-ZÇƏĞİÖŞÜ][a-zçəğıöşü]{2,}\b")


def mend(text: str, lang: Lang) -> str:
    """Return a paragraph on one line with entities read, lost blanks around quotes and stops put back.

    Only what is certain is changed; words glued together (``officialvisit``) are not, see ``glued_words``.
    """
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = normalize(text)
    if lang == "en" and text.count('"') % 2:
        text = _APOSTROPHE_S.sub("'", text, count=1)
    if "“" in text or "«" in text:
        # „…“ is the German and Russian pair, where “ closes
        if "„" not in text:
            text = _OPENING_GLUED.sub(r" \g<0>", text)
        text = _CLOSING_GLUED.sub(lambda found: _after_closing(found, lang), text)
    elif "”" in text:
        text = _CLOSING_GLUED.sub(lambda found: _after_closing(found, lang), text)
    if '"' in text:
        text = _straight_quotes(text, lang)
    text = _STOP_GLUED.sub(_after_stop, text)
    return _COMMA_GLUED.sub(", ", text)


def glued_words(text: str) -> tuple[str, ...]:
    """Return words with a capital inside that are no known compound (``LandForces``): two words, probably."""
    if not _CAPITAL_INSIDE.search(text):
        return ()
    known, prefixes = _compounds()
    return tuple(
        word
        for word in _CAMEL.findall(text)
        if word not in known and not any(word.startswith(prefix) and word[len(prefix)].isupper() for prefix in prefixes)
    )


def _after_closing(found: re.Match[str], lang: Lang) -> str:
    quote, word = found.groups()
    return found[0] if _is_ending(word, lang) else f"{quote} {word}"


def _is_ending(word: str, lang: Lang) -> bool:
    """Tell a case ending after a quotation mark from the next word; English and Russian endings are a letter or two."""
    if lang == "az":
        return lower(word, "az") in _endings()
    return len(word) <= (1 if lang == "en" else 2)


def _straight_quotes(text: str, lang: Lang) -> str:
    """Put blanks outside straight quotes where pairs are certain: an even number, opening and closing by turns."""
    pieces = _STRAIGHT.split(text)
    if len(pieces) % 2 == 0:
        return text
    for index in range(1, len(pieces), 2):
        before, inside, after = pieces[index - 1 : index + 2]
        if not inside or inside[0] == " " or inside[-1] == " ":
            return text
        if before and (before[-1].isalpha() or before[-1] in ",;:"):
            pieces[index - 1] = f"{before} "
        word = re.match(r"[^\W\d_]+", after)
        if word and not _is_ending(word[0], lang):
            pieces[index + 1] = f" {after}"
    return '"'.join(pieces)


def _after_stop(found: re.Match[str]) -> str:
    if found[0] == "." and found[1].lower() in _domain_endings():
        return "."
    return f"{found[0]} "


@cache
def _endings() -> frozenset[str]:
    return frozenset(table("boilerplate")["azerbaijani_endings"].split())


@cache
def _domain_endings() -> frozenset[str]:
    return frozenset(table("boilerplate")["domain_endings"].split())


@cache
def _compounds() -> tuple[frozenset[str], tuple[str, ...]]:
    boilerplate = table("boilerplate")
    return frozenset(boilerplate["camel_case"].split()), tuple(boilerplate["camel_prefixes"])
