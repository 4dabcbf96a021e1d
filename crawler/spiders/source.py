"""What every spider of this program is, whether it asks a site or reads files."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator
from typing import Any, final

from scrapy import Spider

from crawler.spiders.arguments import texts


class SourceSpider(Spider):
    """A spider whose articles are stored and whose meetings are published; it declares ``begin``."""

    def __init__(self, name: str | None = None, **arguments: object) -> None:
        super().__init__(name)
        self.given = texts(arguments)
        """The arguments as they were given, as texts."""

    @final
    async def start(self) -> AsyncIterator[Any]:
        """Yield what ``begin`` yields. A crawl that begins elsewhere, as in ``scrapy fetch``, is no run."""
        async for one in self.begin():
            yield one

    @abstractmethod
    def begin(self) -> AsyncIterator[Any]:
        """Yield the first requests, or articles."""
