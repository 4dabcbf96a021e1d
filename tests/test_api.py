"""The Python API: what a crawl of the archive gives, from a call of a function."""

from __future__ import annotations

import datetime as dt
import doctest
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import jsonschema_rs
import pytest

from crawler import api
from crawler.feeds.record import schema
from tests import crawls
from tests.pages import warc_files
from tests.replica.server import Replica
from tests.replica.stories import load_stories

ROOT = Path(__file__).parents[1]
CLOCKS = {"first_seen", "last_changed"}
ENGLISH = {
    "url": "https://example.org/news/1",
    "lang": "en",
    "published": "2026-03-12",
    "headline": "Azerbaijani, Jordanian defense ministers hold talks",
    "text": "Azerbaijan's Minister of Defense, Colonel General Zakir Hasanov, met on March 11 in Baku with a delegation led by "
    "Jordan's Minister of Defense, Lieutenant General Faris Al-Majali. Military education was discussed.",
}
RUSSIAN = {
    "url": "https://example.org/ru/1",
    "lang": "ru",
    "published": "2026-03-11",
    "text": "Министр обороны Азербайджана генерал-полковник Закир Гасанов 11 марта в Баку встретился с делегацией во главе с "
    "министром обороны Иордании генерал-лейтенантом Фарисом аль-Маджали. Обсуждено военное образование.",
}
CAPTURE = """Military
6 February, 2026 12:19
The Minister of Defense of Azerbaijan, Colonel General Zakir Hasanov, met in Baku with the Minister of Defense of Georgia, Irakli Chikovani.
The parties spoke of the training of officers.
"""
PAGE = """<!doctype html><html lang="en"><head><title>Azerbaijan, Georgia discuss training</title>
<meta property="article:published_time" content="2026-02-06T12:19:00+04:00"></head><body><article>
<h1>Azerbaijan, Georgia discuss training</h1>
<p>The Minister of Defense of Azerbaijan, Colonel General Zakir Hasanov, met in Baku with the Minister of Defense of Georgia,
Irakli Chikovani, on February 5.</p><p>The parties spoke of the training of officers and of joint exercises this year.</p>
</article></body></html>"""


def without_clocks(meetings):
    return [{key: value for key, value in meeting.items() if key not in CLOCKS} for meeting in meetings]


def archived(path, folder):
    """What ``scrapy crawl archive`` makes of a path, without the clocks."""
    ended = crawls.scrapy("crawl", "archive", "-a", f"path={path}", "-s", f"DATA_DIR={folder}")
    assert ended.returncode in {0, 6}, ended.stderr  # 6: some of it cannot be read
    return crawls.meetings(folder)


def as_lines(path, records):
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    return path


# --- as it is documented ---


def test_the_examples_of_the_docstrings_hold():
    ended = doctest.testmod(api)
    assert (ended.failed, ended.attempted > 10) == (0, True)


def test_the_examples_of_the_page_hold(tmp_path, monkeypatch):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "talks.html").write_text(PAGE, "utf-8")
    as_lines(tmp_path / "articles.jsonl", [ENGLISH, {"url": "https://example.org/2"}, RUSSIAN])
    monkeypatch.chdir(tmp_path)
    ended = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False)
    assert (ended.failed, ended.attempted > 5) == (0, True)


def test_every_reason_of_a_refusal_stands_on_the_page():
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert [reason for reason in api._WHY if f"`{reason}`" not in page] == []


def test_it_needs_no_scrapy_and_leaves_no_file(tmp_path):
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from crawler.api import read, resolve\n"
        f"record = {ENGLISH!r}\n"
        "print(len(read(record.pop('text'), **record)), len(resolve([{'url': 'https://example.org/2', 'text': 'The snow of the week has melted.'}])))\n"
        "print([name for name in ('scrapy', 'twisted') if name in sys.modules])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        env={"PATH": "", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.splitlines() == ["1 0", "[]"]
    assert list(tmp_path.iterdir()) == []


# --- the same as a crawl ---


