"""Sources of a meeting: their order, how each relates to the others, and whose headline and lead are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from crawler.items import LANGS, Article, Headline, HeadlineVariant, Lang, Relation, Source
from crawler.language.headlines import headline_key
from crawler.meetings.evidence import copied, same_story
from crawler.meetings.report import Report
from crawler.meetings.resolver import Cluster

_FAR_FUTURE: Final = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
_OUTLETS: Final = ("report.az", "azernews.az", "menafn.com")
"""The three sources of the program, best first; all other outlets stand behind them."""
_SHORTEST_LEAD: Final = 40


def outlet_rank(outlet: str) -> int:
    """Return 0 for the best outlet, growing; subdomains count as their site."""
    host = outlet.lower().removeprefix("www.")
    return next((n for n, known in enumerate(_OUTLETS) if host in {known, known.split(".")[0]}), len(_OUTLETS))


def in_order(articles: Iterable[Article]) -> list[Article]:
    """Return the articles oldest first, those without a date last, equal moments by address."""
    return sorted(articles, key=lambda a: (a.published.moment if a.published else _FAR_FUTURE, a.url))


def relations(cluster: Cluster, ordered: Sequence[Article]) -> dict[str, Relation]:
    """Return the relation of each address.

    A copy of an older source's text, and everything on an outlet that only copies, is ``syndicated``; what stands there
    makes nothing else a copy, whatever its clock says. A page in
    another language of an outlet's own earlier story is a ``translation``. The oldest of what remains, and every text
    that was copied, is ``original``; others wrote by themselves: ``independent``.
    """
    reports: Mapping[str, Report] = {report.url: report for report in reversed(cluster.reports)}
    found: dict[str, Relation] = {}
    reposts = [report for report in reports.values() if report.recopied]
    own = [reports[article.url] for article in ordered if not reports[article.url].recopied]
    for place, report in enumerate(own):
        earlier, later = own[:place], [*own[place + 1 :], *reposts]
        if any(copied(report, other) for other in earlier):
            found[report.url] = "syndicated"
        elif any(other.outlet == report.outlet and _own_story(report, other) for other in earlier):
            found[report.url] = "translation"
        elif "original" not in found.values() or any(copied(report, other) for other in later):
            found[report.url] = "original"
        else:
            found[report.url] = "independent"
    return {article.url: found.get(article.url, "syndicated") for article in ordered}


def _own_story(report: Report, other: Report) -> bool:
    # the report of a meeting is no translation of its announcement
    return (report.lang != other.lang and report.mention.status == other.mention.status) or same_story(report, other)


def best_first(
    articles: Iterable[Article], relation: Mapping[str, Relation], roundups: frozenset[str], outdated: frozenset[str]
) -> list[Article]:
    """Return the articles in the order in which their headline and lead are preferred.

    The report of a meeting goes before its announcement (``outdated``), one that reports only this meeting before a
    round-up, a whole text before a partial one, Report before AzerNews before MENAFN before others, an own text before
    a copy, then the earlier one.
    """
    return sorted(
        in_order(articles),
        key=lambda article: (
            article.url in outdated,
            article.url in roundups,
            article.partial,
            outlet_rank(article.outlet),
            relation[article.url] == "syndicated",
        ),
    )


def headline_variants(ordered: Sequence[Article], roundups: frozenset[str]) -> tuple[HeadlineVariant, ...]:
    """Return every distinct headline, by language and then by age, each with the oldest page that has it.

    Headlines that differ only in case, quotes, dashes or punctuation are one; the form of the page itself goes before
    that of a page which links it. Alternates of a round-up belong to its other meetings as well and are left out.
    """
    seen: dict[tuple[Lang, str], HeadlineVariant] = {}
    own = [(a, a.headline, a.url) for a in ordered if a.headline]
    linked = [(a, alt.headline, alt.url) for a in ordered if a.url not in roundups for alt in a.alternates]
    pages = {a.url: a for a in ordered}
    for article, headline, url in (*own, *linked):
        if not headline.text or (url in pages and url != article.url and pages[url].headline is not None):
            continue
        key = headline_key(headline.text, headline.lang) or headline.text
        seen.setdefault((headline.lang, key), _variant(article, headline, url))
    return tuple(sorted(seen.values(), key=lambda variant: LANGS.index(variant.lang)))


def _variant(article: Article, headline: Headline, url: str | None) -> HeadlineVariant:
    return HeadlineVariant(
        lang=headline.lang,
        text=headline.text,
        raw=headline.raw or headline.text,
        outlet=article.outlet,
        url=url,
    )


def headlines(preferred: Sequence[Article]) -> dict[Lang, str | None]:
    """Return the canonical headline of each language: the best source's own, else the one a best source links."""
    found: dict[Lang, str | None] = dict.fromkeys(LANGS)
    for article in preferred:
        if article.headline and article.headline.text and not found[article.headline.lang]:
            found[article.headline.lang] = article.headline.text
    for article in preferred:
        for alternate in article.alternates:
            if not found[alternate.headline.lang]:
                found[alternate.headline.lang] = alternate.headline.text or None
    return found


def leads(preferred: Sequence[Article]) -> dict[Lang, str | None]:
    """Return the first clean paragraph of the best source of each language; a line too short to be one is passed."""
    found: dict[Lang, str | None] = dict.fromkeys(LANGS)
    for article in preferred:
        if not found[article.lang] and article.paragraphs:
            long_enough = (text for text in article.paragraphs if len(text) >= _SHORTEST_LEAD)
            found[article.lang] = next(long_enough, article.paragraphs[0])
    return found


def source(article: Article, relation: Relation) -> Source:
    """Return the record of one source."""
    return Source(
        url=article.url,
        outlet=article.outlet,
        lang=article.lang,
        headline=article.headline.text if article.headline else None,
        published=article.published.isoformat() if article.published else None,
        modified=article.modified.isoformat() if article.modified else None,
        attribution=article.attribution,
        relation=relation,
    )
