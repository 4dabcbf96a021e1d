"""How days, durations and codes are written on the pages; these are the filters of the templates."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from crawler.feeds.wording import is_web, party
from crawler.knowledge import table

BAKU: Final = dt.timezone(dt.timedelta(hours=4), "Baku")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HOURS_A_DAY: Final = 24
_HOURS_SHOWN: Final = 48
"""Longer times are told in days."""


@cache
def _labels() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("labels.toml").read_text("utf-8"))


def label(code: str | None, group: str) -> str:
    """Return what the pages call a code of ``labels.toml``; an unknown one is shown as it is, in words."""
    return _labels()[group].get(code or "", (code or "").replace("-", " "))


def labels(group: str) -> Mapping[str, str]:
    """Return all codes of a group with their labels, in the order of the table."""
    return _labels()[group]


def country(code: str | None) -> str:
    """Return the usual English name of a country or organization, the code itself when it has none, "" for None."""
    return party(code) if code else ""


def topic(code: str) -> str:
    """Return the label of a topic."""
    return str(table("topics").get(code, {}).get("label", code))


def day(date: str | None) -> str:
    """Return ``6 February 2026`` for ``2026-02-06``, ``February 2026`` for ``2026-02``, as much as is there."""
    if not date:
        return "Day unknown"
    year, *rest = date.split("-")
    words = [_MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if len(rest) > 1 else words)


def moment(published: str | None) -> str:
    """Return a publication or a time of the record in Baku's time, ``6 February 2026, 16:19``; "" for None."""
    if not published or "T" not in published:
        return day(published) if published else ""
    there = dt.datetime.fromisoformat(published).astimezone(BAKU)
    return f"{day(there.date().isoformat())}, {there:%H:%M}"


def hours(lag: float | None) -> str:
    """Return a time after the first report in words: ``0 min``, ``25 min``, ``3 h 20 min``, ``2.5 days``."""
    if lag is None:
        return ""
    if lag > _HOURS_SHOWN:
        return f"{lag / _HOURS_A_DAY:.1f} days"
    minutes = max(1, round(lag * 60)) if lag else 0
    whole, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{whole} h" if whole else "", f"{rest} min" if rest or not whole else "")))


def thousands(number: int) -> str:
    """Return ``12,345``."""
    return f"{number:,}"


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "label": label,
    "country": country,
    "topic": topic,
    "day": day,
    "moment": moment,
    "hours": hours,
    "thousands": thousands,
}
TESTS: Final = {"web": is_web}
