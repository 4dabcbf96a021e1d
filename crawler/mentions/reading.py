"""The reading of one article, step by step, each step leaving evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crawler.items import Article, Evidence, Kind, Mention, MentionedPerson
from crawler.mentions.agreements import find_agreements
from crawler.mentions.detection import why_dropped
from crawler.mentions.document import Document, read_document
from crawler.mentions.episodes import split
from crawler.mentions.kind import find_kind, find_mode, find_status
from crawler.mentions.nationality import assign_countries
from crawler.mentions.offices import unnamed_offices
from crawler.mentions.participants import Role, evidence_of, find_participants
from crawler.mentions.parties import find_parties
from crawler.mentions.people import find_people
from crawler.mentions.scene import Scene, read_scenes
from crawler.mentions.sides import leads_delegation, part_of
from crawler.mentions.topics import find_context, find_topics
from crawler.mentions.when import find_when
from crawler.mentions.where import find_where


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article says of meetings; without mentions, ``dropped`` tells why and ``evidence`` what was seen."""

    mentions: tuple[Mention, ...]
    dropped: str | None
    evidence: tuple[Evidence, ...]


def read_mentions(article: Article) -> Reading:
    """Return the meetings an article reports, in text order, or the reason why it reports none."""
    document = read_document(article)
    people = find_people(document)
    scenes = read_scenes(document, _reference(article))
    roles = find_participants(document, people, scenes)
    assign_countries(document, roles, scenes)
    dropped = why_dropped(document, scenes, roles)
    if dropped:
        seen = tuple(evidence_of(role, document) for role in roles)
        return Reading((), dropped, (*seen, Evidence(field="meeting", rule=f"dropped: {dropped}")))
    mentions = tuple(
        _mention(article, document, own_scenes, own_roles, index)
        for index, (own_scenes, own_roles) in enumerate(split(document, scenes, roles))
    )
    return Reading(mentions, None, tuple(evidence for mention in mentions for evidence in mention.evidence))


def _mention(article: Article, document: Document, scenes: list[Scene], roles: list[Role], index: int) -> Mention:
    parties = find_parties(document, roles, scenes)
    status = find_status(document, scenes)
    kind, kind_evidence = find_kind(document, scenes, roles, parties, status)
    when = find_when(article, document, scenes, announced=status == "announced")
    place, place_evidence = find_where(document, scenes, roles, kind, article.dateline)
    topics, topic_evidence = find_topics(document, scenes)
    agreements, agreement_evidence = find_agreements(document, scenes)
    host = place.country if place and place.country in parties.codes else None
    named = tuple(
        _person(role, roles, document, scenes, kind=kind, host=host, day=when.day) for role in roles if role.takes_part
    )
    hosted_abroad = bool(place and place.country and place.country not in parties.codes)
    return Mention(
        url=article.url,
        index=index,
        lang=article.lang,
        kind=kind,
        status=status,
        date=when.day,
        date_precision=when.precision,
        date_source=when.source,
        date_end=when.end,
        place=place,
        countries=parties.states,
        organizations=parties.organizations,
        people=(*named, *unnamed_offices(document, scenes, roles, parties)),
        topics=topics,
        agreements=agreements,
        mode=find_mode(kind, hosted_abroad=hosted_abroad),
        context=find_context(topics),
        evidence=(
            *(evidence_of(role, document) for role in roles),
            *parties.evidence,
            kind_evidence,
            *when.evidence,
            *place_evidence,
            *topic_evidence,
            *agreement_evidence,
        ),
    )


def _person(
    role: Role,
    roles: list[Role],
    document: Document,
    scenes: list[Scene],
    *,
    kind: Kind,
    host: str | None,
    day: dt.date | None,
) -> MentionedPerson:
    person = role.person
    part = part_of(role, kind, host)
    return MentionedPerson(
        name=person.name,
        lang=document.lang,
        post=person.post or (person.known.post_on(day) if person.known else None),
        post_text=person.post_text,
        rank=person.rank or (person.known.rank if person.known else None),
        country=person.country,
        part=part,
        leads_delegation=leads_delegation(role, part, roles, document, scenes),
    )


def _reference(article: Article) -> dt.date | None:
    """Return the day the article was published, when it is known to the day."""
    stamp = article.published
    return stamp.day if stamp and stamp.precision != "month" else None
