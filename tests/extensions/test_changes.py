"""Signs that a site has changed: fixed floors, and the comparison with earlier good runs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.extensions.changes import Expectation, changes, proven_channels
from crawler.extensions.figures import FIELDS, Figures
from crawler.spiders.azernews import AzerNewsSpider
from crawler.spiders.menafn import MenafnSpider


def run(pages=40, *, primary=None, own=None, agreement=(), **more):
    """Figures of a run whose articles were all read by the first selectors, except as told."""
    judged = dict.fromkeys(FIELDS, pages)
    return Figures(
        read=pages,
        judged=judged,
        primary={**judged, **(primary or {})},
        own={**judged, **(own or {})},
        agreement=agreement,
        **more,
    )


def signs(now, history=(), proven=(), source="report"):
    return list(changes(source, now, Expectation(frozenset(proven), history)))


def test_two_earlier_runs_do_not_prove_a_channel():
    now = Figures(channels={"drugie": {"pages": 1, "silent": 1}, "home": {"entries": 3}})
    earlier = run(channels={"drugie": {"pages": 1, "entries": 9}})
    assert signs(now, [earlier] * 2) == []
    assert signs(now, [earlier] * 3) == ["no entries in channel drugie"]


def test_a_healthy_run_shows_none():
    assert signs(run(channels={"feed": {"pages": 1, "entries": 20}}, agreement=(0.9, 0.8, 0.95))) == []


def test_an_empty_poll_shows_none():
    assert signs(Figures(channels={"feed": {"pages": 1, "not-modified": 1}}), [run()] * 5, ["feed"]) == []


@pytest.mark.parametrize(
    ("channels", "proven", "used", "expected"),
    [
        ({"feed": {"pages": 1, "entries": 0, "empty": 1}}, [], [], "no entries in channel feed"),
        ({"feed": {"pages": 1, "missing": 1}, "home": {"entries": 3}}, ["feed"], [], "no entries in channel feed"),
        ({"feed": {"pages": 1, "unreadable": 1}, "home": {"entries": 3}}, ["feed"], [], "no entries in channel feed"),
        ({"drugie": {"pages": 1, "silent": 1}, "home": {"entries": 3}}, [], [], None),
        ({"drugie": {"pages": 1, "silent": 1}, "home": {"entries": 3}}, [], ["drugie"], "no entries in channel drugie"),
        ({"json": {"pages": 1, "silent": 1}, "asia": {"pages": 1, "missing": 1}}, [], [], "no entries in any channel"),
        ({"json": {"pages": 1, "silent": 1}, "asia": {"pages": 1, "not-modified": 1}}, [], [], None),
        ({"feed": {"failed": 1}, "home": {"entries": 3}}, ["feed"], ["feed"], None),
    ],
)  # fmt: skip
def test_silent_channels(channels, proven, used, expected):
    history = [run(channels={name: {"pages": 1, "entries": 9} for name in used})] * 3
    assert signs(Figures(channels=channels), history, proven) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("read", "unreadable", "changed"),
    [
        (2, {"empty-body": 3}, True),
        (50, {"empty-body": 3}, False),
        (0, {"empty-body": 2}, False),
        (1, {"provider-not-accepted": 30}, False),
        (1, {"paywall-only": 30}, False),
        (17, {"missing-date": 4}, True),  # a field's floor, below the share of unreadable pages
        (40, {"missing-date": 4}, False),
    ],
)
def test_pages_that_cannot_be_read(read, unreadable, changed):
    missing = {"published": unreadable.get("missing-date", 0), "body": unreadable.get("empty-body", 0)}
    assert bool(signs(replace(run(read), unreadable=unreadable, missing=missing))) is changed


def test_a_template_that_is_gone_needs_no_history():
    gone = dict.fromkeys(FIELDS, 0)
    (sign,) = signs(run(8, primary=gone, own=gone))
    assert sign.startswith("no selector of headline, body, published matches any more")
    assert signs(run(4, primary=gone, own=gone)) == []  # too few pages to say


def test_a_fallback_selector_alarms_only_against_history():
    fallback = run(8, primary={"published": 0})
    assert signs(fallback) == []
    assert signs(fallback, [run(5)]) == []  # too few earlier pages
    (sign,) = signs(fallback, [run(20)])
    assert sign == "the first selector of published matches 0% of 8 pages, usually 100%"
    usual = [run(20, primary={"published": 4})] * 3
    assert signs(run(8, primary={"published": 2}), usual) == []  # so it has always been


def test_bodies_far_from_the_generic_extractors():
    assert signs(run(agreement=(0.9, 0.1))) == []  # two pages are too few
    (sign,) = signs(run(agreement=(0.1, 0.2, 0.9)))
    assert sign == "our text and the generic extractor's agree by 0.20, floor 0.40"
    usual = [run(agreement=(0.95, 0.9, 0.92))] * 3
    assert signs(run(agreement=(0.55, 0.5, 0.6))) == []
    assert signs(run(agreement=(0.55, 0.5, 0.6)), usual)
    assert signs(run(agreement=(0.55, 0.5, 0.6)), usual[:2]) == []


def test_files_of_an_archive_have_any_layout():
    gone = dict.fromkeys(FIELDS, 0)
    assert signs(run(50, primary=gone, own=gone, agreement=(0.1, 0.1, 0.1)), source="archive") == []


def test_proven_channels_are_those_of_the_declaration():
    assert proven_channels(AzerNewsSpider.channels) == {"feed", "home"}
    assert proven_channels(MenafnSpider.channels) == frozenset()
