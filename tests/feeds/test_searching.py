from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.feeds.searching import COLUMNS, TOKENIZER, folded, printed, query

TEXTS = {
    "hasanov": [("Zakir Hasanov", "en")],
    "həsənov": [("Zakir Həsənov", "az")],
    "гасанов": [("Закир Гасанов", "ru")],
    "gulec": [("Ceyhun Güleç", "az")],
    "istanbul": [("İstanbulda ığid Əsgərlər", "az")],
    "o'dowd": [("Ann-Marie O'Dowd", "en")],
    "cases": [("встреча с Закиром Гасановым", "ru")],
    "other": [("Nothing of the kind", "en")],
}


@pytest.fixture(scope="module")
def index():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE found USING fts5(name, {', '.join(COLUMNS)}, tokenize='{TOKENIZER}')")
        for name, texts in TEXTS.items():
            connection.execute(
                "INSERT INTO found VALUES (?, ?, ?)", (name, printed(text for text, _ in texts), folded(texts))
            )
        yield lambda text: {
            row[0] for row in connection.execute("SELECT name FROM found WHERE found MATCH ?", (query(text),))
        }


THREE = {"hasanov", "həsənov", "гасанов", "cases"}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Həsənov", THREE),
        ("HƏSƏNOV", THREE),
        ("Hasanov", THREE),
        ("Гасанов", THREE),
        ("zakir hasanov", THREE),
        ("Закир Həsənov", THREE),
        ("Hasanov Ceyhun", set()),
        ("Ceyhun", {"gulec"}),
        ("Jeyhun", {"gulec"}),
        ("Джейхун", {"gulec"}),
        ("Гюлеч", {"gulec"}),
        ("istanbul", {"istanbul"}),
        ("İSTANBUL", {"istanbul"}),
        ("ığid", {"istanbul"}),
        ("igid", {"istanbul"}),
        ("O'Dowd", {"o'dowd"}),
        ("ann-marie", {"o'dowd"}),
        ("noth", {"other"}),
        ("", set()),
        ("  ", set()),
        ("\"'*-", set()),
    ],
)
def test_a_name_is_found_in_any_script(index, asked, names):
    assert index(asked) == names


@pytest.mark.parametrize(
    "asked",
    ['"', "a AND", "NEAR(a b)", "printed: x", "x*", "^x", "a - b", "{a b}: c", "a\x00b", "OR", "NOT x", "(", "%"],
)
def test_operators_are_text(index, asked):
    index(asked)


@settings(max_examples=80)
@given(asked=st.text(max_size=60))
def test_anything_typed_is_a_valid_query(index, asked):
    index(asked)
