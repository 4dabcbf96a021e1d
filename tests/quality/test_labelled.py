from __future__ import annotations

import json
from pathlib import Path

import pytest

from quality.labelled import ARTICLES, LabelsError, by_slice, load
from tests.quality.making import labelled


def test_the_projects_articles_are_three_languages_with_and_without_a_meeting() -> None:
    articles = load(ARTICLES)
    assert {article.lang for article in articles} == {"en", "az", "ru"}
    assert sum(article.is_meeting for article in articles) > sum(not article.is_meeting for article in articles) > 50
    assert len({article.event for article in articles if article.event}) > 250


def test_a_third_of_the_events_is_sealed_as_a_whole() -> None:
    articles = load(ARTICLES)
    units = {article.unit: set() for article in articles}
    for article in articles:
        units[article.unit].add(article.part)
    assert all(len(parts) == 1 for parts in units.values())
    assert 0.25 < sum(parts == {"sealed"} for parts in units.values()) / len(units) < 0.4


@pytest.mark.parametrize(
    ("event", "part"),
    [
        ("e001", "open"),  # its SHA-256 ends in b
        ("e003", "sealed"),  # its SHA-256 ends in 4
    ],
)
def test_the_last_digit_of_the_hash_decides(event: str, part: str) -> None:
    assert labelled("a", event).part == part


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2"),
        ("[1]", "line 2: a JSON object was expected"),
        ('{"id": "x"}', "line 2: url, lang, text, kind, participants, countries is missing"),
        (None, "id 'a' stands twice"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, line: str | None, said: str) -> None:
    good = {"id": "a", "url": "u", "lang": "en", "text": "t", "kind": "visit", "participants": [], "countries": []}
    file = tmp_path / "articles.jsonl"
    file.write_text(f"{json.dumps(good)}\n{json.dumps(good) if line is None else line}\n", "utf-8")
    with pytest.raises(LabelsError) as raised:
        load(file)
    assert said in str(raised.value)
    assert "articles.jsonl" in str(raised.value)


def test_a_missing_and_an_empty_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match=r"none\.jsonl cannot be read"):
        load(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n", "utf-8")
    with pytest.raises(LabelsError, match="holds no labelled article"):
        load(tmp_path / "empty.jsonl")


def test_slices_are_language_length_and_day_of_publication() -> None:
    articles = [
        labelled("a", "e1", text="word " * 10, published="2026-03-04"),
        labelled("b", "e1", lang="ru", text="word " * 40, published="2026-03"),
        labelled("c", None, lang="az", text="word " * 90),
    ]
    found = {(each.group, each.name): [a.id for a in own] for each, own in by_slice(articles).items()}
    assert list(found.items()) == [
        (("language", "en"), ["a"]),
        (("language", "az"), ["c"]),
        (("language", "ru"), ["b"]),
        (("words", "under 30"), ["a"]),
        (("words", "30 to 59"), ["b"]),
        (("words", "60 on"), ["c"]),
        (("day of publication", "with"), ["a"]),
        (("day of publication", "without"), ["b", "c"]),
    ]
