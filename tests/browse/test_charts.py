from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.browse.charts import position, ranking, stacks, timeline

KINDS = ("bilateral", "call", "visit")
MONTHS = st.builds("{}-{:02}".format, st.integers(1990, 2040), st.integers(1, 12))
NUMBERS = st.dictionaries(st.sampled_from(KINDS), st.integers(1, 10_000), min_size=1)


def test_every_month_between_has_a_column():
    chart = timeline({"2025-11": {"call": 1}, "2026-02": {"visit": 3, "call": 1}}, KINDS)
    assert chart.unit == "month"
    assert [column.name for column in chart.columns] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert [column.total for column in chart.columns] == [1, 0, 0, 4]
    assert chart.series == ("call", "visit")
    assert chart.ticks == (4, 3, 2, 1, 0)


def test_a_long_time_is_shown_in_years():
    chart = timeline({"2016-02": {"call": 1}, "2016-03": {"call": 1}, "2026-02": {"visit": 3}}, KINDS)
    assert chart.unit == "year"
    assert (chart.columns[0].name, chart.columns[0].total, len(chart.columns)) == ("2016", 2, 11)


def test_nothing_gives_no_columns():
    assert timeline({}, KINDS).columns == ()
    assert ranking([]) == ()
    assert stacks({}, KINDS) == ()


@given(months=st.dictionaries(MONTHS, NUMBERS, min_size=1, max_size=12))
def test_columns_stand_within_the_scale_and_lose_nothing(months):
    chart = timeline(months, KINDS)
    assert sum(column.total for column in chart.columns) == sum(sum(values.values()) for values in months.values())
    top = chart.ticks[0]
    assert max(column.total for column in chart.columns) <= top
    assert [tick * 4 % top for tick in chart.ticks] == [0] * 5
    for column in chart.columns:
        end = 0.0
        for piece in column.pieces:
            assert piece.start == pytest.approx(end, abs=0.02)
            end = piece.start + piece.length
        assert end == pytest.approx(100 * column.total / top, abs=0.05)


def test_rankings_go_from_the_longest_and_ties_by_name():
    bars = ranking([("GE", "Georgia", 2, ""), ("TR", "Türkiye", 8, ""), ("CN", "China", 2, "")])
    assert [(bar.name, bar.percent) for bar in bars] == [("Türkiye", 100.0), ("China", 25.0), ("Georgia", 25.0)]


def test_stacks_share_one_scale():
    long, short = stacks({"a": {"call": 1}, "b": {"call": 2, "visit": 2}}, KINDS)
    assert [(piece.start, piece.length) for piece in long.pieces] == [(0.0, 50.0), (50.0, 50.0)]
    assert (short.name, short.pieces[0].length) == ("a", 25.0)


def test_the_scale_of_lags_begins_at_the_first_report_and_ends_with_a_week():
    assert [position(lag) for lag in (0, 168, 10_000)] == [0.0, 100.0, 100.0]
    assert 0 < position(0.1) < position(1) < position(24) < 100
