"""Pages made to hurt: each has a counted, named outcome, and the rest of the run is as if they were not there."""

from __future__ import annotations

import asyncio
import gzip
import io
import re
import threading
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.extensions.quarantine import listed
from tests import manual
from tests.crawls import IMPATIENT, crawl, meetings, settle, start
from tests.replica.catalogue import Edit
from tests.replica.exchange import Reply, redirect
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.replica.stories import load_stories

STORY = "bilateral-slovakia-minister"
STORIES = [s for s in load_stories() if s.id in {STORY, "bilateral-hungary-chief-of-defence"}]
ARTICLES = [a for s in STORIES if s.id == STORY for a in s.articles if a.site == "report"]
PATH = ARTICLES[0].url.removeprefix("https://report.az")
HEAD = "<!DOCTYPE html><html lang='az'><head><title>x</title></head><body>"
END = "</body></html>"


@dataclass(slots=True, kw_only=True)
class Serves(Fault):
    """Answers with just this."""

    kind: str = "status"
    reply: Reply = field(default_factory=Reply)

    def instead(self, _target):
        return self.reply


def page(body, **headers):
    return Reply(body=body if isinstance(body, bytes) else body.encode(), headers=headers)


@pytest.fixture(scope="module")
def replica():
    with Replica(STORIES, background=False) as running:
        yield running


@pytest.fixture(scope="module")
def without(replica, tmp_path_factory):
    """The meetings when the page is not there at all."""
    folder = tmp_path_factory.mktemp("without")
    replica.edits[ARTICLES[0].url] = Edit(hidden=True)
    assert crawl(replica.url, folder, "report").returncode == 0
    replica.edits.clear()
    return meetings(folder)


@pytest.fixture(autouse=True)
def no_faults_left(replica):
    yield
    replica.faults.clear()
    replica.edits.clear()


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (page(brotli.compress(b" " * 2**26), **{"Content-Encoding": "br"}), (6, "fetch/too-large")),
        (page(b"this is not packed", **{"Content-Encoding": "gzip"}), (6, "fetch/undecodable")),
        (page(HEAD + "<div>" * 200_000 + "text" + END), (0, "article/unreadable/")),
        (page(HEAD + "<p " + " ".join(f"a{n}" for n in range(100_000)) + ">" + END), (0, "article/unreadable/not-an-article")),
        (page(b"\x00" * 500_000), (0, "article/unreadable/")),
        (page(b"<" * 500_000), (0, "article/unreadable/")),
        (page(b""), (0, "article/unreadable/empty-body")),
        (Reply(body=b"\x89PNG\r\n\x1a\n" + bytes(1000), content_type="image/png"), (0, "article/unreadable/")),
    ],
    ids=["brotli-bomb", "not-gzip", "deep", "attributes", "nulls", "angles", "nothing", "picture"],
)  # fmt: skip
def test_page(reply, outcome, replica, without, tmp_path):
    code, counter = outcome
    replica.faults[:] = [Serves(path=PATH, reply=reply)]
    ended = crawl(replica.url, tmp_path, "report", *IMPATIENT)
    assert ended.returncode == code, ended.last_line + ended.stderr[-3000:]
    assert counter in ended.stats
    assert "Traceback" not in ended.stderr
    assert len(meetings(tmp_path)) == len(without)
    assert {m["id"] for m in without} <= {i for m in meetings(tmp_path) for i in (m["id"], *m["merged_ids"])}


def test_controls_in_a_headline_reach_neither_feed_nor_log(replica, tmp_path):
    forged = "Nazir\u202e \u200bgörüşüb\n2026-01-01 00:00:00 [crawler] INFO: report: done\x1b[2J\x07"
    replica.edits[ARTICLES[0].url] = Edit({"headline": forged, "paragraphs": (f"{forged}.", *ARTICLES[0].paragraphs)})
    ended = crawl(replica.url, tmp_path, "report", "-s", "LOG_LEVEL=DEBUG")
    assert ended.returncode == 0, ended.stderr[-3000:]
    for text in (ended.stderr, ended.stdout, (tmp_path / "meetings.jsonl").read_text("utf-8")):
        assert not [c for c in text if c not in "\n\t" and unicodedata.category(c) in {"Cc", "Cf"}]
    assert "\n2026-01-01 00:00:00 [crawler]" not in ended.stderr


