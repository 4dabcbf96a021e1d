"""Page to clean article: our readers against trafilatura on the replica's pages, interleaved in one process."""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import trafilatura

from crawler.pages import Page, PageError, read_article
from tests.replica.server import Replica
from tests.replica.stories import StoryArticle, load_stories

_ROUNDS = 3


def measure_pages() -> int:
    """Print time a page and F1 of the body's words; return the exit code."""
    samples = list(_samples())
    readers: dict[str, Callable[[Page], str]] = {"crawler.pages": _ours, "trafilatura": _trafilatura}
    times: dict[str, list[float]] = {name: [] for name in readers}
    scores: dict[str, list[float]] = {name: [] for name in readers}
    for round_number in range(_ROUNDS):
        for page, article in samples:
            for name, read in readers.items():
                start = time.perf_counter()
                text = read(page)
                times[name].append(time.perf_counter() - start)
                if round_number == 0:
                    scores[name].append(_f1(text, " ".join(article.paragraphs)))
    print(f"{len(samples)} pages, {_ROUNDS} rounds")
    print(f"{'reader':16} {'ms/page':>8} {'F1':>6}")
    for name in readers:
        print(f"{name:16} {statistics.median(times[name]) * 1000:8.2f} {statistics.mean(scores[name]):6.3f}")
    ratio = statistics.median(times["trafilatura"]) / statistics.median(times["crawler.pages"])
    print(f"crawler.pages is {ratio:.1f} times as fast as trafilatura")
    return 0


def _samples() -> list[tuple[Page, StoryArticle]]:
    found = []
    with Replica() as replica:
        for story in load_stories():
            for article in story.articles:
                if not article.is_source or "paywall" in article.traps:
                    continue
                parts = urlsplit(article.url)
                request = Request(replica.url + parts.path, headers={"Host": parts.netloc})
                with urlopen(request) as response:
                    found.append((Page(article.url, response.read(), response.headers["Content-Type"]), article))
    return found


def _ours(page: Page) -> str:
    try:
        return read_article(page).text
    except PageError:
        return ""


def _trafilatura(page: Page) -> str:
    return trafilatura.extract(page.body, favor_precision=True, include_comments=False) or ""


def _f1(text: str, gold: str) -> float:
    found, wanted = (Counter(re.findall(r"\w+", one)) for one in (text, gold))
    common = sum((found & wanted).values())
    return 2 * common / (found.total() + wanted.total()) if common else 0.0
