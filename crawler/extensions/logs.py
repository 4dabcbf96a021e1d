"""Where the log of a run goes, and in which form: text, or JSON Lines with LOG_JSON; one event a line in both."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.extensions.item_faults import UnstoredError
from crawler.extensions.log_lines import OwnCourse, PlainLines


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
        if record.exc_text or record.exc_info:
            event["exception"] = record.exc_text or self.formatException(record.exc_info or (None, None, None))
        return json.dumps(event, ensure_ascii=False)


class Formatter(LogFormatter):
    """Scrapy's words for what happens to an item; ItemFaults has said it already of one that was not stored."""

    def dropped(  # type: ignore[override]  # None is documented: nothing is logged
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        """Return the record of a dropped item, None for an article that was not stored."""
        return None if isinstance(exception, UnstoredError) else super().dropped(item, exception, response, spider)


def install(settings: BaseSettings) -> logging.Handler:
    """Put the handler that the LOG_ settings ask for in the place of Scrapy's, and return it.

    Call it before the crawler process is made. Raises OSError when LOG_FILE cannot be written and ValueError when
    LOG_LEVEL is none of logging's.
    """
    handler = _handler(settings)
    if settings.getbool("LOG_JSON"):
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(logging.Formatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
    handler.addFilter(PlainLines())
    handler.setLevel(settings["LOG_LEVEL"])
    if handler.level <= logging.DEBUG:
        settings.set("STATS_DUMP", value=True, priority="cmdline")
    else:
        handler.addFilter(OwnCourse())
    settings.set("LOG_INSTALL_ROOT_HANDLER", value=False, priority="cmdline")
    logging.root.setLevel(handler.level)  # what nobody reads is not made: Scrapy has three lines a page for debugging
    logging.root.addHandler(handler)
    return handler


def _handler(settings: BaseSettings) -> logging.Handler:
    if name := settings["LOG_FILE"]:
        if not settings.getbool("LOG_FILE_APPEND"):
            Path(name).write_bytes(b"")
        # always appending: Scrapy's set-up closes all handlers once, and only an appending one opens its file again
        return logging.FileHandler(name, mode="a", encoding=settings["LOG_ENCODING"])
    return logging.StreamHandler() if settings.getbool("LOG_ENABLED") else logging.NullHandler()
