"""The records that flow through the program: Article, Mention, Meeting and their parts.

Every moment is aware and in UTC, every text is NFC, every country an ISO 3166-1 alpha-2 code,
every language one of ``en``, ``az``, ``ru``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final, Literal

Lang = Literal["en", "az", "ru"]
LANGS: Final[tuple[Lang, ...]] = ("en", "az", "ru")
"""The order of preference of languages wherever one has to be shown."""

Kind = Literal["bilateral", "multilateral", "internal", "call", "visit", "signing"]
Status = Literal["held", "announced", "cancelled"]
Part = Literal["host", "guest", "participant"]
DatePrecision = Literal["day", "month"]
DateSource = Literal["stated", "relative", "dateline", "published"]
Relation = Literal["original", "translation", "syndicated", "independent"]


# --- Article: what one page says -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A date printed on a page, read in the zone of its source.

    ``moment`` is aware UTC, the first instant of the day or month when ``precision`` is coarser than a minute.
    ``day`` is the calendar day in the source's own zone (the first of the month for ``month``).
    """

    raw: str
    moment: dt.datetime
    day: dt.date
    precision: Literal["minute", "day", "month"] = "minute"
    zone_assumed: bool = False

    def isoformat(self) -> str:
        """Return as much as is known: ``2026-02-06T12:19:00+00:00``, ``2026-02-06`` or ``2026-02``."""
        if self.precision == "minute":
            return self.moment.isoformat()
        return self.day.isoformat() if self.precision == "day" else f"{self.day:%Y-%m}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline: ``raw`` as printed, ``text`` normalized, ``labels`` taken off it ("PHOTOS", "YENİLƏNİB")."""

    lang: Lang
    text: str
    raw: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same story in another language, as the page itself links it. A text capture has no address for it."""

    headline: Headline
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierVersion:
    """An older text that an updated page keeps below its newest one, with the time that stands above it."""

    stamp_raw: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What one page says, with the furniture of the page taken away.

    ``paragraphs`` is the clean body. ``attribution`` is the source the text itself names ("the Ministry of Defence").
    ``matched`` tells for each field which selector level gave it. ``warnings`` names what is doubtful about the
    reading ("partial: paywall", "glued words").
    """

    url: str
    outlet: str
    lang: Lang
    headline: Headline | None
    paragraphs: tuple[str, ...]
    published: Stamp | None = None
    modified: Stamp | None = None
    section: str | None = None
    author: str | None = None
    provider: str | None = None
    attribution: str | None = None
    dateline: str | None = None
    tags: tuple[str, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    earlier_versions: tuple[EarlierVersion, ...] = ()
    partial: bool = False
    parser: str = ""
    matched: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The clean body as one string, a blank line between paragraphs."""
        return "\n\n".join(self.paragraphs)


# --- Mention: what one article says of one meeting -------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Which rule gave a field, and the words it stood on."""

    field: str
    rule: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedPerson:
    """One who took part, as one article names him.

    ``name`` is the article's spelling in the nominative, None for an office without a name ("his Turkish
    counterpart"). ``post`` and ``rank`` are keys of ``knowledge/posts.toml`` and ``knowledge/ranks.toml``;
    ``post_text`` is the post as printed. ``country`` may also be an organization's code ("NATO").
    """

    name: str | None
    lang: Lang
    post: str | None = None
    post_text: str | None = None
    rank: str | None = None
    country: str | None = None
    part: Part = "participant"
    leads_delegation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A town in its usual English spelling, and its country."""

    city: str | None
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Something signed. ``kind`` is a key of ``knowledge/agreements.toml`` (plan, protocol, memorandum, ...)."""

    kind: str
    title: str
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What the article at ``url`` says of one meeting; ``index`` counts its meetings from 0, in text order."""

    url: str
    index: int
    lang: Lang
    kind: Kind
    status: Status
    date: dt.date | None
    date_precision: DatePrecision | None
    date_source: DateSource | None
    place: Place | None
    countries: tuple[str, ...]
    organizations: tuple[str, ...]
    people: tuple[MentionedPerson, ...]
    topics: tuple[str, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    mode: str | None = None
    context: str = "military"
    date_end: dt.date | None = None
    evidence: tuple[Evidence, ...] = ()


# --- Meeting: what happened, joined from every mention of it ---------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCode:
    """Codes of the event databases: CAMEO number, PLOVER event and mode."""

    cameo: str
    plover: str
    mode: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameVariant:
    """A spelling of a person's name that was seen, with its language."""

    lang: Lang
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One who took part: ``name`` in its usual English spelling, ``post`` and ``rank`` in English."""

    name: str
    variants: tuple[NameVariant, ...]
    post: str | None
    rank: str | None
    country: str | None
    part: Part
    leads_delegation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineVariant:
    """A distinct headline with the page it stood on (or was linked from)."""

    lang: Lang
    text: str
    raw: str
    outlet: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that reports the meeting. ``published`` is ISO 8601, as much as is known."""

    url: str
    outlet: str
    lang: Lang
    headline: str | None
    published: str | None
    modified: str | None
    attribution: str | None
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeEvidence:
    """Why the source at ``url`` belongs to the meeting, or what the sources disagree about."""

    url: str
    rule: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The record of the feed, its keys in the order of the contract (docs/feed-format.md)."""

    schema_version: int
    id: str
    merged_ids: tuple[str, ...]
    revision: int
    status: Status
    kind: Kind
    event_code: EventCode
    date: str | None
    date_precision: DatePrecision | None
    date_source: DateSource | None
    headline: str | None
    headlines: dict[Lang, str | None]
    headline_variants: tuple[HeadlineVariant, ...]
    lead: dict[Lang, str | None]
    place: Place | None
    countries: tuple[str, ...]
    organizations: tuple[str, ...]
    participants: tuple[Participant, ...]
    topics: tuple[str, ...]
    agreements: tuple[Agreement, ...]
    sources: tuple[Source, ...]
    merge_evidence: tuple[MergeEvidence, ...]
    first_seen: str
    last_changed: str
