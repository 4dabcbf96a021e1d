"""The rules of ``knowledge/attribution_rules.toml`` compiled, with the names and institutions of ``attribution.toml``.

What may stand for a name or a source holds no punctuation and has a greatest length, so every pattern is read in time
linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from crawler.items import Lang
from crawler.knowledge import table

Taken = Literal["sentence", "prefix", "end"]
Case = Literal["nominative", "dative", "ablative", "genitive", "oblique"]

_QUOTES: Final = "[\"“”„«»'‘’]"
_SOURCE: Final = r"(?:[^.,;:!?…\n]|\.(?=\w)){2,140}?"
_WITHIN: Final = r"[^.,;:!?…\n]"
# APA-ya, "Report"a, News.Az-ın: endings of the dative and the genitive after a name
_DATIVE: Final = r"[-’']?(?:ya|yə|na|nə|a|ə)"
_GENITIVE: Final = r"[-’']?(?:nın|nin|nun|nün|ın|in|un|ün)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what of a sentence it takes away, and the grammatical case in which it finds its source."""

    taken: Taken
    pattern: re.Pattern[str]
    case: Case


@cache
def rules(lang: Lang) -> tuple[Rule, ...]:
    """Return the compiled rules of a language, in the order in which they are tried."""
    rows: list[dict[str, Any]] = table("attribution_rules")["rules"][lang]
    fillings = _fillings(lang)
    return tuple(Rule(row["take"], re.compile(_expression(row, fillings)), row["case"]) for row in rows)


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
