from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language.countries import country_codes
from crawler.language.institutions import Institution, find_institutions, institution_forms, institutions
from crawler.language.places import towns
from crawler.language.text import lower


def found(text: str, lang: Lang) -> list[tuple[str, str]]:
    return [(name.institution.kind, name.institution.state) for name in find_institutions(text, lang)]


@pytest.mark.parametrize("lang", LANGS)
def test_every_form_of_a_name_gives_its_institution_back(lang: Lang) -> None:
    for form, institution in institution_forms(lang):
        (name,) = find_institutions(f"({form}).", lang)
        assert (name.institution, name.words) == (institution, form)


@pytest.mark.parametrize("lang", LANGS)
def test_a_name_stands_for_one_institution(lang: Lang) -> None:
    meant: dict[str, set[Institution]] = defaultdict(set)
    for form, institution in institution_forms(lang):
        meant[form if form.isupper() else lower(form, lang)].add(institution)
    assert not {form for form, several in meant.items() if len(several) > 1}


def test_lines_are_whole() -> None:
    everywhere = {town for cities in towns().values() for town in cities}
    kinds = table("institutions")["kinds"]
    assert set(table("institutions")["institutions"]) <= country_codes()
    for institution, names, abbreviations in institutions():
        assert institution.kind in kinds
        assert institution.town in everywhere, institution
        assert any(names.values()) or abbreviations, institution
        assert all(name.isupper() for name in abbreviations), abbreviations


def test_the_neighbours_institutions_are_known() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for institution, _, _ in institutions():
        kinds[institution.state].add(institution.kind)
    assert {"defence_ministry", "general_staff", "armed_forces", "border_service", "interior_ministry"} <= kinds["AZ"]
    assert {"defence_ministry", "general_staff", "armed_forces", "guard", "defence_agency", "university"} <= kinds["TR"]
    assert {"general_staff", "armed_forces", "security_service", "parliament", "presidency"} <= kinds["RU"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Pentagon chief; the Knesset's speaker", [("defence_ministry", "US"), ("parliament", "IL")]),
        ("en", "an IRGC delegation at the Genelkurmay", [("guard", "IR"), ("general_staff", "TR")]),
        ("en", "officers of the Bundeswehr and the Turkish Armed Forces", [("armed_forces", "DE"), ("armed_forces", "TR")]),
        ("en", "the Ministry of Defence and the General Staff", []),
        ("en", "a hit at the msb; the kremlin of a town", []),
        ("az", "DSX-nin rəisi, DİN-də, MN-dən bildirilib", [
            ("border_service", "AZ"), ("interior_ministry", "AZ"), ("defence_ministry", "AZ"),
        ]),
        ("az", "Milli Savunma Bakanlığının, TSK-nın, Pentaqonda, Bundestaqın", [
            ("defence_ministry", "TR"), ("armed_forces", "TR"), ("defence_ministry", "US"), ("parliament", "DE"),
        ]),
        ("az", "Ağ Evdə, ağ evdə", [("presidency", "US")]),
        ("az", "Müdafiə Nazirliyində", []),
        ("ru", "ГПС и СБУ, начальник ГШ ВС РФ, в Кнессете", [
            ("border_service", "AZ"), ("security_service", "UA"), ("general_staff", "RU"), ("parliament", "IL"),
        ]),
        ("ru", "в Пентагоне, с Рособоронэкспортом, КСИР", [
            ("defence_ministry", "US"), ("defence_company", "RU"), ("guard", "IR"),
        ]),
        ("ru", "в Министерстве обороны", []),
    ],
)  # fmt: skip
def test_names_tell_the_state(lang: Lang, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, lang) == expected


@settings(max_examples=60)
@given(st.text(alphabet="DSXPentagоГПСк -'’.", max_size=80), st.sampled_from(LANGS))
def test_offsets_are_true(text: str, lang: Lang) -> None:
    for name in find_institutions(text, lang):
        assert text[name.start : name.end] == name.words
