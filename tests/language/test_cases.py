import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.knowledge import table
from crawler.language.cases import (
    Declension,
    az_belonging,
    az_case_forms,
    az_plural,
    az_stems,
    ru_adjective_forms,
    ru_case_forms,
    ru_phrase_forms,
    ru_plural,
)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("İran", "İran İranın İrana İranı İranda İrandan İranla İrandakı"),
        ("Türkiyə", "Türkiyə Türkiyənin Türkiyəyə Türkiyəni Türkiyədə Türkiyədən Türkiyəylə Türkiyədəki"),
        ("Bakı", "Bakı Bakının Bakıya Bakını Bakıda Bakıdan Bakıyla Bakıdakı"),
        ("Gürcüstan", "Gürcüstan Gürcüstanın Gürcüstana Gürcüstanı Gürcüstanda Gürcüstandan Gürcüstanla"),
        ("Tokio", "Tokio Tokionun Tokioya Tokionu Tokioda Tokiodan"),
        ("Vilnüs", "Vilnüs Vilnüsün Vilnüsə Vilnüsü Vilnüsdə Vilnüsdən"),
        ("Pekin", "Pekin Pekinin Pekinə Pekini Pekində Pekindən"),
        ("Moskva", "Moskva Moskvanın Moskvaya Moskvanı Moskvada Moskvadan"),
        ("birlik", "birlik birliyin birliyə birliyi birlikdə birlikdən birliklə"),
        ("İraq", "İraq İraqın İraqa İraqda İrağın"),
    ],
)
def test_azerbaijani_cases(word: str, forms: str) -> None:
    assert set(forms.split()) <= set(az_case_forms(word))


def test_azerbaijani_possessed_phrases_take_n() -> None:
    forms = az_case_forms("Müdafiə Nazirliyi", possessed=True)
    assert {"Müdafiə Nazirliyinin", "Müdafiə Nazirliyinə", "Müdafiə Nazirliyində", "Müdafiə Nazirliyindən"} <= set(
        forms
    )
    assert "Müdafiə Nazirliyidə" not in forms


@pytest.mark.parametrize(
    ("word", "plural", "belonging"),
    [("rus", "ruslar", "ruslu"), ("türk", "türklər", "türklü"), ("İran", "İranlar", "İranlı")],
)
def test_azerbaijani_derivations(word: str, plural: str, belonging: str) -> None:
    assert az_plural(word) == plural
    assert az_belonging(word) == belonging


def test_a_word_without_a_vowel_has_no_harmony() -> None:
    with pytest.raises(ValueError, match="vowel"):
        az_case_forms("BMT")


@pytest.mark.parametrize(
    ("form", "stem", "case"),
    [
        ("nazirin", "nazir", "genitive"),
        ("nazirlərinin", "nazir", "genitive"),
        ("nazirliyi", "nazirlik", "accusative"),
        ("Həsənovla", "Həsənov", "instrumental"),
        ("Bakıdakı", "Bakı", "attributive"),
        ("NATO-nun", "NATO", "genitive"),
        ("Report’a", "Report", "dative"),
        ("Bakı", "Bakı", "nominative"),
    ],
)
def test_azerbaijani_stems(form: str, stem: str, case: str) -> None:
    assert (stem, case) in az_stems(form)


def test_endings_that_break_harmony_stay() -> None:
    assert [stem for stem, _ in az_stems("Bakıdə")] == ["Bakıdə"]


_AZ_WORDS = sorted(name for names in table("countries")["az"].values() for name in names if " " not in name)


@settings(max_examples=150)
@given(st.sampled_from(_AZ_WORDS))
def test_every_azerbaijani_form_gives_its_stem_back(word: str) -> None:
    for form in az_case_forms(word):
        assert word in {stem for stem, _ in az_stems(form)}


@settings(max_examples=200)
@given(st.text(alphabet="abdəilnrsyğqk'-İI", max_size=12))
def test_stems_never_fail_and_begin_the_word(word: str) -> None:
    assert all(word.startswith(stem[:-1]) for stem, _ in az_stems(word) if stem)


