from __future__ import annotations

import pytest

from crawler.mentions.nominative import Case, az_nominative, possible_nominatives, ru_nominative, ru_title_case


@pytest.mark.parametrize(
    ("word", "following", "bare"),
    [
        ("Həsənovla", "görüşüb", "Həsənov"),
        ("Gülerlə", "danışıb", "Güler"),
        ("Məmmədovun", "heyəti", "Məmmədov"),
        ("Kamalın", "heyətini", "Kamal"),
        ("Rəhmanın", "başçılıq", "Rəhman"),
        ("Vəliyevə", "məruzə", "Vəliyev"),
        ("Səfərovdan", "sonra", "Səfərov"),
        ("Şmidti", "qəbul", "Şmidt"),
        ("Martinesə", "zəng", "Martines"),
        ("Nəsirzadəyə", "təşəkkür", "Nəsirzadə"),
        ("Katz’la", "görüşüb", "Katz"),
        ("Köşerbayla", "görüşüb", "Köşerbay"),
        ("Köşerbaya", "zəng", "Köşerbay"),
        ("Köşerbayın", "başçılıq", "Köşerbay"),
        ("Kekelidzeni", "qəbul", "Kekelidze"),
        ("Kekelidzeyə", "zəng", "Kekelidze"),
        ("Çikovaninin", "heyəti", "Çikovani"),
        ("Qaribaşviliyə", "zəng", "Qaribaşvili"),
        ("Markettinin", "heyəti", "Marketti"),
        ("Markettini", "qəbul", "Marketti"),
        ("Krosettonu", "qəbul", "Krosetto"),
        ("Krosettoya", "zəng", "Krosetto"),
        ("Mutairini", "qəbul", "Mutairi"),
        ("Marineskunun", "başçılıq", "Marinesku"),
        ("Kadıoğlunu", "qəbul", "Kadıoğlu"),
        ("Zelenskinin", "heyəti", "Zelenski"),
        ("Orteqanı", "qəbul", "Orteqa"),
        ("Nilseni", "qəbul", "Nilsen"),
        ("Makronun", "heyəti", "Makron"),
        ("Ərdoğanla", "görüşüb", "Ərdoğan"),
        ("Coşqunu", "qəbul", "Coşqun"),
        ("Kana", "ilə", "Kana"),
        ("Putin", "deyib", "Putin"),
        ("Aydın", "və", "Aydın"),
        ("Abdulla", "deyib", "Abdulla"),
        ("Əliyeva", "çıxış", "Əliyeva"),
    ],
)
def test_azerbaijani(word: str, following: str, bare: str) -> None:
    known = {"əliyeva"}
    assert az_nominative(word, following, lambda token: token.lower() in known) == bare


@pytest.mark.parametrize(
    ("word", "following"), [("Xreninin", "rəhbərlik"), ("Xrenini", "qəbul"), ("Xreninlə", "görüşüb")]
)
def test_slavic_names_in_azerbaijani(word: str, following: str) -> None:
    assert az_nominative(word, following, lambda _: False, slavic=True) == "Xrenin"


@pytest.mark.parametrize(
    ("name", "title", "preposition", "bare"),
    [
        ("Закира Гасанова", "genitive", "", "Закир Гасанов"),
        ("Закиром Гасановым", None, "с", "Закир Гасанов"),
        ("Керимом Велиевым", "instrumental", "", "Керим Велиев"),
        ("Азиза Насирзаде", "genitive", "", "Азиз Насирзаде"),
        ("Сергея Шойгу", None, "", "Сергей Шойгу"),
        ("Сергеем Шойгу", None, "с", "Сергей Шойгу"),
        ("Исмета Йылмаза", "genitive", "", "Исмет Йылмаз"),
        ("Игоря Дзержинского", "genitive", "", "Игорь Дзержинский"),
        ("Хулуси Акару", "dative", "", "Хулуси Акар"),
        ("Гвидо Крозетто", "instrumental", "", "Гвидо Крозетто"),
        ("Валерий Герасимов", None, "", "Валерий Герасимов"),
        ("Мехрибан Алиева", None, "", "Мехрибан Алиева"),
        ("Роберта Хэнли", "genitive", "", "Роберт Хэнли"),
        ("З. Гасанова", None, "", "З. Гасанов"),
        ("Хамадом бин Рашидом", "instrumental", "", "Хамад бин Рашид"),
        ("Фарисом аль-Маджали", "instrumental", "", "Фарис аль-Маджали"),
        ("Турки бин Бандаром аль-Саудом", "instrumental", "", "Турки бин Бандар аль-Сауд"),
        ("Салема аль-Хунейти", "genitive", "", "Салем аль-Хунейти"),
        ("Питером ван дер Бергом", "instrumental", "", "Питер ван дер Берг"),
    ],
)
def test_russian(name: str, title: Case | None, preposition: str, bare: str) -> None:
    words = ru_nominative(name.split(), title_case=title, preposition=preposition, attested=lambda _: False)
    assert " ".join(words) == bare


@pytest.mark.parametrize(
    ("title", "case"),
    [
        ("министр обороны", "nominative"),
        ("министра национальной обороны", "genitive"),
        ("первому заместителю министра", "dative"),
        ("генерал-полковником", "instrumental"),
        ("бригадным генералом", "instrumental"),
        ("командующего ВВС", "genitive"),
        ("командующим ВМС", "instrumental"),
        ("главой Минобороны", "instrumental"),
        ("глава Генштаба", "nominative"),
        ("коллегу", "genitive"),
        ("атташе", None),
    ],
)
def test_case_of_title(title: str, case: Case | None) -> None:
    assert ru_title_case(title) == case


def test_comparison_keeps_the_word_itself_first() -> None:
    assert possible_nominatives("Hasanov's", "en") == ("Hasanov's", "Hasanov")
    assert possible_nominatives("Гасановым", "ru")[0] == "Гасановым"
    assert "Гасанов" in possible_nominatives("Гасановым", "ru")
    assert "Həsənov" in possible_nominatives("Həsənovun", "az")
