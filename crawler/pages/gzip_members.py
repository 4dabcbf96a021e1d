"""The members of a compressed archive, one after the other, past those that are damaged.

A WARC file has a gzip member a record. A kill tears the last one, a bad copy any of them; readers that take the file
for one stream lose everything after the damage, which may be most of a gigabyte.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, Protocol

Fault = Literal["truncated-member", "broken-member", "record-too-large"]

MAGIC: Final = b"\x1f\x8b\x08"
_BEGINNING: Final = b"WARC/"
_GZIP: Final = 16 + zlib.MAX_WBITS
_CHUNK: Final = 1 << 16
_PIECE: Final = 1 << 20
_KEPT: Final = 1 << 25
"""Compressed bytes of a member that are held to look in them for the next one, should it be damaged."""
_LOOKED_AT: Final = 512


class Stream(Protocol):
    """What a member is read from: a file, a response, an object of a bucket."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes, none at the end."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member: where it begins in the file, and its content or what is wrong with it."""

    offset: int
    content: bytes
    fault: Fault | None = None


def members(stream: Stream, longest: int) -> Iterator[Member]:
    """Yield the members of a file; a damaged one is yielded with its fault, and the search goes on behind it.

    Of a member whose content is longer than ``longest`` bytes only the fault is told. Memory is bounded by that and by
    what is held of a damaged member. Raises what ``stream`` raises.
    """
    held = _Held(stream)
    while held.data or held.grow():
        offset = held.offset
        content, fault, used = _inflate(held, longest)
        yield Member(offset, content, fault)
        held.drop(_next(held) if fault in {"truncated-member", "broken-member"} else used)


class _Held:
    """The bytes of a file from ``offset`` on, as far as they have been read."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.data = bytearray()
        self.offset = 0

    def grow(self) -> bool:
        chunk = self._stream.read(_CHUNK)
        self.data += chunk
        return bool(chunk)

    def drop(self, count: int) -> None:
        del self.data[:count]
        self.offset += count


def _inflate(held: _Held, longest: int) -> tuple[bytes, Fault | None, int]:
    """Return the content of the member that begins here, or its fault, and its compressed length in what is held."""
    inflater = zlib.decompressobj(_GZIP)
    pieces: list[bytes] = []
    size, fed = 0, 0
    while not inflater.eof:
        if fed == len(held.data):
            if fed > _KEPT:
                held.drop(fed)
                fed = 0
            if not held.grow():
                return b"", "truncated-member", fed
        waiting = bytes(held.data[fed : fed + _CHUNK])
        fed += len(waiting)
        more = True
        while more and not inflater.eof:
            try:
                piece = inflater.decompress(waiting, _PIECE)
            except zlib.error:
                return b"", "broken-member", fed
            waiting = inflater.unconsumed_tail
            more = bool(waiting) or len(piece) == _PIECE
            size += len(piece)
            if size <= longest:
                pieces.append(piece)
            else:
                pieces.clear()
    used = fed - len(inflater.unused_data)
    return (b"", "record-too-large", used) if size > longest else (b"".join(pieces), None, used)


def _next(held: _Held) -> int:
    """Return how many of the held bytes, and of those read meanwhile, stand before the next member of a WARC file."""
    at = 1
    while True:
        at = held.data.find(MAGIC, at)
        if at < 0:
            held.drop(max(0, len(held.data) - len(MAGIC) + 1))
            if not held.grow():
                return len(held.data)
            at = 0
            continue
        while len(held.data) < at + _LOOKED_AT and held.grow():
            pass
        if _begins_a_record(bytes(held.data[at : at + _LOOKED_AT])):
            return at
        at += 1


def _begins_a_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(data, len(_BEGINNING)) == _BEGINNING
    except zlib.error:
        return False
