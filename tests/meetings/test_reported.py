"""From text to meeting: the reports of reported.toml, read and joined as a run does it."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from crawler.items import Meeting
from crawler.language.folding import same_name
from crawler.mentions import read_mentions
from crawler.pages import read_text
from crawler.store import Store

DATA = tomllib.loads((Path(__file__).parent / "reported.toml").read_text("utf-8"))
NOW = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
MEETINGS = DATA["meeting"]


def address(report):
    return read_text(report["text"], url=report["url"], lang=report["lang"]).url


@pytest.fixture(scope="module")
def feed(tmp_path_factory) -> dict[str, list[Meeting]]:
    """Return the meetings that stand on each address."""
    found: dict[str, list[Meeting]] = {}
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('reported')}/store.db") as store:
        for report in [*(report for meeting in MEETINGS for report in meeting["report"]), *DATA["other"]]:
            given = {key: report.get(key) for key in ("url", "lang", "headline", "published")}
            article = read_text(report["text"], **given)
            reading = read_mentions(article)
            store.record(article, reading.mentions, run="test", now=NOW, dropped=reading.dropped)
        for meeting in store.meetings():
            for source in meeting.sources:
                found.setdefault(source.url, []).append(meeting)
    return found


@pytest.mark.parametrize("expected", MEETINGS, ids=lambda meeting: meeting["report"][0]["url"].split("/")[-1])
def test_every_meeting_comes_out_once(feed, expected):
    urls = {address(report) for report in expected["report"]}
    (meeting,) = {one.id: one for url in urls for one in feed[url]}.values()
    assert {source.url for source in meeting.sources} == urls
    assert meeting.kind == expected["kind"]
    assert meeting.status == expected.get("status", "held")
    assert list(meeting.countries) == expected["countries"]
    if "day" in expected:
        assert meeting.date == expected["day"].isoformat()
    if "city" in expected:
        assert meeting.place
        assert same_name(meeting.place.city, "en", expected["city"], "en") or meeting.place.city == expected["city"]
    named = [person.name for person in meeting.participants]
    assert len(named) == len(expected["people"]), named
    assert all(any(same_name(name, "en", one, "en") for name in named) for one in expected["people"]), named


@pytest.mark.parametrize("report", DATA["other"], ids=lambda report: report["url"].split("/")[-1])
def test_other_reports_are_no_meetings(feed, report):
    assert address(report) not in feed
