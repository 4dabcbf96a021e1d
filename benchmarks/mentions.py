"""Article to mention: how long the reading of meetings takes beside one extraction of the same page."""

from __future__ import annotations

from benchmarks.measuring import Table, least_times, milliseconds, ratio
from benchmarks.pages import trafilatura
from benchmarks.samples import samples
from crawler.mentions import read_mentions
from crawler.pages import PageError, read_article


def measure(*, full: bool = False) -> Table:
    """Measure every third page, all of them with ``full``."""
    pairs = []
    for sample in samples()[:: 1 if full else 3]:
        try:
            pairs.append((sample, read_article(sample.page)))
        except PageError:
            continue
    rivals = {"read_mentions": lambda pair: read_mentions(pair[1]), "trafilatura": lambda pair: trafilatura(pair[0])}
    times = least_times(rivals, pairs)
    median, low, high = ratio(times["read_mentions"], times["trafilatura"])
    rows = (
        ("read_mentions", milliseconds(times["read_mentions"]), f"{median:.2f}", f"{low:.2f}-{high:.2f}"),
        ("trafilatura, same page", milliseconds(times["trafilatura"]), "1.00", ""),
    )
    notes = (f"{len(pairs)} articles, one core; target under 3 ms and at most 0.2 of an extraction.",)
    return Table("Article to mention", ("step", "ms", "ratio", "8 of 10 articles"), rows, notes)
