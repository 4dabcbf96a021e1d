"""The known office holders of knowledge/persons.toml, found by name in each language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language.folding import fold, name_similarity, same_name
from crawler.language.text import lower

_SURNAME: Final = 0.9
"""Likeness that two spellings of one surname have at least."""


@dataclass(frozen=True, slots=True)
class Known:
    """A known office holder: his names by language (English at least), country and usual post."""

    names: dict[Lang, str]
    country: str
    post: str
    rank: str | None

    def spelling(self, lang: Lang) -> tuple[str, Lang]:
        """Return the name in ``lang`` or else in English, and the language it is in."""
        return (self.names[lang], lang) if lang in self.names else (self.names["en"], "en")


@cache
def known_persons() -> tuple[Known, ...]:
    """Return every known office holder."""
    data = table("persons")
    listed = [
        Known({lang: entry[lang] for lang in LANGS}, entry["country"], entry["post"], entry.get("rank"))
        for entry in data["persons"]
    ]
    return (
        *listed,
        *(
            Known({"en": name}, country, post, None)
            for post, countries in data.get("abroad", {}).items()
            for country, names in countries.items()
            for name in names
        ),
    )


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
def _by_letter(lang: Lang) -> dict[str, tuple[Known, ...]]:
    """Return the known persons by the first letter of each folded word of their names."""
    index: dict[str, tuple[Known, ...]] = {}
    for person in known_persons():
        spellings = (person.spelling(lang), person.spelling("en"))
        for letter in {token[0] for spelling in spellings for token in fold(*spelling).split()}:
            index[letter] = (*index.get(letter, ()), person)
    return index


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
    tokens = fold(name, lang).split()
    candidates = _by_letter(lang).get(tokens[-1][0], ()) if tokens else ()
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
