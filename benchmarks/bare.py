"""The least Scrapy can do: fetch the addresses of a file from the replica. Run with ``scrapy runspider``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response


class BareSpider(scrapy.Spider):
    name = "bare"

    def __init__(self, *, urls: str, replica: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.replica = replica
        self.addresses = Path(urls).read_text("utf-8").split()

    async def start(self) -> AsyncIterator[Any]:
        for url in self.addresses:
            parts = urlsplit(url)
            yield scrapy.Request(self.replica + parts.path, headers={"Host": parts.netloc}, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Only fetch."""
