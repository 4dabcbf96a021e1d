"""Countries and organizations of states named in a text, in every case form of the three languages.

The names stand in knowledge/countries.toml (CLDR), countries_hand.toml and organizations.toml, in the nominative; the
forms are made here by grammar (crawler.language.cases) and matched in one pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, Literal, NamedTuple

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
from crawler.language.matcher import Matcher
from crawler.language.text import lower
from crawler.language.words import Words, cut, fold_all, fold_words

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
    forms = _forms(lang)
    for form, meaning in (*forms.insensitive.values(), *forms.exact.items()):
        if meaning.code:
            yield form, meaning.code, meaning.form


# --- The table of forms --------------------------------------------------------------------------


class _Forms:
    """Forms of one language; the first meaning of a form stays, and two countries may share one only if so listed."""

    def __init__(self, lang: Lang) -> None:
        self.insensitive: Final[dict[str, tuple[str, _Meaning]]] = {}
        self.exact: Final[dict[str, _Meaning]] = {}
        self._lang: Final[Lang] = lang
        self._settled: Final[set[str]] = set()
        self._excluded: Final = frozenset(fold_all(table("countries_hand")["excluded"][lang], lang))
        self._waiting: Final[list[tuple[str, _Meaning, bool]]] = []

    def add(self, forms: Iterable[str], meaning: _Meaning, *, settled: bool = False) -> None:
        """Add forms; ``settled`` ones keep their meaning against every later one."""
        self._waiting.extend((form, meaning, settled) for form in forms)

    def enter(self) -> None:
        """Enter what was added into the table. Raises ValueError on a clash."""
        folded = fold_all([form for form, _, _ in self._waiting], self._lang)
        for (form, meaning, settled), key in zip(self._waiting, folded, strict=True):
            if key in self._excluded:
                continue
            if settled:
                self._settled.add(key)
            known = self.insensitive.setdefault(key, (form, meaning))[1]
            if known.code != meaning.code and key not in self._settled:
                raise ValueError(f"{self._lang}: {form!r} is a form of both {known.code} and {meaning.code}")
        self._waiting.clear()

    def add_exact(self, forms: Iterable[str], meaning: _Meaning) -> None:
        """Add forms that count only as printed. Raises ValueError when one already has another meaning."""
        for form in forms:
            known = self.exact.setdefault(form, meaning)
            if known.code != meaning.code:
                raise ValueError(f"{self._lang}: {form!r} is an abbreviation of both {known.code} and {meaning.code}")

    def code_of(self, form: str) -> str | None:
        """Return the code the form, entered before, stands for, None when it is not in the table."""
        known = self.insensitive.get(fold_words(form, self._lang))
        return known[1].code if known else None


def _forms(lang: Lang) -> _Forms:
    forms = _Forms(lang)
    hand: dict[str, dict[str, Any]] = table("countries_hand")[lang]
    for phrase in table("countries_hand")["blocked"][lang]:
        forms.add(_cased_name(phrase, lang), _NO_COUNTRY, settled=True)
    _add_ambiguous(forms, lang)
    names = {
        code: [*hand["names"].get(code, ()), *table("countries")[lang].get(code, ())]
        for code in sorted(country_codes())
    }
    for code, spellings in names.items():
        for name in spellings:
            if name.isupper():
                forms.add_exact([name], _Meaning(code, "abbreviation", capital=False))
            else:
                forms.add(_cased_name(name, lang), _Meaning(code, "name", capital=True))
    for code, abbreviations in hand["abbreviations"].items():
        forms.add_exact(abbreviations, _Meaning(code, "abbreviation", capital=False))
    _ADD_DERIVED[lang](forms, hand)
    _add_titles(forms, names, lang)
    for code, parts in hand.get("compounds", {}).items():
        forms.add([f"{part}-" for part in parts], _Meaning(code, "adjective", capital=lang == "en"))
    for code, organization in table("organizations").items():
        meaning = _Meaning(code, "organization", capital=False)
        for name in organization[lang]:
            forms.add(_cased_name(name, lang), meaning)
        for adjective in organization.get("adjectives", {}).get(lang, ()):
            forms.add(ru_adjective_forms(adjective), meaning)
        forms.add_exact(organization["abbreviations"][lang], meaning)
    forms.enter()
    return forms


def _add_ambiguous(forms: _Forms, lang: Lang) -> None:
    adjectives = {adjective for group in table("countries_hand")[lang]["adjectives"].values() for adjective in group}
    for name, code in table("countries_hand")["ambiguous"][lang].items():
        if name in adjectives or (lang == "en" and name.removesuffix("s") in adjectives):
            cased = ru_adjective_forms(name) if lang == "ru" else (name,)
            forms.add(cased, _Meaning(code, "adjective", capital=lang == "en"), settled=True)
        else:
            forms.add(_cased_name(name, lang), _Meaning(code, "name", capital=True), settled=True)


def _add_english(forms: _Forms, hand: dict[str, dict[str, Any]]) -> None:
    for code, adjectives in hand["adjectives"].items():
        forms.add(adjectives, _Meaning(code, "adjective", capital=True))
        plurals = [f"{adjective}s" for adjective in adjectives if adjective.endswith(("n", "i", "er", "ot"))]
        forms.add(plurals, _Meaning(code, "demonym", capital=True))
    for code, demonyms in hand["demonyms"].items():
        forms.add(demonyms, _Meaning(code, "demonym", capital=True))


def _add_azerbaijani(forms: _Forms, hand: dict[str, dict[str, Any]]) -> None:
    for code, adjectives in hand["adjectives"].items():
        for adjective in adjectives:
            forms.add([adjective], _Meaning(code, "adjective", capital=False))
            forms.add(_az_people(adjective), _Meaning(code, "demonym", capital=False))
    for code, adjectives in hand["lower_case_adjectives"].items():
        for adjective in adjectives:
            forms.add_exact([adjective], _Meaning(code, "adjective", capital=False))
            forms.add_exact(_az_people(adjective)[1:], _Meaning(code, "demonym", capital=False))
    for code, demonyms in hand["demonyms"].items():
        for demonym in demonyms:
            forms.add(_az_people(demonym), _Meaning(code, "demonym", capital=False))
    for code in sorted(country_codes()):
        for name in (*hand["names"].get(code, ()), *table("countries")["az"].get(code, ())):
            if " " not in name:
                forms.add(_az_people(az_belonging(name)), _Meaning(code, "demonym", capital=False))


def _az_people(demonym: str) -> tuple[str, ...]:
    return (*az_case_forms(demonym), *az_case_forms(az_plural(demonym)))


def _add_russian(forms: _Forms, hand: dict[str, dict[str, Any]]) -> None:
    for code, adjectives in hand["adjectives"].items():
        meaning = _Meaning(code, "adjective", capital=False)
        for adjective in adjectives:
            forms.add(ru_adjective_forms(adjective), meaning)
            forms.add([f"{adjective[:-2]}о-"], meaning)
            feminine = f"{adjective[:1].upper()}{adjective[1:-2]}ая Республика"
            forms.add(ru_phrase_forms(feminine), _Meaning(code, "name", capital=True))
    for code, others in hand["other_forms"].items():
        forms.add(others, _Meaning(code, "name", capital=True))
    irregular: dict[str, list[str]] = hand["irregular"]
    for code, demonyms in hand["demonyms"].items():
        for demonym in demonyms:
            forms.add(irregular.get(demonym) or _ru_people(demonym), _Meaning(code, "demonym", capital=False))


def _ru_people(demonym: str) -> tuple[str, ...]:
    singular = ru_case_forms(demonym, animate=True)
    if demonym.endswith("ин") and demonym.endswith(("янин", "анин")):
        # Россиянин: россияне, россиян, россиянам.
        stem = demonym[:-2]
        return (*singular, f"{stem}е", stem, f"{stem}ам", f"{stem}ами", f"{stem}ах")
    if demonym == "болгарин":
        stem = demonym[:-2]
        return (*singular, f"{stem}ы", stem, f"{stem}ам", f"{stem}ами", f"{stem}ах")
    return (*singular, *ru_case_forms(ru_plural(demonym), declension="plural", animate=True))


_ADD_DERIVED: Final = {"en": _add_english, "az": _add_azerbaijani, "ru": _add_russian}


def _add_titles(forms: _Forms, names: dict[str, list[str]], lang: Lang) -> None:
    """Add the official names made of a title and a name, "Republic of Poland", unless a country already has them."""
    forms.enter()
    titled = _titled(lang)
    for code, spellings in names.items():
        meaning = _Meaning(code, "name", capital=True)
        for name in spellings:
            if " " not in name and code == forms.code_of(name):
                forms.add((title.format(name) for title in titled), meaning)


def _titled(lang: Lang) -> list[str]:
    """Return every form of an official name, with braces for the name itself."""
    if lang == "en":
        return [f"{title} {{}}" for title in _EN_TITLES]
    if lang == "ru":
        return [f"{case} {{}}" for title in _RU_TITLES for case in ru_phrase_forms(title)]
    return [f"{{}} {form}" for title in _AZ_TITLES for form in az_case_forms(title, possessed=True)]


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
    forms = _forms(lang)
    return Matcher(forms.insensitive.values(), lang, exact=forms.exact.items())


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
