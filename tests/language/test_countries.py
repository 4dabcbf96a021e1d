from collections import defaultdict
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language.countries import country_codes, country_forms, country_name, find_countries, is_organization
from crawler.language.text import lower
from tests.language.paradigms import adjective_forms, noun_forms
from tools import build_countries


def codes(text: str, lang: Lang) -> list[str]:
    return [found.code for found in find_countries(text, lang)]


@cache
def forms_by_code(lang: Lang) -> dict[str, list[tuple[str, str]]]:
    forms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for form, code, kind in country_forms(lang):
        forms[code].append((form, kind))
    return forms


NO_NAME_OF_ITS_OWN = {("ru", "BQ"), ("ru", "VG")}
"""CLDR lists the islands of one and calls the other as it calls VI."""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", sorted(country_codes() | set(table("organizations"))))
def test_every_form_gives_its_code_back(code: str, lang: Lang) -> None:
    forms = forms_by_code(lang)[code]
    assert forms or (lang, code) in NO_NAME_OF_ITS_OWN
    for form, kind in forms:
        text = f"x {form}y" if form.endswith("-") else f"({form})."
        (found,) = find_countries(text, lang)
        assert (found.code, found.form, found.words) == (code, kind, form.rstrip("-"))
        assert text[found.start : found.end] == found.words


def test_all_of_iso_3166_is_there() -> None:
    assert len({code for code in country_codes() if len(code) == 2}) > 240
    assert {"XK", "TRNC", "PS", "TW", "AZ"} <= country_codes()


# --- Nothing is missing ------------------------------------------------------------------------------


def test_the_table_is_what_cldr_says() -> None:
    assert build_countries.TARGET.read_text("utf-8") == build_countries.made()


@pytest.mark.parametrize("lang", LANGS)
def test_every_country_of_cldr_is_found_by_its_name(lang: Lang) -> None:
    shared = table("countries_hand")["ambiguous"][lang]
    left_out = table("countries_hand")["excluded"][lang]
    for code, name in build_countries.countries_of(lang).items():
        for spelling in build_countries.spelled(name, lang):
            if (lang, code) not in NO_NAME_OF_ITS_OWN and spelling not in left_out:
                assert codes(f"({spelling})", lang) == [shared.get(spelling, code)]


TERRITORIES = (
    "AI AS AW AX BL BM BQ CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK IM IO JE KY MF MO MP MQ MS NC NF NU PF PM PN PR "
    "RE SH SJ SX TC TK VA VG VI WF YT"
)
"""Lands that have no army, government abroad or delegation of their own in defence news."""
SAID_OTHERWISE = {
    "en": {"CG", "DM"},
    "ru": {"CG", "DM", "KN", "MH", "SB"},
    "az": {"AG", "CG", "KN", "MH", "PG", "SB", "ST", "VC"},
}
"""What is derived from the name stands for another country (Congolese: CD, Dominican: DO), or nobody writes it."""


@pytest.mark.parametrize("lang", LANGS)
def test_every_state_has_an_adjective_or_a_people(lang: Lang) -> None:
    derived = {
        code
        for code, forms in forms_by_code(lang).items()
        if any(kind in {"adjective", "demonym"} for _, kind in forms)
    }
    assert country_codes() - set(TERRITORIES.split()) - derived == SAID_OTHERWISE[lang]


@cache
def forms_in(lang: Lang) -> set[str]:
    return {lower(form, lang).replace("ё", "е") for form, _, _ in country_forms(lang)}


@pytest.mark.parametrize("code", sorted(country_codes()))
def test_russian_names_have_all_their_cases(code: str) -> None:
    forms = forms_in("ru")
    hand = table("countries_hand")
    names = [*hand["ru"]["names"].get(code, ()), *table("countries")["ru"].get(code, ())]
    for name in names:
        if name not in hand["excluded"]["ru"] and (paradigms := noun_forms(name)):
            assert any(paradigm <= forms for paradigm in paradigms), (name, paradigms[0] - forms)
    for adjective in hand["ru"]["adjectives"].get(code, ()):
        assert adjective_forms(adjective) <= forms, adjective
    for demonym in hand["ru"]["demonyms"].get(code, ()):
        if paradigms := noun_forms(demonym, plural=True):
            assert any(paradigm <= forms for paradigm in paradigms), (demonym, paradigms[0] - forms)