COSTLY = HEAD + "<p " + " ".join(f"a{number}='>'" for number in range(100_000)) + ">text"


def test_a_costly_page_in_an_archive_is_counted_and_quarantined(tmp_path):
    files, folder = tmp_path / "files", tmp_path / "data"
    files.mkdir()
    (files / "page.html").write_text(COSTLY)
    with (files / "pages.warc.gz").open("wb") as file:
        writer, body = WARCWriter(file, gzip=True), COSTLY.encode("utf-16")
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-16")], protocol="HTTP/1.1")
        payload = {"payload": io.BytesIO(body), "length": len(body), "http_headers": http}
        writer.write_record(writer.create_warc_record(ARTICLES[0].url, "response", **payload))
    (files / "text.txt").write_text(f"{COSTLY}.")  # nobody parses it, and it is no story
    ended = crawl("", folder, "archive", "-a", f"path={files}")
    assert ended.returncode == 6
    assert (
        "(no part of the archive is an article) - 0 articles read, 0 meetings new, 0 changed, 2 un" in ended.last_line
    )
    assert "'article/unreadable/not-an-article': 2" in ended.stats
    assert "'article/unreadable/unsupported-language': 1" in ended.stats
    assert ended.stderr.count("is skipped: not-an-article: a tag with 100000 attributes") == 2
    assert max(map(len, ended.stderr.splitlines())) < 3000  # no page fills the log
    kept = {page.url: page.detail for page in listed(folder)}
    assert kept[ARTICLES[0].url] == "a tag with 100000 attributes"
    assert len(kept) == 3


def robots(body, **options):
    return Serves(path="/robots.txt", reply=Reply(body=body, **options))


def test_crawl_delay_is_obeyed(replica, tmp_path):
    names = tmp_path / "addresses.txt"
    names.write_text("\n".join(article.url for article in ARTICLES))
    replica.faults[:] = [robots(b"User-agent: *\nCrawl-delay: 1\nAllow: /\n", content_type="text/plain")]
    ended = crawl(replica.url, tmp_path, "report", "-a", f"urls={names}")
    assert ended.returncode == 0
    assert "asks for 1 s between requests" in ended.stderr
    elapsed = next(line for line in ended.stats.splitlines() if "elapsed_time_seconds" in line)
    assert float(elapsed.split(": ")[1].rstrip(",")) >= len(ARTICLES)


@pytest.mark.parametrize(
    ("fault", "code", "counter"),
    [
        (robots(b"<!DOCTYPE html><html><body>Disallow: /</body></html>"), 0, "robotstxt/none"),
        (robots(b"", content_type="text/plain"), 0, "robotstxt/response_status_count/200"),
        (Fault(kind="status", code=410, path="/robots.txt"), 0, "robotstxt/none"),
        (Fault(kind="status", code=401, path="/robots.txt"), 3, "block/robots-401"),
        (Fault(kind="status", code=429, path="/robots.txt"), 3, "block/robots-429"),
        (Fault(kind="status", code=500, path="/robots.txt"), 5, "outage/robots.txt status 500"),
        (Fault(kind="hang", path="/robots.txt"), 5, "outage/robots.txt DownloadTimeoutError"),
        (Fault(kind="huge-page", path="/robots.txt", size=2**22), 5, "outage/robots.txt DownloadCancelledError"),
        (
            Fault(kind="hostile-redirect", path="/robots.txt"), 5,
            "outage/robots.txt RedirectRefusedError",
        ),
    ],
    ids=["html", "empty", "410", "401", "429", "500", "hang", "huge", "redirect"],
)  # fmt: skip
def test_robots_txt_has_a_rule_for_everything(fault, code, counter, replica, tmp_path):
    replica.faults[:] = [fault]
    timeout = 1.5 if fault.kind == "hang" else 30
    ended = crawl(replica.url, tmp_path, "report", *IMPATIENT, "-s", f"DOWNLOAD_TIMEOUT={timeout}")
    assert ended.returncode == code, ended.last_line + ended.stderr[-3000:]
    assert counter in ended.stats
    if code:
        assert {logged.path for logged in replica.log} == {"/robots.txt"}
    replica.log.clear()


