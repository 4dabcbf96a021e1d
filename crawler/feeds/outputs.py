"""The feeds asked for with ``-O``, ``-o`` and FEEDS: the meetings a run touched, each once, in its final state."""

from __future__ import annotations

import codecs
import io
import logging
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, Self
from urllib.parse import urlsplit

from scrapy.extensions import postprocessing
from scrapy.extensions.feedexport import ItemFilter
from scrapy.extensions.postprocessing import PostProcessingManager
from scrapy.settings import BaseSettings
from scrapy.utils.conf import feed_complete_default_values_from_settings
from scrapy.utils.misc import load_object
from scrapy.utils.python import without_none_values
from w3lib.url import file_uri_to_path

from crawler.feeds.atomic import replacing
from crawler.feeds.printing import leaving
from crawler.items import Meeting

logger = logging.getLogger(__name__)

_STANDARD_OUTPUT: Final = "stdout:"
_OPTIONS: Final = frozenset(
    {
        *("format", "overwrite", "encoding", "fields", "indent", "item_export_kwargs", "item_classes", "item_filter"),
        *("batch_item_count", "store_empty", "postprocessing", "gzip_compresslevel", "gzip_mtime", "gzip_filename"),
        *("bz2_compresslevel", "lzma_format", "lzma_check", "lzma_preset", "lzma_filters"),
    }
)
_LINES: Final = ("jsonl", "jsonlines", "jl")
_BATCH: Final = ("%(batch_id)", "%(batch_time)")


class UnsupportedFeedError(ValueError):
    """A feed whose format, place or option is not known; the message names what is."""


@dataclass(frozen=True, slots=True)
class Output:
    """One feed: where it stands, and how its meetings are chosen and written.

    ``appended`` is None for a format of which a file cannot hold two runs.
    """

    uri: str
    options: Mapping[str, Any]
    exporter: Callable[[BinaryIO], Any]
    accepts: Callable[[Meeting], bool]
    appended: Callable[[bytes, bytes], bytes] | None

    @classmethod
    def read(cls, uri: str, settings: BaseSettings, options: Mapping[str, Any]) -> Self:
        """Read an entry of FEEDS. Raises UnsupportedFeedError."""
        if not isinstance(options, Mapping):
            raise UnsupportedFeedError(f"feed {uri}: its options are a mapping, as in {{'format': 'json'}}")
        full = feed_complete_default_values_from_settings(dict(options), settings, uri=uri)
        try:
            _check_options(options, full)
            exporter_class = _exporter_class(full["format"], settings)
            known = getattr(exporter_class, "known_fields", None)
            if known and (unknown := [name for name in full["fields"] or () if name not in known]):
                raise UnsupportedFeedError(f"unknown field {unknown[0]!r}; {full['format']} has {', '.join(known)}")

            def exporter(file: BinaryIO) -> Any:
                return exporter_class(
                    file,
                    encoding=full["encoding"],
                    fields_to_export=full["fields"],
                    indent=full["indent"],
                    **full["item_export_kwargs"],
                )

            accepts = load_object(full.get("item_filter", ItemFilter))(full).accepts
            output = cls(uri, full, exporter, accepts, getattr(exporter_class, "appended", None))
            output._check_place()
        except UnsupportedFeedError as error:
            raise UnsupportedFeedError(f"feed {uri}: {error}") from None
        except (AttributeError, ImportError, NameError, TypeError, ValueError) as error:
            raise UnsupportedFeedError(f"feed {uri}: {error}") from None
        return output

    def _check_place(self) -> None:
        if self.uri != _STANDARD_OUTPUT and urlsplit(self.uri).scheme not in {"", "file"}:
            raise UnsupportedFeedError(
                "only local files and - (stdout) can be written; DELIVERIES and scrapy export reach other places"
            )
        if self.options["batch_item_count"] and not any(part in self.uri for part in _BATCH):
            raise UnsupportedFeedError("batch_item_count needs %(batch_id)d or %(batch_time)s in the file's name")
        path = self._path({"name": "", "time": ""}, batch=1)
        self._content([], io.BytesIO())
        if "%(" in self.uri or self._overwrites or path is None or not _has_content(path):
            return
        if self.options.get("postprocessing"):
            if self.options["format"] not in _LINES:
                raise UnsupportedFeedError(
                    f"{path} is there, and nothing can be appended to a compressed {self.options['format']}: "
                    "add 'overwrite': True, or use jsonl"
                )
        elif self.appended is not None:
            self._append(path.read_bytes(), [])

    def publish(self, meetings: Sequence[Meeting], names: Mapping[str, str], *, complete: bool) -> None:
        """Write the meetings it accepts. Files are replaced or grow whole.

        ``names`` fills ``%(name)s`` and ``%(time)s``. A file that is there is not replaced by an empty one unless the
        run is ``complete``: a run that could read nothing knows nothing. Raises OSError and InvalidRecordError.
        """
        chosen = [meeting for meeting in meetings if self.accepts(meeting)]
        size = self.options["batch_item_count"]
        batches = [chosen[at : at + size] for at in range(0, len(chosen), size)] if size else [chosen]
        for number, batch in enumerate(batches or [[]], start=1):
            if not batch and not self.options["store_empty"]:
                continue
            path = self._path(names, batch=number)
            if path is None:
                with leaving(sys.stdout):
                    self._content(batch, sys.stdout.buffer)
            elif batch or complete or not _has_content(path):
                self._write(path, batch)
            else:
                logger.warning("%s is left as it was: the run read no meeting and is not done", path)

    def _write(self, path: Path, meetings: Sequence[Meeting]) -> None:
        appends = not self._overwrites and _has_content(path)
        if appends and self.appended and not self.options.get("postprocessing"):
            try:
                content = self._append(path.read_bytes(), meetings)
            except UnsupportedFeedError as error:
                raise OSError(f"{self.uri}: {error}") from None
            with replacing(path) as file:
                file.write(content)
            return
        with replacing(path) as file:
            if appends:
                with path.open("rb") as old:
                    shutil.copyfileobj(old, file)
            self._content(meetings, file)

    def _append(self, old: bytes, meetings: Sequence[Meeting]) -> bytes:
        assert self.appended is not None
        new = io.BytesIO()
        self._content(meetings, new)
        try:
            return self.appended(old, new.getvalue())
        except ValueError as error:
            raise UnsupportedFeedError(
                f"nothing can be appended to this file: {error}; name a new file, or replace it with -O"
            ) from None

    def _content(self, meetings: Iterable[Meeting], file: BinaryIO) -> None:
        steps = self.options.get("postprocessing")
        target: Any = PostProcessingManager(steps, file, dict(self.options)) if steps else file
        exporter = self.exporter(target)
        exporter.start_exporting()
        for meeting in meetings:
            exporter.export_item(meeting)
        exporter.finish_exporting()
        if steps:
            target.close()

    @property
    def _overwrites(self) -> bool:
        return bool(self.options.get("overwrite"))

    def _path(self, names: Mapping[str, str], *, batch: int) -> Path | None:
        if self.uri == _STANDARD_OUTPUT:
            return None
        filled = self.uri
        if "%(" in filled:
            moment = datetime.now(UTC).isoformat().replace(":", "-")
            values = {**names, "batch_id": batch, "batch_time": moment}
            try:
                filled %= values
            except KeyError as error:
                raise UnsupportedFeedError(f"%({error.args[0]})s is not known; known are {', '.join(values)}") from None
        return Path(file_uri_to_path(filled) if filled.startswith("file:") else filled)


