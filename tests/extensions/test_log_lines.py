from __future__ import annotations

import io
import logging

import pytest
from scrapy.exceptions import DownloadFailedError
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.python.failure import Failure
from twisted.web.client import ResponseNeverReceived

from crawler.extensions.log_lines import PlainLines, escape, explain_failure


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Həsənov görüşüb, министр", "Həsənov görüşüb, министр"),
        ("a\x1b[31mred", r"a\x1b[31mred"),
        ("a\rb\x00c\x85d", r"a\rb\x00c\x85d"),
        ("gnp\u202ejpg\u2066x\u200b", r"gnp\u202ejpg\u2066x\u200b"),
        ("a\tb\nc", "a\tb\nc"),
    ],
)
def test_escape(text, shown):
    assert escape(text) == shown


def logged(name, call):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler.addFilter(PlainLines())
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    logger.propagate = False
    try:
        call(logger)
    finally:
        logger.removeHandler(handler)
        logger.propagate = True
    return stream.getvalue()


def test_a_page_cannot_write_a_line_of_the_log():
    forged = "headline\n2026-01-01 [crawler] INFO: report: done"
    text = logged("crawler.spiders.test", lambda log: log.warning("%s cannot be read", forged))
    assert text == "WARNING: headline\\n2026-01-01 [crawler] INFO: report: done cannot be read\n"


def test_tracebacks_keep_their_lines_but_no_control_characters():
    def fail(log):
        try:
            raise ValueError("bad \x1b[2J page")
        except ValueError:
            log.exception("it failed")

    text = logged("crawler.spiders.test", fail)
    assert "Traceback" in text
    assert text.count("\n") > 3
    assert "\x1b" not in text


def test_statistics_stay_readable():
    assert logged("scrapy.stats", lambda log: log.warning("Dumping:\n%s", "{\n}")) == "WARNING: Dumping:\n{\n}\n"


def test_a_page_does_not_fill_the_log():
    record = logging.LogRecord(
        "crawler.spiders.base", logging.WARNING, "", 0, "%s cannot be read", ("x" * 10_000,), None
    )
    assert PlainLines().filter(record)
    assert record.getMessage() == f"{'x' * 2000}... (10015 characters)"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            ResponseNeverReceived([Failure(ConnectionDone()), Failure(ConnectionDone())]),
            "Connection was closed cleanly",
        ),
        (
            ResponseNeverReceived([Failure(ConnectionDone()), Failure(ConnectionLost())]),
            "Connection was closed cleanly; Connection to the other side was lost in a non-clean fashion",
        ),
        (DownloadFailedError("refused"), "refused"),
        (DownloadFailedError(), "DownloadFailedError"),
    ],
)
def test_a_failure_is_told_in_words(error, told):
    assert explain_failure(error) == told


def test_a_wrapped_failure_is_told_in_words():
    with pytest.raises(DownloadFailedError) as caught:
        raise DownloadFailedError("[<Failure>]") from ResponseNeverReceived([Failure(ConnectionDone())])
    assert explain_failure(caught.value) == "Connection was closed cleanly"
