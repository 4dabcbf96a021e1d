"""What the words around a date say it is the day of: the meeting, its beginnings, or something else."""

from __future__ import annotations

import re
from typing import Final, Literal

from crawler.language.dates import DateFound
from crawler.mentions.document import Document

_NOT_OF_MEETING: Final = re.compile(
    r"\b(?:on the occasion of|dedicated to|anniversary of|events of|marks|по случаю|ко дню"
    r"|celebrated on|marked on|observed on|отмечаем\w+|отмечавш\w+"
    r"|until|till|through|after|since|before|by|from|dated|order of|of the"
    r"|до|после|с|со|от|начиная с|к|до конца|годовщин\w+|əvvəl)\s?$",
    re.IGNORECASE,
)
_NOT_AFTER: Final = re.compile(
    r"\s?(?:-?\w{0,5}(?:dək|dan|dən|kimi|qədər)\b|events|hadisələri|sonra\b|– ?\w+ (?:bayramı|günü))", re.IGNORECASE
)
_CLOSE: Final = 20
_BESIDE: Final = 40
"""Characters before a date in which the words stand that say what day it is."""
_OF_ARRIVAL: Final = re.compile(
    r"\b(?:(?:began|begun|begins|beginning|started|starting|arrived|arriving|opened|runs|running)"
    r"(?: in [\w-]{1,20})?(?: on| in)?"
    r"|(?:начал\w+|прибыл\w*|стартовал\w*|открыл\w+|начавш\w+|прибывш\w+)(?: в [\w-]{1,20})?)\s?$",
    re.IGNORECASE,
)
_TOOK_PLACE: Final = re.compile(
    r"(?:(?:meeting|talks|negotiations|conversation|reception)[\w ,]{0,12} (?:took place|was held|were held)(?: on)?"
    r"|(?:встреча|переговоры|беседа|разговор|прием|совещание) (?:состоял\w+|прош\w+))\s?$",
    re.IGNORECASE,
)
_AZ_TOOK_PLACE: Final = re.compile(r"-?\w{0,5}\s(?:keçirilən|baş tutan|keçirilmiş|olan) (?:görüş|danışıq)")
"""The day of the meeting in so many words."""
_AZ_PARTICIPLE: Final = re.compile(r"-?\w{0,5}(?:\s\w+){0,2}\s\w+(?:mış|miş|muş|müş)\s")
"""A clause about something else that happened: "fevralın 6-da imzalanmış sənəd"."""
_OF_STATEMENT: Final = re.compile(
    r"\b(?:said|told|reported|reports|announced|statement|сообщил\w*|заявил\w*|сообщает)(?: on)?\s?$", re.IGNORECASE
)
_BEFORE_ARRIVAL: Final = re.compile(
    r"-?\w{0,5}\s(?:başlayan|başlanan|gələn|gəlmiş|açılan|açılmış|yola düş\w+|bildirib|məlumat"
    r"|отправ\w+|вылет\w+|отб[ыу]\w+|приб[ыу]\w+|прилет\w+|сообщил\w*|заявил\w*)\b"
)
"""The beginning of a visit or an exhibition, the day of a statement: that of the meeting only if no other is named."""

Clause = Literal["meeting", "lesser", "other"]


def clause_of(document: Document, date: DateFound) -> Clause | None:
    """Return what a date is the day of, None when the words around it do not tell.

    ``other``: an anniversary, a deadline, an order. ``lesser``: an arrival, an opening, a statement, which is the day
    of the meeting only if no other is named. ``meeting``: the meeting in so many words.
    """
    text, start, end = document.text, date.start, date.end
    if _NOT_OF_MEETING.search(text, max(0, start - _CLOSE), start) or _NOT_AFTER.match(text, end):
        return "other"
    before = max(0, start - _BESIDE)
    if any(pattern.search(text, before, start) for pattern in (_OF_ARRIVAL, _OF_STATEMENT)):
        return "lesser"
    if _BEFORE_ARRIVAL.match(text, end) or (document.lang == "az" and _AZ_PARTICIPLE.match(text, end)):
        return "lesser"
    if _TOOK_PLACE.search(text, before, start) or _AZ_TOOK_PLACE.match(text, end):
        return "meeting"
    return None
