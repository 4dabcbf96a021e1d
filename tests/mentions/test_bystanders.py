"""People who are named and do not take part, and those who do after all."""

from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import people, read_one


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "While Prime Minister Juan Vega was in Azerbaijan, Zakir Hasanov met Peru's Luis Soto."),
        ("en", "During the visit of President Juan Vega, Zakir Hasanov met Peru's Luis Soto."),
        ("en", "Zakir Hasanov met Karim Valiyev's deputy and Peru's Luis Soto."),
        ("en", "Zakir Hasanov met Peru's Luis Soto. Soto thanked President Ilham Aliyev."),
        ("en", "Zakir Hasanov met Peru's Luis Soto. Colonel Juan Vega commented on the talks."),
        ("en", "Zakir Hasanov met Peru's Luis Soto. An invitation was sent by Karim Valiyev."),
        ("az", "Prezident Xuan Veqanın Azərbaycana səfəri günlərində Zakir Həsənov Perunun naziri Luis Soto ilə görüşüb."),
        ("az", "Zakir Həsənov Perunun naziri Luis Soto ilə görüşüb, Prezident İlham Əliyevin Limaya səfərinin əhəmiyyətindən danışıb."),
        ("ru", "В рамках визита президента Хуана Веги Закир Гасанов встретился с министром обороны Перу Луисом Сото."),
        ("ru", "Закир Гасанов встретился с министром обороны Перу Луисом Сото. Приглашение направил Керим Велиев."),
    ],
)  # fmt: skip
def test_absent(lang: Lang, text: str) -> None:
    assert len(people(read_one(lang, text))) == 2


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Invited by Luis Soto, Peru's defence minister, Zakir Hasanov met his Peruvian counterpart in Lima."),
        ("en", "The plan was signed on behalf of Azerbaijan by Zakir Hasanov, on behalf of Peru by General Luis Soto."),
        ("az", "Perunun müdafiə naziri Luis Sotonun dəvəti ilə Limaya gedən Zakir Həsənov perulu həmkarı ilə görüşüb."),
        (
            "ru",
            "Закир Гасанов прибыл в Перу. Его пригласил министр обороны Луис Сото, с которым затем состоялась встреча.",
        ),
    ],
)
def test_present_all_the_same(lang: Lang, text: str) -> None:
    names = {name for name, _ in people(read_one(lang, text))}
    assert len(names & {"Luis Soto", "Луис Сото", "Zakir Hasanov", "Zakir Həsənov", "Закир Гасанов"}) == 2


def test_company() -> None:
    mention = read_one("en", "Zakir Hasanov met Luis Soto of Peru, accompanied by Juan Vega.")
    assert ("Juan Vega", "PE") in people(mention)
