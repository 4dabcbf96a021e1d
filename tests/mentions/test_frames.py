"""Verbs and nouns are found with their meaning, and not where the same words say something else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

import pytest

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language.phrases import expand
from tests.mentions.articles import clauses_of

_PARTS: Final = ("verbs", "object_verbs", "hearer_verbs", "nouns")
_FURTHER: Final = tomllib.loads(Path(__file__).with_name("frames.toml").read_text("utf-8"))


def _sentences(role: str) -> list[tuple[str, Lang, str]]:
    """Return meaning, language and sentence of the table's examples or counter-examples and of those of frames.toml."""
    return [
        (meaning, lang, sentence)
        for given in (table("frames"), _FURTHER)
        for meaning, entry in given.items()
        for lang in LANGS
        for sentence in _listed(entry.get(role, {}).get(lang, []))
    ]


def _listed(sentences: str | list[str]) -> list[str]:
    return [sentences] if isinstance(sentences, str) else sentences


def _meanings(lang: Lang, sentence: str) -> set[str]:
    frames = clauses_of(lang, sentence).frames
    predicates = [predicate.meaning for own in frames.predicates.values() for predicate in own]
    return {*predicates, *(mark.meaning for own in frames.marks.values() for mark in own)}


@pytest.mark.parametrize(("meaning", "lang", "sentence"), _sentences("example"))
def test_an_example_has_its_meaning(meaning: str, lang: Lang, sentence: str) -> None:
    assert meaning in _meanings(lang, sentence)


@pytest.mark.parametrize(("meaning", "lang", "sentence"), _sentences("counter"))
def test_a_counter_example_has_not(meaning: str, lang: Lang, sentence: str) -> None:
    assert meaning not in _meanings(lang, sentence)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("meaning", table("frames"))
def test_every_meaning_has_an_example_and_a_counter_example(meaning: str, lang: Lang) -> None:
    for role in ("example", "counter"):
        assert any((meaning, lang) == (found, of) for found, of, _ in _sentences(role)), role


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("meaning", table("frames"))
def test_every_meaning_has_readable_patterns(meaning: str, lang: Lang) -> None:
    patterns = [pattern for part in _PARTS for pattern in table("frames")[meaning][lang].get(part, [])]
    assert patterns
    assert all(expand(pattern, lang) for pattern in patterns)


@pytest.mark.parametrize("meaning", _FURTHER)
def test_further_examples_are_of_the_table_s_meanings(meaning: str) -> None:
    assert meaning in table("frames")
