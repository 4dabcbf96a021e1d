"""Case endings taken off names, by rules for names only: a name is never handed to a general lemmatizer.

Azerbaijani: only the last word of a name takes an ending, by vowel harmony; Russian: every word of it is declined
by its own type, foreign names in -е, -и, -о, -у not at all. An ending is taken off only if something speaks for it:
the case of the title before the name, agreement between given name and surname, a surname's ending, or the bare form
standing elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, Literal

from crawler.items import Lang
from crawler.language.cases import az_stems
from crawler.language.text import lower

Case = Literal["nominative", "genitive", "dative", "instrumental", "locative"]

_AZ_SURNAME: Final = re.compile(r"(?:ov|yev|ev|zadə|zade|lı|li|lu|lü|oğlu|ski|skiy|iç|ic|yan|dze|şvili|ko|uk|man|ər|er|ur|an)$")
_AZ_SLAVIC: Final = re.compile(r"(?:ov|ev)$")
_AZ_POSSESSED: Final = re.compile(r"(?:[ıiuü]|[ıiuü]n[ıiuü]n|[ıiuü]n[ıiuüaə]|[ıiuü]nd[aə]n?|[ıiuü]nda|[ıiuü]yl[aə])$")
_AZ_POSTPOSITIONS: Final = frozenset({"ilə", "üçün", "tərəfindən", "kimi", "barədə", "haqqında"})
_AZ_TRANSITIVE: Final = ("qəbul", "qarşıla", "ağırla", "təltif", "salamla", "dəvət", "yola", "təbrik", "mükafat")
_AZ_GIVING: Final = ("zəng", "telefon", "təqdim", "xatirə", "medal", "hədiyyə", "uğur", "təşəkkür", "verilib", "çatdır")
_AZ_LEADING: Final = ("başçılıq", "rəhbərlik", "sədrlik", "rəhbərliyi", "başçılığı", "dəvəti", "iştirakı")
_RU_CONSONANT: Final = re.compile(r"[бвгджзйклмнпрстфхцчшщь]$", re.IGNORECASE)
_RU_INDECLINABLE: Final = re.compile(r"(?:[еоиыэюё]|[^аеёиоуыэюя]у|их|ых|ко|аго|заде|оглу|оглы)$", re.IGNORECASE)
_RU_TITLE_NOMINATIVE: Final = frozenset({"глава", "атташе", "врио", "и.о.", "замминистра", "замглавы", "визави", "коллега"})


def az_nominative(word: str, following: str, attested: Callable[[str], bool]) -> str:
    """Return the last word of an Azerbaijani name without its case ending; ``following`` is the word after it."""
    bare = re.split(r"['’ʼ‘](?=[a-zəıöüşçğ])", word, maxsplit=1)
    if len(bare) == 2 and len(bare[0]) > 1:
        return bare[0]
    following = lower(following, "az")
    if following in _AZ_POSTPOSITIONS or attested(word):
        return word
    for stem, case in az_stems(word):
        if case in {"nominative", "belonging", "plural"} or len(stem) < 3:
            continue
        folded = lower(stem, "az")
        if attested(stem):
            return stem
        ending = len(word) - len(stem)
        if case == "instrumental" and folded[-1] != "l":
            return stem
        if ending == 1 and len(stem) > 3 and (
            (case == "accusative" and following.startswith(_AZ_TRANSITIVE)) or (case == "dative" and following.startswith(_AZ_GIVING))
        ):
            return stem
        if case == "genitive" and following.startswith(_AZ_LEADING):
            return stem
        if case == "genitive" and (_AZ_SLAVIC.search(folded) or (ending >= 2 and _AZ_POSSESSED.search(following) and len(stem) > 3)):
            return stem
        if case in {"ablative", "locative", "dative", "accusative"} and _AZ_SLAVIC.search(folded):
            return stem
        if case in {"dative", "accusative"} and ending == 2 and folded[-1] in "əuüa" and len(stem) > 3:
            return stem
        if case in {"ablative", "dative"} and ending > 1 and _AZ_SURNAME.search(folded):
            return stem
    return word


def _ru_token(token: str, case: Case) -> str:
    """Return the nominative of one Russian name word that stands in ``case``; itself when it shows no ending."""
    stem2 = token[:-2]
    if case == "genitive":
        if token.endswith("ого"):
            return token[:-3] + ("ий" if token[-4] in "гкх" else "ый")
        if token.endswith("его"):
            return token[:-3] + "ий"
        if token[-1] == "а" and _RU_CONSONANT.search(token[:-1]):
            return token[:-1]
        if token[-1] == "я" and len(token) > 2:
            return token[:-1] + ("й" if token[-2] in "аеиоуыэ" else "ь")
    elif case == "dative":
        if token.endswith("ому"):
            return token[:-3] + ("ий" if token[-4] in "гкх" else "ый")
        if token[-1] == "у" and _RU_CONSONANT.search(token[:-1]):
            return token[:-1]
        if token[-1] == "ю" and len(token) > 2:
            return token[:-1] + ("й" if token[-2] in "аеиоуыэ" else "ь")
    elif case == "instrumental":
        if token.endswith(("ским", "цким")):
            return stem2 + "ий"
        if token.endswith(("овым", "евым", "ёвым", "иным", "ыным")):
            return stem2
        if token.endswith("ым"):
            return stem2 + "ый"
        if token.endswith("ом") and len(token) > 4:
            return stem2
        if token.endswith("ем") and len(token) > 4:
            before = token[-3]
            return stem2 + ("й" if before in "аеиоуыэ" else "ь" if before in "лрн" else "")
        if token.endswith("ой") and len(token) > 4:
            return stem2 + "а"
    elif case == "locative":
        if token.endswith(("ском", "цком")):
            return stem2 + "ий"
        if token[-1] == "е" and _RU_CONSONANT.search(token[:-1]) and not token.endswith("заде"):
            return token[:-1]
    return token


def ru_title_case(title: str) -> Case | None:
    """Return the case of a Russian rank or post as printed, read off its head word, None when it cannot be told."""
    words = [word for word in title.lower().split() if not word.endswith(("ый", "ий", "ого", "его", "ому", "ему", "ым", "им"))] or title.lower().split()
    head = words[0]
    if title.lower().startswith(("командующ", "главнокомандующ")):
        head = title.lower().split()[0]
        endings: dict[str, Case] = {"ий": "nominative", "его": "genitive", "ему": "dative", "им": "instrumental", "ем": "locative"}
        return next((case for ending, case in endings.items() if head.endswith(ending)), None)
    if head in _RU_TITLE_NOMINATIVE:
        return None if head in {"атташе", "замминистра", "замглавы", "визави"} else "nominative"
    if head.startswith("глав") and len(head) < 8:
        return {"главы": "genitive", "главе": "dative", "главу": "genitive", "главой": "instrumental"}.get(head)  # type: ignore[return-value] # values are Case literals
    if head.endswith(("а", "я")):
        return "genitive"
    if head.endswith(("у", "ю")):
        return "dative"
    if head.endswith(("ом", "ем", "ём")):
        return "instrumental"
    if head.endswith("е"):
        return "locative"
    return "nominative" if _RU_CONSONANT.search(head) else None


def _ru_infer(tokens: Sequence[str], preposition: str) -> Case:
    """Return the case of a name from the endings of its own words and the preposition before it."""
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 1:
        if preposition in {"с", "со", "между", "перед", "и"} and re.search(r"(?:ым|им|ом|ем|ой)$", last):
            return "instrumental"
        if preposition in {"к", "ко"}:
            return "dative"
        return "genitive" if preposition in {"от", "у", "для", "из", "до", "без"} else "nominative"
    if preposition in {"о", "об", "обо", "при"}:
        return "locative"
    if re.search(r"(?:ом|ем)$", first) and len(first) > 4 and (re.search(r"(?:ым|им|ом|ем|ой)$", last) or _RU_INDECLINABLE.search(last)):
        return "instrumental"
    if _RU_CONSONANT.search(first):
        return "nominative"
    if first[-1] in "ая":
        return "genitive" if last[-1] in "ая" or last.endswith(("ого", "его")) or _RU_INDECLINABLE.search(last) else "nominative"
    if first[-1] in "ую":
        return "dative" if last[-1] in "ую" or _RU_INDECLINABLE.search(last) else "nominative"
    if re.search(r"(?:овым|евым|иным|ским|цким)$", last) or (last.endswith(("ом", "ем")) and preposition in {"с", "со"}):
        return "instrumental"
    if preposition in {"к", "ко"} and last.endswith("у"):
        return "dative"
    return "genitive" if last[-1] == "а" else "nominative"


def ru_nominative(
    tokens: Sequence[str], *, title_case: Case | None, preposition: str, attested: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the words of a Russian name in the nominative.

    ``title_case`` is the case of the rank or post before the name, ``preposition`` the word before the name or title.
    """
    full = [token for token in tokens if not token.endswith(".") and token[0].isupper()]
    if not full:
        return tuple(tokens)
    case = title_case or _ru_infer(full, preposition)
    if len(full) < len(tokens) and title_case is None and case == "nominative" and full[-1][-1] == "а" and re.search(r"(?:ов|ев|ёв|ин)а$", full[-1]):
        # An initial tells no gender; of officers a surname in -ова is far more often a man's in the genitive.
        case = "genitive"
    result: list[str] = []
    for token in tokens:
        if case == "nominative" or token not in full:
            result.append(token)
            continue
        bare = _ru_token(token, case)
        keep = bare != token and attested(token) and not attested(bare)
        result.append(token if keep or len(bare) < 2 else bare)
    return tuple(result)


def possible_nominatives(word: str, lang: Lang) -> tuple[str, ...]:
    """Return every nominative that one word of a name may come from, the word itself first."""
    if lang == "az":
        bare = re.split(r"['’ʼ‘]", word, maxsplit=1)[0]
        return tuple(dict.fromkeys([word, bare, *(stem for stem, _ in az_stems(word))]))
    if lang == "ru":
        cases: tuple[Case, ...] = ("genitive", "dative", "instrumental", "locative")
        return tuple(dict.fromkeys([word, *(_ru_token(word, case) for case in cases)]))
    return (word, word[:-2]) if word.endswith(("'s", "’s")) else (word,)
