"""Institutions that tell their state by their own name: Pentagon, Genelkurmay, IRGC, СБУ.

The names stand in knowledge/institutions.toml; the forms of a name are made when a text first needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language.cases import az_case_forms, ru_phrase_forms
from crawler.language.matcher import Forms, NameMatcher
from crawler.language.text import lower
from crawler.language.words import Words, cut


class Institution(NamedTuple):
    """``kind`` is one of the table, ``state`` a code as in countries, ``town`` the usual English name of its seat.

    The seat may lie in another state (a command abroad).
    """

    kind: str
    state: str
    town: str


class InstitutionFound(NamedTuple):
    """``words`` is ``text[start:end]``."""

    start: int
    end: int
    words: str
    institution: Institution


class _Name(NamedTuple):
    name: str
    institution: Institution
    exact: bool


def find_institutions(text: str | Words, lang: Lang) -> list[InstitutionFound]:
    """Return the institutions named in ``text``, in text order, none overlapping another.

    Names count with a capital letter, abbreviations as printed, with or without an ending after a hyphen ("DSX-nin").
    """
    return [
        InstitutionFound(start, end, words, institution)
        for start, end, words, institution in _matcher(lang).find(cut(text, lang))
        if words != lower(words, lang)
    ]


def institutions() -> Iterator[tuple[Institution, dict[Lang, list[str]], list[str]]]:
    """Yield every institution with its names by language and its abbreviations."""
    for state, lines in table("institutions")["institutions"].items():
        for line in lines.strip().splitlines():
            kind, town, *columns = map(str.strip, line.split("|"))
            en, az, ru, abbreviations = ([name.strip() for name in part.split(";") if name.strip()] for part in columns)
            yield Institution(kind, state, town), dict(zip(LANGS, (en, az, ru), strict=True)), abbreviations


def institution_forms(lang: Lang) -> Iterator[tuple[str, Institution]]:
    """Yield every form of the names of a language, and the abbreviations, for tests and other tables."""
    forms, exact, _ = _forms(lang, _names(lang))
    yield from forms
    yield from exact


def _names(lang: Lang) -> list[_Name]:
    return [
        _Name(name, institution, exact=name.isupper())
        for institution, names, abbreviations in institutions()
        for name in dict.fromkeys((*names[lang], *abbreviations))
    ]


def _forms(lang: Lang, names: list[_Name]) -> Forms[Institution]:
    forms = {form: name.institution for name in names if not name.exact for form in _cased(name.name, lang)}
    return forms.items(), [(name.name, name.institution) for name in names if name.exact], ()


def _cased(name: str, lang: Lang) -> tuple[str, ...]:
    if lang == "en":
        return (name,)
    if lang == "ru":
        return ru_phrase_forms(name)
    cased = az_case_forms(name)
    if name[-1] in "ıiuü":
        cased += az_case_forms(name, possessed=True)
    return (*cased, *(f"I{form[1:]}" for form in cased if form[0] == "İ"))


@cache
def _matcher(lang: Lang) -> NameMatcher[Institution, _Name]:
    return NameMatcher(((name.name, name) for name in _names(lang)), lang, lambda opened: _forms(lang, opened))
