from __future__ import annotations

import asyncio
import itertools
from time import monotonic

import pytest

from crawler.middlewares.pacing import Pacing, UnsentError


class Engine:
    running = True


class Crawler:
    def __init__(self):
        self.engine = Engine()


def test_a_paused_host_waits_and_others_do_not():
    pacing = Pacing(Crawler())
    pacing.pause("report.az", 0.3)
    pacing.pause("report.az", 0.1)  # a shorter wish does not shorten the first
    began = monotonic()
    asyncio.run(pacing.turn("azernews.az"))
    assert monotonic() - began < 0.1
    asyncio.run(pacing.turn("report.az"))
    assert monotonic() - began >= 0.3


def test_requests_are_spaced_however_many_wait():
    pacing = Pacing(Crawler())
    pacing.space("report.az", 0.1)
    left = []

    async def ask():
        await pacing.turn("report.az")
        left.append(monotonic())

    async def several():
        await asyncio.gather(*(ask() for _ in range(4)))

    asyncio.run(several())
    assert all(later - earlier >= 0.1 for earlier, later in itertools.pairwise(left))


@pytest.mark.parametrize("end", ["stop", "shutdown"])
def test_nothing_is_sent_when_the_crawl_ends(end):
    crawler = Crawler()
    pacing = Pacing(crawler)
    pacing.pause("report.az", 60)

    async def ended():
        waiting = asyncio.ensure_future(pacing.turn("report.az"))
        await asyncio.sleep(0.01)
        if end == "stop":
            pacing.stop()
        else:
            crawler.engine.running = False
        await waiting

    began = monotonic()
    with pytest.raises(UnsentError):
        asyncio.run(ended())
    assert monotonic() - began < 1
