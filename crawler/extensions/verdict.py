"""What a finished crawl of one source amounts to, by its statistics: the verdict, the exit code, the next action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler

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

# Share of unreadable article pages above which the layout, not a single page, is at fault, and how many pages it takes.
_UNREADABLE_SHARE: Final = 0.2
_UNREADABLE_LEAST: Final = 3
# Not faults of a layout: another provider's story, an article behind a paywall.
_EXPECTED_REASONS: Final = frozenset({"provider-not-accepted", "paywall-only", "unsupported-language"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one source in one run; ``counts`` are the figures an operator reads, ``detail`` why the verdict."""

    source: str
    verdict: Verdict
    detail: str
    counts: dict[str, int]

    def line(self) -> str:
        """Return the one line an operator reads."""
        counts = ", ".join(f"{value} {key}" for key, value in self.counts.items())
        detail = f" ({self.detail})" if self.detail else ""
        name = self.verdict.name.lower().replace("_", " ")
        return f"{self.source}: {name}{detail} - {counts or 'nothing read'}; next: {self.verdict.action}"


def worst(verdicts: list[Verdict]) -> Verdict:
    """Return the verdict that counts for several sources."""
    return min(verdicts, key=_SEVERITY.index, default=Verdict.PROGRAM_ERROR)


def judge(source: str, reason: str, stats: Mapping[str, Any]) -> Outcome:
    """Judge a finished crawl from Scrapy's final statistics; absent counters are zero."""

    def count(key: str) -> int:
        return int(stats.get(key, 0))

    def matching(prefix: str, suffix: str = "") -> dict[str, int]:
        return {k: int(v) for k, v in stats.items() if k.startswith(prefix) and k.endswith(suffix)}

    unreadable = {
        key.removeprefix("article/unreadable/"): value for key, value in matching("article/unreadable/").items()
    }
    counts = {
        "articles read": count("article/read"),
        "new": count("store/new"),
        "changed": count("store/changed"),
        "unreadable": sum(value for key, value in unreadable.items() if key not in _EXPECTED_REASONS),
        "failed": count("fetch/failed"),
    }
    verdict, detail = _verdict(reason, count, matching, counts)
    return Outcome(
        source, verdict, detail, {key: value for key, value in counts.items() if value or key == "articles read"}
    )


def _verdict(reason: str, count: Any, matching: Any, counts: dict[str, int]) -> tuple[Verdict, str]:
    responses = count("downloader/response_count")
    if count("store/failed"):
        return Verdict.STORAGE, f"{count('store/failed')} articles could not be stored"
    if count("spider_exceptions/count") or reason in {"start_error", "error"} or count("pipeline/failed"):
        return Verdict.PROGRAM_ERROR, f"finish reason {reason}, {count('spider_exceptions/count')} exceptions"
    if reason == "blocked":
        how = ", ".join(key.removeprefix("block/") for key in matching("block/"))
        return Verdict.BLOCKED, how
    if count("robotstxt/forbidden") and not counts["articles read"]:
        return Verdict.BLOCKED, "robots.txt forbids the addresses of the listings"
    if not responses and count("downloader/exception_count"):
        kinds = ", ".join(key.rsplit(".", 1)[-1] for key in matching("downloader/exception_type_count/"))
        return Verdict.UNREACHABLE, kinds
    if empty := sorted(key.split("/", 1)[1].rsplit("/", 1)[0] for key in matching("channel/", "/empty")):
        return Verdict.CHANGED, f"no entries in channel {', '.join(empty)}"
    pages = counts["articles read"] + counts["unreadable"]
    if counts["unreadable"] >= _UNREADABLE_LEAST and counts["unreadable"] > _UNREADABLE_SHARE * pages:
        return Verdict.CHANGED, f"{counts['unreadable']} of {pages} pages cannot be read"
    if counts["failed"]:
        return Verdict.INCOMPLETE, f"{counts['failed']} pages failed after all retries"
    if reason != "finished":
        return Verdict.INCOMPLETE, f"stopped early: {reason}"
    return Verdict.DONE, ""


class VerdictRecorder:
    """Extension that hands the outcome of each source to its run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> VerdictRecorder:
        """Build the extension for one crawl."""
        return cls(crawler)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Judge the source that has just closed."""
        assert self._crawler.stats is not None
        run = Run.of(self._crawler)
        run.outcomes[spider.name] = judge(spider.name, reason, self._crawler.stats.get_stats())
