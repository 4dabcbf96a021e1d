"""The replica's clock, its zones, and every way the three sites print a moment."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from typing import Final
from zoneinfo import ZoneInfo

BAKU: Final = ZoneInfo("Asia/Baku")
NEW_YORK: Final = ZoneInfo("America/New_York")
CLOCK: Final = dt.datetime(2026, 5, 4, 18, 0, tzinfo=BAKU)
"""Now, on all three sites. Nothing is published later."""

MENAFN_STAMP_CHANGED: Final = dt.date(2025, 4, 1)
"""From here on MENAFN prints ``YYYY-MM-DD hh:mm:ss``; the real day lies between 2024-12-24 and 2025-04-12."""

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "az": (
        "yanvar",
        "fevral",
        "mart",
        "aprel",
        "may",
        "iyun",
        "iyul",
        "avqust",
        "sentyabr",
        "oktyabr",
        "noyabr",
        "dekabr",
    ),
    "ru": (
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ),
}
AZ_MONTHS_GENITIVE: Final = (
    "yanvarın",
    "fevralın",
    "martın",
    "aprelin",
    "mayın",
    "iyunun",
    "iyulun",
    "avqustun",
    "sentyabrın",
    "oktyabrın",
    "noyabrın",
    "dekabrın",
)


def report_date(moment: dt.datetime, lang: str) -> str:
    """``06 fevral, 2026``."""
    local = moment.astimezone(BAKU)
    return f"{local:%d} {MONTHS[lang][local.month - 1]}, {local.year}"


def report_time(moment: dt.datetime) -> str:
    """``16:08``."""
    return f"{moment.astimezone(BAKU):%H:%M}"


def amp_stamp(moment: dt.datetime, lang: str) -> str:
    """``6 October, 2024 / 16:01``: the day is not padded in the footer of AMP pages."""
    local = moment.astimezone(BAKU)
    return f"{local.day} {MONTHS[lang][local.month - 1]}, {local.year} / {local:%H:%M}"


def oldest_stamp(moment: dt.datetime) -> str:
    """``February 20, 2017 17:21``, Report.az until about 2018."""
    local = moment.astimezone(BAKU)
    return f"{MONTHS['en'][local.month - 1]} {local.day}, {local.year} {local:%H:%M}"


def card_timestamp(moment: dt.datetime) -> str:
    """``2026-07-19 12:05:35``, Baku: the attribute of a card, and the cursor of its listing."""
    return f"{moment.astimezone(BAKU):%Y-%m-%d %H:%M:%S}"


def read_card_timestamp(text: str) -> dt.datetime:
    """Reverse ``card_timestamp``; raises ValueError."""
    return dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=BAKU)


def azernews_stamp(moment: dt.datetime) -> str:
    """``24 September 2024 18:51 (UTC+04:00)``."""
    local = moment.astimezone(BAKU)
    return f"{local.day} {MONTHS['en'][local.month - 1]} {local.year} {local:%H:%M} (UTC+04:00)"


def azernews_today(moment: dt.datetime) -> str:
    """``Friday April 26 2024``, the first date on every AzerNews page."""
    local = moment.astimezone(BAKU)
    return f"{WEEKDAYS[local.weekday()]} {MONTHS['en'][local.month - 1]} {local.day} {local.year}"


def menafn_stamp(moment: dt.datetime) -> str:
    """``9/24/2024 3:11:44 PM``, later ``2026-02-21 03:11:44``: a twelve-hour clock that lost its AM and PM.

    US Eastern, the moment of ingest.
    """
    local = moment.astimezone(NEW_YORK)
    if local.date() < MENAFN_STAMP_CHANGED:
        hour = local.hour % 12 or 12
        return f"{local.month}/{local.day}/{local.year} {hour}:{local:%M:%S} {'AM' if local.hour < 12 else 'PM'}"
    return f"{local:%Y-%m-%d %I:%M:%S}"


def rfc822(moment: dt.datetime) -> str:
    """``Mon, 04 May 2026 18:00:00 +0400``."""
    return format_datetime(moment.astimezone(BAKU))


def http_date(moment: dt.datetime) -> str:
    """``Mon, 04 May 2026 14:00:00 GMT``."""
    return format_datetime(moment.astimezone(dt.UTC), usegmt=True)


def dateline_day(moment: dt.datetime) -> str:
    """``10 February``, as in the oldest datelines of Report.az."""
    local = moment.astimezone(BAKU)
    return f"{local.day} {MONTHS['en'][local.month - 1]}"


def day_in_text(day: dt.date, lang: str) -> str:
    """``March 12``, ``martın 12-də``, ``12 марта``: the day as a sentence names it (en without "on")."""
    if lang == "en":
        return f"{MONTHS['en'][day.month - 1]} {day.day}"
    if lang == "ru":
        return f"{day.day} {MONTHS['ru'][day.month - 1]}"
    last_word_is_back = day.day % 10 in {6, 9} or day.day in {10, 30}
    return f"{AZ_MONTHS_GENITIVE[day.month - 1]} {day.day}-{'da' if last_word_is_back else 'də'}"
