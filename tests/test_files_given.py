"""Files that people give, as they save them: archives, lists of addresses, decisions. What cannot be used is named."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests import manual
from tests.crawls import crawl, meetings, scrapy
from tests.replica.server import Replica
from tests.replica.stories import load_stories
from tests.test_crawl_archive import GOOD, RUSSIAN

STORIES = [story for story in load_stories() if story.id in {"bilateral-slovakia-minister", "bilateral-china-minister"}]
SLOVAKIA, CHINA = (next(article.url for article in story.articles if "azernews.az" in article.url) for story in STORIES)
REPORT = next(article.url for story in STORIES for article in story.articles if "report.az" in article.url)


@pytest.fixture(scope="module")
def replica():
    with Replica(STORIES, background=False) as running:
        yield running


def lines(*records):
    return "".join(f"{record if isinstance(record, str) else json.dumps(record)}\n" for record in records).encode()


def warc(*bodies, cut=None):
    """A compressed archive of pages, cut off after so many bytes."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for number, body in enumerate(bodies):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/plain; charset=utf-8")], protocol="HTTP/1.1")
        url = f"https://example.org/{number}"
        payload = {"payload": io.BytesIO(body), "length": len(body), "http_headers": http}
        writer.write_record(writer.create_warc_record(url, "response", **payload))
    return file.getvalue()[:cut]


def archive(tmp_path, name="articles.jsonl", *, content=None, **limits):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    return crawl("", tmp_path / "data", "archive", "-a", f"path={tmp_path / name}", **limits)


# --- archives ---


def test_a_bad_line_is_named_and_the_run_is_incomplete(tmp_path):
    ended = archive(tmp_path, content=lines(GOOD, "not json"))
    manual.check("bad-line", ended, folder=tmp_path)
    assert len(meetings(tmp_path / "data")) == 1
    (manifest,) = (tmp_path / "data").glob("runs/*/manifest.json")
    part = json.loads(manifest.read_text("utf-8"))["sources"]["archive"]
    assert (part["verdict"], part["counts"]["skipped"]) == ("incomplete", 1)
    assert part["figures"]["archive_skipped"] == {"bad-line": 1}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nested.jsonl", lines(GOOD, "[" * 5000), "bad-line (1)"),
        ("utf16.jsonl", lines(GOOD).decode().encode("utf-16"), "unreadable-file (1)"),
        ("mac.jsonl", lines(GOOD, RUSSIAN).strip().replace(b"\n", b"\r"), "bad-line (1)"),
        ("many.jsonl", lines(*["no json"] * 99, GOOD), "bad-line (99)"),
        ("packed.jsonl.gz", gzip.compress(lines(GOOD), mtime=0), "unknown-form (1)"),
        ("torn.warc.gz", warc(GOOD["text"].encode(), bytes(range(32, 127)) * 40, cut=-30), "truncated-member (1)"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_what_cannot_be_read_makes_the_run_incomplete(tmp_path, name, content, said):
    ended = archive(tmp_path, name, content=content)
    assert ended.returncode == 6, ended.stderr[-3000:]
    assert f"cannot be read: {said}) - " in ended.last_line
    assert ended.last_line.endswith("; next: correct what the log names, then run again")
    assert f"{tmp_path / name}" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(meetings(tmp_path / "data")) == (name in {"nested.jsonl", "many.jsonl"})


def test_a_file_that_may_not_be_read_is_named(tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    (files / "open.jsonl").write_bytes(lines(GOOD))
    (files / "closed.jsonl").write_bytes(lines(RUSSIAN))
    (files / "closed.jsonl").chmod(0)
    ended = archive(tmp_path, "files", modest=1)
    assert ended.returncode == 6
    assert "unreadable-file (1)" in ended.last_line
    assert f"{files / 'closed.jsonl'} is skipped: " in ended.stderr
    assert "1 article read (1 new), 1 meeting new" in ended.last_line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the archive holds nothing"),
        (b"\n\n", "the archive holds nothing"),
        (lines(GOOD | {"lang": None, "text": "Das Wetter wird gut."}), "no part of the archive is an article"),
    ],
    ids=["empty", "blank", "no-article"],
)
def test_an_archive_of_which_nothing_could_be_used_is_incomplete(tmp_path, content, said):
    ended = archive(tmp_path, content=content)
    assert ended.returncode == 6
    assert f"archive: incomplete ({said}) - 0 articles read" in ended.last_line


def test_a_byte_order_mark_is_no_part_of_a_record(tmp_path):
    assert archive(tmp_path, content=b"\xef\xbb\xbf" + lines(GOOD)).returncode == 0


def test_a_window_that_leaves_everything_out_is_no_fault(tmp_path):
    (tmp_path / "articles.jsonl").write_bytes(lines(GOOD))
    arguments = ("-a", f"path={tmp_path / 'articles.jsonl'}", "-a", "since=2026-11-01")
    assert crawl("", tmp_path / "data", "archive", *arguments).returncode == 0


@pytest.mark.parametrize("argument", ["urls=articles.jsonl", "max_pages=1"])
def test_an_archive_takes_no_arguments_of_sites(tmp_path, argument):
    (tmp_path / "articles.jsonl").write_bytes(lines(GOOD))
    (tmp_path / "urls.txt").write_text(REPORT)
    argument = argument.replace("articles.jsonl", str(tmp_path / "urls.txt"))
    ended = crawl("", tmp_path / "data", "archive", "-a", f"path={tmp_path / 'articles.jsonl'}", "-a", argument)
    assert ended.returncode == 2
    assert "are for sites: an archive is read as a whole" in ended.stderr


# --- lists of addresses ---


def listed(replica, tmp_path, content, *sources):
    (tmp_path / "addresses.txt").write_bytes(content)
    arguments = ("-a", f"urls={tmp_path / 'addresses.txt'}")
    return crawl(replica.url, tmp_path / "data", *(sources or ("azernews",)), *arguments)


TWO = f"{SLOVAKIA}\r\n{CHINA}\r\n"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + TWO.encode(),
        TWO.encode("utf-16"),
        b"\xfe\xff" + TWO.encode("utf-16-be"),
        f'url\n"{SLOVAKIA}"\n"{CHINA}"\n'.encode(),
        f"<{SLOVAKIA}>\n«{CHINA}»,\n".encode(),
        f"# two of them\n\n{SLOVAKIA} # the first\n\t{CHINA}\t#second\n".encode(),
    ],
    ids=["utf-8-mark", "utf-16-le", "utf-16-be", "column", "brackets", "remarks"],
)
def test_a_list_is_read_as_people_save_it(replica, tmp_path, content):
    ended = listed(replica, tmp_path, content)
    assert ended.returncode == 0, ended.stderr
    assert "azernews: done - 2 articles read (2 new), 2 meetings new" in ended.last_line