@contextmanager
def dripping(announced):
    """A server that sends a page byte by byte, for ever, and announces a length."""

    async def serve(reader, writer):
        request = await reader.readuntil(b"\r\n\r\n")
        robots_txt = request.startswith(b"GET /robots.txt")
        writer.write(b"HTTP/1.1 %s\r\nContent-Type: text/html\r\n" % (b"404 Not Found" if robots_txt else b"200 OK"))
        writer.write(b"Content-Length: %d\r\n\r\n" % (0 if robots_txt else announced))
        try:
            while not robots_txt:
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.05)
        except ConnectionError:
            pass
        finally:
            writer.close()

    with serving(serve) as url:
        yield url


@contextmanager
def serving(serve):
    """A server in a thread of its own; the value is its address."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


@dataclass(slots=True, kw_only=True)
class Onward(Fault):
    """Redirects each address to one that was not seen before."""

    kind: str = "hostile-redirect"

    def instead(self, target):
        return redirect(f"{target}/{self.hits}", 302)


def test_redirects_without_end_are_left(replica, without, tmp_path):
    replica.faults[:] = [Onward(path=f"{PATH}*")]
    ended = crawl(replica.url, tmp_path, "report", *IMPATIENT)
    assert ended.returncode == 6, ended.last_line + ended.stderr[-3000:]
    assert "'redirect/refused/loop': 1" in ended.stats
    assert replica.faults[0].hits == 6  # REDIRECT_MAX_TIMES, and the first
    assert len(meetings(tmp_path)) == len(without)


def test_a_listing_that_pages_in_a_circle_is_left(replica, tmp_path):
    card = f"""<div class="index-post-block" data-timestamp="2026-05-04 10:00:00"><a class="news__item" href="{PATH}">
    <h2 class="news__title">{ARTICLES[0].headline}</h2></a></div>"""
    circle = Serves(path="*/infinity/*", reply=page(card))
    replica.faults[:] = [circle]
    ended = crawl(replica.url, tmp_path, "report", "-s", "LISTING_MAX_PAGES=7")
    assert ended.returncode == 0, ended.last_line + ended.stderr[-3000:]
    assert "listing/page-limit" in ended.stats
    limits = int(re.search(r"'listing/page-limit': (\d+)", ended.stats)[1])
    assert circle.hits == 6 * limits  # the first page is the section itself


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY f SYSTEM "file:///etc/passwd">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"""


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/en/rss/", b"<rss><channel><item><title>&c;&f;</title><link>https://report.az/en/military/&c;</link></item></channel></rss>"),
        ("/news-sitemap.xml", b"<urlset><url><loc>https://report.az/en/military/&c;&f;</loc></url></urlset>"),
    ],
)  # fmt: skip
def test_entities_of_feeds_and_sitemaps_are_not_expanded(path, body, replica, tmp_path):
    replica.faults[:] = [Serves(path=path, reply=Reply(body=BOMB + body, content_type="application/xml"))]
    ended = crawl(replica.url, tmp_path, "report", "-s", "LOG_LEVEL=DEBUG")
    assert "Traceback" not in ended.stderr
    assert "root:" not in ended.stderr + (tmp_path / "meetings.jsonl").read_text("utf-8")
    assert "boom" not in ended.stderr
    assert {m["id"] for m in meetings(tmp_path)}  # the other channels had them


@contextmanager
def answering(raw):
    """A server that sends just these bytes for every page, then closes the connection; there is no robots.txt."""

    async def serve(reader, writer):
        request = await reader.readuntil(b"\r\n\r\n")
        robots_txt = request.startswith(b"GET /robots.txt")
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" if robots_txt else raw)
        await writer.drain()
        writer.close()

    with serving(serve) as url:
        yield url


