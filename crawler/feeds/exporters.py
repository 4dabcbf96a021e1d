"""Meetings through Scrapy's exporters: the format of ``-O f.jsonl`` and of FEEDS."""

from __future__ import annotations

from typing import Any, BinaryIO

from scrapy.exporters import BaseItemExporter

from crawler.feeds.record import line
from crawler.items import Meeting


class MeetingLinesExporter(BaseItemExporter):
    """JSON Lines of meetings as the contract has them, each checked against the schema."""

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file

    def export_item(self, item: Meeting) -> None:
        """Write one meeting. Raises InvalidRecordError when it does not fit the schema."""
        self.file.write(line(item))
