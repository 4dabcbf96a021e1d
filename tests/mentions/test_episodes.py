from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import read


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
            "Закир Гасанов принял министра обороны Польши Яна Новака. Также гостя принял начальник Генштаба Керим Велиев.",
            [["Закир Гасанов", "Ян Новак"], ["Ян Новак", "Керим Велиев"]],
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
            "Закир Гасанов принял министра обороны Польши Яна Новака. Во встрече также принял участие начальник Генштаба Керим Велиев.",
            [["Закир Гасанов", "Ян Новак", "Керим Велиев"]],
        ),
    ],
)
def test_meetings_of_an_article(lang: Lang, text: str, people: list[list[str]]) -> None:
    mentions = read(lang, text).mentions
    assert [sorted(str(person.name) for person in mention.people) for mention in mentions] == [
        sorted(names) for names in people
    ]
