"""``python -m benchmarks.extraction_benchmark FOLDER``: the reader of unknown layouts on a labelled set of pages.

FOLDER has the form of the public article-extraction-benchmark (github.com/scrapinghub/article-extraction-benchmark):
``ground-truth.json`` with ``{"<id>": {"articleBody": ..., "url": ...}}`` and ``html/<id>.html.gz``. The measure is that
project's: of every page the runs of four words that the text and the gold share, counted with repetitions; precision
and recall are means over the pages, F1 is of these means. A page without a gold text counts for precision alone.

Our readers refuse pages of other languages than their three, so the whole reader is held against trafilatura on the
pages it reads, and what it stands on, the extraction of the body, on all of them. Exit code 1 when either is below.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Table
from benchmarks.pages import RULER, extractor
from crawler.pages import Page, PageError, read_article
from crawler.pages.document import Document
from crawler.pages.fallback import extracted

_RUN = 4
_WORD = re.compile(r"\w+")
_UNKNOWN_SITE = "https://www.example.org/"


@dataclass(frozen=True)
class Labelled:
    url: str
    html: bytes
    gold: str


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def cells(self) -> tuple[str, ...]:
        return tuple(f"{value:.3f}" for value in (self.f1, self.precision, self.recall))


def load(folder: Path) -> dict[str, Labelled]:
    """Raises FileNotFoundError when a file of the set is missing, KeyError when a record has no gold."""
    records = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return {
        name: Labelled(
            record.get("url") or _UNKNOWN_SITE,
            gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
            record["articleBody"],
        )
        for name, record in records.items()
    }


def score(found: Mapping[str, str], pages: Mapping[str, Labelled]) -> Score:
    """Return the score of the texts that were found on some of the pages, by the pages' names."""
    precisions, recalls = [], []
    for name, text in found.items():
        runs, gold = _runs(text), _runs(pages[name].gold)
        common = (runs & gold).total()
        if runs:
            precisions.append(common / runs.total())
        if gold:
            recalls.append(common / gold.total())
    return Score(statistics.mean(precisions or [0.0]), statistics.mean(recalls or [0.0]))


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    # a text of fewer words is one run
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)) if words)


def measure(pages: Mapping[str, Labelled]) -> tuple[Table, bool]:
    """Return the table and whether ours is nowhere below trafilatura."""
    extract = extractor()
    theirs = {
        name: extract(page.html.decode("utf-8", "replace"), include_comments=False) or ""
        for name, page in pages.items()
    }
    body = {
        name: "\n".join(extracted(Document(page.html.decode("utf-8", "replace"))) or ()) for name, page in pages.items()
    }
    articles, refused = _read(pages)
    scores = (
        (f"our extraction, all {len(pages)} pages", score(body, pages)),
        (f"{RULER}, all {len(pages)} pages", score(theirs, pages)),
        (f"read_article, the {len(articles)} pages it reads", score(articles, pages)),
        (f"{RULER}, the same", score({name: theirs[name] for name in articles}, pages)),
    )
    rows = tuple((name, *found.cells()) for name, found in scores)
    reasons = ", ".join(f"{reason} {count}" for reason, count in refused.most_common())
    notes = (f"Refused by read_article: {reasons or 'none'}.",)
    table = Table("Pages of unknown layout", ("reader", "F1", "precision", "recall"), rows, notes)
    (_, ours), (_, ruler), (_, ours_read), (_, ruler_read) = scores
    return table, ours.f1 >= ruler.f1 and ours_read.f1 >= ruler_read.f1


def _read(pages: Mapping[str, Labelled]) -> tuple[dict[str, str], Counter[str]]:
    articles: dict[str, str] = {}
    refused: Counter[str] = Counter()
    for name, page in pages.items():
        try:
            articles[name] = read_article(Page(page.url, page.html)).text
        except PageError as error:
            refused[error.reason] += 1
    return articles, refused


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction_benchmark", description=__doc__)
    parser.add_argument("folder", type=Path, help="a copy of the set")
    folder = parser.parse_args().folder
    if not (folder / "ground-truth.json").is_file():
        parser.error(f"no ground-truth.json in {folder}")
    table, as_good = measure(load(folder))
    print(table.terminal())
    return 0 if as_good else 1


if __name__ == "__main__":
    sys.exit(main())
