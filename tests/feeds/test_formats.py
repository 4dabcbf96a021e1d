"""Every file format, read back by a library that had no part in writing it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
from html.parser import HTMLParser

import duckdb
import feedparser
import icalendar
import orjson
import pandas as pd
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from crawler.feeds import brief, spreadsheet
from crawler.feeds.destinations import FORMATS
from crawler.feeds.record import record
from tests.feeds.making import HOSTILE, hostile, meeting, meetings

SENT = list(meetings(120))
DATED = [one for one in SENT if one.date]


def written(ending, some):
    file = io.BytesIO()
    FORMATS[ending].write(iter(some), file)
    return file.getvalue()


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_meetings_give_the_same_bytes(ending):
    assert written(ending, SENT) == written(ending, SENT)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_number_of_meetings_is_told(ending):
    expected = len(DATED) if ending == ".ics" else len(SENT)
    assert FORMATS[ending].write(iter(SENT), io.BytesIO()) == expected
    assert FORMATS[ending].write(iter([]), io.BytesIO()) == 0


# --- JSON Lines ---


def test_lines_are_the_records():
    lines = written(".jsonl", SENT).splitlines()
    assert [json.loads(one) for one in lines] == [record(one) for one in SENT]


def test_compressed_lines_carry_neither_name_nor_clock():
    content = written(".jsonl.gz", SENT)
    assert gzip.decompress(content) == written(".jsonl", SENT)
    assert content[3:8] == bytes(5)


# --- CSV ---


def rows(some):
    content = written(".csv", some)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_a_meeting_with_people_and_sources_in_words():
    found = rows(SENT)
    assert [row["id"] for row in found] == [one.id for one in SENT]
    row = next(row for row in found if row["id"] == meeting(5).id)
    assert row["headline_az"] == meeting(5).headlines["az"]
    assert row["participants"] == (
        "Lieutenant General Rauf Samadov, Chief of the General Staff (AZ); Janis Kalninsh, Minister of Defence (LV)"
    )
    assert row["sources"].startswith("news.example, en, 2025-01-06: https://news.example/en/5 | news.example, az, ")
    assert row["agreements"] == "Cooperation plan 5 (2026)"
    assert row["parties"] == "AZ; LV"


def test_pandas_reads_the_same_table():
    frame = pd.read_csv(io.BytesIO(written(".csv", SENT)), dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == rows(SENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2", "'-2"),
        ("  +7", "'+7"),
        ('"=1', "\"'=1"),
        ("＝1", "'＝1"),
        ("\t=1", "'=1"),
        ("a;=1", "a;'=1"),
        ("a, b-c", "a, b-c"),
        ("up 5% - so far", "up 5% - so far"),
        ("two\r\nlines\x00", "two lines"),
        ("Həsənov", "Həsənov"),
    ],
)
def test_no_cell_is_a_formula(text, expected):
    assert spreadsheet.cell(text) == expected


def test_no_cell_of_a_hostile_meeting_is_a_formula_even_when_split_at_semicolons():
    (row,) = rows([hostile()])
    for value in row.values():
        for part in re.split("[;,]", value):
            assert part.strip(" \"'")[:1] not in {"=", "+", "@"} or part.lstrip(' "').startswith("'")
    assert "\n" not in "".join(row.values())


def test_a_cell_is_as_long_as_excel_allows():
    assert len(spreadsheet.cell("x" * 40_000)) == spreadsheet.LONGEST_CELL
    assert spreadsheet.cell("x" * 40_000).endswith("[...]")


# --- Parquet ---


def comparable(one):
    """Return a record with its moments to the microsecond in one notation."""
    row = record(one)
    for key in ("first_seen", "last_changed"):
        row[key] = row[key].replace("Z", "+00:00")
    return row


def test_duckdb_reads_every_record_out_of_parquet(tmp_path):
    path = tmp_path / "meetings.parquet"
    path.write_bytes(written(".parquet", [*SENT, hostile()]))
    with duckdb.connect() as connection:
        connection.execute("SET timezone = 'UTC'")
        found = connection.execute(f"FROM '{path}'").fetchall()
        names = [column[0] for column in connection.description]
        people = connection.execute(
            f"SELECT count(*) FROM (SELECT unnest(participants) AS person FROM '{path}') WHERE person.country = 'PL'"
        ).fetchone()
    values = [dict(zip(names, row, strict=True)) for row in found]
    for row in values:
        for key in ("first_seen", "last_changed"):
            row[key] = row[key].isoformat()
    assert names == list(record(SENT[0]))
    assert values == [comparable(one) for one in (*SENT, hostile())]
    assert people[0] == sum(person.country == "PL" for one in SENT for person in one.participants)


def test_pandas_reads_parquet(tmp_path):
    path = tmp_path / "meetings.parquet"
    path.write_bytes(written(".parquet", SENT))
    frame = pd.read_parquet(path)
    assert list(frame["id"]) == [one.id for one in SENT]
    assert str(frame["last_changed"].dt.tz) == "UTC"
    assert frame["sources"].map(len).sum() == sum(len(one.sources) for one in SENT)


def test_an_empty_parquet_file_has_its_columns(tmp_path):
    path = tmp_path / "meetings.parquet"
    path.write_bytes(written(".parquet", []))
    assert list(pd.read_parquet(path).columns) == list(record(SENT[0]))


# --- Atom ---


def test_feedparser_reads_every_entry():
    parsed = feedparser.parse(written(".atom", SENT))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.feed.updated == max(one.last_changed for one in SENT)
    by_id = {entry.id.rpartition(":")[2]: entry for entry in parsed.entries}
    assert list(by_id) == [one.id for one in SENT]
    for one in SENT:
        entry = by_id[one.id]
        assert entry.updated == one.last_changed
        assert entry.title.endswith(one.headline)
        assert {link.href: link.hreflang for link in entry.links} == {source.url: source.lang for source in one.sources}
        assert {link.rel for link in entry.links} == {"alternate"}
        assert one.kind in {tag.term for tag in entry.tags}


def test_a_hostile_headline_is_text_in_a_feed():
    content = written(".atom", [hostile()])
    tree = etree.fromstring(content)
    assert not tree.findall(".//{*}script")
    (entry,) = feedparser.parse(content, sanitize_html=False).entries
    assert entry.title_detail.type == "text/plain"
    assert HOSTILE in entry.title


# --- iCalendar ---


def test_icalendar_reads_every_dated_meeting():
    calendar = icalendar.Calendar.from_ical(written(".ics", SENT))
    events = {str(event["uid"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}
    assert set(events) == {one.id for one in DATED}
    for one in DATED:
        event = events[one.id]
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert start.isoformat().startswith(one.date)
        assert (end - start).days == 1 or (one.date_precision == "month" and end.day == 1)
        assert event["status"] == {"held": "CONFIRMED", "announced": "TENTATIVE", "cancelled": "CANCELLED"}[one.status]
        assert event["sequence"] == one.revision - 1
        assert str(event["summary"]) == one.headline
        assert not event.errors


def test_a_hostile_text_adds_nothing_to_a_calendar():
    calendar = icalendar.Calendar.from_ical(written(".ics", [hostile()]))
    (event,) = calendar.walk("VEVENT")
    assert not calendar.walk("VALARM")
    assert str(event["summary"]) == HOSTILE


# --- FollowTheMoney; tests/feeds/test_ftm_library.py reads it back by the library ---


def entities(some):
    return [orjson.loads(one) for one in written(".ftm.jsonl", some).splitlines()]


def test_events_persons_and_articles_are_linked():
    found = entities(SENT)
    by_id = {entity["id"]: entity for entity in found}
    schemata = {
        name: [entity for entity in found if entity["schema"] == name] for name in ("Event", "Person", "Article")
    }
    assert [event["id"] for event in schemata["Event"]] == [one.id for one in SENT]
    assert len(schemata["Person"]) == len({person.name for one in SENT for person in one.participants})
    assert len(schemata["Article"]) == sum(len(one.sources) for one in SENT)
    for event in schemata["Event"]:
        assert all(by_id[person]["schema"] == "Person" for person in event["properties"].get("involved", ()))
    for link in (entity for entity in found if entity["schema"] == "Documentation"):
        (article,), (event,) = link["properties"]["document"], link["properties"]["entity"]
        assert (by_id[article]["schema"], by_id[event]["schema"]) == ("Article", "Event")
    (minister,) = (person for person in schemata["Person"] if person["properties"]["name"] == ["Elman Guliyev"])
    assert minister["properties"]["alias"] == ["Elman Quliyev", "Эльман Гулиев"]


# --- the brief ---


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *one) for one in attrs]

    def handle_data(self, data):
        self.text.append(data)


def page(some):
    parsed = Page()
    parsed.feed(written(".html", some).decode())
    return parsed


def test_a_page_has_every_meeting_under_its_day():
    parsed = page(SENT)
    assert [value for tag, name, value in parsed.attributes if tag == "article" and name == "id"] == [
        one.id for one in SENT
    ]
    text = " ".join("".join(parsed.text).split())
    assert parsed.tags.count("h2") == len({one.date for one in SENT})
    assert "Thursday, 2 January 2025" in text
    assert "January 2025, day not known" in text
    assert "Date not known" in text
    assert f"{len(SENT)} meetings" in text
    links = {value for tag, name, value in parsed.attributes if (tag, name) == ("a", "href")}
    assert links == {source.url for one in SENT for source in one.sources}


def test_a_page_loads_and_runs_nothing_and_hostile_headlines_stay_text():
    parsed = page([*SENT, hostile()])
    assert not {"script", "img", "link", "iframe", "object", "form", "b"} & set(parsed.tags)
    assert not [name for _, name, _ in parsed.attributes if name in {"src", "srcset", "onerror", "onclick", "style"}]
    assert not re.search(r"url\(|@import", written(".html", SENT).decode())
    assert HOSTILE in " ".join(parsed.text)
    assert all(value.startswith("https://") for tag, name, value in parsed.attributes if (tag, name) == ("a", "href"))


def test_the_chart_draws_what_is_counted():
    parsed = page(SENT)
    assert parsed.tags.count("svg") == 1
    drawn = [text for text in parsed.text if re.fullmatch(r"\d{4}-\d\d: \d+", text)]
    assert sum(int(text.rpartition(" ")[2]) for text in drawn) == len(DATED)


@pytest.mark.parametrize("ending", [".html", ".md"])
def test_counterparts_are_ranked_where_some_are_met_more_often(ending):
    def told(*countries):
        some = [meeting(number, countries=codes, organizations=()) for number, codes in enumerate(countries)]
        return written(ending, sorted(some, key=lambda one: one.date or "~")).decode()

    assert "Most often with Poland (2)." in told(("AZ", "PL"), ("AZ", "LV"), ("AZ", "PL"))
    assert "With Latvia, Poland." in told(("AZ", "PL"), ("AZ", "LV"))


def test_a_page_of_no_meetings_says_so():
    assert "No meetings" in "".join(page([]).text)


def test_markdown_stays_text():
    source = written(".md", [*SENT, hostile()]).decode()
    tokens = MarkdownIt("commonmark").parse(source)
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inline)}
    assert "html_block" not in kinds
    assert "html_inline" not in kinds
    assert "code_inline" not in kinds
    links = {child.attrs["href"] for child in inline if child.type == "link_open"}
    assert {source.url for one in SENT for source in one.sources} <= links
    assert all(link.startswith("https://news.example/") for link in links)
    assert HOSTILE in {"".join(child.content for child in token.children or ()) for token in tokens}
    assert sum(token.type == "heading_open" and token.tag == "h3" for token in tokens) == len(SENT) + 1


@pytest.mark.parametrize(
    "text", ["1. first", "- item", "+ item", "=====", "---", "> quote", "    code", "#. x", "a\nb"]
)
def test_no_text_of_a_meeting_makes_a_block_of_markdown(text):
    some = meeting(1, headline=text, lead={"en": text, "az": None, "ru": None})
    tokens = MarkdownIt("commonmark").parse(written(".md", [some]).decode())
    plain = MarkdownIt("commonmark").parse(
        written(".md", [meeting(1, headline="x", lead={"en": "y", "az": None, "ru": None})]).decode()
    )
    assert [token.type for token in tokens] == [token.type for token in plain]


def test_months_and_years_are_drawn_when_days_are_too_many():
    assert brief.bars({"2026-02-01": 2, "2026-02-10": 1}).unit == "day"
    assert brief.bars({"2026-02-01": 2, "2026-02": 1}).left_out == 1
    assert brief.bars({"2026-02-01": 2, "2025-02": 1}).unit == "month"
    years = brief.bars({"2016-02-01": 2, "2026-02": 1})
    assert (years.unit, len(years.bars), years.highest, years.left_out) == ("year", 11, 2, 0)
    assert brief.bars({}) is None


# --- twice and in halves: files are replaced whole, so two halves are joined by who reads them ---


def test_halves_in_any_order_join_to_the_same_meetings():
    shuffled = random.Random(7).sample(SENT, len(SENT))
    halves = [SENT[:60], SENT[60:]], [SENT[60:], SENT[:60]], [shuffled[:60], shuffled[60:]]
    for one, other in halves:
        assert sorted(b"".join(written(".jsonl", half) for half in (one, other)).splitlines()) == sorted(
            written(".jsonl", SENT).splitlines()
        )
        assert {row["id"]: row for row in (*rows(one), *rows(other))} == {row["id"]: row for row in rows(SENT)}
        for ending in (".atom", ".ics"):
            found = [re.findall(rb"m[0-9a-f]{20}(?=[@<])", written(ending, half)) for half in (one, other)]
            assert sorted(found[0] + found[1]) == sorted(re.findall(rb"m[0-9a-f]{20}(?=[@<])", written(ending, SENT)))
