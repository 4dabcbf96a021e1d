"""Predicates of a text: the verbs and nouns of knowledge/frames.toml, each with its meaning and tense."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language import syntax
from crawler.language.grammar import Tense
from crawler.language.matcher import PhraseMatcher
from crawler.language.phrases import paths
from crawler.language.syntax import Grammar
from crawler.language.words import Words

MEETING: Final = frozenset(
    {"meet", "receive", "call", "visit", "depart", "sign", "internal", "assembly", "discuss", "attend"}
)
"""Meanings whose people met, or mean to."""
_IDIOM: Final = "idiom"
"""The meaning of set phrases whose verb or noun says nothing of people: "met all requirements"."""
STRONG: Final = frozenset({"meet", "receive", "call", "assembly", "internal"})
"""Meanings that say by themselves that people met."""
_GOVERNING: Final = MEETING | {"say", "address", "invite", "message", "hold", "plan", "cancel"}
"""Meanings that have people for arguments; a text has one of them at a place."""


class Term(NamedTuple):
    """An entry of the table: its meaning, and the part of it a pattern stands in."""

    meaning: str
    part: str


class _Terms(NamedTuple):
    """What some words stand for: the verb and the noun they may be, whether both are predicates, and markers."""

    verb: Term | None
    noun: Term | None
    markers: tuple[str, ...]


def _terms(entries: list[Term]) -> _Terms:
    """Return what words are by all patterns they fit: the first noun, and the first verb unless one calls off."""
    governing = [term for term in entries if term.meaning in _GOVERNING]
    verbs = [term for term in governing if term.part != "nouns"]
    return _Terms(
        next((term for term in verbs if term.meaning == "cancel"), verbs[0] if verbs else None),
        next((term for term in governing if term.part == "nouns"), None),
        tuple(dict.fromkeys(term.meaning for term in entries if term.meaning not in _GOVERNING)),
    )


@dataclass(slots=True, eq=False)
class Predicate:
    """A verb or noun at ``text[start:end]``; a noun has no tense of its own until a verb of its clause gives it one.

    ``reference`` is a noun that only points to a meeting told of elsewhere: "during the meeting". ``needs_object`` is a
    verb that means a meeting only with somebody for its object: "received the minister", not "received new rifles"; a
    ``hearer`` verb has for object whom it is said to. ``background`` tells why it is no news, empty when it is;
    a ``denied`` verb of the future calls off what was told before.
    """

    start: int
    end: int
    words: str
    meaning: str
    verbal: bool
    tense: Tense
    passive: bool
    sentence: int
    reference: bool = False
    background: str = ""
    needs_object: bool = False
    hearer: bool = False
    denied: bool = False

    @property
    def finite(self) -> bool:
        """Tell whether it is a verb with a tense of its own."""
        return self.verbal and self.tense in {"past", "present", "future", "anterior"}


class Mark(NamedTuple):
    """A marker of the table at ``text[start:end]``."""

    start: int
    end: int
    words: str
    meaning: str


@cache
def _matcher(lang: Lang) -> PhraseMatcher[Term, _Terms]:
    return PhraseMatcher(
        (
            (paths(pattern, lang), Term(meaning, part))
            for meaning, entry in table("frames").items()
            for part, patterns in entry.get(lang, {}).items()
            if part in {"verbs", "object_verbs", "hearer_verbs", "nouns"}
            for pattern in patterns
        ),
        lang,
        _terms,
    )


_WORD: Final = re.compile(r"\w+(?:['-]\w+)*")
"""A word of a folded text, which has one apostrophe, one dash and no underscore."""


_NONE: Final[frozenset[str]] = frozenset()
_BEFORE_FIRST: Final = ' "«“–—'
"""Marks before the first word of a sentence."""
_OPENING: Final = frozenset("–—:“«(./")
"""Marks after which a capital letter is that of a beginning: "TEHRAN (MNA) – Meeting the minister, ..."."""


def _is_noun(grammar: Grammar, said: list[str], at: int, *, known: bool, alone: bool) -> bool:
    """Tell whether a word is a noun; ``known``: the table has the noun, too; ``alone``: it is no longer phrase."""
    by_context = known and alone and grammar.is_noun_by_context(said, at)
    return by_context or (grammar.is_noun(said, at) and (known or not said[at].endswith("ing")))


class Frames:
    """Everything the table finds in a text, by sentence; ``body`` is where the headline ends."""

    def __init__(self, words: Words, starts: list[int], body: int) -> None:
        self.predicates: Final[dict[int, list[Predicate]]] = {}
        self.marks: Final[dict[int, list[Mark]]] = {}
        self._meanings: Final[dict[int, set[str]]] = {}
        self._words: Final = words
        self._grammar: Final = syntax.of(words.lang)
        self._starts: Final = starts
        self._body: Final = body
        self._said: Final[dict[int, tuple[list[int], list[str]]]] = {}
        self._read()

    def _read(self) -> None:
        end, ends = 0, dict[str, int]()
        text, starts, sentence = self._words.text, [*self._starts[1:], len(self._words.text) + 1], 0
        found = _matcher(self._words.lang).find_all(self._words)
        nouns = {start for start, _, _, terms in found if terms.noun}
        for start, stop, printed, terms in found:
            while start >= starts[sentence]:
                sentence += 1
            if (terms.verb or terms.noun) and start >= end and text[max(0, start - 1) : start] != "-":
                predicate = self._predicate(start, stop, printed, terms, sentence, known=start in nouns)
                if predicate is not None:
                    end = stop
                    self.predicates.setdefault(sentence, []).append(predicate)
            if _IDIOM in terms.markers:
                end = max(end, stop)
            for meaning in terms.markers:
                if start >= ends.get(meaning, 0):
                    ends[meaning] = stop
                    self.marks.setdefault(sentence, []).append(Mark(start, stop, printed, meaning))
                    self._meanings.setdefault(sentence, set()).add(meaning)
        for sentence in range(len(self._starts)):
            self._read_others(sentence)

    def _read_others(self, sentence: int) -> None:
        """Add the verbs that no entry of the table knows: what depends on them takes part in nothing known."""
        starts, said = self._cut(sentence)
        text, grammar, own = self._words.text, self._grammar, self.predicates.get(sentence, [])
        taken = [(p.start, p.end) for p in own] + [(m.start, m.end) for m in self.marks.get(sentence, ())]
        known = len(own)
        for at in range(len(said)):
            participle = grammar.is_participle(said, at)
            if not participle and not grammar.is_verb(said, at):
                continue
            start, stop = starts[at], starts[at] + len(said[at])
            ends = participle or not grammar.verb_last or grammar.ends_clause.match(text, stop)
            if not text[start].islower() or not ends or any(first < stop and start < last for first, last in taken):
                continue
            tense, passive = grammar.tense(said, at), grammar.is_passive(said, at)
            if participle:
                tense, passive = "participle", False
            elif not grammar.verb_last and tense == "participle":
                tense = "past"
            background = "denied" if grammar.is_negated(said, at) else ""
            words = text[start:stop]
            own.append(Predicate(start, stop, words, "other", True, tense, passive, sentence, background=background))
        if len(own) > known:
            own.sort(key=lambda predicate: predicate.start)
            self.predicates[sentence] = own

    def _predicate(
        self, start: int, stop: int, printed: str, terms: _Terms, sentence: int, *, known: bool
    ) -> Predicate | None:
        """Return the predicate that words are, the verb before the noun where they can be both; None for neither.

        ``known`` tells that the table has a noun that begins there.
        """
        grammar, noun, verb = self._grammar, terms.noun, terms.verb
        first = self._starts[sentence]
        starts, said = self._cut(sentence)
        own = range(max(0, bisect.bisect_right(starts, start) - 1), bisect.bisect_left(starts, stop))
        at = own[-1] if grammar.verb_last else own[0]
        if grammar.noun_first:  # "в делегацию входили": the verb of a phrase is not always its first word
            at = next((n for n in own if grammar.tense(said, n) != "participle"), at)
        if (
            printed.isupper()
            and len(printed) > 1
            and self._words.text[stop : stop + 2].strip(". \n")
            and (self._words.text[stop] == ".")
        ):
            return None  # "REPORT.AZ"
        alone = len(own) == 1
        opens = self._words.text[first:start].rstrip()[-1:] in _OPENING
        named = printed[0].isupper() and start >= self._body and own[0] > 0 and not opens
        if (
            verb is not None
            and alone
            and (named or (not opens and _is_noun(grammar, said, at, known=noun is not None, alone=True)))
        ):
            verb = None  # "State" is no verb inside a sentence
        elif (
            verb is not None
            and not alone
            and not grammar.verb_last
            and _is_noun(grammar, said, own[0], known=known, alone=False)
        ):
            return None  # "a meeting with", "the talks of": the noun alone is found next
        if verb is None:
            if noun is None or (noun.meaning == "message" and named and not grammar.title_case):
                return None  # "Mərkəzi Komanda Məntəqəsi"
            folded = self._words.folded
            reference = grammar.is_reference(folded[first:start], folded[start:stop], folded[stop : stop + 24])
            return Predicate(start, stop, printed, noun.meaning, False, "participle", False, sentence, reference)
        if alone and verb.meaning in {"hold", "meet"} and grammar.is_auxiliary(said, at):
            return None
        denied = verb.meaning in MEETING and grammar.is_negated(said, at)
        tense = grammar.tense(said, at)
        return Predicate(
            start,
            stop,
            printed,
            verb.meaning,
            True,
            tense,
            grammar.is_passive(said, at),
            sentence,
            background="denied" if denied and tense != "future" else "",
            denied=denied,
            needs_object=verb.part == "object_verbs",
            hearer=verb.part == "hearer_verbs",
        )

    def _cut(self, sentence: int) -> tuple[list[int], list[str]]:
        """Return the words of a sentence, where they begin and folded."""
        if sentence not in self._said:
            folded = self._words.folded
            last = self._starts[sentence + 1] if sentence + 1 < len(self._starts) else len(folded)
            found = list(_WORD.finditer(folded, self._starts[sentence], last))
            self._said[sentence] = [match.start() for match in found], [match.group() for match in found]
        return self._said[sentence]

    def openings(self, text: str) -> list[tuple[int, int]]:
        """Return the stretches of what opens a sentence: its capital letter makes it no name ("Поездка Гашича")."""
        found: list[tuple[int, int]] = []
        for sentence, start in enumerate(self._starts):
            first = start
            while first < len(text) and text[first] in _BEFORE_FIRST:
                first += 1
            here = [*self.predicates.get(sentence, ()), *self.marks.get(sentence, ())]
            found += [(at.start, at.end) for at in here if at.start <= first]
        return found

    def marked(self, sentence: int, *meanings: str) -> bool:
        """Tell whether one of the markers stands in a sentence."""
        return not self._meanings.get(sentence, _NONE).isdisjoint(meanings)
