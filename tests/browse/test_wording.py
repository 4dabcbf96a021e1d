from __future__ import annotations

import pytest

from crawler.browse import wording


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2026-02-06", "6 February 2026"),
        ("2026-02", "February 2026"),
        ("2026", "2026"),
        (None, "Day unknown"),
    ],
)
def test_days(date, words):
    assert wording.day(date) == words


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2026-02-06T12:19:00+00:00", "6 February 2026, 16:19"),
        ("2026-02-06T21:30:00+00:00", "7 February 2026, 01:30"),
        ("2026-02-06", "6 February 2026"),
        ("2026-02", "February 2026"),
        (None, ""),
    ],
)
def test_moments_are_those_of_baku(published, words):
    assert wording.moment(published) == words


@pytest.mark.parametrize(
    ("lag", "words"),
    [
        (None, ""),
        (0, "0 min"),
        (0.01, "1 min"),
        (0.42, "25 min"),
        (1, "1 h"),
        (3.33, "3 h 20 min"),
        (47.99, "47 h 59 min"),
        (60, "2.5 days"),
    ],
)
def test_lags(lag, words):
    assert wording.hours(lag) == words


def test_codes_without_a_label_are_shown_in_words():
    assert wording.label("bilateral", "kind") == "Bilateral meeting"
    assert wording.label("new-rule", "rule") == "new rule"
    assert wording.country("TR") == "Türkiye"
    assert wording.country("ZZ") == "ZZ"
    assert wording.country(None) == ""
