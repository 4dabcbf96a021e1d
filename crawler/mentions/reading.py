"""The reading of one article, step by step, each step leaving evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crawler.items import Article, Evidence, Kind, Mention, MentionedPerson, Part
from crawler.mentions.agreements import find_agreements
from crawler.mentions.clauses import Clauses, field_of, read_clauses
from crawler.mentions.detection import why_dropped
from crawler.mentions.document import Document, read_document
from crawler.mentions.events import Event, read_events
from crawler.mentions.kind import find_kind, find_mode
from crawler.mentions.nationality import assign_countries
from crawler.mentions.participants import Role, evidence_of, find_participants
from crawler.mentions.parties import Parties, find_parties, unnamed
from crawler.mentions.people import Person, find_people
from crawler.mentions.topics import find_context, find_topics, session_of, subjects_of
from crawler.mentions.when import find_when, reference_of
from crawler.mentions.where import find_where


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article says of meetings; without mentions, ``dropped`` tells why and ``evidence`` what was seen."""

    mentions: tuple[Mention, ...]
    dropped: str | None
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class _Told:
    event: Event
    roles: list[Role]
    parties: Parties
    dropped: str | None


def read_mentions(article: Article) -> Reading:
    """Return the meetings an article reports, in text order, or the reason why it reports none."""
    document = read_document(article)
    people = find_people(document)
    reference = reference_of(article, document)
    clauses = read_clauses(document, people, document.dates(reference))
    events = read_events(document, clauses, reference, people, assign_countries)
    told = [_tell(document, clauses, event) for event in events]
    kept = [one for one in told if one.dropped is None]
    ahead = bool(kept) and kept[0].event.status == "announced"
    kept = [one for one in kept if (one.event.status == "announced") == ahead]
    if not kept:
        reason = next((one.dropped for one in told if one.dropped), None) or _nothing(clauses)
        seen = tuple(evidence_of(role) for one in told for role in one.roles)
        return Reading((), reason, (*seen, Evidence(field="meeting", rule=f"dropped: {reason}")))
    mentions = tuple(_mention(article, document, clauses, one, index) for index, one in enumerate(kept))
    return Reading(mentions, None, tuple(evidence for mention in mentions for evidence in mention.evidence))


def _nothing(clauses: Clauses) -> str:
    why = {p.background for own in clauses.frames.predicates.values() for p in own} - {""}
    if why == {"denied"}:
        return "denial"
    return "only recalls an earlier meeting" if why else "no word of a meeting"


def _tell(document: Document, clauses: Clauses, event: Event) -> _Told:
    roles = find_participants(document, clauses, event)
    parties = find_parties(document, clauses, event, roles)
    return _Told(event, roles, parties, why_dropped(document, clauses, event, roles, parties))


def _mention(article: Article, document: Document, clauses: Clauses, told: _Told, index: int) -> Mention:
    event, roles, parties = told.event, told.roles, told.parties
    kind, kind_basis, kind_evidence = find_kind(document, clauses, event, roles, parties)
    when = find_when(article, document, clauses, event)
    place, place_basis, place_evidence = (
        find_where(document, clauses, event, roles, article.dateline) if kind != "call" else (None, None, ())
    )
    topics, topic_evidence = find_topics(document, clauses)
    agreements, agreement_evidence = find_agreements(document, clauses)
    host = place.country if place and place.country in parties.codes else None
    hosted_abroad = bool(place and place.country and place.country not in parties.codes)
    people = tuple(
        _person(
            role, roles, document, clauses, event, day=when.day or reference_of(article, document), kind=kind, host=host
        )
        for role in roles
    )
    offices = tuple(
        MentionedPerson(
            name=None,
            lang=document.lang,
            post=None if office.post == "counterpart" else office.post,
            post_text=office.words,
            country=code,
        )
        for code, office in unnamed(event, roles)
    )
    return Mention(
        url=article.url,
        index=index,
        lang=article.lang,
        kind=kind,
        status=event.status,
        date=when.day,
        date_precision=when.precision,
        date_source=when.source,
        date_end=when.end,
        yearless=when.yearless,
        place=place,
        countries=parties.states,
        organizations=parties.organizations,
        people=(*people, *offices),
        topics=topics,
        agreements=agreements,
        subjects=subjects_of(document),
        session=session_of(document, clauses, event),
        mode=find_mode(kind, hosted_abroad=hosted_abroad),
        context=find_context(topics),
        kind_basis=kind_basis,
        date_basis=when.basis,
        place_basis=place_basis,
        countries_basis=parties.basis,
        evidence=(
            *(evidence_of(role) for role in roles),
            *parties.evidence,
            kind_evidence,
            *when.evidence,
            *place_evidence,
            *topic_evidence,
            *agreement_evidence,
        ),
    )


_ENVOYS = frozenset({"diplomat", "attache", "leader"})


def _person(
    role: Role,
    roles: list[Role],
    document: Document,
    clauses: Clauses,
    event: Event,
    *,
    day: dt.date | None,
    kind: Kind,
    host: str | None,
) -> MentionedPerson:
    person = role.person
    part = _part(role, kind, host)
    countrymen = [other for other in roles if other.person.country == person.country]
    leads = part == "guest" and person.field not in _ENVOYS and countrymen[0] is role
    return MentionedPerson(
        name=person.name,
        lang=document.lang,
        post=_post(person, roles, event, day),
        post_text=person.post_text,
        rank=person.rank or (person.known.rank if person.known else None),
        country=person.country,
        part=part,
        leads_delegation=leads or _told_to_lead(role, clauses),
    )


def _post(person: Person, roles: list[Role], event: Event, day: dt.date | None) -> str | None:
    """Return the key of an office: for a vague one what he is known to hold, for a counterpart that of the other."""
    vague = field_of(person.post) in {None, "generic"}
    if vague and person.known is not None and (held := person.known.post_on(day)):
        return held
    if person.post is None and (held := _office_of(person, event)):
        return held
    if person.post != "counterpart":
        return person.post
    others = (_post(role.person, [], event, day) for role in roles if role.person.country != person.country)
    return next((post for post in others if field_of(post) not in {None, "generic", "diplomat"}), person.post)


def _office_of(person: Person, event: Event) -> str | None:
    """Return the office without a name that met for his state: "the ministers of A and B, X and Y, discussed"."""
    held = {
        party.post
        for party in event.parties
        if party.form == "office" and person.country in party.codes and field_of(party.post) not in {None, "generic"}
    }
    return held.pop() if len(held) == 1 else None


def _part(role: Role, kind: Kind, host: str | None) -> Part:
    """Return the part of a participant, ``host`` being the country that receives, None when nobody does."""
    if kind == "internal":
        return "host"
    if kind == "call" or host is None or role.person.country is None:
        return "participant"
    return "host" if role.person.country == host else "guest"


def _told_to_lead(role: Role, clauses: Clauses) -> bool:
    for party in clauses.parties:
        if party.person is role.person:
            for mark in clauses.frames.marks.get(party.sentence, ()):
                if mark.meaning == "lead" and (0 <= mark.start - party.end <= 3 or 0 <= party.start - mark.end <= 3):  # noqa: PLR2004
                    return True
    return False
