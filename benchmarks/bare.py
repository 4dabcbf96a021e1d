"""The least Scrapy can do: fetch the addresses of a file from the replica and drop them. Run with ``scrapy runspider``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response


class BareSpider(scrapy.Spider):
    name = "bare"
    replica: str
    urls: str

    async def start(self) -> AsyncIterator[Any]:
        for url in Path(self.urls).read_text("utf-8").split():
            parts = urlsplit(url)
            yield scrapy.Request(self.replica + parts.path, headers={"Host": parts.netloc}, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Only fetch."""
