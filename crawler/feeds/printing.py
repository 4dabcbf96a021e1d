"""What is printed for a reader who may leave before the end, as ``head`` does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


def say(text: str, stream: IO[str] | None = None) -> None:
    """Print a text and an end of line to standard output or a stream; a reader who has left is no fault."""
    stream = stream or sys.stdout
    if stream is None:  # a process without standard output
        return
    with leaving(stream):
        print(text, file=stream, flush=True)


@contextmanager
def leaving(stream: IO[str]) -> Iterator[None]:
    """Write within the block as long as somebody reads: a closed pipe ends the block, and nothing else of the program.

    What is written to the stream later goes nowhere, also what Python writes out when it ends.
    """
    try:
        yield
        stream.flush()
    except BrokenPipeError:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor is needed, not a path
            os.dup2(nowhere.fileno(), stream.fileno())
