from collections import defaultdict
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language.countries import country_codes
from crawler.language.places import find_places, find_seats, place_forms, seat_town


@cache
def forms_by_city(lang: Lang) -> dict[str | None, list[tuple[str, str]]]:
    forms: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for form, city, kind in place_forms(lang):
        forms[city].append((form, kind))
    return forms


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("country", sorted(table("places")["towns"]))
def test_every_form_of_a_town_gives_it_back(country: str, lang: Lang) -> None:
    for city in table("places")["towns"][country]:
        for form, kind in forms_by_city(lang)[city]:
            (found,) = find_places(f"({form})", lang)
            assert (found.city, found.form, found.words) == (city, kind, form)


def test_tables_agree() -> None:
    towns = table("places")["towns"]
    assert set(towns) <= country_codes()
    for venue in table("places")["venue"]:
        assert venue["city"] in towns[venue["country"]]
    for code, city in table("places")["seat_towns"].items():
        assert city in towns[code]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "met in Baku", [("Baku", True)]),
        ("en", "flew to Tel Aviv", [("Tel Aviv", True)]),
        ("en", "Baku and Tashkent have a plan", [("Baku", False), ("Tashkent", False)]),
        ("en", "in Tashkent and Samarkand", [("Tashkent", True), ("Samarkand", True)]),
        ("en", "in the Azerbaijani capital, Baku", [("Baku", True)]),
        ("en", "in the city of Ganja", [("Ganja", True)]),
        ("en", "BAKU, Azerbaijan, May 6.", [("Baku", False)]),
        ("en", "at the IDEF-2025 fair in İstanbul", [("Istanbul", True), ("Istanbul", True)]),
        ("en", "at the 17th IDEF", [("Istanbul", True)]),
        ("en", "wreaths at the Alley of Martyrs", [("Baku", True)]),
        ("en", "St. Petersburg’s port", [("Saint Petersburg", False)]),
        ("en", "he had a nice male voice", []),
        ("az", "Bakıda, Bakıya, Bakıdan, Bakının", [("Baku", True), ("Baku", True), ("Baku", False), ("Baku", False)]),
        ("az", "Gəncə şəhərində", [("Ganja", True)]),
        ("az", "Zəngilan rayonuna", [("Zangilan", True)]),
        ("az", "Nyu-Yorkda", [("New York", True)]),
        ("az", "“ADEX-2026” sərgisində", [("Baku", True)]),
        ("az", "Şəhidlər xiyabanını, Fəxri xiyabana", [("Baku", False), ("Baku", True)]),
        ("az", "İSTANBULDA, Istanbulda", [("Istanbul", True), ("Istanbul", True)]),
        ("az", "Əbu-Dabidəki sərgi", [("Abu Dhabi", True)]),
        ("az", "Daşkənddədir", [("Tashkent", True)]),
        ("ru", "в Баку", [("Baku", True)]),
        ("ru", "из Анкары", [("Ankara", False)]),
        ("ru", "в Ташкент, в Ташкенте и Самарканде", [("Tashkent", True), ("Tashkent", True), ("Samarkand", True)]),
        ("ru", "в столице Азербайджана Баку", [("Baku", True)]),
        ("ru", "в городе Гянджа", [("Ganja", True)]),
        ("ru", "во Франкфурте", [("Frankfurt", True)]),
        ("ru", "на Аллее шехидов", [("Baku", True)]),
        ("ru", "на Аллею почётного захоронения", [("Baku", True)]),
        ("ru", "на выставке «ADEX»", [("Baku", True)]),
        ("ru", "в Баку Экспо Центре", [("Baku", True)]),
        ("ru", "Нахчываном, Нахичевани", [("Nakhchivan", False), ("Nakhchivan", False)]),
        ("ru", "в Алматы, в Грозном", [("Almaty", True), ("Grozny", True)]),
        ("ru", "сильный рим", []),
    ],
)
def test_towns_and_venues(lang: Lang, text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(found.city, found.locative) for found in find_places(text, lang)] == expected


@pytest.mark.parametrize(
    ("lang", "text", "locative"),
    [
        ("en", "a ceremony was held at the Ministry of Defense", True),
        ("en", "the Defence Ministry said", False),
        ("az", "Müdafiə Nazirliyində", True),
        ("az", "Müdafiə Nazirliyinin", False),
        ("ru", "в Министерстве обороны", True),
        ("ru", "сообщили из Минобороны", False),
    ],
)
def test_seats(lang: Lang, text: str, locative: bool) -> None:
    (found,) = find_seats(text, lang)
    assert (found.city, found.form, found.locative) == (None, "seat", locative)


def test_seat_towns() -> None:
    assert [seat_town(code) for code in ("AZ", "TR", "IL", "UZ", "XX")] == [
        "Baku",
        "Ankara",
        "Tel Aviv",
        "Tashkent",
        None,
    ]


def test_most_states_have_a_town() -> None:
    assert sum(seat_town(code) is not None for code in country_codes()) >= 190


@settings(max_examples=60)
@given(st.text(alphabet="BakıdaвБуу -'’«\"inthe cityof.", max_size=120), st.sampled_from(LANGS))
def test_offsets_are_true(text: str, lang: Lang) -> None:
    for found in find_places(text, lang):
        assert text[found.start : found.end] == found.words
