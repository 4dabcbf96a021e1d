"""Case forms of Azerbaijani nouns, built by rule for the tables' phrases.

The forms only have to be complete, not free of forms that nobody writes: they are searched for in text,
never shown. Sources: the vowel harmony and case endings of any Azerbaijani grammar.
"""

from __future__ import annotations

from typing import Final

AZ_VOWELS: Final = "aıoueəiöü"
_AZ_HIGH: Final = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "ə": "i", "i": "i", "ö": "ü", "ü": "ü"}
_AZ_BACK: Final = "aıou"


def last_vowel(word: str) -> str:
    """Return the last Azerbaijani vowel of ``word`` in lower case, ``i`` when it has none."""
    return next((letter for letter in reversed(word) if letter in AZ_VOWELS), "i")


def az_endings(stem: str) -> tuple[str, str]:
    """Return the high (ı i u ü) and the low (a ə) vowel that suffixes of ``stem`` take."""
    vowel = last_vowel(stem)
    return _AZ_HIGH[vowel], "a" if vowel in _AZ_BACK else "ə"


def _az_cases(stem: str, *, possessive: bool) -> list[str]:
    high, low = az_endings(stem)
    joint: tuple[str, ...]
    if possessive:
        joint = (
            *("n" + ending for ending in (high + "n", low, high, "d" + low, "d" + low + "n")),
            "yl" + low,
            "l" + low,
            "d" + high + "r",
        )
    elif stem[-1] in AZ_VOWELS:
        joint = ("n" + high + "n", "y" + low, "n" + high, "d" + low, "d" + low + "n", "yl" + low, "d" + high + "r")
    else:
        joint = (high + "n", low, high, "d" + low, "d" + low + "n", "l" + low, "d" + high + "r")
    return [stem, *(stem + ending for ending in joint)]


def _az_softened(stem: str) -> str:
    """Return ``stem`` as it stands before a vowel: final q and k of words with two or more vowels soften."""
    if sum(letter in AZ_VOWELS for letter in stem) > 1 and stem[-1] in "qk":
        return stem[:-1] + ("ğ" if stem[-1] == "q" else "y")
    return stem


def az_noun(stem: str) -> tuple[str, ...]:
    """Return the forms of a noun given in the nominative: cases, plural, possessive of the third person."""
    high, low = az_endings(stem)
    plural = stem + "l" + low + "r"
    soft = _az_softened(stem)
    owned = stem + "s" + high if stem[-1] in AZ_VOWELS else soft + high
    forms = _az_cases(stem, possessive=False)
    if soft != stem:
        forms += [soft + ending for ending in (high + "n", low, high)]
    forms += _az_cases(plural, possessive=False)
    forms += _az_cases(owned, possessive=True)
    forms += _az_cases(plural + ("ı" if low == "a" else "i"), possessive=True)
    return tuple(dict.fromkeys(forms))


def az_possessed(word: str) -> tuple[str, ...]:
    """Return the forms of a noun given with its possessive ending: ``naziri``, ``başçısı``, ``katibi``."""
    stem = word[:-2] if word.endswith(("sı", "si", "su", "sü")) and word[-3] in AZ_VOWELS else word[:-1]
    if stem[-1] in "ğy" and word[-2] in "ğy":
        stem = stem[:-1] + ("q" if stem[-1] == "ğ" else "k")
    _, low = az_endings(stem)
    plural = stem + "l" + low + "r" + ("ı" if low == "a" else "i")
    return tuple(dict.fromkeys([*_az_cases(word, possessive=True), *_az_cases(plural, possessive=True)]))
