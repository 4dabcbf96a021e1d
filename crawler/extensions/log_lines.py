"""Log lines that cannot be forged by a page."""

from __future__ import annotations

import logging
import re
from typing import Final

# Control characters, line and paragraph separators, bidirectional and zero-width marks: what moves a cursor, starts a
# line or shows text in another order than it is written.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_BREAKS: Final = re.compile(r"\n+\s*")
# A page decides what stands in a message: its address, its first line.
_LONGEST: Final = 2000


def escape(text: str) -> str:
    r"""Return a text with every unprintable character but newline and tab written as ``\x1b`` or ``\u202e``."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def sentence(error: BaseException) -> str:
    """Return what went wrong in one line: messages of SQLAlchemy go on with the statement and a link."""
    cause = getattr(error, "orig", None) or error
    return f"{type(cause).__name__}: {' '.join(str(cause).split())}"


def explain_failure(error: BaseException | None) -> str:
    """Return what a failure says; of those that Twisted has gathered in a list, what each of them says."""
    reasons = getattr(error, "reasons", None) or getattr(getattr(error, "__cause__", None), "reasons", None) or ()
    said = [str(getattr(reason, "value", reason)).rstrip(".") for reason in reasons] or [str(error)]
    return "; ".join(dict.fromkeys(filter(None, said))) or type(error).__name__


class OwnCourse(logging.Filter):
    """Filter of a log handler: what Scrapy and Alembic say of their settings and steps is left out.

    Their warnings and errors pass, and what Scrapy answers to a signal and to STATS_DUMP.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is written."""
        return (
            record.levelno > logging.INFO
            or record.name.partition(".")[0] not in {"scrapy", "alembic"}
            or record.name == "scrapy.statscollectors"
            or str(record.msg).startswith("Received ")
        )


class PlainLines(logging.Filter):
    """Filter of a log handler: messages of this program are one bounded line each, none has a raw control character.

    Scrapy's own messages keep their line breaks (the statistics, tracebacks); they show no text of a page.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by its escaped form; never drops a record."""
        message = escape(record.getMessage())
        if record.name.startswith("crawler."):
            message = _BREAKS.sub(r"\\n", message)
            if len(message) > _LONGEST:
                message = f"{message[:_LONGEST]}... ({len(message)} characters)"
        record.msg, record.args = message, None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = escape(record.exc_text)
        return True