AZ_ENDINGS = {
    "İran": "İranın İrana İranı İranda İrandan İranla İrandakı İrandır",
    "Çin": "Çinin Çinə Çini Çində Çindən Çinlə Çindəki Çindir",
    "Oman": "Omanın Omana Omanı Omanda Omandan Omanla Omandakı Omandır",
    "Ürdün": "Ürdünün Ürdünə Ürdünü Ürdündə Ürdündən Ürdünlə Ürdündəki Ürdündür",
    "İordaniya": "İordaniyanın İordaniyaya İordaniyanı İordaniyada İordaniyadan İordaniyayla İordaniyadakı",
    "Türkiyə": "Türkiyənin Türkiyəyə Türkiyəni Türkiyədə Türkiyədən Türkiyəylə Türkiyədəki Türkiyədir",
    "Peru": "Perunun Peruya Perunu Peruda Perudan Peruyla Perudakı Perudur",
    "Monteneqro": "Monteneqronun Monteneqroya Monteneqronu Monteneqroda Monteneqrodan Monteneqrodur",
    "Birləşmiş Ştatlar": "Birləşmiş Ştatların  Birləşmiş Ştatlara  Birləşmiş Ştatlarda  Birləşmiş Ştatlardan",
}


@pytest.mark.parametrize("name", AZ_ENDINGS)
def test_azerbaijani_names_have_all_their_cases(name: str) -> None:
    (code,) = codes(name, "az")
    assert codes(AZ_ENDINGS[name], "az") == [code] * len(AZ_ENDINGS[name].split("  " if " " in name else " "))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Azerbaijani and Iranian ministers; Iran's envoy; the Islamic Republic of Iran", ["AZ", "IR", "IR", "IR"]),
        ("Turkish, Türkiye, Turkiye, TURKEY’S, Turkey, Turks", ["TR"] * 6),
        ("Azerbaijan-Türkiye, Azerbaijani–Iranian, Sino-Azerbaijani", ["AZ", "TR", "AZ", "IR", "CN", "AZ"]),
        ("Kazakh, Kazakhstani, Kyrgyz, Uzbek, Tajik and Turkmen officers", ["KZ", "KZ", "KG", "UZ", "TJ", "TM"]),
        (
            "the UAE, the Emirati side, U.S. and US officials, the UK, British, Dutch",
            ["AE", "AE", "US", "US", "GB", "GB", "NL"],
        ),
        ("told us in the us", []),
        ("Czech and Slovak; Czechia; Slovakia; Swiss; Danish", ["CZ", "SK", "CZ", "SK", "CH", "DK"]),
        ("Nigeria and Niger; Nigerien and Nigerian", ["NG", "NE", "NE", "NG"]),
        ("Equatorial Guinea, Papua New Guinea, Guinea-Bissau, Guinea", ["GQ", "PG", "GW", "GN"]),
        ("North Korean, South Korea, Korea", ["KP", "KR", "KR"]),
        ("Democratic Republic of the Congo; Republic of the Congo", ["CD", "CG"]),
        ("Northern Cyprus, Cyprus, TRNC, Kosovo, Palestinian", ["TRNC", "CY", "TRNC", "XK", "PS"]),
        ("South America, the Indian Ocean, New Mexico, the Gulf of Oman", []),
        ("turkey soup on china", []),
        ("the Russian language; Russian-language press", ["RU"]),
        (
            "NATO's chief, the CIS, the CSTO, the Organization of Turkic States, the EU, the UN",
            ["NATO", "CIS", "CSTO", "OTS", "EU", "UN"],
        ),
        ("GUAM members and the island of Guam", ["GUAM", "GU"]),
        ("Côte d’Ivoire, Cote d'Ivoire, Ivorian", ["CI"] * 3),
        ("Republic of Poland, Kingdom of Saudi Arabia, Kyrgyz Republic", ["PL", "SA", "KG"]),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert codes(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İranın müdafiə naziri Azərbaycanda, İRAN, iranlı qonaq, İrandakı", ["IR", "AZ", "IR", "IR", "IR"]),
        ("Iranın naziri", ["IR"]),
        ("Türkiyənin, Türkiyəyə, Türkiyədən, türkiyəli, türk, türklər, Türkiyə’nin", ["TR"] * 7),
        ("Azərbaycan-Türkiyə-Gürcüstan görüşü, Azərbaycanla", ["AZ", "TR", "GE", "AZ"]),
        (
            "ABŞ-ın, ABŞ, BƏƏ-nin, Birləşmiş Ərəb Əmirliklərinin, Amerika Birləşmiş Ştatlarında",
            ["US", "US", "AE", "AE", "US"],
        ),
        ("Böyük Britaniyanın, Birləşmiş Krallıqda, britaniyalı, ingilis", ["GB"] * 4),
        (
            "rus, gürcü, erməni, özbək, qırğız, tacik, qazax, çinli, rusiyalı",
            ["RU", "GE", "AM", "UZ", "KG", "TJ", "KZ", "CN", "RU"],
        ),
        ("Qazax rayonunda", []),
        ("arzusu çin oldu", []),
        ("Çində, Çinə, Çin Xalq Respublikasının", ["CN"] * 3),
        ("İran İslam Respublikası, Pakistan İslam Respublikasına", ["IR", "PK"]),
        (
            "NATO-nun, MDB-nin, KTMT, Türk Dövlətləri Təşkilatının, TDT, BMT-də, Aİ, ŞƏT",
            ["NATO", "CIS", "CSTO", "OTS", "OTS", "UN", "EU", "SCO"],
        ),
        ("türk dünyasının birliyi, türkdilli", []),
        ("rus dilində", []),
        ("Şimali Kipr Türk Respublikasının, ŞKTR, Kiprdə", ["TRNC", "TRNC", "CY"]),
        ("Səudiyyə Ərəbistanının, Səudiyyə Ərəbistanına", ["SA", "SA"]),
        ("Nigeriyanın, Nigerdə, Qvineya-Bisauda", ["NG", "NE", "GW"]),
    ],
)
def test_azerbaijani(text: str, expected: list[str]) -> None:
    assert codes(text, "az") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ирана, Ирану, Ираном, Иране, иранской, иранскими, иранец, ИРИ", ["IR"] * 8),
        ("Турции, Турцию, Турцией, турецкого, Турецкой Республики", ["TR"] * 5),
        (
            "азербайджано-турецкие, российско-азербайджанские, турецко-азербайджано-грузинская",
            ["AZ", "TR", "RU", "AZ", "TR", "AZ", "GE"],
        ),
        ("США, ОАЭ, КНР, РФ, ЮАР", ["US", "AE", "CN", "RU", "ZA"]),
        ("Соединенных Штатах Америки, Объединенными Арабскими Эмиратами, Великобританией", ["US", "AE", "GB"]),
        (
            "Белоруссии, Беларусью, Кыргызстаном, Киргизии, киргизский, казахстанских, казахская",
            ["BY", "BY", "KG", "KG", "KG", "KZ", "KZ"],
        ),
        ("Исламской Республики Иран, Исламской Республики Пакистан, Республики Узбекистан", ["IR", "PK", "UZ"]),
        ("Нидерландов, Филиппинах, Марокко", ["NL", "PH", "MA"]),
        (
            "НАТО, СНГ, ОДКБ, Организации тюркских государств, ОТГ, Евросоюзом, ООН, ОБСЕ, МККК",
            ["NATO", "CIS", "CSTO", "OTS", "OTS", "EU", "UN", "OSCE", "ICRC"],
        ),
        ("на русском языке", []),
        ("Того же дня в самое время", []),
        ("Самое важное", []),
        ("Латинской Америке и Индийском океане", []),
        ("Северного Кипра, ТРСК, Кипре", ["TRNC", "TRNC", "CY"]),
        ("Южной Кореи, КНДР, корейской", ["KR", "KP", "KR"]),
        ("Нигерии и Нигере", ["NG", "NE"]),
        ("ТУРЦИИ И АЗЕРБАЙДЖАНА", ["TR", "AZ"]),
        ("министр обороны Египта, Египту, с Египтом, в Египте, ЕГИПТА", ["EG"] * 5),
        ("Гвинеи-Бисау, Тимора-Лесте, в Косове, Багамов и Мальдивов", ["GW", "TL", "XK", "BS", "MV"]),
        ("Соединенного Королевства Великобритании и Северной Ирландии", ["GB"]),
        ("эфиопы, грузина, датчанам, латышом, йеменцев, кенийцами", ["ET", "GE", "DK", "LV", "YE", "KE"]),
    ],
)
def test_russian(text: str, expected: list[str]) -> None:
    assert codes(text, "ru") == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Iran", "name"),
        ("Iranian", "adjective"),
        ("Iranians", "demonym"),
        ("USA", "abbreviation"),
        ("NATO", "organization"),
    ],
)
def test_kinds_of_form(text: str, form: str) -> None:
    assert [found.form for found in find_countries(text, "en")] == [form]


def test_the_longer_name_wins_whole() -> None:
    (found,) = find_countries("визит в Исламскую Республику Иран", "ru")
    assert found.words == "Исламскую Республику Иран"


def test_names_of_codes() -> None:
    assert country_name("TR") == "Türkiye"
    assert country_name("NATO") == "NATO"
    assert country_name("TRNC") == "Turkish Republic of Northern Cyprus"
    assert country_name("CZ") == "Czech Republic"
    assert is_organization("UN")
    assert not is_organization("TRNC")
    with pytest.raises(KeyError, match="ZZ"):
        country_name("ZZ")


def test_every_code_has_a_name() -> None:
    assert all(country_name(code) for code in country_codes() | set(table("organizations")))


@pytest.mark.parametrize("lang", LANGS)
def test_every_ambiguous_form_is_decided(lang: Lang) -> None:
    for form, code in table("countries_hand")["ambiguous"][lang].items():
        assert codes(form, lang) == [code]


@settings(max_examples=60)
@given(st.text(alphabet="ABŞaıİIstan -'’иранСША.", max_size=80), st.sampled_from(LANGS))
def test_offsets_are_true(text: str, lang: Lang) -> None:
    for found in find_countries(text, lang):
        assert text[found.start : found.end] == found.words
