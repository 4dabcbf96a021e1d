"""A meeting as the line of the contract, checked against the published schema."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

import jsonschema_rs
import orjson

from crawler.items import Meeting


class InvalidRecordError(Exception):
    """A meeting that does not fit the schema of the feed: a fault of the program, never of the input."""


@cache
def schema() -> bytes:
    """Return the JSON Schema (draft 2020-12) of one line, as published beside the feed."""
    return resources.files(__package__).joinpath("meetings.schema.json").read_bytes()


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(schema()))


def line(meeting: Meeting) -> bytes:
    """Return one UTF-8 JSON object with the keys in the contract's order, ended by a newline.

    Raises InvalidRecordError naming the meeting, the key and what is wrong with it.
    """
    encoded = orjson.dumps(meeting, option=orjson.OPT_APPEND_NEWLINE)
    _checked(encoded, meeting.id)
    return encoded


def record(meeting: Meeting) -> dict[str, Any]:
    """Return what ``line`` holds as dicts, lists, texts and numbers. Raises InvalidRecordError."""
    return _checked(orjson.dumps(meeting), meeting.id)


def _checked(encoded: bytes, id_: str) -> dict[str, Any]:
    decoded: dict[str, Any] = orjson.loads(encoded)
    validator = _validator()
    if not validator.is_valid(decoded):
        errors = "; ".join(
            f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in validator.iter_errors(decoded)
        )
        raise InvalidRecordError(f"meeting {id_}: {errors}")
    return decoded
