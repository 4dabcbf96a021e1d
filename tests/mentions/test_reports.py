"""Whole short reports in three languages, about half of them look-alikes or of the rarer kinds."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.mentions.articles import read

REPORTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("reports.toml").read_text("utf-8"))["report"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.get("headline", report["paragraphs"][0])[:50])
def test_report(report: dict[str, Any]) -> None:
    reading = read(
        report["lang"], *report["paragraphs"], headline=report.get("headline"), published=report["published"]
    )
    expected = report.get("meeting", [])
    assert len(reading.mentions) == len(expected), reading.dropped
    for mention, meeting in zip(reading.mentions, expected, strict=True):
        found = {
            "kind": mention.kind,
            "status": mention.status,
            "day": mention.date,
            "city": mention.place.city if mention.place else None,
        }
        assert {key: found[key] for key in meeting} == meeting
