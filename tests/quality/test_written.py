"""What is read and joined of articles that were written to measure it, half of which nothing was ever tuned on."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from quality.labelled import FOLDER, load
from quality.measuring import Measured

pytestmark = pytest.mark.quality

FLOORS: dict[str, Any] = tomllib.loads((FOLDER / "floors.toml").read_text("utf-8"))["written"]


@pytest.fixture(scope="module", params=["open", "sealed"])
def measured(request: pytest.FixtureRequest) -> tuple[str, Measured]:
    return request.param, Measured(load(FOLDER / f"written-{request.param}.jsonl"))


def test_no_figure_is_below_its_floor(measured: tuple[str, Measured]) -> None:
    part, articles = measured
    joined = articles.figures().by_form["joined"]
    low = {name: joined[name].value for name, least in FLOORS[part].items() if joined[name].value < least}
    assert not low, f"{part}: {FLOORS[part]}"
