"""CSV for spreadsheets: one row a meeting, people and sources as readable text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO, Final

from crawler.feeds import wording
from crawler.items import Meeting

LONGEST_CELL: Final = 32_767
"""What a cell of Excel holds ("Excel specifications and limits")."""
_CUT: Final = " [...]"
# OWASP, "CSV Injection": a cell that begins so is a formula. Where a list separator is a semicolon (as in Azerbaijan
# and Russia), a spreadsheet may split a row at semicolons too, so what follows one is watched as well.
_FORMULA: Final = re.compile(r'(^|[;,])([\s"\']*)(?=[=+\-@＝＋－＠])')

COLUMNS: Final[dict[str, Callable[[Meeting], str]]] = {
    "id": lambda meeting: meeting.id,
    "date": lambda meeting: meeting.date or "",
    "date_source": lambda meeting: meeting.date_source or "",
    "status": lambda meeting: meeting.status,
    "kind": lambda meeting: meeting.kind,
    "headline": lambda meeting: meeting.headline or "",
    "headline_az": lambda meeting: meeting.headlines["az"] or "",
    "headline_ru": lambda meeting: meeting.headlines["ru"] or "",
    "city": lambda meeting: (meeting.place.city if meeting.place else None) or "",
    "country": lambda meeting: (meeting.place.country if meeting.place else None) or "",
    "parties": lambda meeting: "; ".join((*meeting.countries, *meeting.organizations)),
    "participants": lambda meeting: "; ".join(map(wording.person, meeting.participants)),
    "topics": lambda meeting: "; ".join(meeting.topics),
    "agreements": lambda meeting: "; ".join(wording.agreements(meeting)),
    "lead": lambda meeting: next(filter(None, meeting.lead.values()), None) or "",
    "languages": lambda meeting: "; ".join(sorted({source.lang for source in meeting.sources})),
    "outlets": lambda meeting: "; ".join(sorted({source.outlet for source in meeting.sources})),
    "sources": lambda meeting: " | ".join(map(wording.source, meeting.sources)),
    "cameo": lambda meeting: meeting.event_code.cameo,
    "revision": lambda meeting: str(meeting.revision),
    "merged_ids": lambda meeting: "; ".join(meeting.merged_ids),
    "first_seen": lambda meeting: meeting.first_seen,
    "last_changed": lambda meeting: meeting.last_changed,
}
"""The columns in their order, and how each is written."""


class Sheet:
    """RFC 4180 rows under a header, in UTF-8 with the mark by which Excel knows it.

    ``titles`` names the columns (keys of COLUMNS) in their order, each with its title in the header. A cell that a
    spreadsheet would take for a formula gets an apostrophe before its first sign.
    """

    def __init__(self, file: BinaryIO, titles: Mapping[str, str] | None = None) -> None:
        self._titles = titles or {name: name for name in COLUMNS}
        self._columns = [COLUMNS[name] for name in self._titles]
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        self._rows = csv.writer(self._text)

    def begin(self) -> None:
        """Write the header."""
        self._rows.writerow(self._titles.values())

    def add(self, meeting: Meeting) -> None:
        """Write the row of a meeting."""
        self._rows.writerow([cell(column(meeting)) for column in self._columns])

    def end(self) -> None:
        """Let go of the file, which stays open."""
        self._text.detach()


def write_csv(meetings: Iterable[Meeting], file: BinaryIO) -> int:
    """Write a sheet of the meetings; return how many."""
    sheet = Sheet(file)
    sheet.begin()
    try:
        written = 0
        for meeting in meetings:
            sheet.add(meeting)
            written += 1
        return written
    finally:
        sheet.end()


def cell(text: str) -> str:
    """Return a text as one line that no spreadsheet evaluates and every one can hold."""
    safe = _FORMULA.sub(r"\1\2'", wording.one_line(text))
    return safe if len(safe) <= LONGEST_CELL else safe[: LONGEST_CELL - len(_CUT)] + _CUT
