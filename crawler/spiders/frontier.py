"""What is known of an address, and so whether a run asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from crawler.extensions.run import Run
from crawler.items import Article, Lang
from crawler.language.text import normalize
from crawler.pages.addresses import Address, SourceName, describe
from crawler.spiders.revisits import horizon, is_due

How = Literal["fetch", "refresh", "skip"]
"""``fetch`` unconditionally, ``refresh`` with a conditional request, or ``skip`` what is known and settled."""

_CUT_SHORT: Final = ("...", "…")


@dataclass(frozen=True, slots=True)
class Decision:
    """How to ask for an address, and what is stored of it (None: nothing)."""

    how: How
    article: Article | None = None


class Frontier:
    """Decides for each address of one source in one run; ``fresh`` runs fetch everything they are pointed to."""

    def __init__(
        self, run: Run, source: SourceName, langs: tuple[Lang, ...], *, fresh: bool, after: list[timedelta]
    ) -> None:
        self._run = run
        self._fresh = fresh
        self._due = [] if fresh or not after else _due(run, source, langs, after)
        self._due_urls = frozenset(self._due)

    def decide(self, address: Address, headline: str | None = None) -> Decision:
        """Decide how to ask for an article; ``headline`` is as a listing prints it now.

        A headline that differs from the stored one ("- UPDATED") is a change, whenever it comes.
        """
        if self._fresh:
            return Decision("fetch")
        article = self._run.store.article(address.url)
        if article is None:
            return Decision("skip" if self._run.is_settled(address.url) else "fetch")
        if headline and article.headline and _differ(headline, article.headline.raw):
            return Decision("refresh", article)
        if address.url in self._due_urls:
            return Decision("refresh", article)
        return Decision("skip", article)

    def due(self) -> Iterator[Address]:
        """Yield the known articles that are to be read again, whether a listing still shows them or not."""
        yield from map(describe, self._due)


def _due(run: Run, source: SourceName, langs: tuple[Lang, ...], after: list[timedelta]) -> list[str]:
    last_poll = run.last_poll(source, langs, good=False)
    oldest = horizon(run.started, last_poll, after) if last_poll else None
    return [
        known.url
        for known in run.recent(source, oldest)
        if is_due(known.published, max(known.first_seen, last_poll or known.first_seen), run.started, after)
    ]


def _differ(listed: str, stored: str) -> bool:
    """Tell whether two printings of a headline differ by more than case, blanks and a cut at the end."""
    short, whole = (_letters(text) for text in (listed, stored))
    if listed.rstrip().endswith(_CUT_SHORT):
        return not whole.startswith(short)
    return short != whole


def _letters(text: str) -> str:
    return "".join(char for char in normalize(text).casefold() if char.isalnum())
