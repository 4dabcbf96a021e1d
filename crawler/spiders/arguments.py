"""What ``-a`` may say to every source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawler.items import LANGS, Lang
from crawler.spiders.address_list import AddressList, read_address_list


class ArgumentError(ValueError):
    """A ``-a`` argument that is unknown or cannot be read; the message says what is accepted."""


def texts(arguments: Mapping[str, object]) -> dict[str, str]:
    """Return the arguments that a script gives as days, numbers, lists or paths as the command line has them."""
    return {
        name: ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        for name, value in arguments.items()
        if value is not None
    }


@dataclass(frozen=True, slots=True)
class Arguments:
    """The window, languages and addresses that were asked for."""

    since: date | None = None
    until: date | None = None
    langs: tuple[Lang, ...] = LANGS
    max_pages: int | None = None
    urls: AddressList | None = None

    @classmethod
    def read(cls, **values: str) -> Arguments:
        """Read the spider arguments of the command line.

        Raises ArgumentError naming the argument, its value and what is accepted.
        """
        values.pop("_job", None)  # scrapyd's name of its job, given to every spider
        known = {"since", "until", "langs", "max_pages", "urls"}
        if unknown := sorted(values.keys() - known):
            raise ArgumentError(f"unknown argument -a {unknown[0]}=...; known are {', '.join(sorted(known))}")
        since, until = (_day(name, values.get(name)) for name in ("since", "until"))
        if since and until and since > until:
            raise ArgumentError(f"-a since={since} lies after -a until={until}")
        return cls(
            since=since,
            until=until,
            langs=_langs(values.get("langs")),
            max_pages=_positive("max_pages", values.get("max_pages")),
            urls=_addresses("urls", values.get("urls")),
        )

    def covers(self, day: date | None) -> bool:
        """Tell whether a day lies in the window; an unknown day does."""
        return day is None or not ((self.since and day < self.since) or (self.until and day > self.until))

    @property
    def is_poll(self) -> bool:
        """Whether everything new in these languages is asked for, and nothing in particular."""
        return self == Arguments(langs=self.langs)

    @property
    def is_fresh(self) -> bool:
        """Whether pages were asked for by name or date, so that they are fetched however well they are known."""
        return self.since is not None or self.urls is not None


def _day(name: str, value: str | None) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentError(f"-a {name}={value}: a day such as 2026-01-31 is expected") from None


def _langs(value: str | None) -> tuple[Lang, ...]:
    if not value:
        return LANGS
    wanted = {part.strip() for part in value.split(",")}
    if wrong := sorted(wanted - set(LANGS)):
        raise ArgumentError(f"-a langs={value}: {wrong[0]!r} is none of {','.join(LANGS)}")
    return tuple(lang for lang in LANGS if lang in wanted)


def _positive(name: str, value: str | None) -> int | None:
    if not value:
        return None
    if not value.isdecimal() or int(value) < 1:
        raise ArgumentError(f"-a {name}={value}: a number from 1 is expected")
    return int(value)


def _addresses(name: str, value: str | None) -> AddressList | None:
    if not value:
        return None
    path = Path(value)
    if not path.is_file():
        raise ArgumentError(f"-a {name}={value}: there is no such file")
    try:
        return read_address_list(path)
    except (OSError, ValueError) as error:
        raise ArgumentError(f"-a {name}={value}: {error}") from None
