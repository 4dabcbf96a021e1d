"""Days told from a day named before: "the day before", "həmin gün", "на следующий день"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from crawler.items import Lang
from crawler.language.dates import DateFound
from crawler.language.text import lower
from crawler.mentions.document import Document
from crawler.rules import fires

_WORDS: Final[dict[Lang, tuple[tuple[str, int], ...]]] = {
    "en": (
        (r"(?:the|a|one) day (?:before|earlier|prior)|(?:the|on the) previous day", -1),
        (r"(?:on )?(?:the|that) (?:very )?same day|that (?:very )?day", 0),
        (r"(?:on )?the (?:next|following) day|(?:the|a|one) day (?:later|after)", 1),
    ),
    "az": (
        (r"bir gün (?:əvvəl|öncə)", -1),
        (r"(?:elə )?(?:həmin|eyni) gün(?:də)?", 0),
        (r"(?:ertəsi|növbəti|səhəri|səhərisi) gün(?:ü)?|bir gün sonra", 1),
    ),
    "ru": (
        (r"накануне|дн[её]м ранее|за день до этого", -1),
        (r"в (?:этот|тот) же день", 0),
        (r"на (?:следующий|другой) день|дн[её]м (?:позже|позднее)", 1),
    ),
}
_SIGNS: Final[dict[Lang, tuple[str, ...]]] = {
    "en": ("day",),
    "az": ("gün",),
    "ru": ("накануне", "день", "днем", "днём"),
}
"""Letters of which some stand in all these words."""
_PATTERNS: Final = {
    lang: re.compile("|".join(rf"(?P<n{number}>(?<!\w)(?:{words})(?!\w))" for number, (words, _) in enumerate(forms)))
    for lang, forms in _WORDS.items()
}
_OF_SOMETHING: Final = re.compile(r"\s(?:the|a|an|his|her|their|its|of|this|визита|встречи|праздника|годовщины|дня)\b")
"""What follows "the day before" when it is counted from something that is no day."""
_FARTHEST: Final = 2
"""Sentences back in which the day stands that such words count from."""


def with_anaphoric_days(document: Document, found: Iterable[DateFound], body: int) -> list[DateFound]:
    """Return the dates with those counted from a day named shortly before them in the body, which begins at ``body``.

    Where no such day is named the words keep the meaning they have from the day of publication, if any.
    """
    dates = list(found)
    text = lower(document.text, document.lang)
    if not any(sign in text for sign in _SIGNS[document.lang]):
        return dates
    for match in _PATTERNS[document.lang].finditer(text, body):
        if _OF_SOMETHING.match(text, match.end()):
            continue
        number = int((match.lastgroup or "n0")[1:])
        shift = dt.timedelta(days=_WORDS[document.lang][number][1])
        sentence = document.sentence_at(match.start())
        counted_from = next(
            (
                date
                for date in reversed(dates)
                if body <= date.start < date.end <= match.start()
                and date.day is not None
                and sentence - document.sentence_at(date.start) <= _FARTHEST
            ),
            None,
        )
        if counted_from is None or counted_from.day is None or not fires("date: counted from a day named before"):
            continue
        day = (counted_from.end_day or counted_from.day) + shift
        told = replace(
            counted_from,
            start=match.start(),
            end=match.end(),
            words=document.text[match.start() : match.end()],
            day=day,
            month=day.month,
            year=day.year,
            day_of_month=day.day,
            end_day=None,
            source="relative",
            weekday=None,
        )
        dates = [date for date in dates if date.end <= told.start or date.start >= told.end]
        dates.append(told)
        dates.sort(key=lambda date: date.start)
    return dates
