import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS
from crawler.language.calendar import months, nearest_day, weekday_near
from crawler.language.dates import find_dates, parse_stamp

BAKU = dt.timezone(dt.timedelta(hours=4))
NEW_YORK = ZoneInfo("America/New_York")
THURSDAY = dt.date(2025, 12, 11)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("06 February, 2026 16:19", "en", "2026-02-06T12:19:00+00:00"),
        ("06 February, 2026 / 16:19", "en", "2026-02-06T12:19:00+00:00"),
        ("06 fevral, 2026\n    16:08", "az", "2026-02-06T12:08:00+00:00"),
        ("6 October, 2024 / 16:01", "en", "2024-10-06T12:01:00+00:00"),
        ("February 20, 2017 17:21", "en", "2017-02-20T13:21:00+00:00"),
        ("24 September 2024 18:51 (UTC+04:00)", "en", "2024-09-24T14:51:00+00:00"),
        ("7 May 2025 10:30 (UTC+3 MSK)", "en", "2025-05-07T07:30:00+00:00"),
        ("10 mart, 2026 / 09:05", "az", "2026-03-10T05:05:00+00:00"),
        ("06 февраля, 2026 16:20", "ru", "2026-02-06T12:20:00+00:00"),
        ("06 февраля 2026, 16:20", "ru", "2026-02-06T12:20:00+00:00"),
        ("6 февраля 2026 года в 16:19", "ru", "2026-02-06T12:19:00+00:00"),
        ("23 Ноября 2017 15:59", "ru", "2017-11-23T11:59:00+00:00"),
        ("5 Sentyabr 2017 21:26", "en", "2017-09-05T17:26:00+00:00"),
        ("İYUN 5, 2024", "az", "2024-06-05"),
        ("5 IYUN 2024", "az", "2024-06-05"),
        ("06 fevral 2026-cı il, 10:00", "az", "2026-02-06T06:00:00+00:00"),
        ("2025-04-12 07:07:47", "en", "2025-04-12T03:07:47+00:00"),
        ("2026-02-06T16:19:00+04:00", None, "2026-02-06T12:19:00+00:00"),
        ("2026-02-06T12:19:00.250Z", None, "2026-02-06T12:19:00.250000+00:00"),
        ("2026-02-06 16:19:00 +0400", None, "2026-02-06T12:19:00+00:00"),
        ("Fri, 06 Feb 2026 16:19:00 +0400", None, "2026-02-06T12:19:00+00:00"),
        ("Fri, 06 Feb 2026 12:19:00 GMT", None, "2026-02-06T12:19:00+00:00"),
        ("Fri, 06 Feb 2026 12:19:00 -0000", None, "2026-02-06T12:19:00+00:00"),
        ("2026-02-06", None, "2026-02-06"),
        ("2019-06", None, "2019-06"),
        ("June 2019", "en", "2019-06"),
        ("Dec. 10, 2025", "en", "2025-12-10"),
        ("Friday April 26 2024", "en", "2024-04-26"),
        ("Tuesday, 02 January 2024 12:17 GMT", "en", "2024-01-02T12:17:00+00:00"),
        ("14.12.2021 [11:22]", "en", "2021-12-14T07:22:00+00:00"),
        ("16:20 / 02.07.2024", "az", "2024-07-02T12:20:00+00:00"),
        ("21-06-2022, 18:26", "az", "2022-06-21T14:26:00+00:00"),
        ("6/2/2026", "ru", "2026-02-06"),
        ("Date 27.09.2023", None, "2023-09-27"),
    ],
)
def test_stamps(text, lang, expected):
    stamp = parse_stamp(text, lang, BAKU)
    assert stamp is not None
    assert stamp.isoformat() == expected
    assert stamp.day.isoformat().startswith(expected[:10]) or "GMT" in text or "UTC+3" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9/27/2023 2:13:18 AM", "2023-09-27T06:13:18+00:00"),
        ("12/24/2024 12:13:18 PM", "2024-12-24T17:13:18+00:00"),
        ("12/24/2024 12:13:18 AM", "2024-12-24T05:13:18+00:00"),
        ("2025-04-12 07:07:47", "2025-04-12T11:07:47+00:00"),
    ],
)
def test_stamps_of_an_assumed_zone(text, expected):
    stamp = parse_stamp(text, "en", NEW_YORK, zone_assumed=True)
    assert stamp is not None
    assert stamp.isoformat() == expected
    assert stamp.zone_assumed


