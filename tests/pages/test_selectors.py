"""The index answers as the XPath of the same selector does, which is slower and written by others."""

from __future__ import annotations

from pathlib import Path

import pytest
from cssselect import HTMLTranslator
from lxml import etree, html

from crawler.pages.selectors import Index, compiled

PAGES = sorted(Path(__file__).parent.glob("*/*/page.html"))
NESTED = """<html amp><body class="a  b"><div class="a"><p id="x">1</p><div class="a b c"><p>2</p><p class="b">3</p></div>
<ul class="d"><li>4</li></ul><ul class="d"><li class="a">5</li></ul><!-- c --><p id="x" title="t">6</p></div></body></html>"""
SELECTORS = [
    "p",
    "*",
    ".a",
    ".b",
    ".ab",
    "p.b",
    ".a.b",
    "#x",
    "p#x",
    "p[title]",
    "p[title=t]",
    'p[title="u"]',
    "html[amp], html[⚡]",
    ".a p",
    ".a .a p",
    ".a > p",
    "div > div:nth-child(2)",
    "ul.d:first-of-type li",
    ".d li, #x, .b",
    "#x p",
]
ON_PAGES = [
    "h1",
    ".news-detail__head .news__date li",
    "div.news-detail__desc",
    ".news-detail__desc .tags a",
    "div.article-content-wrapper h2",
    "div.article-content-wrapper, div.article-content",
    "#ContentPlaceHolder1_div_story > div:nth-child(5)",
    'script[type="application/ld+json"]',
    "time[datetime]",
    "ul.news__date:first-of-type li",
]


def by_xpath(root: etree._Element, css: str) -> list[etree._Element]:
    return etree.XPath(HTMLTranslator().css_to_xpath(css))(root)


@pytest.mark.parametrize("css", SELECTORS)
def test_every_form_of_selector(css: str) -> None:
    root = html.fromstring(NESTED)
    found = Index(root).select(css)
    assert found == by_xpath(root, css)
    assert Index(root).has(css) is bool(found)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.parent.name}/{page.parent.name}")
def test_selectors_of_the_sites(page: Path) -> None:
    root = html.fromstring(page.read_bytes() or b"<html/>", parser=html.HTMLParser(encoding="utf-8"))
    index = Index(root)
    for css in ON_PAGES:
        assert index.select(css) == by_xpath(root, css), css


@pytest.mark.parametrize("css", ["p::text", "p + p", "p:nth-child(2n)", "p:not(.a)", "[title^=t]", "p["])
def test_what_is_not_understood_is_said(css: str) -> None:
    with pytest.raises(ValueError, match="select"):
        compiled(css)
