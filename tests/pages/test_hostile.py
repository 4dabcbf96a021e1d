"""A tag of thousands of attributes is found before the parser makes hours of it, wherever the page comes from."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from crawler.pages import Page, PageError, agreement, read_article
from crawler.pages.decoding import decode
from crawler.pages.document import Document
from crawler.pages.hostile import check_cost

MANY = 40_000
HEAD = "<html><body "
QUOTES = {ord("a"): None, **{ord("0") + n: f"{n:04b}".replace("0", '"').replace("1", "'") for n in range(10)}}
COSTLY = {
    "values": lambda names: HEAD + " ".join(f"{name}=1" for name in names) + ">",
    "names": lambda names: HEAD + " ".join(names) + ">",
    "slashes": lambda names: HEAD + "/".join(names) + ">",
    "angles": lambda names: HEAD + " ".join(f"<{name}" for name in names) + ">",
    "ends-in-values": lambda names: HEAD + " ".join(f'{name}=">"' for name in names) + ">",
    "ends-in-single-quotes": lambda names: HEAD + " ".join(f"{name} =\n'<p>'" for name in names) + ">",
    "no-blanks": lambda names: HEAD + "".join(f'{name}="x"' for name in names) + ">",
    "stray-quote": lambda names: HEAD + 'x" ' + " ".join(names) + ' ">',
    "names-of-quotes": lambda names: HEAD + " ".join(name.translate(QUOTES) for name in names) + ">",
    "behind-a-script": lambda names: '<script>a<b="</script><p x=">" ' + " ".join(names) + ">",
    "behind-a-comment": lambda names: "<!-- <p x=' --><p y=\"'>\" " + " ".join(names) + ">",
    "behind-other-tags": lambda names: "<p>" * 1000 + "<div " + "\n".join(names) + ">",
    "after-the-end": lambda names: "<p></p></body></html><html " + "\n".join(names) + ">",
}
HARMLESS = {
    "article": "<html><body><h1>Minister meets</h1></body></html>",
    "picture": "<img src='data:image/png;base64," + "A/b+" * 500_000 + "'>",
    "prose": "<p>" + "word " * 200_000 + "</p>",
    "quotations": "<p>" + '"word" ' * 200_000 + "</p>",
    "script": '<script>html="<p>" + "a b c d";' + "x = y / z; " * 100_000 + "</script>",
    "angles": "<" * 1_000_000,
    "open-tags": "<a " * 500_000,
    "tags-of-one-piece": ("<a" * 4999 + ">") * 300,
    "open-values": '<a x="' * 300_000,
    "open-values-in-turn": "<a x=\"<a y='" * 200_000,
    "equal-signs": "= " * 500_000,
    "blanks": "=" + " " * 2_000_000,
    "nested": "<div>" * 200_000,
    "nulls": "\x00" * 100_000,
    "nothing": "",
    "a-comment": '<!-- =">' + " x" * 20_000,
}


def named(count):
    return [f"a{number}" for number in range(count)]


@pytest.mark.parametrize("page", COSTLY.values(), ids=COSTLY)
def test_a_tag_of_thousands_of_attributes_is_refused(page):
    with pytest.raises(PageError, match=r"^not-an-article: a tag with 400\d\d attributes$"):
        check_cost(page(named(MANY)))
    check_cost(page(named(4900)))


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_other_pages_pass(text):
    check_cost(text)


FRAGMENTS = ["<p", "<", ">", "</p>", "a", "b1", "c", " ", "\n", "/", "=", '"', "'", '="', "='", '">', "&gt;", "ə"]
FRAGMENTS += ["<script>", "</script>", "<!--", "-->", "<title>", "<textarea>", "</textarea>", "<![CDATA[", "</html>"]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))
@example('<p a=">"b=">"c=">"a1=\'>\'>')
@example('<p " \' "\' \'" "">')
@example('<script>a<b="</script><p x=">" a b c b1>')
def test_no_tag_of_too_many_attributes_reaches_the_tree(text):
    most = max((len(element.attrib) for element in Document(text).root.iter(etree.Element)), default=0)
    if most > 3:
        with pytest.raises(PageError):
            check_cost(text, most=3)
    check_cost(text, most=60)


KEYS = [
    "@type",
    "@graph",
    "headline",
    "datePublished",
    "author",
    "name",
    "@id",
    "itemListElement",
    "item",
    "articleBody",
]
VALUES = st.recursive(
    st.none() | st.integers() | st.booleans() | st.sampled_from(["NewsArticle", "BreadcrumbList", "2026-02-06", " "]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
)
ADDRESSES = ["https://report.az/en/military/x", "https://www.azernews.az/nation/1.html", "https://example.org/1"]


def linked(data, url):
    """A page with a text and this JSON-LD, read at an address: an article, or refused for a reason."""
    page = (
        f"<html><title>Talks in Baku</title><script type='application/ld+json'>{data}</script><p>They met in Baku.</p>"
    )
    with suppress(PageError):
        return read_article(Page(url, page.encode()))
    return None


@settings(max_examples=200)
@given(VALUES, st.sampled_from(ADDRESSES))
@example({"@type": 5}, ADDRESSES[0])
@example({"@type": [{}]}, ADDRESSES[0])
@example({"@type": "BreadcrumbList", "itemListElement": [{"item": "https://report.az"}]}, ADDRESSES[0])
def test_linked_data_of_any_form_is_read_or_left_out(data, url):
    linked(json.dumps(data), url)


@pytest.mark.parametrize("depth", [500, 1500, 100_000])
@pytest.mark.parametrize(
    ("begin", "end"), [("[", "]"), ('{"@graph":', "}"), ("[", "")], ids=["lists", "graphs", "cut-off"]
)
def test_linked_data_nested_without_sense_is_left_out(depth, begin, end):
    article = linked(begin * depth + "null" + end * depth, "https://example.org/1")
    assert article.paragraphs == ("They met in Baku.",)


def seconds(text):
    """The shortest of three checks; other programs only make it longer."""
    found = []
    for _ in range(3):
        began = time.process_time()
        with suppress(PageError):
            check_cost(text)
        found.append(time.process_time() - began)
    return min(found)


@pytest.mark.slow
@pytest.mark.parametrize("page", COSTLY.values(), ids=COSTLY)
def test_eight_times_the_attributes_take_eight_times_the_time(page):
    assert seconds(page(named(8 * MANY))) < 24 * seconds(page(named(MANY))) + 0.05


@pytest.mark.slow
@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_eight_times_the_text_takes_eight_times_the_time(text):
    assert seconds(text * 2) < 24 * seconds(text[: len(text) // 4]) + 0.05


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-8-sig"])
def test_every_way_into_the_parser_is_guarded(charset):
    text = COSTLY["ends-in-values"](named(MANY))
    page = Page("https://report.az/en/military/a-page-of-one-tag", text.encode(charset), "text/html")
    for read in (decode, read_article, lambda page: agreement(None, page)):
        with pytest.raises(PageError, match="40000 attributes"):
            read(page)
