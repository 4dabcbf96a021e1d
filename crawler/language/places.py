"""Towns and venues named in a text, in every case form of the three languages, and whether something happens there.

Names stand in knowledge/places.toml (by hand) and knowledge/towns.toml (GeoNames), in the nominative; the forms are
made by grammar, those of a name when a text first needs them, and matched in one pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, Literal, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.cases import Declension, az_case_forms, az_paradigms, ru_phrase_forms
from crawler.language.matcher import Forms, Match, Matcher, NameMatcher
from crawler.language.text import lower
from crawler.language.words import Words, cut, fold_all

Form = Literal["town", "venue", "seat"]


class PlaceFound(NamedTuple):
    """``words`` is ``text[start:end]``; ``city`` the usual English spelling, ``country`` a code as in countries.

    A venue (Anıtkabir, ADEX) has the town it stands in. A seat (a ministry of defence, a general staff) has neither:
    its town is ``seat_town`` of the state whose it is. ``locative``: the case or preposition means in, at or to.
    ``province`` is the one a town lies in, where the tables tell it and it has another name (Sarikamish: Kars).
    """

    start: int
    end: int
    words: str
    city: str | None
    country: str | None
    form: Form
    locative: bool
    province: str | None = None


class _Meaning(NamedTuple):
    city: str | None
    country: str | None
    form: Form
    locative: bool = False
    """Whether the form alone says in or to, as Azerbaijani cases do."""


class _Name(NamedTuple):
    """A name in the nominative; ``exact`` when it counts only as printed."""

    name: str
    meaning: _Meaning
    exact: bool = False


def find_places(text: str | Words, lang: Lang) -> list[PlaceFound]:
    """Return the towns and venues named in ``text``, in text order, none overlapping another."""
    return _found(_place_matcher(lang), cut(text, lang))


def find_seats(text: str | Words, lang: Lang) -> list[PlaceFound]:
    """Return the institutions named in ``text`` that stand for a state's capital when something happens in them."""
    return _found(_seat_matcher(lang), cut(text, lang))


def seat_town(code: str) -> str | None:
    """Return the town where the ministries of a country stand, mostly its capital; None when it is not known."""
    chosen: str | None = table("places")["seat_towns"].get(code)
    return chosen or next(iter(towns().get(code, ())), None)


def place_forms(lang: Lang) -> Iterator[tuple[str, str | None, Form]]:
    """Yield every form of the towns and venues of a language with its city and kind, for tests and other tables."""
    forms, exact, _ = _place_forms(lang, _names(lang))
    for form, meaning in (*forms, *exact):
        yield form, meaning.city, meaning.form


@cache
def towns() -> dict[str, dict[str, dict[Lang, list[str]]]]:
    """Return the towns by country and usual English spelling, the capital first, with all spellings by language."""
    known: dict[str, dict[str, dict[Lang, list[str]]]] = {}
    for name in ("places", "towns"):
        for country, lines in table(name)["towns"].items():
            for line in lines.strip().splitlines():
                en, az, ru = ([name.strip() for name in part.split(";") if name.strip()] for part in line.split("|"))
                city = en[0].strip("()")
                known.setdefault(country, {})[city] = {"en": en if city == en[0] else en[1:], "az": az, "ru": ru}
    return known


def province_of(city: str | None, country: str | None) -> str | None:
    """Return the province a town lies in, None where the tables do not tell it or it is called like the town."""
    return _provinces().get((country, city))


@cache
def _provinces() -> dict[tuple[str | None, str | None], str]:
    return {
        (country, city.strip()): province
        for country, lines in table("towns")["provinces"].items()
        for province, _, cities in (line.partition(": ") for line in lines.strip().splitlines())
        for city in cities.split(",")
    }


# --- Reading ---------------------------------------------------------------------------------------


def _found(matcher: Matcher[_Meaning], words: Words) -> list[PlaceFound]:
    text, lang = words.text, words.lang
    found: list[PlaceFound] = []
    for match in matcher.find(words):
        meaning = match.value
        if meaning.form == "town" and match.words == lower(match.words, lang):
            continue
        locative = meaning.locative or _is_locative(text, match, lang) or _continues_locative(text, match, found)
        city, country, form = meaning.city, meaning.country, meaning.form
        province = province_of(city, country) if form == "town" else None
        found.append(PlaceFound(match.start, match.end, match.words, city, country, form, locative, province))
    return found


_CONTEXT: Final = 70
"""Characters before a name that its preposition may stand in: "in the Azerbaijani capital, Baku"."""

_BEFORE: Final[dict[Lang, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:in|at|to|into|near|visit|visits|visited|visiting)\s+(?:the\s+)?(?:\d+(?:st|nd|rd|th)\s+)?"
        r"(?:(?:[\w'’-]+\s+){0,3}(?:capital|city|town|district|region|port|exhibition|fair|forum|salon)"
        r"(?:\s+city)?(?:\s+of)?(?:\s+[\w'’]+)?,?\s+)?(?:the\s+)?[\"“«]?$",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:в|во|на|под|близ)\s+"
        r"(?:(?:[\w-]+\s+){0,3}(?:г\.|городе?|столиц[еу]|районе?|сел[ео]|порту?|выставк[еу]|форуме?|салоне?|саммите?)"
        r"\s*(?:[\w-]+\s*)?[,—–-]?\s*)?[\"“«]?$",
        re.IGNORECASE,
    ),
}
_AFTER_AZ: Final = re.compile(
    r"[-'’–](?:da|də|ya|yə|a|ə|dakı|dəki|dadır|dədir)\b"
    r"|(?:[-–\s]\d{2,4})?[\"”»]?\s+(?:şəhəri|rayonu|qəsəbəsi|kəndi|limanı|hava limanı|sərgisi|forumu)"
    r"(?:ndakı|ndəki|nda|ndə|na|nə)\b",
    re.IGNORECASE,
)
_AND: Final = frozenset({" and ", " и "})


