"""The committed result, its table in the README, and what a change is told to have changed."""

from __future__ import annotations

from quality import readings, result
from quality.labelled import ARTICLES, load
from quality.measuring import Measured
from quality.result import README, Row, changes


def test_the_table_of_the_readme_is_that_of_the_committed_result() -> None:
    committed = result.load()
    assert committed is not None
    page = README.read_text("utf-8")
    assert page == result.with_table(page, committed)
    assert result.table(committed) in page


def test_a_result_reads_back_as_it_was_written(tmp_path, monkeypatch) -> None:
    committed = result.load()
    rows = result.load_rows()
    assert committed is not None
    page = tmp_path / "README.md"
    page.write_text(f"before\n{result.BEGIN}\nold\n{result.END}\nafter\n", "utf-8")
    for name, file in (("FILE", "result.json"), ("OPEN", "open.jsonl")):
        monkeypatch.setattr(result, name, tmp_path / file)
    monkeypatch.setattr(result, "README", page)
    result.write(committed, rows)
    assert result.load() == committed
    assert result.load_rows() == rows
    assert page.read_text("utf-8").startswith("before\n")
    assert page.read_text("utf-8").endswith(f"{result.END}\nafter\n")
    assert "old" not in page.read_text("utf-8")


def test_each_open_article_has_a_row_with_its_reading_and_its_errors() -> None:
    articles = [article for article in load(ARTICLES) if article.part == "open"][:60]
    measured = Measured(articles)
    rows = result.rows(measured)
    assert list(rows) == [article.id for article in articles]
    told = [error for error in measured.errors("single") if error.articles == (articles[0].id,)]
    assert len([error for error in rows[articles[0].id].errors if not error.startswith(("split", "merged"))]) == len(
        told
    )


def test_changes_are_told_article_by_article() -> None:
    before = {
        "a1": Row("bilateral, no day", ("date: none for 2026-03-04", "kind: visit for call")),
        "a2": Row("no meeting", ()),
        "a3": Row("visit", ()),
    }
    now = {
        "a1": Row("bilateral, 2026-03-04", ("kind: visit for call",)),
        "a2": Row("no meeting", ("split: a1",)),
        "a4": Row("call", ()),
    }
    assert list(changes(before, now)) == [
        "a1",
        "  - bilateral, no day",
        "  + bilateral, 2026-03-04",
        "  mended  date: none for 2026-03-04",
        "a2",
        "  broken  split: a1",
        "a3 is gone",
        "a4 is new",
    ]
    assert list(changes(before, before)) == []


def test_the_unlabelled_texts_are_those_of_stories_tests_and_cases() -> None:
    texts = readings.texts()
    assert len(texts) > 1000
    assert {name.partition("/")[0] for name in texts} >= {
        "stories",
        "reports",
        "retellings",
        "reported",
        "cases",
        "test_kind",
    }
    labelled = {article.text for article in load(ARTICLES)}
    assert not labelled & {text.text for text in texts.values()}


def test_readings_read_back_as_they_were_written(tmp_path) -> None:
    lines = {"stories/a/1-report-az": "bilateral: Elman Guliyev AZ", "cases/b": "no meeting: denial"}
    readings.write(lines, tmp_path / "readings.txt")
    assert (tmp_path / "readings.txt").read_text("utf-8").splitlines()[0].startswith("cases/b: no meeting")
    assert readings.load(tmp_path / "readings.txt") == lines
    assert readings.load(tmp_path / "none.txt") == {}


def test_the_committed_readings_are_in_order_and_a_line_each() -> None:
    lines = readings.FILE.read_text("utf-8").splitlines()
    names = [line.partition(": ")[0] for line in lines]
    assert names == sorted(names)
    assert len(names) == len(set(names)) == len(readings.load())
