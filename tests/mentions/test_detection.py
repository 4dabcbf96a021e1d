from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import read


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Azerbaijan Army and the Turkish Armed Forces held joint live-fire exercises in Nakhchivan."),
        ("en", "Armenian units fired at positions near Kalbajar, the Ministry of Defence said."),
        ("en", "Zakir Hasanov inspected a military unit and gave instructions to its commander."),
        ("en", "Armenian Defence Minister Davit Petrosyan met his Greek counterpart in Athens."),
        (
            "en",
            "Azerbaijani Foreign Minister Jeyhun Bayramov spoke by phone with Türkiye's foreign minister Hakan Fidan.",
        ),
        ("en", "Azerbaijan will receive two transport aircraft from Italy under a contract."),
        ("en", "Zakir Hasanov sent a letter of condolence to Kazakhstan's Minister of Defence."),
        ("az", "Müdafiə Nazirliyi: “Düşmən atəşkəs rejimini pozub”."),
        ("az", "Prezidentin sərəncamı ilə müddətli hərbi xidmətə çağırış elan olunub."),
        ("az", "Rusiya və Belarusun müdafiə nazirləri Minskdə görüşüblər."),
        ("ru", "Азербайджанская армия провела учения с боевой стрельбой."),
        ("ru", "Министры иностранных дел Азербайджана и Турции обсудили по телефону ситуацию в регионе."),
        ("ru", "Закир Гасанов открыл новую столовую в воинской части."),
    ],
)
def test_no_meeting(lang: Lang, text: str) -> None:
    reading = read(lang, text)
    assert reading.mentions == ()
    assert reading.dropped
    assert reading.evidence


@pytest.mark.parametrize(
    ("lang", "paragraphs"),
    [
        (
            "en",
            (
                "Belarus seeks wider ties with Azerbaijan, a spokesman for the State Military-Industrial Committee said.",
                "He named optics and repairs.",
                "On 12 March, Belarusian Deputy Defence Minister Ivan Lis was received in Baku by Zakir Hasanov.",
            ),
        ),
        (
            "ru",
            (
                "Сотрудничество выходит на новый уровень, считает военный эксперт Рашад Ализаде.",
                "Отметим, что 12 марта Закир Гасанов принял командующего ВМС Пакистана.",
            ),
        ),
        (
            "az",
            (
                "Ordunun hazırlığı artır, ekspert Ramin Qasımlı bildirib.",
                "Xatırladaq ki, ötən ay Zakir Həsənov Türkiyənin müdafiə naziri ilə görüşüb.",
            ),
        ),
    ],
)
def test_recollections_are_no_meetings(lang: Lang, paragraphs: tuple[str, ...]) -> None:
    assert read(lang, *paragraphs).dropped


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A NATO team of experts is in Baku for staff talks with officers of the Ministry of Defence."),
        (
            "en",
            "France's new military attaché, Colonel Jean Morel, paid a visit to the Azerbaijani Ministry of Defence.",
        ),
        ("az", "Bakıda Azərbaycan-Türkiyə Yüksək Səviyyəli Hərbi Dialoq toplantısı keçirilib."),
        ("az", "DSX rəisi Elçin Quliyev gürcüstanlı həmkarı ilə görüşüb."),
        ("ru", "В Баку завершились штабные переговоры Азербайджана и НАТО."),
        ("ru", "Секретарь Совбеза Рамиль Усубов обсудил в Астане с казахстанским коллегой региональную безопасность."),
    ],
)
def test_meetings_of_few_words(lang: Lang, text: str) -> None:
    assert read(lang, text).mentions


def test_round_up_gives_a_mention_for_each_meeting() -> None:
    mentions = read(
        "en",
        "Azerbaijan's Minister of Defence Zakir Hasanov held a number of meetings in Riyadh.",
        "He met Malaysia's Minister of Defence Azman Ibrahim. Exercises were discussed.",
        "Hasanov also met Morocco's Minister of Defence Said Alami. They talked about education.",
    ).mentions
    assert [mention.countries for mention in mentions] == [("AZ", "MY"), ("AZ", "MA")]
    assert [mention.index for mention in mentions] == [0, 1]
    assert {person.name for person in mentions[0].people} == {"Zakir Hasanov", "Azman Ibrahim"}
