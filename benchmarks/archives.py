"""What reading an archive costs one core: ``python -m benchmarks.archives [PAGES]``, the figures of docs/scale.md.

An archive in the layout of CC-NEWS is written from the replica's unrelated news and stories (one page in ten is of a
story), then read as the Spark job reads it: every page as one of a site that nobody knows (so by the generic reader, as
nearly all of CC-NEWS is), every page by the reader of its site, and only the pages of a host that is not among them.
Each page is also padded to the size that pages have on the web. CPU time of this process, not wall time.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from crawler.bulk.archives import Part, read_archive
from tests.bulk.making import pages
from tests.pages.warc_files import CC_NEWS, response, warcinfo

PADDED = 120_000
"""Bytes of a page of a news site, markup and scripts included, before compression."""


def padding(chance: random.Random, size: int) -> bytes:
    """Return scripts and navigation that compress about as they do on the web."""
    words = [f"{chance.getrandbits(40):x}" for _ in range(400)]
    made, parts = 0, []
    while made < size:
        text = " ".join(chance.choices(words, k=30))
        block = (
            f'<li class="nav-{words[made % 400]}"><a href="/x/{chance.getrandbits(64):x}">{text[:40]}</a></li>'
            if chance.random() < 0.4
            else f'<script>var {words[0]}={{"k":"{text}","n":{chance.getrandbits(64)}}};</script>'
        ).encode()
        parts.append(block)
        made += len(block)
    return b"".join(parts)


def write(path: Path, count: int, *, unknown: bool, padded: bool) -> int:
    """Write an archive of ``count`` pages; return the bytes of their bodies."""
    chance = random.Random(1)
    stories, unrelated = pages()
    fillers = [padding(chance, PADDED) for _ in range(20)] if padded else [b""]
    total = 0
    with path.open("wb") as file:
        file.write(warcinfo())
        for number in range(count):
            url, body = chance.choice(stories if number % 10 == 0 else unrelated)
            body = body.replace(b"</body>", fillers[number % len(fillers)] + b"</body>")
            parts = urlsplit(url)
            host = f"news{number % 500}.example" if unknown else parts.netloc
            path_of = f"{parts.path}-{number}" if unknown else parts.path
            file.write(response(urlunsplit(("https", host, path_of, "", "")), body, layout=CC_NEWS))
            total += len(body)
    return total


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    print("| pages | WARC MB | pages/s | WARC MB/s | HTML MB/s | bytes of WARC a page |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, unknown, padded, hosts in (
            ("of unknown sites, as small as the replica's", True, False, frozenset()),
            ("of unknown sites, padded", True, True, frozenset()),
            ("of the three sites, padded", False, True, frozenset()),
            ("padded, none of the hosts that are asked for", True, True, frozenset({"report.az"})),
        ):
            path = Path(folder) / "CC-NEWS-20260312000000-00001.warc.gz"
            html = write(path, count, unknown=unknown, padded=padded)
            (part,) = Part.of([str(path)], f"{folder}/{name}")
            if name.startswith("of unknown sites, as"):
                read_archive(*Part.of([str(path)], f"{folder}/warm"))  # tables and imports
            began = time.process_time()
            counts = read_archive(part, hosts)
            spent = time.process_time() - began
            assert counts["page"] == count
            size = path.stat().st_size
            print(
                f"| {name} | {size / 1e6:.1f} | {count / spent:.0f} | {size / 1e6 / spent:.2f} "
                f"| {html / 1e6 / spent:.1f} | {size // count} |",
                flush=True,
            )
    print(f"\npeak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
