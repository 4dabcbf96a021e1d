"""How English, Azerbaijani and Russian sentences write days, ranges of days and months: one pattern a form.

Group names are the same in all patterns. ``day1 month1 year1`` and ``day2 month2 year2`` are the printed parts: those
of a single day carry 1, what the days of a range have in common carries 2; ``number1`` is a month in digits. ``period1
period2`` are words that tell the year ("last"), ``which`` one that tells which of the months of that name,
``month_period`` one that tells the month. ``listed`` says that two days are enumerated, not the ends of a range.
Patterns run over text in lower case, except for English, where the capital letter parts the month from the verb
("may", "march").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.calendar import genitive_months, locative_months, month_forms, months, relative_periods, weekdays

BLANK: Final = r"\s{1,3}"
_START: Final = r"(?<!\w)(?<!\d[.,:/])(?<!\w[-–])"
_AFTER_DAY: Final = r"(?!\d|[:.]\d|,\d{3}(?!\d)|\s?%)"
_AFTER_YEAR: Final = r"(?!\w|[-–:.]\d)"
_YEAR: Final = r"(?:19|20)\d\d"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_DASH: Final = r"\s?[-–—\u2011\u2212]\s?"
_MONTH_WORDS: Final[dict[Lang, tuple[str, ...]]] = {"en": ("month",), "az": ("ayın",), "ru": ("месяца",)}
"""Words for a month without its name: "of last month"."""
_DAY_FIRST: Final = f"{_START}(?P<day1>"
"""How patterns begin that only a number begins."""
_NUMBERED: Final = re.compile(r"\d[-./]\d")


@cache
def stated_patterns(lang: Lang) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of days, ranges and months that are printed with the name or number of the month."""
    written = {"en": _english, "az": _azerbaijani, "ru": _russian}[lang]()
    return tuple(re.compile(_START + pattern) for pattern in (*written, *_numbers(lang)))


def stated_matches(searched: str, lang: Lang) -> list[re.Match[str]]:
    """Return what each of ``stated_patterns`` finds in ``searched``, pattern by pattern in text order.

    The same as ``finditer`` of each, but a pattern is only tried where something stands that a date begins with, and
    none is where no month is named.
    """
    if not _NUMBERED.search(searched) and not any(
        name in searched for name in (*_month_beginnings(lang), *_MONTH_WORDS[lang])
    ):
        return []
    beginnings = [match.start() for match in _beginning(lang).finditer(searched)]
    numbers = [start for start in beginnings if searched[start].isdecimal()]
    found: list[re.Match[str]] = []
    for pattern in stated_patterns(lang):
        end = 0
        for start in numbers if pattern.pattern.startswith(_DAY_FIRST) else beginnings:
            if start >= end and (match := pattern.match(searched, start)):
                found.append(match)
                end = match.end()
    return found


@cache
def _month_beginnings(lang: Lang) -> tuple[str, ...]:
    """Return the letters the names of months begin with, in the case they are searched in."""
    forms = {"en": _printed(months("en")), "az": _with_plain_i([*months("az"), *_az_names()]), "ru": months("ru")}[lang]
    kept: list[str] = []
    for form in sorted(forms):
        if not kept or not form.startswith(kept[-1]):
            kept.append(form)
    return tuple(kept)


@cache
def _beginning(lang: Lang) -> re.Pattern[str]:
    words = {"en": [r"[Ii]n\b", r"(?i:last|next|this|past)\b"], "az": relative_periods("az"), "ru": [r"в\b"]}[lang]
    return re.compile(rf"(?<!\w)(?:\d|{'|'.join((*words, *_month_beginnings(lang)))})")


def weekday_matches(searched: str, lang: Lang) -> list[re.Match[str]]:
    """Return the weekdays named: ``weekday``, and ``period`` when a word says which week."""
    if not any(name in searched for name in _weekday_signs(lang)):
        return []
    return list(_weekday_pattern(lang).finditer(searched))


@cache
def _weekday_signs(lang: Lang) -> frozenset[str]:
    return frozenset(form.split()[0] for form in (_printed(weekdays("en")) if lang == "en" else weekdays(lang)))


