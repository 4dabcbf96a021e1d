"""Which of the three languages a text is written in, by script, letters and frequent words.

The language of a page is told by its address or markup; this is the check on it, and the answer for texts that come
without either. Turkish shares nearly all letters with Azerbaijani: it is told apart by its words, its
apostrophes before case endings and by lacking ə, x and q.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import filterfalse
from typing import Final

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.text import lower

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]+")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u0259]+")
_AZ_OR_TR: Final = re.compile("[ğışçöü]")
# Words stand one a line. The last letter is looked for and what it ends is looked back at: fewer places to try.
_TURKISH_ENDING: Final = re.compile(
    r"[rkein]$(?:(?<=[ıiuü]yor)|(?<=[ıiuü]yorl[ae]r)|(?<=[dt][ıiuü]ler)|(?<=acak)|(?<=ecek)"
    r"|(?<=lerine)|(?<=lerini)|(?<=lerinde)|(?<=lerinden))",
    re.MULTILINE,
)
_IN_TURKISH_ENDING: Final = ("yor", "ler", "acak", "ecek")
"""Texts of which every Turkish ending holds one, looked for first: most texts hold none."""
_TURKISH_AFTER_APOSTROPHE: Final = re.compile(r"['’](?:[nys]?[ıiuü]n?|[ndty]?[ae]n?|nde|nda)$", re.MULTILINE)
_AZERBAIJANI_ENDING: Final = re.compile(
    r"[brqıa]$(?:(?<=[ıiuü]b)|(?<=[ıiuü]blar)|(?<=[ıiuü]bdır)|(?<=acaq)|(?<=lıq)|(?<=mışdı[rq])|(?<=dığın[ıa]))",
    re.MULTILINE,
)
_IN_AZERBAIJANI_ENDING: Final = ("b\n", "blar", "bdır", "acaq", "lıq", "mışdı", "dığın")
"""As above, where each word is ended by a line break."""
_ENOUGH_FOREIGN: Final = 5
"""A text is foreign when one word in this many has a letter its language has not; a quoted name is less."""

_PLAINLY_ENGLISH: Final = 3
"""One word in this many among the commonest of English: no text of another language has so many."""


def detect(text: str) -> Lang | None:
    """Return the language of a headline or text; None for another language, another script or no words at all."""
    words = _words_of(text)
    if text.isascii():
        # a letter that is ASCII is Latin
        cyrillic, latin = 0, len(words)
    else:
        initials = "".join([word[0] for word in words])
        cyrillic, latin = (len("".join(script.findall(initials))) for script in (_CYRILLIC, _LATIN))
    if not words or max(cyrillic, latin) * 2 < len(words):
        return None
    script, count = (_CYRILLIC, cyrillic) if cyrillic > latin else (_LATIN, latin)
    if count < len(words):
        words = [word for word in words if script.match(word)]
    return _detect_cyrillic(words) if cyrillic > latin else _detect_latin(words)


def _words_of(text: str) -> list[str]:
    """Return the words of a text in any order: those that stand between blanks need no expression to be found."""
    pieces = text.split()
    words = list(filter(str.isalpha, pieces))
    if len(words) < len(pieces):
        words += _WORD.findall(" ".join(filterfalse(str.isalpha, pieces)))
    return words


def _detect_cyrillic(printed: list[str]) -> Lang | None:
    text = lower("\n".join(printed), "ru")
    words = text.split("\n")
    foreign = _holding(_letters("cyrillic_not_russian"), text, words)
    if foreign * _ENOUGH_FOREIGN > len(words):
        return None
    return None if _count(words, "bulgarian") > _count(words, "ru") else "ru"


def _detect_latin(printed: list[str]) -> Lang | None:
    as_printed = "\n".join(printed)
    plain = lower(as_printed, "en").split("\n")
    english = _count(plain, "en")
    if english * _PLAINLY_ENGLISH > len(plain) and as_printed.isascii():
        return "en"
    # all words in one string: a rule is asked once of the text, not once of every word
    text = lower(as_printed, "az")
    words = text.split("\n")
    schwa = _holding(frozenset("ə"), text, words)
    if schwa:
        return "az" if schwa >= english else "en"

    # Names keep their letters in English texts (Yaşar Güler), so only words in small letters speak for az or tr.
    small = [word for word in printed if word[0].islower()] if _AZ_OR_TR.search(as_printed) else []
    marked = sum(1 for word in small if _AZ_OR_TR.search(word))
    azerbaijani = _count(words, "az") + _azerbaijani_forms(f"{text}\n", words)
    turkish = _count(words, "tr") + _turkish_forms(text)
    other = _count(plain, "other") + _of_other_languages(as_printed, plain)
    if marked and marked >= english:
        if max(azerbaijani, turkish) < other:
            return None
        return None if turkish > azerbaijani else "az"
    if max(azerbaijani, turkish) > max(english, other):
        return "az" if azerbaijani >= turkish else None
    return None if other > english else "en"


def _azerbaijani_forms(text: str, words: list[str]) -> int:
    """Count the words with a q or an ending of Azerbaijani; ``text`` has a line for each of them."""
    ending = any(part in text for part in _IN_AZERBAIJANI_ENDING)
    endings = len(_AZERBAIJANI_ENDING.findall(text)) if ending else 0
    with_q = [word for word in words if "q" in word] if "q" in text else []
    return endings + sum(1 for word in with_q if not _AZERBAIJANI_ENDING.search(word))


def _turkish_forms(text: str) -> int:
    """Count the endings of Turkish, and its case endings after an apostrophe; one word a line."""
    endings = len(_TURKISH_ENDING.findall(text)) if any(part in text for part in _IN_TURKISH_ENDING) else 0
    return endings + (len(_TURKISH_AFTER_APOSTROPHE.findall(text)) if "'" in text or "’" in text else 0)


def _of_other_languages(text: str, words: list[str]) -> int:
    if text.isascii():
        return 0
    letters = _letters("latin_other")
    return sum(1 for word in words if word[0] in letters or "ß" in word)


def _holding(letters: frozenset[str], text: str, words: list[str]) -> int:
    """Count the words of a text that hold one of some letters."""
    if not any(letter in text for letter in letters):
        return 0
    return len(words) - sum(map(letters.isdisjoint, words))


def _count(words: list[str], language: str) -> int:
    return sum(map(_words(language).__contains__, words))


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(table("languages")["words"][language].split())


@cache
def _letters(kind: str) -> frozenset[str]:
    return frozenset(table("languages")["letters"][kind])
