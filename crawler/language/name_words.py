"""The words names are made of: their letters, articles and particles, and the words that no name contains."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from crawler.items import Lang
from crawler.language.cases import az_stems
from crawler.language.text import lower, word_set

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁĽŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽƏА-ЯЁЇІЄҐ"
PIECE: Final = re.compile(
    rf"(?P<initial>[{_UPPER}][a-zçşəа-я]?\.)|(?P<word>[^\W\d_]+(?:['’ʼ‘-][^\W\d_]+)*)"
    r"|(?P<blank>[ \u00a0]+)|(?P<other>.)",
    re.DOTALL,
)
DULL: Final = re.compile(r"(?:[a-zа-яёçəğıöşüßàáâãäåæèéêëìíîïñòóôõøùúûý][^\W\d_]*(?:['’ʼ‘-][^\W\d_]+)*+|[\W\d_]++)++")
"""Pieces that begin no name: words in small letters and what is no word."""
_BYLINE: Final = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.:–—-] ))By(?: [{_UPPER}][\w'’-]+){{1,3}}(?=\s*(?:[.:/–—\n-]|\bTrend\b|$))"
)
"""Who wrote an English article: "By Laman Sadigova."."""
ARTICLE: Final = re.compile(rf"(?:[aeəаэ][lsrtdznсрдтзльн]{{1,2}}|ash|аш|эш)[-‐–’'][{_UPPER}]")
"""An Arabic name with its article: "əs-Süveydi", "аль-Мансури"."""
NEXT: Final = re.compile(rf" ([{_UPPER}][^\W\d_]{{2,}})")
AFTER_FATHER: Final = re.compile(r"\b(?:bin|ben|ibn|бин|бен|ибн) $")
BEFORE_ARTICLE: Final = re.compile(
    r" (?:(?:аль|эль|ас|аш|al|el|əl|əs)-|(?:bin|ben|ibn|бин|бен|ибн|van|von|de|di|da|ван|фон|де|ди|да)\s)",
    re.IGNORECASE,
)
_AZ_THING: Final = re.compile(r"(?:l[aə]r[ıi](?:n\w{0,3})?|s[ıi]|s[ıiuü]n\w{1,3}|[ıiuü]nd[aə]n?|d[aə]k[ıi])$")
_RU_ADJECTIVE: Final = re.compile(r"(?:ыми|ими|ных|ную|ная|ное|ные|ного)$")


_NO_PERSON_AFTER: Final = {"en": re.compile(r"\b(?:[Tt]he|[Aa]n?|Exercise|Operation) $")}
"""What stands before a thing with a name, never before a bare person's: "the Tawazun Council"."""
_ENDED: Final = re.compile(r"[^\W\d_]{2,}[-‐–][a-zəıöüçşğа-яё]{1,4}$")
"""An abbreviation with an ending: "HHQ-nin"."""


def is_thing(text: str, start: int, lang: Lang) -> bool:
    """Tell whether what is named at ``text[start:]`` is a thing by the word before it."""
    article = _NO_PERSON_AFTER.get(lang)
    return article is not None and article.search(text, max(0, start - 5), start) is not None


_TOGETHER: Final = {"az": re.compile(r"l[aə]$")}
"""The ending of with: what follows in capitals is another one's name, "Həsənovla Əl-Məzrui"."""


def ends_a_name(word: str, lang: Lang) -> bool:
    """Tell whether a word's ending ends the name it is in."""
    together = _TOGETHER.get(lang)
    return together is not None and together.search(word) is not None


def is_abbreviation(word: str) -> bool:
    """Tell whether a word is an abbreviation, with or without an ending behind a hyphen."""
    return word.isupper() or (_ENDED.fullmatch(word) is not None and word.split("-", maxsplit=1)[0].isupper())


def bylines(text: str, lang: Lang) -> list[tuple[int, int]]:
    """Return where a text names who wrote it."""
    return [match.span() for match in _BYLINE.finditer(text)] if lang == "en" else []


def looks_possessed(word: str, lang: Lang) -> bool:
    """Tell whether an Azerbaijani word is a thing that belongs to something ("Məntəqəsində", "Konsepsiyası")."""
    return lang == "az" and bool(_AZ_THING.search(word))


def looks_adjectival(word: str) -> bool:
    """Tell whether a Russian word by itself is an adjective of an institution: "Вооружёнными", "Королевскими"."""
    return bool(_RU_ADJECTIVE.search(word))


def is_stop(word: str, lang: Lang) -> bool:
    """Tell whether a word as printed is on the table of words that no name contains, in any of its case forms."""
    return is_stop_folded(lower(word, lang), lang)


@lru_cache(maxsize=8192)
def is_stop_folded(folded: str, lang: Lang) -> bool:
    """Tell the same of a word in lower case."""
    stops = word_set("names", "not_names", lang) | word_set("names", "american_states", lang)
    folded = folded.replace("ё", "е")
    if folded in stops or folded.partition("-")[0] in stops:
        return True
    return lang == "az" and any(
        stem in stops for stem, case in az_stems(folded) if case not in {"nominative", "belonging"} and stem[2:]
    )
