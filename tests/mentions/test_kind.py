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
        ("az", "Zakir Həsənov Serbiyaya səfərə yola düşüb.", "held"),
        ("ru", "Закир Гасанов отбыл с визитом в Сербию.", "held"),
        ("en", "Zakir Hasanov left for Serbia, where he will meet Defence Minister Marko Ilic.", "announced"),
        ("az", "Zakir Həsənov Serbiyaya yola düşüb, orada müdafiə naziri Marko İliçlə görüşəcək.", "announced"),
        ("ru", "Закир Гасанов отбыл в Сербию, где встретится с министром обороны Марко Иличем.", "announced"),
        (
            "en",
            "Serbian Defence Minister Marko Ilic arrived in Baku. Talks with Zakir Hasanov are scheduled.",
            "announced",
        ),
        (
            "az",
            "Serbiyanın müdafiə naziri Marko İliç Bakıya gəlib. Zakir Həsənovla danışıqları gözlənilir.",
            "announced",
        ),
        (
            "ru",
            "Министр обороны Сербии Марко Илич прибыл в Баку. Запланированы переговоры с Закиром Гасановым.",
            "announced",
        ),
        ("az", "Serbiyanın müdafiə naziri Marko İliçin Azərbaycana səfəri təxirə salınıb.", "cancelled"),
        ("ru", "Визит министра обороны Сербии Марко Илича в Азербайджан отменен.", "cancelled"),
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


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "Zakir Hasanov took part in the meeting of the CIS Council of Defence Ministers in Minsk.", "multilateral"),
        ("en", "A conference of defence ministers of the Organization of Turkic States was held in Istanbul. Zakir Hasanov addressed it.", "multilateral"),
        ("en", "Karim Valiyev attended the NATO Military Committee session in Brussels.", "multilateral"),
        ("en", "Elchin Guliyev took part in the meeting of the CIS Council of Commanders of Border Troops.", "multilateral"),
        ("az", "Zakir Həsənov Minskdə MDB Müdafiə Nazirləri Şurasının iclasında iştirak edib.", "multilateral"),
        ("az", "Kərim Vəliyev Brüsseldə NATO Hərbi Komitəsinin iclasına qatılıb.", "multilateral"),
        ("ru", "Закир Гасанов принял участие в заседании Совета министров обороны СНГ в Минске.", "multilateral"),
        ("ru", "В Стамбуле прошла конференция министров обороны тюркских государств, в которой участвовал Закир Гасанов.", "multilateral"),
        ("en", "On the sidelines of the CIS Council of Defence Ministers Zakir Hasanov met Belarusian Defence Minister Viktor Khrenin.", "bilateral"),
        ("en", "Zakir Hasanov received the Chairman of the NATO Military Committee, Admiral Rob Bauer.", "bilateral"),
        ("az", "Zakir Həsənov MDB Müdafiə Nazirləri Şurasının iclasına gələn Belarus müdafiə naziri Viktor Xreninlə söhbət edib.", "bilateral"),
        ("en", "On the margins of a trilateral meeting in Batumi Zakir Hasanov held bilateral talks with Turkish Defence Minister Kemal Aydin.", "bilateral"),
        ("az", "Batumidəki üçtərəfli görüş çərçivəsində Zakir Həsənov Türkiyənin müdafiə naziri Kemal Aydınla ikitərəfli görüş keçirib.", "bilateral"),
        ("ru", "На полях трехсторонней встречи в Батуми Закир Гасанов провел двустороннюю беседу с министром обороны Турции Кемалем Айдыном.", "bilateral"),
        ("en", "The first meeting of defence ministers of the Organization of Turkic States opened in Istanbul. It is attended by Zakir Hasanov (Azerbaijan) and Kemal Aydin (Türkiye).", "multilateral"),
        ("ru", "Закир Гасанов принял посла Польши Марека Новака и военного атташе полковника Павла Зелинского.", "bilateral"),
        ("ru", "В рамках заседания Совета министров обороны СНГ Закир Гасанов провел встречу с министром обороны Беларуси Виктором Хрениным.", "bilateral"),
    ],
)  # fmt: skip
def test_an_assembly_and_a_meeting_beside_it(lang: Lang, text: str, kind: str) -> None:
    assert read_one(lang, text).kind == kind


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "In a trilateral call the defence ministers of Azerbaijan, Georgia and Türkiye discussed drills.", "call"),
        ("az", "Azərbaycan, Gürcüstan və Türkiyənin müdafiə nazirləri videobağlantı ilə üçtərəfli görüş keçiriblər.", "call"),
        ("ru", "Министры обороны Азербайджана, Грузии и Турции провели трехстороннюю встречу в формате видеоконференции.", "call"),
        ("en", "Zakir Hasanov and Romanian Defence Minister Ion Marin signed a protocol after talks in Bucharest.", "signing"),
        ("az", "Zakir Həsənov və Rumıniyanın müdafiə naziri İon Marin Buxarestdə protokol imzalayıblar.", "signing"),
        ("ru", "Закир Гасанов и министр обороны Румынии Ион Марин подписали в Бухаресте протокол.", "signing"),
        ("en", "Zakir Hasanov met Romanian Defence Minister Ion Marin. The ministers signed a protocol.", "bilateral"),
        ("az", "Zakir Həsənov Rumıniyanın müdafiə naziri İon Marinlə görüşüb. Nazirlər protokol imzalayıblar.", "bilateral"),
        ("ru", "Закир Гасанов встретился с министром обороны Румынии Ионом Марином. Министры подписали протокол.", "bilateral"),
        ("en", "Zakir Hasanov received Romanian Defence Minister Ion Marin, who signed the Book of Honor.", "bilateral"),
        ("en", "Romanian Defence Minister Ion Marin arrived in Azerbaijan and toured the Victory Park.", "visit"),
        ("az", "Rumıniyanın müdafiə naziri İon Marin Azərbaycana gəlib, Zəfər parkını ziyarət edib.", "visit"),
        ("ru", "Министр обороны Румынии Ион Марин прибыл в Азербайджан и посетил парк Победы.", "visit"),
        ("en", "Romanian Defence Minister Ion Marin arrived in Baku, where he held talks with Zakir Hasanov.", "bilateral"),
        ("az", "Rumıniyanın müdafiə naziri İon Marin Bakıya gəlib və Zakir Həsənovla danışıqlar aparıb.", "bilateral"),
        ("ru", "Министр обороны Румынии Ион Марин прибыл в Баку и провел переговоры с Закиром Гасановым.", "bilateral"),
        ("en", "The Collegium of the Ministry of Defence met under the chairmanship of Zakir Hasanov.", "internal"),
        ("az", "Zakir Həsənovun sədrliyi ilə Müdafiə Nazirliyinin Kollegiyasının iclası keçirilib.", "internal"),
        ("ru", "Под председательством Закира Гасанова прошло заседание коллегии Министерства обороны.", "internal"),
        ("en", "The defence ministers of Azerbaijan, Georgia and Türkiye gathered in Kars.", "multilateral"),
        ("az", "Azərbaycan, Gürcüstan və Türkiyənin müdafiə nazirləri Qarsda bir araya gəliblər.", "multilateral"),
        ("ru", "Министры обороны Азербайджана, Грузии и Турции собрались в Карсе.", "multilateral"),
        ("en", "Zakir Hasanov, Ion Marin of Romania and Olav Berg of Norway sat down together in Oslo.", "multilateral"),
        ("az", "Zakir Həsənov zəng edərək Rumıniyanın müdafiə naziri İon Marini təbrik edib.", "call"),
        ("ru", "Закиру Гасанову позвонил министр обороны Румынии Ион Марин.", "call"),
        ("en", "Romanian Defence Minister Ion Marin telephoned Zakir Hasanov.", "call"),
    ],
)  # fmt: skip
def test_the_first_kind_that_fits(lang: Lang, text: str, kind: str) -> None:
    assert read_one(lang, text).kind == kind
