"""Unrelated news around the stories: sport, economy, weather, foreign countries, and army news without meetings.

Texts are drawn from the patterns in ``texts/*.toml`` with a generator seeded by language and number, so that the same
page is the same in every run.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.replica import sections
from tests.replica.calendars import CLOCK
from tests.replica.posts import Post
from tests.replica.slugs import menafn_slug, report_slug, title_case

_TEXTS: Final = Path(__file__).parent / "texts"
_SLOT: Final = re.compile(r"\{(\w+)\}")
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")

OLDEST: Final = dt.timedelta(days=190)
"""How far back from the replica's clock the background goes."""
_SPACING: Final = dt.timedelta(hours=15, minutes=7)
_AUTHORS: Final = ("Laman Ismayilova", "Nazrin Abdul", "Akbar Novruz", None)
_AZERNEWS_ID_NOW: Final = 257_960
_AZERNEWS_A_DAY: Final = 45
_MENAFN_ID_NOW: Final = 1_111_080_000
_MENAFN_A_DAY: Final = 4_000
_PROVIDERS: Final = ("AzerNews", "Trend", "MENAFN", "GlobeNewsWire - Nasdaq", "Jordan News Agency", "IANS")


@cache
def _patterns(lang: str) -> dict[str, Any]:
    return tomllib.loads((_TEXTS / f"{lang}.toml").read_text(encoding="utf-8"))


def background_posts() -> Iterator[Post]:
    """Yield the background of all three sites, newest first within each site and language."""
    for lang in sections.REPORT:
        for index, moment in _moments(f"report-{lang}"):
            yield _report(lang, index, moment)
    for index, moment in _moments("azernews"):
        yield _azernews(index, moment)
    for index, moment in _moments("menafn"):
        yield _menafn(index, moment)


def _moments(stream: str) -> Iterator[tuple[int, dt.datetime]]:
    chance = random.Random(stream)
    moment = CLOCK - dt.timedelta(minutes=chance.randrange(10, 40))
    index = 0
    while moment > CLOCK - OLDEST:
        yield index, moment.replace(second=chance.randrange(60), microsecond=0)
        # the newest thirty stand close together, as on a busy day
        step = dt.timedelta(minutes=23) if index < 30 else _SPACING
        moment -= step * chance.uniform(0.6, 1.4)
        index += 1


def _report(lang: str, index: int, moment: dt.datetime) -> Post:
    chance = random.Random(f"report-{lang}-{index}")
    headline, sentences, theme = _write(lang, "report", chance)
    section = chance.choice(theme["report"])
    attribution = chance.choice(_patterns(lang)["attribution"]["report"])
    first, second, *rest = sentences
    if lang == "en":
        paragraphs = (first.removesuffix(".") + attribution, second, *rest)
    else:
        paragraphs = (first, attribution.replace("{lead}", _lower_first(second, lang)), *rest)
    return Post(
        site="report",
        lang=lang,
        section=section,
        category=sections.REPORT[lang][section],
        slug=f"{report_slug(headline, lang)}{index + 11}",
        headline=headline,
        paragraphs=paragraphs,
        published=moment,
        tags=tuple(theme["tags"]),
        template="2025",
    )


def _azernews(index: int, moment: dt.datetime) -> Post:
    chance = random.Random(f"azernews-{index}")
    headline, (first, *rest), theme = _write("en", "azernews", chance)
    attribution = chance.choice(_patterns("en")["attribution"]["azernews"])
    lead = first.removesuffix(".")
    lead = lead if attribution.startswith("{lead}") else f"{_lower_first(lead, 'en')}."
    if chance.random() < 0.2:
        headline += " & more"
    traps = {"pitch": 0.3, "hard-wrap": 0.5, "twitter-tail": 0.1}
    number = _AZERNEWS_ID_NOW - round((CLOCK - moment).total_seconds() / 86400 * _AZERNEWS_A_DAY)
    return Post(
        site="azernews",
        lang="en",
        section=chance.choice(theme["azernews"]),
        number=number + (9 if index % 3 == 0 else 0),  # ids are not in order of date
        headline=headline,
        paragraphs=(attribution.replace("{lead}", lead), *rest),
        published=moment.replace(second=0),
        author=chance.choice(_AUTHORS),
        traps=frozenset(trap for trap, likely in traps.items() if chance.random() < likely),
    )


def _menafn(index: int, moment: dt.datetime) -> Post:
    chance = random.Random(f"menafn-{index}")
    headline, (first, *rest), theme = _write("en", "menafn", chance)
    headline = title_case(headline)
    traps = {"trailer": 0.4, "disclaimer": 0.7, "author-read-more": 0.3}
    return Post(
        site="menafn",
        lang="en",
        section=chance.choice(theme["menafn"]),
        number=_MENAFN_ID_NOW - round((CLOCK - moment).total_seconds() / 86400 * _MENAFN_A_DAY) - index,
        headline=headline,
        slug=menafn_slug(headline),
        paragraphs=(f"{first.removesuffix('.')}, officials said.", *rest),
        published=moment,
        author=chance.choice(_AUTHORS),
        provider=chance.choice(_PROVIDERS),
        traps=frozenset(trap for trap, likely in traps.items() if chance.random() < likely),
    )


def _write(lang: str, site: str, chance: random.Random) -> tuple[str, list[str], dict[str, Any]]:
    patterns = _patterns(lang)
    theme = chance.choice([theme for theme in patterns["theme"] if site in theme])

    def fill(pattern: str) -> str:
        def word(match: re.Match[str]) -> str:
            return str(chance.randrange(3, 90)) if match[1] == "n" else chance.choice(patterns["slots"][match[1]])

        filled = _SLOT.sub(word, pattern)
        letter = _FIRST_LETTER.search(filled)
        if letter is None or letter.start() > 0:
            return filled
        capital = "İ" if lang == "az" and filled[0] == "i" else filled[0].upper()
        return capital + filled[1:]

    drawn = chance.sample(theme["sentences"], min(len(theme["sentences"]), chance.randrange(3, 6)))
    return fill(chance.choice(theme["headlines"])), [fill(sentence) for sentence in drawn], theme


def _lower_first(sentence: str, lang: str) -> str:
    """Put a sentence behind "reports that": its first letter becomes small unless a name stands there."""
    slots = _patterns(lang)["slots"]
    if any(sentence.startswith(name) for slot in ("region", "country", "company", "club") for name in slots[slot]):
        return sentence
    first = {"I": "ı", "İ": "i"}.get(sentence[0], sentence[0].lower()) if lang == "az" else sentence[0].lower()
    return first + sentence[1:]


def distinct(posts: list[Post]) -> list[Post]:
    """Return ``posts`` with every second address, and every second equal time in one listing, moved aside."""
    taken: set[tuple[str, object]] = set()
    result = []
    for post in posts:
        number, slug, moment = post.number, post.slug, post.published
        while (post.site, number or (post.lang, post.section, slug)) in taken:
            number, slug = (number - 1, slug) if number else (None, f"{slug}-2")
        taken.add((post.site, number or (post.lang, post.section, slug)))
        while (f"{post.site} {post.lang}", moment) in taken:
            moment -= dt.timedelta(seconds=1)
        taken.add((f"{post.site} {post.lang}", moment))
        result.append(replace(post, number=number, slug=slug, published=moment))
    return result
