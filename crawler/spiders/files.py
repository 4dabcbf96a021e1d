"""Files somebody already has: text captures, HTML pages, text records, WARC archives."""

from __future__ import annotations

import codecs
import glob
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crawler.items import LANGS, Article, Lang
from crawler.pages import Page
from crawler.pages.addresses import describe
from crawler.pages.archives import MAX_PAGE, Unreadable, read_page, records

_HTML: Final = (".html", ".htm")
_RECORDS: Final = (".jsonl", ".ndjson")
_WARC: Final = (".warc", ".warc.gz")
_TEXT: Final = (".txt",)
_ADDRESS: Final = re.compile(r"https?://|urn:sha256:[0-9a-f]{64}\Z")  # as the schema of the feed has it
KNOWN: Final = (*_HTML, *_RECORDS, *_WARC, *_TEXT)
"""Endings of the files that can be read."""
_PACKED: Final = (".gz", ".bz2", ".xz", ".zst", ".zip")
"""Endings of files that are packed. A folder's packed files are named as such, not left out without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRecord:
    """An article that someone already has as text: one line of a text record file."""

    url: str
    text: str
    headline: str | None = None
    lang: Lang | None = None
    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Something to read, and where it comes from (``articles.jsonl, line 12``)."""

    origin: str
    content: Page | TextRecord | Unreadable


def read_content(content: Page | TextRecord) -> Article:
    """Return the article of a page, of a capture or of a text record. Raises PageError."""
    if isinstance(content, Page):
        return read_page(content)
    from crawler.pages import read_text  # noqa: PLC0415 - the module is imported by crawls of sites too

    return read_text(
        content.text,
        url=content.url,
        lang=content.lang,
        headline=content.headline,
        published=content.published,
        outlet=content.outlet,
    )


def expand(path: str) -> list[Path]:
    """Return the files a path, folder or glob names, sorted; of a folder those with a known ending, packed or not.

    Raises FileNotFoundError when there is none.
    """
    base = Path(path)
    if base.is_file():
        return [base]
    if base.is_dir():
        found = [file for file in base.rglob("*") if file.is_file() and _unpacked(file).endswith(KNOWN)]
        what = f"folder {path} holds no {', '.join(KNOWN)} files"
    else:
        found = [Path(name) for name in glob.glob(path, recursive=True) if Path(name).is_file()]  # noqa: PTH207 - absolute patterns
        what = f"there is no file, folder or match of {path}"
    if not found:
        raise FileNotFoundError(what)
    return sorted(found)


def _unpacked(file: Path) -> str:
    """Return a file's name in lower case, without the ending that a packer gave it; a WARC may be packed."""
    name = file.name.lower()
    packing = "" if name.endswith(_WARC) else next((ending for ending in _PACKED if name.endswith(ending)), "")
    return name.removesuffix(packing)


def documents(file: Path) -> Iterator[Document]:
    """Yield everything in a file. What cannot be read is yielded as Unreadable; nothing is raised for bad content."""
    name = file.name.lower()
    try:
        if name.endswith(_RECORDS):
            yield from _records(file)
        elif name.endswith(_WARC):
            yield from _warc(file)
        elif name.endswith(_HTML):
            yield Document(str(file), Page(url=None, body=_bytes(file), content_type="text/html"))
        elif name.endswith(_TEXT):
            yield Document(str(file), Page(url=None, body=_bytes(file), content_type="text/plain"))
        else:
            packed = "packed, unpack it first: " if _unpacked(file) != name else ""
            yield Document(str(file), Unreadable("unknown-form", f"{packed}none of {', '.join(KNOWN)}"))
    except OSError as error:
        yield Document(str(file), Unreadable("unreadable-file", str(error)))


def _bytes(file: Path) -> bytes:
    if file.stat().st_size > MAX_PAGE:
        raise OSError(f"larger than {MAX_PAGE // 2**20} MiB")
    return file.read_bytes()


def _records(file: Path) -> Iterator[Document]:
    with file.open("rb") as lines:
        beginning = lines.read(64)
        if beginning[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} and b"\0" in beginning:
            yield Document(str(file), Unreadable("unreadable-file", "it is UTF-16: save it as UTF-8"))
            return
        lines.seek(0)
        number = 0
        while line := lines.readline(MAX_PAGE + 1):
            number += 1
            origin = f"{file}, line {number}"
            if len(line) > MAX_PAGE:
                yield Document(origin, Unreadable("too-large", f"larger than {MAX_PAGE // 2**20} MiB"))
                while line and not line.endswith(b"\n"):
                    line = lines.readline(MAX_PAGE)
            elif line.strip():
                yield Document(origin, _record(line))


def _record(line: bytes) -> TextRecord | Unreadable:
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:  # UnicodeDecodeError and JSONDecodeError are both
        return Unreadable("bad-line", f"not JSON in UTF-8: {error}")
    except RecursionError:
        return Unreadable("bad-line", "JSON nested a thousand levels deep")
    return text_record(values)


def text_record(values: object) -> TextRecord | Unreadable:
    """Return the article that decoded JSON is by the contract of text records, Unreadable for what is none."""
    if not isinstance(values, Mapping):
        return Unreadable("bad-line", f"a JSON object was expected, not {type(values).__name__}")
    for key in ("url", "text"):
        if not isinstance(values.get(key), str) or not values[key].strip():
            return Unreadable("bad-line", f"{key!r} is missing or empty")
    for key in ("headline", "published", "outlet", "lang"):
        if not isinstance(values.get(key), str | None):
            return Unreadable("bad-line", f"{key!r} is neither text nor null")
    if fault := _fault(values["url"].strip()):
        return Unreadable("bad-line", fault)
    try:
        "".join(value for value in values.values() if isinstance(value, str)).encode()
    except UnicodeEncodeError as error:  # half of a pair, written as \ud83d
        return Unreadable("bad-line", f"no text: {error.reason}")
    lang = _lang(values)
    if isinstance(lang, Unreadable):
        return lang
    return TextRecord(
        url=values["url"].strip(),
        text=values["text"],
        headline=values.get("headline") or None,
        lang=lang,
        published=values.get("published") or None,
        outlet=values.get("outlet") or None,
    )


def _fault(url: str) -> str | None:
    """Return why an address cannot stand in a meeting's record, None for one that can."""
    if not _ADDRESS.match(url) or not url.isprintable():
        return f"not an absolute http(s) address: {url!r}"
    try:
        describe(url)
    except ValueError as error:
        return str(error)
    return None


def _lang(values: Mapping[str, Any]) -> Lang | Unreadable | None:
    given = values.get("lang") or None
    if given is None:
        return None
    for lang in LANGS:
        if given.lower().split("-")[0] == lang:
            return lang
    return Unreadable("bad-line", f"'lang' is {given!r}, none of {', '.join(LANGS)}")


def _warc(file: Path) -> Iterator[Document]:
    with file.open("rb") as stream:
        for record in records(stream):
            place, content = record.url or f"byte {record.offset}", record.content
            if isinstance(content, Page) and content.url and (fault := _fault(content.url)):
                content = Unreadable("bad-address", fault)
            yield Document(f"{file}, {place}", content)
