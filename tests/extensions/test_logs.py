"""The log: where it goes, its JSON form, and what cannot be forged in it."""

from __future__ import annotations

import json
import logging

import pytest
from scrapy.settings import Settings

from crawler.extensions import logs


@pytest.fixture
def logger():
    root, logger = logging.getLogger(), logging.getLogger("crawler.spiders.base")
    handlers, level = list(root.handlers), root.level
    yield logger
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def settings(**values):
    settings = Settings()
    settings.setmodule("crawler.settings")
    for name, value in values.items():
        settings.set(name, value)
    return settings


def test_json_is_one_event_a_line(logger, tmp_path):
    path = tmp_path / "log.jsonl"
    logs.install(settings(LOG_JSON=True, LOG_FILE=str(path)))
    logger.warning("%s cannot be read: %s", "https://report.az/x", "two\nlines \x1b[2J \u202e Təlim")
    try:
        raise ValueError("bad")
    except ValueError:
        logger.exception("failed")
    logger.debug("not asked for")
    lines = path.read_text("utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert list(first) == ["time", "level", "logger", "event"]
    assert first["level"] == "WARNING"
    assert first["logger"] == "crawler.spiders.base"
    assert first["event"] == r"https://report.az/x cannot be read: two\nlines \x1b[2J \u202e Təlim"
    assert first["time"].endswith("+00:00")
    assert second["exception"].splitlines()[-1] == "ValueError: bad"


def test_text_is_one_event_a_line_too(logger, tmp_path):
    path = tmp_path / "log.txt"
    logs.install(settings(LOG_FILE=str(path)))
    logger.warning("a title with\n2026-02-06 00:00:00 [crawler] ERROR: a forged line")
    (line,) = path.read_text("utf-8").splitlines()
    assert "[crawler.spiders.base] WARNING: a title with\\n2026" in line


@pytest.mark.usefixtures("logger")
def test_a_log_file_is_replaced_only_when_asked(tmp_path):
    path = tmp_path / "log.txt"
    path.write_text("before\n")
    logs.install(settings(LOG_FILE=str(path)))
    assert path.read_text() == "before\n"
    logs.install(settings(LOG_FILE=str(path), LOG_FILE_APPEND=False))
    assert path.read_text() == ""


@pytest.mark.usefixtures("logger")
def test_no_log():
    handler = logs.install(settings(LOG_ENABLED=False))
    assert isinstance(handler, logging.NullHandler)


@pytest.mark.usefixtures("logger")
def test_a_wrong_level_is_refused():
    with pytest.raises(ValueError, match="LOUD"):
        logs.install(settings(LOG_LEVEL="LOUD"))
