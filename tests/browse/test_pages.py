"""The pages as a client without a browser reads them."""

from __future__ import annotations

import asyncio
import csv
import http.client
import io
import json
import re
from urllib.parse import quote, urlsplit

import pytest
from parsel import Selector

from crawler.browse import server
from crawler.feeds.analysts import export_analysts_database
from tests.browse.making import ATTACK, FORMER, TALKS
from tests.feeds.making import meeting

PAGES = [
    "/",
    "/?from=2026&to=2026",
    "/?from=no&to=9999",
    "/analysts",
    "/analysts/meetings",
    f"/analysts/meetings/{TALKS}",
    f"/analysts/meetings/{ATTACK}",
    "/analysts/persons",
    "/analysts/persons/az-natig-gasanli",
    "/analysts/sources",
    "/analysts/sources?_facet=outlet",
    "/analysts/sources/1",
    "/analysts/parties",
    "/analysts/lags",
    "/analysts/met_together",
    "/analysts/conflicts",
    f"/analysts/meetings_naming?name={quote('Гасанли')}",
    "/analysts?sql=select+*+from+persons+limit+3",
    "/analysts?sql=select+no+such",
    "/-/versions",
]


@pytest.fixture(scope="module")
def get(address):
    place = urlsplit(address).netloc

    def get(path, method="GET", headers=None):
        connection = http.client.HTTPConnection(place, timeout=20)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer, body

    return get


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_runs_nothing(get, path):
    answer, body = get(path)
    assert answer.status == (400 if "no+such" in path else 200)
    page = Selector(text=body)
    assert page.css("html::attr(lang)").get() == "en"
    assert len(page.css("h1")) == 1
    assert page.css("title::text").get().strip()
    assert not page.css("script, style, iframe, object, base, [style]")
    assert not re.search(r"<[^>]+\son\w+\s*=\s*[\"']", re.sub(r'"[^"]*"', '""', body))
    for link in page.css("a::attr(href)").getall():
        assert re.match(r"https?://|/|#|\?", link), link
    for control in page.css("main input:not([type=hidden]), main select, main textarea"):
        assert control.xpath("ancestor::label"), control.get()
    policy = answer.getheader("content-security-policy")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def titles(body):
    return Selector(text=body).css(".card h2 a::attr(href)").getall()


@pytest.mark.parametrize("name", ["Həsənli", "Hasanli", "Гасанли", "natiq həsənli", "Гюлеч", "Ceyhun", "Джейхун"])
def test_search_in_any_script(get, name):
    _, body = get(f"/analysts/meetings?_search={quote(name)}")
    assert titles(body) == [f"/analysts/meetings/{TALKS}"]


@pytest.mark.parametrize("asked", ['"', "a OR", "x*", "NEAR(", "';--", "printed:a", "%00", "()"])
def test_search_takes_anything(get, asked):
    assert get(f"/analysts/meetings?_search={quote(asked)}")[0].status == 200
    assert get(f"/analysts/persons?_search={quote(asked)}")[0].status == 200


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("countries__arraycontains=TR&last_day__gte=2026-02-06&first_day__lte=2026-02-06", True),
        ("countries__arraycontains=PL&last_day__gte=2026-02-06&first_day__lte=2026-02-06", False),
        ("topics__arraycontains=training&outlets__arraycontains=copies.example", True),
        ("langs__arraycontains=ru&kind=bilateral&status=held&outlets__arraycontains=copies.example", True),
        ("_person=az-natig-gasanli", True),
        ("_person=nobody", False),
    ],
)
def test_filters(get, fields, found):
    _, body = get(f"/analysts/meetings?{fields}")
    assert (f"/analysts/meetings/{TALKS}" in titles(body)) is found


def test_empty_fields_of_a_form_filter_nothing(get):
    answer, _ = get(f"/analysts/meetings?_search=&kind=&status=held&name={quote('ə')}")
    assert (answer.status, answer.getheader("location")) == (
        302,
        f"/analysts/meetings?status=held&name={quote('ə')}",
    )
    answer, _ = get("//evil.example/?a=")
    assert answer.getheader("location") == "/evil.example/"


def test_a_meeting_shows_all_its_parts(get):
    _, body = get(f"/analysts/meetings/{TALKS}")
    page = Selector(text=body)
    assert page.css("h1::text").get() == "Ministers of defence confer on training"
    assert page.css(".edition .headline::attr(lang)").getall() == ["en", "az", "ru"]
    assert [" ".join(side.css("h3 ::text").getall()) for side in page.css(".side")] == ["Azerbaijan", "Türkiye"]
    assert page.css(".side .spellings [lang=ru]::text").getall() == ["Натиг Гасанли", "Джейхун Гюлеч"]
    assert page.css(".sources .headline a::attr(href)").getall() == [
        f"https://news.example/{lang}/talks" for lang in ("az", "ru", "en")
    ]
    evidence = [" ".join(one.css("::text").getall()).split() for one in page.css(".evidence li")]
    assert " ".join(evidence[1]).startswith("Linked as the same story Source 2")
    assert " ".join(evidence[1]).endswith("with source 1 one story")
    assert "says 2026-02-07, kept 2026-02-06" in " ".join(page.css(".conflicts ::text").getall())
    assert FORMER in " ".join(page.css("#record ~ dl ::text").getall())