@cache
def _weekday_pattern(lang: Lang) -> re.Pattern[str]:
    period = _alternatives(relative_periods(lang))
    name = _alternatives(weekdays(lang))
    if lang == "en":
        name = _capital(weekdays(lang))
        return re.compile(rf"(?<![\w-])(?:(?P<period>(?i:{period})){BLANK})?(?P<weekday>{name})(?!\w|{BLANK}Times\b)")
    if lang == "az":
        # "Cümə" and "bazar" alone are a mosque and a market; a weekday of one word is followed by "günü".
        two = _alternatives(name for name in weekdays(lang) if " " in name)
        return re.compile(
            rf"(?<!\w)(?:(?P<period>{period}){BLANK})?(?P<weekday>(?:{two})(?!\w)|(?:{name})(?={BLANK}gün(?:ü|lər)))"
        )
    return re.compile(
        rf"(?<!\w)во?{BLANK}(?:(?P<period>{period})(?:ий|ый|ой|ую|юю|ее|ое|от|у|о)?{BLANK})?(?P<weekday>{name})(?!\w)"
    )


def _english() -> Iterable[str]:
    # "Dong Jun" and "Jan" are persons: such an abbreviation needs its full stop.
    names = table("calendar")["months"]["en"]["also_names"]
    short = [form for form in _abbreviations("en") if form not in names]
    month = rf"(?:{_capital(month_forms('en'))}|(?:{_capital(short)})\.?|(?:{_capital(names)})\.)(?!\w)"
    ordinal = r"(?:st|nd|rd|th|ST|ND|RD|TH)?(?![A-Za-z])"
    day = rf"{_DAY}{ordinal}{_AFTER_DAY}"
    before_month = rf"(?:{BLANK}(?:of{BLANK})?)"
    the = rf"(?:the{BLANK})?"
    span = rf"(?:{_DASH}|{BLANK}(?:to|through|thru|until|till){BLANK}{the})"
    listed = rf"(?P<listed>,?{BLANK}(?:and|&){BLANK}{the}|{BLANK}&{BLANK})"
    more = rf"(?:,{BLANK}{_DAY}{ordinal}){{0,5}}"
    years = _alternatives(relative_periods("en"))

    def first(number: int) -> str:
        return rf"(?P<day{number}>{_DAY}){ordinal}{_AFTER_DAY}"

    def printed_year(number: int) -> str:
        return rf"(?:,?{BLANK}|\s?,\s?)(?P<year{number}>{_YEAR}){_AFTER_YEAR}"

    def year(number: int) -> str:
        return rf"(?:{printed_year(number)}|,?{BLANK}(?:of{BLANK})?(?P<period{number}>{years}){BLANK}year\b)?"

    def month_first(number: int) -> str:
        return rf"(?P<month{number}>{month}){BLANK}{the}{first(number)}"

    def day_first(number: int) -> str:
        return rf"{first(number)}{before_month}(?P<month{number}>{month})"

    # After "in" the month stands alone, and a number begins the next phrase: "in May 10 officers graduated".
    alone = r"(?<!\b[Ii]n\s)"
    in_month = rf"(?:[Ii]n{BLANK})?(?P<month1>{month})"
    yield rf"{alone}{month_first(1)}{year(1)}{span}{month_first(2)}{year(2)}"
    yield rf"{day_first(1)}{year(1)}{span}{day_first(2)}{year(2)}"
    yield rf"{alone}(?P<month2>{month}){BLANK}{the}{first(1)}{more}(?:{span}|{listed}){first(2)}{year(2)}"
    yield rf"{first(1)}{more}(?:{span}|{listed}){day_first(2)}{year(2)}"
    yield rf"{alone}{month_first(1)}{year(1)}"
    yield rf"(?:[Ii]n{BLANK})?{month_first(1)}{printed_year(1)}"
    yield rf"{day_first(1)}{year(1)}"
    yield rf"{in_month}(?:,?{BLANK}(?:of{BLANK})?)(?P<year1>{_YEAR}){_AFTER_YEAR}"
    yield rf"{in_month}{BLANK}(?:of{BLANK})?(?P<period1>{years}){BLANK}year\b"
    yield rf"[Ii]n{BLANK}(?:early{BLANK}|mid-|late{BLANK})?(?P<month1>{month})"
    yield rf"(?P<which>(?i:last|next|this|past)){BLANK}(?P<month1>{month})(?!{BLANK}{day})"
    yield rf"(?P<day1>{_DAY}){ordinal}{BLANK}of{BLANK}(?P<month_period>{years}){BLANK}month\b"


