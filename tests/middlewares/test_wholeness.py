from __future__ import annotations

import pytest
from scrapy.http import Response

from crawler.middlewares.wholeness import is_cut

FEED = b'<?xml version="1.0"?>\n<!-- x --><rss version="2.0"><channel><item/></channel></rss>'


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html lang='az'><body><p>text",
        b"<HTML><body><p>text</p><script>document.write('<body></bod",
        b"\xef\xbb\xbf<html><head>",
        b"<html><body><div id='all'><div><p>text</p></div>",
        b"<html><body><div></div><table><tr><td>text",
        FEED[:-1],
        FEED[: len(FEED) // 2],
        b'<?xml version="1.0"?>',
        b"\xef\xbb\xbf \n<?xml version='1.0'?><urlset><url></url>",
        b'<?xml version="1.0"?><rss><a/>',
    ],
)
def test_what_lacks_its_end_was_cut(body):
    assert is_cut(Response("https://report.az/", body=body))
    assert not is_cut(Response("https://report.az/", body=body, status=404))


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html lang='az'><body><p>text</p></body></html>",
        b"<html><body><p>text</BODY >",
        b"<html><body><div id='all'><div><p>text</p></div></div>\n<!-- no end tag -->",
        b"<html><body></html>" + b"<!-- of a cache -->" * 100,
        FEED,
        FEED + b"\n<!-- generated -->\n",
        b'<?xml version="1.0"?><rss />\n',
        b'<?xml version="1.0"?><a:rss xmlns:a="x">t</a:rss >',
        b"<div class='index-post-block'>a fragment",
        b'[{"newsid": 1}',
        b"User-agent: *",
        b"\x89PNG",
        b"",
    ],
)
def test_what_has_its_end_or_needs_none_is_whole(body):
    assert not is_cut(Response("https://report.az/", body=body))
