"""What each sentence of an article tells: which meeting words it has, whether it looks back or ahead."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final

from crawler.language.text import lower
from crawler.mentions.document import Document, words
from crawler.mentions.lexicon import Found

HELD_CUES: Final = frozenset({"meet", "receive", "call"})
"""Cues that say by themselves that people met."""


@dataclass(slots=True)
class Scene:
    """One sentence: its cues, its markers by key.

    ``background`` sentences tell of something else, earlier; ``elsewhere`` ones, background too, of another meeting of
    the same article.
    """

    index: int
    cues: list[Found] = field(default_factory=list)
    markers: dict[str, list[Found]] = field(default_factory=dict)
    background: bool = False
    elsewhere: bool = False
    _cued: set[str] = field(default_factory=set)

    def add(self, cue: Found) -> None:
        """Add a cue."""
        self.cues.append(cue)
        self._cued.add(cue.term.key)

    def has(self, *keys: str) -> bool:
        """Tell whether one of the cues is there."""
        return not self._cued.isdisjoint(keys)

    def marked(self, *keys: str) -> bool:
        """Tell whether one of the markers is there."""
        return not self.markers.keys().isdisjoint(keys)


_LEAD: Final = 2
"""Sentences of the body in which an aside ("It should be noted that") still belongs to the news."""
_OLD: Final = dt.timedelta(days=4)
"""A day this long before publication, named after the lead, is that of an earlier meeting."""
_DAY_BEFORE: Final = re.compile(r"a day (?:earlier|before)|gün əvvəl|днем ранее|днём ранее", re.IGNORECASE)
"""Words of a recollection that in the lead only count back from the day of a statement."""
_FUTURE: Final = {
    "en": re.compile(r"^(?:will|to)\b"),
    "az": re.compile(r"[aə]c[aə](?:q|k|ql[aə]r|kl[əa]r|ğ[ıi]\w*|y[ıi]\w*)$"),
    "ru": re.compile(
        r"^(?:(?:прибуд|посет|встрет|состо|пройд|обсуд|провед|подпиш|примет|отправ)\w*[еия]т(?:ся)?|буд[еу]т)$"
    ),
}


def read_scenes(document: Document, reference: dt.date | None) -> list[Scene]:
    """Return one scene a sentence; ``reference`` is the day of publication.

    Background is what recalls (unless it is the headline), an aside after the lead, and what is dated days before the
    publication after the lead.
    """
    scenes = [Scene(index) for index in range(len(document.sentences))]
    for cue in document.cues:
        scene = scenes[document.sentence_at(cue.start)]
        scene.add(cue)
        said = lower(cue.words, document.lang).split()
        if any(_FUTURE[document.lang].search(word) for word in (said[:1] if document.lang == "en" else said)):
            scene.markers.setdefault("future", []).append(cue)
    for marker in document.markers:
        scenes[document.sentence_at(marker.start)].markers.setdefault(marker.term.key, []).append(marker)
    body = next((scene.index for scene in scenes if not document.sentences[scene.index].is_headline), 0)
    if document.lang == "az":
        for scene in scenes:
            # The verb stands last.
            last = words(document.words_of(document.sentences[scene.index]))[-1:]
            if scene.cues and last and _FUTURE["az"].search(lower(last[0].group(), "az")):
                scene.markers.setdefault("future", []).append(scene.cues[-1])
    first = next((scene.index for scene in scenes[body:] if scene.cues), None)
    for scene in scenes[body:]:
        in_lead = scene.index < body + _LEAD
        scene.background = (
            scene.marked("general")
            or any(not (in_lead and _DAY_BEFORE.match(marker.words)) for marker in scene.markers.get("recall", []))
            or (scene.marked("aside") and not in_lead)
        )
    later = [scene for scene in scenes[body + _LEAD :] if scene.index != first and not scene.background]
    if later and reference is not None:
        old = _with_old_days(document, reference)
        for scene in later:
            scene.background = scene.index in old
    return scenes


def _with_old_days(document: Document, reference: dt.date) -> set[int]:
    """Return the sentences that name a day long before the publication."""
    return {
        document.sentence_at(found.start)
        for found in document.dates(reference)
        if found.day is not None and (found.end_day or found.day) < reference - _OLD
    }
