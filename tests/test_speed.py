"""A guard, not a measurement: fails when reading a page loses a good part of its lead over a general extractor.

Both read the same page in turns and the least time of each counts, so other work on the machine slows both or neither.
``python -m benchmarks`` measures; the lead it found stands in ``benchmarks/RESULTS.md``.
"""

from __future__ import annotations

import statistics

import pytest

from benchmarks.measuring import least_times, ratio
from benchmarks.pages import RULER, ours, trafilatura
from benchmarks.samples import samples
from benchmarks.scoring import body_f1

LEAST_LEAD = 4.2
"""A sixth below the least of nine leads found on a machine with other work (5.1 to 5.7)."""
LEAST_F1 = 0.99


@pytest.fixture(scope="module")
def pages():
    return samples()[::12]


def test_our_readers_keep_their_lead(pages):
    def lead():
        times = least_times({RULER: trafilatura, "ours": ours}, pages, turns=3, repeats=3)
        return ratio(times[RULER], times["ours"])[0]

    # a second and a third look only if a neighbour's work spoilt the first
    assert any(lead() >= LEAST_LEAD for _ in range(3))


def test_our_readers_find_the_story(pages):
    assert statistics.mean(body_f1(ours(page), page.paragraphs) for page in pages) >= LEAST_F1
