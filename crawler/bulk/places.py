"""Where archives, parts and results stand: folders, buckets, or web addresses to read from."""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem  # type: ignore[import-untyped]  # it publishes no types

from crawler.feeds.atomic import replacing
from crawler.pages.gzip_members import Stream

_WEB: Final = ("http://", "https://")
_SECONDS: Final = 120
_BUFFER: Final = 1 << 20


def absolute(place: str) -> str:
    """Return a place with its folder: a URI stays as it is, a path is made absolute."""
    return place if "://" in place else str(Path(place).resolve())


def for_spark(place: str) -> str:
    """Return the name that Spark's Hadoop file systems have for a place."""
    if place.startswith("s3://"):
        return place.replace("s3://", "s3a://", 1)
    return place if "://" in place else f"file://{place}"


@contextmanager
def reading(place: str) -> Iterator[Stream]:
    """Open a file for reading from its beginning. Raises OSError when it cannot be opened or ends too early."""
    if place.startswith(_WEB):
        with closing(urllib.request.urlopen(place, timeout=_SECONDS)) as answer:  # noqa: S310 - http(s), see above
            yield _Complete(answer)
        return
    system, path = _system(place)
    with system.open_input_stream(path, compression=None, buffer_size=_BUFFER) as stream:
        yield stream


@contextmanager
def writing(place: str) -> Iterator[BinaryIO]:
    """Open a file that appears under its name when the block ends without an exception, whole."""
    system, path = _system(place)
    if isinstance(system, LocalFileSystem):
        with replacing(Path(path)) as file:
            yield file
        return
    with system.open_output_stream(f"{path}.part") as stream:
        yield cast("BinaryIO", stream)
    system.move(f"{path}.part", path)


def exists(place: str) -> bool:
    """Return whether there is such a file."""
    system, path = _system(place)
    return bool(system.get_file_info(path).type == FileType.File)


def names(folder: str) -> frozenset[str]:
    """Return the names of the files in a folder, none when there is no folder."""
    system, path = _system(folder)
    found = system.get_file_info(FileSelector(path, allow_not_found=True))
    return frozenset(info.base_name for info in found if info.type == FileType.File)


def identities(places: Sequence[str]) -> list[str]:
    """Return for each file what tells it from its later versions: address, size and time; asked for all at once.

    A web address is taken at its word. Raises FileNotFoundError naming the first that is not there.
    """
    found = {place: place for place in places if place.startswith(_WEB)}
    systems: list[tuple[Any, list[tuple[str, str]]]] = []
    for place in places:
        if place not in found:
            system, path = _system(place)
            named = next((known for one, known in systems if one.equals(system)), None)
            if named is None:
                systems.append((system, named := []))
            named.append((place, path))
    for system, named in systems:
        for (place, _), info in zip(named, system.get_file_info([path for _, path in named]), strict=True):
            if info.type != FileType.File:
                raise FileNotFoundError(f"there is no file {place}")
            found[place] = f"{place} {info.size} {info.mtime_ns}"
    return [found[place] for place in places]


def _system(place: str) -> tuple[Any, str]:  # pyarrow is untyped
    return cast("tuple[Any, str]", FileSystem.from_uri(place))


class _Complete:
    """The body of an answer; an end before the announced length is an error, not an end."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self._answer = answer
        self._missing = answer.length

    def read(self, size: int, /) -> bytes:
        data = self._answer.read(size)
        if self._missing is not None:
            self._missing -= len(data)
            if not data and size and self._missing > 0:
                raise OSError(f"the connection ended {self._missing} bytes too early")
        return data
