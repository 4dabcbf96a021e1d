"""What the meeting was about, as terms of the controlled list of knowledge/topics.toml."""

from __future__ import annotations

from functools import cache
from typing import Final

from crawler.items import Evidence, Lang
from crawler.knowledge import table
from crawler.language.matcher import PhraseMatcher
from crawler.mentions.document import Document
from crawler.mentions.phrases import paths
from crawler.mentions.scene import Scene


@cache
def _matcher(lang: Lang) -> PhraseMatcher[str, tuple[str, ...]]:
    phrases = ((paths(pattern, lang), key) for key, entry in table("topics").items() for pattern in entry[lang])
    return PhraseMatcher(phrases, lang, lambda keys: tuple(dict.fromkeys(keys)))


def find_topics(document: Document, scenes: list[Scene]) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """Return the topics of the article's sentences outside recollections, in the order of the list."""
    words: dict[str, str] = {}
    matches = [(document.sentence_at(match.start), match) for match in _matcher(document.lang).find_all(document.words)]
    honoured = {sentence for sentence, match in matches if "ceremony" in match.value}
    for sentence, match in matches:
        if not scenes[sentence].background:
            for key in match.value:
                # Whoever lays a wreath for the fallen of a war does not talk about the war.
                if key != "conflict" or sentence not in honoured:
                    words.setdefault(key, match.words)
    found = [key for key in table("topics") if key in words]
    return tuple(found), tuple(Evidence(field="topics", rule=key, words=words[key]) for key in found)


_CONTEXTS: Final = {"peacekeeping": "peacekeeping", "conflict": "territory"}
"""PLOVER contexts other than ``military`` that a topic brings, the first in the list of topics."""


def find_context(topics: tuple[str, ...]) -> str:
    """Return the PLOVER context of a meeting: ``military`` unless nothing but another topic is named."""
    substantial = [topic for topic in topics if topic not in {"ceremony", "exhibition"}]
    return _CONTEXTS.get(substantial[0], "military") if len(substantial) == 1 else "military"
