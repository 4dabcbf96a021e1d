"""Nothing but sums of sealed articles is ever printed or kept."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from quality import readings, result
from quality.__main__ import SHOWN, main
from quality.labelled import ARTICLES, load
from tests.quality.making import labelled, url

SEALED = [article for article in load(ARTICLES) if article.part == "sealed"]
OPEN = [article for article in load(ARTICLES) if article.part == "open"]
NAMES = {name for article in SEALED for name in (article.id, article.event) if name}
OPEN_TEXTS = "\n".join(text for article in OPEN for text in (article.text, article.headline or ""))
BEGINNINGS = {text for article in SEALED if (text := article.text[:40]) not in OPEN_TEXTS}
HEADLINES = {text for article in SEALED if (text := article.headline) and text not in OPEN_TEXTS}
ADDRESSES = {article.url for article in SEALED}


def told(output: str) -> list[str]:
    """Return the places of the output that name a sealed article: counted, never shown."""
    words = set(re.findall(r"\w+", output))
    phrases = (text for text in (*BEGINNINGS, *HEADLINES, *ADDRESSES) if text in output)
    return [f"{len(phrase)} characters" for phrase in phrases] + [f"{len(name)}-letter id" for name in NAMES & words]


OPTIONS = [
    ["--joined", "--single", "--cases", "--rules", "--diff"],
    *(["--show", name] for name in SHOWN),
    *(["--single", "--show", name] for name in SHOWN if name not in {"pairs", "cases"}),
]


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_no_option_prints_anything_of_a_sealed_article(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(options) == 0
    output = capsys.readouterr()
    assert output.out
    assert told(output.out + output.err) == []


def test_every_option_is_tried() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "quality", "--help"], cwd=ARTICLES.parents[1], capture_output=True, text=True, check=True
    )
    known = set(re.findall(r"(?<!\w)--[a-z]+", done.stdout))
    tried = {option for options in OPTIONS for option in options if option.startswith("--")}
    assert known - tried == {"--help", "--ablate", "--articles", "--write"}  # each has a test of its own below


def test_the_check_would_notice() -> None:
    assert len(BEGINNINGS) > len(SEALED) - 10
    assert told(f"x {SEALED[0].id} y")
    assert told(SEALED[0].text)
    assert told(f"<{SEALED[0].url}>")


@pytest.mark.slow
def test_an_ablation_tells_sums_of_sealed_articles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ablate"]) == 0
    output = capsys.readouterr().out
    assert "sealed" in output
    assert told(output) == []


def test_nothing_of_a_sealed_article_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"{result.BEGIN}\n{result.END}\n", "utf-8")
    monkeypatch.setattr(result, "README", page)
    monkeypatch.setattr(result, "FILE", tmp_path / "result.json")
    monkeypatch.setattr(result, "OPEN", tmp_path / "open.jsonl")
    kept = readings.write
    monkeypatch.setattr(readings, "write", lambda lines: kept(lines, tmp_path / "readings.txt"))
    assert main(["--write"]) == 0
    written = sorted(tmp_path.iterdir())
    assert [file.name for file in written] == ["README.md", "open.jsonl", "readings.txt", "result.json"]
    for file in written:
        assert told(file.read_text("utf-8")) == [], file.name


def test_the_committed_files_hold_nothing_of_a_sealed_article() -> None:
    for file in (result.FILE, result.OPEN, readings.FILE, result.README, *ARTICLES.parent.glob("cases-*.jsonl")):
        assert told(file.read_text("utf-8")) == [], file.name


def _file(path: Path, *lines: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def test_sealed_articles_stay_sealed_in_another_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ARTICLES.read_text("utf-8").splitlines()
    renamed = [{**json.loads(line), "id": f"x{number}", "event": None} for number, line in enumerate(lines)]
    addressed = [{**line, "url": f"https://example.org/{line['id']}"} for line in renamed]
    for file, options in (
        (ARTICLES, []),
        (_file(tmp_path / "renamed.jsonl", *renamed), ["--show", "detection"]),
        (_file(tmp_path / "addressed.jsonl", *addressed), ["--single", "--show", "kind"]),
    ):
        assert main(["--articles", str(file), *options]) == 0
        assert told(capsys.readouterr().out) == [], file.name


def test_other_articles_are_all_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Azerbaijan's Minister of Defence Elman Guliyev met in Warsaw with Poland's Minister of Defence Marek Dubrovski."
    lines = [
        {"id": f"n{n}", "url": url(f"n{n}"), "lang": "en", "text": f"{text} {n} papers.", "kind": "visit", "event": f"e{n}",
         "participants": [], "countries": ["AZ", "PL"]}
        for n in range(1, 9)
    ]  # fmt: skip
    assert {labelled("x", f"e{n}").part for n in range(1, 9)} == {"open", "sealed"}
    assert main(["--articles", str(_file(tmp_path / "new.jsonl", *lines)), "--single", "--show", "kind"]) == 0
    output = capsys.readouterr().out
    assert all(f"n{n} en: {text}" in output for n in range(1, 9))
    assert "8 errors of kind" in output
    assert main(["--articles", str(tmp_path / "new.jsonl")]) == 0
    assert "open: 8 articles" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--articles", "no-such-file.jsonl"], "no-such-file.jsonl cannot be read"),
        (["--articles", str(ARTICLES), "--write"], "leave --articles out"),
        (["--articles", str(ARTICLES), "--diff"], "leave --articles out"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1
