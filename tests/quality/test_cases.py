from __future__ import annotations

from typing import Any

import pytest

from crawler.spiders.files import TextRecord
from quality import cases
from quality.cases import Case, Outcome, by_cause, faults

MET = (
    "On March 4, 2026, Azerbaijan's Minister of Defence Elman Guliyev met in Warsaw with Poland's Minister of Defence "
    "Marek Dubrovski."
)
EXPECTED: dict[str, Any] = {
    "meeting": True,
    "kind": "bilateral",
    "status": "held",
    "date": "2026-03-04",
    "place": "Warsaw",
    "countries": ["PL", "AZ"],
    "people": {"Elman Guliyev": "AZ", "Marek Dubrovski": "PL"},
    "names_en": ["Marek Dubrovski", "Elman Guliyev"],
}


def text(number: int, body: str = MET) -> TextRecord:
    return TextRecord(url=f"https://example.org/{number}", text=body, lang="en", published="2026-03-05")


def article(**expected: Any) -> list[str]:
    return faults(Case("cause", (text(1),), {**EXPECTED, **expected}, ()))


def test_a_case_is_right_when_everything_expected_is() -> None:
    assert article() == []


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"kind": "visit"}, "kind 'bilateral' for 'visit'"),
        ({"place": None}, "place 'Warsaw' for None"),
        ({"countries": ["AZ"]}, "countries ['AZ', 'PL'] for ['AZ']"),
        ({"people": {"Elman Guliyev": "AZ"}}, "people "),
        ({"people": {"Elman Guliyev": "AZ", "Marek Dubrovski": "CZ"}}, "people "),
        ({"meeting": False}, "read as a meeting: bilateral AZ PL"),
        ({"meetings": [EXPECTED, EXPECTED]}, "1 meetings for 2"),
    ],
)
def test_what_is_wrong_is_said(expected: dict[str, Any], said: str) -> None:
    (fault,) = article(**expected)
    assert fault.startswith(said)


def test_groups_are_right_when_together_are_those_that_belong_together() -> None:
    other = (
        "On March 3, 2026, Chief of General Staff of Azerbaijan Rauf Samadov received in Baku Latvia's Chief of General "
        "Staff Janis Kalninsh."
    )
    texts = (text(1), text(2), text(3, other), text(4, "The artillery units have ended an exercise with live fire."))
    urls = [each.url for each in texts]

    def grouped(*groups: list[str]) -> list[str]:
        return faults(Case("cause", texts, None, groups))

    assert grouped(urls[:2], urls[2:3]) == []
    assert grouped(urls[:1], urls[1:2], urls[2:3]) == [f"merged: {urls[0]} {urls[1]}"]
    assert grouped(urls[:3]) == [f"split: {urls[0]} {urls[2]}", f"split: {urls[1]} {urls[2]}"]
    assert grouped(urls[:2]) == [f"a meeting read from {urls[2]}"]
    assert grouped(urls[:2], urls[2:3], urls[3:]) == [f"no meeting read from {urls[3]}"]


def test_right_cases_are_counted_by_cause() -> None:
    one = Case("day", (text(1),), EXPECTED, ())
    two = Case("place", (text(1),), EXPECTED, ())
    outcomes = [Outcome(one, ()), Outcome(one, ("date",)), Outcome(two, ("place",))]
    assert by_cause(outcomes) == {"day": (1, 2), "place": (0, 1)}


def test_every_case_of_the_project_can_be_read() -> None:
    every = cases.load()
    assert len(every) > 100
    for case in every:
        assert (case.expected is None) != (not case.groups)
        assert {url for group in case.groups for url in group} <= {each.url for each in case.texts}
