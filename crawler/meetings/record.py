"""The record of the feed, composed from the reports of one meeting and their articles. Each field by a stated rule."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from crawler.items import (
    LANGS,
    Agreement,
    Article,
    DatePrecision,
    DateSource,
    Kind,
    Lang,
    Meeting,
    Mention,
    MergeEvidence,
    Participant,
    Place,
    Relation,
    Status,
)
from crawler.meetings.codes import event_code
from crawler.meetings.overrides import Overrides
from crawler.meetings.people import HOME, Alias, gather
from crawler.meetings.report import Report
from crawler.meetings.resolver import Cluster, Joined
from crawler.meetings.sources import (
    best_first,
    headline_variants,
    headlines,
    in_order,
    leads,
    relations,
    source,
)

SCHEMA_VERSION: Final = 1
_TRUST: Final[tuple[DateSource, ...]] = ("stated", "relative", "dateline", "published")
_KIND_ORDER: Final[tuple[Kind, ...]] = ("call", "multilateral", "internal", "signing", "bilateral", "visit")


@dataclass(frozen=True, slots=True)
class _Day:
    date: str | None = None
    precision: DatePrecision | None = None
    origin: DateSource | None = None


def _day_text(mention: Mention) -> str:
    assert mention.date is not None
    return f"{mention.date:%Y-%m}" if mention.date_precision == "month" else mention.date.isoformat()


def _choose_day(mentions: Sequence[Mention]) -> _Day:
    """Return the day: days before months; stated before relative before dateline before published.

    Among equals the day most reports give, then the earliest. Where anything says that the meeting was held, what
    announcements say counts only if they state it.
    """
    held = [m for m in mentions if m.status == "held"]
    usable = [m for m in mentions if m.date and (not held or m.status == "held" or m.date_source == "stated")]
    if not usable:
        return _Day()
    best = min((m.date_precision == "month", _TRUST.index(m.date_source or "published")) for m in usable)
    level = [m for m in usable if (m.date_precision == "month", _TRUST.index(m.date_source or "published")) == best]
    said = Counter(_day_text(mention) for mention in level)
    date = min(said, key=lambda day: (-said[day], day))
    return _Day(date, "month" if best[0] else "day", _TRUST[best[1]])


def _choose_status(mentions: Sequence[Mention]) -> Status:
    """Return ``held`` if any report says so, else ``cancelled`` if any does, else ``announced``."""
    said = {mention.status for mention in mentions}
    return "held" if "held" in said else "cancelled" if "cancelled" in said else "announced"


def _choose_kind(mentions: Sequence[Mention]) -> Kind:
    """Return the kind most reports give, of equals the first of the fixed order; a visit only where nothing more is."""
    held = [mention for mention in mentions if mention.status == "held"] or list(mentions)
    said: Counter[Kind] = Counter(mention.kind for mention in held)
    if len(said) > 1:
        del said["visit"]
    return min(said, key=lambda kind: (-said[kind], _KIND_ORDER.index(kind)))


def _choose_place(mentions: Sequence[Mention]) -> Place | None:
    """Return the town most reports give (of equals the first report's), or only the country where none gives a town."""
    places = [mention.place for mention in mentions if mention.place and (mention.place.city or mention.place.country)]
    towns = [place for place in places if place.city]
    said = Counter(place.city or place.country for place in towns or places)
    chosen = max(said, key=lambda town: said[town], default=None)
    same = [place for place in towns or places if (place.city or place.country) == chosen]
    return next((place for place in same if place.country), same[0] if same else None)


def _parties(mentions: Sequence[Mention], participants: Sequence[Participant]) -> tuple[str, ...]:
    """Return the countries that a third of the reports or a participant confirms, sorted."""
    said = Counter(code for mention in mentions for code in mention.countries)
    present = {person.country for person in participants}
    enough = len(mentions) / 3
    return tuple(sorted(code for code in said if said[code] >= enough or code in present))


def _agreements(mentions: Sequence[Mention]) -> tuple[Agreement, ...]:
    """Return one agreement for each kind and year, titled in the first language of the fixed order that has it.

    One without a year is the same as one of its kind with a year.
    """
    found: dict[tuple[str, int | None], tuple[int, Agreement]] = {}
    for mention in mentions:
        for item in mention.agreements:
            place = LANGS.index(mention.lang)
            known = found.get((item.kind, item.year))
            if known is None or place < known[0]:
                found[item.kind, item.year] = (place, item)
    years = {kind for kind, year in found if year}
    kept = [item for (kind, year), (_, item) in found.items() if year or kind not in years]
    return tuple(sorted(kept, key=lambda item: (item.kind, item.year or 0, item.title)))


def _conflicts(
    cluster: Cluster, day: _Day, place: Place | None, participants: Sequence[Participant]
) -> Iterator[MergeEvidence]:
    """Yield what reports say otherwise than the record: a stated day, a town, somebody whom only a copy names."""
    spelled = {variant.text for person in participants for variant in person.variants}
    for report in cluster.reports:
        mention = report.mention
        if mention.date and mention.date_source in {"stated", "relative"} and day.date:
            said = _day_text(mention)
            end = mention.date_end.isoformat() if mention.date_end else said
            if not said.startswith(day.date) and not day.date.startswith(said) and not said <= day.date <= end:
                yield MergeEvidence(url=report.url, rule="conflict-date", detail=f"says {said}, kept {day.date}")
        town = mention.place.city if mention.place else None
        if town and place and place.city and town != place.city:
            yield MergeEvidence(url=report.url, rule="conflict-place", detail=f"says {town}, kept {place.city}")
        for person in mention.people:
            if person.name and person.name not in spelled:
                yield MergeEvidence(url=report.url, rule="conflict-participant", detail=f"names {person.name}")


def _evidence(joined: Joined) -> MergeEvidence:
    detail = f"with {joined.other.url}: {joined.detail}" if joined.other else ""
    return MergeEvidence(url=joined.report.url, rule=joined.rule, detail=detail)


def _own(cluster: Cluster, relation: Mapping[str, Relation]) -> list[Report]:
    """Return the reports that are no copies, all where each is one."""
    return [report for report in cluster.reports if relation[report.url] != "syndicated"] or list(cluster.reports)


def _people(cluster: Cluster, relation: Mapping[str, Relation]) -> tuple[Participant, ...]:
    """Return those named, Azerbaijan's side first. Where there is another source, a copy adds only spellings."""
    declared: dict[str, str] = {}
    for report in cluster.reports:
        declared.update(report.aliases)
    alias: Alias = declared.get
    own = _own(cluster, relation)
    gathered = gather((person for report in own for person in report.mention.people), alias)
    for report in cluster.reports:
        if report not in own:
            for person in report.mention.people:
                if known := next((entry for entry in gathered if person.name and entry.holds(person, alias)), None):
                    known.people.append(person)
    people = [entry.participant(alias) for entry in gathered]
    return tuple(sorted(people, key=lambda person: person.country != HOME))


def compose(
    cluster: Cluster,
    articles: Mapping[str, Article],
    *,
    revision: int,
    first_seen: dt.datetime,
    last_changed: dt.datetime,
    merged_ids: Iterable[str] = (),
    overrides: Overrides | None = None,
) -> Meeting:
    """Return the record of a meeting.

    ``articles`` holds the article of every report by its address; ``merged_ids`` are ids the meeting once had beyond
    those of its reports. What a copy says has no weight where another report is there. Moments are aware UTC.
    Corrections of ``overrides`` are applied last.
    """
    ordered = in_order({report.url: articles[report.url] for report in cluster.reports}.values())
    roundups = frozenset(report.url for report in cluster.reports if not report.alone)
    relation = relations(cluster, ordered)
    own = _own(cluster, relation)
    mentions = [report.mention for report in own]
    status, kind = _choose_status(mentions), _choose_kind(mentions)
    outdated = frozenset(report.url for report in cluster.reports if report.mention.status != status)
    preferred = best_first(ordered, relation, roundups, outdated)
    titles = headlines(preferred)
    day, place = _choose_day(mentions), _choose_place(mentions)
    participants = _people(cluster, relation)
    countries = _parties(mentions, participants)
    hosts = Counter(report.host_country for report in own if report.host_country)
    host = min(hosts, key=lambda code: (-hosts[code], code), default=None)
    meeting = Meeting(
        schema_version=SCHEMA_VERSION,
        id=cluster.id,
        merged_ids=tuple(sorted({*cluster.merged_ids, *merged_ids} - {cluster.id})),
        revision=revision,
        status=status,
        kind=kind,
        event_code=event_code(kind, status, place=place, host=host, parties=countries),
        date=day.date,
        date_precision=day.precision,
        date_source=day.origin,
        headline=_shown(titles),
        headlines=titles,
        headline_variants=headline_variants(ordered, roundups),
        lead=leads(preferred),
        place=place,
        countries=countries,
        organizations=tuple(sorted({code for mention in mentions for code in mention.organizations})),
        participants=participants,
        topics=tuple(sorted({topic for report in cluster.reports for topic in report.mention.topics})),
        agreements=_agreements([report.mention for report in cluster.reports]),
        sources=tuple(source(article, relation[article.url]) for article in ordered),
        merge_evidence=(*map(_evidence, cluster.joined), *_conflicts(cluster, day, place, participants)),
        first_seen=first_seen.astimezone(dt.UTC).isoformat(),
        last_changed=last_changed.astimezone(dt.UTC).isoformat(),
    )
    return _corrected(meeting, cluster, overrides, host) if overrides else meeting


def _shown(titles: Mapping[Lang, str | None]) -> str | None:
    return next((titles[lang] for lang in LANGS if titles[lang]), None)


# --- Corrections -----------------------------------------------------------------------------


def _set_place(city: bool) -> Callable[[Meeting, Any], Meeting]:
    def change(meeting: Meeting, value: str) -> Meeting:
        place = meeting.place or Place(city=None, country=None)
        return replace(meeting, place=replace(place, city=value) if city else replace(place, country=value))

    return change


def _set_headline(lang: Lang) -> Callable[[Meeting, Any], Meeting]:
    def change(meeting: Meeting, value: str) -> Meeting:
        titles = {**meeting.headlines, lang: value}
        return replace(meeting, headlines=titles, headline=_shown(titles))

    return change


def _set_field(name: str) -> Callable[[Meeting, Any], Meeting]:
    return lambda meeting, value: replace(meeting, **{name: value})


_CHANGES: Final[Mapping[str, Callable[[Meeting, Any], Meeting]]] = {
    "date": lambda meeting, value: replace(meeting, date=value, date_precision="day", date_source="stated"),
    "place.city": _set_place(city=True),
    "place.country": _set_place(city=False),
    **{name: _set_field(name) for name in ("kind", "status", "countries", "organizations", "topics")},
    **{f"headlines.{lang}": _set_headline(lang) for lang in LANGS},
}


def _corrected(meeting: Meeting, cluster: Cluster, overrides: Overrides, host: str | None) -> Meeting:
    for correction in overrides.corrections_of(cluster.reports):
        meeting = _CHANGES[correction.field](meeting, correction.value)
        evidence = MergeEvidence(
            url=cluster.reports[0].url, rule="override", detail=f"{correction.field}: {correction.decision}"
        )
        meeting = replace(meeting, merge_evidence=(*meeting.merge_evidence, evidence))
    code = event_code(meeting.kind, meeting.status, place=meeting.place, host=host, parties=meeting.countries)
    return replace(meeting, event_code=code)
