"""Case endings taken off names, by rules for names only: a name is never handed to a general lemmatizer.

Azerbaijani: only the last word of a name takes an ending, by vowel harmony; Russian: every word of it is declined
by its own type, foreign names in -е, -и, -о, -у not at all. An ending is taken off only if something speaks for it:
the case of the title before the name, agreement between given name and surname, a surname's ending, the verb that
follows, or the bare form standing elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, Literal

from crawler.items import Lang
from crawler.language.cases import az_stems
from crawler.language.cases_az import AZ_VOWELS
from crawler.language.text import lower

Case = Literal["nominative", "genitive", "dative", "instrumental", "locative"]
Attested = Callable[[str], bool]

_SHORT: Final = 3
"""Letters that must be left of a name at least when an ending comes off that other words share."""


# --- Azerbaijani -----------------------------------------------------------------------------

_AZ_APOSTROPHE: Final = re.compile(r"(?<=\w\w)['’ʼ‘][a-zəıöüşçğ]+$")
_AZ_SURNAME: Final = re.compile(r"(?:ov|ev|zadə|zade|lı|li|lu|lü|oğlu|skiy?|iç|ic|yan|dze|şvili|ko|uk|man|[əeu]r|an)$")
_AZ_SLAVIC: Final = re.compile(r"(?:ov|ev)$")
_AZ_OPEN: Final = re.compile(
    r"(?:dze|zadə|zade|[oe]va|[oe]vna|ina|aya|ava|ia|iya|ua|oğlu|ovlu|çı|çi|çu|çü|lı|li|lu|lü|ski|skı|şvili|ani|ko|io|sku|[aeo]qa|lva|nda|sta"
    r"|([bcdfgklmnprstvz])\1[aeiou]|[aeiou][drtlmnk]o|[oau]be|[aeo]ye)$"
)
"""Endings of names that close with a vowel: Georgian, Persian, Slavic, Turkish and Italian ones."""
_AZ_POSSESSED: Final = re.compile(r"[ıiuü](?:n(?:[ıiuü]n|[ıiuüaə]|d[aə]n?))?$|yl[aə]$")
"""A noun with the possessive ending, which a genitive calls for: "heyəti", "heyətini"."""
_AZ_AFTER_NOMINATIVE: Final = frozenset({"ilə", "üçün", "tərəfindən", "kimi", "barədə", "haqqında"})
_AZ_TRANSITIVE: Final = ("qəbul", "qarşıla", "ağırla", "təltif", "salamla", "dəvət", "yola", "təbrik", "mükafat")
_AZ_GIVING: Final = ("zəng", "telefon", "təqdim", "xatirə", "medal", "hədiyyə", "uğur", "təşəkkür", "verilib", "çatdır")
_AZ_LEADING: Final = ("başçılıq", "rəhbərlik", "sədrlik", "rəhbərliyi", "başçılığı", "dəvəti", "iştirakı")


def az_nominative(word: str, following: str, attested: Attested, *, slavic: bool = False) -> str:
    """Return the last word of an Azerbaijani name without its case ending.

    ``following`` is the word after the name, ``slavic`` tells that its bearer is of a Slavic country.
    """
    bare = _AZ_APOSTROPHE.sub("", word)
    following = lower(following, "az")
    if bare != word or following in _AZ_AFTER_NOMINATIVE or attested(word):
        return bare
    for stem, case in az_stems(word):
        if case in {"nominative", "belonging", "plural"} or len(stem) < _SHORT:
            continue
        if _az_took_a_consonant(lower(stem, "az"), lower(word[len(stem)], "az"), slavic=slavic) and not attested(stem):
            continue
        single, long = len(word) - len(stem) == 1, len(stem) > _SHORT
        joined = not single and stem[-1] in AZ_VOWELS and word[len(stem)] in "ny"
        if attested(stem) or _az_calls_for(case, following, long=long, single=single, joined=joined):
            return stem
        if _az_looks_like(lower(stem, "az"), case, single=single):
            return stem
    return word


def _az_took_a_consonant(stem: str, buffer: str, *, slavic: bool) -> bool:
    """Tell whether an ending off ``stem`` took the name's own last consonant for the one that joins endings to vowels.

    "Rəhmanın" is of Rəhman and "Köşerbaya" of Köşerbay, but "Kekelidzenin" of Kekelidze and "Markettinin" of Marketti.
    """
    if buffer == "y":
        return stem[-1] in "aeo" and not _AZ_OPEN.search(stem)
    if buffer != "n" or stem[-1] not in AZ_VOWELS or _AZ_OPEN.search(stem):
        return False
    return stem[-1] != "i" or slavic


def _az_calls_for(case: str, following: str, *, long: bool, single: bool, joined: bool) -> bool:
    """Tell whether the word after a name calls for its case; ``joined`` endings have a consonant after a vowel."""
    if case == "genitive":
        return following.startswith(_AZ_LEADING) or (long and not single and bool(_AZ_POSSESSED.search(following)))
    if case == "accusative":
        return long and (single or joined) and following.startswith(_AZ_TRANSITIVE)
    return case == "dative" and long and (single or joined) and following.startswith(_AZ_GIVING)


def _az_looks_like(stem: str, case: str, *, single: bool) -> bool:
    """Tell whether a stem is a surname by its form, so that what follows it is an ending."""
    if case == "instrumental":
        return stem[-1] != "l"  # Abdulla
    if _AZ_SLAVIC.search(stem):
        return True
    if single or len(stem) <= _SHORT or case not in {"dative", "accusative", "ablative"}:
        return False
    return bool(_AZ_SURNAME.search(stem)) or (case != "ablative" and stem[-1] in "əuüa")


# --- Russian ---------------------------------------------------------------------------------

_V: Final = "аеёиоуыэюя"
_C: Final = "бвгджзйклмнпрстфхцчшщь"
_RU_RULES: Final[dict[Case, tuple[tuple[str, str], ...]]] = {
    "nominative": (),
    "genitive": (
        (r"(?<=[гкх])ого$", "ий"),
        (r"ого$", "ый"),
        (r"его$", "ий"),
        (rf"(?<=[{_C}])а$", ""),
        (rf"(?<=[{_V}])я$", "й"),
        (rf"(?<=[{_C}])я$", "ь"),
    ),
    "dative": (
        (r"(?<=[гкх])ому$", "ий"),
        (r"ому$", "ый"),
        (rf"(?<=[{_C}])у$", ""),
        (rf"(?<=[{_V}])ю$", "й"),
        (rf"(?<=[{_C}])ю$", "ь"),
    ),
    "instrumental": (
        (r"(?<=[сц]к)им$", "ий"),
        (r"(?<=[оеёиы][вн])ым$", ""),
        (r"ым$", "ый"),
        (r"(?<=\w\w\w)ом$", ""),
        (rf"(?<=\w\w[{_V}])ем$", "й"),
        (r"(?<=\w\w[лрн])ем$", "ь"),
        (r"(?<=\w\w\w)ем$", ""),
        (r"(?<=\w\w\w)ой$", "а"),
    ),
    "locative": ((r"(?<=[сц]к)ом$", "ий"), (rf"(?<!зад)(?<=[{_C}])е$", "")),
}
_RU_ENDINGS: Final = {
    case: tuple((re.compile(pattern), nominative) for pattern, nominative in rules) for case, rules in _RU_RULES.items()
}
_RU_CONSONANT: Final = re.compile(rf"[{_C}]$")
_RU_INDECLINABLE: Final = re.compile(rf"(?:[еоиыэюё]|[{_C}]у|их|ых)$")
_RU_INSTRUMENTAL: Final = re.compile(r"(?:ым|им|ом|ем|ой)$")
_RU_WOMAN_OR_GENITIVE: Final = re.compile(r"(?:ов|ев|ёв|ин)а$")
_RU_TITLE_CASES: Final[tuple[tuple[re.Pattern[str], Case], ...]] = (
    (re.compile(r"^(?:глава|коллега|врио)$|ий$"), "nominative"),
    (re.compile(r"^(?:глав[ыу]|коллег[иу])$|[ая]$|его$"), "genitive"),
    (re.compile(r"^(?:главе|коллеге)$|[ую]$"), "dative"),
    (re.compile(r"(?:ом|[её]м|им)$|^(?:главой|коллегой)$"), "instrumental"),
    (re.compile(r"е$"), "locative"),
    (re.compile(rf"[{_C}]$"), "nominative"),
)
_RU_NO_CASE: Final = frozenset({"атташе", "замминистра", "замглавы", "визави"})
_RU_ADJECTIVE: Final = re.compile(r"(?:[ыи]й|[ое]го|[ое]му|[ыи]м)$")
_RU_COMMANDING: Final = re.compile(r"^(?:главно)?командующ")
_RU_AFTER: Final[dict[str, Case]] = {
    **dict.fromkeys(("о", "об", "обо", "при"), "locative"),
    **dict.fromkeys(("к", "ко"), "dative"),
    **dict.fromkeys(("от", "у", "для", "из", "до", "без"), "genitive"),
}


def ru_title_case(title: str) -> Case | None:
    """Return the case of a Russian rank or post as printed, read off its head word, None when it cannot be told."""
    words = title.lower().split()
    nouns = [word for word in words if not _RU_ADJECTIVE.search(word) or _RU_COMMANDING.match(word)]
    head = (nouns or words)[0]
    if head in _RU_NO_CASE:
        return None
    if _RU_COMMANDING.match(head) and head.endswith("ему"):
        return "dative"
    return next((case for pattern, case in _RU_TITLE_CASES if pattern.search(head)), None)


def ru_nominative(
    tokens: Sequence[str], *, title_case: Case | None, preposition: str, attested: Attested
) -> tuple[str, ...]:
    """Return the words of a Russian name in the nominative.

    ``title_case`` is the case of the rank or post before the name, ``preposition`` the word before the name or title.
    """
    full = [token for token in tokens if not token.islower() and not token.endswith(".")]
    if not full:
        return tuple(tokens)
    case = title_case or _ru_infer(full, preposition)
    if (
        case == "nominative"
        and title_case is None
        and len(full) < len(tokens)
        and _RU_WOMAN_OR_GENITIVE.search(full[-1])
    ):
        # An initial tells no gender; of officers a surname in -ова is far more often a man's in the genitive.
        case = "genitive"
    return tuple(_ru_bare(token, case, attested) if token in full else token for token in tokens)


def _ru_bare(token: str, case: Case, attested: Attested) -> str:
    bare = _ru_token(token, case)
    return token if bare != token and attested(token) and not attested(bare) else bare


def _ru_token(token: str, case: Case) -> str:
    """Return the nominative of one Russian name word that stands in ``case``; itself when it shows no ending."""
    for pattern, nominative in _RU_ENDINGS[case]:
        bare, found = pattern.subn(nominative, token)
        if found and len(bare) > 1:
            return bare
    return token


def _ru_infer(tokens: Sequence[str], preposition: str) -> Case:
    """Return the case of a name from the endings of its own words and the preposition before it."""
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 1:
        together = preposition in {"с", "со", "между", "перед", "и"} and _RU_INSTRUMENTAL.search(last)
        return "instrumental" if together else _RU_AFTER.get(preposition, "nominative")
    if _RU_AFTER.get(preposition) == "locative":
        return "locative"
    still = bool(_RU_INDECLINABLE.search(last))
    if len(first) > _SHORT + 1 and first.endswith(("ом", "ем")) and (still or _RU_INSTRUMENTAL.search(last)):
        return "instrumental"
    if _RU_CONSONANT.search(first):
        return "nominative"
    if first[-1] in "ая":
        return "genitive" if still or last[-1] in "ая" or last.endswith(("ого", "его")) else "nominative"
    if first[-1] in "ую":
        return "dative" if still or last[-1] in "ую" else "nominative"
    if re.search(r"(?:овым|евым|иным|[сц]ким)$", last) or (preposition in {"с", "со"} and last.endswith(("ом", "ем"))):
        return "instrumental"
    return "genitive" if last[-1] == "а" else "nominative"


# --- for comparison ----------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def possible_nominatives(word: str, lang: Lang) -> tuple[str, ...]:
    """Return every nominative that one word of a name may come from, the word itself first."""
    if lang == "az":
        bare = _AZ_APOSTROPHE.sub("", word)
        return tuple(dict.fromkeys([word, bare, *(stem for stem, _ in az_stems(word))]))
    if lang == "ru":
        return tuple(dict.fromkeys([word, *(_ru_token(word, case) for case in _RU_ENDINGS)]))
    return (word, word[:-2]) if word.endswith(("'s", "’s")) else (word,)
