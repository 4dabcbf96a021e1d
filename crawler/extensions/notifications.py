"""Tells people when a source begins to fail and when it is well again, through Spidermon's monitors and actions.

Spidermon decides what failed and runs the actions; its monitors read the outcomes that everything else reads. Of its
own extension and actions none is used. Measured with Spidermon 1.27.0 on Scrapy 2.19, warnings as errors: its runner
logs through the deprecated ``Spider.log``, its mail goes through the deprecated ``scrapy.mail``, its Sentry action
calls a deprecated function; its Telegram action puts the text unquoted into an address.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spidermon import Monitor, MonitorSuite, monitors
from spidermon.core.actions import Action
from spidermon.exceptions import SkipAction
from spidermon.runners import MonitorRunner
from spidermon.settings import ACTION

from crawler.extensions.figures import FIELDS
from crawler.extensions.history import of_source
from crawler.extensions.senders import Notification, Send
from crawler.extensions.verdict import Outcome, Verdict
from crawler.knowledge import table

logger = logging.getLogger(__name__)

_COVERAGE: Final = "Does every page give headline, text and date?"


@dataclass(frozen=True, slots=True)
class Ended:
    """A source's outcome and the verdict of its run before, in small letters; None if there was none."""

    outcome: Outcome
    before: str | None

    @property
    def verdict(self) -> str:
        """The verdict in small letters."""
        return self.outcome.verdict.name.lower()

    @property
    def is_news(self) -> bool:
        """Whether people have not been told yet. A first good run is none, and a busy source has told already."""
        if self.outcome.verdict is Verdict.BUSY or self.verdict == self.before:
            return False
        return self.outcome.verdict is not Verdict.DONE or self.before is not None


class _OfTheRun(Monitor):  # type: ignore[misc]  # Spidermon publishes no types
    @property
    def ended(self) -> Sequence[Ended]:
        """The sources of the run."""
        return tuple(self.data.ended)


@monitors.name("Did every source end well?")
class VerdictMonitor(_OfTheRun):
    """Fails with the last line of each source that did not."""

    @monitors.name("verdict")  # type: ignore[untyped-decorator]  # Spidermon publishes no types
    def test_verdict(self) -> None:
        """Look at the verdicts."""
        bad = [one.outcome.line() for one in self.ended if one.outcome.verdict not in {Verdict.DONE, Verdict.BUSY}]
        if bad:
            self.fail("\n".join(bad))


@monitors.name(_COVERAGE)
class CoverageMonitor(_OfTheRun):
    """Fails when a field's coverage lies below its floor (knowledge/floors.toml)."""

    @monitors.name("coverage")  # type: ignore[untyped-decorator]  # Spidermon publishes no types
    def test_coverage(self) -> None:
        """Look at the figures."""
        floors = table("floors")
        low = []
        for one in self.ended:
            figures, source = one.outcome.figures, one.outcome.source
            if figures is None or source not in floors["coverage"] or figures.pages < floors["least"]["pages"]:
                continue
            low += [
                f"{source}: {name} on {figures.coverage[name]:.0%} of {figures.pages} pages"
                for name in FIELDS
                if figures.coverage[name] < floors["coverage"][source][name]
            ]
        if low:
            self.fail("\n".join(low))


class _Tell(Action):  # type: ignore[misc]  # Spidermon publishes no types
    def __init__(self, channel: str, send: Send) -> None:
        super().__init__()
        self._channel = channel
        self._send = send

    @property
    def name(self) -> str:
        """The name of the channel."""
        return self._channel

    def run_action(self) -> None:
        """Send what is new. Raises SkipAction when people know already."""
        news = [one for one in self.data.ended if one.is_news]
        if not news:
            raise SkipAction("nothing new to tell")
        low = [
            failed.reason for failed in self.result.monitors_failed_results if failed.monitor.options.name == _COVERAGE
        ]
        self._send(notification(self.data.run, news, low))


def notification(run: str, news: Sequence[Ended], coverage: Sequence[str] = ()) -> Notification:
    """Return the message about sources whose verdict has changed; ``coverage`` is what lies below its floor."""
    bad = [one for one in news if one.outcome.verdict is not Verdict.DONE]
    names = ", ".join(f"{one.outcome.source} {one.verdict.replace('_', ' ')}" for one in bad or news)
    lines = [one.outcome.line() for one in news]
    return Notification(
        title=f"Defence meetings: {names}" if bad else f"Defence meetings: well again: {names}",
        text="\n".join([*lines, *coverage, f"run {run}"]),
        level="error" if bad else "info",
        tags={one.outcome.source: one.verdict for one in news},
    )


def ended(outcomes: Iterable[Outcome], data_dir: Path, run: str) -> list[Ended]:
    """Return the outcomes of a run, each with the verdict of its source's run before."""
    found = []
    for outcome in outcomes:
        earlier = (part for manifest, part in of_source(data_dir, outcome.source) if manifest.get("run") != run)
        before = next((part.get("verdict") for part in earlier), None)
        found.append(Ended(outcome, str(before) if before else None))
    return found


def notify(run: str, sources: Sequence[Ended], channels: Mapping[str, Send]) -> list[str]:
    """Tell what is new on every channel and return the names of those that took it.

    A channel that fails is named in the log; it changes nothing else.
    """
    actions = [_Tell(name, send) for name, send in channels.items()]
    suite = MonitorSuite(
        monitors=[VerdictMonitor, CoverageMonitor], monitors_failed_actions=actions, monitors_passed_actions=actions
    )
    result = MonitorRunner().run(suite, run=run, ended=tuple(sources))
    told = []
    for step in (result.monitors_failed_action_results, result.monitors_passed_action_results):
        for item in step:
            if item.status == ACTION.STATUS.SUCCESS:
                told.append(item.action.name)
            elif item.status == ACTION.STATUS.ERROR:
                logger.error("no notification by %s: %s", item.action.name, item.error.strip().rsplit("\n", 1)[-1])
    return told
