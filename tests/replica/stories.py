"""Reads the stories: which meetings took place, and what each site wrote of them.

``load_stories`` checks every file strictly and names file and key of a fault; ``expected_meetings`` says what a crawler
has to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.replica.slugs import menafn_slug, title_case
from tests.replica.story_files import read_story
from tests.replica.story_records import (
    Agreement,
    ExpectedMeeting,
    Person,
    Story,
    StoryArticle,
    StoryMeeting,
)
from tests.replica.story_tables import StoryError

__all__ = [
    "Agreement",
    "ExpectedMeeting",
    "Person",
    "Story",
    "StoryArticle",
    "StoryError",
    "StoryMeeting",
    "expected_meetings",
    "load_stories",
]

STORIES: Final = Path(__file__).parent / "stories"
_PHOTOS: Final = "[PHOTOS]"


def load_stories(folder: Path = STORIES) -> tuple[Story, ...]:
    """Read every ``*.toml`` in ``folder``, in order of name; raises StoryError."""
    stories = tuple(read_story(path) for path in sorted(folder.glob("*.toml")))
    _check_unique(stories)
    stories = _resolve_copies(stories)
    _check_related(stories)
    return stories


def expected_meetings(stories: Iterable[Story]) -> tuple[ExpectedMeeting, ...]:
    """Return the meetings that a crawler has to find, with the canonical addresses of the sources of each.

    A meeting that only unacceptable copies report (MENAFN with another provider) is not expected.
    """
    expected = []
    for story in stories:
        for meeting in story.meetings:
            urls = frozenset(a.url for a in story.articles if a.is_source and meeting.key in a.reports)
            if urls:
                facts = {name: getattr(meeting, name) for name in StoryMeeting.__slots__ if name != "key"}
                expected.append(ExpectedMeeting(key=f"{story.id}/{meeting.key}", urls=urls, **facts))
    return tuple(expected)


def _check_unique(stories: tuple[Story, ...]) -> None:
    addresses = Counter(
        (article.site, article.number or article.url) for story in stories for article in story.articles
    )
    for story in stories:
        for index, article in enumerate(story.articles):
            if addresses[article.site, article.number or article.url] > 1:
                key = "slug" if article.site == "report" else "id"
                value = article.slug if article.site == "report" else article.number
                raise StoryError(f"{story.id}.toml: article[{index}].{key}: {value!r} is used twice")


def _resolve_copies(stories: tuple[Story, ...]) -> tuple[Story, ...]:
    originals = {a.number: a for story in stories for a in story.articles if a.site == "azernews"}
    resolved = []
    for story in stories:
        articles = []
        for index, article in enumerate(story.articles):
            if article.site != "menafn":
                articles.append(article)
                continue
            original = originals.get(article.copy_of)
            if article.copy_of is not None and original is None:
                fault = f"there is no azernews article {article.copy_of}"
                raise StoryError(f"{story.id}.toml: article[{index}].copy_of: {fault}")
            articles.append(_copied(article, original))
        resolved.append(replace(story, articles=tuple(_with_slug_of_twin(article, articles) for article in articles)))
    return tuple(resolved)


def _with_slug_of_twin(article: StoryArticle, articles: list[StoryArticle]) -> StoryArticle:
    """Give another provider's article that is a twin the slug of the AzerNews copy beside it."""
    if "trend-twin" not in article.traps or article.is_source:
        return article
    slugs = (other.slug for other in articles if other.site == "menafn" and other.is_source)
    return replace(article, slug=next(slugs, article.slug))


def _copied(article: StoryArticle, original: StoryArticle | None) -> StoryArticle:
    headline = article.headline
    if original is not None:
        headline = headline or title_case(original.headline.removesuffix(_PHOTOS).strip())
        article = replace(
            article,
            paragraphs=article.paragraphs or original.paragraphs,
            author=article.author or original.author,
        )
    slug = menafn_slug(headline, decomposed="decomposed-slug" in article.traps)
    return replace(article, headline=headline, slug=slug)


def _check_related(stories: tuple[Story, ...]) -> None:
    known = {f"{story.id}/{meeting.key}" for story in stories for meeting in story.meetings}
    for story in stories:
        for index, meeting in enumerate(story.meetings):
            for reference in meeting.related:
                if reference not in known:
                    where = f"{story.id}.toml: meeting[{index}].related"
                    raise StoryError(f"{where}: there is no meeting {reference!r}")
