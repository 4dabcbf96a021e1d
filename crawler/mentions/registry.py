"""The known office holders of knowledge/persons.toml: found by name in each language, and by office and day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final, NamedTuple

from anyascii import anyascii

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.folding import name_similarity, same_name
from crawler.language.text import lower

_SURNAME: Final = 0.9
"""Likeness that two spellings of one surname have at least."""


class Term(NamedTuple):
    """The years of the beginning and the end of an office, both None when they are not known.

    ``until`` alone is None while the office was held when the table was checked.
    """

    post: str
    since: int | None = None
    until: int | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the office was held in the year of ``day``; False when its years are not known."""
        return self.since is not None and self.since <= day.year <= (self.until or day.year)


@dataclass(frozen=True, slots=True)
class Known:
    """A known office holder: his names by language (English at least), country, offices (the usual one first), rank."""

    names: dict[Lang, str]
    country: str
    terms: tuple[Term, ...]
    rank: str | None

    @property
    def post(self) -> str:
        """Return the office he is best known for."""
        return self.terms[0].post

    def post_on(self, day: date | None) -> str | None:
        """Return the office held in the year of ``day``, None when it was none of his known ones.

        An office whose years are not known counts on any day that no other one covers; without a day, the usual one.
        """
        if day is None:
            return self.post
        held = [term.post for term in self.terms if term.covers(day)]
        return next(iter((*held, *(term.post for term in self.terms if term.since is None))), None)

    def is_spelled(self, name: str, lang: Lang) -> bool:
        """Tell whether ``name`` is letter for letter the name known in ``lang`` or in English."""
        return lower(name, lang) in {lower(spelled, its) for spelled, its in (self.spelling(lang), self.spelling("en"))}

    def spelling(self, lang: Lang) -> tuple[str, Lang]:
        """Return the name in ``lang`` or else in English, and the language it is in."""
        return (self.names[lang], lang) if lang in self.names else (self.names["en"], "en")


@cache
def known_persons() -> tuple[Known, ...]:
    """Return every known office holder."""
    return tuple(
        _known(country, line)
        for country, lines in table("persons")["office_holders"].items()
        for line in lines.strip().splitlines()
    )


def _known(country: str, line: str) -> Known:
    en, az, ru, terms, rank, *_ = [*map(str.strip, line.split("|")), ""]
    names: dict[Lang, str] = {"en": en}
    if az:
        names["az"] = az
    if ru:
        names["ru"] = ru
    return Known(names, country, tuple(map(_term, terms.split("; "))), rank or None)


def _term(text: str) -> Term:
    post, _, years = text.partition(" ")
    since, dash, until = years.partition("-")
    if not since:
        return Term(post)
    return Term(post, int(since), int(until) if until else None if dash else int(since))


def holders(country: str, post: str, day: date) -> tuple[Known, ...]:
    """Return who held an office in the year of ``day``, as far as it is known: two in a year of change.

    Who was in office when the table was checked counts as in office ever since. What a text says goes before this.
    """
    held = _by_office().get((country, post), ())
    return tuple(person for person in held if any(term.post == post and term.covers(day) for term in person.terms))


@cache
def _by_office() -> dict[tuple[str, str], tuple[Known, ...]]:
    index: dict[tuple[str, str], tuple[Known, ...]] = {}
    for person in known_persons():
        for post in dict.fromkeys(term.post for term in person.terms):
            index[person.country, post] = (*index.get((person.country, post), ()), person)
    return index


@cache
def _by_surname(lang: Lang) -> dict[str, tuple[Known, ...]]:
    index: dict[str, tuple[Known, ...]] = {}
    for person in known_persons():
        if lang in person.names:
            surname = lower(person.names[lang].split()[-1], lang)
            index[surname] = (*index.get(surname, ()), person)
    return index


@cache
def known_tokens(lang: Lang) -> frozenset[str]:
    """Return the words of all known names of a language, in lower case."""
    return frozenset(lower(token, lang) for person in known_persons() for token in person.names.get(lang, "").split())


def with_surname(surname: str, lang: Lang) -> tuple[Known, ...]:
    """Return the known persons of a surname given in the nominative."""
    return _by_surname(lang).get(lower(surname, lang), ())


@cache
def _by_outline(lang: Lang) -> dict[str, list[int]]:
    """Return the places of known persons in their table by the outlines of each word of their names but the first."""
    index: dict[str, list[int]] = {}
    for place, person in enumerate(known_persons()):
        for spelled, its_lang in dict.fromkeys((person.spelling(lang), person.spelling("en"))):
            for word in spelled.split()[1:]:
                for outline in _outlines(word, its_lang):
                    index.setdefault(outline, []).append(place)
    return index


_LETTERS: Final = re.compile("[^a-z]")
_DIGRAPHS: Final = (("dzh", "j"), ("dj", "j"), ("tsz", "j"), ("tch", "ch"), ("th", "t"), ("ph", "f"))
_SILENT: Final = re.compile("(?<=[ae])h$")
_KINDS: Final = str.maketrans("cgkqxzhjdpvfw", "sssssssstbbbb", "aeiouy")
_REPEATED: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)
def _outlines(word: str, lang: Lang) -> frozenset[str]:
    """Return the kinds of the consonants of a word, one string for each way to read j, w and gy.

    Spellings of one surname share one, whatever the languages; so it finds those that are worth comparing.
    """
    plain = _LETTERS.sub("", anyascii(lower(word, lang)).lower())
    for digraph, sound in _DIGRAPHS:
        plain = plain.replace(digraph, sound)
    plain = _SILENT.sub("", plain)
    readings = {plain, plain.replace("j", ""), plain.replace("w", ""), plain.replace("gy", "d")}
    return frozenset(_REPEATED.sub(r"\1", reading.translate(_KINDS)) for reading in readings)


@lru_cache(maxsize=8192)
def find_known(name: str, lang: Lang) -> Known | None:
    """Return the known person whose name is ``name`` in any usual spelling of ``lang``, None when unknown."""
    if " " not in name:
        return None
    exact = [
        person
        for person in with_surname(name.rpartition(" ")[2], lang)
        if lower(person.names[lang], lang) == lower(name, lang)
    ]
    if exact:
        return exact[0]
    by_outline = _by_outline(lang)
    places = {place for outline in _outlines(name.rpartition(" ")[2], lang) for place in by_outline.get(outline, ())}
    candidates = (known_persons()[place] for place in sorted(places))
    return next((person for person in candidates if _is(name, lang, person)), None)


def _is(name: str, lang: Lang, person: Known) -> bool:
    """Tell whether a name is the person's: alike as a whole, and the surname alike by itself.

    The English spelling counts in every language: a text may keep "Giorgi" where its language usually has another form.
    """
    own = name.rpartition(" ")[2]
    # the surnames first: they are fewer words to compare, and mostly unlike
    return any(
        any(name_similarity(own, lang, token, its_lang) >= _SURNAME for token in spelled.split()[1:])
        and same_name(name, lang, spelled, its_lang)
        for spelled, its_lang in dict.fromkeys((person.spelling(lang), person.spelling("en")))
    )
