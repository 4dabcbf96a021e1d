"""Who was cited, as it is called by itself: the case endings of a source taken back.

Only for groups of words headed by an institution or a name, as attributions cite them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Final

from crawler.items import Lang
from crawler.knowledge import table
from crawler.pages.attribution_rules import Case

_PARENTHESIS: Final = re.compile(r"\s*\((?:[^()]{1,20})\)\s*$")
_EDGE_QUOTES: Final = "\"“”„«»'‘’ "
_ARTICLE: Final = re.compile(r"^(?:the|a|an|its|their)\s+", re.IGNORECASE)


def nominative(source: str, lang: Lang, case: Case) -> str:
    """Return a cited source as it is called by itself: no article, no abbreviation in brackets, no case ending."""
    source = _PARENTHESIS.sub("", source).strip(_EDGE_QUOTES)
    if lang == "en":
        return _ARTICLE.sub("", source)
    if lang == "az":
        return _azerbaijani(source, case)
    return source if case == "nominative" else _russian(source)


# Endings by case after a hyphen or quote (APA-ya), after a possessive (Nazirliyi-nə), after others.
_AZ_HYPHENED: Final = re.compile(r"[\"”»]?[-’'][^\W\d_]{1,4}$|(?<=[\"”»])[^\W\d_]{1,4}$")
_AZ_ENDINGS: Final[dict[Case, tuple[re.Pattern[str], ...]]] = {
    "dative": (
        re.compile(r"(?<=[ıiuüəa])n[əa]$"),
        re.compile(r"(?<=[ıiuüəaoöe])y[əa]$"),
        re.compile(r"(?<=[^ıiuüəaoöe])[əa]$"),
    ),
    "ablative": (re.compile(r"(?<=[ıiuüəa])nd[əa]n$"), re.compile(r"d[əa]n$")),
    "genitive": (re.compile(r"(?<=[ıiuüəaoöe])n[ıiuü]n$"), re.compile(r"(?<=[^ıiuüəaoöe])[ıiuü]n$")),
    "nominative": (),
    "oblique": (),
}


def _azerbaijani(source: str, case: Case) -> str:
    if case == "nominative":
        return source
    bare = _AZ_HYPHENED.sub("", source)
    if bare != source:
        return bare.strip(_EDGE_QUOTES)
    for ending in _AZ_ENDINGS[case]:
        bare = ending.sub("", source)
        if bare != source:
            return bare
    return source


_RU_NOUN: Final[dict[str, tuple[str, str]]] = {
    "neuter": (r"(?:а|у|ом|е|о)", r"(?:я|ю|ем|и|е)"),
    "feminine": (r"(?:ы|е|у|ой|а|ы)", r"(?:и|ю|ей|я)"),
    "masculine": (r"(?:а|у|ом|е|)", r"(?:я|ю|ем|е|й)"),
}
_RU_ADJECTIVE: Final = re.compile(r"(?:ого|ому|ом|ым|ой|ую|ое|ая|ый|его|ему|ем|им|ей|юю|ее|яя|ий)$")
_RU_SOFT: Final = ("его", "ему", "ем", "им", "ей", "юю", "ее", "яя", "ий")
_FIRST_LETTERS: Final = 3
_RU_ENDINGS: Final = {"neuter": ("ое", "ее"), "feminine": ("ая", "яя"), "masculine": ("ый", "ий")}


@cache
def _russian_heads() -> dict[str, list[tuple[re.Pattern[str], str, str]]]:
    """Return the nouns that head a source by their first letters: expression of all cases, nominative, gender."""
    heads: defaultdict[str, list[tuple[re.Pattern[str], str, str]]] = defaultdict(list)
    for gender, words in table("attribution")["russian_heads"].items():
        for word in words.split():
            hard, soft = _RU_NOUN[gender]
            if gender == "masculine":
                stem, ending = word, hard
            else:
                stem, ending = word[:-1], soft if word[-1] in "ея" else hard
            heads[word[:_FIRST_LETTERS]].append((re.compile(rf"{stem}{ending}", re.IGNORECASE), word, gender))
    return heads


def _russian(source: str) -> str:
    """Put the first institution's noun and the adjectives before it into the nominative; what depends on it stays."""
    words = source.split()
    for index, word in enumerate(words):
        for pattern, head, gender in _russian_heads().get(word[:_FIRST_LETTERS].lower(), ()):
            if pattern.fullmatch(word) and all(map(_RU_ADJECTIVE.search, words[:index])):
                words[index] = head.capitalize() if word[0].isupper() else head
                for before in range(index):
                    words[before] = _adjective(words[before], gender)
                return " ".join(words)
    return source


def _adjective(word: str, gender: str) -> str:
    ending = _RU_ADJECTIVE.search(word)
    if ending is None:
        return word
    hard, soft = _RU_ENDINGS[gender]
    return word[: ending.start()] + (soft if ending[0] in _RU_SOFT else hard)
