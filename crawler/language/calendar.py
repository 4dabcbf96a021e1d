"""Months, weekdays and years: what they are called, and which day is meant by a name without a year or date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Final

from crawler.items import LANGS, Lang
from crawler.knowledge import table

EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2099
_MORE_THAN_HALF_A_YEAR: Final = dt.timedelta(days=190)


@cache
def months(lang: Lang) -> dict[str, int]:
    """Return every form of the months' names in lower case, abbreviations included, with the month's number."""
    return month_forms(lang) | _numbered(table("calendar")["months"][lang]["abbreviations"])


@cache
def month_forms(lang: Lang) -> dict[str, int]:
    """Return the unabbreviated forms of the months' names in all their cases."""
    forms = _numbered(table("calendar")["months"][lang]["names"])
    if lang == "az":
        forms |= _azerbaijani("cases") | _azerbaijani("genitive")
    return forms


@cache
def genitive_months(lang: Lang) -> dict[str, int]:
    """Return the form that stands beside a day: az ``fevralın 6-da``, ru ``6 февраля``; en has only one form."""
    entry = table("calendar")["months"][lang]
    if lang == "az":
        return _azerbaijani("genitive")
    return _numbered([[form] for form in entry["genitive"]]) if lang == "ru" else _numbered(entry["names"])


@cache
def locative_months(lang: Lang) -> dict[str, int]:
    """Return the form that means "in that month": az ``fevralda``, ru ``(в) феврале``; en has only one form."""
    entry = table("calendar")["months"][lang]
    if lang == "az":
        return _azerbaijani("locative")
    return _numbered([[form] for form in entry["locative"]]) if lang == "ru" else _numbered(entry["names"])


@cache
def all_months() -> dict[str, int]:
    """Return the month names of all languages at once: no form means different months in two of them."""
    return {form: number for lang in LANGS for form, number in months(lang).items()}


@cache
def weekdays(lang: Lang) -> dict[str, int]:
    """Return the names of the weekdays as they stand in sentences, Monday 0."""
    return {form: number - 1 for form, number in _numbered(table("calendar")["weekdays"][lang]).items()}


@cache
def all_weekdays() -> frozenset[str]:
    """Return every name of a weekday in every language."""
    return frozenset(form for forms in table("calendar")["weekdays"].values() for names in forms for form in names)


def relative_days(lang: Lang) -> dict[str, int]:
    """Return words such as ``yesterday`` with their distance in days."""
    days: dict[str, int] = table("calendar")["relative_days"][lang]
    return days


def relative_periods(lang: Lang) -> dict[str, int]:
    """Return words such as ``last`` (year, month, Friday) with their distance; ru gives stems without ending."""
    periods: dict[str, int] = table("calendar")["relative_periods"][lang]
    return periods


def possible_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or None when the calendar has none such (31 June) or the year is beyond 1900-2099."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def nearest_day(month: int, day: int, reference: dt.date) -> dt.date | None:
    """Return the day of that name nearest to ``reference``: at most about half a year away on either side.

    A report of January on "December 10" means the month before, an announcement of December on "January 15" the
    month after. The earlier one is taken of two equally near. None when there is no such day.
    """
    years = (reference.year - 1, reference.year, reference.year + 1)
    days = [found for year in years if (found := possible_day(year, month, day))]
    nearest = min(days, key=lambda found: abs(found - reference), default=None)
    # Only 29 February can be further away than that: it does not exist in the year that would fit.
    return nearest if nearest and abs(nearest - reference) < _MORE_THAN_HALF_A_YEAR else None


def weekday_near(weekday: int, reference: dt.date, distance: int | None) -> dt.date:
    """Return the day a weekday's name means in a text of day ``reference``.

    ``distance`` None: that day or the last one before it. -1 ("last Friday"): the last one before. 1 ("next Friday"):
    the first one after. 0 ("this Friday"): the one of the same week, Monday to Sunday.
    """
    if distance == 0:
        return reference + dt.timedelta(days=weekday - reference.weekday())
    if distance == 1:
        return reference + dt.timedelta(days=(weekday - reference.weekday() - 1) % 7 + 1)
    start = reference - dt.timedelta(days=1) if distance == -1 else reference
    return start - dt.timedelta(days=(start.weekday() - weekday) % 7)


def _numbered(forms_in_order: Iterable[Iterable[str]]) -> dict[str, int]:
    return {form: number for number, forms in enumerate(forms_in_order, 1) for form in forms}


def _azerbaijani(kind: str) -> dict[str, int]:
    entry = table("calendar")["months"]["az"]
    return {
        stem + ending.replace("A", vowels[0]).replace("I", vowels[1]): number
        for number, ((stem,), vowels) in enumerate(zip(entry["names"], entry["vowels"], strict=True), 1)
        for ending in entry[kind]
    }
