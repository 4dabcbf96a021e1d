"""The zones in which the sites print their times."""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

BAKU: Final = dt.timezone(dt.timedelta(hours=4), "+04:00")
"""Report.az and AzerNews. No summer time since 2016; AzerNews prints +04:00 even on pages of earlier summers."""

NEW_YORK: Final = ZoneInfo("America/New_York")
"""MENAFN states no zone; its times fit US Eastern best, so a stamp read in it says that the zone is assumed.

Both printed forms, ``9/27/2023 2:13:18 AM`` and ``2025-12-11 03:15:20``, are read in it."""
