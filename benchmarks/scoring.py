"""How much of a story a reader found, and how much else.

The gold is what the replica rendered the page from: the paragraphs of the story. Our readers take attributions
("Report informs, citing the Ministry of Defence") off a text and others leave them in; neither is a fault of
extraction. Taking them off the gold with our own rules would measure these rules by themselves. So the words of a gold
sentence that attributes are optional: a reader neither gains by finding them nor loses by leaving them out. Which
sentences attribute is told by a short list of this file's own: the names of the papers, and the words by which a story
names who said it. Everything else counts word by word, with repetitions, in small letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_ATTRIBUTES = re.compile(
    r"\b(?:Report(?:un|a)?|Azer ?[Nn]ews|AzerNEWS|Trend|APA|AZERTAC|AZƏRTAC)\b"
    r"|\b(?:[Aa]ccording to|[Aa]s reported|citing|with reference to|was told|informs|reports?|reported)\b|\bSource:"
    r"|\b(?:istinadən|məlumat verilib|məlumat yayıb|məlumatına (?:görə|əsasən)|xəbər verir)\b"
    r"|\b(?:bildirilib|Bu barədə|Bu haqda)\b|Mənbə:"
    r"|\b(?:Об этом|[Сс]ообщ\w+|[Пп]о (?:данным|информации|сообщению)|со ссылкой|передает|информирует)\b"
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»)]*\s+(?=[\"“«„(]?[A-ZÇƏĞİÖŞÜА-ЯЁ0-9])")


def body_f1(text: str, paragraphs: Iterable[str]) -> float:
    """Return the F1 of the words of a text against the paragraphs of a story, optional words left out of both."""
    required: Counter[str] = Counter()
    optional: Counter[str] = Counter()
    for paragraph in paragraphs:
        for sentence in _SENTENCE_END.split(paragraph):
            (optional if _ATTRIBUTES.search(sentence) else required).update(_words(sentence))
    found = Counter(_words(text))
    common = (found & required).total()
    else_found = (found - required - optional).total()
    return 2 * common / (2 * common + else_found + (required - found).total()) if common else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
