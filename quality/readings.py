"""What is read of texts that nobody labelled: so that a change is seen beyond the articles it was made for.

The texts are the replica's stories, those of the tests and those of the cases; the committed reading of each is a line
of ``readings.txt``. None of these readings is held to be right.
"""

from __future__ import annotations

import ast
import datetime as dt
import hashlib
import itertools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from crawler.items import LANGS
from crawler.spiders.files import TextRecord
from quality import cases
from quality.labelled import FOLDER
from quality.running import read

FILE: Final = FOLDER / "readings.txt"
_TESTS: Final = FOLDER.parent / "tests"
_SENTENCE: Final = 30
"""Characters from which a text in the code of a test is an article's."""
_DAY: Final = "2025-06-11"
"""The day of publication of texts that state none (tests/mentions/articles.py)."""


def texts() -> dict[str, TextRecord]:
    """Return every text by its name: where it is from, and a digest of the text where it has no name there."""
    found: dict[str, TextRecord] = {}
    for name, text in (*_stories(), *_tables(), *_code(), *_cases()):
        found.setdefault(name, text)
    return found


def readings() -> dict[str, str]:
    """Return what is read of every text, in a line each, by its name."""
    return {name: str(read(text)) for name, text in sorted(texts().items())}


def write(lines: dict[str, str], file: Path = FILE) -> None:
    """Write readings, one a line."""
    file.write_text("".join(f"{name}: {line}\n" for name, line in sorted(lines.items())), "utf-8")


def load(file: Path = FILE) -> dict[str, str]:
    """Return the readings of a file, none where there is no file."""
    if not file.exists():
        return {}
    parted = (line.partition(": ") for line in file.read_text("utf-8").splitlines())
    return {name: line for name, _, line in parted}


def _stories() -> Iterator[tuple[str, TextRecord]]:
    from tests.replica.stories import load_stories  # noqa: PLC0415 - the rest works without the replica's parts

    for story in load_stories():
        for number, article in enumerate(story.articles, 1):
            yield (
                f"stories/{story.id}/{number}-{article.site}-{article.lang}",
                TextRecord(
                    url=article.url,
                    text="\n\n".join(article.paragraphs),
                    headline=article.headline,
                    lang=_lang(article.lang),
                    published=article.published.isoformat(),
                ),
            )


def _tables() -> Iterator[tuple[str, TextRecord]]:
    """Yield the articles of the tests' tables, wherever in them they stand."""
    for file in sorted((*(_TESTS / "mentions").glob("*.toml"), *(_TESTS / "meetings").glob("*.toml"))):
        for entry in _entries(tomllib.loads(file.read_text("utf-8"))):
            text = entry.get("text") or "\n\n".join(entry["paragraphs"])
            published = entry.get("published", _DAY)
            stamp = published.isoformat() if isinstance(published, dt.date) else published
            yield _named(file.stem, text, entry["lang"], entry.get("headline"), stamp)


def _entries(table: Any) -> Iterator[dict[str, Any]]:
    if isinstance(table, list):
        for each in table:
            yield from _entries(each)
    elif isinstance(table, dict):
        if "lang" in table and ("text" in table or "paragraphs" in table):
            yield table
        for each in table.values():
            yield from _entries(each)


def _code() -> Iterator[tuple[str, TextRecord]]:
    """Yield the texts in the code of the reader's tests: each follows its language."""
    for file in sorted((_TESTS / "mentions").glob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            items = node.elts if isinstance(node, ast.Tuple) else node.args if isinstance(node, ast.Call) else []
            said = [item.value if isinstance(item, ast.Constant) else None for item in items]
            for lang, text in itertools.pairwise(said):
                if lang in LANGS and isinstance(text, str) and len(text) >= _SENTENCE:
                    yield _named(file.stem, text, lang, None, _DAY)


def _cases() -> Iterator[tuple[str, TextRecord]]:
    for case in cases.load():
        for text in case.texts:
            yield f"cases/{text.url.partition('://')[2]}", text


def _named(origin: str, text: str, lang: str, headline: str | None, published: str | None) -> tuple[str, TextRecord]:
    key = hashlib.sha256("\n".join((lang, headline or "", published or "", text)).encode()).hexdigest()[:8]
    name = f"{origin}/{key}-{lang}"
    url = f"https://example.org/{name}"
    return name, TextRecord(url=url, text=text, headline=headline, lang=_lang(lang), published=published)


def _lang(lang: str) -> Any:
    assert lang in LANGS, lang
    return lang
