"""Records as canonical JSON and back, by the types of their fields."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import orjson

Record = TypeVar("Record")


def encode(record: object) -> str:
    """Return the JSON of a record, its keys in the order of its fields."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        record = {item.name: getattr(record, item.name) for item in dataclasses.fields(record)}
    return orjson.dumps(record).decode()


def decode(cls: type[Record], text: str) -> Record:
    """Return the record of type ``cls`` from its JSON; raises KeyError or ValueError when it is none of that type."""
    return cast("Record", _decoder(cast("Any", cls))(orjson.loads(text)))


def digest(record: object) -> str:
    """Return a hash of a record's content, whatever the order of its keys."""
    return hashlib.sha256(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _same(value: object) -> object:
    return value


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:  # a type form: class, alias, union
    origin, arguments = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass_decoder(cast("type[Any]", kind))
    if origin in {Union, types.UnionType}:
        (inner,) = (_decoder(item) for item in arguments if item is not types.NoneType)
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            one = _decoder(arguments[0])
            return lambda value: tuple(map(one, value))
        each = [_decoder(item) for item in arguments]
        return lambda value: tuple(read(item) for read, item in zip(each, value, strict=True))
    if origin in {dict, Mapping}:
        one = _decoder(arguments[1])
        return lambda value: {key: one(item) for key, item in value.items()}
    if kind is dt.datetime:
        return dt.datetime.fromisoformat
    if kind is dt.date:
        return dt.date.fromisoformat
    if origin is Literal or kind in {str, int, float, bool}:
        return _same
    raise TypeError(f"no decoder for {kind!r}")


def _dataclass_decoder(cls: type[Any]) -> Callable[[Any], Any]:
    hints = get_type_hints(cls)
    readers = [(item.name, _decoder(hints[item.name])) for item in dataclasses.fields(cls)]

    def read(value: Mapping[str, Any]) -> Any:  # an instance of `cls`
        return cls(**{name: reader(value[name]) for name, reader in readers if name in value})

    return read
