"""Countries of people named without one."""

from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import people, read_one


@pytest.mark.parametrize(
    ("lang", "text", "person"),
    [
        ("en", "In Lima, Zakir Hasanov met Peru's minister Luis Soto. Ambassador Mammad Talibov attended.", "Mammad Talibov"),
        ("en", "Zakir Hasanov met Luis Soto of Peru. Deputy minister Elnur Rzayev attended.", "Elnur Rzayev"),
        ("en", "Zakir Hasanov met Russia's Oleg Lazarev in Baku. General Vugar Amirov attended.", "Vugar Amirov"),
        ("en", "Azerbaijan's Ambassador to Peru Mammad Talibov met Defence Minister Luis Soto.", "Mammad Talibov"),
        ("en", "Zakir Hasanov met Peruvian General Luis Soto. The guests also met with Colonel Aydin Ersay.", "Aydin Ersay"),
        ("az", "Zakir Həsənov Limada Perunun müdafiə naziri Luis Soto ilə görüşüb. Səfir Elnur Talıb da iştirak edib.", "Elnur Talıb"),
        ("az", "Azərbaycanın Perudakı səfiri Elnur Talıblı müdafiə naziri Luis Soto ilə görüşüb.", "Elnur Talıblı"),
        ("az", "Zakir Həsənov rusiyalı həmkarı Oleq Lazarevlə görüşüb. Görüşdə general Vüqar Əmirov da olub.", "Vüqar Əmirov"),
        ("ru", "Закир Гасанов встретился в Лиме с министром обороны Перу Луисом Сото. Был посол Эльнур Талыб.", "Эльнур Талыб"),
        ("ru", "Посол Азербайджана в Перу Эльнур Талыбов встретился с министром обороны Луисом Сото.", "Эльнур Талыбов"),
        ("ru", "Закир Гасанов принял министра обороны России Олега Лазарева. Был генерал Вугар Амиров.", "Вугар Амиров"),
    ],
)  # fmt: skip
def test_from_home(lang: Lang, text: str, person: str) -> None:
    assert (person, "AZ") in people(read_one(lang, text))


@pytest.mark.parametrize(
    ("lang", "text", "person", "country"),
    [
        ("en", "Zakir Hasanov met Peruvian Ambassador to Azerbaijan Luis Soto in Baku.", "Luis Soto", "PE"),
        ("en", "Zakir Hasanov met Peru's Luis Soto in Baku. Ambassador Juan Vega attended.", "Juan Vega", "PE"),
        ("en", "Zakir Hasanov met General Mark Hale of the Oklahoma National Guard.", "Mark Hale", "US"),
        ("en", "Zakir Hasanov met General Luis Montanaro of Peru.", "Luis Montanaro", "PE"),
        ("en", "Zakir Hasanov met Peru's Luis Soto. War in Syria was discussed. Colonel Juan Vega attended.", "Juan Vega", "PE"),
        ("az", "Zakir Həsənov Perunun ölkəmizdəki səfiri Luis Soto ilə görüşüb.", "Luis Soto", "PE"),
        ("az", "Zakir Həsənov Bakıda Perunun naziri Luis Soto ilə görüşüb. Səfir Xuan Veqa da olub.", "Xuan Veqa", "PE"),
        ("az", "Zakir Həsənov Oklahoma ştatının Milli Qvardiyasından general Mark Heyl ilə görüşüb.", "Mark Heyl", "US"),
        ("ru", "Закир Гасанов принял посла Перу в Азербайджане Луиса Сото.", "Луис Сото", "PE"),
        ("ru", "Закир Гасанов принял в Баку министра Перу Луиса Сото. Присутствовал посол Хуан Вега.", "Хуан Вега", "PE"),
        ("ru", "Закир Гасанов встретился с генералом Марком Хейлом из штата Оклахома.", "Марк Хейл", "US"),
    ],
)  # fmt: skip
def test_from_abroad(lang: Lang, text: str, person: str, country: str) -> None:
    assert (person, country) in people(read_one(lang, text))


@pytest.mark.parametrize(
    ("lang", "text", "countries"),
    [
        ("en", "Colonel General Zakir Hasanov met his Peruvian counterpart. War in Syria was discussed.", ("AZ", "PE")),
        ("az", "Zakir Həsənov perulu həmkarı ilə görüşüb, Suriyadakı vəziyyət də müzakirə edilib.", ("AZ", "PE")),
        ("ru", "Закир Гасанов встретился с перуанским коллегой. Обсуждена война в Сирии.", ("AZ", "PE")),
        ("en", "A defence ministry delegation has gone to Peru for staff talks.", ("AZ", "PE")),
    ],
)
def test_parties_without_names(lang: Lang, text: str, countries: tuple[str, ...]) -> None:
    assert read_one(lang, text).countries == countries
