"""What is read and joined of articles that were written to measure it, of which two files nothing was ever tuned on."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from quality.labelled import FOLDER, load
from quality.measuring import Measured

pytestmark = pytest.mark.quality

FLOORS: dict[str, Any] = tomllib.loads((FOLDER / "floors.toml").read_text("utf-8"))["written"]


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_is_below_its_floor(name: str) -> None:
    joined = Measured(load(FOLDER / f"{name}.jsonl")).figures().by_form["joined"]
    low = {measure: joined[measure].value for measure, least in FLOORS[name].items() if joined[measure].value < least}
    assert not low, FLOORS[name]
