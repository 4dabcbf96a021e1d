"""One name for each way in which a page is not to be had; they are counted under it."""

from __future__ import annotations

from typing import Final

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionClosed

from crawler.middlewares.blocks import BlockedError
from crawler.middlewares.pacing import UnsentError
from crawler.middlewares.redirects import RedirectRefusedError
from crawler.middlewares.robots import RobotsError
from crawler.middlewares.transport import PrivateAddressError

UNSENT: Final = "unsent"
BLOCKED: Final = "blocked"
ROBOTS: Final = "robots"

# The first that fits counts, so the narrower ones stand before IgnoreRequest.
_NAMES: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (UnsentError, UNSENT),
    (BlockedError, BLOCKED),
    (RobotsError, ROBOTS),
    (RedirectRefusedError, "redirect"),
    (PrivateAddressError, "private-address"),
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "connection-refused"),
    (ResponseDataLossError, "truncated"),
    (DownloadCancelledError, "too-large"),
    (DownloadFailedError, "disconnected"),
    (ConnectError, "connection"),
    (ConnectionClosed, "disconnected"),
    (OSError, "undecodable"),  # a body that is not packed as its Content-Encoding says
)


def name_failure(error: BaseException | None) -> str:
    """Return the name of a failure: ``http-503``, ``timeout``, ``too-large``, ...; ``other`` if it is not known."""
    if isinstance(error, HttpError):
        return f"http-{error.response.status}"
    if isinstance(error, IgnoreRequest) and "DOWNLOAD_MAXSIZE" in str(error):
        return "too-large"  # Scrapy has no class of its own for a body that grows too large when it is unpacked
    return next((name for kind, name in _NAMES if isinstance(error, kind)), "other")
