"""When an article that is known is read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


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