def _azerbaijani() -> Iterable[str]:
    name = _alternatives(_az_names())
    genitive = rf"(?:{_alternatives(_with_plain_i(genitive_months('az')))}|(?:{name}){BLANK}ayının)(?!\w)"
    locative = rf"(?:{_alternatives(_with_plain_i(locative_months('az')))})(?!\w)"
    any_form = rf"(?:{_alternatives(_with_plain_i(months('az')))})(?!\w)"
    in_month = rf"(?:{name}){BLANK}ay(?:ında|ından|ına|ınadək|ı)(?!\w)"
    month_of = rf"(?:{in_month}|(?:{name}){BLANK}ayının(?!\w))"
    ending = r"(?:\s?[-–—\u2011]\s?[a-zəıöüğşç]{1,9}|d[aə]n?(?:k[ıi])?|s[ıi](?:nd[aə]n?)?|n[aə])(?!\w)"
    from_ending = r"\s?[-–—\u2011]?\s?(?:[ıiuü]?n?d[aə]n|s[ıiuü]nd[aə]n)"
    comma = rf"(?:\s?,\s?{_DAY}(?:{ending})?){{0,5}}"
    span = rf"(?:{_DASH}|{from_ending},?{BLANK})"
    listed = rf"(?P<listed>(?:{ending})?{BLANK}və{BLANK})"
    ordinal = r"\s?[-–—\u2011]?\s?c[ıiuü](?!\w)"
    periods = _alternatives(relative_periods("az"))

    def year_before(number: int) -> str:
        return (
            rf"(?:(?:(?P<year{number}>{_YEAR}){ordinal}|(?P<period{number}>{periods})){BLANK}il(?:in|də|ki)?,?{BLANK})"
        )

    def year_after(number: int) -> str:
        return rf"(?:,?{BLANK}(?P<year{number}>{_YEAR})(?:{ordinal}{BLANK}il(?:də|in)?(?!\w)|{_AFTER_YEAR}))"

    def day(number: int) -> str:
        return rf"(?P<day{number}>{_DAY})(?!\d|[:.]\d|\s?%)"

    def genitive_first(number: int) -> str:
        return rf"(?P<month{number}>{genitive}){BLANK}{day(number)}"

    def day_first(number: int) -> str:
        return rf"{day(number)}{BLANK}(?P<month{number}>{any_form})"

    first_year = f"{year_before(1)}?"
    common_year = f"{year_before(2)}?"
    both = f"{day(1)}{comma}(?:{span}|{listed})"
    days_follow = rf"{BLANK}{_DAY}(?:{ending}|{span}|(?:{ending})?{BLANK}və{BLANK})"
    yield rf"{first_year}{genitive_first(1)}{from_ending},?{BLANK}{common_year}{genitive_first(2)}{ending}"
    yield rf"{first_year}{day_first(1)}(?:{_DASH}|{BLANK}){day_first(2)}{year_after(2)}?"
    yield rf"{common_year}(?P<month2>{genitive}){BLANK}{both}{day(2)}{ending}"
    yield rf"{common_year}{both}{day(2)}(?:{ending})?{BLANK}(?P<month2>{any_form})(?!{days_follow})"
    yield rf"{both}{day(2)}(?:{ending})?{BLANK}(?P<month2>{any_form}){year_after(2)}"
    yield rf"{first_year}{genitive_first(1)}{ending}"
    yield rf"{first_year}{day_first(1)}(?!{days_follow})"
    yield rf"{day_first(1)}{year_after(1)}"
    yield rf"{year_before(1)}(?P<month1>{month_of}|{any_form})(?!{days_follow})"
    yield rf"(?P<month1>{any_form}){year_after(1)}"
    yield rf"(?P<month1>{in_month}|{locative})"
    yield rf"(?P<month_period>{periods}){BLANK}ayın{BLANK}{day(1)}{ending}"