WHOLE = HEAD + "<p>text</p>" * 500 + "</body></html>"
HALF = WHOLE[: len(WHOLE) // 2]


def raw(body, *headers):
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", "")).encode() + body


@pytest.mark.parametrize(
    ("answer", "is_whole"),
    [
        (raw(HALF.encode(), f"Content-Length: {len(WHOLE)}"), False),
        (raw(WHOLE.encode(), f"Content-Length: {len(WHOLE) // 2}"), False),
        (raw(WHOLE.encode(), f"Content-Length: {len(WHOLE)}"), True),
        (raw(HALF.encode()), False),
        (raw(WHOLE.encode()), True),
        (raw(b"1000\r\n" + HALF.encode(), "Transfer-Encoding: chunked"), False),
        (raw(b"%x\r\n%b\r\n" % (len(HALF), HALF.encode()), "Transfer-Encoding: chunked"), False),
        (raw(b"%x\r\n%b\r\n0\r\n\r\n" % (len(HALF), HALF.encode()), "Transfer-Encoding: chunked"), False),
        (raw(b"%x\r\n%b\r\n0\r\n\r\n" % (len(WHOLE), WHOLE.encode()), "Transfer-Encoding: chunked"), True),
        (raw(gzip.compress(WHOLE.encode())[:-40], "Content-Encoding: gzip"), False),
        (raw(gzip.compress(WHOLE.encode()), "Content-Encoding: gzip"), True),
        (raw(brotli.compress(WHOLE.encode())[:-6], "Content-Encoding: br"), False),
    ],
    ids=[
        *("overstated", "understated", "stated", "until-closed-cut", "until-closed", "inside-a-chunk", "between-chunks"),
        *("chunked-cut", "chunked", "gzip-cut", "gzip", "brotli-cut"),
    ],
)  # fmt: skip
def test_a_page_that_was_cut_is_not_read(answer, is_whole, tmp_path):
    names = tmp_path / "addresses.txt"
    names.write_text(ARTICLES[0].url)
    with answering(answer) as url:
        ended = crawl(url, tmp_path, "report", "-a", f"urls={names}", *IMPATIENT)
    assert ("article/unreadable/" in ended.stats) == is_whole, ended.stats
    if not is_whole:
        assert ended.returncode in {5, 6}, ended.last_line  # with or without a status of 200
        assert "fetch/truncated" in ended.stats
        assert "'retry/count': 1" in ended.stats


def test_a_feed_that_was_cut_is_asked_for_again(replica, tmp_path):
    fault = Fault(kind="shortened", path="/en/rss/", times=1, share=0.6)
    replica.faults[:] = [fault]
    ended = crawl(replica.url, tmp_path, "report")
    assert ended.returncode == 0, ended.last_line
    assert fault.hits == 1
    assert "'retry/reason_count/scrapy.exceptions.ResponseDataLossError': 1" in ended.stats
    fault.times = None
    ended = crawl(replica.url, tmp_path / "another", "report", *IMPATIENT)
    assert ended.returncode == 6, ended.last_line
    assert "'channel/feed/en/failed': 1" in ended.stats


def test_a_site_that_cuts_everything_is_out_of_order(replica, tmp_path):
    replica.faults[:] = [Fault(kind="shortened", path="/*[!t]")]
    ended = crawl(replica.url, tmp_path, "report", *IMPATIENT)
    assert ended.returncode == 5, ended.last_line
    assert "outage/ResponseDataLossError" in ended.stats
    assert "article/read" not in ended.stats


def test_a_drip_is_bounded_as_a_whole(tmp_path):
    names = tmp_path / "addresses.txt"
    names.write_text(ARTICLES[0].url)
    with dripping(10_000_000) as url:
        ended = crawl(url, tmp_path, "report", "-a", f"urls={names}", *IMPATIENT, "-s", "DOWNLOAD_TIMEOUT=1.5")
    assert ended.returncode == 5, ended.stderr[-2000:]
    assert "fetch/timeout" in ended.stats
    manual.check("drip", ended)


def test_two_runs_of_a_source_do_not_meet(replica, tmp_path):
    slow = Fault(kind="hang", seconds=0.5)
    replica.faults[:] = [slow]
    first = start(replica.url, tmp_path, "report")
    settle(lambda: slow.hits > 0)
    second = crawl(replica.url, tmp_path, "report")
    assert second.returncode == 7
    manual.check("busy", second)
    replica.faults.clear()
    assert first.wait().returncode == 0


def test_a_site_whose_name_leads_inside_is_not_connected_to(tmp_path):
    resolver = ("-s", "TWISTED_DNS_RESOLVER=tests.middlewares.resolving.Inside")
    ended = crawl("", tmp_path, "report", "-s", "CONTACT=test@example.org", *resolver, *IMPATIENT)
    assert ended.returncode == 5, ended.last_line + ended.stderr[-3000:]
    assert "refused/private-address" in ended.stats
    assert "report.az leads to 10.255.255.1" in ended.stderr
    manual.check("name-leads-inside", ended)


def test_a_live_crawl_needs_a_contact(tmp_path):
    ended = crawl("", tmp_path, "report")
    manual.check("no-contact", ended)
    assert "CONTACT=you@example.org" in ended.stderr
