"""How to read one page of a source: bytes or text in, an Article out. Knows nothing of Scrapy or of meetings."""

from crawler.pages.page import Page, PageError
from crawler.pages.reading import agreement, read_article
from crawler.pages.records import read_text

__all__ = ["Page", "PageError", "agreement", "read_article", "read_text"]
