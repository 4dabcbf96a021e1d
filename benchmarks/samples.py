"""The replica's pages of stories, with the paragraphs they were rendered from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from crawler.pages import Page
from tests.replica.server import Replica
from tests.replica.stories import load_stories


@dataclass(frozen=True)
class Sample:
    page: Page
    paragraphs: tuple[str, ...]


@cache
def samples() -> tuple[Sample, ...]:
    """Return every story page a reader has to read; of paid stories only a part is served, so they are no measure."""
    found = []
    with Replica() as replica:
        for story in load_stories():
            for article in story.articles:
                if not article.is_source or "paywall" in article.traps:
                    continue
                parts = urlsplit(article.url)
                request = Request(replica.url + parts.path, headers={"Host": parts.netloc})
                with urlopen(request) as response:
                    page = Page(article.url, response.read(), response.headers["Content-Type"])
                found.append(Sample(page, article.paragraphs))
    return tuple(found)
