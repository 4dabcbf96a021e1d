"""Names of persons across English, Azerbaijani and Russian spellings: one skeleton, and how alike two names are.

The language of each text must be known: c is j in Azerbaijani and k or s elsewhere. What remains indistinguishable are
namesakes and one-letter cousins; who joins people needs country and post as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler, Levenshtein

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.orthographies import respellings
from crawler.language.romanization import letters, romanize
from crawler.language.text import lower, normalize

__all__ = ["SAME_NAME", "fold", "name_similarity", "romanize", "same_name"]

SAME_NAME: Final = 0.84
"""Two names are one from this similarity on: best F1 on the table of names in tests/language/test_folding.py."""
_INITIAL: Final = 0.93
"""The similarity of an initial to a name that begins with it: it says less than the name."""
_OTHER_SOUND: Final = 0.08
"""What one consonant of another kind costs (Asim, Asif), or i for a (Rashid, Rashad): transliterations keep those."""
_LONGEST: Final = 7
"""More tokens than any name of a person has; the rest is left out."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʻʼ`´][^\W\d_]+)*\.?")
# Cyrillic: only Дж. is an initial of more than one letter; Latin: Sh., Ch., Kh., Zh.
_INITIAL_WORD: Final = re.compile(r"(?:[^\W\d_]|дж|[sckz]h|ya|yu|dzh)\.?")
_AZERBAIJANI: Final = re.compile("[əƏ]")
# From English-like spellings to sounds. x stands for sh and c for ch after these steps.
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("x", "ks"),
        ("shch|sch|sh|sz", "X"),
        ("tch|ch|cz", "C"),
        ("[gj]i(?=[au])", "j"),
        ("ck", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("dzh|dj|zh", "j"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("q", "g"),
        ("w", "v"),
        ("oo|ou", "u"),
        ("ee", "i"),
        ("yy", "y"),
        ("y(?=[aeou])", ""),
        ("y", "i"),
        ("(?<=[ae])h$", ""),
        ("h", "g"),
        ("e", "a"),
        (r"([a-zXC])\1+", r"\1"),
    )
)
# Consonants that spellings of one name exchange: Tofiq, Тофик; Taşdeler, Tasdeler; Bağırov, Багиров.
# Latin letters that sound differently in the languages names come from: c of Turkish (Cengiz), j of Slavic languages
# (Jarosław), gy of Hungarian (Nagy), gu of Italian (Guido, Гвидо), w of English (Wallace, Уоллес, Volles).
_OTHER_READINGS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("c(?!h|z)", "j"),
        ("j", "y"),
        ("gy", "d"),
        ("w", "u"),
        ("wa", "uo"),
        ("wa", "vo"),
        ("gu(?=[ie])", "gv"),
    )
)
_KINDS: Final = str.maketrans("gksxzcjtdbpvf", "kksssccttppvv")
_VOWELS: Final = re.compile("[aiou]")


@dataclass(frozen=True, slots=True)
class _Token:
    folded: str
    readings: tuple[str, ...]
    heads: frozenset[str]
    is_initial: bool


def fold(text: str, lang: Lang) -> str:
    """Return the skeleton of a name: its tokens, blank-separated, nearly alike in the three languages.

    h, g and their aspirates are one letter (Russian г is either), a and e are one, y and i are one, doubled letters are
    single, x stands for sh and c for ch. Initials, particles and patronymics are kept.
    """
    return " ".join(filter(None, (_fold_word(word.rstrip("."), lang) for word in _WORD.findall(normalize(text)))))


def name_similarity(a: str, a_lang: Lang, b: str, b_lang: Lang, country: str | None = None) -> float:
    """Return how alike two names are, 0 to 1: the likeness of the worst pair of tokens matched one to one.

    Every token of the shorter name needs its partner, so a shared surname alone never makes a match; the longer name
    may have given names, patronymics (oğlu, -ович) and particles (bin, al-, di) besides. An initial stands for any name
    that begins with it. A surname alone is like no full name (0). With the ``country`` of both (ISO code) the
    letters of an English text are read by its orthography too: Papierz of PL is Папеж.
    """
    best = _similarity(_tokens(a, a_lang, country), _tokens(b, b_lang, country))
    if best < SAME_NAME and ("-" in a or "-" in b):
        # Jean-Pierre and Jeanpierre, Al-Bowardi and Albowardi.
        joined = _similarity(_tokens(a.replace("-", ""), a_lang, country), _tokens(b.replace("-", ""), b_lang, country))
        best = max(best, joined)
    return best


def same_name(a: str, a_lang: Lang, b: str, b_lang: Lang, country: str | None = None) -> bool:
    """Tell whether two spellings can be one person's name (similarity of at least ``SAME_NAME``)."""
    return name_similarity(a, a_lang, b, b_lang, country) >= SAME_NAME


