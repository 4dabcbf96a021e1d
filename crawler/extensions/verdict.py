"""What a finished crawl of one source amounts to, by its statistics: the verdict, the exit code, the next action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.changes import Expectation, changes, proven_channels
from crawler.extensions.figures import Figures, figures
from crawler.extensions.history import good_runs
from crawler.extensions.run import Run


class Verdict(Enum):
    """Verdicts with the exit code of ``scrapy crawl`` and what an operator does next."""

    DONE = (0, "nothing to do")
    PROGRAM_ERROR = (1, "read the traceback in the log and report it")
    USAGE = (2, "correct the command line")
    BLOCKED = (3, "wait, then lower the pace or ask the site; do not retry at once")
    CHANGED = (4, "look at the quarantined pages and mend the selectors in crawler/pages")
    UNREACHABLE = (5, "check the network and the site; the next run catches up")
    INCOMPLETE = (6, "run again: what failed is asked for again")
    BUSY = (7, "let the other run end")
    STORAGE = (8, "check disk, permissions and database")

    def __init__(self, code: int, action: str) -> None:
        self.code = code
        self.action = action


# From the worst to the best: what a person must act on first.
_SEVERITY: Final = (
    Verdict.PROGRAM_ERROR,
    Verdict.STORAGE,
    Verdict.USAGE,
    Verdict.BLOCKED,
    Verdict.CHANGED,
    Verdict.UNREACHABLE,
    Verdict.INCOMPLETE,
    Verdict.BUSY,
    Verdict.DONE,
)


_CORRECT: Final = "correct what the log names, then run again"

READ: Final = "articles read"
MEETINGS_NEW: Final = "meetings new"
MEETINGS_CHANGED: Final = "meetings changed"
"""Names of counts of an outcome; ``new`` and ``changed`` count articles."""

_GOOD_RESPONSES: Final = "downloader/response_status_count/200"
# What is counted of a channel whose listing could not be fetched.
_NOT_HAD: Final = frozenset({"failed", "forbidden"})


# What is said of a counter that stands at one, and of one that stands higher.
_STORE_FAULTS: Final = {
    "store/failed": ("1 page could not be stored", "{} pages could not be stored"),
    "store/away": ("the store could not be asked", "the store could not be asked"),
}
_PROGRAM_FAULTS: Final = {
    "pipeline/failed": ("1 article failed in the program", "{} articles failed in the program"),
    "spider_exceptions/count": ("1 page failed in the program", "{} pages failed in the program"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one source in one run; ``counts`` are what an operator reads, ``detail`` why the verdict.

    ``figures`` are everything that was counted, None when the source was not crawled at all.
    """

    source: str
    verdict: Verdict
    detail: str
    counts: dict[str, int]
    figures: Figures | None = None
    action: str = ""

    @property
    def next_action(self) -> str:
        """What to do next: what the verdict says unless this outcome says better."""
        return self.action or self.verdict.action

    def line(self) -> str:
        """Return the sentence an operator reads: source, verdict, why, counts, what to do next."""
        detail = f" ({self.detail})" if self.detail else ""
        name = self.verdict.name.lower().replace("_", " ")
        return f"{self.source}: {name}{detail} - {self._counted()}; next: {self.next_action}"

    def log_line(self, run: str = "", ended: datetime | None = None) -> str:
        """Return the sentence as it stands in a log: behind the time (UTC), before the id of the run if there is one.

        ``ended`` is aware, by default now.
        """
        at = f"{(ended or datetime.now(UTC)).astimezone(UTC):%Y-%m-%d %H:%M}Z"
        return f"{at} {self.line()}" + (f"; run {run}" if run else "")

    def _counted(self) -> str:
        rest = dict(self.counts)
        said = []
        if (read := rest.pop(READ, None)) is not None:
            kinds = ", ".join(f"{number} {word}" for word in ["new", "changed"] if (number := rest.pop(word, 0)))
            said.append(f"{_number(read, 'article')} read" + (f" ({kinds})" if kinds else ""))
        if (new := rest.pop(MEETINGS_NEW, None)) is not None:
            said.append(f"{_number(new, 'meeting')} new, {rest.pop(MEETINGS_CHANGED, 0)} changed")
        said += [f"{number} {word}" for word, number in rest.items()]
        return ", ".join(said) or "nothing read"