def test_a_meeting_is_found_by_an_id_it_has_swallowed(get):
    for id_ in (FORMER, TALKS):
        answer, _ = get(f"/meetings/{id_}")
        assert (answer.status, answer.getheader("location")) == (302, f"/analysts/meetings/{TALKS}")
    answer, body = get("/meetings/nobody")
    assert (answer.status, Selector(text=body).css("h1::text").get()) == (404, "Not found")
    assert "There is no meeting of that id." in body
    assert get("/analysts/meetings/nobody")[0].status == 404


def test_a_person_has_spellings_posts_and_meetings(get):
    _, body = get("/analysts/persons/tr-jaigun-gulak")
    if "Ceyhun Gulec" not in body:
        _, found = get(f"/analysts/persons.json?_shape=array&_search={quote('Ceyhun Güleç')}")
        _, body = get(f"/analysts/persons/{json.loads(found)[0]['id']}")
    page = Selector(text=body)
    assert page.css("h1::text").get() == "Ceyhun Gulec"
    assert "Джейхун Гюлеч" in page.css(".spelt [lang=ru]::text").getall()
    assert "Natig Hasanli" in page.css("#met ~ table a::text").getall()


def test_everything_comes_as_json_and_csv(get):
    _, body = get(f"/analysts/meetings.json?_shape=array&_search={quote('Гасанли')}")
    assert [row["id"] for row in json.loads(body)] == [TALKS]
    _, body = get("/analysts.json")
    for table in [table["name"] for table in json.loads(body)["tables"] if not table["hidden"]]:
        _, rows = get(f"/analysts/{table}.csv?_stream=on")
        _, whole = get(f"/analysts/{table}.json?_size=0")
        assert len(list(csv.DictReader(io.StringIO(rows)))) == json.loads(whole)["filtered_table_rows_count"], table


def test_names_are_folded_in_sql(get):
    _, body = get("/analysts.json?_shape=array&sql=" + quote("SELECT fold('Həsənov') = fold('Гасанов') AS same"))
    assert json.loads(body) == [{"same": 1}]


def test_every_counterpart_leads_to_its_meetings(get):
    _, body = get("/")
    rows = Selector(text=body).css("#counterparts ~ table tbody tr")
    assert any("organizations__arraycontains=NATO" in row.get() for row in rows)
    for row in rows:
        _, found = get(row.css("a::attr(href)").get())
        counted = Selector(text=found).css("[role=status] b::text").get()
        assert counted.split()[0] == row.css(".number::text").get()


def test_a_long_list_has_pages(get):
    seen, path = [], "/analysts/meetings"
    while path:
        _, body = get(path)
        seen += titles(body)
        follow = Selector(text=body).css(".paging a.more::attr(href)").get()
        path = follow and urlsplit(follow).path + "?" + urlsplit(follow).query
    assert len(seen) == len(set(seen)) == 52


def test_nothing_can_be_written(get):
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert get("/analysts/meetings", method)[0].status == 405
    for sql in ("delete from meetings", "update meetings set kind = 'x'", "attach 'x.db' as x"):
        assert get(f"/analysts?sql={quote(sql)}")[0].status in {400, 403}
    assert get("/analysts.json?_shape=array&sql=" + quote("SELECT count(*) AS n FROM meetings"))[1] == '[{"n": 52}]'


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_only_names_of_this_machine_are_answered(get, host):
    assert get("/", headers={"Host": host})[0].status == 403


@pytest.mark.parametrize("host", ["localhost:8001", "127.0.0.1", "[::1]:8001"])
def test_names_of_this_machine_are_answered(get, host):
    assert get("/", headers={"Host": host})[0].status == 200


@pytest.mark.parametrize("path", ["/-/patterns", "/-/permissions", "/-/messages", "/-/allow-debug", "/-/threads.json"])
def test_pages_of_developers_are_closed(get, path):
    assert get(path)[0].status == 404


def test_a_query_that_takes_too_long_is_stopped(analysts, monkeypatch):
    monkeypatch.setattr(server, "_SETTINGS", {**server._SETTINGS, "sql_time_limit_ms": 20})
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    datasette = server.make_datasette(analysts)
    answer = asyncio.run(datasette.client.get(f"/analysts?sql={quote(endless)}"))
    datasette.get_database("analysts").close()
    assert answer.status_code == 400
    page = Selector(text=answer.text)
    assert "took too long" in page.css(".message::text").get()
    assert not page.css("script, [style]")


@pytest.mark.parametrize(
    "meetings", [[], [meeting(1, date=None, date_precision=None, date_source=None, status="held")]]
)
def test_few_meetings_are_shown_too(tmp_path, meetings):
    export_analysts_database(tmp_path / "analysts.db", meetings)
    datasette = server.make_datasette(tmp_path / "analysts.db")

    async def read(paths):
        return [await datasette.client.get(path) for path in paths]

    for answer in asyncio.run(read(["/", "/analysts/meetings", "/analysts/persons", "/analysts", "/analysts/lags"])):
        assert answer.status_code == 200, answer.text
        assert ("Day unknown" in answer.text) is (bool(meetings) and answer.url.path in {"/", "/analysts/meetings"})
    datasette.get_database("analysts").close()
