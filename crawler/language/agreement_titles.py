"""The title of a signed document: the whole noun phrase around its kind, without the place and time of signing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from crawler.items import Lang
from crawler.language.text import lower

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
    "a an the this that these his her their its two three several some new and or of on in at to by with for from"
    " as also which sign signs signed signing inked ink concluded initialed approved adopted was"
    " were is are be been".split()
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


_BOOKS: Final = ("book of hono", "kitab", "книг")
_CEREMONY: Final = re.compile(
    r"(?:according to|in accordance with|in line with|under|as per)(?: the)?(?: state| military| diplomatic)? protocol"
    r"|protocol of (?:the )?ceremony|protokol(?:a|una)? (?:uyğun|əsasən|görə)|protokol qaydalarına"
    r"|(?:согласно|по|в соответствии с) протокол"
)


def ceremonies(lowered: str) -> list[tuple[int, int]]:
    """Return where a text in lower case names the protocol by which a ceremony runs, which nobody signs."""
    return [match.span() for match in _CEREMONY.finditer(lowered)]


def names_guest_book(lowered: str) -> bool:
    """Tell whether a text in lower case names a guest book."""
    return any(name in lowered for name in _BOOKS)


def title_of(
    text: str,
    lang: Lang,
    sentence: tuple[int, int],
    span: tuple[int, int],
    *,
    others: list[int],
    circumstances: Iterable[int],
) -> str:
    """Return the title of the document whose kind is named at ``span`` of the text, in the sentence at ``sentence``.

    ``others`` are the beginnings of the kinds of further documents in the sentence, ``circumstances`` those of the days
    and towns named in the article; both end a title.
    """
    start, end = span
    first = _beginning(text, lang, sentence[0], start)
    if lang == "az":
        return text[first:end].strip(' ,"“”«»')
    limit = min([sentence[1], end + _LONGEST, *(other for other in others if other > end)])
    stop = _TITLE_END.search(text, end, limit)
    last = stop.start() if stop else limit
    for begin in circumstances:
        if end <= begin < last:
            preposition = _PREPOSITION.search(text, end, begin)
            last = preposition.start() if preposition else begin
    if limit in others and last == limit:
        join = _JOIN.search(text, max(end, last - _NEAR), last)
        last = join.start() if join else last
    return text[first:last].strip(' ,"“”«»')


def _beginning(text: str, lang: Lang, sentence: int, start: int) -> int:
    first, floor = start, max(sentence, start - _NEAR)
    about = lang != "az"
    while True:
        match = _WORD_BEFORE.search(text, floor, first)
        if match is None or match.start() < floor:
            return first if lang != "en" or floor == sentence else start
        word = lower(match[1], lang)
        if not _belongs(word, lang):
            return first
        if lang == "az" and not about:
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
