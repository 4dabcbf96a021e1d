"""The meetings of one text: several of them, earlier ones, those that lie ahead and those that are off."""

from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import events_of, read


@pytest.mark.parametrize(
    ("lang", "text", "people"),
    [
        (
            "en",
            "Zakir Hasanov received Polish Defence Minister Jan Nowak. Later Chief of the General Staff Karim Valiyev met with the guest.",
            [["Zakir Hasanov", "Jan Nowak"], ["Jan Nowak", "Karim Valiyev"]],
        ),
        (
            "ru",
            "Закир Гасанов принял министра обороны Польши Марека Новака. Также гостя принял начальник Генштаба Керим Велиев.",
            [["Закир Гасанов", "Марек Новак"], ["Марек Новак", "Керим Велиев"]],
        ),
        (
            "az",
            "Zakir Həsənov Polşanın müdafiə naziri Yan Novakı qəbul edib. Daha sonra Baş Qərargah rəisi Kərim Vəliyev qonaqla görüşüb.",
            [["Zakir Həsənov", "Yan Novak"], ["Yan Novak", "Kərim Vəliyev"]],
        ),
        (
            "en",
            "Zakir Hasanov met separately with Polish Defence Minister Jan Nowak and Chilean Defence Minister Pablo Rojas.",
            [["Zakir Hasanov", "Jan Nowak"], ["Zakir Hasanov", "Pablo Rojas"]],
        ),
        (
            "en",
            (
                "Zakir Hasanov held two phone talks. In the first call, Polish Defence Minister Jan Nowak congratulated him. "
                "Hasanov then spoke by phone with Chilean Defence Minister Pablo Rojas."
            ),
            [["Zakir Hasanov", "Jan Nowak"], ["Zakir Hasanov", "Pablo Rojas"]],
        ),
        (
            "en",
            "Zakir Hasanov received Polish Defence Minister Jan Nowak. Chief of the General Staff Karim Valiyev also attended the meeting.",
            [["Zakir Hasanov", "Jan Nowak", "Karim Valiyev"]],
        ),
        (
            "ru",
            "Закир Гасанов принял министра обороны Польши Марека Новака. Во встрече также принял участие начальник Генштаба Керим Велиев.",
            [["Закир Гасанов", "Марек Новак", "Керим Велиев"]],
        ),
        (
            "en",
            "On June 8 Zakir Hasanov met Polish Defence Minister Jan Nowak, and on June 9 he received Chilean Defence Minister Pablo Rojas.",
            [["Zakir Hasanov", "Jan Nowak"], ["Zakir Hasanov", "Pablo Rojas"]],
        ),
        (
            "az",
            "Zakir Həsənov iyunun 8-də Polşanın müdafiə naziri Yan Novakla, iyunun 9-da isə Çilinin müdafiə naziri Pablo Roxasla görüşüb.",
            [["Zakir Həsənov", "Yan Novak"], ["Zakir Həsənov", "Pablo Roxas"]],
        ),
        (
            "ru",
            "8 июня Закир Гасанов принял министра обороны Польши Марека Новака, а 9 июня — министра обороны Чили Пабло Рохаса.",
            [["Закир Гасанов", "Марек Новак"], ["Закир Гасанов", "Пабло Рохас"]],
        ),
        (
            "az",
            "Polşanın müdafiə naziri Yan Novakı əvvəlcə Zakir Həsənov, sonra isə Prezident İlham Əliyev qəbul edib.",
            [["Yan Novak", "Zakir Həsənov"], ["Yan Novak", "İlham Əliyev"]],
        ),
        (
            "en",
            "Polish Defence Minister Jan Nowak was received by Zakir Hasanov. The following day he was received by President Ilham Aliyev.",
            [["Jan Nowak", "Zakir Hasanov"], ["Jan Nowak", "Ilham Aliyev"]],
        ),
        (
            "ru",
            "Министра обороны Польши Марека Новака принял Закир Гасанов. На следующий день его принял президент Ильхам Алиев.",
            [["Марек Новак", "Закир Гасанов"], ["Марек Новак", "Ильхам Алиев"]],
        ),
        (
            "az",
            "Zakir Həsənov Polşanın müdafiə naziri Yan Novak və Çilinin müdafiə naziri Pablo Roxasla ayrı-ayrılıqda görüşüb.",
            [["Zakir Həsənov", "Yan Novak"], ["Zakir Həsənov", "Pablo Roxas"]],
        ),
        (
            "ru",
            "Закир Гасанов провел отдельные встречи с министром обороны Польши Мареком Новаком и министром обороны Чили Пабло Рохасом.",
            [["Закир Гасанов", "Марек Новак"], ["Закир Гасанов", "Пабло Рохас"]],
        ),
        (
            "az",
            "Zakir Həsənov Polşanın müdafiə naziri Yan Novakla telefonla danışıb. O, həmin gün Çilinin müdafiə naziri Pablo Roxasa da zəng edib.",
            [["Zakir Həsənov", "Yan Novak"], ["Zakir Həsənov", "Pablo Roxas"]],
        ),
        (
            "ru",
            "Закир Гасанов созвонился с министром обороны Польши Мареком Новаком. Затем он позвонил министру обороны Чили Пабло Рохасу.",
            [["Закир Гасанов", "Марек Новак"], ["Закир Гасанов", "Пабло Рохас"]],
        ),
    ],
)
def test_meetings_of_an_article(lang: Lang, text: str, people: list[list[str]]) -> None:
    mentions = read(lang, text).mentions
    assert [sorted(str(person.name) for person in mention.people) for mention in mentions] == [
        sorted(names) for names in people
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "az",
            "Zakir Həsənov Polşanın müdafiə naziri Yan Novakla və səfir Anna Kovalla görüşüb, general isə yola düşüb.",
        ),
        ("ru", "8 июня Закир Гасанов принял министра обороны Польши Марека Новака, а не посла Анну Коваль."),
    ],
)
def test_a_contrast_without_a_time_is_no_second_meeting(lang: Lang, text: str) -> None:
    assert len(read(lang, text).mentions) == 1


