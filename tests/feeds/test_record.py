"""The line of the contract: out of a meeting, or out of the record that the store keeps of it."""

from __future__ import annotations

import orjson
import pytest

from crawler.feeds.record import InvalidRecordError, line, record
from crawler.store.encoding import encode
from tests.feeds.making import hostile, meeting

SOME = [*map(meeting, range(40)), hostile()]


@pytest.mark.parametrize("one", SOME, ids=lambda one: one.id)
def test_a_stored_record_gives_the_same_line_as_its_meeting(one):
    assert line(encode(one)) == line(one) == orjson.dumps(one) + b"\n"
    assert record(encode(one)) == record(one) == orjson.loads(orjson.dumps(one))


def spoiled(**values):
    return orjson.dumps({**record(meeting(1)), **values}).decode()


@pytest.mark.parametrize(
    ("stored", "message"),
    [
        (spoiled(kind="party"), 'kind: "party" is not one of'),
        (spoiled(sources=[]), "sources: "),
        (spoiled(more=1), "Additional properties are not allowed"),
        (orjson.dumps({"id": "m1"}).decode(), "meeting m1: "),
        (orjson.dumps(dict(reversed(record(meeting(1)).items()))).decode(), "the keys in their order"),
        (orjson.dumps(record(meeting(1)), option=orjson.OPT_INDENT_2).decode(), "written as one line"),
    ],
)
def test_a_stored_record_that_does_not_fit_never_leaves(stored, message):
    for way in (line, record):
        with pytest.raises(InvalidRecordError, match=message):
            way(stored)
