"""Files that others read: replaced whole or left as they were, at any kill."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_SUFFIX = ".part"


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside ``path`` that takes its place when the block ends without an exception.

    The bytes are on the disk before the name changes, so a reader sees the old file or the new one, never a part.
    Raises OSError when the folder cannot be made or the file cannot be written; ``path`` is then untouched.
    """
    with replacing_path(path) as temporary, temporary.open("r+b") as file:
        yield file
        file.flush()


@contextmanager
def replacing_path(path: Path) -> Iterator[Path]:
    """Give an empty temporary file beside ``path``, for writers that want a name (SQLite); else as ``replacing``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = _temporary(path)
    try:
        yield temporary
        os.fsync(descriptor)
        # mkstemp makes files for the owner alone; a feed is for everyone the umask lets read
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
    _sync_folder(path.parent)


def write_bytes(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``, unless it holds just that already."""
    if path.is_file() and path.read_bytes() == content:
        return
    with replacing(path) as file:
        file.write(content)


def sweep(folder: Path) -> int:
    """Remove temporary files a killed process left in ``folder`` and the folders in it; return how many.

    One that another process is writing is locked, and stays.
    """
    removed = 0
    for leftover in folder.rglob(f".*{_SUFFIX}"):
        try:
            descriptor = os.open(leftover, os.O_RDWR)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            leftover.unlink(missing_ok=True)
            removed += 1
        finally:
            os.close(descriptor)
    return removed


def _temporary(path: Path) -> tuple[int, Path]:
    """Make a file beside ``path``, locked as long as its descriptor is open."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_SUFFIX)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:  # not swept away before it was locked
            return descriptor, Path(name)
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
