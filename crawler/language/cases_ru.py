"""Case forms of Russian nouns, adjectives and phrases, made from the nominative by their endings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple

Declension = Literal["masculine", "feminine", "neuter", "plural", "adjectival", "indeclinable"]

_HUSHING: Final = "жшчщц"
_VELAR: Final = "гкх"
_FLEETING: Final = {"египет": "египт", "орёл": "орл", "орел": "орл"}
"""Nouns of the tables whose last vowel falls out where no rule says so, each with the stem of its other cases."""


class RuForms(NamedTuple):
    """The six cases of a Russian word or phrase, in one number."""

    nominative: str
    genitive: str
    dative: str
    accusative: str
    instrumental: str
    prepositional: str


def ru_case_forms(noun: str, *, declension: Declension | None = None, animate: bool = False) -> RuForms:
    """Return the six cases of a Russian noun in its given number.

    Without ``declension`` the ending decides: -а, -я feminine; a consonant, -й, -ь masculine; -ие, -ье, -ще, -ство
    neuter; -ы plural. Any other vowel is indeclinable, as foreign names are (Баку, Марокко, Самоа), and so is an
    abbreviation in capitals. ``animate`` makes the accusative of a masculine or plural the genitive ("министра"). The
    last part of a hyphenated word is declined ("Шри-Ланки").
    """
    declension = declension or _ru_declension(noun)
    if declension == "indeclinable":
        return _still(noun)
    if declension == "adjectival":
        return _ru_adjective(noun, _gender_of(noun), animate=animate)
    return _RU_DECLINE[declension](noun, animate)


def _ru_declension(noun: str) -> Declension:
    last = noun[-1].lower()
    if noun[1:].isupper() or noun.lower().endswith(("оа", "уа")):
        return "indeclinable"
    if last in "ая":
        return "feminine"
    if last == "ы":
        return "plural"
    if noun.lower().endswith(("ие", "ье", "ще", "ство")):
        return "neuter"
    if last in "еёиоуэю":
        return "indeclinable"
    return "masculine"


def _ru_masculine(noun: str, animate: bool) -> RuForms:
    last = noun[-1].lower()
    stem = noun[:-1] if last in "йь" else noun
    if noun.lower().endswith("ец"):
        # The e of -ец falls out: немец, немца; after a vowel it becomes й (китаец, китайца), after л soft (бельгиец).
        stem = noun[:-2] + ("й" if noun[-3].lower() in "аеиоуыэюя" else "ь" if noun[-3].lower() == "л" else "") + "ц"
        endings = ("а", "у", "ем", "е")
    elif last == "й" and noun[-2].lower() == "и":
        endings = ("я", "ю", "ем", "и")
    elif last in "йь":
        endings = ("я", "ю", "ем", "е")
    else:
        if short := _FLEETING.get(noun.lower()):
            stem = noun[: len(short) - 1] + short[-1]
        endings = ("а", "у", "ем" if last in _HUSHING else "ом", "е")
    genitive = stem + endings[0]
    return RuForms(
        noun, genitive, stem + endings[1], genitive if animate else noun, stem + endings[2], stem + endings[3]
    )


def _ru_feminine(noun: str, animate: bool) -> RuForms:  # noqa: ARG001 -- one signature for all declensions
    stem, last = noun[:-1], noun[-1].lower()
    if last == "ь":
        return RuForms(noun, stem + "и", stem + "и", noun, noun + "ю", stem + "и")
    if last == "я":
        prepositional = stem + ("и" if stem[-1].lower() == "и" else "е")
        return RuForms(noun, stem + "и", prepositional, stem + "ю", stem + "ей", prepositional)
    before = stem[-1].lower()
    genitive = stem + ("и" if before in _VELAR + "жшчщ" else "ы")
    return RuForms(noun, genitive, stem + "е", stem + "у", stem + ("ей" if before in _HUSHING else "ой"), stem + "е")


def _ru_neuter(noun: str, animate: bool) -> RuForms:  # noqa: ARG001 -- one signature for all declensions
    stem, last = noun[:-1], noun[-1].lower()
    if last == "о":
        return RuForms(noun, stem + "а", stem + "у", noun, stem + "ом", stem + "е")
    prepositional = stem + ("и" if stem[-1].lower() == "и" else "е")
    soft = stem[-1].lower() not in _HUSHING
    return RuForms(noun, stem + ("я" if soft else "а"), stem + ("ю" if soft else "у"), noun, noun + "м", prepositional)


def _ru_plural(noun: str, animate: bool) -> RuForms:
    """Decline a plural in -ы, -и, -а: "Штаты, Штатов", "острова, островов", "Филиппины, Филиппин"."""
    stem, last = noun[:-1], noun[-1].lower()
    soft = last in "ия" and stem[-1].lower() not in _VELAR + _HUSHING
    genitive = _ru_genitive_plural(noun)
    endings = ("ям", "ями", "ях") if soft else ("ам", "ами", "ах")
    return RuForms(
        noun, genitive, stem + endings[0], genitive if animate else noun, stem + endings[1], stem + endings[2]
    )


def _ru_genitive_plural(noun: str) -> str:
    stem, ending = noun[:-1], noun.lower()
    # Plural-only names of feminine make have no ending; those of masculine make have -ов.
    if ending.endswith(("ины", "айны", "елы", "ивы", "амы", "оры", "афины")):
        return stem
    if ending.endswith("цы"):
        return stem + "ев"
    if ending.endswith("ии"):
        return stem + "й"
    if ending.endswith("и") and stem[-1].lower() not in _VELAR:
        return stem + "ей"
    return stem + "ов"


_RU_DECLINE: Final[dict[Declension, Callable[[str, bool], RuForms]]] = {
    "masculine": _ru_masculine,
    "feminine": _ru_feminine,
    "neuter": _ru_neuter,
    "plural": _ru_plural,
}


def ru_plural(noun: str) -> str:
    """Return the nominative plural of a masculine or feminine noun: "иранец" "иранцы", "чех" "чехи"."""
    genitive = ru_case_forms(noun).genitive
    if noun[-1].lower() in "ая":
        return genitive
    if genitive[-1].lower() == "я" or genitive[-2].lower() in _VELAR + "жшчщ":
        return genitive[:-1] + "и"
    return genitive[:-1] + "ы"


_ADJECTIVE: Final = re.compile(r"..(ый|ий|ой|ая|яя|ое|ее|ые|ие|(?<=[ео]в)ы)$", re.IGNORECASE)
_HARD_ENDINGS: Final = {
    "masculine": "{y}й ого ому {y}й {y}м ом",
    "feminine": "ая ой ой ую ой ой",
    "neuter": "ое ого ому ое {y}м ом",
    "plural": "{y}е {y}х {y}м {y}е {y}ми {y}х",
}
_SOFT_ENDINGS: Final = {
    "masculine": "ий его ему ий им ем",
    "feminine": "яя ей ей юю ей ей",
    "neuter": "ее его ему ее им ем",
    "plural": "ие их им ие ими их",
}


def ru_adjective_forms(adjective: str) -> tuple[str, ...]:
    """Return every form of an adjective given in the masculine nominative ("иранский"), all genders and cases."""
    forms: dict[str, None] = {adjective: None}
    for declension in ("masculine", "feminine", "neuter", "plural"):
        for animate in (False, True):
            forms.update(dict.fromkeys(_ru_adjective(adjective, declension, animate=animate)))
    return tuple(forms)


def _ru_adjective(adjective: str, declension: Declension, *, animate: bool = False) -> RuForms:
    stem, ending = adjective[:-2], adjective[-2:].lower()
    if ending == "вы":
        # A possessive plural, short in the nominative: Соломоновы острова.
        stem = adjective[:-1]
        return RuForms(adjective, stem + "ых", stem + "ым", adjective, stem + "ыми", stem + "ых")
    soft = ending in {"яя", "ее"} or (ending in {"ий", "ие"} and stem[-1].lower() not in _VELAR + _HUSHING)
    if soft:
        endings = _SOFT_ENDINGS[declension].split()
    else:
        y = "и" if stem[-1].lower() in _VELAR + _HUSHING else "ы"
        endings = _HARD_ENDINGS[declension].format(y=y).split()
    if animate and declension in {"masculine", "plural"}:
        endings[3] = endings[1]
    forms = RuForms(*(stem + case for case in endings))
    return forms._replace(nominative=adjective, accusative=adjective) if ending == "ой" and not animate else forms


def ru_phrase_forms(phrase: str, *, declension: Declension | None = None, animate: bool = False) -> RuForms:
    """Return the six cases of a phrase: its adjectives and head noun, and again after "и"; what follows the head stays.

    "Саудовская Аравия": "Саудовской Аравии"; "Исламская Республика Иран": "Исламской Республики Иран"; "Босния и
    Герцеговина": both declined. ``declension`` is that of the head.
    """
    columns: list[RuForms] = []
    words = phrase.split(" ")
    done = still = False
    for index, word in enumerate(words):
        if word.lower() in {"и", "—", "-"}:
            # After a genitive it joins another genitive: Королевство Великобритании и Северной Ирландии.
            done = still
            columns.append(_still(word))
        elif done:
            still = True
            columns.append(_still(word))
        elif index + 1 < len(words) and _is_ru_adjective(word):
            columns.append(_ru_adjective(word, declension or _gender_of(word), animate=animate))
        else:
            forms = ru_case_forms(word, declension=declension or _number_after(words[:index]), animate=animate)
            columns.append(forms)
            # A word that no case changes is no head: Шри Ланка, Баку Экспо Центр.
            done = len(set(forms)) > 1
    return RuForms(*(" ".join(forms) for forms in zip(*columns, strict=True)))


def _still(word: str) -> RuForms:
    return RuForms(word, word, word, word, word, word)


def _is_ru_adjective(word: str) -> bool:
    return _ADJECTIVE.search(word) is not None


def _gender_of(adjective: str) -> Declension:
    ending = adjective[-2:].lower()
    if ending in {"ая", "яя"}:
        return "feminine"
    if ending in {"ое", "ее"}:
        return "neuter"
    return "plural" if ending in {"ые", "ие", "вы"} else "masculine"


def _number_after(words: Iterable[str]) -> Declension | None:
    """Return "plural" or "neuter" after an adjective that says so, else None: the noun's own ending decides."""
    for word in words:
        if _is_ru_adjective(word) and _gender_of(word) == "plural":
            return "plural"
    return None
