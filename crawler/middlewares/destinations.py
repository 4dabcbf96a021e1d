"""Which addresses on the network a crawl may connect to."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import ClassVar, Final
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def is_public(address: str) -> bool:
    """Tell whether an IP address is a host on the public network.

    False for private, link-local, loopback, multicast, reserved and unspecified ones, and for IPv6 forms that carry
    such an IPv4 address. Raises ValueError when it is no IP address.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


def refusal(url: str, hosts: frozenset[str]) -> str | None:
    """Return why a redirect to ``url`` is not followed, None when it is.

    ``hosts`` are those of the source. The reasons: ``scheme``, ``private-address``, ``foreign-host``, ``port``,
    ``credentials``.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "foreign-host"
    if parts.scheme not in _DEFAULT_PORTS:
        return "scheme"
    try:
        if not is_public(host):
            return "private-address"
    except ValueError:
        pass  # a name: what it resolves to is checked when it is connected to
    if host == "localhost" or host.endswith(".localhost"):
        return "private-address"
    if host not in hosts:
        return "foreign-host"
    if port not in {None, _DEFAULT_PORTS[parts.scheme]}:
        return "port"
    return "credentials" if parts.username or parts.password else None


class PublicResolver(CachingThreadedResolver):
    """Resolves names as Scrapy does and refuses those that lead into a private network.

    What it returns is what is connected to, so a name cannot pass the check and lead elsewhere a moment later. With
    REPLICA_URL only loopback is allowed. A proxy of the environment is somebody's own choice and may be anywhere.
    """

    refused: ClassVar[dict[str, str]] = {}
    """Names that were refused, with the address they lead to: Twisted drops the reason of a failed resolution."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.loopback_only = False
        self._proxies = {urlsplit(address).hostname for address in getproxies().values()}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> PublicResolver:
        """Build the resolver of a process; ``crawler`` has its settings."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.loopback_only = bool(crawler.settings.get("REPLICA_URL"))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """Return the IPv4 address of a name or literal. Fails with DNSLookupError when it is not to be asked."""
        resolving = super().getHostByName(name, timeout)
        return resolving if name in self._proxies else resolving.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        allowed = ipaddress.ip_address(address).is_loopback if self.loopback_only else is_public(address)
        if not allowed:
            self.refused[name] = address
            raise DNSLookupError(f"{name} leads to {address}, which is not to be asked")
        return address