def _number(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def worst(verdicts: list[Verdict]) -> Verdict:
    """Return the verdict that counts for several sources."""
    return min(verdicts, key=_SEVERITY.index, default=Verdict.PROGRAM_ERROR)


def judge(source: str, reason: str, stats: Mapping[str, Any], expected: Expectation | None = None) -> Outcome:
    """Judge a finished crawl from Scrapy's final statistics; absent counters are zero."""
    now = figures(reason, stats)
    verdict, detail = _stopped(now, stats) or _finished(source, now, expected or Expectation())
    counts = {
        READ: now.read,
        "new": now.new,
        "changed": now.changed,
        "unreadable": now.faulty,
        "skipped": sum(now.archive_skipped.values()) + now.addresses_passed_over,
        "failed": now.failed,
        "raw pages not kept": now.raw_pages_lost,
    }
    # what a person gave is read no better by running again
    action = _CORRECT if verdict is Verdict.INCOMPLETE and detail == "; ".join(_passed_over(now)) else ""
    shown = {key: value for key, value in counts.items() if value or key == READ}
    return Outcome(source, verdict, detail, shown, now, action)


def _stopped(now: Figures, stats: Mapping[str, Any]) -> tuple[Verdict, str] | None:
    """Return the verdict on a crawl that could not do its work, None for one that could."""

    def count(key: str) -> int:
        return int(stats.get(key, 0))

    def names(prefix: str) -> str:
        return ", ".join(sorted(key.removeprefix(prefix) for key in stats if key.startswith(prefix)))

    if faults := _sentences(stats, _STORE_FAULTS):
        return Verdict.STORAGE, faults
    if (faults := _sentences(stats, _PROGRAM_FAULTS)) or now.reason in {"start_error", "error"}:
        return Verdict.PROGRAM_ERROR, faults or f"finish reason {now.reason}"
    if now.reason == "busy":
        return Verdict.BUSY, "another run took the source while the database was away"
    if now.reason == "blocked":
        return Verdict.BLOCKED, names("block/")
    listings = sum(counts.get("pages", 0) for counts in now.channels.values())
    if count("robotstxt/forbidden") and not now.read and not listings:
        return Verdict.BLOCKED, "robots.txt forbids the addresses of the listings"
    if now.reason == "unreachable" or (now.failed and not now.read and not listings and not count(_GOOD_RESPONSES)):
        return Verdict.UNREACHABLE, names("outage/") or now.failures or _exceptions(stats)
    if now.channels and all(counts.keys() <= _NOT_HAD for counts in now.channels.values()):
        return Verdict.UNREACHABLE, f"no listing could be fetched: {now.failures}"
    return None


def _sentences(stats: Mapping[str, Any], words: Mapping[str, tuple[str, str]]) -> str:
    said = []
    for key, (one, more) in words.items():
        if number := int(stats.get(key, 0)):
            said.append(one if number == 1 else more.format(number))
    return "; ".join(said)


def _exceptions(stats: Mapping[str, Any]) -> str:
    """Return how connections failed, by the names of the exceptions; requests that were never sent are no failure."""
    prefix = "downloader/exception_type_count/"
    names = {key.rsplit(".", 1)[-1] for key in stats if key.startswith(prefix)}
    return ", ".join(sorted(names - {"UnsentError"}))


def _finished(source: str, now: Figures, expected: Expectation) -> tuple[Verdict, str]:
    if signs := list(changes(source, now, expected)):
        return Verdict.CHANGED, "; ".join(signs)
    if now.failed:
        pages = "1 page" if now.failed == 1 else f"{now.failed} pages"
        return Verdict.INCOMPLETE, f"{pages} failed after all retries: {now.failures}"
    if now.reason != "finished":
        return Verdict.INCOMPLETE, f"stopped early: {now.reason}"
    if faults := "; ".join(_passed_over(now)):
        return Verdict.INCOMPLETE, faults
    return Verdict.DONE, ""


def _passed_over(now: Figures) -> Iterator[str]:
    """Yield what of the files that somebody gave could not be used."""
    if now.archive_skipped:
        parts = "1 part" if sum(now.archive_skipped.values()) == 1 else f"{sum(now.archive_skipped.values())} parts"
        yield f"{parts} of the archive cannot be read: {now.skipped}"
    elif now.archive_documents == 0:
        yield "the archive holds nothing"
    elif now.archive_documents and not now.read and not now.outside_window:
        yield "no part of the archive is an article"
    if now.addresses_passed_over:
        lines = "1 line" if now.addresses_passed_over == 1 else f"{now.addresses_passed_over} lines"
        yield f"{lines} of the address list passed over"


class VerdictRecorder:
    """Extension that hands the outcome of each source to its run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = Run.of(crawler)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> VerdictRecorder:
        """Build the extension for one crawl."""
        return cls(crawler)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Judge the source that has just closed."""
        assert self._crawler.stats is not None
        run = self._run
        proven = proven_channels(getattr(spider, "channels", ()))
        expected = Expectation(proven, good_runs(run.data_dir, spider.name))
        outcome = judge(spider.name, reason, self._crawler.stats.get_stats(), expected)
        run.outcomes[spider.name] = replace(outcome, counts={**outcome.counts, **_meetings(run, spider.name)})


def _meetings(run: Run, source: str) -> dict[str, int]:
    """Return how many meetings the articles of a source made and changed; nothing when the store cannot be asked."""
    try:
        new, changed = run.meetings_of(source)
    except SQLAlchemyError:
        return {}  # whoever publishes next says why
    return {MEETINGS_NEW: new, MEETINGS_CHANGED: changed}
