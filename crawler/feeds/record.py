"""A meeting as the line of the contract, checked against the published schema."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import orjson

from crawler.items import Meeting

if TYPE_CHECKING:
    import jsonschema_rs

KEYS: Final = tuple(field.name for field in fields(Meeting))
"""The keys of a record in the contract's order."""


class InvalidRecordError(Exception):
    """A meeting that does not fit the schema of the feed: a fault of the program, never of the input."""


@cache
def schema() -> bytes:
    """Return the JSON Schema (draft 2020-12) of one line, as published beside the feed."""
    return resources.files(__package__).joinpath("meetings.schema.json").read_bytes()


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs  # noqa: PLC0415 - a run without a new line needs no validator

    return jsonschema_rs.Draft202012Validator(json.loads(schema()))


def line(meeting: Meeting | str) -> bytes:
    """Return one UTF-8 JSON object with the keys in the contract's order, ended by a newline.

    ``meeting`` may be the record that the store keeps of it, whose bytes are then the line's.
    Raises InvalidRecordError naming the meeting, the key and what is wrong with it.
    """
    encoded = _encoded(meeting)
    _checked(encoded)
    return encoded + b"\n"


def record(meeting: Meeting | str) -> dict[str, Any]:
    """Return what ``line`` holds as dicts, lists, texts and numbers. Raises InvalidRecordError."""
    return _checked(_encoded(meeting))


def withdrawal(id_: str, revision: int) -> bytes:
    """Return the line that says a meeting is no more: every record of it up to this revision is void."""
    return orjson.dumps({"schema_version": 1, "id": id_, "revision": revision}, option=orjson.OPT_APPEND_NEWLINE)


def _encoded(meeting: Meeting | str) -> bytes:
    return meeting.encode() if isinstance(meeting, str) else orjson.dumps(meeting)


def _checked(encoded: bytes) -> dict[str, Any]:
    decoded: dict[str, Any] = orjson.loads(encoded)
    if not _validator().is_valid(decoded):
        errors = "; ".join(
            f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in _validator().iter_errors(decoded)
        )
        raise InvalidRecordError(f"meeting {decoded.get('id')}: {errors}")
    if tuple(decoded) != KEYS or b"\n" in encoded:
        raise InvalidRecordError(f"meeting {decoded['id']}: not written as one line with the keys in their order")
    return decoded
