"""Pages out of WARC files: other people's layouts, and every kind of damage, none of which hides what follows."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest

from crawler.pages import Page
from crawler.pages.archives import MAX_PAGE, Unreadable, passed_over, records
from crawler.pages.gzip_members import members
from tests.pages.warc_files import CC_NEWS, OWN, response, warcinfo

HTML = b"<html><body><p>An article.</p></body></html>"


def read(*blocks: bytes):
    return list(records(io.BytesIO(b"".join(blocks))))


def outcomes(*blocks: bytes):
    return [record.content.reason if isinstance(record.content, Unreadable) else record.url for record in read(*blocks)]


GOOD = response("https://example.org/good", HTML)
AFTER = response("https://example.org/after", HTML)
SEEN = ["https://example.org/good", "https://example.org/after"]


@pytest.mark.parametrize("layout", [OWN, CC_NEWS])
def test_both_layouts_give_the_page_its_moment_and_its_place(layout):
    head = warcinfo() if layout is CC_NEWS else b""
    (record,) = read(head, response("https://example.org/1", HTML, layout=layout, date="2021-06-01T01:15:37Z"))
    assert record.content == Page("https://example.org/1", HTML, "text/html; charset=utf-8")
    assert record.captured.isoformat() == "2021-06-01T01:15:37+00:00"
    assert record.offset >= len(head)


def test_requests_revisits_and_other_statuses_are_passed_over():
    assert outcomes(response("https://example.org/x", HTML, status="404 Not Found"), GOOD) == SEEN[:1]


def test_old_cc_news_says_gzip_and_means_plain():
    block = response(
        "https://example.org/good", HTML, headers=[("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    )
    (record,) = read(block)
    assert record.content.body == HTML


def test_http_2_is_read():
    assert outcomes(response("https://example.org/good", HTML, protocol="HTTP/2")) == SEEN[:1]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (GOOD[: len(GOOD) // 2], "broken-member"),
        (GOOD[:60] + bytes(40) + GOOD[100:], "broken-member"),
        (b"\x00" * 300, "broken-member"),
        (response("https://example.org/x", HTML, protocol="ICY"), "bad-http-header"),
        (response("https://example.org/x", HTML, status="two hundred"), "bad-http-header"),
        (response("https://", HTML), "bad-address"),
        (response("https://example.org/x", HTML, warc=[("WARC-Truncated", "length")]), "truncated-capture"),
        (response("https://example.org/x", HTML, warc=[("WARC-Date", "yesterday")]), "bad-warc-header"),
        (response("https://example.org/x", HTML, length=len(HTML) + 400), "truncated-record"),
        (response("https://example.org/x", HTML, length=80), "wrong-length"),
        (
            response("https://example.org/x", gzip.compress(HTML)[:-12], headers=[("Content-Encoding", "gzip")]),
            "bad-body",
        ),
        (response("https://example.org/x", bytes(MAX_PAGE + 1)), "record-too-large"),
        (response("https://example.org/x", bytes(MAX_PAGE * 2)), "record-too-large"),
        (gzip.compress(b"nothing of the kind\r\n\r\n"), "bad-warc-header"),
    ],
    # not the bytes, which hold gzip's clock
    ids=lambda value: value if isinstance(value, str) else "archive",
)
def test_damage_is_named_and_what_follows_is_read(bad, reason):
    found = outcomes(GOOD, bad, AFTER)
    assert found == [SEEN[0], reason, SEEN[1]]


def test_a_torn_end_is_named():
    assert outcomes(GOOD, AFTER[:-30]) == [SEEN[0], "truncated-member"]


def test_uncompressed_archives_are_read_too():
    plain = zlib.decompress(GOOD, 31) + zlib.decompress(AFTER, 31)
    assert outcomes(plain) == SEEN
    assert read(plain)[1].offset == len(zlib.decompress(GOOD, 31))


def test_several_records_in_one_member_are_read():
    assert outcomes(gzip.compress(zlib.decompress(GOOD, 31) + zlib.decompress(AFTER, 31))) == SEEN


def test_no_archive_is_named():
    assert outcomes(b"nothing of the kind") == ["unreadable-file"]
    assert outcomes(b"") == []


def test_what_is_no_text_is_passed_over():
    assert passed_over(Page("https://example.org/1", b"", "application/pdf")) == "no-text"
    assert passed_over(Page("https://report.az/en/military", b"", "text/html")) == "no-article"
    assert passed_over(Page("https://example.org/1", b"", "TEXT/HTML; charset=x")) is None
    assert passed_over(Page(None, b"", None)) is None


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_members_are_found_again_wherever_one_is_torn(cut):
    torn = GOOD[: len(GOOD) * cut // 40]
    found = list(members(io.BytesIO(torn + AFTER), MAX_PAGE))
    assert [member.content for member in found if not member.fault] == [zlib.decompress(AFTER, 31)]
    assert found[-1].offset == len(torn)
