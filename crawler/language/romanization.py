"""The usual English spelling of a name printed in Azerbaijani or Russian."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.text import lower, normalize

_CYRILLIC_WORD: Final = re.compile("[\u0400-\u04ff]+")
# What the letters alone do not tell, in the order of use; о stands for itself until the table is applied.
_RUSSIAN_CONTEXT: Final = (
    (re.compile("дж|цз"), "j"),  # цз stands in Chinese names alone: Цзиньпин, Jinping
    (re.compile("чж"), "zh"),  # Чжан, Zhang
    (re.compile("(?:ий|ый)$"), "y"),  # Дмитрий, Dmitry
    (re.compile("^йы"), "yi"),  # Йылмаз, Yilmaz
    (re.compile("(?<=о)й(?=[бвгджзклмнпрстфхцчшщ])"), "i"),  # Шойгу, Shoigu; but Байрамов, Bayramov
    (re.compile("ь(?=[еи])"), "y"),  # Григорьев, Grigoryev
    (re.compile("ь(?=[ёюя])"), ""),  # their own letters begin with y
    (re.compile("(?:^|(?<=[аеёиоуыэюя]))е"), "ye"),  # Евгений, Yevgeny; Алиев, Aliyev
    (re.compile("(?<=y)е"), "e"),
)


def romanize(text: str, lang: Lang) -> str:
    """Return a name of a text in ``lang`` as the English-language press spells it; English stays as it is.

    Azerbaijani by letters (Həsənov, Hasanov; Ceyhun, Jeyhun); Russian in the manner of BGN, with j for дж
    (Жаксылыков, Zhaksylykov). A Russian г stays g: whether it was an h is known only by comparing names.
    """
    normal = normalize(text)
    if lang == "az":
        return _by_letters(normal, letters("az"))
    if lang == "ru":
        return _CYRILLIC_WORD.sub(lambda word: _russian_word(word.group()), normal)
    return normal


@cache
def letters(lang: Lang) -> dict[str, str]:
    """Return small and capital letters of ``lang`` that English has not, with their English spelling."""
    small: dict[str, str] = table("letters")[lang]
    capitals = {letter.upper(): spelled.capitalize() for letter, spelled in small.items() if letter != "ı"}
    return small | capitals | ({"I": "I", "İ": "I"} if lang != "ru" else {})


def _by_letters(word: str, spelled: dict[str, str]) -> str:
    out = []
    for position, letter in enumerate(word):
        english = spelled.get(letter, letter)
        # ŞUŞA is SHUSHA, Şuşa is Shusha.
        neighbour = word[position + 1 : position + 2] or word[position - 1 : position]
        if len(english) > 1 and neighbour.isupper() and len(word) > 1:
            english = english.upper()
        out.append(english)
    return "".join(out)


def _russian_word(word: str) -> str:
    spelled = lower(word, "ru")
    for pattern, english in _RUSSIAN_CONTEXT:
        spelled = pattern.sub(english, spelled)
    spelled = "".join(letters("ru").get(letter, letter) for letter in spelled)
    if len(word) > 1 and word.isupper():
        return spelled.upper()
    return spelled.capitalize() if word[0].isupper() else spelled
