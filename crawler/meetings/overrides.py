"""Human decisions: ``overrides.toml``, kept beside the data and read at each start.

Every entry says ``who`` decided, ``when`` (a date) and ``why``. A reference is an article's canonical address, the
same with ``#<index>`` for one of its several meetings, or a meeting's id.

    [[merge]]           reports = ["https://...", "m0123..."]       all of these are one meeting
    [[split]]           groups = [["https://..."], ["https://..."]] no report of one group meets one of another
    [[not-a-meeting]]   report = "https://..."
    [[alias]]           spellings = ["...", "..."]  name = "..."    these spellings are this person
    [[correction]]      report = "https://..."  field = "date"  value = "2026-02-06"   of the meeting it reports
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from crawler.items import LANGS, Kind, Status
from crawler.language.text import decode_file, normalize
from crawler.meetings.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable


class OverridesError(ValueError):
    """An entry of ``overrides.toml`` cannot be used; the message names the entry and what is wrong."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided something, when and why."""

    who: str
    when: dt.date
    why: str

    def __str__(self) -> str:
        return f"{self.who}, {self.when}: {self.why}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of the record set by a human."""

    report: str
    field: str
    value: Any
    decision: Decision


def _date(value: object) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else value
    if not isinstance(text, str):
        raise ValueError("is not a date")  # noqa: TRY004  # the file's fault, reported with its entry
    dt.date.fromisoformat(text)
    return text


def _one_of(*allowed: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"is none of {', '.join(allowed)}")
        return value

    return check


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("is not a text")
    return normalize(value)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("is not a list of texts")
    return tuple(_text(item) for item in value)


def _codes(value: object) -> tuple[str, ...]:
    return tuple(sorted(set(_texts(value)))) if value else ()


CORRECTABLE: Final[Mapping[str, Callable[[object], Any]]] = {
    "date": _date,
    "kind": _one_of(*get_args(Kind)),
    "status": _one_of(*get_args(Status)),
    "place.city": _text,
    "place.country": _text,
    "countries": _codes,
    "organizations": _codes,
    "topics": _codes,
    **{f"headlines.{lang}": _text for lang in LANGS},
}


@dataclass(frozen=True)
class Overrides:
    """All decisions, checked. An empty one changes nothing."""

    merges: tuple[tuple[frozenset[str], Decision], ...] = ()
    splits: tuple[tuple[tuple[frozenset[str], ...], Decision], ...] = ()
    not_meetings: Mapping[str, Decision] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """A text that differs when any decision differs."""
        return repr(
            (
                [(sorted(refs), str(d)) for refs, d in self.merges],
                [([sorted(refs) for refs in groups], str(d)) for groups, d in self.splits],
                sorted((ref, str(d)) for ref, d in self.not_meetings.items()),
                sorted(self.aliases.items()),
                [(c.report, c.field, c.value, str(c.decision)) for c in self.corrections],
            )
        )

    def merged(self, a: Report, b: Report) -> Decision | None:
        """Return the decision that makes two reports one meeting."""
        for refs, decision in self.merges:
            if refs & references(a) and refs & references(b):
                return decision
        return None

    def parted(self, a: Report, b: Report) -> Decision | None:
        """Return the decision that keeps two reports apart."""
        for groups, decision in self.splits:
            mine = {place for place, refs in enumerate(groups) if refs & references(a)}
            theirs = {place for place, refs in enumerate(groups) if refs & references(b)}
            if mine and theirs and not mine & theirs:
                return decision
        return None

    def excluded(self, report: Report) -> Decision | None:
        """Return the decision that a report is of no meeting."""
        return next((self.not_meetings[ref] for ref in sorted(references(report)) if ref in self.not_meetings), None)

    def partners(self, report: Report) -> frozenset[str]:
        """Return the references that a human joined with this report."""
        mine = references(report)
        return frozenset().union(*(refs for refs, _ in self.merges if refs & mine))

    def apply(self, report: Report) -> Report:
        """Return the report with the aliases that concern it."""
        names = {person.name for person in report.mention.people if person.name}
        declared = tuple(sorted((name, self.aliases[name]) for name in names if name in self.aliases))
        return replace(report, aliases=declared) if declared != report.aliases else report

    def corrections_of(self, reports: Iterable[Report]) -> list[Correction]:
        """Return the corrections of the meeting that these reports make, in the order of the file."""
        refs = frozenset().union(*map(references, reports))
        return [correction for correction in self.corrections if correction.report in refs]


def references(report: Report) -> frozenset[str]:
    """Return every reference that means this report."""
    return frozenset({report.id, f"{report.url}#{report.mention.index}", report.url})


