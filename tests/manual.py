"""docs/operations.md as the tests read it: what it shows is held to what the program prints.

A sample is an indented block whose first line names it, with the exit code of a run: ``# 403, exit 3: what happened``.
Lines that begin with ``$`` are what a person types. All others are lines of the program; those of the log stand without
time and logger, the last lines of a run without time and run; a long slug in an address stands as ``...``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

PATH: Final = Path(__file__).parents[1] / "docs" / "operations.md"
TEXT: Final = PATH.read_text("utf-8")

_HEADER: Final = re.compile(r"# (?P<name>[\w-]+)(?:, exit (?P<code>\d))?: .+")
_LOGGED: Final = re.compile(r"[\d-]{10} [\d:]{8} \[[\w.]+\] (?P<level>[A-Z]+): ")
_TOLD: Final = frozenset({"WARNING", "ERROR", "CRITICAL"})
_LAST: Final = re.compile(r"[\d-]{10} \d\d:\d\dZ (?P<said>\w+: .+?)(?:; run \d{8}T\d{6}Z[\w-]*)?")
_REFUSED: Final = re.compile(r"[\w.]+(?=: error: )")  # a command line that is wrong; the name is that of the process
# What differs from one run of a test to the next.
_VARYING: Final = (
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"(?<=/)[\w-]{40,}(?![\w.-])"), "..."),
    (re.compile(r"\b\d{4,} (?=B|bytes)"), "N "),  # zlib is not everywhere the same
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\dZ, \d+ (?:min|h|days)"), "WHEN"),
    (re.compile(r"\d{8}T\d{6}Z"), "RUN"),
    (re.compile(r" {2,}"), "  "),  # the columns are as wide as what stands in them
)
# What differs between two lines of one kind.
_PARTICULAR: Final = ((re.compile(r"https?://[^\s>]+"), "URL"), (re.compile(r"channel [\w/-]+:"), "channel X:"))


class Printed(Protocol):
    """A process that has ended."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What the manual shows of one run; ``code`` is its exit code, None where the manual gives none."""

    name: str
    code: int | None
    lines: tuple[str, ...]


def blocks(text: str = TEXT) -> Iterator[list[str]]:
    """Yield the indented blocks of a text, without their indentation."""
    block: list[str] = []
    for line in [*text.splitlines(), "end"]:
        if line.startswith("    "):
            block.append(line[4:])
        elif block:
            yield block
            block = []


def samples(text: str = TEXT) -> dict[str, Sample]:
    """Return the samples of a text by name; raises ValueError when two have one name."""
    found: dict[str, Sample] = {}
    for first, *lines in blocks(text):
        if header := _HEADER.fullmatch(first):
            if header["name"] in found:
                raise ValueError(f"two samples are called {header['name']}")
            code = int(header["code"]) if header["code"] else None
            shown = tuple(line for line in lines if not line.startswith("$ "))
            found[header["name"]] = Sample(header["name"], code, shown)
    return found


SAMPLES: Final = samples()


def said(ended: Printed) -> list[str]:
    """Return the lines of a run that an operator must look at: warnings and errors, then its own last lines."""
    told = []
    for line in ended.stderr.splitlines():
        if (head := _LOGGED.match(line)) and head["level"] in _TOLD:
            told.append(f"{head['level']}: {line[head.end() :]}")
        elif head := _REFUSED.match(line):
            told.append(f"scrapy{line[head.end() :]}")
    return [*told, *last_lines(ended.stdout)]


def last_lines(printed: str) -> list[str]:
    """Return the lines of a text; those that end a run without time and run, which differ from one to the next."""
    return [last["said"] if (last := _LAST.fullmatch(line)) else line for line in printed.splitlines()]


def check(
    name: str, ended: Printed, *, folder: Path | None = None, usual: Collection[str] = (), varies: str = ""
) -> None:
    """Hold a sample to a run: its exit code, every line really printed, and one line of each kind that was.

    ``folder`` is shown as ``data``; ``usual`` are lines of a run in which nothing happened; ``varies`` is a pattern of
    what differs between two runs.
    """
    printed = said(ended)
    if folder is not None:
        printed = [line.replace(str(folder), "data") for line in printed]
    check_lines(name, printed, usual=usual, varies=varies)
    assert SAMPLES[name].code in {None, ended.returncode}


def check_lines(name: str, printed: Iterable[str], *, usual: Collection[str] = (), varies: str = "") -> None:
    """Hold a sample to lines the program printed."""
    printed = list(printed)
    known = {_plain(line, varies) for line in usual}
    kinds: dict[str, str] = {}
    for line in printed:
        if _plain(line, varies) not in known:
            kinds[_kind(line, varies)] = min(line, kinds.get(_kind(line, varies), line))
    paste = "\n".join(f"    {line}" for line in kinds.values())
    assert name in SAMPLES, f"docs/operations.md shows no {name}:\n{paste}"
    real = {_plain(line, varies) for line in printed}
    invented = [line for line in SAMPLES[name].lines if _plain(line, varies) not in real]
    assert not invented, f"docs/operations.md, {name}: {invented} is not printed; printed is\n{paste}"
    shown = sorted(_kind(line, varies) for line in SAMPLES[name].lines)
    assert shown == sorted(kinds), f"docs/operations.md, {name}: printed is\n{paste}"


def _plain(line: str, varies: str) -> str:
    for pattern, word in _VARYING:
        line = pattern.sub(word, line)
    return (re.sub(varies, "...", line) if varies else line).rstrip()


def _kind(line: str, varies: str) -> str:
    line = _plain(line, varies)
    for pattern, word in _PARTICULAR:
        line = pattern.sub(word, line)
    return line
