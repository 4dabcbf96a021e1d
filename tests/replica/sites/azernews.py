"""AzerNews: English, one number a page, a feed of the 25 newest."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final
from zlib import crc32

from tests.replica import calendars, sections
from tests.replica.catalogue import Catalogue
from tests.replica.exchange import HTML, Reply, Request, redirect
from tests.replica.posts import Post
from tests.replica.rendering import render, sitemap
from tests.replica.sites.markup import azernews_paragraph

FEED_ITEMS: Final = 25
SITEMAP_ITEMS: Final = 100
CARDS: Final = 200
"""Cards of a section page. The real number and the address behind "See more" are unknown; here one page holds half a year
of a section, so that a crawl does not depend on paging that nobody has seen."""

_ARTICLE: Final = re.compile(r"/([a-z_]+)/(\d{6})\.html")
_SECTION: Final = re.compile(r"/([a-z_]+)/?")
_PAGE: Final = re.compile(r"[1-9][0-9]{0,5}")
_ROBOTS: Final = b"User-agent: *\nAllow: /\nSitemap: https://www.azernews.az/sitemap.xml\n"
_HOME: Final = (
    ("Nation", ("nation",)),
    ("World", ("region", "analysis")),
    ("Armenian Aggression", ("aggression",)),
    ("Armenian-Azerbaijani conflict", ("karabakh", "analysis")),
)
_PAYWALL: Final = (
    "Find the plan that suits you best.",
    "Full digital access to all news for 1 month",
    "Full digital access to all news for 3 months",
    "Full digital access to all news for 6 months",
    "Full digital access to all news for 1 year",
)


class AzerNews:
    """The site, with www and without."""

    hosts = ("www.azernews.az", "azernews.az")

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def reply(self, request: Request) -> Reply:
        """Answer a GET request; what it does not know gives its 404 page."""
        return self._route(request) or self._page("azernews_404.html", status=404)

    def _route(self, request: Request) -> Reply | None:
        if request.path == "/":
            return self._home(request)
        if request.path == "/robots.txt":
            return Reply(body=_ROBOTS, content_type="text/plain")
        if request.path == "/sitemap.xml":
            return sitemap([] if request.empty else islice(self._catalogue.newest("azernews"), SITEMAP_ITEMS))
        if request.path in {"/feed.php", "/feeds/index.rss"}:
            return self._feed(request)
        if article := _ARTICLE.fullmatch(request.path):
            return self._article(article[1], int(article[2]))
        section = _SECTION.fullmatch(request.path)
        return self._section(request, section[1]) if section and section[1] in sections.AZERNEWS else None

    def _page(self, template: str, *, status: int = 200, modified: Post | None = None, **context: object) -> Reply:
        body = render(template, today=calendars.azernews_today(calendars.CLOCK), sections=sections.AZERNEWS, **context)
        return Reply(status=status, body=body, content_type=HTML, modified=modified.published if modified else None)

    def _home(self, request: Request) -> Reply:
        blocks = []
        for title, names in _HOME if not request.empty else ():
            posts = (post for post in islice(self._catalogue.newest("azernews"), 400) if post.section in names)
            blocks.append((title, list(islice(posts, 9))))
        return self._page("azernews_home.html", blocks=blocks, image=_image)

    def _section(self, request: Request, section: str) -> Reply | None:
        page = request.query.get("page", "1")
        if not _PAGE.fullmatch(page):
            return None
        start = (int(page) - 1) * CARDS
        start = max(0, start - request.shift) if start else 0
        posts = (
            []
            if request.empty
            else list(
                islice(self._catalogue.newest("azernews", section=section, start=start), CARDS + 1),
            )
        )
        return self._page(
            "azernews_section.html",
            section=section,
            posts=posts[:CARDS],
            image=_image,
            further=f"/{section}/?page={int(page) + 1}" if len(posts) > CARDS else None,
            modified=posts[0] if posts else None,
        )

    def _feed(self, request: Request) -> Reply:
        posts = [] if request.empty else list(islice(self._catalogue.newest("azernews"), FEED_ITEMS))
        # the feed follows neither date nor id exactly, and its titles carry raw ampersands and double blanks
        posts.sort(
            key=lambda post: (post.published.replace(minute=post.published.minute // 20 * 20), post.number),
            reverse=True,
        )
        items = [
            (post, _feed_title(post), calendars.rfc822(post.published.astimezone(calendars.BAKU))) for post in posts
        ]
        body = render("azernews_feed.xml", items=items, now=calendars.rfc822(calendars.CLOCK))
        newest = max((post.published for post in posts), default=None)
        return Reply(body=body, content_type="text/xml; charset=UTF-8", modified=newest)

    def _article(self, section: str, number: int) -> Reply | None:
        post = self._catalogue.find_number("azernews", number)
        if post is None:
            return None
        if post.section != section:
            return redirect(post.path)
        body = render(
            "azernews_article.html",
            today=calendars.azernews_today(calendars.CLOCK),
            sections=sections.AZERNEWS,
            post=post,
            headline=f"{post.headline} [PHOTOS]" if _wants_photos(post) else post.headline,
            stamp=calendars.azernews_stamp(post.published),
            image=_image(post),
            paragraphs=_body(post),
            latest=list(islice(self._catalogue.newest("azernews"), 6)),
            thumb=_image,
        )
        return Reply(body=body, content_type=HTML, modified=post.modified or post.published)


def _wants_photos(post: Post) -> bool:
    return "photos" in post.traps and "[PHOTOS]" not in post.headline


def _body(post: Post) -> list[object]:
    hard_wrap = "hard-wrap" in post.traps
    if "paywall" in post.traps:
        # teasers are not wrapped
        return [azernews_paragraph(post.paragraphs[0], hard_wrap=False), *_PAYWALL]
    paragraphs: list[object] = [azernews_paragraph(paragraph, hard_wrap=hard_wrap) for paragraph in post.paragraphs]
    if "by-trend" in post.traps and not post.paragraphs[0].startswith("By "):
        paragraphs.insert(0, "By Trend")
    if "twitter-tail" in post.traps:
        paragraphs += ["--", "Follow us on Twitter @AzerNewsAz"]
    return paragraphs


def _feed_title(post: Post) -> str:
    title = post.headline.removesuffix("[PHOTOS]").rstrip()
    return title.replace(" ", "  ", 1) if crc32(title.encode()) % 40 == 0 else title


def _image(post: Post, size: str = "876x563") -> str:
    day = post.published.astimezone(calendars.BAKU)
    return f"/media/{day:%Y/%m/%d}/{size}/{crc32(post.headline.encode()):08x}.jpg?v={int(day.timestamp())}"
