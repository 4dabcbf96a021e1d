"""Case forms of Azerbaijani and Russian nouns, adjectives and verbs, built by rule for the tables' phrases.

The forms only have to be complete, not free of forms that nobody writes: they are searched for in text,
never shown. Sources: the vowel harmony and case endings of any Azerbaijani grammar; for Russian the
declensions of Zaliznyak's grammatical dictionary without stress, both spellings where stress would decide.
"""

from __future__ import annotations

from typing import Final

AZ_VOWELS: Final = "aıoueəiöü"
_AZ_HIGH: Final = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "ə": "i", "i": "i", "ö": "ü", "ü": "ü"}
_AZ_BACK: Final = "aıou"
RU_VOWELS: Final = "аеёиоуыэюя"
_RU_SOFT_I: Final = "гкхжшчщ"
_RU_HISSING: Final = "жшчщц"


def last_vowel(word: str) -> str:
    """Return the last Azerbaijani vowel of ``word`` in lower case, ``i`` when it has none."""
    return next((letter for letter in reversed(word) if letter in AZ_VOWELS), "i")


def az_endings(stem: str) -> tuple[str, str]:
    """Return the high (ı i u ü) and the low (a ə) vowel that suffixes of ``stem`` take."""
    vowel = last_vowel(stem)
    return _AZ_HIGH[vowel], "a" if vowel in _AZ_BACK else "ə"


def _az_cases(stem: str, *, possessive: bool) -> list[str]:
    high, low = az_endings(stem)
    if possessive:
        joint = ("n" + high + "n", "n" + low, "n" + high, "nd" + low, "nd" + low + "n", "yl" + low, "d" + high + "r")
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


def az_verb(stem: str) -> tuple[str, ...]:
    """Return the finite forms, participles and verbal nouns of a verb stem: ``görüş``, ``et``, ``de``."""
    high, low = az_endings(stem)
    glide = "y" if stem[-1] in AZ_VOWELS else ""
    before_vowel = stem[:-1] + "d" if stem in {"et", "get"} else stem
    plural = "l" + low + "r"
    forms: list[str] = []
    past_high = high
    for ending in (glide + high + "b", glide + high + "r"):
        whole = before_vowel + ending
        forms += [whole, whole + az_endings(whole)[1].join(("l", "r")), whole + "d" + past_high + "r"]
    for ending in ("d" + past_high, "m" + past_high + "ş", "m" + past_high + "şd" + past_high + "r"):
        forms += [stem + ending, stem + ending + plural]
    forms += [stem + "m" + past_high + "ş" + plural + "d" + ("ı" if low == "a" else "i") + "r"]
    future = before_vowel + glide + low + "c" + low
    forms += [future + ("q" if low == "a" else "k"), future + ("q" if low == "a" else "k") + plural]
    forms += [future + ("ğı" if low == "a" else "yi"), future + ("ğını" if low == "a" else "yini")]
    participle = before_vowel + glide + low + "n"
    forms += [
        participle,
        participle + plural,
        before_vowel + glide + low + "rkən",
        before_vowel + glide + low + "r" + low + "k",
    ]
    gerund = stem + "m" + low
    forms += [
        gerund + ("q" if low == "a" else "k"),
        *_az_cases(gerund + ("sı" if low == "a" else "si"), possessive=True),
    ]
    known = stem + "d" + high + ("ğ" if low == "a" else "y") + high
    forms += _az_cases(known, possessive=True)
    return tuple(dict.fromkeys(forms))


def ru_noun(word: str) -> tuple[str, ...]:
    """Return the forms, singular and plural, of a noun given in the nominative singular.

    Words in ``-ь`` are masculine when they end in ``-тель`` or ``-арь``, else feminine.
    """
    stem, last = word[:-1], word[-1]
    if word.endswith(("ия", "ие")):
        endings = ["я", "и", "ю", "ей", "й", "ям", "ями", "ях", "е", "ем"]
        return (word, *(stem + ending for ending in endings))
    if last == "а":
        hard = "и" if stem[-1] in _RU_SOFT_I else "ы"
        return (word, *(stem + e for e in (hard, "е", "у", "ой", "ей", "", "ам", "ами", "ах")))
    if last == "я":
        return (word, *(stem + e for e in ("и", "е", "ю", "ей", "ь", "й", "ям", "ями", "ях")))
    if last == "ь":
        if word.endswith(("тель", "арь", "ель")):
            return (word, *(stem + e for e in ("я", "ю", "ем", "ём", "е", "и", "ей", "ям", "ями", "ях")))
        return (word, *(stem + e for e in ("и", "ью", "ей", "ям", "ями", "ях")))
    if last == "й":
        return (word, *(stem + e for e in ("я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях")))
    if last == "о":
        return (word, *(stem + e for e in ("а", "у", "ом", "е", "", "ам", "ами", "ах")))
    if last == "е":
        return (word, *(stem + e for e in ("я", "ю", "ем", "и", "й", "а", "у", "ам", "ями", "ях")))
    plural = "и" if last in _RU_SOFT_I else "ы"
    genitive = ("ей", "ев") if last in _RU_HISSING else ("ов",)
    return (word, *(word + e for e in ("а", "у", "ом", "ем", "е", plural, *genitive, "ам", "ами", "ах")))


def ru_adjective(word: str) -> tuple[str, ...]:
    """Return the forms of an adjective or participle given in the masculine nominative (-ый, -ий, -ой)."""
    stem, soft = word[:-2], word.endswith("ий") and word[-3] not in "гкх"
    vowels = ("е", "и", "я", "ю") if soft else ("о", "и" if word[-3] in _RU_SOFT_I else "ы", "а", "у")
    if soft and word[-3] in _RU_HISSING:
        vowels = ("е", "и", "а", "у")
    mid, high, low, round_ = vowels
    endings = (
        *(mid + e for e in ("го", "му", "м", "й", "е")),
        *(high + e for e in ("м", "х", "ми", "е")),
        *(low + low_tail for low_tail in ("я",)),
        *(round_ + e for e in ("ю",)),
    )
    return tuple(dict.fromkeys((word, *(stem + ending for ending in endings))))
