"""A word automaton: from word to word of a text, to the values of the forms that the words make.

It is kept as it is built, many ways with one first word side by side; where they lead together is worked out when a
text first takes them. So the time and memory spent on a table of a hundred thousand forms are those of its words.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import compress
from typing import Final, Generic, NamedTuple, TypeVar

from crawler.items import Lang
from crawler.language.words import Words, cut, same_marks, tokens_of

T = TypeVar("T")
V = TypeVar("V")

START: Final = 0
"""The node before the first word of every form."""


class Match(NamedTuple, Generic[T]):
    """``words`` is ``text[start:end]`` as printed; ``value`` is what the table says it stands for."""

    start: int
    end: int
    words: str
    value: T


class _State(Generic[T]):
    """The nodes that some words lead to: where the next word leads, and what the words stand for."""

    __slots__ = ("exact", "moves", "nodes", "value")

    def __init__(self, nodes: tuple[int, ...]) -> None:
        self.nodes: Final = nodes
        self.moves: _Moves[T] = {}
        self.value: T | None = None
        self.exact: dict[str, T] | None = None


_Moves = dict[str, "tuple[int, ...] | _State[T]"]


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
        self._states: Final[dict[tuple[int, ...], _State[T]]] = {}
        self._between: Final[dict[tuple[int, str], int]] = {}
        self._known: Final[dict[str, str]] = {}

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
        start = self._edges[START]
        found: list[Match[T]] = []
        for first in compress(range(len(words.opening)), map(start.__contains__, words.opening)):
            if first in words.inside:
                continue
            last, moves, token = first, start, words.opening[first]
            longer: list[Match[T]] = []
            while (state := moves.get(token)) is not None:
                if isinstance(state, tuple):
                    state = moves[token] = self._state(state)
                if (state.value is not None or state.exact) and last not in words.unfinished:
                    self._read(words, first, last, state, longer)
                moves = state.moves
                last += 1
                token = words.tokens[last]
            longer.reverse()
            found += longer
        return found

    @staticmethod
    def _read(words: Words, first: int, last: int, state: _State[T], found: list[Match[T]]) -> None:
        """Add the match of the tokens from ``first`` to ``last``, a whole form, unless it is printed otherwise."""
        start, end = words.start_of(first), words.ends[last]
        printed = words.text[start:end]
        value = state.value
        if state.exact:
            value = state.exact.get(same_marks(printed), value)
        if value is not None:
            found.append(Match(start, end, printed, value))

    def _state(self, nodes: tuple[int, ...]) -> _State[T]:
        state = self._states.get(nodes)
        if state is None:
            state = self._states[nodes] = _State(nodes)
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
