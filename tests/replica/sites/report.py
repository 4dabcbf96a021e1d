"""Report.az: three languages, AMP pages, mirror hosts, grids that load more by the time of their last card."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final
from zlib import crc32

from tests.replica import calendars, sections
from tests.replica.catalogue import Catalogue
from tests.replica.exchange import HTML_WITHOUT_CHARSET, Reply, Request, redirect
from tests.replica.posts import Post
from tests.replica.rendering import render
from tests.replica.sites.markup import report_paragraph

CARDS: Final = 16
ARCHIVE_CARDS: Final = 12
FEED_ITEMS: Final = 20
SIDEBAR_ITEMS: Final = 9
SITEMAP_AGE: Final = dt.timedelta(hours=48)

_SHORT: Final = re.compile(r"[0-9]{4,8}")
_TIME_ONLY: Final = re.compile(r"\d{1,2}:\d{2}")
_WORDS: Final = {
    "az": {"latest": "Son xəbərlər", "all": "Bütün xəbərlər", "photo": "Foto", "video": "Video", "more": "Daha çox"},
    "en": {"latest": "Latest News", "all": "All News Feed", "photo": "Photo", "video": "Video", "more": "Load more"},
    "ru": {"latest": "Лента новостей", "all": "Все новости", "photo": "Фото", "video": "Видео", "more": "Еще"},
}
_LATEST_PATH: Final = {"az": "/son-xeberler", "en": "/en/news-feed", "ru": "/ru/news-feed"}
_TRENDING: Final = {
    "az": ("İlham Əliyev", "WUF13", "Azərbaycan-Ermənistan sülh prosesi", "Qış Olimpiya Oyunları"),
    "en": ("Ilham Aliyev", "WUF13", "Azerbaijan-Armenia peace process", "XXV Winter Olympic Games"),
    "ru": ("Ильхам Алиев", "WUF13", "Мирный процесс", "Зимние Олимпийские игры"),
}
_ROBOTS: Final = b"User-agent: *\nAllow: /\n\nSitemap: https://report.az/news-sitemap.xml\n"


@dataclass(frozen=True)
class _Part:
    """A path without its language: ``/en/amp/military/x`` is en, amp, (military, x)."""

    lang: str
    amp: bool
    steps: tuple[str, ...]
    has_prefix: bool

    @staticmethod
    def of(path: str) -> _Part:
        steps = [step for step in path.split("/") if step]
        lang, has_prefix = "az", False
        if steps and steps[0] in sections.REPORT:
            lang, has_prefix = steps.pop(0), True
        amp = bool(steps) and steps[0] == "amp"
        return _Part(lang=lang, amp=amp, steps=tuple(steps[amp:]), has_prefix=has_prefix)


class _View:
    """A post as the templates print it."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.lang = post.lang
        self.headline = post.headline
        self.category = post.category
        self.link = post.link
        self.words = _WORDS[post.lang]
        self.photo_label = post.has_photo_label
        self.video_label = post.has_photo_label and crc32(post.path.encode()) % 3 == 0

    @cached_property
    def image(self) -> str:
        """Stem of the photo's address, without size and ending."""
        return f"https://images.report.az/photo/{_uuid(self.post.path)}"

    @property
    def date(self) -> str:
        return calendars.report_date(self.post.published, self.lang)

    @property
    def time(self) -> str:
        return calendars.report_time(self.post.published)

    @property
    def timestamp(self) -> str:
        return calendars.card_timestamp(self.post.published)

    @property
    def iso(self) -> str:
        return self.post.published.isoformat(timespec="seconds")


