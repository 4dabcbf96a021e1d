"""One story file to one story. Every wrong or unknown key is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.replica import sections
from tests.replica.calendars import BAKU, NEW_YORK
from tests.replica.story_records import Agreement, Person, Story, StoryArticle, StoryMeeting
from tests.replica.story_tables import StoryError, Table

KINDS: Final = frozenset({"bilateral", "multilateral", "internal", "call", "visit", "signing"})
STATUSES: Final = frozenset({"held", "announced", "cancelled"})
PRECISIONS: Final = frozenset({"day", "month"})
PARTS: Final = frozenset({"host", "guest", "participant"})
PROVIDERS: Final = frozenset({"AzerNews", "Trend", "MENAFN"})
TEMPLATES: Final = {"2025": (2020, 2026), "2020": (2020, 2024), "2014": (2014, 2018)}
TRAPS: Final = {
    "report": frozenset({"amp", "mirror", "updated", "photo-label", "slash", "no-date"}),
    "azernews": frozenset({"paywall", "pitch", "photos", "no-author", "by-trend", "hard-wrap", "twitter-tail"}),
    "menafn": frozenset(
        {
            "glued-quotes",
            "glued-words",
            "author-read-more",
            "dateline-broken",
            "trailer",
            "disclaimer",
            "trend-twin",
            "query-variants",
            "decomposed-slug",
        },
    ),
}
_ID_DIGITS: Final = {"azernews": 6, "menafn": 10}


def read_story(path: Path) -> Story:
    """Read one file; raises StoryError. Copies have no text yet, references to other files are not checked."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise StoryError(f"{path.name}: {fault}") from fault
    table = Table(path.name, "", values)
    if (identity := table.text("id")) != path.stem:
        table.fail("id", f"{identity!r} must be the file's name, {path.stem!r}")
    meetings = tuple(_read_meeting(entry) for entry in table.tables("meeting"))
    known = [meeting.key for meeting in meetings]
    if len(set(known)) < len(known):
        table.fail("meeting", "two meetings have the same key")
    articles = tuple(_read_article(entry, known) for entry in table.tables("article"))
    if not articles:
        table.fail("article", "is missing")
    for key in known:
        if not any(key in article.reports for article in articles):
            table.fail("meeting", f"no article reports {key!r}")
    story = Story(id=identity, note=table.text("note"), meetings=meetings, articles=articles)
    table.finish()
    return story


def _read_meeting(table: Table) -> StoryMeeting:
    place = table.table("place")
    meeting = StoryMeeting(
        key=table.text("key"),
        kind=table.one_of("kind", KINDS),
        status=table.one_of("status", STATUSES, "held"),
        date=table.day("date"),
        date_precision=table.one_of("date_precision", PRECISIONS, "day"),
        place=None if place is None else (place.text_or("city", None), place.text_or("country", None)),
        countries=table.texts("countries", required=True),
        organizations=table.texts("organizations"),
        participants=tuple(_read_person(entry) for entry in table.tables("participants")),
        agreements=tuple(_read_agreement(entry) for entry in table.tables("agreements")),
        related=table.texts("related"),
    )
    if place is not None:
        place.finish()
    for code in meeting.countries:
        if len(code) != 2 or not code.isupper():
            table.fail("countries", f"{code!r} is no ISO 3166-1 alpha-2 code")
    if list(meeting.countries) != sorted(set(meeting.countries)):
        table.fail("countries", "must be sorted, each once")
    table.finish()
    return meeting


def _read_person(table: Table) -> Person:
    person = Person(
        name=table.text("name"),
        country=table.text("country"),
        post=table.text_or("post", None),
        rank=table.text_or("rank", None),
        part=table.one_of("part", PARTS, "participant"),
        leads_delegation=table.flag("leads_delegation"),
    )
    table.finish()
    return person


def _read_agreement(table: Table) -> Agreement:
    agreement = Agreement(
        kind=table.text("kind"),
        title=table.text("title"),
        year=table.number("year", required=False),
    )
    table.finish()
    return agreement