def _is_locative(text: str, match: Match[_Meaning], lang: Lang) -> bool:
    if lang == "az":
        return _AFTER_AZ.match(text, match.end) is not None
    return _BEFORE[lang].search(text[max(0, match.start - _CONTEXT) : match.start]) is not None


def _continues_locative(text: str, match: Match[_Meaning], found: list[PlaceFound]) -> bool:
    """Tell whether the name is joined to one with a preposition: "in Tashkent and Samarkand"."""
    return bool(found) and found[-1].locative and text[found[-1].end : match.start] in _AND


# --- The table of forms ------------------------------------------------------------------------------


class _Forms:
    """Forms of one language; the first meaning of a form stays, of another town it is an error."""

    def __init__(self, lang: Lang) -> None:
        self._lang: Final[Lang] = lang
        self._added: Final[list[tuple[str, _Meaning]]] = []

    def add(self, forms: Iterable[str], meaning: _Meaning) -> None:
        """Add forms."""
        self._added.extend((form, meaning) for form in forms)

    def distinct(self) -> list[tuple[str, _Meaning]]:
        """Return each form once with its meaning. Raises ValueError when one stands for two towns."""
        kept: dict[str, tuple[str, _Meaning]] = {}
        folded = fold_all([form for form, _ in self._added], self._lang)
        for (form, meaning), key in zip(self._added, folded, strict=True):
            known = kept.setdefault(key, (form, meaning))[1]
            if (known.city, known.country) != (meaning.city, meaning.country):
                raise ValueError(f"{self._lang}: {form!r} is a form of both {known.city} and {meaning.city}")
        return list(kept.values())


def _names(lang: Lang) -> list[_Name]:
    names = [
        _Name(spelling, _Meaning(city, country, "town"))
        for country, cities in towns().items()
        for city, spelled in cities.items()
        for spelling in _spellings(spelled, lang)
    ]
    for venue in table("places")["venue"]:
        meaning = _Meaning(venue["city"], venue["country"], "venue")
        names += [_Name(name, meaning) for name in venue[lang]]
        names += [_Name(name, meaning, exact=True) for name in venue.get("exact", ())]
    return names


def _place_forms(lang: Lang, names: list[_Name]) -> Forms[_Meaning]:
    forms = _Forms(lang)
    for name, meaning, exact in names:
        if not exact:
            _add(forms, [name], meaning, lang)
    return forms.distinct(), [(name, meaning) for name, meaning, exact in names if exact], ()


def _spellings(names: dict[Lang, list[str]], lang: Lang) -> list[str]:
    if lang != "en":
        return names[lang]
    plain = [_without_diacritics(name) for name in names["en"] if not name.isascii()]
    return [*names["en"], *(name for name in plain if name not in table("places")["excluded"]["en"])]


def _without_diacritics(name: str) -> str:
    stripped = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    return stripped.replace("ı", "i")


def _add(forms: _Forms, names: Iterable[str], meaning: _Meaning, lang: Lang) -> None:
    for name in names:
        if lang == "az":
            _add_azerbaijani(forms, name, meaning)
        elif lang == "ru":
            declension: Declension | None = table("places")["declension"].get(name)
            cased = ru_phrase_forms(name, declension=declension)
            forms.add([*cased, *table("places")["other_forms"].get(name, ())], meaning)
            if cased.instrumental.endswith(("жей", "шей", "чей")):
                # With the stress on the ending: Гянджой, Шушой.
                forms.add([f"{cased.instrumental[:-2]}ой"], meaning)
        else:
            forms.add([name], meaning)


def _add_azerbaijani(forms: _Forms, name: str, meaning: _Meaning) -> None:
    paradigms = az_paradigms(name)
    if (" " in name or meaning.form == "seat") and name[-1] in "ıiuü":
        paradigms = (*az_paradigms(name, possessed=True), *paradigms)
    forms.add([name], meaning)
    there = meaning._replace(locative=True)
    for paradigm in paradigms:
        forms.add(
            _typed((paradigm.dative, paradigm.locative, paradigm.attributive, paradigm.locative_predicate)), there
        )
    for possessed in (False, True) if len(paradigms) > 1 else (False,):
        forms.add(_typed(az_case_forms(name, possessed=possessed)), meaning)


def _typed(forms: Iterable[str]) -> Iterator[str]:
    # İ is often typed as I, which Azerbaijani lower-cases to another letter.
    for form in forms:
        yield form
        if form[0] == "İ":
            yield f"I{form[1:]}"


@cache
def _place_matcher(lang: Lang) -> Matcher[_Meaning]:
    names = _names(lang)
    return NameMatcher(((name.name, name) for name in names), lang, lambda opened: _place_forms(lang, opened))


@cache
def _seat_matcher(lang: Lang) -> Matcher[_Meaning]:
    forms = _Forms(lang)
    _add(forms, table("places")["seats"][lang], _Meaning(None, None, "seat"), lang)
    return Matcher(forms.distinct(), lang)