def test_records_are_valid_by_the_schema_and_have_their_keys_in_order():
    (meeting,) = api.read(PAGE, url="https://example.org/page")
    assert jsonschema_rs.Draft202012Validator(json.loads(schema())).is_valid(meeting)
    assert list(meeting) == json.loads(schema())["required"]
    moment = dt.datetime.fromisoformat(meeting["first_seen"])
    assert dt.timedelta(0) <= dt.datetime.now(dt.UTC) - moment < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("capture.txt", CAPTURE.encode()),
        ("windows.txt", b"\xef\xbb\xbf" + CAPTURE.replace("\n", "\r\n").encode()),
        ("damaged.txt", CAPTURE.encode().replace(b"officers", b"off\xffcers")),
        ("page.html", PAGE.encode()),
    ],
    ids=["capture", "windows-lines", "damaged-bytes", "page"],
)
def test_a_file_gives_what_the_archive_makes_of_it(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    wanted = archived(tmp_path / name, tmp_path / "data")
    assert len(wanted) == 1
    assert without_clocks(api.read(content)) == wanted
    assert without_clocks(api.resolve([api.article(content)])) == wanted


def test_text_records_give_what_the_archive_makes_of_them(tmp_path):
    corrected = {**ENGLISH, "text": ENGLISH["text"].replace("March 11", "March 10")}
    two_meetings = {
        "url": "https://example.org/news/2",
        "published": "2026-03-13",
        "text": "On March 12, Azerbaijan's Minister of Defense Zakir Hasanov received in Baku the Minister of Defense of "
        "Georgia, Irakli Chikovani. On March 13, Zakir Hasanov had a phone call with the Minister of Defense of Türkiye, "
        "Yaşar Güler.",
    }
    nothing = {**two_meetings, "text": "The exercise of the artillery units has ended."}
    records = [ENGLISH, two_meetings, {"url": "https://example.org/3"}, RUSSIAN, corrected, nothing, ENGLISH, RUSSIAN]
    refused = []
    meetings = api.resolve(iter(records), refused=lambda at, error: refused.append((at, error.reason)))
    wanted = archived(as_lines(tmp_path / "articles.jsonl", records), tmp_path / "data")
    assert without_clocks(meetings) == wanted
    assert wanted[0]["revision"] > 2
    assert refused == [(2, "bad-line")]


def test_the_stories_of_the_replica_give_what_a_crawl_of_their_archive_gives(tmp_path):
    articles = [article for story in load_stories() for article in story.articles if article.is_source]
    with Replica() as replica:
        pages = [(article.url, _fetched(replica, article.url)) for article in articles]
    archive = b"".join(warc_files.response(url, body) for url, body in pages)
    (tmp_path / "pages.warc.gz").write_bytes(archive)
    texts = [
        {
            "url": article.url,
            "headline": article.headline,
            "published": article.published.isoformat(),
            "lang": article.lang,
        }
        | {"text": "\n\n".join(article.paragraphs)}
        for article in articles
    ]
    as_lines(tmp_path / "texts.jsonl", texts)

    from_pages = api.resolve(api.article(body, url=url) for url, body in pages)
    assert len(from_pages) > 50
    assert without_clocks(from_pages) == archived(tmp_path / "pages.warc.gz", tmp_path / "pages")

    from_texts = api.resolve(texts)
    assert len(from_texts) > 50
    assert without_clocks(from_texts) == archived(tmp_path / "texts.jsonl", tmp_path / "texts")

    for url, body in pages[::40]:
        assert without_clocks(api.read(body, url=url)) == without_clocks(api.resolve([api.article(body, url=url)]))


def _fetched(replica, url):
    parts = urlsplit(url)
    with urlopen(Request(replica.url + parts.path, headers={"Host": parts.netloc})) as answer:
        return answer.read()


# --- what is given ---


def test_what_is_given_counts_before_what_a_page_says():
    (meeting,) = api.read(
        PAGE,
        url="https://example.org/page",
        headline="Talks of two ministers - PHOTOS",
        published=dt.datetime(2026, 2, 7, 9, tzinfo=dt.UTC),
        outlet="example.net",
    )
    (source,) = meeting["sources"]
    assert source["headline"] == "Talks of two ministers"
    assert (source["published"], source["outlet"]) == ("2026-02-07T09:00:00+00:00", "example.net")


def test_a_day_given_is_made_exact_by_the_stamp_of_that_day():
    for day in ("2026-02-06", dt.date(2026, 2, 6)):
        (meeting,) = api.read(PAGE, published=day)
        assert meeting["sources"][0]["published"] == "2026-02-06T08:19:00+00:00"


def test_a_page_may_be_text_or_bytes_in_any_encoding_it_declares():
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').replace("training", "обучение", 1)
    for given in (page, page.encode("windows-1251")):
        assert (
            api.article(given, url="https://example.org/page").headline.text == "Azerbaijan, Georgia discuss training"
        )


def test_the_address_is_the_given_one_or_the_pages_own_or_the_hash():
    canonical = PAGE.replace("<head>", '<head><link rel="canonical" href="https://example.org/own">')
    assert api.article(canonical, url="https://example.org/given").url == "https://example.org/given"
    assert api.article(canonical).url == "https://example.org/own"
    assert api.article(PAGE).url.startswith("urn:sha256:")
    assert api.article(CAPTURE).url.startswith("urn:sha256:")


def test_a_language_given_decides_where_the_text_is_too_short_to_tell():
    assert api.article("Görüş keçirilib.", lang="az").lang == "az"
    assert api.article(RUSSIAN["text"], lang="en").lang == "ru"


# --- what is wrong is said in one sentence ---


@pytest.mark.parametrize(
    ("given", "reason", "words"),
    [
        ({"page_or_text": "  \n"}, "empty-body", "the text is empty"),
        ({"page_or_text": "<html></html>"}, "missing-headline", "the page cannot be read: the page states no headline"),
        ({"page_or_text": "Text.", "url": "example.org"}, "bad-line", "example.org: not an absolute http(s) address"),
        ({"page_or_text": "Text.", "url": "https://[x"}, "bad-line", "https://[x: "),
        ({"page_or_text": "Text.", "lang": "de"}, "bad-line", "'lang' is 'de', none of en, az, ru"),
        ({"page_or_text": "Text.", "lang": "en", "published": "soon"}, "impossible-date", "give published=... as in"),
        ({"page_or_text": PAGE, "published": "soon"}, "impossible-date", "give published=... as in"),
        (
            {"page_or_text": "საქართველოს თავდაცვის მინისტრი თბილისში კოლეგას შეხვდა."},
            "unsupported-language",
            "none of English",
        ),
        ({"page_or_text": "half \ud83d"}, "no-text", "no character"),
        ({"page_or_text": "A" * (16 * 2**20 + 1)}, "too-large", "larger than 16 MiB"),
        ({"page_or_text": PAGE, "url": "https://report.az/en/search"}, "not-an-article", "a listing"),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value else "",
)
def test_what_cannot_be_read_is_named(given, reason, words):
    with pytest.raises(api.ArticleError) as refused:
        api.read(**given)
    assert refused.value.reason == reason
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"page_or_text": None}, "a page or text is str or bytes, not NoneType"),
        ({"page_or_text": "Text.", "url": 7}, "url is str or None, not int"),
        ({"page_or_text": "Text.", "published": 2026}, "published is a day"),
    ],
    ids=["content", "url", "published"],
)
def test_a_wrong_type_is_named(arguments, words):
    with pytest.raises(TypeError, match=words):
        api.read(**arguments)


def test_one_bad_article_stops_a_resolution_that_is_not_told_what_to_do_with_it():
    with pytest.raises(api.ArticleError, match=r"article 1 \(https://example.org/2\): 'text' is missing or empty"):
        api.resolve([ENGLISH, {"url": "https://example.org/2"}, RUSSIAN])
    with pytest.raises(api.ArticleError, match="article 0: a JSON object was expected, not str"):
        api.resolve(["text"])
