from __future__ import annotations

import gzip
import json
import subprocess
import sys

import pytest

from benchmarks.extraction_benchmark import Labelled, load, score

STORY = [
    "The guests of the museum were shown a clock that a watchmaker of the town had made two hundred years ago.",
    "It has been repaired three times since, the last time by his great-grandson, who keeps a workshop nearby.",
    "Visitors may see it every day but Monday, and the guide tells how the hands were lost and found again.",
    "The town plans a second room for the tools of the workshop, which were packed in boxes until this spring.",
]
GERMAN = [
    "Die Gäste des Museums sahen eine Uhr, die ein Uhrmacher der Stadt vor zweihundert Jahren gebaut hatte.",
    "Sie wurde seither dreimal ausgebessert, zuletzt von seinem Urenkel, der in der Nähe eine Werkstatt hat.",
]


def html(story):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    menu = "".join(f'<li><a href="/{number}">Section {number}</a></li>' for number in range(9))
    return (
        f"<html><head><title>A clock</title></head><body><nav><ul>{menu}</ul></nav><main><article><h1>A clock of the town"
        f"</h1>{text}</article></main><footer>All rights reserved by the museum</footer></body></html>"
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "html").mkdir()
    records = {}
    for name, story in (("one", STORY), ("two", STORY[::-1]), ("three", GERMAN)):
        records[name] = {"articleBody": "\n\n".join(story), "url": f"https://museum.example/{name}"}
        (tmp_path / "html" / f"{name}.html.gz").write_bytes(gzip.compress(html(story).encode()))
    (tmp_path / "ground-truth.json").write_text(json.dumps(records), "utf-8")
    return tmp_path


def run(folder):
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.extraction_benchmark", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_both_readers_are_scored_on_the_pages_of_a_folder(folder):
    done = run(folder)
    rows = [
        line for line in done.stdout.splitlines() if line.startswith(("our extraction", "read_article", "trafilatura"))
    ]
    assert len(rows) == 4
    assert all(float(value) > 0.9 for row in rows for value in row.split()[-3:])
    assert "read_article, the 2 pages it reads" in done.stdout
    assert "Refused by read_article: unsupported-language 1." in done.stdout
    assert done.returncode == 0


def test_a_folder_without_the_set_is_said(tmp_path):
    done = run(tmp_path)
    assert done.returncode == 2
    assert "no ground-truth.json" in done.stderr


def test_records_are_read(folder):
    pages = load(folder)
    assert pages["one"].url == "https://museum.example/one"
    assert pages["one"].html.startswith(b"<html>")
    assert pages["one"].gold == "\n\n".join(STORY)


def test_shared_runs_of_four_words_count():
    gold = "one two three four five"
    pages = {name: Labelled("", b"", gold) for name in ("a", "b")}
    assert score({"a": gold}, pages).f1 == 1
    # two runs against two, one of them shared; nothing found lowers recall and says nothing of precision
    found = score({"a": "zero, one two three FOUR one two three four", "b": ""}, pages)
    assert (found.precision, found.recall) == (1 / 6, 0.25)
    assert score({"a": "one two"}, {"a": Labelled("", b"", "one two")}).f1 == 1
    assert score({"a": "one two"}, {"a": Labelled("", b"", "")}).cells() == ("0.000", "0.000", "0.000")
