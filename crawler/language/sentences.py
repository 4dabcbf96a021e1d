"""The sentences of a text: where they end, and the short forms after whose full stop they go on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_SENTENCE_END: Final = re.compile(
    r"""[.!?…][)"'”»’]{0,2}(?=\s{1,3}[«"“(]?[A-ZÀ-ÖØ-ÞА-ЯЁƏĞIİÖŞÜÇ0-9])|;(?=\s)|\n{1,4}"""
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(.«\"“-])(?:[^\W\d_]|mrs?|ms|[ds]r|gen|col|lt|maj|brig|capt|adm|cdr|st|prof|ret|им|гг?|г-на|др|тыс|млн"
    r"|u\.s|и\.о)\.$",
    re.IGNORECASE,
)
_BEFORE_NUMBER: Final = re.compile(
    r"(?:^|[\s(])(?:no|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.\s{1,3}\d", re.IGNORECASE
)
"""Short forms before a number only: "Jun. 3", but "Minister Dong Jun. The"."""
_LONGEST_SENTENCE: Final = 1_000
"""Characters of a sentence; the longest of real reports, lists of attendees, have some 700."""


class Sentence(NamedTuple):
    """``text[start:end]``; ``paragraph`` counts from 0, the headline is paragraph -1."""

    start: int
    end: int
    paragraph: int

    @property
    def is_headline(self) -> bool:
        """Tell whether the sentence is the headline (or part of it)."""
        return self.paragraph < 0


def sentences_of(text: str, headline_end: int) -> list[Sentence]:
    """Return the sentences of a text whose headline, its first line, ends at ``headline_end`` (0 without one)."""
    result: list[Sentence] = []
    start, paragraph = 0, -1 if headline_end else 0
    for match in _SENTENCE_END.finditer(text):
        near = max(start, match.start() - 6)
        if match.group().startswith(".") and (
            _ABBREVIATION.search(text, near, match.start() + 1) or _BEFORE_NUMBER.search(text, near, match.end() + 4)
        ):
            continue
        if text[start : match.end()].strip():
            result += _cut(text, start, match.end(), paragraph)
        if match.group().startswith("\n"):
            paragraph += 1
        start = match.end()
    if text[start:].strip():
        result += _cut(text, start, len(text), paragraph)
    return result or [Sentence(0, len(text), 0)]


def _cut(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    """Yield a sentence, in pieces when it is longer than any: the work on a sentence grows with its square."""
    while end - start > _LONGEST_SENTENCE:
        stop = text.rfind(" ", start, start + _LONGEST_SENTENCE)
        stop = stop + 1 if stop > start else start + _LONGEST_SENTENCE
        yield Sentence(start, stop, paragraph)
        start = stop
    yield Sentence(start, end, paragraph)
