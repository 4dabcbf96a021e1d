"""Short articles read whole: participants with their countries, and the countries that met."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from crawler.mentions import read_mentions
from crawler.pages import read_text

_RETELLINGS: Final = tomllib.loads((Path(__file__).parent / "retellings.toml").read_text("utf-8"))["retelling"]


@pytest.mark.parametrize("told", _RETELLINGS, ids=lambda told: told["text"][:40])
def test_who_met(told: dict[str, Any]) -> None:
    reading = read_mentions(
        read_text(
            told["text"],
            url="https://example.org/a",
            lang=told["lang"],
            headline=told.get("headline"),
            published=told["published"].isoformat(),
        )
    )
    assert reading.dropped is None
    named = {person.name: person.country for mention in reading.mentions for person in mention.people if person.name}
    assert named == told["people"]
    countries = {code for mention in reading.mentions for code in mention.countries}
    assert countries == set(told["countries"])