def _russian() -> Iterable[str]:
    genitive = rf"(?:{_alternatives(genitive_months('ru'))}|(?:{_alternatives(_abbreviations('ru'))})\.?)(?!\w)"
    any_form = rf"(?:{_alternatives(month_forms('ru'))})(?!\w)"
    ordinal = r"(?:\s?[-–\u2011]\s?(?:го|ого|его|е|ое|му|м))?(?!\w)"
    span = rf"(?:{_DASH}|{BLANK}(?:по|до|на){BLANK})"
    listed = rf"(?P<listed>{BLANK}и{BLANK})"
    more = rf"(?:,{BLANK}{_DAY}{ordinal}){{0,5}}"
    periods = _alternatives(relative_periods("ru"))

    def day(number: int) -> str:
        return rf"(?P<day{number}>{_DAY}){ordinal}{_AFTER_DAY}"

    def year(number: int) -> str:
        return (
            rf"(?:,?{BLANK}(?P<year{number}>{_YEAR}){_AFTER_YEAR}(?:\s?(?:года?|году|гг?\.))?"
            rf"|{BLANK}(?P<period{number}>{periods})(?:его|ого){BLANK}года(?!\w)"
            rf"|{BLANK}(?P<same{number}>[ст]\.\s?г\.?)(?!\w))?"
        )

    yield rf"{day(1)}{BLANK}(?P<month1>{genitive}){year(1)}{span}{day(2)}{BLANK}(?P<month2>{genitive}){year(2)}"
    yield rf"{day(1)}{more}(?:{span}|{listed}){day(2)}{BLANK}(?P<month2>{genitive}){year(2)}"
    yield rf"{day(1)}{BLANK}(?P<month1>{genitive}){year(1)}"
    yield rf"(?:в{BLANK})?(?P<month1>{any_form}){BLANK}(?P<year1>{_YEAR}){_AFTER_YEAR}(?:\s?(?:года?|году|гг?\.))?"
    yield rf"(?:в{BLANK})?(?P<month1>{any_form}){BLANK}(?P<period1>{periods})(?:его|ого){BLANK}года(?!\w)"
    yield rf"в{BLANK}(?P<month1>{_alternatives(locative_months('ru'))})(?!\w)"
    yield rf"(?P<day1>{_DAY}){ordinal}{BLANK}числа{BLANK}(?P<month_period>{periods})(?:его|ого){BLANK}месяца(?!\w)"


def _numbers(lang: Lang) -> Iterable[str]:
    after = r"(?!\w|[-./]\d)"
    yield rf"(?P<year1>{_YEAR})-(?P<number1>0[1-9]|1[0-2])-(?P<day1>0[1-9]|[12]\d|3[01])(?![\d.]\d|-|\d)"
    # With dots and hyphens the day comes first, also in the English of the region; with slashes English is divided.
    yield rf"(?P<day1>{_DAY})(?P<mark>[.-])(?P<number1>0?[1-9]|1[0-2])(?P=mark)(?P<year1>{_YEAR}){after}"
    if lang != "en":
        yield rf"(?P<day1>{_DAY})/(?P<number1>0?[1-9]|1[0-2])/(?P<year1>{_YEAR}){after}"


def _az_names() -> Iterable[str]:
    return _with_plain_i(name for names in table("calendar")["months"]["az"]["names"] for name in names)


def _with_plain_i(forms: Iterable[str]) -> list[str]:
    """Add the spellings that come of an English I: "Iyun" in lower case is "ıyun"."""
    known = list(forms)
    return known + ["ı" + form[1:] for form in known if form.startswith("i")]


def _abbreviations(lang: Lang) -> list[str]:
    return [form for form in months(lang) if form not in month_forms(lang)]


def _capital(forms: Iterable[str]) -> str:
    return _alternatives(_printed(forms))


def _printed(forms: Iterable[str]) -> list[str]:
    known = list(forms)
    return [form.capitalize() for form in known] + [form.upper() for form in known]


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
