"""The labelled articles: what a careful reader would note of each, and which of them are sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Literal

from crawler.items import Lang
from crawler.spiders.files import TextRecord

FOLDER: Final = Path(__file__).parent
ARTICLES: Final = FOLDER / "articles.jsonl"

Part = Literal["open", "sealed"]
PARTS: Final[tuple[Part, ...]] = ("open", "sealed")
_SEALED_DIGITS: Final = frozenset("01234")
_SHORT: Final = 30
_LONG: Final = 60
_A_DAY: Final = len("2026-02-06")
_NEEDED: Final = ("id", "url", "lang", "text", "kind", "participants", "countries")

KINDS: Final = {
    "meeting-bilateral": "bilateral",
    "meeting-multilateral": "multilateral",
    "meeting-internal": "internal",
    "phone-call": "call",
    "visit": "visit",
    "signing": "signing",
}
"""The labels' kinds and those of the feed."""


class LabelsError(Exception):
    """A file of labelled articles that cannot be used: which line, and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One article with its labels. ``event`` is the meeting it reports, None where it reports none.

    ``participants`` have ``name``, ``country`` and maybe ``canonical``, the usual English spelling.
    """

    id: str
    url: str
    lang: Lang
    text: str
    kind: str
    participants: Sequence[dict[str, Any]]
    countries: Sequence[str]
    headline: str | None = None
    published: str | None = None
    outlet: str | None = None
    event: str | None = None
    meeting_date: str | None = None
    place: str | None = None
    event_place: str | None = None
    stage: str | None = None
    kinds_also: Sequence[str] = ()
    events_covered: Sequence[str] = ()
    related_events: Sequence[str] = ()
    unsure: bool = False

    @property
    def is_meeting(self) -> bool:
        """Whether it reports a meeting."""
        return self.kind != "not-a-meeting"

    @property
    def record(self) -> TextRecord:
        """What the program is given of it."""
        return TextRecord(
            url=self.url,
            text=self.text,
            headline=self.headline or None,
            lang=self.lang,
            published=self.published or None,
            outlet=self.outlet or None,
        )

    @property
    def unit(self) -> str:
        """What is drawn in the bootstrap and sealed as a whole: the event, or the article that reports none."""
        return self.event or self.id

    @property
    def part(self) -> Part:
        """Whether its errors may be looked at: a third of the units, by their hashes, is scored in total only."""
        return "sealed" if hashlib.sha256(self.unit.encode()).hexdigest()[-1] in _SEALED_DIGITS else "open"


_FIELDS: Final = frozenset(field.name for field in fields(Labelled))


def load(path: Path) -> list[Labelled]:
    """Return the articles of a file in its order; unknown keys are ignored. Raises LabelsError."""
    articles: list[Labelled] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelsError(f"{path} cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                articles.append(_article(json.loads(line)))
            except ValueError as error:
                raise LabelsError(f"{path}, line {number}: {error}") from None
    for key in ("id", "url"):
        seen: set[str] = set()
        for article in articles:
            value = getattr(article, key)
            if value in seen:
                raise LabelsError(f"{path}: {key} {value!r} stands twice")
            seen.add(value)
    if not articles:
        raise LabelsError(f"{path} holds no labelled article")
    return articles


def _article(values: Any) -> Labelled:
    if not isinstance(values, dict):
        raise ValueError("a JSON object was expected")  # noqa: TRY004 - what json raises for a bad line too
    if missing := [key for key in _NEEDED if key not in values]:
        raise ValueError(f"{', '.join(missing)} is missing")
    kept = {key: value for key, value in values.items() if key in _FIELDS}
    for key in ("kinds_also", "events_covered", "related_events"):
        kept[key] = kept.get(key) or ()
    kept["unsure"] = bool(kept.get("unsure"))
    return Labelled(**kept)


def sealed_texts() -> frozenset[str]:
    """Return addresses and texts of the project's own sealed articles, so that they stay sealed in any file."""
    return frozenset(
        value for article in load(ARTICLES) if article.part == "sealed" for value in (article.url, article.text)
    )


@dataclass(frozen=True, slots=True)
class Slice:
    """A share of the articles that is scored by itself, and how it is called in a table."""

    group: str
    name: str


def slices(article: Labelled) -> tuple[Slice, ...]:
    """Return the slices an article belongs to: its language, its length, whether its day of publication is known."""
    words = len(article.text.split())
    length = f"under {_SHORT}" if words < _SHORT else f"{_SHORT} to {_LONG - 1}" if words < _LONG else f"{_LONG} on"
    day = "with" if len(article.published or "") >= _A_DAY else "without"
    return Slice("language", article.lang), Slice("words", length), Slice("day of publication", day)


def by_slice(articles: Iterable[Labelled]) -> dict[Slice, list[Labelled]]:
    """Return the articles of each slice, in the order of the tables."""
    found: dict[Slice, list[Labelled]] = {}
    for article in articles:
        for each in slices(article):
            found.setdefault(each, []).append(article)
    groups = ["language", "words", "day of publication"]
    order = ["en", "az", "ru", f"under {_SHORT}", f"{_SHORT} to {_LONG - 1}", f"{_LONG} on", "with", "without"]
    ranked = sorted(found, key=lambda each: (groups.index(each.group), _rank(order, each.name), each.name))
    return {each: found[each] for each in ranked}


def _rank(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