def _read_article(table: Table, meeting_keys: list[str]) -> StoryArticle:
    site = table.one_of("site", TRAPS)
    reports = table.texts("reports")
    for key in reports:
        if key not in meeting_keys:
            table.fail("reports", f"the story has no meeting {key!r}")
    traps = frozenset(table.texts("traps"))
    if unknown := traps - TRAPS[site]:
        table.fail("traps", f"{', '.join(sorted(unknown))}: not known for {site}")
    common = {"site": site, "reports": reports, "traps": traps}
    read = {"report": _read_report, "azernews": _read_azernews, "menafn": _read_menafn}[site]
    table.texts("clean")
    article = read(table, common)
    table.finish()
    return article


def _read_report(table: Table, common: Mapping[str, Any]) -> StoryArticle:
    lang = table.one_of("lang", sections.REPORT)
    published = table.moment("published", BAKU)
    template = table.one_of("template", TEMPLATES, "2025")
    first, last = TEMPLATES[template]
    if not first <= published.year <= last:
        table.fail("template", f"{template} goes with {first} to {last}, not with {published:%Y-%m-%d}")
    if template == "2014" and lang != "en":
        table.fail("template", "2014 is known for en only")
    slug = table.text("slug")
    if not slug.isascii() or slug != slug.lower() or "/" in slug or " " in slug:
        table.fail("slug", f"{slug!r} must be lower-case ASCII")
    earlier = table.texts("earlier")
    if ("updated" in common["traps"]) != bool(earlier):
        table.fail("earlier", "goes with the trap 'updated', and only with it")
    return StoryArticle(
        **common,
        lang=lang,
        section=table.one_of("section", sections.REPORT[lang]),
        category=table.text_or("category", None),
        slug=slug,
        number=None,
        published=published,
        headline=table.text("headline"),
        paragraphs=table.texts("paragraphs", required=True),
        tags=table.texts("tags"),
        author=None,
        provider=None,
        copy_of=None,
        template=template,
        alternates=_read_alternates(table),
        earlier=earlier,
    )


def _read_alternates(table: Table) -> bool | tuple[str, ...]:
    value = table.value("alternates", default=True)
    if isinstance(value, bool):
        return value
    if isinstance(value, list) and all(lang in sections.REPORT for lang in value):
        return tuple(value)
    return table.fail("alternates", f"{value!r} is neither true, false nor a list of languages")


def _read_azernews(table: Table, common: Mapping[str, Any]) -> StoryArticle:
    if table.text_or("lang", "en") != "en":
        table.fail("lang", "azernews writes in en only")
    author = table.text_or("author", None)
    return StoryArticle(
        **common,
        lang="en",
        section=table.one_of("section", sections.AZERNEWS),
        category=table.text_or("category", None),
        slug="",
        number=_read_number(table, "azernews"),
        published=table.moment("published", BAKU),
        headline=table.text("headline"),
        paragraphs=table.texts("paragraphs", required=True),
        tags=table.texts("tags"),
        author=None if "no-author" in common["traps"] else author,
        provider=None,
        copy_of=None,
        template="",
        alternates=False,
        earlier=(),
    )


def _read_menafn(table: Table, common: Mapping[str, Any]) -> StoryArticle:
    if table.text_or("lang", "en") != "en":
        table.fail("lang", "menafn copies en only")
    provider = table.one_of("provider", PROVIDERS, "AzerNews")
    if provider != "AzerNews" and common["reports"]:
        table.fail("reports", f"must be empty: articles of provider {provider} are never a source")
    copy_of = table.number("copy_of", required=False)
    copied = copy_of is not None
    return StoryArticle(
        **common,
        lang="en",
        section=table.one_of("section", sections.MENAFN, "Politics"),
        category=table.text_or("category", None),
        slug="",
        number=_read_number(table, "menafn"),
        published=table.moment("published", NEW_YORK),
        headline=table.text_or("headline", "") or "" if copied else table.text("headline"),
        paragraphs=table.texts("paragraphs", required=not copied),
        tags=table.texts("tags"),
        author=table.text_or("author", None),
        provider=provider,
        copy_of=copy_of,
        template="",
        alternates=False,
        earlier=(),
    )


def _read_number(table: Table, site: str) -> int:
    number = table.number("id")
    assert number is not None
    if len(str(number)) != _ID_DIGITS[site]:
        table.fail("id", f"{number} must have {_ID_DIGITS[site]} digits")
    return number
