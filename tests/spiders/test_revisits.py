from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.spiders.revisits import ScheduleError, horizon, is_due, schedule

AFTER = [timedelta(hours=hours) for hours in (1, 6, 24, 72)]
PUBLISHED = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)


def at(hours):
    return PUBLISHED + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("last_read", "now", "due"),
    [
        (0.1, 0.9, False),  # too early
        (0.1, 1.0, True),
        (0.1, 5.0, True),  # the run comes late
        (1.0, 5.0, False),  # read after the first moment
        (1.5, 6.0, True),
        (7.0, 23.9, False),
        (7.0, 24.0, True),
        (25.0, 71.0, False),
        (25.0, 72.5, True),
        (0.1, 500.0, True),  # all moments were missed: once is enough
        (72.0, 500.0, False),  # left alone
        (500.0, 900.0, False),
        (-1.0, 0.5, False),  # a clock that runs before ours
    ],
)
def test_schedule(last_read, now, due):
    assert is_due(PUBLISHED, at(last_read), at(now), AFTER) is due


def test_no_schedule_no_revisit():
    assert not is_due(PUBLISHED, at(0), at(100), [])


def test_nothing_published_before_the_horizon_is_due():
    now, last_run = at(0), at(-5)
    oldest = horizon(now, last_run, AFTER)
    for hours in range(200):
        published = oldest - timedelta(hours=hours)
        assert not is_due(published, last_run, now, AFTER)
    assert is_due(oldest + timedelta(hours=1), last_run, now, AFTER)


def test_the_schedule_is_read_from_settings_and_command_line():
    assert schedule(["1", 6, "24.5"]) == [timedelta(hours=1), timedelta(hours=6), timedelta(hours=24.5)]
    assert schedule([]) == []


@pytest.mark.parametrize("value", ["soon", "-1", "0", "nan", "inf"])
def test_a_schedule_that_cannot_be_read_names_what_is_wrong(value):
    with pytest.raises(ScheduleError, match=f"REVISIT_HOURS: '{value}'"):
        schedule([value])
