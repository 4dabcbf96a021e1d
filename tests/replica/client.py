"""A plain HTTP client for tests of the replica, and the stories these tests use (``samples/*.toml``)."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from parsel import Selector

from tests.replica.server import Replica

SAMPLES: Final = Path(__file__).parent / "samples"
ARTICLE: Final = "/en/military/ministers-meet"
"""Path of a Report.az article of these stories."""


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def page(self) -> Selector:
        return Selector(text=self.body.decode() or " ")

    def all(self, css: str) -> list[str]:
        return [" ".join(text.split()) for text in self.page.css(css).getall()]

    def text(self, css: str) -> str:
        """All text below the first match."""
        return " ".join("".join(self.page.css(css)[0].css("*::text").getall()).split())


def get(sites: Replica, host: str, path: str, *, timeout: float = 10, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(sites.url).port, timeout=timeout)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": host, **named})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
