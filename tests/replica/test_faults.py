"""Everything a site can do wrong."""

from __future__ import annotations

import gzip
import http.client
import json
from urllib.parse import quote

import pytest

from tests.replica.client import ARTICLE, get
from tests.replica.faults import KINDS, Fault, load_faults


def test_status_with_headers_for_some_requests_only(sites):
    sites.faults.append(
        Fault(kind="status", host="report.az", path="/en/*", after=1, times=2, code=429, headers={"Retry-After": "5"}),
    )
    answers = [get(sites, "report.az", ARTICLE) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 429, 429, 200]
    assert answers[1].headers["Retry-After"] == "5"
    assert get(sites, "report.az", "/ru/drugie/ministry-vstretilis").status == 200
    assert [logged.fault for logged in sites.log][:3] == [None, "status", "status"]


def test_challenge(sites):
    sites.faults.append(Fault(kind="challenge"))
    answer = get(sites, "menafn.com", "/")
    assert answer.status == 200
    assert "Just a moment" in answer.body.decode()


@pytest.mark.parametrize("path", [ARTICLE, "/en/military/"])
def test_redesign(sites, path):
    sites.faults.append(Fault(kind="redesign"))
    page = get(sites, "report.az", path)
    for gone in ("h1", ".news-detail__desc", ".index-post-block", "[data-timestamp]", "script[type*=json]"):
        assert page.all(gone) == []
    sites.faults[:] = [Fault(kind="redesign", metadata=True)]
    assert bool(get(sites, "report.az", ARTICLE).all("script[type*=json]"))


@pytest.mark.parametrize(
    ("host", "path", "item"),
    [
        ("report.az", "/en/military/", ".index-post-block"),
        ("report.az", "/rss/", "item"),
        ("azernews.az", "/nation/", ".news-item-sm"),
        ("azernews.az", "/feed.php", "item"),
        ("menafn.com", "/", "ul.popular-news-list li"),
    ],
)
def test_empty_listing(sites, host, path, item):
    assert get(sites, host, path).all(item)
    sites.faults.append(Fault(kind="empty-listing"))
    answer = get(sites, host, path)
    assert (answer.status, answer.all(item)) == (200, [])


def test_truncated(sites):
    sites.faults.append(Fault(kind="truncated", times=1))
    with pytest.raises(http.client.IncompleteRead):
        get(sites, "report.az", ARTICLE)
    assert get(sites, "report.az", ARTICLE).status == 200


def test_shortened(sites):
    whole = get(sites, "report.az", ARTICLE)
    sites.faults.append(Fault(kind="shortened", times=1, share=0.25))
    cut = get(sites, "report.az", ARTICLE)
    assert (cut.status, int(cut.headers["Content-Length"])) == (200, len(whole.body) // 4)
    assert whole.body.startswith(cut.body)


def test_disconnect(sites):
    sites.faults.append(Fault(kind="disconnect", host="menafn.com"))
    with pytest.raises(ConnectionError):
        get(sites, "menafn.com", "/")
    assert get(sites, "report.az", ARTICLE).status == 200


def test_hang(sites):
    sites.faults.append(Fault(kind="hang"))
    with pytest.raises(TimeoutError):
        get(sites, "report.az", ARTICLE, timeout=0.2)
    sites.faults[:] = [Fault(kind="hang", seconds=0.05)]
    assert get(sites, "report.az", ARTICLE).status == 200


def test_gzip_bomb(sites):
    sites.faults.append(Fault(kind="gzip-bomb", size=8 * 2**20))
    answer = get(sites, "report.az", ARTICLE)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.body) < 2**17
    assert len(gzip.decompress(answer.body)) == 8 * 2**20


def test_huge_page(sites):
    sites.faults.append(Fault(kind="huge-page", size=4 * 2**20))
    assert len(get(sites, "report.az", ARTICLE).body) > 4 * 2**20


def test_redirects(sites):
    sites.faults.append(Fault(kind="redirect-loop", path="/en/*"))
    sites.faults.append(Fault(kind="hostile-redirect", path="/ru/*", location="file:///etc/passwd"))
    loop = get(sites, "report.az", f"{ARTICLE}?a=1")
    assert (loop.status, loop.headers["Location"]) == (302, f"{ARTICLE}?a=1")
    hostile = get(sites, "report.az", "/ru/armiya")
    assert (hostile.status, hostile.headers["Location"]) == (302, "file:///etc/passwd")


def test_wrong_charset(sites):
    plain = get(sites, "report.az", ARTICLE)
    sites.faults.append(Fault(kind="wrong-charset"))
    wrong = get(sites, "report.az", ARTICLE)
    assert wrong.headers["Content-Type"] == "text/html; charset=iso-8859-1"
    assert wrong.body == plain.body


def test_robots_denial(sites):
    sites.faults.append(Fault(kind="robots-denial", host="*report.az"))
    assert "Disallow: /" in get(sites, "report.az", "/robots.txt").body.decode()
    assert "Allow: /" in get(sites, "menafn.com", "/robots.txt").body.decode()
    assert get(sites, "report.az", ARTICLE).status == 200


@pytest.mark.parametrize(("shift", "is_repeated"), [(2, True), (-2, False)])
def test_page_shift(sites, shift, is_repeated):
    def batches() -> tuple[list[str], list[str]]:
        pages = [f"/mobile/WebAPI/getnews/getsection/MobileEN_Home-{number}" for number in (1, 2)]
        first, second = ([row["newsid"] for row in json.loads(get(sites, "menafn.com", page).body)] for page in pages)
        return first, second

    still = batches()
    sites.faults.append(Fault(kind="page-shift", path="*-2", shift=shift))
    moved = batches()
    assert moved[0] == still[0]
    assert (moved[1][:2] == still[0][-2:]) == is_repeated
    assert (moved[1][0] == still[1][2]) != is_repeated
    card = get(sites, "report.az", "/en/military").page.css("[data-timestamp]")[-1]
    sites.faults[:] = [Fault(kind="page-shift", path="*/infinity/*", shift=shift)]
    more = get(
        sites, "report.az", f"/en/infinity/category/military?date={quote(card.attrib['data-timestamp'])}&oldest=1"
    )
    assert (card.css("a::attr(href)").get() in more.all("a.news__item::attr(href)")) == is_repeated


def test_fault_files(tmp_path):
    path = tmp_path / "faults.toml"
    path.write_text('[[fault]]\nkind = "status"\ncode = 429\nheaders = { Retry-After = "5" }\n')
    assert load_faults(path) == [Fault(kind="status", code=429, headers={"Retry-After": "5"})]
    for text, message in (
        ('[[fault]]\nkind = "status"\ncolour = 1\n', r"faults.toml: fault\[0\].colour is not known"),
        ("[[fault]]\ncode = 1\n", r"fault\[0\].kind is missing"),
        ('[[fault]]\nkind = "sulk"\n', "unknown fault 'sulk'"),
    ):
        path.write_text(text)
        with pytest.raises(ValueError, match=message):
            load_faults(path)
    assert len(KINDS) == 15
