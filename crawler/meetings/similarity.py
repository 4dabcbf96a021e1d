"""How much two texts of one language share: sketches of word shingles, distinct words, marks that no language changes.

A sketch keeps the smallest hashes of a text's 5-word shingles (bottom-k sampling, Broder 1997), so comparing two
stored articles never needs their texts. Up to ``SKETCH`` shingles it is exact.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import Final

from crawler.items import Lang
from crawler.language.text import lower

SHINGLE: Final = 5
SKETCH: Final = 96
WORDS: Final = 160

_WORD = re.compile(r"\w+")
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_NUMBER = re.compile(r"(?<![\w.,:/-])\d{2,6}(?![\w:/]|[.,]\d)")
_LONGEST_DAY = 31
_YEARS = range(1900, 2100)
_STEM = 6
_SHORTEST_WORD = 5


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())


def shingle_sketch(text: str, lang: Lang) -> tuple[int, ...]:
    """Return the sorted ``SKETCH`` smallest hashes of the text's 5-word shingles; empty when it has under 5 words."""
    words = _WORD.findall(lower(text, lang))
    shingles = {_hash(" ".join(words[at : at + SHINGLE])) for at in range(len(words) - SHINGLE + 1)}
    return tuple(sorted(shingles)[:SKETCH])


def word_sketch(text: str, lang: Lang) -> tuple[int, ...]:
    """Return hashes of the text's distinct longer words, cut to a stem so that case endings do not part them."""
    stems = {word[:_STEM] for word in _WORD.findall(lower(text, lang)) if len(word) >= _SHORTEST_WORD}
    return tuple(sorted(_hash(stem) for stem in stems)[:WORDS])


def language_free_marks(text: str) -> tuple[str, ...]:
    """Return what stands alike in every language: Latin acronyms ("ADEX") and numbers, save days and years."""
    marks = set(_ACRONYM.findall(text))
    for number in _NUMBER.findall(text):
        if int(number) > _LONGEST_DAY and int(number) not in _YEARS:
            marks.add(number)
    return tuple(sorted(marks))


def jaccard(a: Iterable[int], b: Iterable[int], size: int = SKETCH) -> float:
    """Return the estimated share of common elements of two sketches, 0..1."""
    left, right = set(a), set(b)
    if not left or not right:
        return 0.0
    union = sorted(left | right)[:size]
    return sum(1 for value in union if value in left and value in right) / len(union)


def containment(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """Return how much of the shorter text stands in the longer one, 0..1.

    Only hashes below the lower of the two sketches' limits were sampled on both sides.
    """
    if not a or not b:
        return 0.0
    limit = min(a[-1] if len(a) >= SKETCH else 1 << 32, b[-1] if len(b) >= SKETCH else 1 << 32)
    left, right = {value for value in a if value <= limit}, {value for value in b if value <= limit}
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0
