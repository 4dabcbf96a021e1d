"""Who, when and where depends on which verb or noun of a sentence."""

from __future__ import annotations

import pytest

from crawler.items import Lang
from crawler.mentions.frames import Predicate
from tests.mentions.articles import clauses_of


def _words(predicate: Predicate | None) -> str | None:
    return predicate.words if predicate else None


@pytest.mark.parametrize(
    ("lang", "sentence", "governed"),
    [
        ("en", "Defence Minister Nils Berg received the Omani ambassador, who thanked Admiral Paul Roux.", {"Berg": "received", "ambassador": "received", "Roux": "thanked"}),
        ("en", "General Aldo Neri said that Admiral Paul Roux had met Defence Minister Nils Berg.", {"Neri": "said", "Roux": "met", "Berg": "met"}),
        ("en", "After Admiral Paul Roux visited Oslo, General Aldo Neri flew to Rome.", {"Roux": "visited", "Neri": "flew to"}),
        ("en", "Admiral Paul Roux was received by Defence Minister Nils Berg.", {"Roux": "received", "Berg": "received"}),
        ("en", "Talks between Defence Minister Nils Berg and Admiral Paul Roux were held in Oslo.", {"Berg": "Talks", "Roux": "Talks"}),
        ("en", "The talks of Defence Minister Nils Berg with Admiral Paul Roux have ended.", {"Berg": "talks", "Roux": "talks"}),
        ("en", "General Aldo Neri's delegation met Defence Minister Nils Berg.", {"Neri": "met", "delegation": "met", "Berg": "met"}),
        ("en", "Defence Minister Nils Berg, who arrived on Monday, met Admiral Paul Roux.", {"Berg": "met", "Roux": "met"}),
        ("en", "Defence Minister Nils Berg met Admiral Paul Roux, invited by General Aldo Neri.", {"Berg": "met", "Roux": "met", "Neri": "invited"}),
        ("en", "General Aldo Neri signed a plan, while Admiral Paul Roux toured the academy.", {"Neri": "signed", "Roux": "toured"}),
        ("en", "General Aldo Neri, Admiral Paul Roux and Colonel Jan Maas attended the session.", {"Neri": "attended", "Roux": "attended", "Maas": "attended"}),
        ("en", "The ministers of Norway and Italy discussed training, the spokesman said.", {"ministers": "discussed"}),
        ("en", "Norway and Italy held consultations in Rome.", {"Norway": "held", "Italy": "held"}),
        ("en", "On the instruction of General Aldo Neri, Admiral Paul Roux met the guests.", {"Neri": "On the instruction of", "Roux": "met"}),
        ("en", "Admiral Paul Roux conveyed the greetings of General Aldo Neri to Defence Minister Nils Berg.", {"Neri": "greetings of", "Roux": "conveyed"}),
        ("en", "At the invitation of General Aldo Neri Admiral Paul Roux arrived in Rome.", {"Neri": "invitation", "Roux": "arrived in"}),
        ("en", "The road is long, General Aldo Neri.", {"Neri": None}),
        ("az", "Müdafiə naziri Nils Berq admiral Pol Runu qəbul edib, general Aldo Neri isə Romaya yola düşüb.", {"Berq": "qəbul edib", "Pol": "qəbul edib", "Neri": "yola düşüb"}),
        ("az", "General Aldo Neri bildirib ki, müdafiə naziri Nils Berq admiral Pol Ru ilə görüşüb.", {"Neri": "bildirib", "Berq": "görüşüb", "Pol": "görüşüb"}),
        ("az", "Admiral Pol Ru müdafiə naziri Nils Berq tərəfindən qəbul olunub.", {"Pol": "qəbul olunub", "Berq": "qəbul olunub"}),
        ("az", "Müdafiə naziri Nils Berqlə admiral Pol Ru arasında danışıqlar aparılıb.", {"Berq": "danışıqlar", "Pol": "danışıqlar"}),
        ("az", "Müdafiə naziri İvan Petrovun admiral Pol Ru ilə danışıqları başa çatıb.", {"Petrov": "danışıqları", "Pol": "danışıqları"}),
        ("az", "Admiral Pol Runun dəvəti ilə gələn müdafiə naziri Nils Berq general Aldo Neri ilə görüşüb.", {"Pol": "dəvəti", "Berq": "görüşüb", "Neri": "görüşüb"}),
        ("az", "Müdafiə naziri Nils Berq Romadan gələn admiral Pol Ru ilə görüşüb.", {"Berq": "görüşüb", "Pol": "görüşüb"}),
        ("az", "İclasda general Aldo Neri, admiral Pol Ru və polkovnik Yan Maas iştirak ediblər.", {"Neri": "iştirak ediblər", "Pol": "iştirak ediblər", "Maas": "iştirak ediblər"}),
        ("az", "Norveç və İtaliyanın müdafiə nazirləri təlimləri müzakirə ediblər, nümayəndə bildirib.", {"nazirləri": "müzakirə ediblər"}),
        ("az", "General Aldo Nerinin tapşırığı ilə admiral Pol Ru qonaqlarla görüşüb.", {"Neri": "tapşırığı", "Pol": "görüşüb"}),
        ("az", "Admiral Pol Ru general Aldo Nerinin salamlarını müdafiə naziri Nils Berqə çatdırıb.", {"Neri": "salamlarını", "Berq": "çatdırıb"}),
        ("ru", "Министр обороны Нильс Берг принял адмирала Поля Ру, а генерал Альдо Нери отбыл в Рим.", {"Берг": "принял", "Поля": "принял", "Нери": "отбыл"}),
        ("ru", "Генерал Альдо Нери сообщил, что министр обороны Нильс Берг встретился с адмиралом Полем Маре.", {"Нери": "сообщил", "Берг": "встретился с", "Полем": "встретился с"}),
        ("ru", "Адмирал Поль Ру был принят министром обороны Нильсом Бергом.", {"Поль": "был принят", "Берг": "был принят"}),
        ("ru", "Состоялись переговоры министра обороны Нильса Берга с адмиралом Полем Маре.", {"Берг": "переговоры", "Полем": "переговоры"}),
        ("ru", "Министра обороны Нильса Берга принял адмирал Поль Маре.", {"Берг": "принял", "Маре": "принял"}),
        ("ru", "Министр обороны Нильс Берг, приглашенный адмиралом Полем Маре, встретился с генералом Марком Неером.", {"Берг": "встретился с", "Полем": "приглашенный", "Марк": "встретился с"}),
        ("ru", "Министр обороны Нильс Берг, который прибыл в понедельник, встретился с генералом Марком Неером.", {"Берг": "встретился с", "Марк": "встретился с"}),
        ("ru", "Делегация во главе с генералом Марком Неером посетила академию.", {"Делегация": "посетила", "Марк": "посетила"}),
        ("ru", "Министры обороны Норвегии и Италии обсудили учения, сообщил представитель.", {"Министры": "обсудили"}),
        ("ru", "По поручению генерала Марка Неера адмирал Поль Маре встретился с гостями.", {"Неер": "По поручению", "Маре": "встретился с"}),
        ("ru", "Адмирал Поль Маре передал министру обороны Нильсу Бергу приветствие генерала Марка Неера.", {"Маре": "передал", "Неер": "приветствие"}),
        ("ru", "В заседании участвовали генерал Марк Неер, адмирал Поль Маре и полковник Ян Маас.", {"Неер": "участвовали", "Маре": "участвовали", "Маас": "участвовали"}),
    ],
)  # fmt: skip
def test_who_depends_on_what(lang: Lang, sentence: str, governed: dict[str, str | None]) -> None:
    parties = clauses_of(lang, sentence).parties
    found = {
        name: next((_words(party.governor) for party in parties if name in party.words), "not found")
        for name in governed
    }
    assert found == governed


