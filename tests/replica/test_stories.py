"""The loader of the stories: what it reads, what it refuses, and what it expects of a crawler."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.replica.stories import StoryError, expected_meetings, load_stories

STORY = """
id = "sample"
note = "two desks, a copy and a twin"

[[meeting]]
key = "main"
kind = "bilateral"
status = "held"
date = "2026-03-12"
date_precision = "day"
place = { city = "Baku", country = "AZ" }
countries = ["AZ", "JO"]
organizations = []
participants = [{ name = "Zakir Hasanov", country = "AZ", post = "Minister of Defence", part = "host" }]
agreements = [{ kind = "plan", title = "cooperation plan", year = 2026 }]

[[article]]
site = "report"
reports = ["main"]
lang = "az"
section = "herbi-xeberler"
category = "Hərbi"
slug = "nazir-gorusub"
published = "2026-03-12T16:08"
headline = "Nazir görüşüb"
paragraphs = ["Birinci.", "İkinci."]

[[article]]
site = "azernews"
reports = ["main"]
id = 255801
section = "nation"
author = "Qabil Ashirov"
published = "2026-03-12T17:40"
headline = "Türkiye's 5th MoD meeting: NATO visit [PHOTOS]"
paragraphs = ["Azernews reports."]

[[article]]
site = "menafn"
reports = ["main"]
id = 1110850123
provider = "AzerNews"
copy_of = 255801
published = "2026-03-12T10:55"
traps = ["decomposed-slug"]

[[article]]
site = "menafn"
reports = []
id = 1110850001
provider = "Trend"
published = "2026-03-12T09:55"
headline = "Another Write-Up"
paragraphs = ["Trend reports."]
"""


def write(folder: Path, text: str, name: str = "sample.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_story_is_read(tmp_path):
    (story,) = load_stories(write(tmp_path, STORY))
    report, azernews, copy, _ = story.articles
    assert report.url == "https://report.az/herbi-xeberler/nazir-gorusub"
    assert report.published.isoformat() == "2026-03-12T16:08:00+04:00"
    assert azernews.url == "https://www.azernews.az/nation/255801.html"
    assert copy.published.isoformat() == "2026-03-12T10:55:00-04:00"
    assert copy.headline == "Türkiye's 5Th Mod Meeting: NATO Visit"
    assert copy.paragraphs == azernews.paragraphs
    assert copy.slug == "Tu%CC%88rkiyes-5Th-Mod-Meeting-NATO-Visit"
    assert copy.url == "https://menafn.com/1110850123/T%C3%BCrkiyes-5Th-Mod-Meeting-NATO-Visit"


def test_twin_of_another_provider_is_never_a_source(tmp_path):
    stories = load_stories(write(tmp_path, STORY))
    (meeting,) = expected_meetings(stories)
    assert meeting.key == "sample/main"
    assert meeting.date == dt.date(2026, 3, 12)
    assert meeting.urls == {article.url for article in stories[0].articles[:3]}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "sample"', 'id = "other"', "sample.toml: id: 'other' must be the file's name"),
        ('note = "two desks, a copy and a twin"', "", "note: is missing"),
        ('kind = "bilateral"', 'kind = "meeting"', r"meeting\[0\].kind: 'meeting' is none of"),
        ('["AZ", "JO"]', '["JO", "AZ"]', r"meeting\[0\].countries: must be sorted"),
        ('["AZ", "JO"]', '["AZ", "JOR"]', r"countries: 'JOR' is no ISO"),
        ("organizations = []", "organisations = []", r"meeting\[0\].organisations: is not known"),
        ('date = "2026-03-12"', 'date = "2026-02-30"', r"meeting\[0\].date: '2026-02-30' is no ISO"),
        ("year = 2026", 'year = "2026"', r"agreements\[0\].year: must be int"),
        (
            'reports = ["main"]\nlang',
            'reports = ["side"]\nlang',
            r"article\[0\].reports: the story has no meeting 'side'",
        ),
        ('section = "herbi-xeberler"', 'section = "armiya"', r"article\[0\].section: 'armiya' is none of"),
        ('"2026-03-12T16:08"', '"2026-05-04T18:01"', r"article\[0\].published: .* after the replica's clock"),
        ('"2026-03-12T10:55"', '"2026-05-04T10:01"', r"article\[2\].published: .* after the replica's clock"),
        ('"2026-03-12T16:08"', '"2026-03-12T16:08+04:00"', r"published: .* without zone"),
        ('slug = "nazir-gorusub"', 'slug = "nazir-görüşüb"', r"slug: .* lower-case ASCII"),
        ("copy_of = 255801", "copy_of = 255802", r"article\[2\].copy_of: there is no azernews article 255802"),
        ("id = 1110850001", "id = 1110850123", r"article\[2\].id: 1110850123 is used twice"),
        ("id = 255801\n", "id = 25580\n", r"article\[1\].id: 25580 must have 6 digits"),
        ('["decomposed-slug"]', '["hard-wrap"]', r"article\[2\].traps: hard-wrap: not known for menafn"),
        ("reports = []", 'reports = ["main"]', r"article\[3\].reports: must be empty"),
        ('paragraphs = ["Birinci.", "İkinci."]', "paragraphs = []", r"article\[0\].paragraphs: is empty"),
        (
            'slug = "nazir-gorusub"',
            'slug = "a"\ntemplate = "2014"',
            r"article\[0\].template: 2014 goes with 2014 to 2018",
        ),
        ('slug = "nazir-gorusub"', 'slug = "a"\ntraps = ["updated"]', r"article\[0\].earlier: goes with the trap"),
        ('slug = "nazir-gorusub"', 'slug = "a"\nalternates = ["de"]', r"article\[0\].alternates"),
        ("organizations = []", 'related = ["sample/none"]', r"meeting\[0\].related: there is no meeting 'sample/none'"),
        ("[[meeting]]", "[[meeting", "sample.toml: "),
    ],
)
def test_fault_names_file_and_key(tmp_path, old, new, message):
    assert old in STORY
    with pytest.raises(StoryError, match=message) as caught:
        load_stories(write(tmp_path, STORY.replace(old, new, 1)))
    assert str(caught.value).startswith("sample.toml: ")


def test_slug_is_unique_over_all_files(tmp_path):
    write(tmp_path, STORY)
    second = STORY.replace('"sample"', '"second"').replace("255801", "255811").replace("11108", "11109")
    with pytest.raises(StoryError, match=r"article\[0\].slug: 'nazir-gorusub' is used twice"):
        load_stories(write(tmp_path, second, "second.toml"))


def test_own_stories_are_right():
    stories = load_stories()
    assert all(meeting.urls for meeting in expected_meetings(stories))