def outputs(settings: BaseSettings) -> list[Output]:
    """Return the feeds of FEEDS. Raises UnsupportedFeedError for the first that cannot be written as asked for."""
    for name in ("FEED_URI", "FEED_URI_PARAMS"):
        if settings[name]:
            raise UnsupportedFeedError(f"{name} is not read: name the file in FEEDS, or with -O or -o")
    return [Output.read(str(uri), settings, options) for uri, options in settings.getdict("FEEDS").items()]


def publish_outputs(
    settings: BaseSettings, meetings: Iterator[Meeting], names: Mapping[str, str], *, complete: bool
) -> None:
    """Write the meetings to every feed of FEEDS, as ``Output.publish`` does."""
    if asked := outputs(settings):
        chosen = list(meetings)
        for output in asked:
            output.publish(chosen, names, complete=complete)


def _check_options(options: Mapping[str, Any], full: Mapping[str, Any]) -> None:
    steps = [load_object(step) for step in full.get("postprocessing") or ()]
    others = any(step.__module__ != postprocessing.__name__ for step in steps)  # they have options of their own
    if not others and (unknown := sorted(options.keys() - _OPTIONS)):
        raise UnsupportedFeedError(f"option {unknown[0]!r} is not known; known are {', '.join(sorted(_OPTIONS))}")
    if not isinstance(full["batch_item_count"], int):
        raise UnsupportedFeedError(f"batch_item_count {full['batch_item_count']!r}: a number is expected")
    if not isinstance(full["fields"], list | tuple | Mapping | None):
        raise UnsupportedFeedError(f"fields {full['fields']!r}: a list of names, or a mapping of names, is expected")
    if codecs.lookup(full["encoding"] or "utf-8").name != "utf-8":
        raise UnsupportedFeedError(f"encoding {full['encoding']!r}: feeds are written in UTF-8")


def _exporter_class(name: str, settings: BaseSettings) -> Any:
    exporters = without_none_values(settings.getwithbase("FEED_EXPORTERS"))
    if name not in exporters:
        raise UnsupportedFeedError(f"unknown format {name!r}; known are {', '.join(sorted(exporters))}")
    return load_object(exporters[name])


def _has_content(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
