"""The figures of one source in one run: what the verdict, the manifest, health and notifications speak of.

They are taken once from Scrapy's final statistics; everything behind reads these, so all of them say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any, Final

FIELDS: Final = ("headline", "body", "published")
"""Fields without which a page of a source is no article."""

# Reasons for which a page is refused, by the field they say is missing.
_MISSING: Final = {
    "missing-headline": "headline",
    "missing-date": "published",
    "impossible-date": "published",
    "empty-body": "body",
    "disclaimer-only": "body",
}
EXPECTED_REASONS: Final = frozenset({"provider-not-accepted", "paywall-only", "unsupported-language"})
"""Not faults of a layout: another provider's story, an article behind a paywall, one in a fourth language."""

_CHANNEL_COUNTS: Final = frozenset(
    {
        *("pages", "entries", "known", "followed", "not-modified"),
        *("empty", "silent", "missing", "unreadable", "failed", "forbidden"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of one source in one run.

    ``missing`` are the pages without a field, ``levels`` how often each selector level gave a field, ``layouts`` the
    articles by template. Of the ``judged`` articles, those of a template, ``primary`` gave the field by its first level
    and ``own`` by any level that is not to be found on every page of the web. ``agreement`` are the sampled values.
    ``raw_pages_lost`` are the responses of which the disk did not take a copy. ``archive_documents`` are the pages,
    lines and records in the files of an archive, None of a site; ``archive_skipped`` those of them that cannot be read,
    by reason; ``addresses_passed_over`` the lines of a list that are no address of an article.
    """

    reason: str = ""
    read: int = 0
    new: int = 0
    changed: int = 0
    unreadable: dict[str, int] = field(default_factory=dict)
    failed: int = 0
    failed_how: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    levels: dict[str, dict[str, int]] = field(default_factory=dict)
    layouts: dict[str, int] = field(default_factory=dict)
    judged: dict[str, int] = field(default_factory=dict)
    primary: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    agreement: tuple[float, ...] = ()
    channels: dict[str, dict[str, int]] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    raw_pages_lost: int = 0
    archive_documents: int | None = None
    archive_skipped: dict[str, int] = field(default_factory=dict)
    outside_window: int = 0
    addresses_passed_over: int = 0

    @property
    def faulty(self) -> int:
        """Pages that were refused for a fault of theirs."""
        return sum(count for reason, count in self.unreadable.items() if reason not in EXPECTED_REASONS)

    @property
    def pages(self) -> int:
        """Pages that should have been articles."""
        return self.read + self.faulty

    @property
    def failures(self) -> str:
        """How pages failed, the most frequent first: ``http-503 (4), timeout (1)``."""
        return _by_frequency(self.failed_how)

    @property
    def skipped(self) -> str:
        """Why parts of an archive cannot be read, the most frequent first: ``bad-line (4), unreadable-file (1)``."""
        return _by_frequency(self.archive_skipped)

    @property
    def coverage(self) -> dict[str, float]:
        """The share of pages that gave each required field; empty when there were no pages."""
        if not self.pages:
            return {}
        return {name: round(1 - self.missing.get(name, 0) / self.pages, 3) for name in FIELDS}

    def shares(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Return ``primary`` or ``own`` as shares of the pages whose template is known."""
        return {name: round(counts.get(name, 0) / total, 3) for name, total in self.judged.items() if total}

    @property
    def usual_agreement(self) -> float | None:
        """The median of the sampled values."""
        return round(median(self.agreement), 3) if self.agreement else None

    def as_dict(self) -> dict[str, Any]:
        """Return everything, and the shares, for the manifest."""
        return {
            **asdict(self),
            "agreement": list(self.agreement),
            "coverage": self.coverage,
            "primary_share": self.shares(self.primary),
            "agreement_median": self.usual_agreement,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Figures:
        """Read back what ``as_dict`` gave; unknown keys are left out. Raises TypeError or ValueError."""
        names = cls.__slots__
        known = {name: values[name] for name in names if name in values}
        return cls(**{**known, "agreement": tuple(float(value) for value in known.get("agreement", ()))})


def figures(reason: str, stats: Mapping[str, Any]) -> Figures:
    """Take the figures out of Scrapy's final statistics; absent counters are zero."""
    unreadable = _under(stats, "article/unreadable/")
    missing: dict[str, int] = {}
    for why, count in unreadable.items():
        if name := _MISSING.get(why):
            missing[name] = missing.get(name, 0) + count
    undated = stats.get("article/undated", 0)
    if undated:
        missing["published"] = missing.get("published", 0) + int(undated)
    levels: dict[str, dict[str, int]] = {}
    for key, count in _under(stats, "article/matched/").items():
        name, _, level = key.partition("/")
        levels.setdefault(name, {})[level] = count
    return Figures(
        reason=reason,
        read=int(stats.get("article/read", 0)),
        new=int(stats.get("store/new", 0)),
        changed=int(stats.get("store/changed", 0)),
        unreadable=unreadable,
        failed=int(stats.get("fetch/failed", 0)),
        failed_how={how: n for how, n in _under(stats, "fetch/").items() if how not in {"failed", "unsent", "blocked"}},
        missing=missing,
        levels=levels,
        layouts=_under(stats, "layout/page/"),
        judged=_under(stats, "layout/judged/"),
        primary=_under(stats, "layout/primary/"),
        own=_under(stats, "layout/own/"),
        agreement=tuple(stats.get("layout/agreement", ())),
        channels=_channels(stats),
        statuses=_under(stats, "downloader/response_status_count/"),
        raw_pages_lost=int(stats.get("raw_pages/failed", 0)),
        archive_documents=int(stats.get("archive/documents", 0)) if "archive/files" in stats else None,
        outside_window=int(stats.get("article/outside-window", 0)),
        archive_skipped=_under(stats, "archive/skipped/"),
        addresses_passed_over=int(stats.get("urls/passed-over", 0)),
    )


def _by_frequency(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} ({count})" for name, count in ordered)


def _under(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): int(value) for key, value in stats.items() if key.startswith(prefix)}


def _channels(stats: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    channels: dict[str, dict[str, int]] = {}
    for key, count in _under(stats, "channel/").items():
        name, _, what = key.rpartition("/")
        if what in _CHANNEL_COUNTS:
            channels.setdefault(name, {})[what] = count
    return channels
