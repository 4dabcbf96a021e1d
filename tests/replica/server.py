"""Serves the three sites over HTTP on loopback, told apart by the Host header."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b
from types import TracebackType
from typing import Final, Self
from urllib.parse import unquote

from aiohttp import web

from tests.replica.calendars import CLOCK, http_date
from tests.replica.catalogue import Catalogue, Edits
from tests.replica.exchange import Reply, Request
from tests.replica.faults import Fault
from tests.replica.sites import sites_by_host
from tests.replica.stories import Story, load_stories

_CACHED_PAGES: Final = 4096
_PADDING: Final = b"<p>" + b" " * 65529 + b"</p>"


@dataclass(frozen=True, slots=True)
class Logged:
    """A request that was answered; ``path`` is as asked, with its query. ``fault`` is the kind that was applied."""

    method: str
    host: str
    path: str
    status: int
    fault: str | None = None


class Replica:
    """The three sites in a thread of their own: ``with Replica(filler=100) as sites: ... sites.url``.

    ``log`` holds what was asked, ``faults`` and ``edits`` may be changed at any time. ``stories`` are those in
    ``stories/`` unless given; without ``background`` there is nothing but them and the filler.
    """

    def __init__(
        self,
        stories: Iterable[Story] | None = None,
        *,
        filler: int = 0,
        faults: Iterable[Fault] = (),
        background: bool = True,
        port: int = 0,
    ) -> None:
        self.stories = tuple(load_stories() if stories is None else stories)
        self.catalogue = Catalogue(self.stories, filler=filler, background=background)
        self.faults: list[Fault] = list(faults)
        self.log: list[Logged] = []
        self.url = ""
        self._port = port
        self._sites = sites_by_host(self.catalogue)
        self._pages: OrderedDict[tuple[int, str, str], tuple[Reply, str]] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._failure: BaseException | None = None

    @property
    def edits(self) -> Edits:
        """Canonical address to Edit: what differs from the stories just now."""
        return self.catalogue.edits

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="replica", daemon=True)
        self._thread.start()
        ready.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._loop is not None
        assert self._stop is not None
        assert self._thread is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self, ready: threading.Event) -> None:
        async def main() -> None:
            self._loop = asyncio.get_running_loop()
            self._stop = asyncio.Event()
            try:
                await self.serve(self._stop, ready.set)
            except OSError as failure:
                self._failure = failure
                ready.set()

        asyncio.run(main())

    async def serve(self, stop: asyncio.Event, when_ready: Callable[[], object]) -> None:
        """Serve until ``stop`` is set; ``when_ready`` is called as soon as ``url`` is known. Raises OSError."""
        server = web.Server(self._handle, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self._port).start()
            self.url = "http://{}:{}".format(*runner.addresses[0][:2])
            when_ready()
            await stop.wait()
        finally:
            await runner.cleanup()

    async def _handle(self, asked: web.BaseRequest) -> web.StreamResponse:
        host = asked.host.partition(":")[0].lower()
        request = Request(host=host, path=unquote(asked.rel_url.raw_path), query=dict(asked.rel_url.query))
        target = asked.raw_path
        fault = next((fault for fault in list(self.faults) if fault.takes(request, target)), None)
        reply, tag = self._reply(asked.method, request, target, fault)
        if reply.status == 200 and fault is None and _is_known(asked, reply, tag):
            reply = replace(reply, status=304, body=b"")
        self.log.append(Logged(asked.method, host, target, reply.status, fault.kind if fault else None))
        if reply.wait:
            await self._hang(fault, reply.wait)
        if reply.is_dropped and asked.transport is not None:
            asked.transport.abort()
        return await _send(asked, reply, tag)

    async def _hang(self, fault: Fault | None, seconds: float) -> None:
        """Wait so long, or until the fault is taken away."""
        end = time.monotonic() + seconds
        # The fault is taken away by another thread, which an asyncio.Event is not made for.
        while (left := end - time.monotonic()) > 0 and any(fault is at for at in list(self.faults)):  # noqa: ASYNC110
            await asyncio.sleep(min(left, 0.02))

    def _reply(self, method: str, request: Request, target: str, fault: Fault | None) -> tuple[Reply, str]:
        site = self._sites.get(request.host)
        if site is None:
            return Reply(status=404, body=b"no such host", content_type="text/plain"), ""
        if method not in {"GET", "HEAD"}:
            return Reply(status=405, headers={"Allow": "GET, HEAD"}), ""
        if fault is not None:
            reply = fault.instead(target) or fault.spoiled(site.reply(fault.asked(request)))
            return reply, ""
        key = (self.edits.version, request.host, target)
        page = self._pages.get(key)
        if page is None:
            reply = site.reply(request)
            page = (reply, f'"{blake2b(reply.body, digest_size=10).hexdigest()}"' if reply.status == 200 else "")
            self._pages[key] = page
            if len(self._pages) > _CACHED_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(key)
        return page


def _is_known(asked: web.BaseRequest, reply: Reply, tag: str) -> bool:
    """Tell whether the client's copy is still good; the tag decides when both are given (RFC 9110, 13.2.2)."""
    known = asked.headers.get("If-None-Match")
    if known is not None:
        return known.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in known.split(",")}
    since = asked.if_modified_since
    return since is not None and reply.modified is not None and reply.modified.replace(microsecond=0) <= since


async def _send(asked: web.BaseRequest, reply: Reply, tag: str) -> web.StreamResponse:
    headers = {"Date": http_date(CLOCK), "Content-Type": reply.content_type, **reply.headers}
    if tag:
        headers["ETag"] = tag
    if reply.modified is not None:
        headers["Last-Modified"] = http_date(reply.modified)
    if reply.cut is None and not reply.padding:
        return web.Response(status=reply.status, body=reply.body, headers=headers)
    response = web.StreamResponse(status=reply.status, headers=headers)
    if reply.cut is not None:
        response.content_length = len(reply.body)
    await response.prepare(asked)
    try:
        await response.write(reply.body[: reply.cut])
        for _ in range(reply.padding // len(_PADDING)):
            await response.write(_PADDING)
    except ConnectionError:
        return response  # the client has had enough, which is what it should do
    if reply.cut is not None and asked.transport is not None:
        asked.transport.close()
    return response
