"""From the paragraphs a page prints to the paragraphs a story consists of, and what was said between the lines.

Background paragraphs belong to the story and stay; only what a table names as furniture, a repetition of the headline
or an attribution goes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

import ahocorasick

from crawler.items import EarlierVersion, Lang
from crawler.knowledge import table
from crawler.language.headlines import distinctive_words, fold_letters, headline_key
from crawler.pages.attribution import letters, take_off
from crawler.pages.beginnings import TRAILER, author_line, provider_name, read_beginning
from crawler.pages.mending import glued_words, mend
from crawler.pages.page import PageError
from crawler.pages.required import fold

_TIME: Final = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d")
_OUTER: Final = " .:!…\"“”«»'’•·|"
_LONGEST_CONTAINING: Final = 220
"""A line that merely contains a furniture word is furniture only when it is short; a paragraph is not."""
_MORE_THAN_KEY: Final = 60
"""Characters of labels, quotes and dashes by which a headline may be longer than its key; what is longer is no copy."""
_MORE_THAN_TAG: Final = 4
"""Characters of commas, bars and hash signs beside a tag."""
_REPEATED: Final = 40
"""Paragraphs of this length or more that stand twice are printed twice (the old template's subtitle)."""


@dataclass(slots=True)
class Cleaned:
    """A clean body and everything that was read off its edges."""

    paragraphs: tuple[str, ...] = ()
    dateline: str | None = None
    provider: str | None = None
    author: str | None = None
    attribution: str | None = None
    trailer_day: str | None = None
    partial: bool = False
    disclaimer: bool = False
    earlier_versions: tuple[EarlierVersion, ...] = ()
    warnings: list[str] = field(default_factory=list)

    def refusal(self, where: str) -> PageError:
        """Return why a body without paragraphs is refused; ``where`` names what was read."""
        if self.partial:
            return PageError("paywall-only", where)
        if self.disclaimer:
            return PageError("disclaimer-only", where)
        return PageError("empty-body", f"{where}: nothing but furniture")


class _Furniture(NamedTuple):
    lines: frozenset[str]
    starts: tuple[str, ...]
    contains: tuple[str, ...]
    ends: frozenset[str]
    ends_starting: tuple[str, ...]
    disclaimer: tuple[str, ...]
    paywall: tuple[str, ...]
    phrases: ahocorasick.Automaton
    """All that a line may begin with or hold: nearly every paragraph has none of them, which one pass over it tells."""


def clean(
    raw: Iterable[str],
    lang: Lang,
    *,
    headlines: Sequence[str] = (),
    own_names: frozenset[str] = frozenset(),
    tags: Sequence[str] = (),
    byline: bool = False,
) -> Cleaned:
    """Clean the paragraphs of a body.

    ``headlines`` are the page's own headline and those of its alternates: paragraphs that repeat one are captions.
    ``own_names``: see ``attribution.take_off``. ``tags`` are the page's tags, whose run may stand in the body.
    ``byline`` says that the source prints authors as lines of their own before the text.
    """
    cleaned = Cleaned()
    kept = _without_furniture((mend(text, lang) for text in raw), cleaned)
    without = _without_copies(kept, lang, headlines, _MORE_THAN_KEY)
    without = _without_copies(without, lang, [*tags, " ".join(tags)], _MORE_THAN_TAG * len(tags))
    body = _without_beginnings(without, cleaned, byline=byline)
    body = _without_repetition(body)
    if cleaned.provider:
        own_names |= {letters(cleaned.provider), letters(cleaned.provider.split()[0])}
    newest, earlier = _versions(body)
    cleaned.earlier_versions = tuple(
        EarlierVersion(stamp_raw=time, paragraphs=take_off(version, lang, own_names).paragraphs)
        for time, version in earlier
    )
    attributed = take_off(newest, lang, own_names)
    cleaned.paragraphs, cleaned.attribution = attributed.paragraphs, attributed.source
    if glued := [word for text in cleaned.paragraphs for word in glued_words(text)]:
        cleaned.warnings.append(f"glued words: {', '.join(glued[:5])}")
    if cleaned.partial:
        cleaned.warnings.append("partial: paywall")
    return cleaned


def is_furniture(text: str) -> bool:
    """Tell whether a line on its own is a label, a pitch, a credit or another part of the page."""
    return _kind(text) is not None


def ends_story(text: str) -> bool:
    """Tell whether from this line on nothing belongs to the story ("Latest News", "Legal Disclaimer:")."""
    return _kind(text) == "end"


def _without_furniture(texts: Iterable[str], cleaned: Cleaned) -> list[str]:
    kept: list[str] = []
    for text in texts:
        if "MENAFN" in text and (trailer := TRAILER.search(text)):
            _read_trailer(trailer, cleaned)
            text = f"{text[: trailer.start()]} {text[trailer.end() :]}".strip()  # noqa: PLW2901 - the line without its code
        if not text:
            continue
        kind = _kind(text)
        if kind == "end":
            cleaned.disclaimer = cleaned.disclaimer or _holds_disclaimer(fold(text))
            # a list's name above the text is navigation, below it the end
            if kept:
                break
        elif kind == "paywall":
            cleaned.partial = True
        elif kind is None:
            kept.append(text)
    return kept


def _kind(text: str) -> str | None:
    furniture = _furniture()
    folded = fold(text)
    bare = folded.strip(_OUTER)
    if bare in furniture.lines or not bare:
        return "line"
    if bare in furniture.ends:
        return "end"
    if next(furniture.phrases.iter(folded), None) is None:
        return None
    if folded.startswith(furniture.ends_starting) or _holds_disclaimer(folded):
        return "end"
    if folded.lstrip(_OUTER).startswith(furniture.paywall):
        return "paywall"
    if folded.startswith(furniture.starts):
        return "start"
    if len(text) <= _LONGEST_CONTAINING and any(words in folded for words in furniture.contains):
        return "contains"
    return None


def _holds_disclaimer(folded: str) -> bool:
    return any(words in folded for words in _furniture().disclaimer)


def _without_copies(texts: list[str], lang: Lang, printed: Iterable[str], more: int) -> list[str]:
    """Leave out paragraphs that repeat one of ``printed`` and have at most ``more`` characters around it."""
    known = [text for text in printed if text]
    longest = max(map(len, known), default=-1 - more) + more
    if all(len(text) > longest for text in texts):
        return texts
    words = {distinctive_words(text, lang) for text in known}
    keys: set[str] = set()
    kept: list[str] = []
    for text in texts:
        if len(text) <= longest and _holds_any(fold_letters(text, lang), words):
            keys = keys or {headline_key(one, lang) for one in known}
            if headline_key(text, lang) in keys:
                continue
        kept.append(text)
    return kept


def _holds_any(text: str, groups: Iterable[tuple[str, ...]]) -> bool:
    return any(all(word in text for word in words) for words in groups)


def _read_trailer(trailer: re.Match[str], cleaned: Cleaned) -> None:
    day, code, _ = trailer.groups()
    cleaned.trailer_day = f"{day[4:]}-{day[2:4]}-{day[:2]}"
    cleaned.provider = cleaned.provider or table("page_labels")["menafn"]["codes"].get(code, f"code {code}")


def _without_beginnings(texts: list[str], cleaned: Cleaned, *, byline: bool) -> list[str]:
    texts = list(texts)
    after_menafn = False
    while texts:
        beginning = read_beginning(texts[0], after_menafn=after_menafn)
        if beginning.provider:
            cleaned.provider = provider_name(beginning.provider)
            after_menafn = True
        cleaned.author = cleaned.author or beginning.author
        cleaned.dateline = cleaned.dateline or beginning.dateline
        if beginning.rest:
            name = author_line(beginning.rest) if byline and len(texts) > 1 else None
            if name is None:
                texts[0] = beginning.rest
                break
            cleaned.author = cleaned.author or name
        texts.pop(0)
    return texts


def _without_repetition(texts: list[str]) -> list[str]:
    """Leave out paragraphs that stand twice, in the places where they stood second."""
    seen: set[str] = set()
    kept: list[str] = []
    for text in texts:
        if len(text) >= _REPEATED:
            if text in seen:
                continue
            seen.add(text)
        kept.append(text)
    return kept


def _versions(texts: list[str]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Part an updated story at paragraphs that are only a time; the newest version stands on top."""
    if texts and _TIME.fullmatch(texts[0]):
        texts = texts[1:]
    newest: list[str] = []
    earlier: list[tuple[str, list[str]]] = []
    for text in texts:
        if _TIME.fullmatch(text):
            earlier.append((text, []))
        elif earlier:
            earlier[-1][1].append(text)
        else:
            newest.append(text)
    return newest, [(time, version) for time, version in earlier if version]


@cache
def _furniture() -> _Furniture:
    boilerplate = table("boilerplate")

    def folded(name: str) -> tuple[str, ...]:
        return tuple(fold(str(entry)) for entry in boilerplate[name])

    phrases = ahocorasick.Automaton()
    for phrase in itertools.chain(*map(folded, ("starts", "contains", "ends_starting", "disclaimer", "paywall"))):
        phrases.add_word(phrase, phrase)
    phrases.make_automaton()
    return _Furniture(
        lines=frozenset(entry.strip(_OUTER) for entry in folded("lines")),
        starts=folded("starts"),
        contains=folded("contains"),
        ends=frozenset(folded("ends")),
        ends_starting=folded("ends_starting"),
        disclaimer=folded("disclaimer"),
        paywall=folded("paywall"),
        phrases=phrases,
    )