def test_a_stamp_with_its_own_zone_is_not_assumed_and_keeps_the_day_of_the_source():
    stamp = parse_stamp("2026-02-06T21:30:00Z", "en", BAKU, zone_assumed=True)
    assert stamp is not None
    assert not stamp.zone_assumed
    assert stamp.day == dt.date(2026, 2, 7)


@pytest.mark.parametrize(
    "text",
    ["31 June 2026", "30 February, 2026 10:00", "31 iyun 2026", "29 февраля 2026", "2026-02-30", "2026-13-01", "0001-01-01T00:00:00",
     "6 February 2026 25:10", "6 February 2026 13:10 PM", "7 May. 10:30", "3/4/2024", "13/13/2024", "2 saat əvvəl", "dünən, 16:19",
     "6 Martober 2026", "16:19", "2024", "", "Photo", "6 February 2026 10:00 11:00", "1" * 500],
)  # fmt: skip
def test_what_is_no_stamp(text):
    assert parse_stamp(text, None, BAKU) is None


@given(
    st.one_of(
        st.text(max_size=40), st.from_regex(r"\d{1,4}[-./ ]\w{1,9}[-./ ,]{1,2}\d{1,4}( \d{1,2}:\d\d)?", fullmatch=True)
    )
)
@settings(max_examples=300)
def test_any_text_is_a_stamp_or_none(text):
    stamp = parse_stamp(text, None, BAKU)
    assert stamp is None or stamp.moment.tzinfo is dt.UTC


@given(
    st.datetimes(dt.datetime.fromisoformat("1995-01-01"), dt.datetime.fromisoformat("2090-01-01")),
    st.sampled_from(LANGS),
)
@settings(max_examples=100)
def test_stamps_of_report_come_back(moment, lang):
    names = {"en": "January February March April May June July August September October November December",
             "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
             "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"}  # fmt: skip
    printed = f"{moment:%d} {names[lang].split()[moment.month - 1]}, {moment:%Y %H:%M}"
    stamp = parse_stamp(printed, lang, BAKU)
    assert stamp is not None
    assert stamp.moment.astimezone(BAKU).replace(tzinfo=None) == moment.replace(second=0, microsecond=0)


def test_no_month_name_means_two_months():
    for one in LANGS:
        for other in LANGS:
            assert all(months(other).get(form, number) == number for form, number in months(one).items())


