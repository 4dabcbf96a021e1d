"""``-O``, ``-o`` and FEEDS: each usual form is usable or refused by name before anything is crawled."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import lzma

import pytest
from lxml import etree

from tests.crawls import crawl, scrapy
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.replica.stories import load_stories
from tests.test_crawl_archive import GOOD, RUSSIAN

OTHER = GOOD | {
    "url": "https://example.org/2",
    "headline": "=Azerbaijani, Latvian defense ministers meet",
    "text": "Azerbaijan's Minister of Defense, Colonel General Zakir Hasanov, met on April 2 in Baku with Latvia's Minister "
    "of Defense, Andris Spruds. Training & <exercises> were discussed.",
}
NOTHING = GOOD | {
    "url": "https://example.org/3",
    "headline": "Roads are repaired",
    "text": "Roads are repaired in Baku.",
}


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in (GOOD, RUSSIAN, OTHER)), "utf-8")
    return path


@pytest.fixture
def run(articles, tmp_path):
    """Return a function that reads articles into a store, with any options, and gives the process."""

    def archive(*options, path=articles):
        return scrapy("crawl", "archive", "-a", f"path={path}", "-s", f"DATA_DIR={tmp_path / 'data'}", *options)

    return archive


def feed(tmp_path):
    return [json.loads(line) for line in (tmp_path / "data" / "meetings.jsonl").read_bytes().splitlines()]


def as_json(element):
    """The value that an element of the XML feed stands for, as far as XML tells: texts, and nothing for null."""
    if not len(element):
        return element.text or None
    if {child.tag for child in element} == {"value"}:
        return [as_json(child) for child in element]
    return {child.tag: as_json(child) for child in element}


def as_texts(value):
    """The same of a JSON value."""
    if isinstance(value, dict):
        return {key: as_texts(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_texts(part) for part in value] or None
    return value if value is None else str(value).lower() if isinstance(value, bool) else str(value) or None


def test_csv_is_that_of_export(run, tmp_path):
    assert run("-O", f"{tmp_path}/x.csv").returncode == 0
    assert scrapy("export", f"{tmp_path}/y.csv", "-s", f"DATA_DIR={tmp_path / 'data'}").returncode == 0
    written = (tmp_path / "x.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfid,")
    assert b"'=Azerbaijani" in written
    assert written == (tmp_path / "y.csv").read_bytes()


def test_json_and_xml_are_nested_like_the_lines(run, tmp_path):
    assert run("-O", f"{tmp_path}/x.json").returncode == 0
    assert json.loads((tmp_path / "x.json").read_text("utf-8")) == feed(tmp_path)
    assert run("-O", f"{tmp_path}/x.xml").returncode == 0
    items = etree.parse(tmp_path / "x.xml").getroot()
    assert [as_json(item) for item in items] == [as_texts(meeting) for meeting in feed(tmp_path)]


@pytest.mark.parametrize("form", ["jsonl", "json", "xml", "csv"])
def test_appending_leaves_the_file_whole(run, tmp_path, form):
    path = tmp_path / f"x.{form}"
    for runs in (1, 2, 3):
        ended = run("-o", str(path))
        assert ended.returncode == 0, ended.stderr[-3000:]
        match form:
            case "jsonl":
                ids = [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]
            case "json":
                ids = [meeting["id"] for meeting in json.loads(path.read_text("utf-8"))]
            case "xml":
                ids = etree.parse(path).getroot().xpath("item/id/text()")
            case "csv":
                ids = [row["id"] for row in csv.DictReader(path.read_text("utf-8-sig").splitlines())]
        assert ids == [meeting["id"] for meeting in feed(tmp_path)] * runs


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.json", b'{"id": 1}', "no JSON array"),
        ("x.json", b"[torn", "nothing can be appended"),
        ("x.xml", b"<feed/>", "no XML of <items>"),
        ("x.xml", b"<items>", "no XML"),
        ("x.csv", b"id,name\r\n1,2\r\n", "other columns"),
    ],
    ids=["no-array", "torn", "another-root", "unended", "other-columns"],
)
def test_nothing_is_appended_to_another_file(run, tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    ended = run("-o", str(path))
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "-O" in ended.stderr
    assert path.read_bytes() == content
    assert not (tmp_path / "data").exists()


def test_feeds_with_options(run, tmp_path):
    ended = run(
        "-s",
        "FEEDS="
        + json.dumps(
            {
                f"{tmp_path}/short.jsonl": {"fields": ["id", "date"]},
                f"{tmp_path}/titled.csv": {"fields": {"date": "Day", "headline": "Headline"}},
                f"{tmp_path}/part-%(batch_id)d.json": {"batch_item_count": 1},
                f"{tmp_path}/%(name)s.xml": {"indent": 2, "item_export_kwargs": {"root_element": "meetings"}},
                f"file://{tmp_path}/a%20b.json": {"indent": 2, "overwrite": True},
                f"{tmp_path}/x.json.gz": {
                    "format": "json",
                    "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
                    "gzip_compresslevel": 5,
                },
                f"{tmp_path}/x.csv.bz2": {
                    "format": "csv",
                    "postprocessing": ["scrapy.extensions.postprocessing.Bz2Plugin"],
                },
                f"{tmp_path}/x.jsonl.xz": {
                    "format": "jsonl",
                    "postprocessing": ["scrapy.extensions.postprocessing.LZMAPlugin"],
                },
                f"{tmp_path}/none.jsonl": {"item_classes": ["crawler.items.Article"], "store_empty": False},
                f"{tmp_path}/all.jsonl": {"item_classes": ["crawler.items.Meeting"]},
            }
        ),
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    all_ = feed(tmp_path)
    short = [json.loads(line) for line in (tmp_path / "short.jsonl").read_text("utf-8").splitlines()]
    assert short == [{"id": meeting["id"], "date": meeting["date"]} for meeting in all_]
    rows = list(csv.reader((tmp_path / "titled.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Day", "Headline"]
    assert [row[0] for row in rows[1:]] == [meeting["date"] for meeting in all_]
    parts = [json.loads((tmp_path / f"part-{number}.json").read_text("utf-8")) for number in (1, 2)]
    assert parts == [[meeting] for meeting in all_]
    root = etree.parse(tmp_path / "archive.xml").getroot()
    assert (root.tag, len(root)) == ("meetings", 2)
    assert json.loads((tmp_path / "a b.json").read_text("utf-8")) == all_
    assert json.loads(gzip.decompress((tmp_path / "x.json.gz").read_bytes())) == all_
    assert bz2.decompress((tmp_path / "x.csv.bz2").read_bytes()).startswith(b"\xef\xbb\xbfid,")
    assert len(lzma.decompress((tmp_path / "x.jsonl.xz").read_bytes()).splitlines()) == 2
    assert not (tmp_path / "none.jsonl").exists()
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("x.jsonl", {"colour": "red"}, "option 'colour' is not known"),
        ("x.jsonl", {"uri_params": "tests.nothing"}, "option 'uri_params' is not known"),
        ("x.json", {"fields": ["title"]}, "unknown field 'title'"),
        ("x.csv", {"fields": ["place"]}, "unknown field 'place'"),
        ("x.json", "json", "its options are a mapping"),
        ("x.json", {"fields": "id,date"}, "a list of names"),
        ("x-%(batch_id)d.json", {"batch_item_count": "many"}, "a number is expected"),
        ("x.json", {"encoding": "cp1251"}, "UTF-8"),
        ("x.json", {"batch_item_count": 5}, "%(batch_id)d"),
        ("x-%(country)s.json", {}, "%(country)s is not known"),
        ("x", {}, "unknown format ''"),
        ("x.pickle", {}, "unknown format 'pickle'"),
        ("x.csv", {"item_export_kwargs": {"delimiter": ";"}}, "delimiter"),
        ("x.json", {"postprocessing": ["nothing.Here"]}, "nothing"),
        ("x.json", {"item_filter": "nothing.Here"}, "nothing"),
    ],
)
def test_what_cannot_be_written_is_refused_by_name(run, tmp_path, name, options, words):
    ended = run("-s", "FEEDS=" + json.dumps({f"{tmp_path}/{name}": options}))
    assert ended.returncode == 2, ended.stderr[-3000:]
    assert f"feed {tmp_path}/{name}: " in ended.stderr
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_other_places_are_refused_with_the_way_to_go(run, tmp_path):
    ended = run("-O", "s3://bucket/x.jsonl")
    assert ended.returncode == 2
    assert "DELIVERIES" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_a_compressed_feed_grows_by_lines_only(run, tmp_path):
    packed = {"postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}
    for form, code in (("jsonl", 0), ("json", 2)):
        path = tmp_path / f"x.{form}.gz"
        asked = ("-s", "FEEDS=" + json.dumps({str(path): packed | {"format": form}}))
        assert run(*asked).returncode == 0
        assert run(*asked).returncode == code
    assert len(gzip.decompress((tmp_path / "x.jsonl.gz").read_bytes()).splitlines()) == 4


# --- a file that is there ---


@pytest.fixture(scope="module")
def replica():
    with Replica([story for story in load_stories() if story.id == "bilateral-china-minister"]) as running:
        yield running


@pytest.mark.parametrize("name", ["x.jsonl", "x.json", "x.xml", "x.csv"])
@pytest.mark.parametrize(
    ("fault", "code"),
    [(Fault(kind="status", code=403), 3), (Fault(kind="disconnect"), 5)],
    ids=["blocked", "unreachable"],
)
def test_a_run_that_could_read_nothing_leaves_the_file(replica, tmp_path, name, fault, code):
    path = tmp_path / name
    path.write_text("what an earlier run read\n")
    replica.faults.append(fault)
    try:
        ended = crawl(replica.url, tmp_path / "data", "report", "-O", str(path), "-s", "RETRY_TIMES=0")
    finally:
        replica.faults.clear()
    assert ended.returncode == code, ended.stderr[-3000:]
    assert path.read_text() == "what an earlier run read\n"
    assert f"{path} is left as it was: the run read no meeting and is not done" in ended.stderr


def test_a_run_that_read_all_and_found_nothing_says_so_in_the_file(run, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text("what an earlier run read\n")
    (tmp_path / "nothing.jsonl").write_text(json.dumps(NOTHING))
    assert run("-O", str(path), path=tmp_path / "nothing.jsonl").returncode == 0
    assert path.read_text() == ""
