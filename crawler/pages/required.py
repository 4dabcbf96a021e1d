"""The words without which a regular expression cannot match, read off the expression.

Many expressions are asked of a text of which few can match. One pass over the text finds which of these words it holds,
and only the expressions that have what they need are compiled and tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import ahocorasick

Choice = frozenset[str]
"""Words of which a text has to hold one, folded."""

_SHORTEST: Final = 3
"""Shorter words are in nearly every text."""
_TOKEN: Final = re.compile(
    r"""(?P<open>\((?:\?(?:P<\w+>|[a-zA-Z-]*:|<?[=!]))?)|(?P<close>\))|\{(?P<part>[a-z_]+)\}|(?P<bar>\|)
    |(?P<repeat>[*?+]|\{(?P<least>\d*)(?:,\d*)?\})\??
    |(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<class>\\[a-zA-Z]|[.^$])|\\?(?P<letter>.)""",
    re.VERBOSE | re.DOTALL,
)


def fold(text: str) -> str:
    """Return a text as the words are compared: without case, and with one i for the two of Azerbaijani.

    Whatever ``re.IGNORECASE`` takes for the same letter is the same afterwards.
    """
    return text.replace("İ", "i").replace("ı", "i").casefold()


def required(expression: str, parts: Mapping[str, Sequence[Choice]] = MappingProxyType({})) -> tuple[Choice, ...]:
    """Return choices of folded words: a text that an expression matches holds, folded, a word of each.

    ``parts`` are the choices of what stands in the expression as ``{name}``.
    Raises ValueError for an expression whose brackets do not fit together and KeyError for a name without choices.
    """
    tokens = list(_TOKEN.finditer(expression))
    choices, end = _alternatives(tokens, 0, parts)
    if end != len(tokens):
        raise ValueError(f"a bracket too many: {expression!r}")
    return tuple(dict.fromkeys(choices))


def _alternatives(
    tokens: Sequence[re.Match[str]], at: int, parts: Mapping[str, Sequence[Choice]]
) -> tuple[list[Choice], int]:
    """Read alternatives up to the bracket that closes them; return what they need and where they end."""
    branches: list[list[Choice]] = []
    while True:
        needs, at = _branch(tokens, at, parts)
        branches.append(needs)
        if at == len(tokens) or not tokens[at]["bar"]:
            break
        at += 1
    if len(branches) == 1:
        return branches[0], at
    if not all(branches):
        return [], at
    # the choice that says most: that whose shortest word is the longest
    return [frozenset().union(*(max(needs, key=_shortest) for needs in branches))], at


def _branch(
    tokens: Sequence[re.Match[str]], at: int, parts: Mapping[str, Sequence[Choice]]
) -> tuple[list[Choice], int]:
    needs: list[Choice] = []
    word = ""

    def end_word() -> None:
        nonlocal word
        if len(fold(word)) >= _SHORTEST:
            needs.append(frozenset({fold(word)}))
        word = ""

    while at < len(tokens) and not tokens[at]["bar"] and not tokens[at]["close"]:
        token = tokens[at]
        at += 1
        inner, at = _inner(token, tokens, at, parts)
        repeat = tokens[at] if at < len(tokens) and tokens[at]["repeat"] else None
        at += repeat is not None
        if not _may_be_left_out(repeat):
            word += token["letter"] or ""
        if not token["letter"] or repeat is not None:
            end_word()
        if not _may_be_left_out(repeat):
            needs.extend(inner)
    end_word()
    return needs, at


def _inner(
    token: re.Match[str], tokens: Sequence[re.Match[str]], at: int, parts: Mapping[str, Sequence[Choice]]
) -> tuple[list[Choice], int]:
    """Return what a bracket or a part needs, and where the tokens after it begin; nothing for any other token."""
    if token["part"]:
        return list(parts[token["part"]]), at
    if not token["open"]:
        return [], at
    inner, at = _alternatives(tokens, at, parts)
    if at == len(tokens):
        raise ValueError(f"a bracket is not closed: {token.string!r}")
    return [] if token["open"].endswith("!") else inner, at + 1


def _may_be_left_out(repeat: re.Match[str] | None) -> bool:
    return repeat is not None and (repeat["repeat"] in {"*", "?"} or repeat["least"] in {"", "0"})


def _shortest(choice: Choice) -> int:
    return min(map(len, choice))


class RequiredWords:
    """Finds in one pass over a text which of many choices it has a word of."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self._bits = {choice: 1 << index for index, choice in enumerate(dict.fromkeys(choices))}
        bits: dict[str, int] = {}
        for choice, bit in self._bits.items():
            for word in choice:
                bits[word] = bits.get(word, 0) | bit
        self._automaton = ahocorasick.Automaton()
        for word, mask in bits.items():
            self._automaton.add_word(word, mask)
        self._automaton.make_automaton()

    def mask(self, choices: Iterable[Choice]) -> int:
        """Return some of the choices as bits."""
        mask = 0
        for choice in choices:
            mask |= self._bits[choice]
        return mask

    def held(self, text: str) -> int:
        """Return, as bits, the choices of which a text holds a word."""
        held = 0
        for _, mask in self._automaton.iter(fold(text)):
            held |= mask
        return held
