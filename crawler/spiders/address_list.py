"""Addresses that somebody has listed in a file, one a line: text, or the column of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawler.language.text import decode_file
from crawler.pages.addresses import Address, SourceName, describe

_REMARK: Final = re.compile(r"(?:^|\s)#.*")
# What tables, mails and people put around an address.
_AROUND: Final = " \t,;\"'«»“”„<>"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is no remark: what it says, and the address if it is one of an article; else ``fault`` says why."""

    number: int
    text: str
    address: Address | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class AddressList:
    """The lines of a list in order."""

    path: Path
    lines: tuple[Line, ...]

    def of(self, source: SourceName) -> list[Address]:
        """Return the articles of a source."""
        return [line.address for line in self.lines if line.address and line.address.source == source]

    def passed_over(self, sources: frozenset[str]) -> list[tuple[int, str]]:
        """Return the numbers of the lines that none of these sources can ask for, and why."""
        found = []
        for line in self.lines:
            if line.address is None:
                found.append((line.number, line.fault))
            elif line.address.source not in sources:
                found.append((line.number, f"no article of {', '.join(sorted(sources))}: {line.text}"))
        return found


def read_address_list(path: Path) -> AddressList:
    """Return the addresses of a file in UTF-8 or, with a byte order mark, UTF-16.

    Quotes, angle brackets and separators around an address and a remark behind it (``# ...``) are taken off; a first
    line that is a word is the heading of a column. Raises ValueError when the file is no such text, or when no line is
    the address of an article; OSError.
    """
    lines: list[Line] = []
    for number, line in enumerate(decode_file(path.read_bytes()).splitlines(), start=1):
        text = _REMARK.sub("", line).strip(_AROUND)
        if text and not (number == 1 and text.isalpha()):
            lines.append(_line(number, text))
    if not any(line.address for line in lines):
        first = f"; line {lines[0].number}: {lines[0].fault}" if lines else ""
        raise ValueError(f"no line is the address of an article{first}")
    return AddressList(path, tuple(lines))


def _line(number: int, text: str) -> Line:
    try:
        address = describe(text)
    except ValueError as error:
        return Line(number, text, fault=str(error))
    if address.source is None or not address.is_article:
        return Line(number, text, fault=f"no article of a source that is known: {text}")
    return Line(number, text, address)
