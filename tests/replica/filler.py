"""Any number of further articles, computed from their number when a page or a listing asks for them.

Ten articles make a group, one group an hour back from the replica's clock. The first five report one invented meeting
(Report.az az, en, ru, AzerNews, and MENAFN's copy), the other five are military news without a meeting on the same five
places. Each place therefore is a stream in which article ``index`` has a known time, newest first.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.replica import sections
from tests.replica.calendars import CLOCK, day_in_text
from tests.replica.posts import Alternate, Post, menafn_copy
from tests.replica.slugs import report_slug, title_case
from tests.replica.stories import Agreement, ExpectedMeeting, Person

GROUP: Final = 10
_PLACES: Final = (("report", "az"), ("report", "en"), ("report", "ru"), ("azernews", "en"), ("menafn", "en"))
_DELAY_MINUTES: Final = (0, 9, 14, 95, 150)
_NEWEST: Final = CLOCK - dt.timedelta(hours=4)
_AZERNEWS_NEWEST_ID: Final = 899_999
_MENAFN_NEWEST_ID: Final = 1_199_999_999
_LAST_DIGITS: Final = re.compile(r"-(\d+)$")


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "texts" / "filler.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a group is about."""

    group: int
    moment: dt.datetime
    country: tuple[str, ...]
    given: tuple[str, str, str]
    family: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Filler:
    """``total`` articles over the three sites."""

    total: int

    def count(self, site: str, lang: str) -> int:
        """Return how many articles stand in one place."""
        place = _PLACES.index((site, lang))
        groups, rest = divmod(self.total, GROUP)
        return 2 * groups + (rest > place) + (rest > place + 5)

    def moment(self, site: str, lang: str, index: int) -> dt.datetime:
        """Return when article ``index`` of a place was published; it falls as the index grows."""
        return _moment(_PLACES.index((site, lang)), index)

    def post(self, site: str, lang: str, index: int) -> Post:
        """Return article ``index`` of a place."""
        group, is_lookalike = divmod(index, 2)
        facts = _facts(group)
        if is_lookalike:
            return _lookalike(facts, site, lang, index)
        return _meeting(facts, site, lang, index)

    def find(self, site: str, lang: str, key: str | int) -> Post | None:
        """Return the article with this Report.az slug, AzerNews id or MENAFN id."""
        if isinstance(key, str):
            digits = _LAST_DIGITS.search(key)
            index = int(digits[1]) - 1000 if digits else -1
        else:
            index = (_AZERNEWS_NEWEST_ID if site == "azernews" else _MENAFN_NEWEST_ID) - key
        if not 0 <= index < self.count(site, lang):
            return None
        post = self.post(site, lang, index)
        return post if isinstance(key, int) or post.slug == key else None

    def expected_meetings(self) -> Iterator[ExpectedMeeting]:
        """Yield the meetings of the filler, newest first, as ``stories.expected_meetings`` does for the stories."""
        for group in range(-(-self.total // GROUP)):
            articles = min(5, self.total - GROUP * group)
            posts = [self.post(site, lang, 2 * group) for site, lang in _PLACES[:articles]]
            facts = _facts(group)
            kind = _texts()["meeting"][group % 4]
            code = facts.country[0]
            year = facts.moment.year + 1
            plan = Agreement(kind="plan", title=f"bilateral military cooperation plan for {year}", year=year)
            yield ExpectedMeeting(
                key=f"filler/{group}",
                kind=kind["kind"],
                status="held",
                date=facts.moment.date(),
                date_precision="day",
                place=None if kind["kind"] == "call" else ("Baku", "AZ"),
                countries=tuple(sorted(("AZ", code))),
                organizations=(),
                participants=(
                    _person(kind["official"], "AZ", kind["post"]),
                    _person(f"{facts.given[0]} {facts.family[0]}", code, kind["post"]),
                ),
                agreements=(plan,) if kind["kind"] == "signing" else (),
                related=(),
                urls=frozenset(post.url for post in posts),
            )


def _person(name: str, country: str, post: str) -> Person:
    return Person(name=name, country=country, post=post, rank=None, part="participant", leads_delegation=False)


def _moment(place: int, index: int) -> dt.datetime:
    group, is_lookalike = divmod(index, 2)
    minutes = _DELAY_MINUTES[place] - 60 * group - 30 * is_lookalike
    return _NEWEST + dt.timedelta(minutes=minutes, seconds=31)


def _facts(group: int) -> _Facts:
    texts = _texts()
    countries, given, family = texts["countries"], texts["given"], texts["family"]
    round_ = group // len(countries)
    return _Facts(
        group=group,
        moment=_moment(0, 2 * group),
        country=tuple(countries[group * 29 % len(countries)]),
        given=tuple(given[(group * 7 + round_) % len(given)]),
        family=tuple(family[(group * 11 + round_ * 5) % len(family)]),
    )


def _write(pattern: dict[str, Any], facts: _Facts, lang: str) -> tuple[str, tuple[str, ...]]:
    _, en, adjective, az, az_genitive, ru_genitive, _ = facts.country
    column = ("en", "az", "ru").index(lang)
    given, family = facts.given[column], facts.family[column]
    day = day_in_text(facts.moment.date(), lang)
    words = {
        "c": az if lang == "az" else en,
        "adj": adjective,
        "gen": az_genitive if lang == "az" else ru_genitive,
        "nom": _russian_name(facts.country[0]),
        "name": f"{given} {family}",
        "name_ins": f"{given}ом {family}ом",
        "name_gen": f"{given}а {family}а",
        "day": day,
        "Day": day[0].upper() + day[1:],
        "year": facts.moment.year + 1,
        "n": facts.group % 83 + 4,
    }
    headline, *paragraphs = (text.format(**words) for text in pattern[lang])
    return headline[0].upper() + headline[1:], tuple(paragraphs)


def _russian_name(code: str) -> str:
    """Return the Russian nominative, which the genitive gives for all countries of the table but three."""
    genitive: str
    instrumental: str
    genitive, instrumental = next(row[5:7] for row in _texts()["countries"] if row[0] == code)
    if genitive == instrumental:
        return genitive
    if instrumental.endswith(("ем", "ом")):
        return genitive[:-1] + ("й" if instrumental.endswith("ем") else "")
    return genitive[:-1] + ("я" if instrumental.endswith("ией") else "а")


def _meeting(facts: _Facts, site: str, lang: str, index: int) -> Post:
    pattern = _texts()["meeting"][facts.group % 4]
    if site == "report":
        post = _report(pattern, facts, lang, index)
        others = [other for other in ("az", "en", "ru") if other != lang]
        alternates = (_report(pattern, facts, other, index) for other in others)
        return replace(
            post,
            alternates=tuple(Alternate(lang=a.lang, headline=a.headline, path=a.path) for a in alternates),
        )
    return _outside_report(pattern, facts, site, index)


def _lookalike(facts: _Facts, site: str, lang: str, index: int) -> Post:
    patterns = _texts()["lookalike"]
    pattern = patterns[facts.group % len(patterns)]
    if site == "report":
        return _report(pattern, facts, lang, index)
    return _outside_report(pattern, facts, site, index)


def _report(pattern: dict[str, Any], facts: _Facts, lang: str, index: int) -> Post:
    headline, paragraphs = _write(pattern, facts, lang)
    section = sections.REPORT_MILITARY[lang]
    return Post(
        site="report",
        lang=lang,
        section=section,
        category=sections.REPORT[lang][section],
        slug=f"{report_slug(headline, lang)}-{index + 1000}",
        headline=headline,
        paragraphs=paragraphs,
        published=_moment(("az", "en", "ru").index(lang), index),
    )


def _outside_report(pattern: dict[str, Any], facts: _Facts, site: str, index: int) -> Post:
    headline, (lead, *rest) = _write(pattern, facts, "en")
    lead = lead.replace("Report informs", "Azernews reports").replace("Defense", "Defence")
    post = Post(
        site="azernews",
        lang="en",
        section="nation",
        number=_AZERNEWS_NEWEST_ID - index,
        headline=headline.replace("Defense", "Defence").replace("defense", "defence"),
        paragraphs=(lead, *rest),
        published=_moment(3, index).replace(second=0),
        author="Akbar Novruz",
        traps=frozenset({"hard-wrap"}),
    )
    if site == "azernews":
        return post
    return menafn_copy(
        post,
        number=_MENAFN_NEWEST_ID - index,
        published=_moment(4, index),
        headline=title_case(post.headline),
        traps=frozenset({"disclaimer"}),
    )
