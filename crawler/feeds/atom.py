"""An Atom feed (RFC 4287): an entry a meeting, updated with each revision.

Written with lxml, element by element: feedgen, the usual library, holds all entries in memory, and its entries lose
``rel`` and ``hreflang`` of their links.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO, Final

from lxml import etree

from crawler.feeds import wording
from crawler.items import Meeting

ATOM: Final = "http://www.w3.org/2005/Atom"
# RFC 4151: an authority and a date, for ever the same
_TAG: Final = "tag:defence-meetings,2026:"
_NAMESPACES: Final[Any] = {None: ATOM}  # the stubs of lxml know no default namespace
_EPOCH: Final = "1970-01-01T00:00:00+00:00"


def write_atom(meetings: Iterable[Meeting], file: BinaryIO) -> int:
    """Write one entry a meeting under the id ``tag:defence-meetings,2026:<meeting id>``; return how many."""
    written = 0
    updated = _EPOCH
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{ATOM}}}feed", nsmap=_NAMESPACES):
            for name, text in (("id", f"{_TAG}meetings"), ("title", "Meetings of Azerbaijan's defence leadership")):
                xml.write(_element(name, text))
            author = _element("author")
            author.append(_element("name", "defence-meetings"))
            xml.write(author)
            for meeting in meetings:
                xml.write(_entry(meeting), "\n")
                updated = max(updated, meeting.last_changed)
                written += 1
            # The order of a feed's elements is free (section 4.1.1), and only now is it known.
            xml.write(_element("updated", updated))
    return written


def _element(name: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.Element(f"{{{ATOM}}}{name}", attributes, nsmap=_NAMESPACES)
    element.text = text
    return element


def _entry(meeting: Meeting) -> Any:
    entry = _element("entry")
    entry.append(_element("id", f"{_TAG}{meeting.id}"))
    day = f"{meeting.date}: " if meeting.date else ""
    entry.append(_element("title", f"{day}{wording.title(meeting)}", type="text"))
    entry.append(_element("published", meeting.first_seen))
    entry.append(_element("updated", meeting.last_changed))
    languages: set[str] = set()
    for source in meeting.sources:
        # Section 4.1.1: no two alternates of one type and language
        rel = "related" if source.lang in languages or not wording.is_web(source.url) else "alternate"
        if rel == "alternate":
            languages.add(source.lang)
        link = _element("link", rel=rel, href=wording.one_line(source.url), hreflang=source.lang)
        link.set("title", wording.one_line(source.headline or source.outlet))
        entry.append(link)
    terms = (meeting.kind, meeting.status, *meeting.countries, *meeting.organizations, *meeting.topics)
    for term in dict.fromkeys(terms):
        entry.append(_element("category", term=wording.one_line(term)))
    lead = next(filter(None, meeting.lead.values()), None)
    if lead:
        entry.append(_element("summary", wording.one_line(lead), type="text"))
    entry.append(_element("content", wording.description(meeting), type="text"))
    return entry
