"""One table of a story file, read strictly: key by key, with the file and the key in every complaint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from tests.replica.calendars import CLOCK


class StoryError(ValueError):
    """A story is wrong; the message names file, key and fault."""


class Table:
    """One TOML table, read key by key; whatever is left over at the end is an error."""

    def __init__(self, file: str, where: str, values: object) -> None:
        self.file = file
        self.where = where
        if not isinstance(values, dict):
            self.fail("", "is not a table")
        self._left: dict[str, Any] = dict(values)

    def fail(self, key: str, fault: str) -> NoReturn:
        """Raise StoryError for ``key``."""
        place = ".".join(part for part in (self.where, key) if part)
        raise StoryError(f"{self.file}: {place}: {fault}")

    def _take(self, key: str, kind: type, default: object, *, required: bool) -> Any:
        if key not in self._left:
            if required:
                self.fail(key, "is missing")
            return default
        value = self._left.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fail(key, f"must be {kind.__name__}, not {value!r}")
        return value

    def text(self, key: str) -> str:
        """Return a required text that is not blank."""
        value: str = self._take(key, str, None, required=True)
        if not value.strip():
            self.fail(key, "is empty")
        return value

    def text_or(self, key: str, default: str | None) -> str | None:
        """Return a text, or ``default`` when it is missing or empty."""
        value: str | None = self._take(key, str, default, required=False)
        return value or default

    def number(self, key: str, *, required: bool = True) -> int | None:
        """Return a whole number."""
        value: int | None = self._take(key, int, None, required=required)
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a truth value."""
        value: bool = self._take(key, bool, default, required=False)
        return value

    def one_of(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """Return a text out of ``allowed``."""
        value: str = self._take(key, str, default, required=default is None)
        if value not in allowed:
            self.fail(key, f"{value!r} is none of {', '.join(sorted(allowed))}")
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._take(key, list, [], required=required)
        if required and not value:
            self.fail(key, "is empty")
        for item in value:
            if not isinstance(item, str) or not item.strip():
                self.fail(key, f"holds {item!r}, not a text")
        return tuple(value)

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables of an array."""
        for index, values in enumerate(self._take(key, list, [], required=False)):
            yield Table(self.file, f"{self.where}.{key}[{index}]".lstrip("."), values)

    def table(self, key: str) -> Table | None:
        """Return a table, or None."""
        values = self._take(key, dict, None, required=False)
        return None if values is None else Table(self.file, f"{self.where}.{key}", values)

    def moment(self, key: str, zone: dt.tzinfo) -> dt.datetime:
        """Return a local time of ``zone``, not after the replica's clock."""
        raw = self.text(key)
        try:
            moment = dt.datetime.fromisoformat(raw)
        except ValueError:
            self.fail(key, f"{raw!r} is no ISO 8601 time")
        if moment.tzinfo is not None:
            self.fail(key, f"{raw!r} must be local, without zone")
        moment = moment.replace(tzinfo=zone)
        if moment > CLOCK:
            self.fail(key, f"{raw} lies after the replica's clock {CLOCK.isoformat()}")
        return moment

    def day(self, key: str) -> dt.date:
        """Return a day, or the first of a month given as ``2026-03``."""
        raw = self.text(key)
        try:
            return dt.date.fromisoformat(raw if raw.count("-") == 2 else f"{raw}-01")
        except ValueError:
            self.fail(key, f"{raw!r} is no ISO 8601 day")

    def value(self, key: str, default: object) -> object:
        """Return whatever stands there."""
        return self._left.pop(key, default)

    def finish(self) -> None:
        """Fail if a key was not read."""
        for key in sorted(self._left):
            self.fail(key, "is not known")
