from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import people, read_one


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "Minister of Defense of Azerbaijan, Colonel General Zakir Hasanov met Portugal's Defence Minister Nuno Carvalho.",
            [("Zakir Hasanov", "AZ"), ("Nuno Carvalho", "PT")],
        ),
        (
            "en",
            "Colonel General Zakir Hasanov received the Chilean delegation of Admiral Pedro Rojas, Commander of the Navy.",
            [("Zakir Hasanov", "AZ"), ("Pedro Rojas", "CL")],
        ),
        (
            "en",
            "Colonel General Zakir Hasanov, officially visiting Norway, held talks with General Olav Berg.",
            [("Zakir Hasanov", "AZ"), ("Olav Berg", "NO")],
        ),
        (
            "en",
            "Zakir Hasanov received Farid Aziz, Security Council Secretary of Tunisia, and Defence Minister Sami Trabelsi.",
            [("Zakir Hasanov", "AZ"), ("Farid Aziz", "TN"), ("Sami Trabelsi", "TN")],
        ),
        (
            "en",
            "Air Chief Marshal Tariq Bin Salim Al Harthy, who heads the Omani Air Force, met Z. Hasanov.",
            [("Tariq Bin Salim Al Harthy", "OM"), ("Zakir Hasanov", "AZ")],
        ),
        (
            "en",
            "Defence ministers of Azerbaijan and Greece, Zakir Hasanov and Nikos Pappas, held talks.",
            [("Zakir Hasanov", "AZ"), ("Nikos Pappas", "GR")],
        ),
        (
            "az",
            "Müdafiə naziri general-polkovnik Zakir Həsənov İspaniyanın müdafiə naziri cənab Karlos Ruislə görüşüb.",
            [("Zakir Həsənov", "AZ"), ("Karlos Ruis", "ES")],
        ),
        (
            "az",
            "Kərim Vəliyev danimarkalı həmkarı admiral Lars Nilsenin heyətini qəbul edib.",
            [("Kərim Vəliyev", "AZ"), ("Lars Nilsen", "DK")],
        ),
        (
            "az",
            "Norveç Silahlı Qüvvələrinin baş qərargah rəisi general Ulaf Berq Z.Həsənova zəng edib.",
            [("Ulaf Berq", "NO"), ("Zakir Həsənov", "AZ")],
        ),
        (
            "ru",
            "Закир Гасанов встретился с министром обороны Португалии генералом Нуну Карвалью.",
            [("Закир Гасанов", "AZ"), ("Нуну Карвалью", "PT")],
        ),
        (
            "ru",
            "Генерал-полковник Закир Гасанов принял начальника Генштаба Норвегии адмирала Олафа Берга.",
            [("Закир Гасанов", "AZ"), ("Олаф Берг", "NO")],
        ),
        (
            "ru",
            "Генерал Марк Ланг (Генштаб ВС Швейцарии) провел переговоры с К. Велиевым.",
            [("Марк Ланг", "CH"), ("Керим Велиев", "AZ")],
        ),
    ],
)
def test_people_and_their_countries(lang: Lang, text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(people(read_one(lang, text)), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("lang", "text", "absent"),
    [
        (
            "en",
            "Zakir Hasanov met Peruvian Defence Minister Luis Soto and conveyed greetings from President Ilham Aliyev.",
            "Ilham",
        ),
        ("en", "By Leyla Amirova. Zakir Hasanov met Peruvian Defence Minister Luis Soto.", "Leyla"),
        (
            "en",
            "Zakir Hasanov met Peruvian Defence Minister Luis Soto, who laid flowers at the grave of Heydar Aliyev.",
            "Heydar",
        ),
        (
            "en",
            "Zakir Hasanov met Peruvian Defence Minister Luis Soto, invited by Colonel General Karim Valiyev.",
            "Karim",
        ),
        (
            "az",
            "Zakir Həsənov Perunun müdafiə naziri Luis Soto ilə görüşüb, Prezident İlham Əliyevin salamlarını çatdırıb.",
            "İlham",
        ),
        (
            "ru",
            "Закир Гасанов встретился с министром обороны Перу Луисом Сото и передал приветствия от Ильхама Алиева.",
            "Ильхам",
        ),
        (
            "ru",
            "Закир Гасанов принял министра обороны Перу Луиса Сото. Ранее в Баку побывал генерал Карлос Вега.",
            "Карлос",
        ),
    ],
)
def test_who_is_named_but_absent(lang: Lang, text: str, absent: str) -> None:
    names = [name for name, _ in people(read_one(lang, text))]
    assert len(names) == 2
    assert not any(name and name.startswith(absent) for name in names)


def test_office_without_a_name() -> None:
    mention = read_one("en", "Colonel General Zakir Hasanov met with his Bulgarian counterpart.")
    assert people(mention) == [("Zakir Hasanov", "AZ"), (None, "BG")]


def test_post_rank_and_part() -> None:
    mention = read_one(
        "en", "In Oslo, Defence Minister Colonel General Zakir Hasanov met Norway's Chief of Defence General Olav Berg."
    )
    guest, host = mention.people
    assert (guest.post, guest.rank, guest.part) == ("minister_of_defence", "colonel_general", "guest")
    assert (host.post, host.rank, host.part) == ("chief_of_general_staff", "general", "host")


def test_deputy_is_composed() -> None:
    mention = read_one("ru", "Агиль Гурбанов встретился с первым заместителем министра обороны Чили Пабло Рохасом.")
    assert mention.people[1].post == "deputy_minister_of_defence"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        pytest.param(
            "en",
            "Zakir Hasanov has met Chinese Defence Minister Wang Jun. The ministers signed a plan.",
            [("Zakir Hasanov", "AZ"), ("Wang Jun", "CN")],
            id="a surname that is also a short form of a month ends the sentence",
        ),
        pytest.param(
            "ru",
            "Закир Гасанов принял спецпредставителя генсека НАТО по Южному Кавказу и Центральной Азии Петера Линдта.",
            [("Закир Гасанов", "AZ"), ("Петер Линдт", "NATO")],
            id="regions are no persons",
        ),
        pytest.param(
            "az",
            "Zakir Həsənov Türkiyə Böyük Millət Məclisinin komissiya sədri Orhan Demirlə görüşüb.",
            [("Zakir Həsənov", "AZ"), ("Orhan Demir", "TR")],
            id="a parliament is no person",
        ),
        pytest.param(
            "az",
            "İlham Əliyev Səudiyyə Ərəbistanının müdafiə naziri Xalid bin Salman Al Səudu qəbul edib.",
            [("İlham Əliyev", "AZ"), ("Xalid bin Salman Al Səud", "SA")],
            id="a long name is one person",
        ),
    ],
)
def test_what_is_a_name(lang: Lang, text: str, expected: list[tuple[str, str]]):
    assert people(read_one(lang, text)) == expected


@pytest.mark.parametrize(
    ("lang", "text", "post"),
    [
        ("az", "Kərim Vəliyev Norveç Silahlı Qüvvələrinin Ali Baş Komandanı general Olav Berqlə görüşüb.", "chief_of_general_staff"),
        ("ru", "Керим Велиев встретился с Верховным главнокомандующим ВС Норвегии генералом Олафом Бергом.", "chief_of_general_staff"),
        ("az", "Müzəffər Ali Baş Komandan İlham Əliyev Norveçin müdafiə naziri Olav Berqi qəbul edib.", "president"),
    ],
)  # fmt: skip
def test_a_supreme_commander_is_the_president_at_home_and_a_soldier_abroad(lang: Lang, text: str, post: str):
    assert post in [person.post for person in read_one(lang, text).people]