@pytest.mark.parametrize(
    ("noun", "declension", "forms"),
    [
        ("Иран", None, "Иран Ирана Ирану Иран Ираном Иране"),
        ("Китай", None, "Китай Китая Китаю Китай Китаем Китае"),
        ("Израиль", None, "Израиль Израиля Израилю Израиль Израилем Израиле"),
        ("Маврикий", None, "Маврикий Маврикия Маврикию Маврикий Маврикием Маврикии"),
        ("Бангладеш", None, "Бангладеш Бангладеша Бангладешу Бангладеш Бангладешем Бангладеше"),
        ("Турция", None, "Турция Турции Турции Турцию Турцией Турции"),
        ("Анкара", None, "Анкара Анкары Анкаре Анкару Анкарой Анкаре"),
        ("Москва", None, "Москва Москвы Москве Москву Москвой Москве"),
        ("Прага", None, "Прага Праги Праге Прагу Прагой Праге"),
        ("Корея", None, "Корея Кореи Корее Корею Кореей Корее"),
        ("Беларусь", "feminine", "Беларусь Беларуси Беларуси Беларусь Беларусью Беларуси"),
        ("Нидерланды", None, "Нидерланды Нидерландов Нидерландам Нидерланды Нидерландами Нидерландах"),
        ("Филиппины", None, "Филиппины Филиппин Филиппинам Филиппины Филиппинами Филиппинах"),
        ("Афины", None, "Афины Афин Афинам Афины Афинами Афинах"),
        ("Баку", None, "Баку Баку Баку Баку Баку Баку"),
        ("Самоа", None, "Самоа Самоа Самоа Самоа Самоа Самоа"),
        ("США", None, "США США США США США США"),
        ("Грозный", "adjectival", "Грозный Грозного Грозному Грозный Грозным Грозном"),
        ("здание", None, "здание здания зданию здание зданием здании"),
    ],
)
def test_russian_cases(noun: str, declension: Declension | None, forms: str) -> None:
    assert " ".join(ru_case_forms(noun, declension=declension)) == forms


@pytest.mark.parametrize(
    ("noun", "genitive", "plural"),
    [
        ("министр", "министра", "министры"),
        ("иранец", "иранца", "иранцы"),
        ("китаец", "китайца", "китайцы"),
        ("бельгиец", "бельгийца", "бельгийцы"),
        ("чех", "чеха", "чехи"),
    ],
)
def test_russian_people(noun: str, genitive: str, plural: str) -> None:
    assert ru_case_forms(noun, animate=True).accusative == genitive
    assert ru_plural(noun) == plural


@pytest.mark.parametrize(
    ("phrase", "genitive", "prepositional"),
    [
        ("Саудовская Аравия", "Саудовской Аравии", "Саудовской Аравии"),
        ("Исламская Республика Иран", "Исламской Республики Иран", "Исламской Республике Иран"),
        ("Босния и Герцеговина", "Боснии и Герцеговины", "Боснии и Герцеговине"),
        ("Соединенные Штаты Америки", "Соединенных Штатов Америки", "Соединенных Штатах Америки"),
        ("Объединенные Арабские Эмираты", "Объединенных Арабских Эмиратов", "Объединенных Арабских Эмиратах"),
        ("Соломоновы острова", "Соломоновых островов", "Соломоновых островах"),
        ("Южный Судан", "Южного Судана", "Южном Судане"),
        ("Палестинские территории", "Палестинских территорий", "Палестинских территориях"),
        ("Баку Экспо Центр", "Баку Экспо Центра", "Баку Экспо Центре"),
        ("министр обороны", "министра обороны", "министре обороны"),
    ],
)
def test_russian_phrases(phrase: str, genitive: str, prepositional: str) -> None:
    forms = ru_phrase_forms(phrase)
    assert (forms.genitive, forms.prepositional) == (genitive, prepositional)


def test_russian_adjectives() -> None:
    expected = (
        "иранский иранская иранское иранские иранского иранской иранскую иранскому иранским иранском иранских иранскими"
    )
    assert set(ru_adjective_forms("иранский")) == set(expected.split())
    assert {"южного", "южные", "южный"} <= set(ru_adjective_forms("южный"))
    assert {"соседнего", "соседние", "соседняя"} <= set(ru_adjective_forms("соседний"))
