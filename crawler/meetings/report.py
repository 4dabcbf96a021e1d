"""A report: one mention with those facts of its article that decide which meeting it belongs to."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from crawler.items import Article, Lang, Mention, MentionedPerson, Stamp
from crawler.language.headlines import headline_key
from crawler.meetings.days import Span, span_of, yearless_beginning
from crawler.meetings.people import HOME
from crawler.meetings.posts import LEAST_SENIOR, seniority
from crawler.meetings.similarity import language_free_marks, shingle_sketch, word_sketch

_TOLD_PLACES: Final = ("town with weight 7", "town with weight 6", "venue with weight 4", "seat of the host")
"""Rules of the reader by which the words of the meeting themselves tell its town."""
_FAR_FUTURE: Final = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
RECOPIER: Final = "menafn.com"
"""An outlet that only copies others, so that its text is syndicated even where the original was not seen."""
_SHORTEST_HEADLINE_KEY: Final = 3
"""Words a headline must have before two equal ones prove anything."""


def founding_id(url: str, index: int) -> str:
    """Return the id a meeting has when the mention ``index`` of the article at ``url`` is its first."""
    return "m" + hashlib.sha256(f"1\n{url}\n{index}".encode()).hexdigest()[:20]


@dataclass(frozen=True, kw_only=True, eq=False)
class Report:
    """One mention and what its article adds to the decision.

    ``alternates`` are addresses of the same story in other languages, ``headline`` and ``alternate_headlines`` are
    ``"<lang>:<key>"``. ``alone`` is True when the article reports no other meeting. ``beginning`` is a day without a
    year at the beginning of an article without a date. ``aliases`` are spellings that a human has declared to be a
    certain person, as pairs of spelling and canonical name.
    """

    id: str
    mention: Mention
    outlet: str
    published: Stamp | None
    alternates: tuple[str, ...]
    headline: str | None
    alternate_headlines: tuple[str, ...]
    shingles: tuple[int, ...]
    words: tuple[int, ...]
    marks: tuple[str, ...]
    alone: bool
    beginning: tuple[int, int, bool] | None = None
    aliases: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """The article's canonical address."""
        return self.mention.url

    @property
    def lang(self) -> Lang:
        """The article's language."""
        return self.mention.lang

    @cached_property
    def order(self) -> tuple[bool, dt.datetime, str, int]:
        """Sort key: the first published report comes first, those without a date last, copies after all others."""
        moment = self.published.moment if self.published else _FAR_FUTURE
        return (self.recopied, moment, self.url, self.mention.index)

    @cached_property
    def recopied(self) -> bool:
        """Whether it stands on an outlet that only copies others, whatever the clock of that outlet says."""
        return self.outlet.lower().removeprefix("www.") == RECOPIER

    # --- what was stated and what was assumed ---

    @cached_property
    def kind_stated(self) -> bool:
        """Whether words of the text tell the kind; two parties that met are a default."""
        return not any(item.field == "kind" and item.rule == "two parties" for item in self.mention.evidence)

    @cached_property
    def form_stated(self) -> bool:
        """Whether the text tells that they talked at a distance, or that they met: by a kind or a town told."""
        in_person = any(item.field == "place" and item.rule.startswith(_TOLD_PLACES) for item in self.mention.evidence)
        return self.kind_stated or in_person

    @cached_property
    def span(self) -> Span:
        """The days on which the meeting can have been, by this report alone."""
        return span_of(self.mention, self.published, self.beginning)

    @cached_property
    def counterparts(self) -> frozenset[str]:
        """Codes of the parties other than Azerbaijan: countries and organizations."""
        return frozenset({*self.mention.countries, *self.mention.organizations} - {HOME})

    @cached_property
    def home(self) -> tuple[MentionedPerson, ...]:
        """Those named on Azerbaijan's side, the most senior first, in text order where that is equal."""
        named = [person for person in self.mention.people if person.name and person.country == HOME]
        return tuple(sorted(named, key=lambda person: seniority(person.post)))

    @cached_property
    def abroad(self) -> tuple[MentionedPerson, ...]:
        """Those named of other parties, or of a party the text does not tell, the most senior first."""
        named = [person for person in self.mention.people if person.name and person.country != HOME]
        return tuple(sorted(named, key=lambda person: seniority(person.post)))

    @cached_property
    def many_sided(self) -> bool:
        """Whether three or more parties met: by the kind, or because two other parties sent equally senior people."""
        if self.mention.kind == "multilateral":
            return True
        leading = [(person.country, seniority(person.post)) for person in self.abroad if person.country and person.post]
        highest = min((level for _, level in leading), default=LEAST_SENIOR)
        return highest < LEAST_SENIOR and len({country for country, level in leading if level == highest}) > 1

    @cached_property
    def identified(self) -> bool:
        """Whether it can be told from reports of other meetings by itself: a known day, and names on both sides."""
        named_enough = self.mention.kind in {"internal", "multilateral"} or bool(self.abroad)
        return self.span.dated and bool(self.home) and named_enough

    @cached_property
    def host_country(self) -> str | None:
        """The country that receives, by the parts of the people or else by the place."""
        hosts = {person.country for person in self.mention.people if person.part == "host" and person.country}
        if len(hosts) == 1:
            return hosts.pop()
        return self.mention.place.country if self.mention.place and not hosts else None

    def alias(self, name: str) -> str | None:
        """Return the person a human has declared this spelling to be."""
        return dict(self.aliases).get(name)


def _keyed(lang: Lang, text: str) -> str | None:
    key = headline_key(text, lang)
    return f"{lang}:{key}" if len(key.split()) >= _SHORTEST_HEADLINE_KEY else None


def make_report(article: Article, mention: Mention, *, alone: bool = True) -> Report:
    """Return the report of ``mention`` in ``article``; ``alone`` tells that the article has no other mention."""
    text = article.text
    keys = [_keyed(alternate.headline.lang, alternate.headline.text) for alternate in article.alternates]
    return Report(
        id=founding_id(mention.url, mention.index),
        mention=mention,
        outlet=article.outlet,
        published=article.published,
        alternates=tuple(sorted({a.url for a in article.alternates if a.url and a.url != article.url})),
        headline=_keyed(article.headline.lang, article.headline.text) if article.headline else None,
        alternate_headlines=tuple(sorted({key for key in keys if key})),
        shingles=shingle_sketch(text, article.lang),
        words=word_sketch(text, article.lang),
        marks=language_free_marks(text),
        alone=alone,
        beginning=yearless_beginning(article),
    )
