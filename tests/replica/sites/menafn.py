"""MENAFN: copies of many providers' stories, among them AzerNews's, on ASP.NET pages; JSON for its mobile readers."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final
from zlib import crc32

from tests.replica import calendars, sections
from tests.replica.catalogue import Catalogue
from tests.replica.exchange import HTML, Reply, Request
from tests.replica.posts import Post
from tests.replica.rendering import render, sitemap
from tests.replica.sites.markup import syndicated_paragraph

PAGE: Final = 10
SITEMAP_ITEMS: Final = 100
FROZEN_CLOCK: Final = "Tuesday, 02 January 2024 12:17 GMT"
"""What the header of every page has shown since 2024."""

_NUMBER: Final = re.compile(r"[0-9]{10}")
_ARTICLE: Final = re.compile(r"/([0-9]{10})(?:/([^/]*))?/?")
_SECTION_JSON: Final = re.compile(r"/mobile/WebAPI/getnews/getsection/MobileEN_(\w+)-(\d{1,6})", re.IGNORECASE)
_STORY_JSON: Final = re.compile(r"/mobile/WebAPI/getnews/getstory/(\d{10})", re.IGNORECASE)
_LISTINGS: Final = frozenset({"/", "/qn_news_sections.aspx", "/qn_country.aspx", "/pr/index.aspx"})
_COUNTRIES: Final = frozenset(
    ["SA", "AE", "BH", "QA", "KW", "JO", "OM", "EG", "LB", "IQ", "PS", "SY", "TN", "DZ", "MA", "YE"]
)
_CONTINENTS: Final = frozenset({"Asia", "Europe", "ArabWorld", "Americas", "Africa"})
_ROBOTS: Final = b"User-agent: *\nAllow: /\nSitemap: https://menafn.com/sitemap.xml\n"
_TRAILER_CODES: Final = {"AzerNews": "000195011045", "Trend": "000187011040"}
_PROVIDER_SITES: Final = {"AzerNews": "https://www.azernews.az/", "Trend": "https://en.trend.az/"}
_VARIANTS: Final = ("?source=255", "?src=RSS", "?Social=on")
_DISCLAIMER: Final = (
    "MENAFN provides the information “as is” without warranty of any kind. We do not accept any responsibility or "
    "liability for the accuracy, content, images, videos, licenses, completeness, legality, or reliability of the "
    "information contained in this article. If you have any complaints or copyright issues related to this article, "
    "kindly contact the provider above."
)


class Menafn:
    """The site, with www and without."""

    hosts = ("menafn.com", "www.menafn.com")

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def reply(self, request: Request) -> Reply:
        """Answer a GET request; what it does not know gives its 404 page."""
        found = self._route(request)
        return found or Reply(status=404, body=render("menafn_404.html", clock=FROZEN_CLOCK), content_type=HTML)

    def _route(self, request: Request) -> Reply | None:
        path = request.path
        if path == "/robots.txt":
            return Reply(body=_ROBOTS, content_type="text/plain")
        if path == "/sitemap.xml":
            return sitemap([] if request.empty else islice(self._catalogue.newest("menafn"), SITEMAP_ITEMS))
        if article := _ARTICLE.fullmatch(path):
            return self._article(int(article[1]))
        if path.lower() in {"/qn_news_story_s.aspx", "/qn_news_story.aspx"}:
            number = request.query.get("storyid", "")
            return self._article(int(number)) if _NUMBER.fullmatch(number) else None
        if path.lower() in _LISTINGS:
            return self._listing(request)
        if section := _SECTION_JSON.fullmatch(path):
            return self._section_json(request, section[1], int(section[2]))
        if story := _STORY_JSON.fullmatch(path):
            return self._story_json(int(story[1]))
        return None

    def _article(self, number: int) -> Reply | None:
        """Serve by id whatever the slug."""
        post = self._catalogue.find_number("menafn", number)
        if post is None:
            return None
        lead, paragraphs = _body(post)
        body = render(
            "menafn_article.html",
            clock=FROZEN_CLOCK,
            post=post,
            stamp=calendars.menafn_stamp(post.published),
            dateline=_dateline(post),
            lead=lead,
            paragraphs=paragraphs,
            trailer=_trailer(post),
            provider_site=_PROVIDER_SITES.get(post.provider or "", "https://menafn.com/"),
            disclaimer=_DISCLAIMER if "disclaimer" in post.traps else None,
            image=_image(post),
            others=list(islice((o for o in self._catalogue.newest("menafn") if o.number != number), 6)),
        )
        return Reply(body=body, content_type=HTML, modified=post.modified or post.published)

    def _listing(self, request: Request) -> Reply | None:
        everything = self._catalogue.newest("menafn")
        continent, country = request.query.get("country"), request.query.get("country", "").upper()
        if request.path.lower() == "/qn_country.aspx":
            if country not in _COUNTRIES:
                return None
            found: Iterator[Post] = (post for post in everything if post.provider not in {"AzerNews", "Trend"})
        elif continent is not None and continent not in _CONTINENTS:
            return None
        else:
            found = everything
        posts = [] if request.empty else list(islice(found, 20))
        body = render(
            "menafn_listing.html",
            clock=FROZEN_CLOCK,
            title=continent or "Latest News",
            items=[(post, _listed_path(post), _image(post)) for post in posts],
        )
        return Reply(body=body, content_type=HTML, modified=posts[0].published if posts else None)

    def _section_json(self, request: Request, section: str, page: int) -> Reply | None:
        if section not in sections.MENAFN:
            return None
        start = max(0, (page - 1) * PAGE)
        start = max(0, start - request.shift) if start else 0
        found = self._catalogue.newest("menafn", section=section, start=start)
        posts = [] if request.empty else islice(found, PAGE)
        return _json([_listed(post) for post in posts])

    def _story_json(self, number: int) -> Reply | None:
        post = self._catalogue.find_number("menafn", number)
        if post is None:
            return _json([])
        lead, paragraphs = _body(post)
        body = _dateline(post) + html.escape(lead) + "".join(f"<p>{html.escape(p)}</p>\r\n" for p in paragraphs)
        return _json(
            [
                {
                    "newsID": post.number,
                    "newsTitle": post.headline,
                    "newsDate": calendars.menafn_stamp(post.published),
                    "imagePath": _image(post),
                    "providerName": post.provider,
                    "newsLink": f"https://menafn.com{post.path}",
                    "providerLogo": "/images/menafn_smalllogo.jpg",
                    "newsDisclaimer": _DISCLAIMER,
                    "newsBody": body,
                    "title": post.headline,
                },
            ],
        )


def _json(value: object) -> Reply:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Reply(body=body, content_type="application/json; charset=utf-8")


def _listed(post: Post) -> dict[str, Any]:
    return {
        "newsid": str(post.number),
        "newsdate": calendars.menafn_stamp(post.published),
        "title": post.headline,
        "picture": _image(post),
        "company": post.provider,
        "link": f"https://menafn.com{_listed_path(post)}",
        "description": post.paragraphs[0][:180],
    }


def _listed_path(post: Post) -> str:
    """Return the address in listings: with a query for the pages that are known to be linked that way."""
    return post.path + (_VARIANTS[(post.number or 0) % 3] if "query-variants" in post.traps else "")


def _dateline(post: Post) -> str:
    if "dateline-broken" in post.traps:
        return f"MENAFN - {post.provider}) "
    if post.provider == "MENAFN":
        return "(MENAFN) "
    return f"(MENAFN- {post.provider}) "


def _body(post: Post) -> tuple[str, tuple[str, ...]]:
    lead, *rest = (
        syndicated_paragraph(
            paragraph,
            glued_quotes="glued-quotes" in post.traps,
            glued_words="glued-words" in post.traps,
        )
        for paragraph in post.paragraphs
    )
    return lead, tuple(rest)


def _trailer(post: Post) -> str | None:
    if "trailer" not in post.traps:
        return None
    day = post.published.astimezone(calendars.NEW_YORK)
    code = _TRAILER_CODES.get(post.provider or "", "000070011016")
    return f"MENAFN{day:%d%m%Y}{code}ID{post.number}"


def _image(post: Post) -> str:
    day = post.published.astimezone(calendars.NEW_YORK)
    return f"/updates/pr/{day:%Y-%m/%d}/AZ_{crc32(post.headline.encode()):05x}image_story.jpg"
