"""Names in the letters of the country they come from, respelled by their sound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from crawler.knowledge import table

_BEGINS: Final = "^"
_ENDS: Final = "$"


@dataclass(frozen=True, slots=True)
class _Orthography:
    keys: re.Pattern[str]
    sounds: dict[str, str]

    def respell(self, word: str) -> str:
        def sound(match: re.Match[str]) -> str:
            key = match.group()
            if key == word and (found := self.sounds.get(_BEGINS + key + _ENDS)) is not None:
                return found
            if match.start() == 0 and (found := self.sounds.get(_BEGINS + key)) is not None:
                return found
            if match.end() == len(word) and (found := self.sounds.get(key + _ENDS)) is not None:
                return found
            return self.sounds.get(key, key)

        return self.keys.sub(sound, word)


def respellings(word: str, country: str) -> tuple[str, ...]:
    """Return a Latin word, in small letters without diacritics, by the sounds of each orthography of an ISO country.

    "papierz" of PL gives "papezh". Empty for a country whose names English texts spell by their sound anyway.
    """
    return tuple(orthography.respell(word) for orthography in _of_country(country))


@cache
def _of_country(country: str) -> tuple[_Orthography, ...]:
    return tuple(_build(entry["sounds"]) for entry in table("orthographies").values() if country in entry["countries"])


def _build(sounds: dict[str, str]) -> _Orthography:
    def pattern(key: str) -> str:
        word = re.escape(key.strip(_BEGINS + _ENDS))
        return f"{'^' if key.startswith(_BEGINS) else ''}{word}{'$' if key.endswith(_ENDS) else ''}"

    ordered = sorted(sounds, key=lambda key: -len(key))
    return _Orthography(re.compile("|".join(map(pattern, ordered))), sounds)
