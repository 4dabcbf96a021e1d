"""Meetings through Scrapy's exporters: the formats of ``-O FILE``, ``-o FILE`` and FEEDS.

An exporter takes meetings and checks each against the schema. ``appended`` says what a file becomes when the meetings
of a further run follow those it holds. It is given the whole file of the one and of the other, and raises ValueError
when the file is none of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

import orjson
from lxml import etree
from scrapy.exporters import BaseItemExporter, JsonItemExporter, XmlItemExporter

from crawler.feeds.record import KEYS, line, record
from crawler.feeds.spreadsheet import COLUMNS, Sheet
from crawler.items import Meeting

# What no XML 1.0 document may hold, even escaped (section 2.2).
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class MeetingLinesExporter(BaseItemExporter):
    """JSON Lines of meetings as the contract has them; with ``fields`` only these keys of each."""

    known_fields: Final = KEYS

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(**options)
        self.file = file

    def export_item(self, item: Meeting) -> None:
        """Write one meeting. Raises InvalidRecordError when it does not fit the schema."""
        if self.fields_to_export is None:
            self.file.write(line(item))
        else:
            chosen = dict(self.get_serialized_fields(record(item)))
            self.file.write(orjson.dumps(chosen, option=orjson.OPT_APPEND_NEWLINE))

    @staticmethod
    def appended(old: bytes, new: bytes) -> bytes:
        """Return the lines of both."""
        return old + (b"" if old.endswith(b"\n") else b"\n") + new


class MeetingJsonExporter(JsonItemExporter):
    """One JSON array of the records."""

    known_fields: Final = KEYS

    def export_item(self, item: Meeting) -> None:
        """Write one meeting. Raises InvalidRecordError when it does not fit the schema."""
        super().export_item(record(item))

    @staticmethod
    def appended(old: bytes, new: bytes) -> bytes:
        """Return one array of both. Raises ValueError when the file holds anything but an array."""
        json.loads(old)
        if not old.lstrip().startswith(b"["):
            raise ValueError("it is no JSON array")
        items = filter(None, (array.strip().removeprefix(b"[").removesuffix(b"]").strip() for array in (old, new)))
        return b"[\n" + b",\n".join(items) + b"\n]"


class MeetingXmlExporter(XmlItemExporter):
    """The records as elements nested like their JSON; a member of a list is a ``value``, null is an empty element."""

    known_fields: Final = KEYS

    def export_item(self, item: Meeting) -> None:
        """Write one meeting. Raises InvalidRecordError when it does not fit the schema."""
        super().export_item(_as_xml(record(item)))

    @staticmethod
    def appended(old: bytes, new: bytes) -> bytes:
        """Return one document of both. Raises ValueError when the file holds another document, or another root."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            document, further = (etree.fromstring(content, parser) for content in (old, new))
        except etree.XMLSyntaxError as error:
            raise ValueError(f"it is no XML: {error.msg}") from None
        if document.tag != further.tag or (document.getroottree().docinfo.encoding or "UTF-8").upper() != "UTF-8":
            raise ValueError(f"it is no XML of <{further.tag}> in UTF-8")
        end = old.rfind(b"</")
        if end < 0:
            raise ValueError("it has no end tag")
        beginning = new.index(b">", new.index(b"<", new.index(b"?>"))) + 1
        return old[:end] + new[beginning:].lstrip(b"\n")


class MeetingCsvExporter(BaseItemExporter):
    """The rows of ``scrapy export x.csv``; ``fields`` chooses, orders and, as a mapping, renames its columns."""

    known_fields: Final = tuple(COLUMNS)

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(**options)
        given = self.fields_to_export
        titles = given if isinstance(given, Mapping) else {name: name for name in given or COLUMNS}
        self._sheet = Sheet(file, titles)

    def start_exporting(self) -> None:
        """Write the header."""
        self._sheet.begin()

    def export_item(self, item: Meeting) -> None:
        """Write one row."""
        self._sheet.add(item)

    def finish_exporting(self) -> None:
        """Leave the file open for its owner."""
        self._sheet.end()

    @staticmethod
    def appended(old: bytes, new: bytes) -> bytes:
        """Return the rows of both under one header. Raises ValueError when the file has other columns."""
        header, _, rows = new.partition(b"\r\n")
        if old.partition(b"\r\n")[0] != header:
            raise ValueError("it has other columns")
        return old + (b"" if old.endswith(b"\r\n") else b"\r\n") + rows


def _as_xml(value: Any) -> Any:
    """Return a value of a record as Scrapy's XML exporter writes it right: it knows texts, lists and mappings."""
    if isinstance(value, dict):
        return {key: _as_xml(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_xml(part) for part in value]
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    return _NOT_XML.sub("", value) if isinstance(value, str) else value
