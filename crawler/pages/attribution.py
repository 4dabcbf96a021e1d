"""Attributions: "Report informs, citing the Ministry of Defence" taken off the text and recorded.

What is left is a sentence. An institution's own statement ("The ministry said on Tuesday that ...") stays in the
text, because it carries more than the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from crawler.items import Lang
from crawler.pages.attribution_rules import Rule, outlet_name, rules
from crawler.pages.nominative import nominative

_BOUNDARY: Final = re.compile(r"[.!?…][\"”»)]*(\s+)(?=[\"“«„(]?[A-ZÇƏĞİÖŞÜА-ЯЁ0-9])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b[^\W\d_]|\b(?:Lt|Gen|Col|Maj|Brig|Capt|Cdr|Adm|Mr|Mrs|Ms|Dr|Prof|St|No"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|г|гг|им|ул|тыс|млн|св|др|т|ген|полк))\.\s+$"
)
_FEWEST_WORDS: Final = 3
"""A rest of fewer words is no sentence, so the attribution was not one either."""
_EDGE_QUOTES: Final = "\"“”„«»'‘’ "


@dataclass(frozen=True, slots=True)
class Attributed:
    """Paragraphs without their attributions, and the first source they named."""

    paragraphs: tuple[str, ...]
    source: str | None


def take_off(paragraphs: Iterable[str], lang: Lang, own_names: frozenset[str]) -> Attributed:
    """Take attributions off the paragraphs of an article and return the rest with the named source.

    ``own_names`` are names of the outlet itself in small letters ("report"): naming oneself is no source.
    A paragraph that was nothing else is gone.
    """
    kept: list[str] = []
    named: list[str] = []
    taken: list[str] = []
    language = rules(lang)
    for paragraph in paragraphs:
        worth_trying = language.worth_trying(paragraph)
        if not worth_trying:
            kept.append(paragraph)
            continue
        left: list[str] = []
        for sentence in sentences(paragraph):
            tried = worth_trying if sentence == paragraph else language.worth_trying(sentence)
            if rest := _sentence(sentence, lang, tried, named, taken):
                left.append(rest)
        if left:
            kept.append(" ".join(left))
    candidates = chain(named, (name for text in taken for name in _outlets(text)))
    source = next((name for name in candidates if name and letters(name) not in own_names), None)
    return Attributed(tuple(kept), source)


def sentences(paragraph: str) -> list[str]:
    """Split a paragraph at sentence ends; initials (Z. Hasanov) and abbreviated ranks and months do not end one."""
    found: list[str] = []
    start = 0
    for boundary in _BOUNDARY.finditer(paragraph):
        if _ABBREVIATED.search(paragraph[max(start, boundary.start() - 12) : boundary.end()]):
            continue
        found.append(paragraph[start : boundary.start(1)])
        start = boundary.end()
    found.append(paragraph[start:])
    return found


def _sentence(sentence: str, lang: Lang, tried: Iterable[Rule], named: list[str], taken: list[str]) -> str:
    """Return a sentence without its attributions, empty when it was nothing else; note who was named."""
    prefixed = False
    for rule in tried:
        if rule.taken == "sentence":
            if found := rule.pattern.match(sentence):
                _note(found, rule, lang, named, taken)
                return ""
        elif rule.taken == "prefix":
            found = None if prefixed else rule.pattern.match(sentence)
            if found and _is_sentence(sentence[found.end() :]):
                prefixed = True
                _note(found, rule, lang, named, taken)
                sentence = _capitalized(sentence[found.end() :], lang)
        else:
            found = rule.pattern.search(sentence)
            if found and _is_sentence(sentence[: found.start()]):
                _note(found, rule, lang, named, taken)
                sentence = f"{sentence[: found.start()].rstrip(' ,–—-')}{sentence[found.end() :].strip() or '.'}"
    return sentence


def _is_sentence(rest: str) -> bool:
    return len(rest.split()) >= _FEWEST_WORDS


def _capitalized(rest: str, lang: Lang) -> str:
    first = "İ" if lang == "az" and rest[0] == "i" else rest[0].upper()
    return first + rest[1:]


def _note(found: re.Match[str], rule: Rule, lang: Lang, named: list[str], taken: list[str]) -> None:
    source = found.groupdict().get("source")
    if source:
        named.append(nominative(source, lang, rule.case))
    taken.append(found[0])


def _outlets(text: str) -> Iterator[str]:
    return (match[0].strip(_EDGE_QUOTES) for match in _outlet().finditer(text))


def letters(name: str) -> str:
    """Return the letters and digits of a name in small letters, so that spellings of one outlet compare equal."""
    return "".join(filter(str.isalnum, name.casefold()))


@cache
def _outlet() -> re.Pattern[str]:
    return re.compile(outlet_name())
