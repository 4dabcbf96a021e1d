"""Russian: forms of verbs and nouns from the dictionary's table, tense, and how a noun phrase is tied to its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Final, cast

from crawler.language.grammar import Relation, Tense
from crawler.language.text import word_set

_WILL: Final = frozenset({"будет", "будут", "буду", "будем"})
_PROSPECTS: Final = frozenset(
    "предстоит намерен намерена намерены планирует планируют планируется ожидается ожидаются должен должна должны"
    " собирается собирался собиралась собирались собираются готовится готовятся рассчитывает сможет смогут договорились"
    " согласились предполагается намеревается хочет".split()
)


@cache
def _table() -> tuple[dict[tuple[str, str], tuple[str, ...]], dict[str, Tense]]:
    """Return the forms of each lemma and the tense of each form of a verb; passive participles are past."""
    forms: dict[tuple[str, str], tuple[str, ...]] = {}
    tenses: dict[str, Tense] = {}
    text = resources.files("crawler.knowledge").joinpath("russian_forms.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        lemma, kind, tense, listed = line.split("\t")
        words = tuple(listed.split(" "))
        forms[lemma, kind] = (*forms.get((lemma, kind), ()), *words)
        if kind == "v":
            for word in words:
                tenses.setdefault(word, cast("Tense", "past" if tense == "passive" else tense))
    return forms, tenses


def forms(lemma: str, kind: str) -> tuple[str, ...]:
    """Return every form of a lemma; ``kind`` is v, n or a. Raises ValueError for a lemma that is not in the table."""
    if (lemma, kind) not in _table()[0]:
        raise ValueError(f"{lemma!r} is not in russian_forms.tsv: run python -m tools.build_russian_forms")
    return _table()[0][lemma, kind]


@lru_cache(maxsize=4096)
def tense_of(word: str) -> Tense:
    """Return the tense of one form of a verb of the table; ``participle`` for any other word."""
    return _table()[1].get(word.replace("ё", "е"), "participle")


def tense(words: Sequence[str], first: int) -> Tense:
    """Return the tense of the verb ``words[first]``; an infinitive takes that of "будет" or of a word of prospect."""
    found = tense_of(words[first])
    before = set(words[max(0, first - 5) : first])
    if found == "infinitive":
        return "future" if before & (_WILL | _PROSPECTS) else "infinitive"
    if found == "past" and (before & _WILL or (is_passive(words, first) and _WILL & set(words[first + 1 : first + 4]))):
        return "future"
    return found


def is_passive(words: Sequence[str], first: int) -> bool:
    """Tell whether the verb is a passive: "был принят", "принят", "принимается", "принятый"."""
    word = words[first]
    return word.endswith(
        (
            "нят",
            "нята",
            "няты",
            "нято",
            "ан",
            "ана",
            "аны",
            "ано",
            "ен",
            "ена",
            "ены",
            "ено",
        )
    )


PREPOSITIONS: Final[dict[str, Relation]] = {
    "с": "with",
    "со": "with",
    "между": "between",
    "к": "to",
    "ко": "to",
    "в": "in",
    "во": "in",
    "на": "in",
    "от": "from",
    "из": "from",
    "у": "of",
    "о": "about",
    "об": "about",
    "обо": "about",
    "для": "about",
    "после": "about",
    "против": "about",
    "при": "in",
}


_VOWELS: Final = "аеёиоуыэюя"


@lru_cache(maxsize=4096)
def case_of(printed: str, nominative: str) -> Relation:
    """Return the tie that the ending of a name's last word tells; ``core`` where it shows none."""
    word, bare = printed.lower(), nominative.lower()
    if word == bare:
        return "core"
    if word.endswith(("ым", "им", "ом", "ем", "ой", "ей")):
        return "agent"
    if word.endswith(("у", "ю", "ому", "ему")):
        return "object" if bare.endswith(("а", "я")) else "to"
    if word.endswith(("а", "я", "ого", "его")):
        return "object"
    if word.endswith(("ы", "и")):
        return "of"
    return "in" if word.endswith("е") else "core"


_OFFICE: Final = re.compile(
    r"\b((?:министр|генерал|начальник|адмирал|полковник|посол|президент|секретар|председател|директор|заместител"
    r"|капитан|майор|руководител)(ом|ем|у|ю|а|я|ь)?)\b",
    re.IGNORECASE,
)


def office_of(title: str) -> tuple[str, str] | None:
    """Return the first masculine office of a title as printed and its stem: ("министром", "министр")."""
    found = _OFFICE.search(title)
    return (found[1], found[1].removesuffix(found[2] or "")) if found else None


def is_auxiliary(words: Sequence[str], at: int) -> bool:
    """Tell whether a verb only helps another one: "собирались обсудить" means that they were going to."""
    following = words[at + 1] if at + 1 < len(words) else ""
    if not words[at].startswith("собира"):
        return False
    going = following in {"в", "на", "во"} and not words[at].endswith(("ются", "лись"))
    return going or tense_of(following) == "infinitive"


def is_noun(words: Sequence[str], at: int) -> bool:
    """Tell whether a form that a verb and a noun share is the noun: forms of the two differ in this language."""
    return at >= len(words)


is_noun_by_context = is_noun


_VERB: Final = re.compile(r"(?:[аеиоуыя]л(?:[аио]?|[аио]сь|ся)|[аеуюя]ет(?:ся)?|[аеуюя]ют(?:ся)?|(?:ит|ят|ат|ут)ся)$")
_SHORTEST_VERB: Final = 4
"""Letters of a finite form."""


def is_verb(words: Sequence[str], at: int) -> bool:
    """Tell whether a word has the form of a verb in the past or in the third person of the present."""
    return _is_finite(words[at])


@lru_cache(maxsize=8192)
def _is_finite(word: str) -> bool:
    formed = len(word) >= _SHORTEST_VERB and bool(_VERB.search(word))
    return formed and word not in word_set("verbs", "not_verbs", "ru")


def is_negated(words: Sequence[str], first: int) -> bool:
    """Tell whether a verb is denied: "не приезжал"."""
    return words[first - 1 : first] == ["не"]


_PARTICIPLE: Final = re.compile(r"(?:[аеиуоыяюш]вш|[ае]дш|[уюая]щ)(?:ий|его|ему|им|ем|ая|ей|ую|ие|их|ими)(?:ся)?$")


@cache
def _not_participles() -> tuple[str, ...]:
    return tuple(word_set("verbs", "not_participles", "ru"))


def is_participle(words: Sequence[str], at: int) -> bool:
    """Tell whether a word has the form of an active participle, whose clause stands around it."""
    word = words[at]
    return bool(_PARTICIPLE.search(word)) and not word.startswith(_not_participles())
