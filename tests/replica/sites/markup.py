"""How the sites' own software turns a plain paragraph into markup."""

from __future__ import annotations

import re
import textwrap
from typing import Final

from markupsafe import Markup, escape

_REPORT: Final = re.compile(r"[“\"«]Report[”\"»]|\bReport\b")
_AZERNEWS: Final = re.compile(r"\b(?:Azernews|AzerNEWS|AzerNews)\b")
_STRAIGHT_PAIR: Final = re.compile(r"\"([^\"]*)\"")
_BLANK_BEFORE_OPENING: Final = re.compile(r"(?<=[\w,]) +“")
WRAP: Final = 67
"""Columns at which AzerNews breaks lines inside a paragraph."""


def _first_as_element(pattern: re.Pattern[str], paragraph: str, element: str) -> Markup:
    match = pattern.search(paragraph)
    if match is None:
        return escape(paragraph)
    inline = Markup(element).format(match[0])
    return escape(paragraph[: match.start()]) + inline + escape(paragraph[match.end() :])


def report_paragraph(paragraph: str) -> Markup:
    """Escape a paragraph; the agency's name, with its quotes in Azerbaijani, becomes an element of its own."""
    return _first_as_element(_REPORT, paragraph, '<a href="https://report.az/" target="_blank">{}</a>')


def azernews_paragraph(paragraph: str, *, hard_wrap: bool) -> Markup:
    """Escape a paragraph; the paper's name becomes an element; with ``hard_wrap`` lines end at 67 columns."""
    text = textwrap.fill(paragraph, WRAP, break_long_words=False, break_on_hyphens=False) if hard_wrap else paragraph
    return _first_as_element(_AZERNEWS, text, "<strong><em>{}</em></strong>")


def syndicated_paragraph(paragraph: str, *, glued_quotes: bool, glued_words: bool) -> str:
    """Damage a paragraph as MENAFN's intake does.

    Straight apostrophes always; opening quotes glued to the word before; words glued where the original broke its lines
    (two line ends out of three keep their blank).
    """
    text = paragraph.replace("’", "'").replace("‘", "'")
    if glued_quotes:
        text = _BLANK_BEFORE_OPENING.sub("“", _STRAIGHT_PAIR.sub(r"“\1”", text))
    if glued_words:
        lines = textwrap.wrap(text, WRAP, break_long_words=False, break_on_hyphens=False)
        text = "".join(line + ("" if index % 3 == 0 else " ") for index, line in enumerate(lines)).strip()
    return text
