"""JSON Lines: the record of the contract, plain or compressed; from meetings, or records as the store keeps them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from typing import BinaryIO

from crawler.feeds.record import line
from crawler.items import Meeting


def write_lines(meetings: Iterable[Meeting | str], file: BinaryIO) -> int:
    """Write a line a meeting; return how many."""
    written = 0
    for meeting in meetings:
        file.write(line(meeting))
        written += 1
    return written


def write_compressed_lines(meetings: Iterable[Meeting | str], file: BinaryIO) -> int:
    """Write gzip-compressed lines; return how many. The same meetings give the same bytes: no name, no clock."""
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as compressed:
        return write_lines(meetings, compressed)  # type: ignore[arg-type]  # typeshed: GzipFile is no BinaryIO
