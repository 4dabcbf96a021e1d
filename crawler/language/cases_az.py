"""Case forms of Azerbaijani nouns, made from the nominative by vowel harmony."""

from __future__ import annotations

from typing import Final, NamedTuple

from crawler.language.text import lower

AZ_VOWELS: Final = frozenset("aıoueəiöü")
_HIGH: Final = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "ə": "i", "i": "i", "ö": "ü", "ü": "ü"}
"""Fourfold harmony: the high vowel of an ending after each last vowel of the stem."""
_LOW: Final = {**dict.fromkeys("aıou", "a"), **dict.fromkeys("eəiöü", "ə")}
"""Twofold harmony: the low vowel of an ending after each last vowel of the stem."""
_SOFTENED: Final = {"k": "y", "q": "ğ"}


class AzForms(NamedTuple):
    """The singular of a noun, one form a case, and what is built on the locative and the nominative.

    ``attributive`` is "-dakı" (that is in), ``predicate`` "-dır" and "-dadır" (is, is in).
    """

    nominative: str
    genitive: str
    dative: str
    accusative: str
    locative: str
    ablative: str
    instrumental: str
    attributive: str
    predicate: str
    locative_predicate: str


def az_case_forms(word: str, *, possessed: bool = False) -> tuple[str, ...]:
    """Return every singular form of an Azerbaijani noun or phrase, the nominative first, by vowel harmony.

    ``possessed`` is for a phrase whose last word has the possessive ending ("Respublikası", "Nazirliyi"): it takes
    the buffer n in all cases ("Respublikasında"). A stem in k or q is given both as it stands and softened
    ("Birlik": "Birlikə", "Birliyə"), since names mostly keep it and common nouns do not.
    Raises ValueError for a word without a vowel; abbreviations take their endings after a hyphen.
    """
    return tuple(dict.fromkeys(form for forms in az_paradigms(word, possessed=possessed) for form in forms))


def az_paradigms(word: str, *, possessed: bool = False) -> tuple[AzForms, ...]:
    """Return the paradigms ``az_case_forms`` is made of: one, or two where the last consonant may be softened."""
    paradigms = [_az_paradigm(word, word, possessed=possessed)]
    last = word[-1]
    if last in _SOFTENED and az_lower(word[-2:-1]) in AZ_VOWELS:
        paradigms.append(_az_paradigm(word, word[:-1] + _SOFTENED[last], possessed=False))
    return tuple(paradigms)


def _az_paradigm(word: str, before_vowel: str, *, possessed: bool) -> AzForms:
    last_vowel = _last_az_vowel(word)
    high, low = _HIGH[last_vowel], _LOW[last_vowel]
    ends_in_vowel = az_lower(word[-1]) in AZ_VOWELS
    if ends_in_vowel and possessed:
        genitive, dative, accusative = f"n{high}n", f"n{low}", f"n{high}"
        before_consonant = word + "n"
    elif ends_in_vowel:
        genitive, dative, accusative = f"n{high}n", f"y{low}", f"n{high}"
        before_consonant = word
    else:
        genitive, dative, accusative = f"{high}n", low, high
        before_consonant = word
    locative = f"{before_consonant}d{low}"
    # The ending of -dakı follows the low vowel only: Bakıdakı, Gəncədəki.
    return AzForms(
        nominative=word,
        genitive=before_vowel + genitive,
        dative=before_vowel + dative,
        accusative=before_vowel + accusative,
        locative=locative,
        ablative=f"{before_consonant}d{low}n",
        instrumental=f"{word}yl{low}" if ends_in_vowel else f"{word}l{low}",
        attributive=f"{locative}k{'ı' if low == 'a' else 'i'}",
        predicate=f"{word}d{high}r",
        locative_predicate=f"{locative}d{'ı' if low == 'a' else 'i'}r",
    )


def az_plural(word: str) -> str:
    """Return the nominative plural: "rus" "ruslar", "türk" "türklər"."""
    return f"{word}l{_LOW[_last_az_vowel(word)]}r"


def az_belonging(word: str) -> str:
    """Return the adjective and demonym in -lı, -li, -lu, -lü: "İran" "İranlı", "Çin" "Çinli"."""
    return f"{word}l{_HIGH[_last_az_vowel(word)]}"


def _last_az_vowel(word: str) -> str:
    for letter in reversed(az_lower(word)):
        if letter in AZ_VOWELS:
            return letter
    raise ValueError(f"no vowel to harmonize with in {word!r}")


def az_lower(word: str) -> str:
    """Return the word in lower case: İ is i, I is ı."""
    return lower(word, "az")


def harmonizes(stem: str, ending: str) -> bool:
    """Tell whether the first vowel of ``ending`` may follow the last vowel of ``stem``."""
    vowel = next((letter for letter in reversed(az_lower(stem)) if letter in AZ_VOWELS), None)
    first = next(letter for letter in ending if letter in AZ_VOWELS)
    return vowel is None or first in {_HIGH[vowel], _LOW[vowel]}
