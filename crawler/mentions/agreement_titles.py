"""The title of a signed document: the whole noun phrase around its kind, without the place and time of signing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crawler.items import Lang
from crawler.language.dates import DateFound
from crawler.language.text import lower
from crawler.mentions.document import Document, Sentence

_TITLE_END: Final = re.compile(
    r"[.;!?\n:()]|,\s"
    r"|\s(?:was|were|has|have|had|is|are|will|would|between|signed|after|during|at|when|while|which|by|with|within|that"
    r"|today|yesterday|following|earlier|here|imzalan|imza|был[аио]?|будет|подписан|между|после|который|которое|сегодня|вчера"
    r"|сторонами|министрами|в ходе|во время)(?!\w)"
)
_LONGEST: Final = 120
_NEAR: Final = 60
"""Characters before the kind in which a title that leads up to it begins."""
_PREPOSITION: Final = re.compile(r"\s(?:in|at|on|to|of|for|from|в|во|на|от|с)(?: the)?\s*$", re.IGNORECASE)
_JOIN: Final = re.compile(
    r"(?:,|\s(?:and|as well as|и|а также|və|həmçinin))?\s+(?:(?:a|an|the|also)\s+)?[\w-]{0,20}\s?$"
)
_WORD_BEFORE: Final = re.compile(r"(\S+)\s+$")
_EN_STOP: Final = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "this",
            "that",
            "these",
            "his",
            "her",
            "their",
            "its",
            "two",
            "three",
            "several",
            "some",
            "new",
        ),
        *("and", "or", "of", "on", "in", "at", "to", "by", "with", "for", "from", "as", "also", "which"),
        *("sign", "signs", "signed", "signing", "inked", "ink", "concluded", "initialed", "approved", "adopted"),
        *("was", "were", "is", "are", "be", "been"),
    }
)
"""Words an English title does not go back over."""
_RU_ADJECTIVE: Final = re.compile(r"(?:ый|ий|ой|ое|ее|ую|юю|ая|яя|ого|его|ые|ие|ых|их|ым|им)$")
_RU_NOT: Final = frozenset(
    {"который", "которое", "которую", "этот", "другой", "этого", "свой", "свои", "такой", "такие"}
)
_AZ_ABOUT: Final = frozenset({"haqqında", "dair", "üzrə", "barədə", "barəsində", "üçün", "aid"})
_AZ_STOP: Final = re.compile(
    r"(?:arasında|tərəfindən|sonunda|yekununda|nəticəsində|çərçivəsində|zamanı|olaraq|ilə|isə|həmçinin|və|görüşdə|mərasimdə"
    r"|sonra|əsasında|günü|bu|bir|\S*(?:lar|lər|ları|ləri)|\S*(?:[ıiuü]b|mışdır|mişdir|dır|dir)|\S+[dn]d[aə]|\S+[^i]d[aə]|\S*[,;:”»])$"
)
"""Words an Azerbaijani title does not go back over: subjects, adverbs of place and time, verbs."""
_AZ_SPHERE: Final = re.compile(r"(?:sahəsində|sahəsi|sahələrində|sferasında|məsələləri|məsələlər|işlər)$")


def title_of(
    document: Document, sentence: Sentence, span: tuple[int, int], others: list[int], dates: Sequence[DateFound]
) -> str:
    """Return the title of the document whose kind is named at ``span``.

    ``others`` are the beginnings of the kinds of further documents in the sentence, ``dates`` the days named in the
    article; both end a title, as does the town.
    """
    start, end = span
    first = _beginning(document, sentence, start)
    if document.lang == "az":
        return document.text[first:end].strip(' ,"“”«»')
    text = document.text
    limit = min([sentence.end, end + _LONGEST, *(other for other in others if other > end)])
    stop = _TITLE_END.search(text, end, limit)
    last = stop.start() if stop else limit
    for begin in (
        *(place.start for place in document.places if place.locative),
        *(date.start for date in dates if date.day_of_month is not None or date.weekday is not None),
    ):
        if end <= begin < last:
            preposition = _PREPOSITION.search(text, end, begin)
            last = preposition.start() if preposition else begin
    if limit in others and last == limit:
        join = _JOIN.search(text, max(end, last - _NEAR), last)
        last = join.start() if join else last
    return text[first:last].strip(' ,"“”«»')


def _beginning(document: Document, sentence: Sentence, start: int) -> int:
    first, floor = start, max(sentence.start, start - _NEAR)
    about = document.lang != "az"
    while True:
        match = _WORD_BEFORE.search(document.text, floor, first)
        if match is None or match.start() < floor:
            return first if document.lang != "en" or floor == sentence.start else start
        word = lower(match[1], document.lang)
        if not _belongs(word, document.lang):
            return first
        if document.lang == "az" and not about:
            about = word in _AZ_ABOUT
            if not about:
                return first
        first = match.start()


def _belongs(word: str, lang: Lang) -> bool:
    """Tell whether a word before the kind is part of the title."""
    if lang == "en":
        return word not in _EN_STOP and not word.endswith((",", ";", ":", ".", "ly"))
    if lang == "ru":
        return bool(_RU_ADJECTIVE.search(word)) and word not in _RU_NOT
    return bool(_AZ_SPHERE.search(word)) or word in _AZ_ABOUT or not _AZ_STOP.match(word)
