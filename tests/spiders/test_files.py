from __future__ import annotations

import gzip
import io
import json
import tracemalloc

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.pages import Page
from crawler.spiders.files import TextRecord, Unreadable, documents, expand


def lines(tmp_path, *rows):
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows))
    return path


def test_a_text_record_with_everything(tmp_path):
    record = {
        "url": "https://example.org/1",
        "text": "T",
        "headline": "H",
        "lang": "az",
        "published": "2026-02",
        "outlet": "O",
        "x": 1,
    }
    (document,) = documents(lines(tmp_path, record))
    assert document.content == TextRecord(
        url="https://example.org/1", text="T", headline="H", lang="az", published="2026-02", outlet="O"
    )


def test_nulls_and_missing_keys_are_the_same(tmp_path):
    rows = [
        {"url": "https://example.org/1", "text": "T"},
        {"url": "https://example.org/1", "text": "T", "lang": None, "headline": None},
    ]
    first, second = documents(lines(tmp_path, *rows))
    assert first.content == second.content


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (b'{"url": "https://example.org/1", "text": ', "not JSON"),
        (b'\xff\xfe{"url"', "not JSON"),
        (b"[1]", "object"),
        ({"text": "T"}, "'url'"),
        ({"url": "https://example.org/1", "text": "  "}, "'text'"),
        ({"url": "example.org", "text": "T"}, "absolute"),
        ({"url": "https://example.org/1", "text": "T", "lang": "fr"}, "'lang'"),
        ({"url": "https://example.org/1", "text": "T", "published": 20260206}, "'published'"),
    ],
)
def test_a_bad_line_is_named_and_the_next_one_read(tmp_path, row, words):
    bad, good = documents(lines(tmp_path, row, {"url": "https://example.org/2", "text": "T"}))
    assert isinstance(bad.content, Unreadable)
    assert bad.content.reason == "bad-line"
    assert words in bad.content.detail
    assert bad.origin.endswith("articles.jsonl, line 1")
    assert isinstance(good.content, TextRecord)


def test_pages_and_captures(tmp_path):
    (tmp_path / "a.html").write_bytes(b"<html></html>")
    (tmp_path / "b.txt").write_bytes(b"text")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    contents = [document.content for path in expand(str(tmp_path)) for document in documents(path)]
    assert [(page.body, page.content_type) for page in contents if isinstance(page, Page)] == [
        (b"<html></html>", "text/html"),
        (b"text", "text/plain"),
    ]


def test_only_good_responses_of_a_warc(tmp_path):
    path = tmp_path / "pages.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for status in ("200 OK", "404 Not Found"):
            headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                "https://report.az/en/military/x", "response", io.BytesIO(b"body"), length=4, http_headers=headers
            )
            writer.write_record(record)
    (document,) = documents(path)
    assert document.content == Page(url="https://report.az/en/military/x", body=b"body", content_type="text/html")


def test_a_file_that_is_no_warc_is_named(tmp_path):
    path = tmp_path / "pages.warc"
    path.write_bytes(b"nothing of the kind")
    (document,) = documents(path)
    assert isinstance(document.content, Unreadable)


def test_globs_and_unknown_paths(tmp_path):
    lines(tmp_path, {"url": "https://example.org/1", "text": "T"})
    assert [path.name for path in expand(f"{tmp_path}/*.jsonl")] == ["articles.jsonl"]
    with pytest.raises(FileNotFoundError, match="no file"):
        expand(f"{tmp_path}/missing.jsonl")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="holds no"):
        expand(f"{tmp_path}/empty")


def test_packed_files_of_a_folder_are_named(tmp_path):
    (tmp_path / "articles.jsonl.gz").write_bytes(gzip.compress(b"{}", mtime=0))
    (tmp_path / "crawl.warc.gz").write_bytes(b"")
    (tmp_path / "photos.tar.gz").write_bytes(b"")
    found = expand(str(tmp_path))
    assert [file.name for file in found] == ["articles.jsonl.gz", "crawl.warc.gz"]
    (document,) = documents(found[0])
    assert isinstance(document.content, Unreadable)
    assert document.content.reason == "unknown-form"
    assert "packed, unpack it first" in document.content.detail


def test_what_is_larger_than_a_page_is_named_and_the_rest_read(tmp_path):
    large = tmp_path / "large.jsonl"
    good = json.dumps({"url": "https://example.org/2", "text": "T"}).encode()
    large.write_bytes(b'{"url": "' + b"x" * (17 * 2**20) + b'"}\n' + good + b"\n")
    bad, read = documents(large)
    assert bad.content == Unreadable("too-large", "larger than 16 MiB")
    assert (read.origin, read.content.url) == (f"{large}, line 2", "https://example.org/2")


def test_a_bomb_in_a_warc_is_not_unpacked_whole(tmp_path):
    path = tmp_path / "bomb.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, size in ((1, 2**27), (2, 10)):
            body = gzip.compress(b" " * size)
            headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
            http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            payload = {"payload": io.BytesIO(body), "length": len(body), "http_headers": http}
            writer.write_record(writer.create_warc_record(f"https://example.org/{number}", "response", **payload))
    tracemalloc.start()
    bomb, page = (document.content for document in documents(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert bomb.reason == "record-too-large"
    assert page.body == b" " * 10
    assert peak < 2**26


@pytest.mark.parametrize(
    "values",
    [
        {"url": "urn:sha256:../../outside"},
        {"url": "urn:sha256:" + "0" * 63},
        {"url": "HTTPS://example.org/1"},
        {"url": "https://example.org/\x00"},
        {"url": "https://example.org/\n2026"},
        {"url": "https://[example"},
        {"text": "half of a pair \ud83d"},
        {"headline": "\udc00"},
    ],
)
def test_what_no_record_of_a_meeting_can_hold_is_refused_at_once(tmp_path, values):
    (document,) = documents(lines(tmp_path, {"url": "https://example.org/1", "text": "T", **values}))
    assert isinstance(document.content, Unreadable)
    assert document.content.reason == "bad-line"
