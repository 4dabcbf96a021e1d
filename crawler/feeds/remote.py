"""Files on other machines (s3://, gs://, ftp://), through Scrapy's own feed storages."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.feedexport import BlockingFeedStorage
from scrapy.settings import BaseSettings, Settings
from scrapy.utils.misc import build_from_crawler, load_object

from crawler.feeds.extras import MissingExtraError, extra

SCHEMES: Final = {
    "s3": ("boto3", "requirements-s3.txt"),
    "gs": ("google.cloud.storage", "requirements-export.txt"),
    "ftp": None,
    "ftps": None,
}
"""Schemes, the library that the storage of each needs, and where it is pinned."""


SECONDS: Final = 60
"""How long a server may be silent."""


class RemoteError(Exception):
    """A remote place that does not take the file; the message says why."""


def upload(uri: str, settings: BaseSettings, write: Callable[[BinaryIO], int]) -> int:
    """Write a temporary file and send it when it is complete; return what ``write`` returns.

    The settings are those of Scrapy's storages (AWS_ACCESS_KEY_ID, GCS_PROJECT_ID, FEED_STORAGE_FTP_ACTIVE, ...).
    Raises RemoteError, MissingExtraError, and OSError when there is no room for the temporary file.
    """
    faults = _faults(urlsplit(uri).scheme)
    try:
        storage = _storage(uri, settings)
    except faults as error:
        raise RemoteError(_reason(error)) from error
    with tempfile.NamedTemporaryFile(prefix="feed-", dir=settings["FEED_TEMPDIR"]) as file:
        written = write(file)  # type: ignore[arg-type]  # typeshed: the wrapper of a temporary file is no BinaryIO
        file.flush()
        patience = socket.getdefaulttimeout()
        socket.setdefaulttimeout(SECONDS)  # Scrapy's FTP would wait for ever
        try:
            storage._store_in_thread(file)  # noqa: SLF001  # the public method hands this to a thread of a reactor
        except faults as error:
            raise RemoteError(_reason(error)) from error
        finally:
            socket.setdefaulttimeout(patience)
    return written


def _storage(uri: str, settings: BaseSettings) -> BlockingFeedStorage:
    scheme = urlsplit(uri).scheme
    check(scheme)
    storages = settings.getwithbase("FEED_STORAGES")
    # Scrapy's storage reads ftps:// itself, but is registered for ftp:// only
    storage_class = load_object(storages.get(scheme) or storages["ftp"])
    crawler = Crawler(Spider, Settings(settings.copy_to_dict()))
    try:
        storage: BlockingFeedStorage = build_from_crawler(storage_class, crawler, uri, feed_options={"overwrite": True})
    except NotConfigured as error:
        raise MissingExtraError(str(error)) from error
    return storage


def check(scheme: str) -> None:
    """Raise MissingExtraError when the storage of a scheme lacks its library."""
    needed = SCHEMES[scheme]
    if needed:
        extra(needed[0], requirements=needed[1])


def _faults(scheme: str) -> tuple[type[Exception], ...]:
    """Return what the libraries raise when the other side cannot be reached or refuses."""
    faults: tuple[type[Exception], ...] = (OSError, EOFError, ValueError)
    if scheme == "s3":
        faults += (extra("botocore.exceptions").BotoCoreError, extra("botocore.exceptions").ClientError)
        faults += (extra("boto3.exceptions").Boto3Error,)
    elif scheme == "gs":
        faults += (extra("google.api_core.exceptions").GoogleAPIError, extra("google.auth.exceptions").GoogleAuthError)
    else:
        faults += (extra("ftplib").Error,)
    return faults


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
