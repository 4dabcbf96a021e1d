r"""The log of a run: one event a line, as text or as JSON (LOG_JSON), nothing in it that forges another line.

Titles and addresses come from pages: a line feed, a terminal sequence or a turn of the writing direction among them is
shown as ``\n``, ``\x1b`` or ``\u202e``.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from scrapy import Spider
from scrapy.settings import BaseSettings

# Control characters, what turns the direction of writing, what is not seen, and the line separators of Unicode.
_HIDDEN: Final = r"\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_CONTROL: Final = re.compile(f"[{_HIDDEN}]")
_CONTROL_BUT_LINES: Final = re.compile(f"(?![\\n\\t])[{_HIDDEN}]")
_BEYOND_JSON: Final = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def _escaped_in_json(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


class LineFormatter(logging.Formatter):
    """Text. Messages of this program are one line each; Scrapy's own tables and tracebacks keep their lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name logging gives it
        """Return the line without a traceback."""
        pattern = _CONTROL if record.name.startswith("crawler") else _CONTROL_BUT_LINES
        record.message = pattern.sub(_escaped, record.message)
        return super().formatMessage(record)


class JsonFormatter(logging.Formatter):
    """JSON Lines: ``time`` (ISO 8601 UTC), ``level``, ``logger``, ``event``; ``source`` and ``exception`` if known."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one JSON object on one line."""
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        spider = getattr(record, "spider", None)
        if isinstance(spider, Spider):
            event["source"] = spider.name
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        return _BEYOND_JSON.sub(_escaped_in_json, json.dumps(event, ensure_ascii=False))


def install(settings: BaseSettings) -> logging.Handler:
    """Put the handler that the LOG_ settings ask for in the place of Scrapy's, and return it.

    Call it before the crawler process is made. Raises OSError when LOG_FILE cannot be written and ValueError when
    LOG_LEVEL is none of logging's.
    """
    handler = _handler(settings)
    if settings.getbool("LOG_JSON"):
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(LineFormatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
    handler.setLevel(settings["LOG_LEVEL"])
    settings.set("LOG_INSTALL_ROOT_HANDLER", value=False, priority="cmdline")
    logging.root.setLevel(logging.NOTSET)
    logging.root.addHandler(handler)
    return handler


def _handler(settings: BaseSettings) -> logging.Handler:
    if name := settings["LOG_FILE"]:
        if not settings.getbool("LOG_FILE_APPEND"):
            Path(name).write_bytes(b"")
        # always appending: Scrapy's set-up closes all handlers once, and only an appending one opens its file again
        return logging.FileHandler(name, mode="a", encoding=settings["LOG_ENCODING"])
    return logging.StreamHandler() if settings.getbool("LOG_ENABLED") else logging.NullHandler()