class Report:
    """The site, on its own host, with www, and on its mirrors."""

    hosts = ("report.az", "www.report.az", "dev.report.az", "static.report.az", "api.report.az")

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sidebars: dict[tuple[int, str], list[_View]] = {}

    def reply(self, request: Request) -> Reply:
        """Answer a GET request; what it does not know gives its 404 page."""
        part = _Part.of(request.path)
        return self._route(request, part) or _html(render("report_404.html", lang=part.lang), status=404)

    def _route(self, request: Request, part: _Part) -> Reply | None:
        known = sections.REPORT[part.lang]
        match part.steps:
            case ():
                return self._grid(request, part.lang, None)
            case (section,) if section in known:
                return self._grid(request, part.lang, section)
            case (name,):
                return self._by_name(request, part, name)
            case ("infinity", "index"):
                return self._fragment(request, part.lang, None)
            case ("infinity", "category", section) if section in known:
                return self._fragment(request, part.lang, section)
            case ("archive", year, month, day) if part.lang == "az":
                return self._archive(request, (year, month, day))
            case (section, slug):
                return self._article(part, section, slug)
        return None

    def _by_name(self, request: Request, part: _Part, name: str) -> Reply | None:
        if request.path.rstrip("/") == _LATEST_PATH[part.lang]:
            return self._grid(request, part.lang, None)
        match name:
            case "robots.txt":
                return Reply(body=_ROBOTS, content_type="text/plain")
            case "news-sitemap.xml":
                return self._sitemap(request)
            case "rss":
                return self._feed(request, part.lang)
            case "search":
                return self._search(request, part.lang)
        post = self._catalogue.find_short(int(name)) if _SHORT.fullmatch(name) else None
        return redirect(post.link) if post else None

    # --- pages of one article ---

    def _article(self, part: _Part, section: str, slug: str) -> Reply | None:
        post = self._catalogue.find_report(part.lang, section, slug)
        if post is None:
            return None
        if part.amp:
            return _html(self._amp(post), modified=post.modified or post.published) if post.lang != "az" else None
        if part.has_prefix and part.lang == "az":
            return redirect(post.link)
        return _html(self._page(post), modified=post.modified or post.published)

    def _page(self, post: Post) -> bytes:
        view = _View(post)
        context = {
            "view": view,
            "post": post,
            "paragraphs": list(_body(post)),
            "trending": _TRENDING[post.lang],
            "sidebar": self._sidebar(post.lang),
            "latest_path": _LATEST_PATH[post.lang],
            "home": f"{sections.REPORT_PREFIX[post.lang]}/",
        }
        if post.template == "2014":
            return render(
                "report_2014.html",
                stamp=calendars.oldest_stamp(post.published),
                dateline=f"Baku. {calendars.dateline_day(post.published)}. REPORT.AZ/ ",
                **context,
            )
        return render(f"report_{post.template}.html", ld=_linked_data(post, view), **context)

    def _amp(self, post: Post) -> bytes:
        others = islice((view for view in self._sidebar(post.lang) if view.post.path != post.path), 3)
        return render(
            "report_amp.html",
            view=_View(post),
            post=post,
            paragraphs=list(_body(post)),
            stamp=calendars.amp_stamp(post.published, post.lang),
            tail_title={"en": "Other News", "ru": "Лента новостей"}[post.lang],
            others=[(view, calendars.amp_stamp(view.post.published, post.lang)) for view in others],
        )

    def _sidebar(self, lang: str) -> list[_View]:
        key = (self._catalogue.edits.version, lang)
        if key not in self._sidebars:
            self._sidebars = {old: views for old, views in self._sidebars.items() if old[0] == key[0]}
            self._sidebars[key] = [
                _View(post) for post in islice(self._catalogue.newest("report", lang), SIDEBAR_ITEMS)
            ]
        return self._sidebars[key]

    # --- listings ---

    def _cards(self, posts: Iterator[Post], count: int, request: Request) -> list[_View]:
        return [] if request.empty else [_View(post) for post in islice(posts, count)]

    def _grid(self, request: Request, lang: str, section: str | None) -> Reply:
        views = self._cards(self._catalogue.newest("report", lang, section), CARDS, request)
        prefix = sections.REPORT_PREFIX[lang]
        more = f"{prefix}/infinity/index" if section is None else f"{prefix}/infinity/category/{section}"
        title = _WORDS[lang]["latest"] if section is None else sections.REPORT[lang][section] or section
        # the mirror's own links are absolute on the latest page only, so that one story shows up under two addresses
        return self._listing(lang, title, views, more=more, with_mirrors=section is None)

    def _listing(
        self, lang: str, title: str, views: list[_View], *, more: str | None, with_mirrors: bool = False
    ) -> Reply:
        body = render(
            "report_listing.html",
            lang=lang,
            title=title,
            views=views,
            more=more,
            words=_WORDS[lang],
            trending=_TRENDING[lang],
            with_mirrors=with_mirrors,
        )
        return _html(body, modified=views[0].post.published if views else None)

    def _fragment(self, request: Request, lang: str, section: str | None) -> Reply | None:
        try:
            before = calendars.read_card_timestamp(request.query.get("date", ""))
        except ValueError:
            return None
        posts = self._catalogue.newest("report", lang, section, before=before, start=max(0, -request.shift))
        views = self._cards(posts, CARDS, request)
        if request.shift > 0:
            views = self._repeated(lang, section, before, request.shift) + views
        return _html(render("report_cards.html", views=views, with_mirrors=section is None))

    def _repeated(self, lang: str, section: str | None, before: dt.datetime, count: int) -> list[_View]:
        newer = [post for post in self._catalogue.newest("report", lang, section) if post.published >= before]
        return [_View(post) for post in newer[-count:]]

    def _archive(self, request: Request, day: tuple[str, str, str]) -> Reply | None:
        try:
            start = dt.datetime.strptime("-".join(day), "%Y-%m-%d").replace(tzinfo=calendars.BAKU)
        except ValueError:
            return None
        posts = self._catalogue.newest("report", "az", before=start + dt.timedelta(days=1))
        views = [
            view for view in self._cards(posts, ARCHIVE_CARDS, request) if view.post.published.date() == start.date()
        ]
        if not views and not request.empty:
            return None
        return self._listing("az", calendars.report_date(start, "az"), views, more=None)

    def _search(self, request: Request, lang: str) -> Reply | None:
        words = request.query.get("query", "").strip()
        views = self._cards(self._catalogue.search(words, lang), CARDS, request) if words else []
        return self._listing(lang, words, views, more=None) if views or request.empty else None

    def _feed(self, request: Request, lang: str) -> Reply:
        views = self._cards(self._catalogue.newest("report", lang), FEED_ITEMS, request)
        items = [(view, _feed_link(view.post), calendars.rfc822(view.post.published)) for view in views]
        body = render("report_rss.xml", lang=lang, items=items, now=calendars.rfc822(calendars.CLOCK))
        return Reply(body=body, content_type="application/rss+xml", modified=views[0].post.published if views else None)

    def _sitemap(self, request: Request) -> Reply:
        views = []
        for lang in () if request.empty else sections.REPORT:
            for post in self._catalogue.newest("report", lang):
                if post.published < calendars.CLOCK - SITEMAP_AGE:
                    break
                views.append(_View(post))
        views.sort(key=lambda view: view.post.published, reverse=True)
        return Reply(body=render("report_sitemap.xml", views=views), content_type="application/xml")


