"""Does the article report a meeting of defence leaderships with an Azerbaijani party? If not, why not."""

from __future__ import annotations

from typing import Final

from crawler.mentions.clauses import Clauses, Party, field_of, known_post
from crawler.mentions.document import Document
from crawler.mentions.events import Event, codes_of, is_defence
from crawler.mentions.frames import STRONG
from crawler.mentions.participants import Role
from crawler.mentions.parties import Parties
from crawler.mentions.people import HOME
from crawler.rules import fires

_LEAD: Final = 4
"""Sentences of the body, page stamp and dateline counted, in which a report says what it reports."""
_OTHER: Final = (
    ("denial", "denial"),
    ("shelling", "report of shelling"),
    ("condolence", "condolences"),
    ("decree", "decree, order or appointment"),
    ("purchase", "purchase"),
    ("inspection", "inspection or opening"),
    ("drill", "drill"),
)
"""Markers of other news and what the article then is, the first that fits."""


def why_dropped(document: Document, clauses: Clauses, event: Event, roles: list[Role], parties: Parties) -> str | None:
    """Return why an event is no meeting to report, None when it is one."""
    reason = (
        _late(document, event)
        or _other_news(document, clauses, event, roles)
        or _without_defence(clauses, event, roles)
    )
    if reason:
        return reason
    reason = _without_parties(document, clauses, event, roles, parties)
    return reason if reason and fires(f"drop: {reason}") else None


def _late(document: Document, event: Event) -> str | None:
    first = min(predicate.sentence for predicate in event.predicates)
    late = first >= document.lead + _LEAD and len(event.predicates) < 2  # noqa: PLR2004
    return "told only in passing" if late and fires("drop: told only in passing") else None


def _sides(roles: list[Role]) -> tuple[bool, bool]:
    return any(r.person.country == HOME for r in roles), any(r.person.country not in {HOME, None} for r in roles)


def _other_news(document: Document, clauses: Clauses, event: Event, roles: list[Role]) -> str | None:
    """Return what else the article is about when headline and lead say so and do not tell of people who met."""
    body = document.lead
    opening = range(body + 2)
    frames = clauses.frames
    if any(frames.marked(n, "denial") for n in opening) and fires("drop: denial"):
        return "denial"
    home, abroad = _sides(roles)
    strong = [p for p in event.predicates if p.meaning in STRONG and not p.reference]
    if _remarks(document, body) and fires("drop: remarks of a spokesperson or expert"):
        return "remarks of a spokesperson or expert"
    strong = [p for p in strong if p.verbal or p.tense != "participle" or home or abroad]
    told = [p for p in strong if p.sentence <= body and not frames.marked(p.sentence, "recollection")]
    opinion = any(frames.marked(n, "opinion") for n in opening) and not told
    if opinion and fires("drop: opinion or interview"):
        return "opinion or interview"
    if strong and (home or abroad or event.parties):
        return None
    if (home and abroad) or (abroad and any(p.meaning == "visit" and p.finite for p in event.predicates)):
        return None
    if any(_confer(party) for party in event.parties):
        return None
    lead = range(body + 1)
    others = (reason for mark, reason in _OTHER if any(frames.marked(n, mark) for n in lead))
    return next((reason for reason in others if fires(f"drop: {reason}")), None)


def _confer(party: Party) -> bool:
    """Tell whether ministers or chiefs of home and others talk: "the ministers of A and B discussed drills"."""
    talk = party.governor is not None and party.governor.meaning in STRONG | {"discuss"}
    return talk and party.form == "office" and HOME in party.codes and len(party.codes) > 1


def _remarks(document: Document, body: int) -> bool:
    """Tell whether the headline quotes somebody who takes part in nothing: "Expert: ..."."""
    end = document.sentences[body].start if body else 0
    colon = document.text.find(":", 0, end)
    return any(post.end <= colon and field_of(post.term.key) == "outsider" for post in document.posts)


def _without_defence(clauses: Clauses, event: Event, roles: list[Role]) -> str | None:
    fields = {role.person.field for role in roles}
    at_home = {role.person.field for role in roles if role.person.country == HOME}
    talks = "foreign" in fields and fields <= {"foreign", "leader", "generic", None}
    foreign = talks or at_home == {"foreign"}
    if foreign and fires("drop: foreign ministers' talks"):
        return "foreign ministers' talks"
    if any(is_defence(known_post(role.person)) or role.person.rank for role in roles):
        return None
    if any(is_defence(party.post) for party in event.parties if party.form == "office"):
        return None
    if any(clauses.frames.marked(p.sentence, "defence") for p in event.predicates):
        return None
    return "no defence leadership takes part" if fires("drop: no defence leadership takes part") else None


def _internal(event: Event) -> bool:
    """Tell whether a service meeting, or a meeting somebody held, is told of."""
    return any(
        p.meaning == "internal" or (p.meaning == "meet" and not p.verbal and not p.reference) for p in event.predicates
    )


def _both_act(event: Event) -> bool:
    """Tell whether home and somebody from abroad, or attachés of many states, depend on what is told."""
    acting = [p for p in event.parties if p.form != "country" or p.relation in {"core", "with", "between"}]
    codes = {code for party in acting for code in codes_of(party)}
    gathered = any(p.post == "military_attache" and p.plural for p in acting if not _only_attend(p))
    return HOME in codes and (len(codes) > 1 or gathered)


def _only_attend(party: Party) -> bool:
    return party.governor is not None and party.governor.meaning == "attend" and party.relation == "core"


def _foreign_beside(document: Document, event: Event) -> bool:
    """Tell whether a country from abroad is named where a meeting is told of first."""
    first = min(predicate.sentence for predicate in event.predicates)
    return any(found.code != HOME and document.sentence_at(found.start) <= first for found in document.countries)


def _stranger(role: Role) -> bool:
    """Tell whether somebody of rank takes part whose country no word tells."""
    return role.person.country is None and bool(role.person.rank or is_defence(known_post(role.person)))


def _without_parties(
    document: Document, clauses: Clauses, event: Event, roles: list[Role], parties: Parties
) -> str | None:
    home, abroad = _sides(roles)
    if _internal(event) and not parties.foreign and not _foreign_beside(document, event):
        named = any(r.person.country == HOME and is_defence(known_post(r.person)) for r in roles)
        office = any(is_defence(p.post) for p in event.parties if p.form == "office")
        return None if named or (office and HOME in parties.codes) else "an internal meeting of others"
    if HOME not in parties.codes:
        return "no Azerbaijani party"
    weak = not event.meanings & (STRONG | {"visit", "depart", "sign"})
    if weak and not (home and abroad) and not _both_act(event):
        return "no word of a meeting between two sides"
    attaches = any(p.post == "military_attache" and p.plural for p in event.parties)
    if not parties.foreign:
        if home and event.meanings & STRONG and any(_stranger(role) for role in roles):
            return None
        return None if ("assembly" in event.meanings or attaches) and (home or event.parties) else "no counterpart"
    if event.meanings & STRONG and (home or abroad or any(p.form in {"office", "group"} for p in event.parties)):
        return None
    if home or abroad:
        return None
    if any(p.form in {"office", "group"} and p.codes for p in event.parties):
        return None
    if any(
        p.meaning in STRONG | {"sign"} and not p.reference and clauses.frames.marked(p.sentence, "defence")
        for p in event.predicates
    ):
        return None
    return "no meeting of named people, delegations or ministries"
