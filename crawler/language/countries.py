"""Countries and organizations of states named in a text, in every case form of the three languages.

The names stand in knowledge/countries.toml (CLDR), countries_hand.toml and organizations.toml, in the nominative; the
forms are made here by grammar (crawler.language.cases), those of a name when a text first needs them, and matched in
one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any, Final, Literal, NamedTuple, cast

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.cases import (
    Declension,
    az_belonging,
    az_case_forms,
    az_plural,
    ru_adjective_forms,
    ru_case_forms,
    ru_phrase_forms,
    ru_plural,
)
from crawler.language.matcher import Forms, Matcher, NameMatcher
from crawler.language.text import lower
from crawler.language.words import Words, cut, fold_all

Form = Literal["name", "adjective", "demonym", "abbreviation", "organization"]

_EN_TITLES: Final = ("Republic of", "Islamic Republic of", "Kingdom of", "State of", "Sultanate of", "Principality of")
_RU_TITLES: Final = ("Республика", "Исламская Республика", "Королевство", "Государство", "Султанат", "Княжество")
_AZ_TITLES: Final = ("Respublikası", "Krallığı", "Dövləti")
"""What stands before (az: after) a name in the official name of most states; the rest is in countries_hand.toml."""


class CountryFound(NamedTuple):
    """``words`` is ``text[start:end]``; ``code`` an ISO 3166-1 alpha-2 code, XK, TRNC, or an organization's key."""

    start: int
    end: int
    words: str
    code: str
    form: Form


class _Meaning(NamedTuple):
    """What a form says; ``capital`` forms count only when they have a capital letter (Çin the country, çin "true")."""

    code: str
    form: Form
    capital: bool


_NO_COUNTRY: Final = _Meaning("", "name", capital=False)


def find_countries(text: str | Words, lang: Lang) -> list[CountryFound]:
    """Return the countries and organizations named in ``text``, in text order, none overlapping another.

    A name inside a longer phrase that is no country ("South America", "türk dünyası") and the adjective of a language
    ("rus dili") are not returned. A compound adjective gives each of its countries ("азербайджано-турецкий").
    """
    cut_text = cut(text, lang)
    languages = _language_words(lang)
    found: list[CountryFound] = []
    for start, end, words, (code, form, capital) in _matcher(lang).find(cut_text):
        if not code or (capital and words == lower(words, lang)):
            continue
        if form == "adjective" and _next_word(cut_text.text, end) in languages:
            continue
        trimmed = words.rstrip("-–—‐‑")
        found.append(CountryFound(start, end - len(words) + len(trimmed), trimmed, code, form))
    return found


def country_name(code: str) -> str:
    """Return the usual English name of a country or organization. Raises KeyError for a code of neither."""
    try:
        return _english_names()[code]
    except KeyError:
        raise KeyError(f"no country or organization has the code {code!r}") from None


def is_organization(code: str) -> bool:
    """Tell whether ``code`` is the key of an organization, not of a country."""
    return code in table("organizations")


@cache
def country_codes() -> frozenset[str]:
    """Return the codes of all countries, XK and TRNC among them."""
    return frozenset(table("countries")["en"]) | frozenset(table("countries_hand")["en"]["names"])


def country_forms(lang: Lang) -> Iterator[tuple[str, str, Form]]:
    """Yield every form of the language's table with its code and kind, for tests and for other tables."""
    insensitive, exact, joined = _forms(lang, [*_names(lang), *_titles(lang)])
    titled = ((f"{first} {name}", meaning) for firsts, names in joined for first in firsts for name, meaning in names)
    seen: set[str] = set()
    for form, meaning in (*insensitive, *exact, *titled):
        if meaning.code and form not in seen:
            yield form, meaning.code, meaning.form
        seen.add(form)


# --- The names, and the forms of some of them -------------------------------------------------------


class _Name(NamedTuple):
    """What forms are made of: a name in the nominative, what makes its forms, and what they mean.

    ``settled`` forms keep their meaning against every later one; ``exact`` forms count only as printed.
    """

    name: str
    make: Callable[[str], Iterable[str]]
    meaning: _Meaning
    settled: bool = False
    exact: bool = False


def _as_is(name: str) -> tuple[str]:
    return (name,)


