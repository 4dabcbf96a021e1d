"""Names in Title Case headlines, where every word looks like a name."""

from __future__ import annotations

import re
from typing import Final

from crawler.language.text import lower
from crawler.mentions.document import Document, words
from crawler.mentions.names import Name
from crawler.mentions.registry import known_tokens

_POSSESSIVE: Final = re.compile(r"['’]s$")
_SMALL_WORD: Final = 4
"""Letters of the longest words that Title Case may leave small."""


def told_in_body(document: Document, names: list[Name]) -> list[Name]:
    """Keep of a Title Case headline's candidates only the words that the body or the known office holders vouch for."""
    headline = document.sentences[0]
    if document.lang != "en" or not headline.is_headline:
        return names
    end = max(sentence.end for sentence in document.sentences if sentence.is_headline)
    if not all(word.group()[0].isupper() for word in words(document.text[:end]) if len(word.group()) > _SMALL_WORD):
        return names
    vouched = known_tokens("en") | {
        lower(_POSSESSIVE.sub("", word), "en")
        for name in names
        if name.start >= end and not (name.opens_sentence and len(name.words) == 1)
        for word in name.words
    }
    kept: list[Name] = []
    for name in names:
        if name.start >= end:
            kept.append(name)
            continue
        position = name.start
        run: list[tuple[int, str]] = []
        for word in (*name.words, ""):
            at = document.text.find(word, position)
            if word and (lower(_POSSESSIVE.sub("", word), "en") in vouched or (run and word.islower())):
                run.append((at, word))
            elif run:
                start, stop = run[0][0], run[-1][0] + len(run[-1][1])
                kept.append(Name(start, stop, tuple(word for _, word in run), name.opens_sentence))
                run = []
            position = at + len(word)
    return kept
