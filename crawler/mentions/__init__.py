"""From an article to what it says of meetings: who met whom, when, where, in what form, about what.

Rules are few and named, and stand on the tables of crawler/knowledge; nothing here knows Scrapy, the store or other
articles.
"""

from __future__ import annotations

from crawler.mentions.reading import Reading, read_mentions

__all__ = ["Reading", "read_mentions"]
