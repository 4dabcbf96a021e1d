"""Russian case forms as pymorphy3 (OpenCorpora's dictionary) has them: another authority than our own grammar."""

from __future__ import annotations

from functools import cache

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse

CASES = {"nomn", "gent", "datv", "accs", "ablt", "loct"}
UNUSUAL = {"V-oy", "V-ey", "Infr", "Arch", "Dist", "Erro"}
"""Forms that no newspaper prints: Москвою, Польшею; misspellings."""


@cache
def _analyzer() -> MorphAnalyzer:
    return MorphAnalyzer()


def noun_forms(word: str, *, plural: bool = False, place: bool = False) -> list[set[str]]:
    """Return the case forms of a noun given in the nominative, one set for each noun the dictionary knows of it.

    ``plural`` adds the forms of the other number; ``place`` leaves out what is no place. Empty for a word the dictionary
    does not have.
    """
    parses = [
        parse for parse in _parses(word) if "NOUN" in parse.tag and "nomn" in parse.tag and "Surn" not in parse.tag
    ]
    places = [parse for parse in parses if "Geox" in parse.tag]
    numbers = {"sing", "plur"} if plural else set()
    return [
        {
            _plain(form)
            for form in parse.lexeme
            if CASES & form.tag.grammemes
            and not UNUSUAL & form.tag.grammemes
            and (numbers or {parse.tag.number}) & form.tag.grammemes
        }
        for parse in places or ([] if place else parses)
    ]


def adjective_forms(word: str) -> set[str]:
    """Return all forms of an adjective given in the masculine nominative but the short ones and those of comparison."""
    for parse in _parses(word):
        if "ADJF" in parse.tag and "nomn" in parse.tag:
            return {
                _plain(form)
                for form in parse.lexeme
                if "ADJF" in form.tag and not {"Supr", *UNUSUAL} & form.tag.grammemes
            }
    return set()


def _parses(word: str) -> list[Parse]:
    return [parse for parse in _analyzer().parse(word.lower()) if parse.is_known]


def _plain(form: Parse) -> str:
    return form.word.replace("ё", "е")
