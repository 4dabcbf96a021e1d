"""``.ftm.jsonl`` read back by the followthemoney library, which .ci/run installs apart: its PyICU is compiled."""

from __future__ import annotations

import io

import orjson
import pytest

from crawler.feeds.entities import write_entities
from tests.feeds.making import hostile, meetings

ftm = pytest.importorskip("followthemoney", reason="pip install -r requirements-ftm.txt (PyICU is compiled)")

SENT = list(meetings(120))


def entities(some):
    file = io.BytesIO()
    write_entities(iter(some), file)
    return [orjson.loads(one) for one in file.getvalue().splitlines()]


def test_every_entity_is_valid_and_nothing_of_it_is_cleaned_away():
    for entity in entities([*SENT, hostile()]):
        proxy = ftm.model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(entity)
        cleaned = proxy.to_dict()
        assert cleaned["id"] == entity["id"]
        assert {name: sorted(values) for name, values in cleaned["properties"].items()} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }


def test_the_library_reads_back_the_same_meetings():
    proxies = {entity["id"]: ftm.model.get_proxy(entity) for entity in entities(SENT)}
    reported = {}
    for link in (proxy for proxy in proxies.values() if proxy.schema.name == "Documentation"):
        article = proxies[link.first("document")]
        reported.setdefault(link.first("entity"), set()).add((article.first("sourceUrl"), article.first("publisher")))
    events = {id_: proxy for id_, proxy in proxies.items() if proxy.schema.is_a("Event")}
    assert list(events) == [one.id for one in SENT]
    for one in SENT:
        event = events[one.id]
        assert event.caption == one.headline
        assert event.get("date") == ([one.date] if one.date else [])
        assert set(event.countries) == {code.lower() for code in one.countries}
        assert {proxies[id_].caption for id_ in event.get("involved")} == {person.name for person in one.participants}
        assert {proxies[id_].schema.name for id_ in event.get("involved")} <= {"Person"}
        assert reported[one.id] == {(source.url, source.outlet) for source in one.sources}
