"""When an article that is known is read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta


class ScheduleError(ValueError):
    """A REVISIT_HOURS that cannot be read; the message says what is accepted."""


def schedule(hours: Iterable[str | float]) -> list[timedelta]:
    """Read REVISIT_HOURS: hours after publication, each above zero. Raises ScheduleError."""
    found = []
    for value in hours:
        try:
            wait = timedelta(hours=float(value))
        except (ValueError, OverflowError):
            wait = timedelta()
        if wait <= timedelta():
            raise ScheduleError(f"REVISIT_HOURS: {value!r} is no number of hours; write for example 1,6,24,72")
        found.append(wait)
    return found


def is_due(published: datetime, last_read: datetime, now: datetime, after: Sequence[timedelta]) -> bool:
    """Tell whether an article is to be read again.

    It is when, since it was last read, one of the moments has passed that lie ``after`` its publication (an hour, six
    hours, a day, three days): most corrections and translations come soon, and none is expected after the last one. A
    run that comes late reads once for all the moments it has missed. All moments are aware.
    """
    return any(last_read < published + wait <= now for wait in after)


def horizon(now: datetime, last_run: datetime, after: Sequence[timedelta]) -> datetime:
    """Return the publication before which nothing can be due; ``last_run`` is when articles were last looked after."""
    return min(now, last_run) - max(after, default=timedelta())
