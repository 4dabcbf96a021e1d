"""The line of progress: on a terminal only, one for all sources, never torn by a log line."""

from __future__ import annotations

import io
import logging
from types import SimpleNamespace

import pytest
from scrapy.exceptions import NotConfigured

from crawler.extensions import progress
from crawler.extensions.progress import Line, Progress
from crawler.middlewares.pacing import Pacing
from tests import manual


class Terminal(io.StringIO):
    def isatty(self):
        return True

    @property
    def screen(self):
        """What a person sees: of each line only what follows the last return to its beginning."""
        return [line.rsplit("\r\x1b[K", 1)[-1] for line in self.getvalue().split("\n")]


class Crawling:
    """What the line asks of a crawler."""

    def __init__(self, name, delay, stats):
        self.spider = SimpleNamespace(name=name)
        self.stats = SimpleNamespace(get_value=lambda key, default=None: stats.get(key.replace("/", "_"), default))
        slots = {"report.az": SimpleNamespace(delay=delay)}
        self.engine = SimpleNamespace(downloader=SimpleNamespace(slots=slots))


def crawler(name, delay=0.0, **stats):
    return Crawling(name, delay, stats)


def test_the_line_says_what_was_read_and_what_is_left():
    shown = Progress(SimpleNamespace(meeting_ids={"m1", "m2"}), Terminal())
    shown._crawlers = [
        crawler("report", article_read=12, scheduler_enqueued=60, downloader_response_count=20),
        crawler(
            "azernews", article_read=3, scheduler_enqueued=9, downloader_response_count=3, downloader_exception_count=1
        ),
    ]
    shown.text(100.0)
    shown._crawlers[0] = crawler("report", article_read=22, scheduler_enqueued=60, downloader_response_count=30)
    assert shown.text(105.0) == "25 articles (report 22, azernews 3), 2 meetings, 35 pages left, 2.0 pages/s"
    assert shown.text(500.0).endswith("0.0 pages/s")  # of the last half minute


def test_the_line_says_what_is_waited_for():
    shown = Progress(SimpleNamespace(meeting_ids={"m1", "m2"}), Terminal())
    shown._crawlers = [
        crawler("report", 1.0, article_read=22, scheduler_enqueued=60, downloader_response_count=30),
        crawler("azernews", article_read=3, scheduler_enqueued=9, downloader_response_count=4),
    ]
    usual = "25 articles (report 22, azernews 3), 2 meetings, 35 pages left, 0.0 pages/s, 1 s apart"
    assert shown.text(100.0) == usual
    Pacing.of(shown._crawlers[0]).pause("report.az", 24.0)
    Pacing.of(shown._crawlers[1]).pause("www.azernews.az", 0.9)
    manual.check_lines("progress", [usual, shown.text(100.0)])


def test_log_lines_do_not_tear_it(monkeypatch):
    terminal = Terminal()
    line = Line(terminal)
    handler = logging.StreamHandler(terminal)
    handler.addFilter(line)
    logger = logging.getLogger("tests.progress")
    monkeypatch.setattr(logger, "propagate", False)
    monkeypatch.setattr(logger, "handlers", [handler])
    line.show("5 articles")
    logger.warning("a page cannot be read")
    line.show("6 articles")
    line.show("7 articles")
    assert terminal.screen == ["a page cannot be read", "7 articles"]
    line.clear()
    assert terminal.screen == ["a page cannot be read", ""]


def test_it_is_cut_to_the_width_of_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    terminal = Terminal()
    Line(terminal).show("x" * 50)
    assert terminal.screen == ["x" * 18 + "…"]


@pytest.mark.parametrize(
    ("is_terminal", "settings"),
    [
        (False, {"PROGRESS": True}),
        (True, {"PROGRESS": False}),
        (True, {"PROGRESS": True, "EXPLAIN": True}),
    ],
)
def test_it_is_off(monkeypatch, is_terminal, settings):
    monkeypatch.setattr(progress.sys, "stderr", Terminal() if is_terminal else io.StringIO())
    asked = SimpleNamespace(settings=SimpleNamespace(getbool=lambda name: settings.get(name, False)))
    with pytest.raises(NotConfigured):
        Progress.from_crawler(asked)
