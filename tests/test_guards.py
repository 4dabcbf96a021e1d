"""What must stay true of the whole program whatever is added: layers, names, no legacy entry points."""

from __future__ import annotations

import ast
import asyncio
import inspect
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.statscollectors import StatsCollector
from scrapy.utils.project import get_project_settings

from crawler.extensions.run import Run

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "crawler").rglob("*.py"))
PURE = ("pages", "language", "mentions", "meetings", "knowledge")
FORBIDDEN_IN_PURE = {"scrapy", "twisted", "sqlalchemy", "crawler.store", "crawler.spiders", "crawler.extensions"}
FORBIDDEN_NAMES = ("utils", "helpers", "manager", "common", "misc")
LEGACY = {"start_requests", "from_settings", "make_requests_from_url"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("layer", PURE)
def test_reading_and_joining_know_nothing_of_scrapy_or_the_store(layer):
    for path in (ROOT / "crawler" / layer).rglob("*.py"):
        for module in imports(path):
            assert not any(module == name or module.startswith(f"{name}.") for name in FORBIDDEN_IN_PURE), (
                path,
                module,
            )


@pytest.mark.parametrize(
    ("layer", "later"),
    [
        ("language", {"crawler.pages", "crawler.mentions", "crawler.meetings"}),
        ("pages", {"crawler.mentions", "crawler.meetings"}),
        ("mentions", {"crawler.meetings"}),
    ],
)
def test_data_flows_one_way(layer, later):
    for path in (ROOT / "crawler" / layer).rglob("*.py"):
        for module in imports(path):
            assert not any(module == name or module.startswith(f"{name}.") for name in later), (path, module)


def test_modules_are_named_for_what_they_hold():
    assert not [path for path in SOURCES if any(word in path.stem for word in FORBIDDEN_NAMES)]


def test_no_legacy_scrapy_entry_point():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.name not in LEGACY, path
                if node.name in {"process_item", "open_spider", "close_spider", "process_request", "process_response"}:
                    assert "spider" not in {argument.arg for argument in node.args.args}, path


def spider_names() -> list[str]:
    return sorted(SpiderLoader.from_settings(get_project_settings()).list())


def test_the_sources_are_those_of_the_contract():
    assert spider_names() == ["archive", "azernews", "menafn", "report"]


@pytest.mark.parametrize("name", spider_names())
def test_every_spider_constructs_and_starts(name, tmp_path):
    (tmp_path / "articles.jsonl").write_text('{"url": "https://example.org/1", "text": "Some text of an article."}\n')
    settings = get_project_settings()
    settings.set("DATA_DIR", str(tmp_path / "data"))
    spider_class = SpiderLoader.from_settings(settings).load(name)
    crawler = Crawler(spider_class, settings)
    Run([name], settings).admit(crawler)
    crawler.stats = StatsCollector(crawler)
    crawler.spider = spider = spider_class.from_crawler(
        crawler, **({"path": str(tmp_path)} if name == "archive" else {})
    )

    async def first():
        async for item in spider.start():
            return item
        return None

    assert inspect.isasyncgenfunction(type(spider).start)
    assert asyncio.run(first()) is not None


def test_each_source_stands_in_a_file_of_its_name():
    loader = SpiderLoader.from_settings(get_project_settings())
    for name in loader.list():
        assert loader.load(name).__module__ == f"crawler.spiders.{name}"


def test_settings_that_keep_the_program_closed():
    settings = Settings()
    settings.setmodule("crawler.settings")
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert not settings.getbool("COOKIES_ENABLED")
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert sorted(scheme for scheme, handler in handlers.items() if handler) == ["http", "https"]
