"""The rules of ``knowledge/attribution_rules.toml``, with the names and institutions of ``attribution.toml``.

What may stand for a name or a source holds no punctuation and has a greatest length, so every pattern is read in time
linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final, Literal

from crawler.items import Lang
from crawler.knowledge import table
from crawler.pages.required import RequiredWords, fold, required

Taken = Literal["sentence", "prefix", "end"]
Case = Literal["nominative", "dative", "ablative", "genitive", "oblique"]

_QUOTES: Final = "[\"“”„«»'‘’]"
_SOURCE: Final = r"(?:[^.,;:!?…\n]|\.(?=\w)){2,140}?"
_WITHIN: Final = r"[^.,;:!?…\n]"
# APA-ya, "Report"a, News.Az-ın: endings of the dative and the genitive after a name
_DATIVE: Final = r"[-’']?(?:ya|yə|na|nə|a|ə)"
_GENITIVE: Final = r"[-’']?(?:nın|nin|nun|nün|ın|in|un|ün)"


@dataclass(frozen=True)
class Rule:
    """What of a sentence is taken away, the grammatical case of the source in it, and the expression of both."""

    taken: Taken
    case: Case
    expression: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression; an article needs a handful, and compiling all takes a tenth of a second."""
        return re.compile(self.expression)


class Rules:
    """The rules of a language in the order in which they are tried."""

    def __init__(self, lang: Lang) -> None:
        rows: list[dict[str, Any]] = table("attribution_rules")["rules"][lang]
        fillings = _fillings(lang)
        triggers = frozenset(map(fold, table("attribution_rules")["triggers"][lang]))
        parts = {name: required(filling) for name, filling in fillings.items()}
        needs = [(triggers, *required(row["pattern"], parts)) for row in rows]
        self._words = RequiredWords(choice for choices in needs for choice in choices)
        self._triggers = self._words.mask([triggers])
        self._rules = tuple(
            (self._words.mask(choices), Rule(row["take"], row["case"], _expression(row, fillings)))
            for row, choices in zip(rows, needs, strict=True)
        )

    def worth_trying(self, text: str) -> list[Rule]:
        """Return the rules whose words a text holds; no other can match in it."""
        held = self._words.held(text)
        if not held & self._triggers:
            return []
        missing = ~held
        return [rule for needs, rule in self._rules if not needs & missing]


@cache
def rules(lang: Lang) -> Rules:
    """Return the rules of a language."""
    return Rules(lang)


def _expression(row: dict[str, Any], fillings: dict[str, str]) -> str:
    pattern: str = row["pattern"]
    for name, filling in fillings.items():
        pattern = pattern.replace(f"{{{name}}}", filling)
    return rf"(?:{pattern})(?=\S)" if row["take"] == "prefix" else rf"(?:{pattern})(?= ?[.!…]*$)"


def _fillings(lang: Lang) -> dict[str, str]:
    outlet = rf"(?:(?:[Tt]he )?(?:[Ll]ocal |[A-Z][\w-]+ )?[Bb]ureau of )?{_QUOTES}?{outlet_name()}{_QUOTES}?"
    institutions = _alternatives(str(table("attribution")["institutions"][lang]).split())
    institutions = rf"(?:{institutions})" if lang == "en" else rf"(?i:{institutions})"
    return {
        **table("attribution_rules")["words"][lang],
        "outlet_dat": outlet + _DATIVE,
        "outlet_gen": outlet + _GENITIVE,
        "outlet": outlet,
        "source": _SOURCE,
        "inst": rf"(?!{_person(lang)})(?={_WITHIN}{{0,120}}?\b{institutions}){_WITHIN}{{2,140}}?",
        # a label before a colon is the institution's noun among few words: "Пресс-служба Минобороны РФ: ..."
        "short_inst": rf"(?:[^\s.,;:!?…]+ ){{0,2}}{institutions}[^\s.,;:!?…]*(?: [^\s.,;:!?…]+){{0,3}}",
    }


def _person(lang: Lang) -> str:
    """Return the expression of a beginning that shows a person: the chief of a staff is not the staff."""
    words = "|".join(str(table("attribution")["people"][lang]).split())
    before = rf"{_WITHIN}{{0,120}}?" if lang == "az" else r"(?:[\w'’-]+ ){0,3}?"
    return rf"{before}\b(?:{words})\b" if lang == "en" else rf"{before}\b(?i:{words})\b"


@cache
def outlet_name() -> str:
    """Return the expression of a paper's or agency's bare name or web address."""
    attribution: dict[str, Any] = table("attribution")
    names = _alternatives(attribution["outlets"])
    domains = "|".join(attribution["domains"].split())
    address = rf"(?:www\.)?[A-Za-zÇƏĞİÖŞÜçəğıöşü0-9-]{{2,40}}\.(?:[a-z]{{2,3}}\.)?(?i:{domains})"
    return rf"(?<![\w.-])(?:{address}|{names})"


def _alternatives(words: list[str]) -> str:
    """Return words as alternatives, the longest first, so that a name is not cut short by its beginning."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