def _names(lang: Lang) -> list[_Name]:
    """Return all names of a language. Of two that have a form in common the first counts."""
    hand: dict[str, dict[str, Any]] = table("countries_hand")[lang]
    cased = partial(_cased_name, lang=lang)
    found = [_Name(phrase, cased, _NO_COUNTRY, settled=True) for phrase in table("countries_hand")["blocked"][lang]]
    found += _ambiguous_names(lang)
    for code, name in _country_names(lang):
        if name.isupper():
            found.append(_Name(name, _as_is, _Meaning(code, "abbreviation", capital=False), exact=True))
        else:
            found.append(_Name(name, cased, _Meaning(code, "name", capital=True)))
    found += [
        _Name(abbreviation, _as_is, _Meaning(code, "abbreviation", capital=False), exact=True)
        for code, abbreviations in hand["abbreviations"].items()
        for abbreviation in abbreviations
    ]
    found += _DERIVED[lang](hand)
    found += [
        _Name(f"{part}-", _as_is, _Meaning(code, "adjective", capital=lang == "en"))
        for code, parts in hand.get("compounds", {}).items()
        for part in parts
    ]
    for code, organization in table("organizations").items():
        meaning = _Meaning(code, "organization", capital=False)
        found += [_Name(name, cased, meaning) for name in organization[lang]]
        found += [_Name(name, ru_adjective_forms, meaning) for name in organization.get("adjectives", {}).get(lang, ())]
        found += [_Name(name, _as_is, meaning, exact=True) for name in organization["abbreviations"][lang]]
    return found


def _country_names(lang: Lang) -> Iterator[tuple[str, str]]:
    by_hand, from_cldr = table("countries_hand")[lang]["names"], table("countries")[lang]
    for code in sorted(country_codes()):
        for name in (*by_hand.get(code, ()), *from_cldr.get(code, ())):
            yield code, name


def _ambiguous_names(lang: Lang) -> Iterator[_Name]:
    adjectives = {adjective for group in table("countries_hand")[lang]["adjectives"].values() for adjective in group}
    for name, code in table("countries_hand")["ambiguous"][lang].items():
        if name in adjectives or (lang == "en" and name.removesuffix("s") in adjectives):
            make = ru_adjective_forms if lang == "ru" else _as_is
            yield _Name(name, make, _Meaning(code, "adjective", capital=lang == "en"), settled=True)
        else:
            yield _Name(name, partial(_cased_name, lang=lang), _Meaning(code, "name", capital=True), settled=True)


def _english_derived(hand: dict[str, dict[str, Any]]) -> Iterator[_Name]:
    for code, adjectives in hand["adjectives"].items():
        for adjective in adjectives:
            yield _Name(adjective, _as_is, _Meaning(code, "adjective", capital=True))
            if adjective.endswith(("n", "i", "er", "ot")):
                yield _Name(f"{adjective}s", _as_is, _Meaning(code, "demonym", capital=True))
    for code, demonyms in hand["demonyms"].items():
        for demonym in demonyms:
            yield _Name(demonym, _as_is, _Meaning(code, "demonym", capital=True))


def _azerbaijani_derived(hand: dict[str, dict[str, Any]]) -> Iterator[_Name]:
    for code, adjectives in hand["adjectives"].items():
        for adjective in adjectives:
            yield _Name(adjective, _as_is, _Meaning(code, "adjective", capital=False))
            yield _Name(adjective, _az_people, _Meaning(code, "demonym", capital=False))
    for code, adjectives in hand["lower_case_adjectives"].items():
        for adjective in adjectives:
            yield _Name(adjective, _as_is, _Meaning(code, "adjective", capital=False), exact=True)
            yield _Name(adjective, _az_other_people, _Meaning(code, "demonym", capital=False), exact=True)
    for code, demonyms in hand["demonyms"].items():
        for demonym in demonyms:
            yield _Name(demonym, _az_people, _Meaning(code, "demonym", capital=False))
    for code, name in _country_names("az"):
        if " " not in name:
            yield _Name(az_belonging(name), _az_people, _Meaning(code, "demonym", capital=False))
    for code, name in _titled_names("az"):
        yield _Name(name, _az_titled, _Meaning(code, "name", capital=True))


def _az_people(demonym: str) -> tuple[str, ...]:
    return (*az_case_forms(demonym), *az_case_forms(az_plural(demonym)))


def _az_other_people(demonym: str) -> tuple[str, ...]:
    return _az_people(demonym)[1:]


def _az_titled(name: str) -> list[str]:
    return [f"{name} {form}" for title in _AZ_TITLES for form in az_case_forms(title, possessed=True)]


def _russian_derived(hand: dict[str, dict[str, Any]]) -> Iterator[_Name]:
    for code, adjectives in hand["adjectives"].items():
        for adjective in adjectives:
            yield _Name(adjective, _ru_derived_adjective, _Meaning(code, "adjective", capital=False))
            feminine = f"{adjective[:1].upper()}{adjective[1:-2]}ая Республика"
            yield _Name(feminine, ru_phrase_forms, _Meaning(code, "name", capital=True))
    for code, others in hand["other_forms"].items():
        for other in others:
            yield _Name(other, _as_is, _Meaning(code, "name", capital=True))
    for code, demonyms in hand["demonyms"].items():
        for demonym in demonyms:
            yield _Name(demonym, _ru_people, _Meaning(code, "demonym", capital=False))


