from collections import defaultdict
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language.countries import country_codes
from crawler.language.matcher import Forms, Matcher, NameMatcher
from crawler.language.places import find_places, find_seats, place_forms, province_of, seat_town, towns
from crawler.language.text import lower
from tests.language.paradigms import noun_forms


@cache
def forms_by_city(lang: Lang) -> dict[str | None, list[tuple[str, str]]]:
    forms: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for form, city, kind in place_forms(lang):
        forms[city].append((form, kind))
    return forms


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("country", sorted(towns()))
def test_every_form_of_a_town_gives_it_back(country: str, lang: Lang) -> None:
    for city in towns()[country]:
        for form, kind in forms_by_city(lang)[city]:
            (found,) = find_places(f"({form})", lang)
            assert (found.city, found.form, found.words) == (city, kind, form)


def test_tables_agree() -> None:
    assert set(table("towns")["towns"]) <= set(table("places")["towns"]) <= country_codes()
    for venue in table("places")["venue"]:
        assert venue["city"] in towns()[venue["country"]]
    for code, city in table("places")["seat_towns"].items():
        assert city in towns()[code]


@pytest.mark.parametrize("name", ["places", "towns"])
def test_each_town_stands_once_with_a_spelling(name: str) -> None:
    for country, lines in table(name)["towns"].items():
        rows = [line.partition("|")[0].partition(";")[0].strip() for line in lines.strip().splitlines()]
        assert len(rows) == len(set(rows)), country
        if name == "towns":
            assert not {row.strip("()") for row in rows} & set(table("places")["towns"][country].splitlines())


def test_provinces_are_those_of_known_towns() -> None:
    for country, lines in table("towns")["provinces"].items():
        for line in lines.strip().splitlines():
            province, cities = line.split(": ")
            for city in cities.split(", "):
                assert city in towns()[country]
                assert province_of(city, country) == province != city


NOT_THE_TOWN = {"Адапазары", "Брисбен", "Дили", "Лахор", "Лодзь", "Тэджон", "Черновцы"}
"""The dictionary declines a word of the same letters (диль), or as nobody does (Лахра, Лодзя)."""


@pytest.mark.parametrize("country", sorted(towns()))
def test_russian_names_have_all_their_cases(country: str) -> None:
    for city, spelled in towns()[country].items():
        forms = {lower(form, "ru").replace("ё", "е") for form, _ in forms_by_city("ru")[city]}
        for name in set(spelled["ru"]) - NOT_THE_TOWN:
            if paradigms := noun_forms(name, place=True):
                assert any(paradigm <= forms for paradigm in paradigms), (name, paradigms[0] - forms)


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
        (
            "en",
            "in İskenderun and Çorum; at Incirlik; in Split",
            [("Iskenderun", True), ("Corum", True), ("Incirlik", True)],
        ),
        ("az", "Zəncanda, Karakola, Gölcükdən", [("Zanjan", True), ("Golcuk", False)]),
        (
            "ru",
            "в Твери и Перми, под Одессой, из Инджирлика",
            [("Tver", True), ("Perm", True), ("Odesa", True), ("Incirlik", False)],
        ),
    ],
)
def test_towns_and_venues(lang: Lang, text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(found.city, found.locative) for found in find_places(text, lang)] == expected


def test_a_town_lies_in_its_province() -> None:
    (found,) = find_places("müşahidəçilər Sarıqamışda", "az")
    assert (found.city, found.country, found.province) == ("Sarikamish", "TR", "Kars")
    (found,) = find_places("in Kars", "en")
    assert found.province is None


def test_forms_are_made_when_a_text_needs_them() -> None:
    """So that the first article of a language does not wait for thousands of forms that it does not name."""
    made: list[str] = []

    def forms(names: list[str]) -> Forms[str]:
        made.extend(names)
        typed = [(spelling, name) for name in names for spelling in {name, name.replace("İ", "I")}]
        return [(f"{spelling}{ending}", name) for spelling, name in typed for ending in ("", "a")], [], []

    names = ["Tomsk", "İzmir", "Ankara", "Samara"]
    matcher: Matcher[str] = NameMatcher(((name, name) for name in names), "az", forms)
    assert [match.value for match in matcher.find("Tomska")] == ["Tomsk"]
    assert made == ["Tomsk"]
    assert [match.value for match in matcher.find("Izmira, İzmira, Tomsk")] == ["İzmir"] * 2 + ["Tomsk"]
    assert "Ankara" not in made


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