EN = [
    ("met on December 10 with guests", ["2025-12-10"]),
    ("On December 10, 2025, the ministers met", ["2025-12-10"]),
    ("on 10 December the delegation", ["2025-12-10"]),
    ("on the 10th of December in Ganja", ["2025-12-10"]),
    ("on the 3rd December, 2024", ["2024-12-03"]),
    ("on Dec. 10, officers said", ["2025-12-10"]),
    ("on Sept 9 and on 9 Sept. 2024", ["2025-09-09", "2024-09-09"]),
    ("from October 15-17 in Sheki", ["2025-10-15..2025-10-17"]),
    ("from October 15 to 17 in Sheki", ["2025-10-15..2025-10-17"]),
    ("from 15 to 17 October 2024", ["2024-10-15..2024-10-17"]),
    ("between October 15 and 18, 2024", ["2024-10-15..2024-10-18"]),
    ("October 15 and 16", ["2025-10-15..2025-10-16"]),
    ("15, 16 and 17 October", ["2025-10-15..2025-10-17"]),
    ("on October 15 and 17", ["2025-10-15", "2025-10-17"]),
    ("on October 15 and 40 soldiers", ["2025-10-15"]),
    ("on October 15 and 20 soldiers", ["2025-10-15"]),
    ("October 28 – November 2, 2025", ["2025-10-28..2025-11-02"]),
    ("28 December 2025 - 2 January 2026", ["2025-12-28..2026-01-02"]),
    ("from 28 December to 2 January", ["2025-12-28..2026-01-02"]),
    ("on December 10 last year", ["2024-12-10"]),
    ("planned for January 15", ["2026-01-15"]),
    ("the victory of November 8, 2020.", ["2020-11-08"]),
    ("on Wednesday said", ["~2025-12-10"]),
    ("on Thursday said", ["~2025-12-11"]),
    ("Monday's talks", ["~2025-12-08"]),
    ("last Thursday", ["~2025-12-04"]),
    ("last Friday he", ["~2025-12-05"]),
    ("next Wednesday", ["~2025-12-17"]),
    ("this Friday", ["~2025-12-12"]),
    ("on Wednesday, December 10, they", ["2025-12-10"]),
    ("today (December 11) and yesterday", ["2025-12-11", "~2025-12-10"]),
    ("tomorrow", ["~2025-12-12"]),
    ("the day before yesterday", ["~2025-12-09"]),
    ("the day before, he met", ["~2025-12-10"]),
    ("three days ago", ["~2025-12-08"]),
    ("in May 2024 and", ["2024-05"]),
    ("In September officers", ["2025-09"]),
    ("last May", ["2025-05"]),
    ("in February of this year", ["2025-02"]),
    ("2025-10-05 and 2025-10-05T10:00", ["2025-10-05", "2025-10-05"]),
    ("14.12.2021 [11:22]", ["2021-12-14"]),
    ("Baku. 10 February. REPORT.AZ/ The", ["2026-02-10"]),
    ("Baku, June 26. On June 26 he", ["2025-06-26", "2025-06-26"]),
    ("by 10:00 pm; 10:30 6 August", ["2025-08-06"]),
    ("the 10th of this month", ["2025-12-10"]),
    ("the day before the visit", []),
    ("he may 5 times march 10 km", []),
    ("In May 10 soldiers; in May 10, 2024", ["2026-05", "2024-05-10"]),
    ("Dong Jun 14 times", []),
    ("EFES-2025, 44-day war, resolution 1325, 2026 plan, at 10:00", []),
    ("31 June 2026 and February 30 and 31 April", []),
    ("Sunday Times", []),
]
AZ = [
    ("fevralın 6-da görüş", ["2026-02-06"]),
    ("Martın 6-sında", ["2026-03-06"]),
    ("dekabrın 10-u", ["2025-12-10"]),
    ("fevralın 6-na", ["2026-02-06"]),
    ("6 fevral 2026-cı il", ["2026-02-06"]),
    ("06 fevral, 2026", ["2026-02-06"]),
    ("6 fevral tarixində", ["2026-02-06"]),
    ("10 dekabrda", ["2025-12-10"]),
    ("fevralın 6-dan 8-dək", ["2026-02-06..2026-02-08"]),
    ("fevralın 6-dan 8-nə qədər", ["2026-02-06..2026-02-08"]),
    ("dekabrın 15-17-də", ["2025-12-15..2025-12-17"]),
    ("dekabrın 6 və 7-də", ["2025-12-06..2025-12-07"]),
    ("oktyabrın 20-22-si", ["2025-10-20..2025-10-22"]),
    ("6-8 may tarixlərində", ["2026-05-06..2026-05-08"]),
    ("20-22 oktyabr 2025-ci il", ["2025-10-20..2025-10-22"]),
    ("fevralın 28-dən martın 2-dək", ["2026-02-28..2026-03-02"]),
    ("28 fevral - 2 mart", ["2026-02-28..2026-03-02"]),
    ("2024-cü il mayın 28-də", ["2024-05-28"]),
    ("2026-cı ilin fevral ayının 6-da", ["2026-02-06"]),
    ("2023-cü ilin 14 dekabrında", ["2023-12-14"]),
    ("bu ilin martın 5-də", ["2025-03-05"]),
    ("ötən il dekabrın 10-da", ["2024-12-10"]),
    ("may ayının 5-də", ["2026-05-05"]),
    ("bu ayın 5-də", ["2025-12-05"]),
    ("İyunun 26-da, Iyunun 27-də, İYUNUN 28-DƏ", ["2025-06-26", "2025-06-27", "2025-06-28"]),
    ("2024-cü ilin mayında", ["2024-05"]),
    ("2024-cü ilin may ayında", ["2024-05"]),
    ("oktyabr ayında, oktyabrda", ["2025-10", "2025-10"]),
    ("Bu gün Bakıda, dünən isə", ["~2025-12-11", "~2025-12-10"]),
    ("2 gün əvvəl", ["~2025-12-09"]),
    ("çərşənbə günü", ["~2025-12-10"]),
    ("Bazar ertəsi", ["~2025-12-08"]),
    ("çərşənbə axşamı günü", ["~2025-12-09"]),
    ("gələn çərşənbə günü", ["~2025-12-17"]),
    ("dekabrın 10-da, çərşənbə günü", ["2025-12-10"]),
    ("31.10.2025", ["2025-10-31"]),
    ("16:20 / 02.07.2024", ["2024-07-02"]),
    ("30 avqust – Zəfər bayramı", ["2025-08-30"]),
    ("2026-cı il üçün plan, 2024-2025-ci illər üçün 31 tədbir", []),
    ("65-ci iclas, 1-ci dərəcəli kapitan, bu günlərdə, bu günədək", []),
    ("yanvarın 20 faizi; fevralın 30-da; 44 günlük", []),
    ("Cümə məscidi, bazar iqtisadiyyatı", []),
    ("2 saat əvvəl, 14:30-da", []),
]
RU = [
    ("6 февраля прошла", ["2026-02-06"]),
    ("6-го февраля и 23-го ноября", ["2026-02-06", "2025-11-23"]),
    ("6 февраля 2026 года.", ["2026-02-06"]),
    ("5 мая 2024 г. в Баку", ["2024-05-05"]),
    ("15-17 октября", ["2025-10-15..2025-10-17"]),
    ("с 15 по 17 октября", ["2025-10-15..2025-10-17"]),
    ("с 28 февраля по 2 марта", ["2026-02-28..2026-03-02"]),
    ("6 и 7 февраля", ["2026-02-06..2026-02-07"]),
    ("6 и 8 февраля", ["2026-02-06", "2026-02-08"]),
    ("за 14–15 августа", ["2025-08-14..2025-08-15"]),
    ("в ночь с 5 на 6 февраля", ["2026-02-05..2026-02-06"]),
    ("сегодня, 11 декабря, о", ["2025-12-11"]),
    ("вчера", ["~2025-12-10"]),
    ("позавчера", ["~2025-12-09"]),
    ("два дня назад", ["~2025-12-09"]),
    ("в среду подписали", ["~2025-12-10"]),
    ("во вторник", ["~2025-12-09"]),
    ("в прошлый четверг", ["~2025-12-04"]),
    ("в следующую среду", ["~2025-12-17"]),
    ("10 декабря, в среду,", ["2025-12-10"]),
    ("Накануне министр обороны принял", ["~2025-12-10"]),
    ("стороны накануне обсудили", ["~2025-12-10"]),
    ("накануне визита министра", []),
    ("в мае 2024 года", ["2024-05"]),
    ("в мае прошлого года", ["2024-05"]),
    ("В феврале", ["2026-02"]),
    ("5 декабря прошлого года", ["2024-12-05"]),
    ("2 мая с.г.", ["2025-05-02"]),
    ("5 числа текущего месяца", ["2025-12-05"]),
    ("БАКУ, 11 сен – 1NEWS", ["2025-09-11"]),
    ("06.02.2026", ["2026-02-06"]),
    ("около 05:00 2 февраля", ["2026-02-02"]),
    ("31 июня, 29 февраля", []),
    ("учения «ЭФЕС-2024», 44-дневная война, 20 раз, на 2026 год", []),
    ("погружение в окружающую среду", []),
]


