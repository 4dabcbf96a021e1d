from __future__ import annotations

import pytest

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language.subjects import find_subjects


@pytest.mark.parametrize(
    ("lang", "text", "subjects"),
    [
        ("en", "the transfer of two drones and the training of dog handlers", {"unmanned_aircraft", "service_dogs"}),
        ("az", "pilotsuz aparatlar və kinoloqların hazırlanması", {"unmanned_aircraft", "service_dogs"}),
        ("ru", "беспилотники и подготовка кинологов", {"unmanned_aircraft", "service_dogs"}),
        ("az", "dəniz limanına gələn gəmilər", {"sea_port", "ship"}),
        ("en", "anti-aircraft units", {"air_defence"}),
        ("ru", "сухопутные войска", set()),
    ],
)
def test_a_text_speaks_of_what_its_words_begin_with(lang: Lang, text: str, subjects: set[str]) -> None:
    assert find_subjects(text, lang) == subjects


@pytest.mark.parametrize(
    ("lang", "text", "subject"),
    [
        ("en", "a workshop", "ship"),  # the beginning of a word, not its end
        ("az", "havada və dənizdə", "airport"),  # of two words both must be there
        ("az", "limandan hava", "airport"),  # in this order
        ("az", "itirilmiş", "service_dogs"),  # a whole word
        ("az", "islamabad", "islamic_states"),
        ("ru", "друг с другом", "friendship"),
        ("ru", "военно-воздушные силы", "airspace"),
    ],
)
def test_a_text_does_not_speak_of_what_looks_alike(lang: Lang, text: str, subject: str) -> None:
    assert subject not in find_subjects(text, lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("subject", sorted(table("subjects")))
def test_every_beginning_is_found(subject: str, lang: Lang) -> None:
    for written in table("subjects")[subject][lang]:
        assert subject in find_subjects(written.removeprefix("=").replace("_", " "), lang)


def test_no_beginning_stands_twice() -> None:
    for lang in LANGS:
        written = [word for row in table("subjects").values() for word in row[lang]]
        assert sorted(written) == sorted(set(written))
