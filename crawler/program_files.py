"""The program's own files, also where they stand in an archive: scrapyd runs a project out of a zipped egg."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory


def files(folder: Traversable, name: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield each file below a folder, sorted: its name from there, with slashes, and its content."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from files(entry, f"{name}{entry.name}/")
        else:
            yield name + entry.name, entry.read_bytes()


@contextmanager
def on_disk(package: str, name: str) -> Iterator[Path]:
    """Give the path of a folder of a package, or of a copy of it for as long as it is used."""
    folder = resources.files(package) / name
    if isinstance(folder, Path):
        yield folder
        return
    with TemporaryDirectory() as place:  # importlib.resources.as_file takes folders from Python 3.12 on
        for inner, content in files(folder):
            path = Path(place, inner)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield Path(place)