def shown(found):
    day = found.day.isoformat() if found.day else f"{found.year}-{found.month:02}"
    end = f"..{found.end_day}" if found.end_day else ""
    return ("~" if found.source == "relative" else "") + day + end


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [(lang, *case) for lang, cases in (("en", EN), ("az", AZ), ("ru", RU)) for case in cases],
)
def test_dates_in_sentences(lang, text, expected):
    found = find_dates(text, lang, THURSDAY)
    assert [shown(date) for date in found] == expected
    assert all(text[date.start : date.end] == date.words for date in found)


@pytest.mark.parametrize(
    ("lang", "text", "month", "day_of_month"),
    [
        ("en", "on December 10", 12, 10),
        ("az", "fevralın 29-da", 2, 29),
        ("ru", "6 февраля", 2, 6),
        ("ru", "вчера", None, None),
    ],
)
def test_without_a_reference_the_day_stays_open(lang, text, month, day_of_month):
    (found,) = find_dates(text, lang, None)
    assert (found.day, found.year, found.month, found.day_of_month, found.has_year) == (
        None,
        None,
        month,
        day_of_month,
        False,
    )


def test_a_printed_year_needs_no_reference():
    (found,) = find_dates("2024-cü il mayın 28-də", "az", None)
    assert (found.day, found.has_year) == (dt.date(2024, 5, 28), True)


