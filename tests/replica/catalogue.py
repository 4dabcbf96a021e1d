"""Everything the three sites have: by address, and newest first in any listing."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import UserDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

from tests.replica import sections
from tests.replica.background import background_posts, distinct
from tests.replica.filler import Filler
from tests.replica.posts import Post, posts_of
from tests.replica.stories import Story


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to the page at one canonical address.

    ``changes`` replaces fields of its Post (headline, paragraphs, modified, ...); a ``hidden`` page answers 404 and stands
    in no listing, so that a test can publish it later by taking the edit away.
    """

    changes: Mapping[str, Any] | None = None
    hidden: bool = False


class Edits(UserDict[str, Edit]):
    """Canonical address to Edit. Tests set and delete entries while the sites run; ``version`` grows with each change."""

    def __init__(self) -> None:
        self.version = 0
        super().__init__()

    def __setitem__(self, url: str, edit: Edit) -> None:
        super().__setitem__(url, edit)
        self.version += 1

    def __delitem__(self, url: str) -> None:
        super().__delitem__(url)
        self.version += 1

    def applied(self, post: Post) -> Post | None:
        """Return ``post`` as it is now, None when it is hidden."""
        edit = self.data.get(post.url)
        if edit is None:
            return post
        return None if edit.hidden else replace(post, **(edit.changes or {}))


_FILLER_SECTIONS: Final = {"azernews": ("nation",), "menafn": ("Home", "Politics")}


class Catalogue:
    """The posts of the stories and the background, held in memory, and those of the filler, computed."""

    def __init__(self, stories: Iterable[Story], *, filler: int = 0, background: bool = True) -> None:
        story_posts = chain.from_iterable(posts_of(story) for story in stories)
        self._posts = distinct([*story_posts, *(background_posts() if background else ())])
        self._by_key = {self._key(post): post for post in self._posts}
        self._by_short_number = {post.short_number: post for post in self._posts if post.site == "report"}
        self._filler = Filler(filler)
        self._shelves: dict[tuple[str, str, str | None], list[Post]] = {}
        self._shelves_version = -1
        self.edits = Edits()

    @staticmethod
    def _key(post: Post) -> tuple[str, str | int]:
        return (post.site, post.path if post.number is None else post.number)

    def find_report(self, lang: str, section: str, slug: str) -> Post | None:
        """Return the Report.az article at an address."""
        path = f"{sections.REPORT_PREFIX[lang]}/{section}/{slug}"
        post = self._by_key.get(("report", path))
        if post is None and section == sections.REPORT_MILITARY[lang]:
            post = self._filler.find("report", lang, slug)
        return self.edits.applied(post) if post else None

    def find_number(self, site: str, number: int) -> Post | None:
        """Return the AzerNews or MENAFN article with an id."""
        post = self._by_key.get((site, number)) or self._filler.find(site, "en", number)
        return self.edits.applied(post) if post else None

    def find_short(self, number: int) -> Post | None:
        """Return the article a short link of Report.az leads to."""
        post = self._by_short_number.get(number)
        return self.edits.applied(post) if post else None

    def newest(
        self,
        site: str,
        lang: str = "en",
        section: str | None = None,
        *,
        before: dt.datetime | None = None,
        start: int = 0,
    ) -> Iterator[Post]:
        """Yield articles newest first: all, or of one section; older than ``before``; without the first ``start``."""
        held = self._shelf(site, lang, section)
        filler_count = self._filler_count(site, lang, section)

        def filler_moment(index: int) -> dt.datetime:
            return self._filler.moment(site, lang, index)

        at = filler_at = 0
        if before is not None:
            at = bisect_right(held, -before.timestamp(), key=_age)
            filler_at = bisect_right(
                range(filler_count), -before.timestamp(), key=lambda i: -filler_moment(i).timestamp()
            )
        if start and filler_count:
            # how many of the first `start` are filler: article i of it stands at i + (held articles newer than it)
            def place(index: int) -> int:
                newer = bisect_left(held, -filler_moment(index).timestamp(), lo=at, key=_age)
                return index - filler_at + newer - at

            skipped = bisect_left(range(filler_at, filler_count), start, key=place)
            filler_at += skipped
            at += start - skipped
        else:
            at += start
        while at < len(held) or filler_at < filler_count:
            if filler_at >= filler_count or (at < len(held) and held[at].published > filler_moment(filler_at)):
                yield held[at]
                at += 1
            else:
                post = self.edits.applied(self._filler.post(site, lang, filler_at))
                filler_at += 1
                if post is not None:
                    yield post

    def search(self, words: str, lang: str) -> Iterator[Post]:
        """Yield Report.az articles, newest first, that hold ``words`` as they stand; the filler is not searched."""
        wanted = words.casefold()
        for post in self._shelf("report", lang, None):
            if any(wanted in text.casefold() for text in (post.headline, *post.paragraphs, *post.tags)):
                yield post

    def _filler_count(self, site: str, lang: str, section: str | None) -> int:
        where = (sections.REPORT_MILITARY[lang],) if site == "report" else _FILLER_SECTIONS[site]
        return self._filler.count(site, lang) if section is None or section in where else 0

    def _shelf(self, site: str, lang: str, section: str | None) -> list[Post]:
        if self._shelves_version != self.edits.version:
            self._shelves.clear()
            self._shelves_version = self.edits.version
        key = (site, lang, section)
        if key not in self._shelves:
            here = (post for post in self._posts if post.site == site and post.lang == lang)
            now = (self.edits.applied(post) for post in here)
            shelf = [post for post in now if post and section in {None, post.section, "Home"}]
            self._shelves[key] = sorted(shelf, key=_age)
        return self._shelves[key]


def _age(post: Post) -> float:
    return -post.published.timestamp()
