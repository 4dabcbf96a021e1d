"""Who held which office when: the table of office holders, and how it is asked."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language.countries import country_codes
from crawler.mentions.registry import find_known, holders, known_persons
from tests.mentions.articles import read

CHECKED = table("persons")["checked"]
LEADERSHIP = ("minister_of_defence", "chief_of_general_staff", "president", "prime_minister")
SEVERAL_AT_ONCE = {("AE", "minister_of_defence"), ("PK", "chief_of_general_staff"), ("UA", "chief_of_general_staff")}
"""A minister of state beside the minister; a chairman of the joint chiefs, commanders-in-chief beside the army's chief."""


def names(country: str, post: str, day: date) -> list[str]:
    return [person.names["en"] for person in holders(country, post, day)]


@pytest.mark.parametrize(
    ("country", "post", "day", "expected"),
    [
        ("AZ", "minister_of_defence", date(2012, 5, 1), ["Safar Abiyev"]),
        ("AZ", "minister_of_defence", date(2013, 12, 1), ["Safar Abiyev", "Zakir Hasanov"]),
        ("AZ", "minister_of_defence", date(2026, 2, 1), ["Zakir Hasanov"]),
        ("AZ", "chief_of_general_staff", date(2015, 1, 1), ["Najmaddin Sadigov"]),
        ("TR", "minister_of_defence", date(2020, 6, 1), ["Hulusi Akar"]),
        ("TR", "chief_of_general_staff", date(2017, 6, 1), ["Hulusi Akar"]),
        ("IL", "minister_of_defence", date(2012, 6, 1), ["Ehud Barak"]),
        ("AZ", "commander_of_special_forces", date(2012, 6, 1), []),
        ("ZZ", "minister_of_defence", date(2012, 6, 1), []),
    ],
)
def test_who_held_an_office_on_a_day(country: str, post: str, day: date, expected: list[str]) -> None:
    assert names(country, post, day) == expected


def test_a_person_may_hold_several_offices_in_turn() -> None:
    person = find_known("Hulusi Akar", "en")
    assert person is not None
    assert person.post == "minister_of_defence"
    assert person.post_on(None) == "minister_of_defence"
    assert person.post_on(date(2014, 3, 1)) == "commander_of_land_forces"
    assert person.post_on(date(2016, 3, 1)) == "chief_of_general_staff"
    assert person.post_on(date(2021, 3, 1)) == "minister_of_defence"
    assert person.post_on(date(2024, 3, 1)) is None


def test_a_post_whose_years_are_not_known_is_the_usual_one_on_any_day() -> None:
    person = find_known("Subhan Bekirov", "en")
    assert person is not None
    assert person.post_on(date(2020, 3, 1)) == "commander_of_navy"


@pytest.mark.parametrize(
    ("year", "post"), [(2016, "chief_of_general_staff"), (2021, "minister_of_defence"), (2024, None)]
)
def test_an_office_is_read_where_the_text_names_none(year: int, post: str | None) -> None:
    text = f"Hulusi Akar of Türkiye met in Baku on March 1, {year} with Azerbaijan's Defence Minister Zakir Hasanov."
    (mention,) = read("en", text, published=date(year, 3, 2)).mentions
    assert {person.name: person.post for person in mention.people}["Hulusi Akar"] == post


@pytest.mark.parametrize("post", ["minister_of_defence", "chief_of_general_staff"])
@pytest.mark.parametrize("year", range(1993, CHECKED + 2))
def test_the_defence_leadership_at_home_is_complete(post: str, year: int) -> None:
    assert holders("AZ", post, date(year, 12, 31))


@pytest.mark.parametrize(
    "country", ["TR", "RU", "GE", "IR", "KZ", "TM", "TJ", "BY", "UA", "PK", "IL", "US", "GB", "IT"]
)
@pytest.mark.parametrize("year", range(2013, CHECKED + 1))
def test_no_year_of_a_partners_minister_is_missing(country: str, year: int) -> None:
    assert holders(country, "minister_of_defence", date(year, 7, 1))


def test_years_are_plausible() -> None:
    for person in known_persons():
        for term in person.terms:
            if term.since is not None:
                assert 1960 < term.since <= (term.until or CHECKED) <= CHECKED, person
            else:
                assert term.until is None, person


@pytest.mark.parametrize("post", LEADERSHIP)
def test_two_hold_one_office_only_in_a_year_of_change(post: str) -> None:
    for country in table("persons")["office_holders"]:
        terms = [
            (term.since, term.until or 9999, person.names["en"])
            for person in known_persons()
            for term in person.terms
            if person.country == country and term.post == post and term.since
        ]
        for (since, until, one), (other_since, other_until, other) in combinations(terms, 2):
            shared = min(until, other_until) - max(since, other_since)
            assert shared <= 0 or (country, post) in SEVERAL_AT_ONCE or one == other, (country, one, other)


def test_lines_are_whole() -> None:
    sources = {"", "Wikidata", "press", "Wikidata, press"}
    organizations = {"NATO", "CSTO"}
    assert set(table("persons")["office_holders"]) <= country_codes() | organizations
    for lines in table("persons")["office_holders"].values():
        english = []
        for line in lines.strip().splitlines():
            fields = [field.strip() for field in line.split("|")]
            source = fields[5] if len(fields) == 6 else ""
            assert 4 <= len(fields) <= 6
            assert source in sources
            assert bool(source) == any(letter.isdigit() for letter in fields[3]), line
            english.append(fields[0])
        assert len(english) == len(set(english))


@pytest.mark.parametrize("lang", LANGS)
def test_everybody_is_found_by_his_own_name(lang: Lang) -> None:
    for person in known_persons():
        name, its_lang = person.spelling(lang)
        found = find_known(name, its_lang)
        assert found is not None
        assert found.names[its_lang] == name


@pytest.mark.parametrize(
    ("name", "lang", "expected"),
    [
        ("Yashar Guler", "en", "Yasar Guler"),
        ("Шукри Бажылдыз", "ru", None),
        ("Роберта Пинотти", "ru", "Roberta Pinotti"),
        ("Daniel Petresku", "az", "Daniel Petrescu"),
        ("Пьетер Де Крем", "ru", "Pieter De Crem"),
        ("Си Цзиньпин", "ru", "Xi Jinping"),
        ("Ху Цзиньтао", "ru", "Hu Jintao"),
        ("Hasanov", "en", None),
    ],
)
def test_other_spellings(name: str, lang: Lang, expected: str | None) -> None:
    found = find_known(name, lang)
    assert (found.names["en"] if found else None) == expected
