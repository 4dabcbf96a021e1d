from __future__ import annotations

import pytest

from crawler.items import Lang
from crawler.language.sessions import find_sessions
from crawler.language.text import lower


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "the 16th Azerbaijani-Turkish High-Level Military Dialogue", 16),
        ("en", "the third round of staff talks", 3),
        ("az", "3-cü qərargah danışıqları", 3),
        ("az", "Komitənin ikinci iclası", 2),
        ("ru", "состоялось 83-е заседание Совета министров обороны", 83),
        ("ru", "четвёртый раунд переговоров", 4),
    ],
)
def test_a_session_has_its_number(lang: Lang, text: str, number: int) -> None:
    assert [found.number for found in find_sessions(lower(text, lang), lang)] == [number]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "on the 5th of October the meeting was held"),
        ("en", "on October 5th, a meeting"),
        ("en", "the 106th anniversary of the army; talks were held"),
        ("en", "the First Deputy Minister held talks"),
        ("en", "the Second Army Corps, a meeting"),
        ("az", "5-ci Azərbaycan Beynəlxalq Müdafiə Sərgisində görüş"),
        ("az", "ikinci gün görüş keçirilib"),
        ("ru", "во вторник прошли переговоры"),
        ("ru", "первый замминистра провёл переговоры"),
        ("ru", "3-й армейский корпус, встреча"),
    ],
)
def test_what_is_no_session_has_none(lang: Lang, text: str) -> None:
    assert not list(find_sessions(lower(text, lang), lang))
