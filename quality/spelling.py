"""When two spellings are one name to the scorer. Of its own, so that it shares no code with what it scores."""

from __future__ import annotations

import difflib
import itertools
import unicodedata
from functools import cache
from typing import Final

_RU: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e o j z i i k l m n o p r s t u f h ts ch sh sh . i . e yu ya".replace(".", "").split(" "),
        strict=True,
    )
)
_AZ: Final = dict(zip("əşçğıöüxqcj", ["a", "sh", "ch", "g", "i", "o", "u", "kh", "g", "j", "j"], strict=True))
_AZ_ALONE: Final = "xqcj"
"""Letters that sound so in Azerbaijani only."""
_ALIKE: Final = (
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("q", "g"),
    ("w", "v"),
    ("ya", "a"),
    ("yu", "u"),
    ("y", "i"),
    ("ii", "i"),
    ("ck", "k"),
)
_WHOLE: Final = 0.84
_TOKEN: Final = 0.8
_TOWN: Final = 0.74


@cache
def fold(text: str, lang: str = "") -> str:
    """Return a rough Latin skeleton, the same for the Azerbaijani, Russian and English spelling of one name."""
    text = text.replace("İ", "i").replace("I", "i" if lang != "az" else "ı").lower()
    skeleton = "".join(_letter(letter, lang) for letter in text)
    for spelled, alike in _ALIKE:
        skeleton = skeleton.replace(spelled, alike)
    words = "".join(letter if letter.isalnum() else " " for letter in skeleton).split()
    return " ".join("".join(letter for letter, _ in itertools.groupby(word)) for word in words)


def _letter(letter: str, lang: str) -> str:
    if letter in _RU:
        return _RU[letter]
    if letter in _AZ and (lang == "az" or letter not in _AZ_ALONE):
        return _AZ[letter]
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


@cache
def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


@cache
def same_name(one: str, other: str) -> bool:
    """Tell whether two spellings are one name; one of them may have a patronymic or more given names."""
    mine, theirs = fold(one).split(), fold(other).split()
    if not mine or not theirs:
        return False
    if _ratio(" ".join(sorted(mine)), " ".join(sorted(theirs))) >= _WHOLE:
        return True
    short, long = sorted((mine, theirs), key=len)
    return len(short) > 1 and all(any(_ratio(word, longer) >= _TOKEN for longer in long) for word in short)


def same_town(labelled: str, read: str) -> bool:
    """Tell whether a town is the labelled one; what the label adds in brackets or after a comma does not count."""
    return bool(read) and _ratio(fold(labelled.split("(", maxsplit=1)[0].split(",", maxsplit=1)[0]), read) >= _TOWN