# --- Reading ---------------------------------------------------------------------------------


class _Entry:
    """One entry of the file, with its name for error messages."""

    def __init__(self, section: str, number: int, values: object, known: frozenset[str]) -> None:
        self.name = f"[[{section}]] entry {number}"
        if not isinstance(values, dict):
            raise OverridesError(f"{self.name}: is not a table")
        self.values: dict[str, Any] = values
        if unknown := set(values) - known - {"who", "when", "why"}:
            raise OverridesError(f"{self.name}: unknown key {min(unknown)!r}; allowed: {', '.join(sorted(known))}")

    def read(self, key: str, check: Callable[[object], Any]) -> Any:  # what `check` returns
        if key not in self.values:
            raise OverridesError(f"{self.name}: {key!r} is missing")
        try:
            return check(self.values[key])
        except ValueError as error:
            raise OverridesError(f"{self.name}: {key!r} {error}: {self.values[key]!r}") from error

    def decision(self) -> Decision:
        who, when, why = self.read("who", _text), self.read("when", _date), self.read("why", _text)
        return Decision(who, dt.date.fromisoformat(when), why)


_SECTIONS: Final = {
    "merge": frozenset({"reports"}),
    "split": frozenset({"groups"}),
    "not-a-meeting": frozenset({"report"}),
    "alias": frozenset({"spellings", "name"}),
    "correction": frozenset({"report", "field", "value"}),
}


def _groups(value: object) -> tuple[frozenset[str], ...]:
    at_least = 2
    if not isinstance(value, list) or len(value) < at_least:
        raise ValueError("is not a list of two or more lists")
    groups = tuple(frozenset(_texts(item)) for item in value)
    if len(frozenset().union(*groups)) < sum(map(len, groups)):
        raise ValueError("names a report in two groups")
    return groups


def _several(value: object) -> frozenset[str]:
    at_least = 2
    refs = frozenset(_texts(value))
    if len(refs) < at_least:
        raise ValueError("needs two different reports")
    return refs


def parse_overrides(text: str) -> Overrides:
    """Return the decisions in the text of an ``overrides.toml``.

    Raises OverridesError, naming the entry, when the text is no TOML or an entry is incomplete, unknown or impossible,
    or when two entries contradict each other.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OverridesError(f"is no TOML: {error}") from error
    if unknown := set(data) - set(_SECTIONS):
        raise OverridesError(f"unknown section {min(unknown)!r}; allowed: {', '.join(_SECTIONS)}")
    entries = {
        section: [_Entry(section, n, values, known) for n, values in enumerate(data.get(section, []), 1)]
        for section, known in _SECTIONS.items()
    }
    aliases: dict[str, str] = {}
    for entry in entries["alias"]:
        entry.decision()
        name = entry.read("name", _text)
        for spelling in entry.read("spellings", _texts):
            if aliases.setdefault(spelling, name) != name:
                raise OverridesError(f"{entry.name}: {spelling!r} is already {aliases[spelling]!r}")
    for name in list(aliases.values()):
        aliases.setdefault(name, name)
    corrections = []
    for entry in entries["correction"]:
        which = entry.read("field", _one_of(*CORRECTABLE))
        value = entry.read("value", CORRECTABLE[which])
        corrections.append(Correction(entry.read("report", _text), which, value, entry.decision()))
    found = Overrides(
        merges=tuple((e.read("reports", _several), e.decision()) for e in entries["merge"]),
        splits=tuple((e.read("groups", _groups), e.decision()) for e in entries["split"]),
        not_meetings={e.read("report", _text): e.decision() for e in entries["not-a-meeting"]},
        aliases=aliases,
        corrections=tuple(corrections),
    )
    _check_together(found, entries["merge"])
    return found


def _check_together(found: Overrides, entries: list[_Entry]) -> None:
    for entry, (refs, _) in zip(entries, found.merges, strict=True):
        for groups, _ in found.splits:
            if sum(1 for group in groups if group & refs) > 1:
                raise OverridesError(f"{entry.name}: joins reports that a [[split]] keeps apart")
        if gone := refs & set(found.not_meetings):
            raise OverridesError(f"{entry.name}: {min(gone)!r} is declared no meeting")


def read_overrides(path: Path) -> Overrides:
    """Return the decisions of a file, none when there is no such file. Raises OverridesError, naming file and entry."""
    if not path.exists():
        return Overrides()
    try:
        return parse_overrides(decode_file(path.read_bytes()))
    except (OverridesError, UnicodeDecodeError) as error:
        raise OverridesError(f"{path}: {error}") from error
