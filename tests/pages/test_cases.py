"""Every folder with an ``expected.json`` is a page (or a captured text) and what has to be read from it.

The pages are reconstructions after notes on the sites, with stories of our own; none is a saved page. ``expected.json``
holds the address and what a server or a record says of the page, and either the whole article or the reason of refusal.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from crawler.items import Article
from crawler.pages import Page, PageError, read_article, read_text

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/expected.json"))


def read(case: Path, given: dict[str, Any]) -> Article:
    if (case / "page.html").exists():
        page = Page(given["url"], (case / "page.html").read_bytes(), given.get("content_type"))
        return read_article(page)
    known = {key: given.get(key) for key in ("lang", "headline", "published", "outlet")}
    return read_text((case / "page.txt").read_text("utf-8"), url=given["url"], **known)


def as_json(article: Article) -> dict[str, Any]:
    """Return the article without what is empty, moments as ISO 8601."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items() if item not in (None, (), "", False, {})}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, dt.date) else value

    result: dict[str, Any] = plain(dataclasses.asdict(article))  # type: ignore[assignment]
    return result


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_page(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    if "error" in expected:
        with pytest.raises(PageError) as refused:
            read(case, expected)
        assert refused.value.reason == expected["error"]
    else:
        assert as_json(read(case, expected)) == expected["article"]


def test_there_are_cases_of_every_source() -> None:
    assert {case.parent.name for case in CASES} == {"report", "azernews", "menafn", "fallback", "captures"}
