"""Has the site changed? Signs that pages come but cannot be read as expected, each as one sentence.

Fixed floors stand in ``knowledge/floors.toml``. Where it is sounder, a run is compared with earlier good runs of its
source; without such runs those rules are silent, so that a first run never alarms for lack of history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from crawler.extensions.figures import FIELDS, Figures
from crawler.knowledge import table

# Share of unreadable article pages above which the layout, not a single page, is at fault, and how many pages it takes.
_UNREADABLE_SHARE: Final = 0.2
_UNREADABLE_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a source is held to: its channels that were seen to work, and earlier good runs, newest first."""

    proven: frozenset[str] = frozenset()
    history: Sequence[Figures] = ()


def changes(source: str, now: Figures, expected: Expectation) -> Iterator[str]:
    """Yield every sign that the site has changed, the plainest first; nothing when all is as expected."""
    floors = table("floors")
    yield from _silent_channels(now, expected)
    if now.faulty >= _UNREADABLE_LEAST and now.faulty > _UNREADABLE_SHARE * now.pages:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(now.unreadable.items()))
        yield f"{now.faulty} of {now.pages} pages cannot be read: {reasons}"
    else:
        yield from _coverage(now, floors["coverage"].get(source, {}), floors["least"])
    if source in floors["coverage"]:  # files of an archive have any layout
        yield from _levels(now, expected.history, floors)
        yield from _agreement(now, floors["agreement"][source], expected.history, floors)


def _silent_channels(now: Figures, expected: Expectation) -> Iterator[str]:
    shown = Counter(name for run in expected.history for name, counts in run.channels.items() if counts.get("entries"))
    used = {name for name, runs in shown.items() if runs >= table("floors")["least"]["earlier_runs"]}
    silent = {
        name: what
        for name, counts in now.channels.items()
        if not counts.get("entries")
        and (what := next((word for word in ("empty", "silent", "missing", "unreadable") if counts.get(word)), None))
    }
    known = sorted(name for name in silent if name in expected.proven or name in used or silent[name] == "empty")
    if known:
        yield f"no entries in channel {', '.join(known)}"
    elif silent and silent.keys() == now.channels.keys():
        yield "no entries in any channel"


def _coverage(now: Figures, floors: dict[str, float], least: dict[str, int]) -> Iterator[str]:
    coverage = now.coverage
    for name in FIELDS:
        floor = floors.get(name)
        if floor is None or name not in coverage or now.missing.get(name, 0) < least["missing"]:
            continue
        if coverage[name] < floor:
            yield f"{name} on {coverage[name]:.0%} of {now.pages} pages, floor {floor:.0%}"


def _levels(now: Figures, history: Sequence[Figures], floors: dict[str, Any]) -> Iterator[str]:
    least = floors["least"]
    own, primary = now.shares(now.own), now.shares(now.primary)
    pages = {name: now.judged.get(name, 0) for name in FIELDS}
    gone = [name for name in FIELDS if pages[name] >= least["pages"] and own[name] < floors["own_levels"][name]]
    if gone:
        yield (
            f"no selector of {', '.join(gone)} matches any more: metadata or the generic extractor stood in on "
            f"{1 - min(own[name] for name in gone):.0%} of {now.judged[gone[0]]} pages"
        )
    for name in FIELDS:
        earlier = sum(run.judged.get(name, 0) for run in history)
        if name in gone or pages[name] < least["pages_known"] or earlier < least["earlier_pages"]:
            continue
        usual = sum(run.primary.get(name, 0) for run in history) / earlier
        if primary[name] < floors["usual"]["primary"] * usual:
            share = f"{primary[name]:.0%} of {pages[name]} pages, usually {usual:.0%}"
            yield f"the first selector of {name} matches {share}"


def _agreement(now: Figures, floor: float, history: Sequence[Figures], floors: dict[str, Any]) -> Iterator[str]:
    value = now.usual_agreement
    if value is None or len(now.agreement) < floors["least"]["samples"]:
        return
    earlier = [usual for run in history if (usual := run.usual_agreement) is not None]
    if len(earlier) >= floors["least"]["earlier_runs"]:
        floor = max(floor, median(earlier) - floors["usual"]["agreement"])
    if value < floor:
        yield f"our text and the generic extractor's agree by {value:.2f}, floor {floor:.2f}"


def proven_channels(channels: Collection[Any]) -> frozenset[str]:
    """Return the names of a spider's channels that were seen to work, whose silence therefore means a change."""
    return frozenset(channel.name for channel in channels if channel.proven and not channel.missing_is_empty)
