"""Telling a page that came whole from one that was cut on its way and looks like an answer all the same.

A connection that breaks before Content-Length bytes have come, or inside a chunk, is an error of Scrapy's (measured on
2.19). A cut goes unnoticed when Content-Length is smaller than the page, when the end of the connection is the end of
the page, and when what was packed is cut: the rest of the gzip or brotli stream is not missed. So the page itself is
asked for its end.
"""

from __future__ import annotations

import re
from typing import Final

from scrapy.http import Response

_HEAD: Final = 4096
# What stands behind the end tag of a body: scripts of counters, comments of caches.
_TAIL: Final = 16 * 1024
_HTML: Final = re.compile(rb"<html[\s>]", re.IGNORECASE)
_HTML_END: Final = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
# HTML does not ask for an end tag. A template that leaves it out still closes what it has opened.
_BLOCK: Final = re.compile(rb"<(/?)(?:div|main|section|article|table|ul|footer|script)\b", re.IGNORECASE)
_XML: Final = re.compile(rb"\A\s*<\?xml\s")
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_OK: Final = 200


def is_cut(response: Response) -> bool:
    """Tell whether a page lacks its end: XML whose root is left open, HTML without end tag and with open blocks.

    Fragments, JSON and plain text have no such end and are never cut here.
    """
    if response.status != _OK:
        return False
    body = response.body.removeprefix(b"\xef\xbb\xbf")
    if _XML.match(body):
        root = _ROOT.search(body)
        if root is None:
            return True
        end = re.compile(rb"</" + re.escape(root[1]) + rb"\s*>|<" + re.escape(root[1]) + rb"[^<>]*/>\s*\Z")
        return end.search(body, max(root.start(), len(body) - _TAIL)) is None
    if _HTML.search(body, 0, _HEAD) is None or _HTML_END.search(body, max(0, len(body) - _TAIL)):
        return False
    slashes = _BLOCK.findall(body)
    closed = sum(map(bool, slashes))
    return closed == 0 or closed < len(slashes) - closed