def test_a_line_that_is_passed_over_is_named(replica, tmp_path):
    ended = listed(replica, tmp_path, f"{REPORT}\nreport.az/no-scheme\n".encode(), "report")
    manual.check("bad-address", ended, folder=tmp_path)


def test_lines_of_other_sources_are_named_unless_the_run_has_them(replica, tmp_path):
    content = f"{REPORT}\n{SLOVAKIA}\nhttps://example.org/1\n".encode()
    ended = listed(replica, tmp_path, content, "report")
    assert ended.returncode == 6
    assert [f"line {number}: " in ended.stderr for number in (1, 2, 3)] == [False, True, True]
    assert "2 lines of the address list passed over" in ended.last_line
    ended = listed(replica, tmp_path, content, "report", "azernews")
    assert ended.returncode == 6
    assert [ended.stderr.count(f"line {number}: ") for number in (1, 2, 3)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no line is the address of an article"),
        (b"# nothing yet\n", "no line is the address of an article"),
        (b"first\nsecond\n", "no line is the address of an article; line 2: not an absolute http(s) address: 'second'"),
        (f"{REPORT}\n".encode(), "no line is the address of an article of azernews"),
        (TWO.encode("utf-16-le"), "no line is the address of an article"),
        (b"https://report.az/\xe9\n", "can't decode byte 0xe9"),
    ],
    ids=["empty", "remark", "words", "other-source", "utf-16-unmarked", "latin-1"],
)
def test_a_list_of_which_nothing_could_be_used_is_wrong_usage(replica, tmp_path, content, said):
    ended = listed(replica, tmp_path, content)
    assert ended.returncode == 2, ended.stdout
    assert f"-a urls={tmp_path / 'addresses.txt'}: " in ended.stderr
    assert said in ended.stderr
    assert not (tmp_path / "data").exists()


# --- decisions ---

DECISION = f"""
[[not-a-meeting]]
report = "{GOOD["url"]}"
who = "A. Analyst"
when = 2026-03-13
why = "it was cancelled"
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_decisions_are_read_as_people_save_them(tmp_path, encoding):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "overrides.toml").write_bytes(DECISION.encode(encoding))
    ended = archive(tmp_path, content=lines(GOOD))
    assert ended.returncode == 0, ended.stderr
    assert meetings(tmp_path / "data") == []


def test_decisions_that_are_no_text_are_named(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "overrides.toml").write_bytes(DECISION.encode() + b"# \xe9")
    ended = archive(tmp_path, content=lines(GOOD))
    assert ended.returncode == 2
    assert f"{tmp_path / 'data' / 'overrides.toml'}: " in ended.stderr
    assert scrapy("explain", "m1", "-s", f"DATA_DIR={tmp_path / 'data'}").returncode == 2