_MET: dict[Lang, str] = {
    "en": "Zakir Hasanov met Polish Defence Minister Jan Nowak.",
    "az": "Zakir Həsənov Polşanın müdafiə naziri Yan Novakla görüşüb.",
    "ru": "Закир Гасанов встретился с министром обороны Польши Мареком Новаком.",
}


@pytest.mark.parametrize(
    ("lang", "further", "background"),
    [
        ("en", "The ministers had met in Oslo a year earlier.", "told as earlier"),
        ("en", "In 2021 Chilean Defence Minister Pablo Rojas visited Azerbaijan and met Karim Valiyev.", "of another year"),
        ("en", "Last month Chilean Defence Minister Pablo Rojas was received by Karim Valiyev.", "recalled"),
        ("en", "To recall, Karim Valiyev met Chilean Defence Minister Pablo Rojas.", "recalled"),
        ("en", "Regional security was discussed. Pilots train together. On March 3 Karim Valiyev met Pablo Rojas.", "of another day"),
        ("en", "Their next meeting will be held in Gdansk.", "the next one"),
        ("en", "Such meetings are held regularly.", "told of meetings in general"),
        ("az", "Nazirlər bir il əvvəl Osloda görüşmüşdülər.", "told as earlier"),
        ("az", "2021-ci ildə Çilinin müdafiə naziri Pablo Roxas Kərim Vəliyevlə görüşüb.", "of another year"),
        ("az", "Ötən ay Kərim Vəliyev Çilinin müdafiə naziri Pablo Roxası qəbul edib.", "recalled"),
        ("az", "Xatırladaq ki, Kərim Vəliyev Çilinin müdafiə naziri Pablo Roxasla görüşüb.", "recalled"),
        ("az", "Növbəti görüş Qdanskda keçiriləcək.", "the next one"),
        ("az", "Belə görüşlər mütəmadi keçirilir.", "told of meetings in general"),
        ("ru", "В 2021 году министр обороны Чили Пабло Рохас встретился с Керимом Велиевым.", "of another year"),
        ("ru", "В прошлом месяце Керим Велиев принял министра обороны Чили Пабло Рохаса.", "recalled"),
        ("ru", "Напомним, Керим Велиев встретился с министром обороны Чили Пабло Рохасом.", "recalled"),
        ("ru", "Обсуждена безопасность. Летчики учатся вместе. 3 марта Керим Велиев принял Пабло Рохаса.", "of another day"),
        ("ru", "Следующая встреча пройдет в Гданьске.", "the next one"),
        ("ru", "Такие встречи проводятся регулярно.", "told of meetings in general"),
    ],
)  # fmt: skip
def test_what_is_no_part_of_the_news(lang: Lang, further: str, background: str) -> None:
    events, clauses = events_of(lang, f"{_MET[lang]} {further}")
    assert len(events) == 1
    assert {person.country for person in events[0].persons} == {"AZ", "PL"}
    assert background in {p.background for own in clauses.frames.predicates.values() for p in own}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Zakir Hasanov will meet Polish Defence Minister Jan Nowak."),
        ("en", "Zakir Hasanov is set to meet Polish Defence Minister Jan Nowak on Friday."),
        ("en", "Polish Defence Minister Jan Nowak is expected to hold talks with Zakir Hasanov."),
        ("en", "Talks between Zakir Hasanov and Polish Defence Minister Jan Nowak are scheduled for Friday."),
        ("en", "A meeting of Zakir Hasanov and Polish Defence Minister Jan Nowak is to take place in Warsaw."),
        ("az", "Zakir Həsənov Polşanın müdafiə naziri Yan Novakla görüşəcək."),
        ("az", "Zakir Həsənovun Polşanın müdafiə naziri Yan Novakla görüşü keçiriləcək."),
        ("az", "Zakir Həsənovun Polşanın müdafiə naziri Yan Novakla görüşməsi gözlənilir."),
        ("az", "Polşanın müdafiə naziri Yan Novakın Zakir Həsənovla danışıqlar aparması nəzərdə tutulub."),
        ("ru", "Закир Гасанов встретится с министром обороны Польши Мареком Новаком."),
        ("ru", "Закир Гасанов намерен встретиться с министром обороны Польши Мареком Новаком."),
        ("ru", "Министру обороны Польши Мареку Новаку предстоит встретиться с Закиром Гасановым."),
        ("ru", "Ожидается встреча Закира Гасанова с министром обороны Польши Мареком Новаком."),
        ("ru", "Закир Гасанов проведет переговоры с министром обороны Польши Мареком Новаком."),
    ],
)
def test_a_meeting_that_lies_ahead(lang: Lang, text: str) -> None:
    events, _ = events_of(lang, text)
    assert [event.status for event in events] == ["announced"]
    assert {person.country for person in events[0].persons} == {"AZ", "PL"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The meeting between Zakir Hasanov and Polish Defence Minister Jan Nowak has been called off."),
        ("en", "Polish Defence Minister Jan Nowak postponed his visit to Azerbaijan."),
        ("en", "The talks of Zakir Hasanov and Polish Defence Minister Jan Nowak did not take place."),
        ("az", "Zakir Həsənovun Polşanın müdafiə naziri Yan Novakla görüşü təxirə salınıb."),
        ("az", "Polşanın müdafiə naziri Yan Novak Azərbaycana səfərini ləğv edib."),
        ("az", "Zakir Həsənovun Polşanın müdafiə naziri Yan Novakla görüşü baş tutmayıb."),
        ("ru", "Встреча Закира Гасанова с министром обороны Польши Мареком Новаком не состоялась."),
        ("ru", "Министр обороны Польши Марек Новак отложил визит в Азербайджан."),
        ("ru", "Переговоры Закира Гасанова с министром обороны Польши Мареком Новаком отменены."),
    ],
)
def test_a_meeting_that_is_off(lang: Lang, text: str) -> None:
    events, _ = events_of(lang, text)
    assert [event.status for event in events] == ["cancelled"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The guest's visit to a museum was cancelled."),
        ("az", "Qonağın muzeyə səfəri ləğv edilib."),
        ("ru", "Поездка гостя в музей отменена."),
    ],
)
def test_a_cancelled_excursion_takes_nothing_from_the_meeting(lang: Lang, text: str) -> None:
    events, _ = events_of(lang, f"{_MET[lang]} {text}")
    assert [event.status for event in events] == ["held"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Ministry of Defence bought boots. Zakir Hasanov, who will meet nobody, said so."),
        ("en", "Zakir Hasanov inspected a unit near Ganja."),
        ("az", "Zakir Həsənov Gəncə yaxınlığında hissəni yoxlayıb."),
        ("ru", "Закир Гасанов проверил часть под Гянджой."),
    ],
)
def test_no_meeting_at_all(lang: Lang, text: str) -> None:
    events, _ = events_of(lang, text)
    assert not [event for event in events if event.foreign]


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        ("en", "Zakir Hasanov left for Poland. The programme of the visit includes talks with Jan Nowak.", "announced"),
        ("az", "Zakir Həsənov Polşaya yola düşüb. Səfərin proqramına Yan Novakla danışıqlar daxildir.", "announced"),
        ("ru", "Закир Гасанов отбыл в Польшу. В программе визита переговоры с Мареком Новаком.", "announced"),
        ("en", "Zakir Hasanov left for Poland on an official visit.", "held"),
        ("az", "Zakir Həsənov rəsmi səfərə Polşaya yola düşüb.", "held"),
        ("ru", "Закир Гасанов отбыл в Польшу с официальным визитом.", "held"),
        ("en", "Zakir Hasanov will leave for Poland on Monday.", "announced"),
        ("az", "Zakir Həsənov bazar ertəsi Polşaya yola düşəcək.", "announced"),
        ("ru", "Закир Гасанов в понедельник отправится в Польшу.", "announced"),
        (
            "en",
            "Zakir Hasanov arrived in Poland and met Defence Minister Jan Nowak. He will also visit a shipyard.",
            "held",
        ),
        (
            "ru",
            "Закир Гасанов прибыл в Польшу и встретился с министром Мареком Новаком. Он также посетит верфь.",
            "held",
        ),
    ],
)
def test_a_journey_and_what_lies_ahead_of_it(lang: Lang, text: str, status: str) -> None:
    events, _ = events_of(lang, text)
    assert [event.status for event in events][:1] == [status]
