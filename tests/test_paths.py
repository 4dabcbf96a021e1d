"""What is written stands under DATA_DIR, whatever pages, archives, records and names say; what is read, a person names."""

from __future__ import annotations

import io
import json

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.extensions.quarantine import keep
from crawler.pages import Page, PageError
from tests.crawls import ROOT, crawl
from tests.extensions.test_quarantine import NOW

CLIMBING = [
    "../../../outside",
    "/outside",
    "file:///outside",
    "https://report.az/en/military/../../../../../outside",
    "https://report.az/en/military/..%2f..%2f..%2foutside",
    "https://report.az/../outside\x00.html",
    "https://example.org/../../outside",
    "https://example.org\\..\\..\\outside",
    "https://../../outside",
    "https://[outside/",
    "urn:sha256:../../outside",
    "<https://example.org/outside>",
    "",
]


@pytest.fixture
def jail(tmp_path):
    """A folder that stands deep enough for everything that climbs out of it to be seen."""
    folder = tmp_path / "one" / "two" / "three" / "data"
    folder.mkdir(parents=True)
    return folder


def outside(jail, tmp_path):
    """What stands beside the folder, and at the root of this checkout."""
    found = {path for path in tmp_path.rglob("*") if jail not in path.parents}
    return found | set(ROOT.iterdir()) | set(ROOT.parent.glob("*outside*")) | set(ROOT.glob("*/*outside*"))


def warc(path):
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url in CLIMBING:
            for body in (
                b"<html><body>nothing</body></html>",
                f"<html lang='en'><body><h1>{url}</h1></body></html>".encode(),
            ):
                http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
                record = writer.create_warc_record(
                    "https://example.org/", "response", payload=io.BytesIO(body), length=len(body), http_headers=http
                )
                record.rec_headers.replace_header("WARC-Target-URI", url)
                writer.write_record(record)


def page(url):
    head = f"<link rel='canonical' href='{url}'><meta property='og:url' content='{url}'><title>{url}</title>"
    return f"<html lang='en'><head>{head}</head><body><h1>{url}</h1><p>Nothing.</p></body></html>"


def test_nothing_in_an_archive_is_written_elsewhere(jail, tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    warc(files / "pages.warc.gz")
    for number, url in enumerate(CLIMBING):
        (files / f"{number}.html").write_text(page(url).replace("\x00", ""))
    text = "The Minister of Defense of Azerbaijan met the Minister of Defense of Georgia in Baku on May 4, 2026."
    records = [
        {"url": url, "text": text, "headline": url, "outlet": url, "published": "2026-05-04", "lang": lang}
        for url in CLIMBING
        for lang in ("en", "../../outside")
    ]
    (files / "records.jsonl").write_text("\n".join(json.dumps(record) for record in records))
    before = outside(jail, tmp_path)
    ended = crawl("", jail, "archive", "-a", f"path={files}")
    assert ended.returncode in {4, 6}, ended.stdout + ended.stderr[-3000:]
    assert "Traceback" not in ended.stderr
    assert "archive/skipped/bad-line" in ended.stats
    assert "archive/skipped/bad-address" in ended.stats
    assert (jail / "meetings.jsonl").exists()
    assert outside(jail, tmp_path) == before
    assert {path.parent.name for path in jail.rglob("*.warc.gz")} <= {"quarantine"}


@pytest.mark.parametrize("url", [url for url in CLIMBING if url.startswith("http")])
def test_a_quarantined_page_has_a_name_without_a_path(url, jail, tmp_path):
    before = outside(jail, tmp_path)
    try:
        path = keep(jail, Page(url, b"<h1>x</h1>", "text/html"), PageError("missing-date"), "run", NOW)
    except ValueError:
        return  # no address
    assert path.parent == jail / "quarantine"
    assert outside(jail, tmp_path) == before


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(jail, tmp_path):
    text = tmp_path / "records.jsonl"
    text.write_text(json.dumps({"url": "https://example.org/1", "text": "An exercise was held in Baku.", "lang": "en"}))
    assert crawl("", jail, "archive", "-a", f"path={text}").returncode == 0
    stranger = tmp_path / "stranger"
    stranger.write_text("kept")
    for name in ("meetings.jsonl", "meetings.schema.json"):
        (jail / name).unlink()
        (jail / name).symlink_to(stranger)
    assert crawl("", jail, "archive", "-a", f"path={text}").returncode == 0
    assert stranger.read_text() == "kept"
    assert not (jail / "meetings.jsonl").is_symlink()


@pytest.mark.parametrize(
    "name", ["../outside", "/outside", "report/../../outside", "report\x2foutside", ".", "..", "r*"]
)
def test_a_source_is_a_known_name(name, jail, tmp_path):
    before = outside(jail, tmp_path)
    ended = crawl("", jail, name, "-s", "CONTACT=test@example.org")
    assert ended.returncode == 2
    assert "unknown source" in ended.stderr
    assert outside(jail, tmp_path) == before
    assert list(jail.iterdir()) == []


@pytest.mark.parametrize(
    "argument", ["urls=/", "urls=../outside", "path=../outside", "langs=../outside", "since=../outside"]
)
def test_an_argument_that_is_no_file_or_value_ends_the_run_before_it_begins(argument, jail, tmp_path):
    source = "archive" if argument.startswith("path") else "report"
    before = outside(jail, tmp_path)
    ended = crawl("", jail, source, "-a", argument, "-s", "CONTACT=test@example.org")
    assert ended.returncode == 2, ended.stderr
    assert outside(jail, tmp_path) == before
    assert list(jail.iterdir()) == []
