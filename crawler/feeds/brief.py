"""A brief for people who only read: the meetings of a period by day, as one page (HTML) or as Markdown."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, BinaryIO, Final, Literal

from crawler.feeds import wording
from crawler.feeds.charts import bars
from crawler.feeds.extras import extra
from crawler.items import LANGS, Meeting

HOME: Final = "AZ"
"""The country whose counterparts are ranked."""
RANKED: Final = 8
_MONTH: Final = len("2026-02")
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|~!&{}])")
_ADDRESS: Final = re.compile(r"[\s()<>\"'\\`\[\]{}|^]")
_LANGUAGES: Final = {"en": "English", "az": "Azerbaijani", "ru": "Russian"}


def write_page(meetings: Iterable[Meeting], file: BinaryIO) -> int:
    """Write a page of HTML that loads nothing and runs nothing; return how many meetings. Raises MissingExtraError."""
    return _write(meetings, file, "html")


def write_markdown(meetings: Iterable[Meeting], file: BinaryIO) -> int:
    """Write CommonMark; return how many meetings. Raises MissingExtraError."""
    return _write(meetings, file, "md")


class _Figures:
    """What the head of a brief says of its meetings."""

    def __init__(self) -> None:
        self.total = 0
        self.undated = 0
        self._dates: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()
        self._parties: Counter[str] = Counter()

    def counting(self, meetings: Iterable[Meeting]) -> Iterator[Meeting]:
        """Yield the meetings as they are counted."""
        for meeting in meetings:
            self.total += 1
            if meeting.date:
                self._dates[meeting.date] += 1
            else:
                self.undated += 1
            self._kinds[meeting.kind] += 1
            self._statuses[meeting.status] += 1
            self._parties.update(code for code in (*meeting.countries, *meeting.organizations) if code != HOME)
            yield meeting

    @property
    def period(self) -> str:
        """The first and the last date, in words."""
        if not self._dates:
            return ""
        first, last = _day(min(self._dates)), _day(max(self._dates))
        return first if first == last else f"{first} to {last}"

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Kinds with their numbers, the most frequent first."""
        return [(wording.KINDS[kind], count) for kind, count in self._kinds.most_common()]

    @property
    def statuses(self) -> list[tuple[str, int]]:
        """How many were not held but announced or cancelled."""
        return [(status, count) for status, count in sorted(self._statuses.items()) if status != "held"]

    @property
    def counterparts(self) -> list[tuple[str, int]]:
        """The most frequent counterparts; those met once only where nobody was met more often."""
        least = min(2, max(self._parties.values(), default=0))
        often = [item for item in self._parties.items() if item[1] >= least]
        ranked = sorted(often, key=lambda item: (-item[1], item[0]))
        return [(wording.party(code), count) for code, count in ranked[:RANKED]]

    @property
    def chart(self) -> Any:
        """The bars of the chart: a day, a month or a year each."""
        return bars(self._dates)


def _write(meetings: Iterable[Meeting], file: BinaryIO, form: Literal["html", "md"]) -> int:
    environment = _environment(form)
    day = environment.get_template(f"brief_day.{form}")
    figures = _Figures()
    # The head counts what the body tells, so the body is written first, to the side.
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as body:
        for when, of_the_day in groupby(figures.counting(meetings), key=lambda meeting: meeting.date):
            body.writelines(day.generate(day=_heading(when), meetings=of_the_day))
        body.seek(0)
        # Escaped by the template it came from, piece by piece
        markup = extra("markupsafe").Markup if form == "html" else str
        pieces = map(markup, iter(lambda: body.read(1 << 16), ""))
        whole = environment.get_template(f"brief.{form}").generate(figures=figures, body=pieces)
        file.writelines(piece.encode() for piece in whole)
    return figures.total


def _environment(form: Literal["html", "md"]) -> Any:
    jinja = extra("jinja2")
    environment = jinja.Environment(
        loader=jinja.PackageLoader("crawler.feeds"),
        autoescape=form == "html",
        undefined=jinja.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "line": wording.one_line,
        "text": _escaped_markdown,
        "address": _markdown_address,
        "paragraph": _markdown_paragraph,
    }
    environment.filters.update(filters)
    environment.globals.update(
        title=wording.title,
        kinds=wording.KINDS,
        person=wording.person,
        place=wording.place,
        parties=wording.parties,
        topics=wording.topics,
        agreements=wording.agreements,
        is_web=wording.is_web,
        language=_LANGUAGES.__getitem__,
        others=_other_headlines,
        lead=_lead,
    )
    return environment


def _other_headlines(meeting: Meeting) -> list[tuple[str, str]]:
    return [(lang, text) for lang in LANGS if (text := meeting.headlines[lang]) and text != meeting.headline]


def _lead(meeting: Meeting) -> tuple[str, str] | None:
    return next(((lang, text) for lang in LANGS if (text := meeting.lead[lang])), None)


def _heading(when: str | None) -> str:
    if when is None:
        return "Date not known"
    if len(when) == _MONTH:
        return f"{_day(when)}, day not known"
    return f"{date.fromisoformat(when):%A}, {_day(when)}"


def _day(when: str) -> str:
    if len(when) == _MONTH:
        return f"{date.fromisoformat(f'{when}-01'):%B %Y}"
    day = date.fromisoformat(when)
    return f"{day.day} {day:%B %Y}"


def _escaped_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is: no emphasis, link, HTML or address that becomes a link by itself."""
    return _MARKDOWN.sub(r"\\\1", wording.one_line(text)).replace("://", r":\//").replace("www.", r"www\.")


def _markdown_paragraph(escaped: str) -> str:
    """Return escaped text that starts no list, quotation or rule where it stands at the start of a line."""
    return re.sub(r"^(\d{0,9})([-+=.)])", r"\1\\\2", escaped)


def _markdown_address(url: str) -> str:
    """Return an address that ends where its brackets do."""
    return _ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
