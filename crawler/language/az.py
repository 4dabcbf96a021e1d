"""Azerbaijani: forms of verbs by vowel harmony, tense by suffix, and how a noun phrase is tied to its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from crawler.language.cases_az import AZ_VOWELS
from crawler.language.grammar import Relation, Tense
from crawler.language.text import word_set

_HIGH: Final = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "ə": "i", "i": "i", "ö": "ü", "ü": "ü"}
_LOW: Final = {**dict.fromkeys("aıou", "a"), **dict.fromkeys("eəiöü", "ə")}


def _vowels(stem: str) -> tuple[str, str]:
    last = next((letter for letter in reversed(stem) if letter in AZ_VOWELS), "i")
    return _HIGH[last], _LOW[last]


def _joined(stem: str, endings: Sequence[str]) -> list[str]:
    return [stem + ending for ending in endings]


def _cases(stem: str, *, possessed: bool = False) -> list[str]:
    """Return a noun in its cases; ``possessed`` for one that ends in a possessive ending."""
    high, low = _vowels(stem)
    if stem[-1] in AZ_VOWELS:
        glide, n = ("n", "n") if possessed else ("y", "")
        return [
            stem,
            *_joined(
                stem,
                (
                    f"n{high}n",
                    f"{glide}{low}",
                    f"n{high}",
                    f"{n}d{low}",
                    f"{n}d{low}n",
                    f"yl{low}",
                    f"{n}d{low}k{_HIGH[low]}",
                ),
            ),
        ]
    return [stem, *_joined(stem, (f"{high}n", low, high, f"d{low}", f"d{low}n", f"l{low}", f"d{low}k{_HIGH[low]}"))]


@lru_cache(maxsize=1024)
def verb_forms(stem: str) -> tuple[str, ...]:
    """Return the forms of a verb given by its stem: finite of the third person, participles, converbs, verbal nouns."""
    forms = [*_conjugated(stem, negative=False), *_conjugated(stem, negative=True)]
    return tuple(dict.fromkeys(forms))


def _conjugated(stem: str, *, negative: bool) -> list[str]:
    high, low = _vowels(stem)
    if negative:
        base, soft = f"{stem}m{low}", f"{stem}m{low}"
        present = f"{stem}m{high}r"
        own_high = _HIGH[low]
    else:
        base = stem
        soft = f"{stem[:-1]}d" if stem in {"et", "get", "güd"} or stem.endswith((" et", " get")) else stem
        present = f"{soft}{'y' if stem[-1] in AZ_VOWELS else ''}{high}r"
        own_high = high
    glide = "y" if base[-1] in AZ_VOWELS else ""
    back = low == "a"
    q, g, i = ("q", "ğ", "ı") if back else ("k", "y", "i")
    plural = f"l{low}r"
    finite = [
        present,
        f"{soft}{glide}{own_high}b",
        f"{base}d{own_high}",
        f"{base}m{own_high}ş",
        f"{soft}{glide}{low}c{low}{q}",
        f"{soft}{glide}{low}r" if not negative else f"{stem}m{low}z",
    ]
    forms: list[str] = []
    for form in finite:
        forms += [form, f"{form}{plural}"]
        own, own_low = _vowels(form)
        forms += [
            f"{form}d{own}r",
            f"{form}l{own_low}r",
            f"{form}{plural}d{i}r",
            f"{form}d{own}",
            f"{form}{plural}d{i}",
            f"{form}s{i}n",
        ]
        forms += [f"{form}d{own}l{low}r"]
    participle, coming = f"{soft}{glide}{low}n", f"{soft}{glide}{low}c{low}{g}{i}"
    known = f"{base}d{own_high}{g}{own_high}"
    knowns = f"{base}d{own_high}{q}l{low}r{i}"
    noun = f"{base}m{low}"
    for inflected, possessed in (
        (participle, False),
        (f"{participle}{plural}", False),
        (coming, True),
        (known, True),
        (knowns, True),
    ):
        forms += _cases(inflected, possessed=possessed)
    forms += [
        *_cases(noun),
        *_cases(f"{noun}s{i}", possessed=True),
        *_cases(f"{noun}l{low}r{i}", possessed=True),
        f"{noun}l{low}r",
    ]
    forms += _joined(
        f"{base}m{low}", (q, f"{g}{i}", f"{g}{low}", f"{q}d{low}", f"{q}d{low}n", f"{q}l{low}", f"l{i}", f"d{low}n")
    )
    forms += _joined(
        soft + glide,
        (f"{low}rkən", f"{low}r{low}q" if back else f"{low}r{low}k", f"{own_high}nc{low}", f"{low}nd{low}"),
    )
    necessary = f"{base}m{low}l{i}"
    forms += [
        necessary,
        f"{necessary}{plural}",
        f"{necessary}d{i}r",
        f"{necessary}d{i}r{plural}",
        f"{necessary}{plural}d{i}r",
    ]
    forms += _joined(base, (f"m{low}{q}d{low}d{i}r", f"m{low}{q}d{low}d{i}r{plural}", f"m{low}{g}{i}n"))
    forms += _joined(base, (f"d{own_high}{q}d{low}", f"d{own_high}{q}d{low}n", f"m{own_high}şk{i}n"))
    return forms


_TENSES: Final[tuple[tuple[Tense, re.Pattern[str]], ...]] = (
    ("future", re.compile(r"(?:[aə]c[aə](?:q|k)|m[aə]l[ıi])(?:l[aə]r)?(?:d[ıi]r(?:l[aə]r)?)?$")),
    (
        "participle",
        re.compile(
            r"(?:[aə]c[aə](?:ğ|y)\w*|[ıiuü](?:ğ|y)[ıiuü]\w*|m[aə](?:s[ıi]\w*|q|k|qla|klə|ğ\w|y[iə])|[aə]rkən|[aə]r[aə][qk])$"
        ),
    ),
    ("anterior", re.compile(r"m[ıiuü]şd[ıiuü](?:l[aə]r)?$|m[ıiuü]şl[aə]rd[ıi]$")),
    (
        "past",
        re.compile(
            r"(?:[ıiuü]b(?:l[aə]r)?(?:d[ıiuü]r)?|[ıiuü]bl[aə]r|d[ıiuü](?:l[aə]r)?|m[ıiuü]şd[ıiuü]r(?:l[aə]r)?|m[ıiuü]şl[aə]r(?:d[ıi]r)?|m[ıiuü]şd[ıiuü](?:l[aə]r)?)$"
        ),
    ),
    (
        "present",
        re.compile(r"(?:[ıiuü]r(?:l[aə]r)?|m[aə][kq]d[aə]d[ıi]r(?:l[aə]r)?|d[aə]d[ıi]r(?:l[aə]r)?)$"),
    ),
    ("participle", re.compile(r"(?:[aə]n(?:l[aə]r)?\w{0,4}|m[ıiuü]ş|m[aə]|d[ıiuü]qd[aə]n?)$")),
)


@lru_cache(maxsize=4096)
def _tense_of(word: str) -> Tense:
    return next((tense for tense, pattern in _TENSES if pattern.search(word)), "participle")


def tense(words: Sequence[str], last: int) -> Tense:
    """Return the tense of the verb ``words[last]``; a form in -mış is a predicate only at the end of its sentence."""
    found = _tense_of(words[last])
    following = words[last + 1] if last + 1 < len(words) else ""
    if following in {"idi", "imiş"}:
        return "anterior"
    if found == "participle" and words[last].endswith(("mış", "miş", "muş", "müş")) and not following:
        return "past"
    return found


def is_passive(words: Sequence[str], last: int) -> bool:
    """Tell whether the verb is a passive: its stem ends in -n or -l ("olunub", "edilib")."""
    return bool(re.search(r"(?:olun|edil|ril|ıl|lan|lən|nıl|ul|ül)(?:[ıiuüaəd]\w*|m[ıiuüaə]\w*)$", words[last]))


AFTER: Final[dict[str, Relation]] = {
    "ilə": "with",
    "ile": "with",
    "tərəfindən": "agent",
    "arasında": "between",
    "üçün": "about",
    "haqqında": "about",
    "barədə": "about",
    "haqda": "about",
    "kimi": "about",
    "sonra": "about",
    "görə": "about",
}
ENDINGS: Final[tuple[tuple[Relation, re.Pattern[str]], ...]] = (
    ("with", re.compile(r"(?:yl[aə]|(?<=[^aıoueəiöü])l[aə])$")),
    ("of", re.compile(r"[ıiuü]n$")),
    ("from", re.compile(r"d[aə]n$")),
    ("in", re.compile(r"d[aə]$")),
    ("to", re.compile(r"(?:y|n)?[aə]$")),
    ("object", re.compile(r"(?:n)?[ıiuü]$")),
)


def is_auxiliary(words: Sequence[str], at: int) -> bool:
    """Tell whether a verb only helps another one; "olaraq" (as) and "olan" (being) do."""
    return words[at] in {"olaraq", "olan", "olduğu", "olduğunu", "olmaq", "olmaqla"}


def is_noun(words: Sequence[str], at: int) -> bool:
    """Tell whether a form that a verb and a noun share is the noun: forms of the two differ in this language."""
    return at >= len(words)


is_noun_by_context = is_noun


_SHORTEST_VERB: Final = 4
"""Letters of a finite form."""
_SHORTEST_PARTICIPLE: Final = 6


_PARTICIPLE: Final = re.compile(
    r"(?:m[aə]s[ıi]\w*|(?:nm|lm|ım|im|um|üm)[aə]s[ıi]\w*|[ıiuü]l[aə]n|[ıiuü]n[aə]n|d[ıiuü](?:ğ|y)[ıiuü]\w*|m[ıiuü]ş|(?<=[bcçdfgğhxjkqlmnprsştvyz])[aə]n)$"
)


def is_verb(words: Sequence[str], at: int) -> bool:
    """Tell whether a word has the form of a verb in its finite third person."""
    return _is_finite(words[at])


@lru_cache(maxsize=8192)
def _is_finite(word: str) -> bool:
    tensed = len(word) >= _SHORTEST_VERB and _tense_of(word) in {"past", "present", "future", "anterior"}
    return tensed and word not in word_set("verbs", "not_verbs", "az")


def is_participle(words: Sequence[str], at: int) -> bool:
    """Tell whether a word has the form of a participle or a verbal noun, whose clause stands before it."""
    word = words[at]
    long = len(word) >= _SHORTEST_PARTICIPLE
    return long and bool(_PARTICIPLE.search(word)) and word not in word_set("verbs", "not_participles", "az")


_NEGATED: Final = re.compile(
    r"m(?:[aə](?:y[ıiuü]b|d[ıi]|m[ıi]ş|yac[aə][qk]|z)|[ıiuü]r)(?:l[aə]r)?(?:d[ıiuü]r?|dı|di)?$"
)


def is_negated(words: Sequence[str], last: int) -> bool:
    """Tell whether a verb is denied: "gəlməyib"."""
    return bool(_NEGATED.search(words[last])) or words[last + 1 : last + 2] == ["deyil"]
