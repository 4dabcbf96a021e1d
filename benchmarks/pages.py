"""Page to clean article: our readers against general extractors on the replica's pages.

Peers that are not installed (``requirements-bench.txt``) are named as missing.
"""

from __future__ import annotations

import re
import statistics
import warnings
from collections.abc import Callable, Iterator

from benchmarks.measuring import Table, installed, least_times, milliseconds, ratio
from benchmarks.samples import Sample, samples
from benchmarks.scoring import body_f1
from crawler.pages import PageError, read_article

OURS = "crawler.pages"
RULER = "trafilatura"
"""The extractor all times are divided by."""
PACKAGES = ("lxml", "trafilatura", "newspaper4k", "readability-lxml", "resiliparse")
Reader = Callable[[Sample], str]


def measure(*, full: bool = False) -> Table:
    """Measure every third page, all of them with ``full``."""
    chosen = samples()[:: 1 if full else 3]
    readers = dict(_readers())
    scores = {
        name: statistics.mean(body_f1(read(one), one.paragraphs) for one in chosen) for name, read in readers.items()
    }
    times = least_times(readers, chosen)
    rows = []
    for name in readers:
        median, low, high = ratio(times[RULER], times[name])
        rows.append((name, milliseconds(times[name]), f"{median:.1f}", f"{low:.1f}-{high:.1f}", f"{scores[name]:.3f}"))
    missing = [name for name in PACKAGES if not installed(name)]
    notes = [f"{len(chosen)} pages; least of nine runs a page, readers taking turns; target 8 times as fast, F1 0.99."]
    notes.append(
        "Short of 8: lxml's parse is a quarter of the instructions; a page of 6,000 characters holds an article of 350."
    )
    if missing:
        notes.append(f"Not installed, so not measured: {', '.join(missing)}.")
    columns = ("reader", "ms a page", f"times as fast as {RULER}", "8 of 10 pages", "body F1")
    return Table("Page to clean article", columns, tuple(rows), tuple(notes))


def ours(sample: Sample) -> str:
    try:
        return read_article(sample.page).text
    except PageError:
        return ""


def trafilatura(sample: Sample) -> str:
    return extractor()(sample.page.body, favor_precision=True, include_comments=False) or ""


def extractor() -> Callable[..., str | None]:
    with warnings.catch_warnings():
        # its dependencies warn about themselves while they are imported
        warnings.simplefilter("ignore", DeprecationWarning)
        from trafilatura import extract  # noqa: PLC0415 - its warnings are caught here

    return extract


def _readers() -> Iterator[tuple[str, Reader]]:
    yield OURS, ours
    yield RULER, trafilatura
    if installed("newspaper4k"):
        yield "newspaper4k", _newspaper
    if installed("readability-lxml"):
        yield "readability-lxml", _readability
    if installed("resiliparse"):
        yield "resiliparse", _resiliparse


def _newspaper(sample: Sample) -> str:
    import newspaper  # noqa: PLC0415 - optional

    article = newspaper.Article(sample.page.url or "", fetch_images=False)
    article.download(input_html=sample.page.body.decode("utf-8", "replace"))
    article.parse()
    return article.text


def _readability(sample: Sample) -> str:
    from readability import Document  # noqa: PLC0415 - optional

    summary = Document(sample.page.body.decode("utf-8", "replace")).summary(html_partial=True)
    return re.sub(r"<[^>]+>", " ", summary)


def _resiliparse(sample: Sample) -> str:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - optional

    return extract_plain_text(
        sample.page.body.decode("utf-8", "replace"), main_content=True, links=False, alt_texts=False
    )