@pytest.mark.parametrize(
    ("lang", "sentence", "relations"),
    [
        ("en", "Talks between Defence Minister Nils Berg and Admiral Paul Roux ended.", {"Berg": "between", "Roux": "between"}),
        ("en", "Admiral Paul Roux was received by Defence Minister Nils Berg.", {"Roux": "core", "Berg": "agent"}),
        ("en", "Admiral Paul Roux met with Defence Minister Nils Berg and General Aldo Neri.", {"Roux": "core", "Berg": "with", "Neri": "with"}),
        ("en", "Nils Berg's deputy, Admiral Paul Roux, spoke.", {"Berg": "owner"}),
        ("en", "The visit of Admiral Paul Roux ended.", {"Roux": "of"}),
        ("az", "Müdafiə naziri Nils Berq admiral Pol Marenlə görüşüb.", {"Berq": "core", "Pol": "with"}),
        ("az", "Müdafiə naziri Nils Berq admiral Pol Maren ilə görüşüb.", {"Berq": "core", "Pol": "with"}),
        ("az", "Müdafiə naziri Nils Berq admiral Pol Mareni qəbul edib.", {"Berq": "core", "Pol": "object"}),
        ("az", "Admiral Pol Maren müdafiə naziri Nils Berq tərəfindən qəbul olunub.", {"Pol": "core", "Berq": "agent"}),
        ("az", "Admiral Pol Marenin səfəri başa çatıb.", {"Pol": "of"}),
        ("az", "Müdafiə naziri Nils Berq admiral Pol Marenə zəng edib.", {"Pol": "to"}),
        ("ru", "Министр обороны Нильс Берг встретился с адмиралом Павлом Мареном.", {"Берг": "core", "Марен": "with"}),
        ("ru", "Министр обороны Нильс Берг принял адмирала Павла Марена.", {"Берг": "core", "Марен": "object"}),
        ("ru", "Адмирал Павел Марен был принят министром обороны Нильсом Бергом.", {"Марен": "core", "Берг": "agent"}),
        ("ru", "Министр обороны Нильс Берг позвонил адмиралу Павлу Марену.", {"Марен": "to"}),
        ("ru", "Переговоры между министром обороны Нильсом Бергом и адмиралом Павлом Мареном завершены.", {"Берг": "between", "Марен": "between"}),
        ("ru", "Министр обороны Нильс Берг встретился с министром обороны Перу Луисом Сото.", {"Сото": "with"}),
    ],
)  # fmt: skip
def test_how_they_are_tied(lang: Lang, sentence: str, relations: dict[str, str]) -> None:
    parties = clauses_of(lang, sentence).parties
    found = {
        name: next((party.relation for party in parties if name in party.words and party.person), "not found")
        for name in relations
    }
    assert found == relations


