"""Title Case headlines give no people but those the body or the table of known office holders vouches for."""

from __future__ import annotations

import pytest

from tests.mentions.articles import people, read_one

_BODY = "Azerbaijan's Defence Minister Zakir Hasanov met Peru's Defence Minister Luis Soto in Baku."


@pytest.mark.parametrize(
    "headline",
    [
        "Azerbaijan, Peru Discuss Demining",
        "Defense Minister Holds Talks With Guests",
        "Ministers Of Peru And Azerbaijan Eye Expanding Ties",
        "Baku Hosts Peruvian Guests, Flight Crews Train",
        "Minister Zakir Hasanov Meets Luis Soto",
        "Peru's Luis Soto Visits Victory Park",
        "Azerbaijan, Peru Review Ammunition Production",
        "Peru's Soto Hails Lasting Brotherhood",
    ],
)
def test_title_case(headline: str) -> None:
    assert sorted(people(read_one("en", _BODY, headline=headline))) == [("Luis Soto", "PE"), ("Zakir Hasanov", "AZ")]


def test_other_headlines_name_people() -> None:
    mention = read_one("en", "The ministers talked in Baku.", headline="Peru's minister Luis Soto met Zakir Hasanov")
    assert ("Luis Soto", "PE") in people(mention)


@pytest.mark.parametrize(
    "text",
    [
        "Zakir Hasanov met Luis Soto of Peru on Distinguished Visitors Day.",
        "Zakir Hasanov met Luis Soto of Peru at the Operative Information Center-OMM.",
        "Zakir Hasanov met Luis Soto of Peru and the Sub-Working Groups.",
        "Zakir Hasanov met Luis Soto of Peru after the Mountain Warrior Course.",
    ],
)
def test_capitalised_things_are_nobody(text: str) -> None:
    assert {name for name, _ in people(read_one("en", text))} == {"Zakir Hasanov", "Luis Soto"}
