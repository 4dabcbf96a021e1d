"""Figures from statistics to the manifest and back; only good runs tell what is usual."""

from __future__ import annotations

import json
import logging

from crawler.extensions.figures import Figures, figures
from crawler.extensions.history import RUNS_COMPARED, good_runs

STATS = {
    "article/read": 8,
    "store/new": 5,
    "store/changed": 1,
    "article/unreadable/missing-date": 1,
    "article/unreadable/empty-body": 1,
    "article/unreadable/provider-not-accepted": 7,
    "article/matched/headline/h1.news-title": 6,
    "article/matched/published/time[datetime]/@datetime": 2,
    "layout/page/report/2025": 8,
    "layout/judged/body": 8,
    "layout/primary/body": 6,
    "layout/own/body": 8,
    "layout/agreement": [0.9, 0.7, 0.8],
    "channel/section/az/entries": 12,
    "channel/section/az/pages": 2,
    "fetch/failed": 3,
    "fetch/timeout": 1,
    "fetch/http-503": 2,
    "downloader/response_status_count/200": 11,
}


def test_figures_are_taken_from_the_statistics():
    taken = figures("finished", STATS)
    assert (taken.read, taken.new, taken.changed, taken.faulty, taken.pages) == (8, 5, 1, 2, 10)
    assert taken.coverage == {"headline": 1.0, "body": 0.9, "published": 0.9}
    assert taken.levels == {"headline": {"h1.news-title": 6}, "published": {"time[datetime]/@datetime": 2}}
    assert taken.layouts == {"report/2025": 8}
    assert taken.shares(taken.primary) == {"body": 0.75}
    assert taken.usual_agreement == 0.8
    assert taken.channels == {"section/az": {"entries": 12, "pages": 2}}
    assert taken.failures == "http-503 (2), timeout (1)"


def test_figures_survive_the_manifest():
    taken = figures("finished", STATS)
    assert Figures.from_dict(json.loads(json.dumps(taken.as_dict()))) == taken


def test_a_run_without_anything_has_figures_too():
    assert figures("finished", {}).coverage == {}
    assert figures("finished", {}).usual_agreement is None


def write(folder, name, verdict, read):
    path = folder / "runs" / name / "manifest.json"
    path.parent.mkdir(parents=True)
    part = {"verdict": verdict, "figures": Figures(read=read).as_dict()}
    path.write_text(json.dumps({"run": name, "sources": {"report": part}}))


def test_only_good_runs_count_newest_first(tmp_path):
    for number in range(15):
        write(tmp_path, f"202602{number:02}T000000Z-report", "done" if number % 2 else "changed", number)
    assert [run.read for run in good_runs(tmp_path, "report")] == [13, 11, 9, 7, 5, 3, 1]
    assert good_runs(tmp_path, "azernews") == []
    assert RUNS_COMPARED == 10


def test_an_unreadable_manifest_is_named_and_left_out(tmp_path, caplog):
    write(tmp_path, "20260201T000000Z-report", "done", 3)
    broken = tmp_path / "runs" / "20260202T000000Z-report" / "manifest.json"
    broken.parent.mkdir()
    broken.write_text("{")
    (tmp_path / "runs" / "20260203T000000Z-report").mkdir()  # killed before its manifest
    with caplog.at_level(logging.WARNING):
        assert [run.read for run in good_runs(tmp_path, "report")] == [3]
    assert str(broken) in caplog.text


def test_a_manifest_of_an_older_form_is_no_history(tmp_path):
    path = tmp_path / "runs" / "20250101T000000Z-report" / "manifest.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"sources": {"report": {"verdict": "done", "counts": {"articles read": 3}}}}))
    assert good_runs(tmp_path, "report") == []
