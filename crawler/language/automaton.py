"""A word automaton: from word to word of a text, to the values of the forms that the words make.

It is kept as it is built, many ways with one first word side by side; where they lead together is worked out when a
text first takes them. So the time and memory spent on a table of a hundred thousand forms are those of its words.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeVar
from weakref import ReferenceType, ref

from crawler.items import LANGS, Lang
from crawler.language.words import Words, cut, same_marks, tokens_of

T = TypeVar("T")
V = TypeVar("V")

_MOST: Final = 50_000
"""Words kept with the automata they begin forms of: a text has a few hundred, the texts of months some ten thousand."""
START: Final = 0
"""The node before the first word of every form."""


class Match(NamedTuple, Generic[T]):
    """``words`` is ``text[start:end]`` as printed; ``value`` is what the table says it stands for."""

    start: int
    end: int
    words: str
    value: T


class State(Generic[T]):
    """The nodes that some words lead to: where the next word leads, and what the words stand for."""

    __slots__ = ("exact", "moves", "nodes", "value")

    def __init__(self, nodes: tuple[int, ...]) -> None:
        self.nodes: Final = nodes
        self.moves: _Moves[T] = {}
        self.value: T | None = None
        self.exact: dict[str, T] | None = None


_Moves = dict[str, "tuple[int, ...] | State[T]"]


class Automaton(Generic[V, T]):
    """Nodes joined by the words of forms.

    ``combine`` makes one value of the values of all nodes that a form ends at, in the order the nodes were made in.
    """

    def __init__(self, lang: Lang, combine: Callable[[list[V]], T]) -> None:
        self._lang: Final[Lang] = lang
        self._combine: Final = combine
        self._edges: Final[list[_Moves[T]]] = [{}]
        self._values: Final[dict[int, V]] = {}
        self._exact: Final[dict[int, dict[str, T]]] = {}
        self._states: Final[dict[tuple[int, ...], State[T]]] = {}
        self._between: Final[dict[tuple[int, str], int]] = {}
        self._known: Final[dict[str, str]] = {}
        self.shared = False
        """Whether texts are asked for what begins its forms together with all other automata."""

    def _node(self, value: V | None = None, exact: dict[str, T] | None = None) -> int:
        """Return a new node; forms that end at it stand for ``value``, or for that of ``exact`` they are printed as."""
        self._edges.append({})
        node = len(self._edges) - 1
        if value is not None:
            self._values[node] = value
        if exact is not None:
            self._exact[node] = exact
        return node

    def _connect(self, source: int, folded: str, target: int) -> None:
        """Lead from one node to another by the tokens of a folded form, sharing the way with forms that begin alike."""
        *first, last = (f" {folded}",) if folded.isalnum() else tokens_of(f" {folded}")
        for token in first:
            between = self._between.get((source, token))
            if between is None:
                between = self._between[source, token] = self._node()
                self._add(source, token, between)
            source = between
        self._add(source, last, target)

    def _add(self, source: int, token: str, target: int) -> None:
        edges = self._edges[source]
        targets = edges.get(token)
        if targets is None:
            edges[self._known.setdefault(token, token)] = (target,)
        elif isinstance(targets, tuple) and target not in targets:
            edges[token] = (*targets, target)

    def _finish(self) -> None:
        """Forget what only building needs."""
        self._between.clear()
        self._known.clear()

    def begin(self, token: str) -> State[T] | None:
        """Return where a token leads that forms begin with, given with a blank before it; None for any other."""
        moves = self._edges[START]
        state = moves.get(token)
        if isinstance(state, tuple):
            state = moves[token] = self._state(state)
        return state

    def is_open_at(self, words: Words, place: int, reach: int) -> bool:
        """Tell whether a form begins up to ``reach`` characters before a place and can go on with the word there."""
        beginnings = _beginnings(words, self)
        at = bisect.bisect_left(beginnings, place, key=lambda beginning: words.start_of(beginning[0]))
        while at and words.start_of(beginnings[at - 1][0]) >= place - reach:
            at -= 1
            last, reached = beginnings[at][0], self._known_state(beginnings[at][1])
            while reached is not None and words.start_of(last + 1) < place:
                last += 1
                reached = self._known_state(reached.moves.get(words.tokens[last]))
            if reached is not None and reached.moves:
                return True
        return False

    def _known_state(self, leads: tuple[int, ...] | State[T] | None) -> State[T] | None:
        return self._state(leads) if isinstance(leads, tuple) else leads

    def find(self, text: str | Words) -> list[Match[T]]:
        """Return the matches in text order, none overlapping another: leftmost first, of those the longest."""
        found: list[Match[T]] = []
        end = 0
        for match in self.find_all(text):
            if match.start >= end:
                found.append(match)
                end = match.end
        return found

    def find_all(self, text: str | Words) -> list[Match[T]]:
        """Return every match, overlapping ones too, leftmost first and the longer before the shorter."""
        words = cut(text, self._lang)
        found: list[Match[T]] = []
        moves, token = self._edges[START], ""
        for first, beginning in _beginnings(words, self):
            if first in words.inside:
                continue
            last = first
            state: State[T] | tuple[int, ...] | None = beginning
            longer: list[Match[T]] = []
            while state is not None:
                if isinstance(state, tuple):
                    state = moves[token] = self._state(state)
                if (state.value is not None or state.exact) and last not in words.unfinished:
                    self._read(words, first, last, state, longer)
                last += 1
                moves, token = state.moves, words.tokens[last]
                state = moves.get(token)
            longer.reverse()
            found += longer
        return found

    @staticmethod
    def _read(words: Words, first: int, last: int, state: State[T], found: list[Match[T]]) -> None:
        """Add the match of the tokens from ``first`` to ``last``, a whole form, unless it is printed otherwise."""
        start, end = words.start_of(first), words.ends[last]
        printed = words.text[start:end]
        value = state.value
        if state.exact:
            value = state.exact.get(same_marks(printed), value)
        if value is not None:
            found.append(Match(start, end, printed, value))

    def _state(self, nodes: tuple[int, ...]) -> State[T]:
        state = self._states.get(nodes)
        if state is None:
            state = self._states[nodes] = State(nodes)
            state.moves = self._edges[nodes[0]] if len(nodes) == 1 else self._joint_moves(nodes)
            values = [self._values[node] for node in sorted(nodes) if node in self._values]
            state.value = self._combine(values) if values else None
            state.exact = next((self._exact[node] for node in nodes if node in self._exact), None)
        return state

    def _joint_moves(self, nodes: tuple[int, ...]) -> _Moves[T]:
        joint: dict[str, tuple[int, ...]] = {}
        for node in nodes:
            for token, leads in self._edges[node].items():
                targets = leads if isinstance(leads, tuple) else leads.nodes
                known = joint.get(token, ())
                joint[token] = (*known, *(target for target in targets if target not in known))
        return {**joint}


_Beginning = tuple["Automaton[Any, Any]", State[Any]]


class _Openings(dict[str, tuple[_Beginning, ...]]):
    """By word, the automata of a language with forms that begin with it, found out when a text first has the word.

    One question a word, of a table of few words, in place of one an automaton, of tables of a hundred thousand.
    """

    def __init__(self) -> None:
        super().__init__()
        self._automata: list[ReferenceType[Automaton[Any, Any]]] = []
        self.size = 0
        """How many automata have ever been counted in."""

    def add(self, automaton: Automaton[Any, Any]) -> None:
        """Count in an automaton; what was known before is no longer whole."""
        self._automata = [known for known in self._automata if known() is not None] + [ref(automaton)]
        self.size += 1
        self.clear()

    def __missing__(self, token: str) -> tuple[_Beginning, ...]:
        if len(self) >= _MOST:
            self.clear()
        known = [automaton for reference in self._automata if (automaton := reference()) is not None]
        found = self[token] = tuple((one, state) for one in known if (state := one.begin(token)) is not None)
        return found


_OPENINGS: Final[dict[Lang, _Openings]] = {lang: _Openings() for lang in LANGS}


def _beginnings(words: Words, automaton: Automaton[V, T]) -> Sequence[tuple[int, State[T]]]:
    """Return the tokens of a text that begin forms of an automaton, and where they lead."""
    openings = _OPENINGS[words.lang]
    if not automaton.shared:
        automaton.shared = True
        openings.add(automaton)
    if words.beginnings is None or words.beginnings[0] != openings.size:
        found: dict[object, list[tuple[int, Any]]] = {}
        for at, token in enumerate(words.opening):
            for one, state in openings[token]:
                found.setdefault(one, []).append((at, state))
        words.beginnings = openings.size, found
    return words.beginnings[1].get(automaton, ())
