"""Quarantined pages keep bytes, address and reason, and the archive spider reads them again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.extensions.quarantine import files, keep, listed, page_name
from crawler.pages import Page, PageError
from crawler.spiders.files import documents
from crawler.store import Store

NOW = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)
URL = "https://report.az/en/military/no-date-on-this-page"
PAGE = Page(url=URL, body="<h1>Təlim keçirilib</h1>".encode(), content_type="text/html; charset=utf-8")


def refused(reason="missing-date", detail="report/2025: no level matched"):
    return PageError(reason, detail)


def test_a_page_comes_back_as_it_was(tmp_path):
    path = keep(tmp_path, PAGE, refused(), "run-1", NOW)
    (document,) = documents(path)
    assert document.content == PAGE
    (page,) = listed(tmp_path)
    assert (page.path, page.url, page.reason, page.run, page.since) == (path, URL, "missing-date", "run-1", NOW)
    assert page.source == "report"


@pytest.mark.parametrize("content_type", ["text/plain", "text/html", None])
def test_a_page_without_an_address_comes_back_without_one(tmp_path, content_type):
    page = Page(url=None, body=b"<h1>Some page</h1>", content_type=content_type)
    (document,) = documents(keep(tmp_path, page, refused(), "run-1", NOW))
    assert document.content.url is None
    assert document.content.urn == page.urn
    assert listed(tmp_path)[0].source == "archive"


def test_a_page_has_one_file_however_often_and_under_whichever_address_it_is_met(tmp_path):
    first = keep(tmp_path, PAGE, refused(), "run-1", NOW)
    content = first.read_bytes()
    again = Page(url=f"{URL}/?utm_source=x", body=PAGE.body, content_type=PAGE.content_type)
    assert keep(tmp_path, again, refused(), "run-2", NOW + timedelta(hours=1)) == first
    assert first.read_bytes() == content  # unchanged bytes keep the time they came
    other = Page(url=URL, body=b"other bytes", content_type="text/html")
    keep(tmp_path, other, refused("empty-body"), "run-3", NOW + timedelta(hours=2))
    (page,) = listed(tmp_path)
    assert (page.reason, page.run) == ("empty-body", "run-3")
    assert files(tmp_path, page_name(URL)) == [page.path]


def test_the_store_has_one_row_a_page_until_it_is_released(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'crawler.db'}") as store:
        for number in range(3):
            now = NOW + timedelta(hours=number)
            store.quarantine(URL, "missing-date", f"seen {number}", run=f"run-{number}", now=now)
        store.quarantine("https://report.az/en/military/other", "empty-body", "", run="run-0", now=NOW)
        assert [(row.url, row.detail, row.run) for row in store.quarantined()] == [
            (URL, "seen 2", "run-2"),
            ("https://report.az/en/military/other", "", "run-0"),
        ]
        store.release(URL)
        assert [row.run for row in store.quarantined()] == ["run-0"]


def test_neither_reason_nor_detail_forges_a_path_or_a_header(tmp_path):
    error = PageError("missing-date", "31 June\r\nX-Quarantine-Reason: none\x1b[2J\u202e")
    error.reason = "../../etc/passwd"
    path = keep(tmp_path, PAGE, error, "run-1", NOW)
    assert path.parent == tmp_path / "quarantine"
    (page,) = listed(tmp_path)
    assert page.detail == "31 June X-Quarantine-Reason: none [2J"
    assert page.detail.isprintable()


def test_a_stranger_in_the_folder_is_left_out(tmp_path):
    keep(tmp_path, PAGE, refused(), "run-1", NOW)
    (tmp_path / "quarantine" / "notes-0123456789abcdef.warc.gz").write_bytes(b"no archive")
    (tmp_path / "quarantine" / "readme.txt").write_text("x")
    assert len(listed(tmp_path)) == 1
    assert listed(tmp_path / "elsewhere") == []
