"""Quality does not fall, and open articles do not run away from sealed ones: quality/floors.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from quality.figures import Figure, gaps
from quality.labelled import ARTICLES, FOLDER, load
from quality.measuring import ALL, FORMS, Measured, parts, together
from quality.scoring import JOINED, SINGLE

pytestmark = pytest.mark.quality

FLOORS: dict[str, Any] = tomllib.loads((FOLDER / "floors.toml").read_text("utf-8"))
MEASURES = {"joined": JOINED, "single": SINGLE}
Table = dict[str, dict[str, Mapping[str, Figure]]]


@pytest.fixture(scope="module")
def measured() -> Table:
    found = {part: Measured(articles) for part, articles in parts(load(ARTICLES)).items()}
    totals = {**{part: one.figures() for part, one in found.items()}, ALL: together(found.values())}
    return {form: {part: total.by_form[form] for part, total in totals.items()} for form in FORMS}


def test_every_measure_but_those_of_few_labels_has_a_floor() -> None:
    for form in FORMS:
        assert set(FLOORS[form]) == {measure.name for measure in MEASURES[form]} - {"announced"}


@pytest.mark.parametrize(("form", "name"), [(form, name) for form in FORMS for name in FLOORS[form]])
def test_no_figure_is_below_its_floor(measured: Table, form: str, name: str) -> None:
    for part in ("open", "sealed", ALL):
        least = FLOORS[form][name][part]
        assert measured[form][part][name].value >= least, f"{part}: docs/quality.md says what a floor is"


@pytest.mark.parametrize(("form", "name"), [(form, name) for form in FORMS for name in FLOORS[form]])
def test_open_articles_are_not_read_much_better_than_sealed_ones(measured: Table, form: str, name: str) -> None:
    gap = gaps(measured[form]["open"], measured[form]["sealed"])[name]
    assert gap is not None
    assert gap <= FLOORS[form][name]["gap"], (
        "a rule was fitted to open articles, or sealed ones lost: python -m quality"
    )
