"""Rows of text as a table, for a terminal or for a page."""

from __future__ import annotations

from collections.abc import Sequence


def plain(rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns, the first row as their heads."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows as a table of a Markdown page, the first row as its heads."""
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join((head, f"|{'---|' * len(rows[0])}", *body))
