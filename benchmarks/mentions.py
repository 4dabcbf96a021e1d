"""Article to mention: how long the reading of meetings takes beside one extraction of the same page.

Also what the first article of a language costs in a new process: its tables are read and built then.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from benchmarks.measuring import Table, least_times, milliseconds, ratio
from benchmarks.pages import trafilatura
from benchmarks.samples import Sample, samples
from crawler.items import LANGS, Article
from crawler.mentions import read_mentions
from crawler.pages import Page, PageError, read_article
from tests.replica.background import background_posts
from tests.replica.server import Replica

Read = tuple[Sample, Article]

_FIRST: Final = """
import resource, sys, time
from crawler.items import Article
from crawler.mentions import read_mentions

def used():
    return time.process_time() * 1000, int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6

texts = {
    "en": "The Minister of Defence met with his counterpart in Baku on December 10 and signed a protocol.",
    "az": "Müdafiə naziri dekabrın 10-da Bakıda türkiyəli həmkarı ilə görüşüb və protokol imzalayıb.",
    "ru": "Министр обороны встретился в Баку с турецким коллегой 10 декабря и подписал протокол.",
}
for lang in sys.argv[1:]:
    before = used()
    read_mentions(Article(url="u", outlet="o", lang=lang, headline=None, paragraphs=(texts[lang],)))
    print(*(now - then for now, then in zip(used(), before)))
"""


def measure(*, full: bool = False) -> Table:
    """Measure every third story and every twentieth page without one, all of them with ``full``."""
    articles = articles_of(samples()[:: 1 if full else 3])
    articles += articles_of(unrelated(1 if full else 20))
    once = [seconds_of(pair) for pair in articles]
    rivals = {"read_mentions": read, "trafilatura": extract}
    times = least_times(rivals, articles)
    of_kind: dict[str, list[tuple[float, float]]] = {"with a meeting": [], "without one": []}
    for (_, article), ours, theirs in zip(articles, times["read_mentions"], times["trafilatura"], strict=True):
        of_kind["with a meeting" if read_mentions(article).mentions else "without one"].append((ours, theirs))
    rows = [
        _row(f"article {kind}", [one for one, _ in pairs], [other for _, other in pairs])
        for kind, pairs in of_kind.items()
    ]
    rows.append(("any article, read once", milliseconds(once), f"{_slowest(once):.2f}", "", "", ""))
    rows.append(_row("trafilatura, same pages", times["trafilatura"], times["trafilatura"]))
    rows += [
        (f"first article, {lang}", f"{cpu:.0f}", "", "", "", f"{memory:.0f}") for lang, cpu, memory in first_articles()
    ]
    measured = " and ".join(f"{len(pairs)} articles {kind}" for kind, pairs in of_kind.items())
    notes = (
        f"{measured}, one core; target: median under 3 ms and at most 0.2 of an extraction.",
        "Above 0.2 where a meeting is told of: who is named takes a third of it.",
        "Read once: processor time with names not seen before and the tables to build; others are the least of nine.",
        "First article: processor time and memory in a new process that reads one of each language in turn.",
    )
    columns = ("step", "ms, median", "95 of 100", "of an extraction", "8 of 10", "MB")
    return Table("Article to mention", columns, tuple(rows), notes)


def articles_of(pages: Sequence[Sample]) -> list[Read]:
    """Return the pages that can be read, with their articles."""
    read: list[Read] = []
    for sample in pages:
        try:
            read.append((sample, read_article(sample.page)))
        except PageError:
            continue
    return read


def unrelated(step: int) -> list[Sample]:
    """Return every ``step``-th of the replica's pages that belong to no story: what most pages in life are."""
    found = []
    with Replica() as replica:
        for post in list(background_posts())[::step]:
            parts = urlsplit(post.url)
            with urlopen(Request(replica.url + parts.path, headers={"Host": parts.netloc})) as response:
                page = Page(post.url, response.read(), response.headers["Content-Type"])
            found.append(Sample(page, post.paragraphs))
    return found


def read(pair: Read) -> object:
    return read_mentions(pair[1])


def seconds_of(pair: Read) -> float:
    """Return the processor time of one reading of an article, whose names are new and compared with all known ones."""
    start = time.process_time()
    read(pair)
    return time.process_time() - start


def extract(pair: Read) -> object:
    return trafilatura(pair[0])


def first_articles() -> list[tuple[str, float, float]]:
    """Return for each language the milliseconds of processor time and the megabytes its first article costs."""
    runs = [
        subprocess.run([sys.executable, "-c", _FIRST, *LANGS], check=True, capture_output=True, text=True)
        for _ in range(3)
    ]
    costs = [[tuple(map(float, line.split())) for line in run.stdout.splitlines()] for run in runs]
    return [(lang, *min(cost[at] for cost in costs)) for at, lang in enumerate(LANGS)]


def _slowest(times: Sequence[float]) -> float:
    """Return the milliseconds that 95 of 100 do not exceed."""
    return statistics.quantiles(times, n=20)[-1] * 1000


def _row(name: str, times: Sequence[float], extractions: Sequence[float]) -> tuple[str, ...]:
    median, low, high = ratio(times, extractions)
    spread = "" if times is extractions else f"{low:.2f}-{high:.2f}"
    return (name, milliseconds(times), f"{_slowest(times):.2f}", f"{median:.2f}", spread, "")