def _html(body: bytes, *, status: int = 200, modified: dt.datetime | None = None) -> Reply:
    return Reply(status=status, body=body, content_type=HTML_WITHOUT_CHARSET, modified=modified)


def _body(post: Post) -> Iterator[Any]:
    for paragraph in post.paragraphs:
        yield report_paragraph(paragraph)
    if post.earlier:
        if not _TIME_ONLY.fullmatch(post.earlier[0].strip()):
            yield report_paragraph(calendars.report_time(post.published))
        for paragraph in post.earlier:
            yield report_paragraph(paragraph)


def _feed_link(post: Post) -> str:
    """Return the address in RSS: AMP or a mirror for the pages that are known to be linked that way."""
    if "amp" in post.traps and post.lang != "az":
        prefix = sections.REPORT_PREFIX[post.lang]
        return f"https://report.az{prefix}/amp{post.link.removeprefix(prefix)}"
    host = "dev.report.az" if "mirror" in post.traps else "report.az"
    return f"https://{host}{post.link}"


def _linked_data(post: Post, view: _View) -> dict[str, Any]:
    section = post.category or post.section
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": post.headline,
                "url": post.url,
                "mainEntityOfPage": post.url,
                "datePublished": view.iso,
                "dateModified": (post.modified or post.published).isoformat(timespec="seconds"),
                "description": post.paragraphs[0][:160],
                "articleBody": post.paragraphs[0][:240],
                "author": {"@type": "Organization", "name": "Report.az"},
                "image": {"@type": "ImageObject", "url": f"{view.image}_850.jpg"},
            },
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": section},
                    {"@type": "ListItem", "position": 2, "name": post.headline},
                ],
            },
        ],
    }


def _uuid(path: str) -> str:
    digits = "".join(f"{crc32(f'{part}{path}'.encode()):08x}" for part in range(4))
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
