from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from logging import ERROR, WARNING
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.run import Run
from crawler.items import Article
from crawler.pages import Page, PageError
from crawler.pages.archives import Unreadable, passed_over
from crawler.spiders.arguments import ArgumentError, Arguments, texts
from crawler.spiders.files import TextRecord, documents, expand, read_content
from crawler.spiders.source import SourceSpider

logger = logging.getLogger(__name__)


class ArchiveSpider(SourceSpider):
    """Files, folders or globs instead of a site: ``-a path=PATH``.

    Reads text captures (.txt), HTML pages, JSON Lines of text records and WARC archives, this program's own included.
    What cannot be read is named with its file and line, counted and skipped.
    """

    name = "archive"

    def __init__(self, name: str | None = None, path: str | None = None, **arguments: object) -> None:
        super().__init__(name, path=path, **arguments)
        if not path:
            raise ArgumentError("-a path=PATH is needed: a file, a folder or a glob")
        try:
            self.files = expand(str(path))
        except FileNotFoundError as error:
            raise ArgumentError(f"-a path={path}: {error}") from None
        self.arguments = Arguments.read(**texts(arguments))
        if self.arguments.urls or self.arguments.max_pages:
            raise ArgumentError("-a urls= and -a max_pages= are for sites: an archive is read as a whole")

    async def begin(self) -> AsyncIterator[Any]:
        """Yield an Article for everything readable."""
        for file in self.files:
            self._count("archive/files")
            for document in documents(file):
                self._count("archive/documents")
                article = self._read(document.origin, document.content)
                if article is not None:
                    yield article

    def _read(self, origin: str, content: Page | TextRecord | Unreadable) -> Article | None:
        if isinstance(content, Unreadable):
            # what was cut off when it was fetched is no fault of the archive, and nobody can mend it
            is_fault = content.reason != "truncated-capture"
            self._count(f"archive/skipped/{content.reason}" if is_fault else f"archive/{content.reason}")
            logger.log(ERROR if is_fault else WARNING, "%s is skipped: %s", origin, content.detail)
            return None
        if isinstance(content, Page) and (reason := passed_over(content)):
            self._count(f"archive/{reason}")
            return None
        try:
            article = read_content(content)
        except PageError as error:
            self._count(f"article/unreadable/{error.reason}")
            logger.error("%s is skipped: %s", origin, error)
            if isinstance(content, Page):
                self._keep(content, error)
            return None
        for field, level in article.matched.items():
            self._count(f"article/matched/{field}/{level}")
        day = article.published.day if article.published else None
        if not self.arguments.covers(day) or article.lang not in self.arguments.langs:
            self._count("article/outside-window")
            return None
        self._count("article/read")
        return article

    def _keep(self, page: Page, error: PageError) -> None:
        try:
            Run.of(self.crawler).quarantine(page, error)
        except (OSError, SQLAlchemyError) as fault:
            self._count("store/failed")
            logger.error("%s could not be kept: %s", page.url or page.urn, fault)

    def _count(self, key: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(key)
