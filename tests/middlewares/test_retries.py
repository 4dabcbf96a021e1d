from __future__ import annotations

import pytest

from crawler.middlewares.retries import retry_after

NOW = b"Mon, 04 May 2026 14:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"0", 0.0),
        (b"120", 120.0),
        (b" 5 ", 5.0),
        (b"99999999999999999999999", 10**9),
        (b"Mon, 04 May 2026 14:00:30 GMT", 30.0),
        (b"Monday, 04-May-26 14:01:00 GMT", 60.0),  # RFC 850
        (b"Mon May  4 14:02:00 2026", 120.0),  # asctime
        (b"Mon, 04 May 2026 13:00:00 GMT", 0.0),  # it has passed
        (None, None),
        (b"", None),
        (b"soon", None),
        (b"-5", None),
        (b"1.5", None),
        ("٣".encode(), None),
        (b"Mon, 99 May 2026 14:00:30 GMT", None),
    ],
)
def test_both_forms_of_retry_after(value, seconds):
    assert retry_after(value, NOW) == seconds


def test_without_the_site_s_clock_ours_counts():
    assert retry_after(b"Mon, 04 May 2020 14:00:30 GMT") == 0.0
    assert retry_after(b"Mon, 04 May 2099 14:00:30 GMT", b"nonsense") > 10**9
