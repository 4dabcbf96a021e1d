"""How a request leaves: at its turn, to the site or to the replica of it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response

from crawler.middlewares.destinations import PublicResolver
from crawler.middlewares.pacing import Pacing


class ReplicaUrlError(ValueError):
    """REPLICA_URL is not the loopback address of a replica."""


class PrivateAddressError(IgnoreRequest):
    """A name that leads into a private network; nothing was connected to."""


def replica_base(value: str) -> str | None:
    """Return ``http://host:port`` of REPLICA_URL, or None when the setting is empty.

    Raises ReplicaUrlError unless it is plain http on a loopback address: a crawl that is sent elsewhere would present
    that place's pages as the sites' own.
    """
    if not value:
        return None
    parts = urlsplit(value)
    host = parts.hostname or ""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
        port = parts.port
    except ValueError:
        loopback, port = False, None
    if parts.scheme != "http" or not loopback or port is None:
        raise ReplicaUrlError(f"REPLICA_URL must be http://127.0.0.1:PORT, not {value!r}")
    return urlunsplit(("http", parts.netloc, "", "", ""))


class SiteDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler; each request waits for its turn (``Pacing``).

    With REPLICA_URL it asks the replica, naming the site in the Host header. ``response.url`` stays the site's
    address, so nothing behind the handler knows of the replica. DOWNLOAD_TIMEOUT bounds the whole download, not only
    the silence in it, and begins when the request leaves.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._replica = replica_base(crawler.settings.get("REPLICA_URL", ""))
        self._pacing = Pacing.of(crawler)

    async def download_request(self, request: Request) -> Response:
        """Fetch one request. Raises UnsentError, PrivateAddressError, and what Scrapy's handler raises."""
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        await self._pacing.turn(host)
        if self._replica is None:
            try:
                return await super().download_request(request)
            except CannotResolveHostError as error:
                if host in PublicResolver.refused:
                    assert self._crawler.stats is not None
                    self._crawler.stats.inc_value("refused/private-address")
                    raise PrivateAddressError(f"{host} leads to {PublicResolver.refused[host]}") from error
                raise
        local = request.replace(url=f"{self._replica}{urlunsplit(('', '', parts.path or '/', parts.query, ''))}")
        local.headers["Host"] = parts.netloc
        local.meta.pop("proxy", None)  # a proxy of the environment is not asked for what stands on loopback
        response = await super().download_request(local)
        request.meta["download_latency"] = local.meta.get("download_latency", 0.0)
        return response.replace(url=request.url)