@pytest.mark.parametrize(
    ("lang", "sentence", "governed"),
    [
        ("en", "The ministers met in Oslo on June 8 and will visit Rome on July 20.", {"Oslo": "met", "June 8": "met", "Rome": "visit", "July 20": "visit"}),
        ("en", "The plan signed in Rome on May 2 was discussed in Oslo on June 8.", {"Rome": "signed", "May 2": "signed", "Oslo": "discussed", "June 8": "discussed"}),
        ("en", "On June 8 the minister arrived in Oslo, where he met the general.", {"June 8": "arrived in", "Oslo": "arrived in"}),
        ("az", "Nazirlər iyunun 8-də Osloda görüşüblər, iyulun 20-də isə Romaya səfər edəcəklər.", {"Osloda": "görüşüblər", "iyunun 8-də": "görüşüblər", "Romaya": "səfər edəcəklər", "iyulun 20-də": "səfər edəcəklər"}),
        ("az", "Mayın 2-də Romada imzalanan plan iyunun 8-də Osloda müzakirə olunub.", {"Romada": "imzalanan", "Mayın 2-də": "imzalanan", "Osloda": "müzakirə olunub", "iyunun 8-də": "müzakirə olunub"}),
        ("ru", "Министры встретились в Осло 8 июня, а 20 июля посетят Рим.", {"Осло": "встретились", "8 июня": "встретились", "Рим": "посетят", "20 июля": "посетят"}),
        ("ru", "План, подписанный в Риме 2 мая, обсудили в Осло 8 июня.", {"Риме": "подписанный", "2 мая": "подписанный", "Осло": "обсудили", "8 июня": "обсудили"}),
    ],
)  # fmt: skip
def test_days_and_towns_stand_in_a_clause(lang: Lang, sentence: str, governed: dict[str, str]) -> None:
    clauses = clauses_of(lang, sentence)
    found = {item.words: _words(predicate) for item, predicate in [*clauses.days, *clauses.towns]}
    assert {words: found.get(words, "not found") for words in governed} == governed


@pytest.mark.parametrize(
    ("lang", "sentence", "codes"),
    [
        ("en", "The ministers of Norway, Italy and Oman discussed training.", ("NO", "IT", "OM")),
        ("en", "The Omani and Italian delegations discussed training.", ("OM", "IT")),
        ("en", "A delegation has gone to Peru.", ()),
        ("az", "Norveç, İtaliya və Oman nazirləri təlimləri müzakirə ediblər.", ("NO", "IT", "OM")),
        ("az", "Nümayəndə heyəti Peruya yola düşüb.", ()),
        ("ru", "Министры Норвегии, Италии и Омана обсудили учения.", ("NO", "IT", "OM")),
        ("ru", "Делегация отбыла в Перу.", ()),
    ],
)  # fmt: skip
def test_whose_offices_and_groups(lang: Lang, sentence: str, codes: tuple[str, ...]) -> None:
    party = next(party for party in clauses_of(lang, sentence).parties if party.form in {"office", "group"})
    assert party.codes == codes


@pytest.mark.parametrize(
    ("lang", "sentence", "named"),
    [
        ("en", "The Nils Berg Center was opened by Admiral Paul Roux.", ["Paul Roux"]),
        ("az", "Admiral Pol Maren axşam Nils Berq muzeyini ziyarət edib.", ["Pol Maren"]),
        ("ru", "Адмирал Павел Марен посетил музей имени Нильса Берга.", ["Павел Марен"]),
    ],
)
def test_what_bears_a_name_is_nobody(lang: Lang, sentence: str, named: list[str]) -> None:
    assert [party.person.name for party in clauses_of(lang, sentence).parties if party.person] == named
