"""Which of the three languages a text is written in, by script, letters and frequent words.

The language of a page is told by its address or markup; this is the check on it, and the answer for texts that come
without either. Turkish shares nearly all letters with Azerbaijani: it is told apart by its words, its
apostrophes before case endings and by lacking ə, x and q.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.text import lower

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u0259]")
_AZ_OR_TR: Final = re.compile("[ğışçöü]")
_TURKISH_ENDING: Final = re.compile(
    r"(?:[ıiuü]yor(?:lar|ler)?|(?:dı|di|du|dü|tı|ti|tu|tü)ler|acak|ecek|leri(?:ne|ni|nde|nden)"
    r"|['’](?:[nys]?[ıiuü]n?|[ndty]?[ae]n?|nde|nda))$"
)
_AZERBAIJANI_ENDING: Final = re.compile(r"(?:[ıiuü]b|[ıiuü]blar|[ıiuü]bdır|acaq|lıq|mışdı[rq]|dığın[ıa])$")
_ENOUGH_FOREIGN: Final = 5
"""A text is foreign when one word in this many has a letter its language has not; a quoted name is less."""


def detect(text: str) -> Lang | None:
    """Return the language of a headline or text; None for another language, another script or no words at all."""
    words = _WORD.findall(text)
    cyrillic = sum(1 for word in words if _CYRILLIC.match(word))
    latin = sum(1 for word in words if _LATIN.match(word))
    if not words or max(cyrillic, latin) * 2 < len(words):
        return None
    if cyrillic > latin:
        return _detect_cyrillic([lower(word, "ru") for word in words if _CYRILLIC.match(word)])
    return _detect_latin([word for word in words if _LATIN.match(word)])


def _detect_cyrillic(words: list[str]) -> Lang | None:
    foreign_letters = _letters("cyrillic_not_russian")
    foreign = sum(1 for word in words if foreign_letters.intersection(word))
    if foreign * _ENOUGH_FOREIGN > len(words):
        return None
    return None if _count(words, "bulgarian") > _count(words, "ru") else "ru"


def _detect_latin(printed: list[str]) -> Lang | None:
    words = [lower(word, "az") for word in printed]
    plain = [lower(word, "en") for word in printed]
    english = _count(plain, "en")
    schwa = sum(1 for word in words if "ə" in word)
    if schwa:
        return "az" if schwa >= english else "en"

    # Names keep their letters in English texts (Yaşar Güler), so only words in small letters speak for az or tr.
    marked = sum(1 for word in printed if word[0].islower() and _AZ_OR_TR.search(word))
    azerbaijani = _count(words, "az") + sum(1 for word in words if _AZERBAIJANI_ENDING.search(word) or "q" in word)
    turkish = _count(words, "tr") + sum(1 for word in words if _TURKISH_ENDING.search(word))
    foreign_letters = _letters("latin_other")
    other = _count(plain, "other") + sum(1 for word in plain if word[0] in foreign_letters or "ß" in word)
    if marked and marked >= english:
        if max(azerbaijani, turkish) < other:
            return None
        return None if turkish > azerbaijani else "az"
    if max(azerbaijani, turkish) > max(english, other):
        return "az" if azerbaijani >= turkish else None
    return None if other > english else "en"


def _count(words: list[str], language: str) -> int:
    known = _words(language)
    return sum(1 for word in words if word in known)


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(table("languages")["words"][language].split())


@cache
def _letters(kind: str) -> frozenset[str]:
    return frozenset(table("languages")["letters"][kind])
