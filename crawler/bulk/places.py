"""Where archives, parts and results stand: folders, buckets, or web addresses to read from."""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from pyarrow.fs import FileSystem, FileType, LocalFileSystem  # type: ignore[import-untyped]  # it publishes no types

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


def identity(place: str) -> str:
    """Return what tells a file from its later versions: address, size and time. A web address is taken at its word."""
    if place.startswith(_WEB):
        return place
    system, path = _system(place)
    info = system.get_file_info(path)
    if info.type != FileType.File:
        raise FileNotFoundError(f"there is no file {place}")
    return f"{place} {info.size} {info.mtime_ns}"


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