@lru_cache(maxsize=8192)
def _tokens(name: str, lang: Lang, country: str | None) -> tuple[_Token, ...]:
    words = _WORD.findall(normalize(name))
    tokens = [token for word in words if (token := _token(word, lang, country))][:_LONGEST]
    parts = table("letters")["name_parts"]
    kept: list[_Token] = []
    for token in tokens:
        if token.folded in parts["patronymic_words"]:
            # The father's name stands before the word "son" or "daughter".
            if len(kept) > 1:
                kept.pop()
            continue
        kept.append(token)
    without_particles = [token for token in kept if token.is_initial or token.folded not in parts["particles"]]
    if len(without_particles) > 1:
        kept = without_particles
    endings = tuple(parts["patronymic_endings"])
    without_patronymics = [token for token in kept if not token.folded.endswith(endings)]
    # Besides a given name and a surname: Marković alone beside a given name is no patronymic.
    return tuple(without_patronymics if len(without_patronymics) > 1 else kept)


def _token(word: str, lang: Lang, country: str | None) -> _Token | None:
    folded = _fold_word(word.rstrip("."), lang)
    if not folded:
        return None
    plain = lower(word, lang)
    spelled = romanize(word, lang) or folded
    return _Token(
        folded=folded,
        readings=_readings(word.rstrip("."), lang, country),
        heads=frozenset({folded[0], anyascii(spelled)[:1].lower()}),
        is_initial=len(plain.rstrip(".")) == 1 or (plain.endswith(".") and bool(_INITIAL_WORD.fullmatch(plain))),
    )


@lru_cache(maxsize=8192)
def _fold_word(word: str, lang: Lang) -> str:
    return _sounds(_plain(word, lang))


def _readings(word: str, lang: Lang, country: str | None) -> tuple[str, ...]:
    plain = _plain(word, lang)
    spellings = [plain]
    if country and (lang == "en" or (lang == "az" and word.isascii())):
        # Azerbaijani texts may keep the letters of the country too (Zorn).
        spellings += respellings(plain if lang == "en" else re.sub("[^a-z]", "", word.lower()), country)
    if lang != "ru":
        spellings += [letter.sub(sound, plain) for letter, sound in _OTHER_READINGS if letter.search(plain)]
    return tuple(dict.fromkeys(map(_sounds, spellings)))


def _plain(word: str, lang: Lang) -> str:
    spelling: Lang = "az" if lang == "en" and _AZERBAIJANI.search(word) else lang
    if spelling == "ru":
        # The digraph of Chinese names is one sound.
        spelled = romanize(word.replace("Чж", "Ж").replace("чж", "ж"), "ru")
    else:
        known = letters(spelling)
        spelled = "".join(known.get(letter, letter) for letter in word)
    return re.sub("[^a-z]", "", anyascii(spelled).lower())


def _sounds(plain: str) -> str:
    for pattern, sound in _SOUNDS:
        plain = pattern.sub(sound, plain)
    return plain.lower()


def _similarity(a: tuple[_Token, ...], b: tuple[_Token, ...]) -> float:
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if not short or (len(short) == 1 and len(long) > 1):
        return 0.0
    if len(long) == 1:
        return 0.0 if short[0].is_initial or long[0].is_initial else _token_similarity(short[0], long[0])
    if all(token.is_initial for token in short) or all(token.is_initial for token in long):
        return 0.0
    return _worst_of_best(short, long)


def _worst_of_best(short: tuple[_Token, ...], long: tuple[_Token, ...]) -> float:
    """Return the worst score of the one-to-one matching whose worst score is best; one pair must be two full names."""

    def match(position: int, free: tuple[int, ...], worst: float, floor: float, *, full: bool) -> float:
        if position == len(short):
            return worst if full else 0.0
        for index in free:
            score = min(worst, _token_similarity(short[position], long[index]))
            if score > floor:
                rest = tuple(other for other in free if other != index)
                both_full = full or not (short[position].is_initial or long[index].is_initial)
                floor = max(floor, match(position + 1, rest, score, floor, full=both_full))
        return floor

    return match(0, tuple(range(len(long))), 1.0, 0.0, full=False)


@lru_cache(maxsize=16384)
def _token_similarity(a: _Token, b: _Token) -> float:
    if a.is_initial or b.is_initial:
        if a.is_initial and b.is_initial:
            return 1.0 if a.folded == b.folded else _INITIAL * bool(a.heads & b.heads)
        return _INITIAL if a.heads & b.heads else 0.0
    return max(_reading_similarity(one, other) for one in a.readings for other in b.readings)


def _reading_similarity(a: str, b: str) -> float:
    alike = JaroWinkler.similarity(a, b)
    a_consonants, b_consonants = _consonants(a), _consonants(b)
    cost = Levenshtein.distance(a_consonants, b_consonants) * _OTHER_SOUND
    if cost:
        if a[:1].translate(_KINDS) != b[:1].translate(_KINDS):
            # A name keeps its first sound: Vəliyev is not Əliyev.
            cost += _OTHER_SOUND
        return max(0.0, alike - cost)
    # Only vowels differ: a missing one counts half (Rza, Raza), another one whole.
    alike = max(alike, 1 - Levenshtein.distance(a, b, weights=(1, 1, 2)) / (2 * max(len(a), len(b))))
    if len(a) == len(b):
        cost = sum(_OTHER_SOUND for pair in zip(a[1:], b[1:], strict=True) if set(pair) == {"a", "i"})
    return max(0.0, alike - cost)


@lru_cache(maxsize=8192)
def _consonants(folded: str) -> str:
    return _VOWELS.sub("", folded).translate(_KINDS)
