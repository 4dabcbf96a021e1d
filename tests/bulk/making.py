"""Archives made of the replica's pages: both layouts, several captures of one article, and every kind of damage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from crawler.pages.archives import MAX_PAGE
from tests.pages.warc_files import CC_NEWS, OWN, response, warcinfo
from tests.replica.background import background_posts
from tests.replica.server import Replica
from tests.replica.stories import load_stories

LAYOUTS = {
    "crawl-data/CC-NEWS/2026/01/CC-NEWS-20260131000000-00001.warc.gz": CC_NEWS,
    "crawl-data/CC-NEWS/2026/02/CC-NEWS-20260228000000-00002.warc.gz": CC_NEWS,
    "runs/20260301T000000-all/pages.warc.gz": OWN,
    "runs/20260302T000000-all/pages.warc.gz": OWN,
}
"""The archives in the order in which they are read, which is that of their captures."""
DATES = ("2026-01-31", "2026-02-28", "2026-03-01", "2026-03-02")
UNRELATED = 60


def pages() -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    """Address and body of the stories' articles, and of some unrelated news."""
    with Replica() as replica:
        stories = [article.url for story in load_stories() for article in story.articles if article.is_source]
        unrelated = [post.url for post in list(background_posts())[::20][:UNRELATED]]
        return tuple([(url, fetched(replica, url)) for url in urls] for urls in (stories, unrelated))


def fetched(replica, url):
    parts = urlsplit(url)
    with urlopen(Request(replica.url + parts.path, headers={"Host": parts.netloc})) as answer:
        return answer.read()


@dataclass
class Archives:
    """What has been written; ``faults`` are file, offset and reason of what must be reported, in order."""

    folder: Path
    faults: list[tuple[str, int, str]] = field(default_factory=list)


def make(folder: Path) -> Archives:
    """Write the archives; see ``captures`` for what stands in which."""
    stories, unrelated = pages()
    made = Archives(folder)
    for (name, layout), day, captured in zip(LAYOUTS.items(), DATES, captures(stories, unrelated), strict=True):
        blocks = [warcinfo()] if layout == CC_NEWS else []
        faults = []
        for number, (url, body) in enumerate(captured):
            date = f"{day}T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}Z"
            blocks.append(response(url, body, layout=layout, date=date))
            if number % 40 == 20:
                damage = DAMAGES[(number // 40 + len(made.faults)) % len(DAMAGES)]
                faults.append((sum(map(len, blocks)), damage[0]))
                blocks.append(damage[1])
        # a kill tears the last record
        faults.append((sum(map(len, blocks)), "truncated-member"))
        blocks.append(response("https://report.az/en/military/torn", b"<html>" * 99)[:-20])
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_bytes(b"".join(blocks))
        made.faults += [(str(path), offset, reason) for offset, reason in faults if reason]
    return made


def captures(stories, unrelated):
    """What each archive holds: an article may stand in several, as another text or as an article of no meeting."""
    alike = defaultdict(list)
    for url, body in stories:
        alike[site_and_language(url)].append((url, body))
    other = {
        url: group[(place + 5) % len(group)][1] for group in alike.values() for place, (url, _) in enumerate(group)
    }
    blank = unrelated[0][1]
    first, second, third, last = [], [], [], []
    for place, (url, body) in enumerate(stories):
        (first, second, third)[place % 3].append((url, body))
        if place % 5 == 0:
            first.append((url, shorter(body)))  # a former version, or the same meeting with less
        if place % 7 == 0:
            first.append((url, other[url]))  # it told of another meeting
            last.append((url, body))
        if place % 11 == 0:
            second.append((url, blank))  # it told of none
            last.append((url, body))
        if place % 13 == 0:
            last.append((url, blank))  # it tells of none any longer
        if place % 17 == 0:
            last.append((url, other[url]))
    second += unrelated[: UNRELATED // 2]
    last += unrelated[UNRELATED // 2 :]
    return first, second, third, last


def site_and_language(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path[:4] if parts.path[:4] in {"/en/", "/ru/"} else ""


def shorter(body: bytes) -> bytes:
    """The page without its last paragraph, as before an update."""
    head, found, tail = body.rpartition(b"<p>")
    return head + tail[tail.find(b"</p>") + 4 :] if found else body


_HTML = b"<html><head><title>T</title></head><body><p>Text.</p></body></html>"
# beginning with what a site serves and nobody can read: in a character set that is none, of a length that is none
DAMAGES = [
    ("broken-member", response("https://report.az/en/military/b", _HTML)[:70]),
    ("bad-http-header", response("https://report.az/en/military/h", _HTML, protocol="SIP/2.0")),
    ("", response("https://example.org/paper.pdf", b"%PDF-1.7" * 50, media="application/pdf")),
    ("record-too-large", response("https://report.az/en/military/l", b"<p>" + b"a" * (MAX_PAGE + 1))),
    ("wrong-charset", response("https://report.az/en/military/c", bytes(range(128, 256)) * 40)),
    ("record-too-large", response("https://report.az/en/military/l2", b"a" * (2 * MAX_PAGE))),
    ("truncated-capture", response("https://report.az/en/military/t", _HTML, warc=[("WARC-Truncated", "time")])),
    ("missing-headline", response("https://report.az/en/military/m", _HTML)),
    ("bad-warc-header", response("https://report.az/en/military/d", _HTML, warc=[("WARC-Date", "")])),
]
