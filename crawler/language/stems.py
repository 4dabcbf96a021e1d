"""Case endings taken off again: every stem an Azerbaijani form may come from.

A stem is a guess. The caller accepts the one that stands in a table; libraries that lemmatize break names.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crawler.language.cases_az import AZ_VOWELS, az_lower, harmonizes


class Stem(NamedTuple):
    """A stem a form may come from, and the name of the last ending taken off it ("nominative" for none)."""

    stem: str
    case: str


_SHORTEST_STEM: Final = 2
_HARDENED: Final = {"y": "k", "ğ": "q"}
_CASES: Final = {
    "genitive": "nın nin nun nün ın in un ün",
    "dative": "ya yə na nə a ə",
    "accusative": "nı ni nu nü ı i u ü",
    "locative": "nda ndə da də",
    "ablative": "ndan ndən dan dən",
    "instrumental": "yla ylə la lə",
    "attributive": "ndakı ndəki dakı dəki",
    "predicate": "ndadır ndədir dadır dədir dır dir dur dür",
    "belonging": "lı li lu lü",
}
_POSSESSIVE: Final = {"possessive": "sı si su sü ı i u ü"}
_PLURAL: Final = {"plural": "lar lər"}


def _longest_first(endings: dict[str, str]) -> tuple[tuple[str, str], ...]:
    pairs = [(ending, case) for case, group in endings.items() for ending in group.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


_LAYERS: Final = tuple(_longest_first(layer) for layer in (_CASES, _POSSESSIVE, _PLURAL))
"""The order in which endings stand at the end of a word, from its end: case, possessive, plural."""


def az_stems(word: str) -> tuple[Stem, ...]:
    """Return the stems an Azerbaijani form may come from, the word itself first.

    A case ending, a possessive and a plural are taken off in this order, each if it is there and keeps vowel harmony
    ("nazirlərinin": "nazirləri", "nazirlər", "nazir"), with an apostrophe or hyphen before it. A softened stem is given
    hardened as well ("nazirliyi": "nazirlik"). ``case`` is the name of the outermost ending.
    """
    stems = {word: Stem(word, "nominative")}
    for layer in _LAYERS:
        for known in tuple(stems.values()):
            for stem, case in _without_ending(known.stem, layer):
                stems.setdefault(stem, Stem(stem, case if known.case == "nominative" else known.case))
    return tuple(stems.values())


def _without_ending(word: str, endings: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    folded = az_lower(word)
    found: list[tuple[str, str]] = []
    for ending, case in endings:
        if not folded.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)].rstrip("'’ʼ-–")
        if len(stem) < _SHORTEST_STEM or not harmonizes(stem, ending):
            continue
        found.append((stem, case))
        hardened = _HARDENED.get(stem[-1])
        if hardened and ending[0] in AZ_VOWELS:
            found.append((stem[:-1] + hardened, case))
    return found
