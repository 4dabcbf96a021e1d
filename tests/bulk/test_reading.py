"""One archive to a part: whole or not at all, read once, by this program as it is now. Needs no Spark."""

from __future__ import annotations

import http.server
import json
import threading

import pyarrow.parquet as pq
import pytest

from crawler.bulk import archives
from crawler.bulk.archives import Part, in_order, read_archive, read_stream
from crawler.bulk.places import absolute, for_spark, identities, names, reading, writing
from crawler.spiders.files import expand
from tests.pages.warc_files import CC_NEWS, response

PAGE = b"""<html lang="en"><head><title>Ministers meet</title>
<meta property="og:title" content="Azerbaijani, Jordanian defense ministers hold talks">
<meta property="article:published_time" content="2026-03-12T09:00:00+04:00"></head><body><article>
<h1>Azerbaijani, Jordanian defense ministers hold talks</h1>
<p>Azerbaijan's Minister of Defense, Colonel General Zakir Hasanov, met on March 11 in Baku with a delegation led by
Jordan's Minister of Defense, Lieutenant General Faris Al-Majali. Military education was discussed at length.</p>
<p>The ministers spoke of exercises, of officers' training and of the cooperation of both countries' industries.</p>
</article></body></html>"""
OTHER = b"""<html lang="en"><head><title>Cup</title><meta property="og:title" content="Local club wins the cup">
<meta property="article:published_time" content="2026-03-12T09:00:00+04:00"></head><body><article>
<h1>Local club wins the cup</h1><p>The club won the final by two goals to one in front of a full stadium on Sunday.</p>
<p>Its coach praised the young players, who had trained through the whole winter for this match.</p>
</article></body></html>"""


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "in" / "CC-NEWS-20260312000000-00001.warc.gz"
    path.parent.mkdir()
    path.write_bytes(
        b"".join(
            response(url, body, layout=CC_NEWS)
            for url, body in (("https://example.org/1", PAGE), ("https://news.example.com/2", OTHER))
        )
    )
    return path


def part_of(archive, tmp_path):
    (part,) = Part.of([str(archive)], str(tmp_path / "work"))
    return part


def test_a_part_has_a_row_an_article_and_only_meetings_keep_their_text(archive, tmp_path):
    part = part_of(archive, tmp_path)
    assert not names(f"{tmp_path}/work/done")
    counts = read_archive(part)
    assert names(f"{tmp_path}/work/done") == {part.marker.rpartition("/")[2]}
    assert part.counts() == counts
    assert (counts["article"], counts["mention"], counts["page"]) == (2, 1, 2)
    told, other = pq.read_table(part.readings).to_pylist()
    assert (told["url"], told["number"], told["file"]) == ("https://example.org/1", 1, str(archive))
    assert json.loads(told["mentions"])[0]["countries"] == ["AZ", "JO"]
    assert (other["article"], other["mentions"], other["number"]) == (None, None, 2)
    assert other["content"] != told["content"]


def test_only_the_hosts_that_are_asked_for_are_read(archive, tmp_path):
    counts = read_archive(part_of(archive, tmp_path), frozenset({"example.com"}))
    assert (counts["article"], counts["passed-over/other-host"]) == (1, 1)


def test_another_archive_or_another_program_is_another_part(archive, tmp_path, monkeypatch):
    before = part_of(archive, tmp_path)
    assert part_of(archive, tmp_path) == before
    monkeypatch.setattr(archives, "program", lambda: "another")
    assert part_of(archive, tmp_path).marker != before.marker
    monkeypatch.undo()
    with archive.open("ab") as file:
        file.write(response("https://example.org/3", PAGE))
    assert part_of(archive, tmp_path).marker != before.marker


def test_a_fault_of_the_program_is_a_row_and_not_the_end(archive, monkeypatch):
    def fail(_article):
        raise RecursionError("too deep")

    monkeypatch.setattr(archives, "read_mentions", fail)
    faults = []
    with archive.open("rb") as stream:
        counts = read_stream(stream, "x", frozenset(), [], faults)
    assert counts["fault/program-error"] == 2
    assert faults[0]["detail"] == "RecursionError: too deep"


def test_what_is_cut_off_on_its_way_leaves_no_part(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(archives.time, "sleep", lambda _seconds: None)
    part = part_of(archive, tmp_path)
    asked = []

    def broken(place):
        asked.append(place)
        raise OSError("the connection ended too early")

    monkeypatch.setattr(archives, "reading", broken)
    assert read_archive(part) == {"archive/unread": 1}
    assert len(asked) == 3
    assert not names(f"{tmp_path}/work/done")
    assert not list((tmp_path / "work").rglob("*.parquet"))


class Handler(http.server.BaseHTTPRequestHandler):
    content = b""
    announced = 0

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(self.announced))
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def web():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/a.warc.gz"
        server.shutdown()
        thread.join()


def test_archives_are_read_over_http_and_an_early_end_is_an_error(archive, tmp_path, web, monkeypatch):
    monkeypatch.setattr(archives.time, "sleep", lambda _seconds: None)
    Handler.content = archive.read_bytes()
    Handler.announced = len(Handler.content)
    part = part_of(web, tmp_path)
    assert read_archive(part)["article"] == 2
    Handler.announced += 1
    with reading(web) as stream, pytest.raises(OSError, match="1 bytes too early"):
        while stream.read(1000):
            pass
    assert read_archive(part_of(web + "?again", tmp_path)) == {"archive/unread": 1}


def test_archives_are_taken_in_the_order_of_the_crawler(tmp_path):
    names = ("b/1.warc", "b.x/1.warc", "a/2.warc.gz", "a/10.warc.gz", "a.warc")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    expected = [str(path) for path in expand(str(tmp_path))]
    assert list(in_order([str(tmp_path / name) for name in names])) == expected


def test_names_of_places(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert absolute("out") == str(tmp_path / "out")
    assert absolute("s3://bucket/out") == "s3://bucket/out"
    assert for_spark("s3://bucket/out") == "s3a://bucket/out"
    assert for_spark("/srv/out") == "file:///srv/out"


def test_an_archive_that_is_not_there_is_named(archive, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no file .*missing"):
        identities([str(archive), "https://example.org/a.warc.gz", str(tmp_path / "missing")])


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    def torn():
        with writing(str(tmp_path / "x")) as file:
            file.write(b"half")
            raise ValueError("killed")

    with pytest.raises(ValueError, match="killed"):
        torn()
    assert not list(tmp_path.iterdir())
