from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import read_one


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "Zakir Hasanov spoke by phone with Romanian Defence Minister Ion Marin.", "call"),
        ("az", "Zakir Həsənov Rumıniyanın müdafiə naziri İon Marinlə telefonla danışıb.", "call"),
        ("ru", "Состоялся телефонный разговор Закира Гасанова с министром обороны Румынии Ионом Марином.", "call"),
        (
            "en",
            "The defence ministers of Azerbaijan, Georgia and Türkiye held a trilateral meeting in Kars.",
            "multilateral",
        ),
        (
            "az",
            "Azərbaycan, Gürcüstan və Türkiyə müdafiə nazirlərinin üçtərəfli görüşü Qarsda keçirilib.",
            "multilateral",
        ),
        (
            "ru",
            "В Батуми прошла трехсторонняя встреча министров обороны Азербайджана, Грузии и Турции.",
            "multilateral",
        ),
        ("en", "A service meeting was held under the leadership of Minister of Defence Zakir Hasanov.", "internal"),
        ("az", "Müdafiə naziri Zakir Həsənov xidməti müşavirə keçirib.", "internal"),
        ("ru", "Закир Гасанов провел служебное совещание по итогам учений.", "internal"),
        ("en", "Azerbaijan and Hungary have signed a memorandum in the field of defence industry.", "signing"),
        ("ru", "Министерства обороны Азербайджана и Венгрии подписали соглашение.", "signing"),
        ("en", "Vice Admiral Subhan Bekirov left for Kazakhstan on an official visit.", "visit"),
        ("az", "Norveçin quru qoşunlarının komandanı general Ulaf Berq Bakıya gəlib.", "visit"),
        ("ru", "Керим Велиев прибыл с рабочим визитом в Вену.", "visit"),
        ("en", "Zakir Hasanov met Romanian Defence Minister Ion Marin, who arrived on a visit.", "bilateral"),
    ],
)
def test_kind(lang: Lang, text: str, kind: str) -> None:
    assert read_one(lang, text).kind == kind


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        (
            "en",
            "Azerbaijani Defence Minister Zakir Hasanov will visit Serbia and meet Defence Minister Marko Ilic.",
            "announced",
        ),
        ("az", "Serbiyanın müdafiə naziri Marko İliç Bakıya səfər edəcək, Zakir Həsənovla görüşəcək.", "announced"),
        ("ru", "Министр обороны Сербии Марко Илич посетит Баку, где встретится с Закиром Гасановым.", "announced"),
        ("en", "The visit of Serbian Defence Minister Marko Ilic to Azerbaijan has been postponed.", "cancelled"),
        ("en", "Zakir Hasanov left for Serbia; the visit will last two days.", "held"),
    ],
)
def test_status(lang: Lang, text: str, status: str) -> None:
    assert read_one(lang, text).status == status


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zakir Hasanov met Ion Marin of Romania. The ministers discussed the trilateral format with Türkiye.", "bilateral"),
        ("Zakir Hasanov met Ion Marin of Romania. They discussed drills at a trilateral meeting with Türkiye.", "multilateral"),
        ("Defence Minister Zakir Hasanov has departed for China at the invitation of Minister Wang Jun. He is expected to hold meetings.", "visit"),
    ],
)  # fmt: skip
def test_a_matter_discussed_is_no_form_of_the_meeting(text: str, kind: str):
    assert read_one("en", text).kind == kind
