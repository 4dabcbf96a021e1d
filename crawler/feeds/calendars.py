"""An iCalendar file (RFC 5545): an all-day event a meeting."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO, Final

from crawler.feeds import wording
from crawler.feeds.extras import extra
from crawler.items import Meeting

_STATUS: Final = {"held": "CONFIRMED", "announced": "TENTATIVE", "cancelled": "CANCELLED"}
_UNDATED: Final = "The day is not known, only the month."


def write_calendar(meetings: Iterable[Meeting], file: BinaryIO) -> int:
    """Write an event for each meeting with a date; return how many. Raises MissingExtraError.

    A meeting known by its month only spans the month and is marked free. ``UID`` is the meeting's id, ``SEQUENCE`` its
    revision less one; times of change are those of the record, so the same meetings give the same bytes.
    """
    icalendar = extra("icalendar")
    frame = icalendar.Calendar()
    frame.add("prodid", "-//defence-meetings//EN")
    frame.add("version", "2.0")
    frame.add("method", "PUBLISH")
    frame.add("x-wr-calname", "Meetings of Azerbaijan's defence leadership")
    opening, _, closing = frame.to_ical().partition(b"END:VCALENDAR")
    file.write(opening)
    written = 0
    for meeting in meetings:
        if meeting.date is not None:
            file.write(_event(icalendar, meeting, meeting.date).to_ical())
            written += 1
    file.write(b"END:VCALENDAR" + closing)
    return written


def _event(icalendar: Any, meeting: Meeting, when: str) -> Any:
    event = icalendar.Event()
    first, last = _days(when)
    description = wording.description(meeting)
    if meeting.date_precision == "month":
        description = f"{_UNDATED}\n{description}"
        event.add("transp", "TRANSPARENT")
    changed = datetime.fromisoformat(meeting.last_changed)
    event.add("uid", f"{meeting.id}@defence-meetings")
    event.add("dtstamp", changed)
    event.add("created", datetime.fromisoformat(meeting.first_seen))
    event.add("last-modified", changed)
    event.add("sequence", meeting.revision - 1)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", wording.title(meeting))
    event.add("description", description)
    event.add("status", _STATUS[meeting.status])
    event.add("categories", [meeting.kind, *(wording.one_line(topic) for topic in meeting.topics)])
    if place := wording.place(meeting):
        event.add("location", place)
    if url := next((source.url for source in meeting.sources if wording.is_web(source.url)), None):
        event.add("url", wording.one_line(url))
    return event


def _days(when: str) -> tuple[date, date]:
    if len(when) > len("2026-02"):
        day = date.fromisoformat(when)
        return day, day
    first = date.fromisoformat(f"{when}-01")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
