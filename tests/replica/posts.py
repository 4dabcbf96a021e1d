"""A page's content, whether it comes from a story, from the background or from the filler."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

from tests.replica.sections import REPORT_PREFIX
from tests.replica.slugs import composed, menafn_slug
from tests.replica.stories import Story, StoryArticle

UPDATED_SUFFIX: Final = {"az": " - YENİLƏNİB", "en": " - UPDATED", "ru": " - ОБНОВЛЕНО"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The story in another language, as the page links it."""

    lang: str
    headline: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What stands on one page. ``published`` is aware, ``number`` the id in an AzerNews or MENAFN address."""

    site: str
    lang: str
    section: str
    headline: str
    paragraphs: tuple[str, ...]
    published: dt.datetime
    category: str | None = None
    slug: str = ""
    number: int | None = None
    author: str | None = None
    provider: str | None = None
    tags: tuple[str, ...] = ()
    template: str = "2025"
    alternates: tuple[Alternate, ...] = ()
    traps: frozenset[str] = frozenset()
    earlier: tuple[str, ...] = ()
    modified: dt.datetime | None = None

    @property
    def path(self) -> str:
        """Canonical path: no slash at the end, no AMP."""
        if self.site == "report":
            return f"{REPORT_PREFIX[self.lang]}/{self.section}/{self.slug}"
        if self.site == "azernews":
            return f"/{self.section}/{self.number}.html"
        return f"/{self.number}/{self.slug}"

    @property
    def url(self) -> str:
        """Canonical address, as ``StoryArticle.url``: letters composed."""
        host = {"report": "report.az", "azernews": "www.azernews.az", "menafn": "menafn.com"}[self.site]
        return f"https://{host}{composed(self.path)}"

    @property
    def link(self) -> str:
        """Path as the site's own pages print it: older Report.az addresses end in a slash."""
        with_slash = self.site == "report" and (self.template != "2025" or "slash" in self.traps)
        return f"{self.path}/" if with_slash else self.path

    @property
    def has_photo_label(self) -> bool:
        """Whether listings print ``Photo`` beside the headline."""
        return "photo-label" in self.traps or crc32(self.headline.encode()) % 5 == 0

    @property
    def short_number(self) -> int:
        """Number of the short link report.az/<number>."""
        return 1_000_000 + crc32(self.path.encode()) % 9_000_000


def posts_of(story: Story) -> Iterator[Post]:
    """Yield the pages of a story, and the Trend twin of a MENAFN copy that asks for one and has none."""
    for article in story.articles:
        post = _post(story, article)
        yield post
        if (
            article.site == "menafn"
            and article.is_source
            and "trend-twin" in article.traps
            and not any(other.provider == "Trend" for other in story.articles)
        ):
            yield _trend_twin(post)


def _post(story: Story, article: StoryArticle) -> Post:
    headline = article.headline
    updated = "updated" in article.traps
    if updated and UPDATED_SUFFIX[article.lang].strip(" -") not in headline:
        headline += UPDATED_SUFFIX[article.lang]
    return Post(
        site=article.site,
        lang=article.lang,
        section=article.section,
        category=article.category,
        slug=article.slug,
        number=article.number,
        published=article.published.replace(second=crc32(article.url.encode()) % 60),
        headline=headline,
        paragraphs=article.paragraphs,
        tags=article.tags,
        author=article.author,
        provider=article.provider,
        template=article.template,
        alternates=tuple(_alternates(story, article)) if article.site == "report" else (),
        traps=article.traps,
        earlier=article.earlier,
        modified=article.published + dt.timedelta(minutes=47) if updated else None,
    )


def _alternates(story: Story, article: StoryArticle) -> Iterator[Alternate]:
    """Yield the versions in the other languages, az en ru; of several, the one published nearest to this one."""
    shown = article.alternates if isinstance(article.alternates, tuple) else ("az", "en", "ru")
    if article.alternates is False:
        return
    for lang in ("az", "en", "ru"):
        if lang == article.lang or lang not in shown:
            continue
        versions = _versions(story.articles, article, lang)
        if versions:
            nearest = min(versions, key=lambda version: abs(version.published - article.published))
            path = nearest.url.removeprefix("https://report.az")
            yield Alternate(lang=lang, headline=nearest.headline, path=path)


def _versions(articles: Iterable[StoryArticle], article: StoryArticle, lang: str) -> list[StoryArticle]:
    return [a for a in articles if a.site == "report" and a.lang == lang and a.reports == article.reports]


def _trend_twin(post: Post) -> Post:
    assert post.number is not None
    first = post.paragraphs[0].replace("AzerNEWS", "Trend").replace("Azernews", "Trend")
    return replace(
        post,
        number=post.number - 337,
        provider="Trend",
        author=None,
        published=post.published - dt.timedelta(minutes=51),
        paragraphs=(f"BAKU, Azerbaijan, {post.published:%B} {post.published.day}. {first}", "Will be updated"),
        traps=post.traps - {"author-read-more", "glued-words", "query-variants"},
    )


def menafn_copy(post: Post, *, number: int, published: dt.datetime, headline: str, traps: frozenset[str]) -> Post:
    """Return MENAFN's copy of an AzerNews post."""
    return replace(
        post,
        site="menafn",
        section="Politics",
        number=number,
        published=published,
        headline=headline,
        slug=menafn_slug(headline),
        provider="AzerNews",
        traps=traps,
    )