def _ru_derived_adjective(adjective: str) -> tuple[str, ...]:
    return (*ru_adjective_forms(adjective), f"{adjective[:-2]}о-")


def _ru_people(demonym: str) -> Sequence[str]:
    if irregular := table("countries_hand")["ru"]["irregular"].get(demonym):
        return cast("list[str]", irregular)
    singular = ru_case_forms(demonym, animate=True)
    if demonym.endswith("ин") and demonym.endswith(("янин", "анин")):
        # Россиянин: россияне, россиян, россиянам.
        stem = demonym[:-2]
        return (*singular, f"{stem}е", stem, f"{stem}ам", f"{stem}ами", f"{stem}ах")
    if demonym == "болгарин":
        stem = demonym[:-2]
        return (*singular, f"{stem}ы", stem, f"{stem}ам", f"{stem}ами", f"{stem}ах")
    return (*singular, *ru_case_forms(ru_plural(demonym), declension="plural", animate=True))


_DERIVED: Final = {"en": _english_derived, "az": _azerbaijani_derived, "ru": _russian_derived}


@cache
def _titled_names(lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return the names that an official name is made of with a title, "Republic of Poland", with their codes."""
    hand = table("countries_hand")
    return tuple(
        (code, name)
        for code, name in _country_names(lang)
        if " " not in name
        and not name.isupper()
        and name not in hand["excluded"][lang]
        and hand["ambiguous"][lang].get(name, code) == code
    )


def _titles(lang: Lang) -> tuple[str, ...]:
    """Return the titles that stand before the name; in Azerbaijani they follow it."""
    return {"en": _EN_TITLES, "ru": _RU_TITLES, "az": ()}[lang]


def _forms(lang: Lang, names: list[_Name | str]) -> Forms[_Meaning]:
    """Return the forms of names and of titles, each with its meaning. Raises ValueError on a clash."""
    made = [(form, name) for name in names if isinstance(name, _Name) for form in name.make(name.name)]
    folded = fold_all([form for form, _ in made], lang)
    excluded = fold_all(table("countries_hand")["excluded"][lang], lang)
    settled: set[str] = set()
    insensitive: dict[str, tuple[str, _Meaning]] = {}
    exact: dict[str, _Meaning] = {}
    for (form, name), key in zip(made, folded, strict=True):
        if key in excluded:
            continue
        if name.settled:
            settled.add(key)
        known = (
            exact.setdefault(form, name.meaning) if name.exact else insensitive.setdefault(key, (form, name.meaning))[1]
        )
        if known.code != name.meaning.code and (name.exact or key not in settled):
            raise ValueError(f"{lang}: {form!r} is a form of both {known.code} and {name.meaning.code}")
    followed = [(name, _Meaning(code, "name", capital=True)) for code, name in _titled_names(lang)]
    titles = [title for title in names if isinstance(title, str)]
    joined = [(ru_phrase_forms(title) if lang == "ru" else (title,), followed) for title in titles]
    return insensitive.values(), exact.items(), joined


def _cased_name(name: str, lang: Lang) -> tuple[str, ...]:
    if lang == "en":
        return (name,)
    if lang == "az":
        cased = az_case_forms(name)
        if " " in name and name[-1] in "ıiuü":
            cased += az_case_forms(name, possessed=True)
        # İ is often typed as I, which Azerbaijani lower-cases to another letter.
        return cased + tuple(f"I{form[1:]}" for form in cased if form[0] == "İ")
    declension: Declension | None = table("countries_hand")["ru"]["declension"].get(name)
    return ru_phrase_forms(name, declension=declension)


# --- Built once ----------------------------------------------------------------------------------


@cache
def _matcher(lang: Lang) -> Matcher[_Meaning]:
    names: list[tuple[str, _Name | str]] = [(name.name, name) for name in _names(lang)]
    names += [(title, title) for title in _titles(lang)]
    return NameMatcher(names, lang, partial(_forms, lang))


@cache
def _language_words(lang: Lang) -> frozenset[str]:
    return frozenset(table("countries_hand")["languages"][lang])


def _next_word(text: str, start: int) -> str:
    """Return the word after the blank at ``start``, empty when none is there."""
    if text[start : start + 1] != " ":
        return ""
    start += 1
    end = start
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end].lower()


@cache
def _english_names() -> dict[str, str]:
    names = {code: spellings[0] for code, spellings in table("countries_hand")["en"]["names"].items()}
    names |= {code: spellings[0] for code, spellings in table("countries")["en"].items()}
    names |= table("countries_hand")["english"]
    names |= {code: organization["english"] for code, organization in table("organizations").items()}
    return names
