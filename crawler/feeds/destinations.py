"""Where meetings are exported to, and in which format: what a DEST of ``scrapy export`` means."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapy.settings import BaseSettings

from crawler.feeds import atom, brief, calendars, entities, lines, parquet, remote, spreadsheet
from crawler.feeds.analysts import AnalystsDatabaseError, export_analysts_database
from crawler.feeds.atomic import replacing
from crawler.feeds.extras import extra
from crawler.feeds.postgresql import UnwritableDatabaseError, load_meetings
from crawler.items import Meeting

Write = Callable[[Iterable[Any], BinaryIO], int]


class Deliver(Protocol):
    """What a destination does: write the meetings and return how many.

    ``withdrawn`` (id, last revision) are meetings that are no more, for places that are brought up to date; a file is
    replaced as a whole and has no use for them.
    """

    def __call__(self, meetings: Iterable[Any], withdrawn: Iterable[tuple[str, int]] = ()) -> int:
        """Raise UnwritableError when the place does not take them; it is then as it was."""


class DestinationError(ValueError):
    """A destination that cannot be meant: its ending or scheme is not known."""


class UnwritableError(Exception):
    """A destination that does not take the meetings; the message names it, without a password, and the reason."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: how it is written, the libraries it needs, and what it is, in a word.

    ``write`` takes meetings; with ``takes_records`` also the records that the store keeps of them.
    """

    name: str
    write: Write
    needs: tuple[str, ...] = ()
    takes_records: bool = False


FORMATS: Final[dict[str, Format]] = {
    ".jsonl": Format("JSON Lines", lines.write_lines, takes_records=True),
    ".jsonl.gz": Format("JSON Lines, compressed", lines.write_compressed_lines, takes_records=True),
    ".csv": Format("CSV", spreadsheet.write_csv),
    ".parquet": Format("Parquet", parquet.write_parquet, ("pyarrow",), takes_records=True),
    ".atom": Format("Atom", atom.write_atom),
    ".ics": Format("iCalendar", calendars.write_calendar, ("icalendar",)),
    ".ftm.jsonl": Format("FollowTheMoney", entities.write_entities),
    ".html": Format("brief", brief.write_page, ("jinja2",)),
    ".md": Format("brief", brief.write_markdown, ("jinja2",)),
}
DATABASE: Final = ".db"
_PASSWORD: Final = re.compile(r"([?&]password=)[^&]*")
_HIDDEN: Final = r"\1..."
_POSTGRESQL: Final = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that takes meetings. ``shown`` names it without a password.

    With ``takes_records`` it also takes the records that the store keeps of meetings, which need not be read into
    meetings and written again.
    """

    shown: str
    deliver: Deliver
    takes_records: bool = False


def destination(text: str, settings: BaseSettings, *, folder: Path = Path(), schema: str | None = None) -> Destination:
    """Read ``FILE.ending``, ``s3://BUCKET/FILE.ending`` (``gs``, ``ftp``, ``ftps``) or ``postgresql://...``.

    A relative file stands in ``folder``. ``schema`` is that of PostgreSQL; ``?schema=NAME`` in the address says it too.
    Raises DestinationError, and MissingExtraError when a library that it needs is not installed.
    """
    scheme, colon, _ = text.partition("://")
    if not colon:
        return _local(text, folder / Path(text).expanduser())
    if scheme == "file":
        return _local(text, Path(text.removeprefix("file://")))
    if scheme in _POSTGRESQL:
        return _postgresql(text, schema)
    if scheme in remote.SCHEMES:
        return _remote(text, scheme, settings)
    known = ", ".join(f"{name}://" for name in (*remote.SCHEMES, "postgresql"))
    raise DestinationError(f"{_shown(text)}: unknown kind of address; known are files, {known}")


def _local(text: str, path: Path) -> Destination:
    if path.name.endswith(DATABASE):
        extra("sqlite_utils", requirements="requirements-browse.txt")

        def fill(meetings: Iterable[Meeting], withdrawn: Iterable[tuple[str, int]] = ()) -> int:  # noqa: ARG001  # Deliver
            try:
                return export_analysts_database(path, meetings)
            except (OSError, AnalystsDatabaseError, sqlite3.Error) as error:
                raise UnwritableError(f"{text}: {error}") from error

        return Destination(text, fill)
    chosen = _format(text, path.name)

    def write(meetings: Iterable[Meeting | str], withdrawn: Iterable[tuple[str, int]] = ()) -> int:  # noqa: ARG001  # Deliver
        try:
            with replacing(path) as file:
                return chosen.write(meetings, file)
        except OSError as error:
            raise UnwritableError(f"{text}: {error.strerror or error}") from error

    return Destination(text, write, takes_records=chosen.takes_records)


def _format(text: str, name: str) -> Format:
    for ending in sorted(FORMATS, key=len, reverse=True):
        if name.endswith(ending) and name != ending:
            for module in FORMATS[ending].needs:
                extra(module)
            return FORMATS[ending]
    known = ", ".join((*FORMATS, DATABASE))
    raise DestinationError(f"{_shown(text)}: the ending tells the format; known are {known}, and postgresql://...")


def _postgresql(text: str, schema: str | None) -> Destination:
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise DestinationError(f"{_shown(text)}: {error}") from None
    options = parse_qsl(parts.query, keep_blank_values=True)
    named = schema or next((value for name, value in options if name == "schema"), None)
    query = urlencode([(name, value) for name, value in options if name != "schema"])
    address = urlunsplit(("postgresql", parts.netloc, parts.path, query, ""))
    if not parts.netloc and not address.startswith("postgresql://"):
        address = address.replace("postgresql:", "postgresql://", 1)
    shown = _shown(text)

    def load(meetings: Iterable[Meeting | str], withdrawn: Iterable[tuple[str, int]] = ()) -> int:
        try:
            return load_meetings(address, meetings, withdrawn, schema=named)
        except UnwritableDatabaseError as error:
            raise UnwritableError(f"{shown}: {error}") from error

    return Destination(shown, load, takes_records=True)


def _remote(text: str, scheme: str, settings: BaseSettings) -> Destination:
    shown = _shown(text)
    try:
        parts = urlsplit(text)
        if not parts.hostname or not parts.path.strip("/"):
            raise DestinationError(f"{shown}: name a host or bucket and a file, as in {scheme}://bucket/meetings.csv")
    except ValueError as error:
        raise DestinationError(f"{shown}: {error}") from None
    chosen = _format(text, parts.path)
    remote.check(scheme)

    def send(meetings: Iterable[Meeting | str], withdrawn: Iterable[tuple[str, int]] = ()) -> int:  # noqa: ARG001  # Deliver
        try:
            return remote.upload(text, settings, lambda file: chosen.write(meetings, file))
        except (remote.RemoteError, OSError) as error:
            raise UnwritableError(f"{shown}: {error}") from error

    return Destination(shown, send, takes_records=chosen.takes_records)


def _shown(text: str) -> str:
    """Return an address without its password."""
    scheme, colon, rest = text.partition("://")
    login, at, place = rest.rpartition("@")
    user, secret, _ = login.partition(":")
    return f"{scheme}{colon}{user}{':...' if secret else ''}{at}{_PASSWORD.sub(_HIDDEN, place)}"