def test_february_29_means_a_leap_year_near_by():
    assert [found.day for found in find_dates("29 февраля", "ru", dt.date(2024, 4, 1))] == [dt.date(2024, 2, 29)]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(1, 12), st.integers(1, 28))
@settings(max_examples=100)
def test_the_nearest_day_is_half_a_year_away_at_most(reference, month, day):
    found = nearest_day(month, day, reference)
    assert found is not None
    assert (found.month, found.day) == (month, day)
    assert abs((found - reference).days) <= 183


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(0, 6))
@settings(max_examples=100)
def test_weekdays_are_within_a_week(reference, weekday):
    distances = {None: range(-6, 1), -1: range(-7, 0), 0: range(-6, 7), 1: range(1, 8)}
    for distance, days in distances.items():
        found = weekday_near(weekday, reference, distance)
        assert found.weekday() == weekday
        assert (found - reference).days in days


@pytest.mark.parametrize(
    "piece", ["1, ", "6 и ", "6 və ", "in May ", "6-", "2026-cı ilin fevralın ", "в следующую ", "May 1, "]
)
@pytest.mark.parametrize("lang", LANGS)
def test_hostile_text_is_read_in_linear_time(piece, lang):
    # With a quadratic pattern this would not end within the time of the test run.
    find_dates(piece * (100_000 // len(piece)), lang, THURSDAY)


WORDS = [
    "May",
    "mayın",
    "мая",
    "6",
    "-",
    "31",
    "2026",
    "-cı il",
    "and",
    "və",
    "и",
    " ",
    ", ",
    "to",
    "с",
    "по",
    "on",
    "last",
    "в",
    "среду",
    "-da",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=15).map("".join),
    st.sampled_from(LANGS),
    st.sampled_from([None, THURSDAY]),
)
@settings(max_examples=300)
def test_any_text_has_its_dates_in_order(text, lang, reference):
    found = find_dates(text, lang, reference)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(text[date.start : date.end] == date.words for date in found)
