"""Which states and organizations met: those of a meeting's arguments, else what the text implies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from crawler.items import Basis, Evidence
from crawler.language import syntax
from crawler.language.countries import CountryFound
from crawler.mentions.clauses import Clauses, Party
from crawler.mentions.document import Document
from crawler.mentions.events import Event, codes_of
from crawler.mentions.frames import MEETING, STRONG, Mark, Predicate
from crawler.mentions.nationality import GATHERINGS
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME
from crawler.rules import fires

_CODE: Final = 2
"""The length of an ISO country code; longer codes are organizations and bodies that are no ISO country."""
_TWO: Final = 2
_MANY: Final = 3
_BESIDE: Final = 6
"""Characters between "discussed" and the party it was discussed with; what stands farther is the matter discussed."""
_COUNTED: Final = 40
"""Characters from an office to how many states hold it: "the ministers of three neighbouring states"."""
_MEMBERSHIPS: Final = frozenset({"OTS", "CIS"})
"""Organizations home is a member of."""


@dataclass(slots=True)
class Parties:
    """Countries and organizations that met; ``many`` when three or more sat together."""

    codes: set[str] = field(default_factory=set)
    many: bool = False
    basis: Basis = "stated"
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def states(self) -> tuple[str, ...]:
        """Return the ISO countries among the parties, sorted."""
        return tuple(sorted(code for code in self.codes if len(code) == _CODE))

    @property
    def organizations(self) -> tuple[str, ...]:
        """Return the parties that are no ISO country, sorted."""
        return tuple(sorted(code for code in self.codes if len(code) != _CODE))

    @property
    def foreign(self) -> set[str]:
        """Return the parties that are not at home."""
        return self.codes - {HOME}

    def add(self, code: str, rule: str, words: str) -> None:
        """Add a party, with the rule that made it one and the words it stood on."""
        if code not in self.codes and fires(f"party: {rule}"):
            self.codes.add(code)
            self.evidence.append(Evidence(field="countries", rule=f"{rule}: {code}", words=words))


def find_parties(document: Document, clauses: Clauses, event: Event, roles: list[Role]) -> Parties:
    """Return the parties of an event."""
    parties = Parties()
    several = _three_sided(clauses, event)
    _add_people(parties, roles, assumed=False)
    _add_unnamed(parties, event, several=several)
    if event.gathers or "assembly" in event.meanings:
        _add_members(document, clauses, event, parties)
    _add_people(parties, roles, assumed=True)
    if not parties.foreign:
        _implied(document, clauses, event, parties)
    if HOME not in parties.codes:
        _home(document, clauses, event, parties)
    assembles = event.gathers or "assembly" in event.meanings
    if parties.codes & _MEMBERSHIPS and assembles:
        parties.add(HOME, "member of the organization", "")
    met = len(parties.codes - GATHERINGS) >= _MANY
    parties.many = (met and (several or _side_by_side(event))) or (several and bool(parties.foreign))
    if not parties.many and not assembles:
        parties.codes -= GATHERINGS
    return parties


def _add_people(parties: Parties, roles: list[Role], *, assumed: bool) -> None:
    """Add the countries of the people, assumed ones only while fewer than two sides are known."""
    for role in roles:
        code = role.person.country
        wanted = len(parties.codes) < _TWO or code == HOME if assumed else _is_firm(role)
        if code and wanted:
            parties.add(code, role.person.country_rule, role.person.name)


def _is_firm(role: Role) -> bool:
    return not role.person.country_rule.startswith("assumed")


def _add_unnamed(parties: Parties, event: Event, *, several: bool) -> None:
    """Add the countries of offices and groups, and those that act themselves where a side is missing."""
    for party in event.parties:
        if party.form in {"office", "group"} and party.relation != "about":
            for code in party.codes:
                parties.add(code, f"{party.form} of the meeting", party.words)
    missing = not parties.foreign or HOME not in parties.codes
    for party in event.parties:
        if _acts(party) and (several or (missing and (not parties.foreign or party.codes[0] == HOME))):
            parties.add(party.codes[0], "country of the meeting", party.words)


def _add_members(document: Document, clauses: Clauses, event: Event, parties: Parties) -> None:
    """Add the states listed where an assembly is told of: "with Kazakhstan, Azerbaijan, Armenia and Belarus"."""
    listing = syntax.of(document.lang).listing
    own = {predicate.sentence for predicate in event.predicates}
    for party in clauses.parties:
        near = min(own) <= party.sentence <= max(own) + 1 and not clauses.recalls(party.sentence)
        absent = party.governor is not None and party.governor.background
        if (
            near
            and not absent
            and party.form in {"office", "group"}
            and party.relation in {"core", "of", "with", "between"}
        ):
            for code in party.codes:
                if len(code) == _CODE and not clauses.frames.marked(party.sentence, "general", "recall", "aside"):
                    parties.add(code, "group of the assembly", party.words)
    here = [
        found for found in document.countries if document.sentence_at(found.start) in own and len(found.code) == _CODE
    ]
    run: list[CountryFound] = []
    for found in here:
        if run and not listing.fullmatch(document.text[run[-1].end : found.start]):
            run = []
        run.append(found)
        if len(run) >= _MANY:
            for member in run:
                parties.add(member.code, "listed with the assembly", member.words)


def _acts(party: Party) -> bool:
    """Tell whether a bare country acts itself: "Azerbaijan and Turkey discuss", "talks between A and B"."""
    governor = party.governor
    if party.form != "country" or governor is None or governor.meaning == "attend":
        return False
    if governor.reference:
        return party.relation == "with"
    if governor.meaning == "discuss" and party.relation == "with":
        return abs(party.start - governor.end) <= _BESIDE
    return party.relation in {"core", "with", "between", "of", "object"}


def _discussed(party: Party) -> bool:
    """Tell whether a country belongs to the matter of the talks: "discussed the border with Azerbaijan"."""
    governor = party.governor
    matter = governor is not None and governor.meaning in {"discuss", "say"} and party.relation in {"with", "in"}
    return party.form == "country" and matter and governor is not None and abs(party.start - governor.end) > _BESIDE


def _side_by_side(event: Event) -> bool:
    """Tell whether people of three or more countries depend on one verb in one way: "A, B and C met"."""
    for predicate in event.predicates:
        ties: dict[str, set[str]] = {}
        for party in event.parties:
            if party.governor is predicate and party.form != "country":
                ties.setdefault(party.relation, set()).update(codes_of(party))
        if any(len(codes) >= _MANY for codes in ties.values()):
            return True
    return False


def _plural(event: Event) -> bool:
    return any(party.plural and len(party.codes) >= _MANY for party in event.parties)


def _three_sided(clauses: Clauses, event: Event) -> bool:
    """Tell whether the text says that three or more sides sat together, not only that they cooperate."""
    told = any(
        p.meaning in STRONG and not p.reference and (p.verbal or p.tense != "participle") for p in event.predicates
    )
    for predicate in event.predicates:
        named = any(p.governor is predicate and p.relation == "with" for p in event.parties)
        if predicate.meaning not in STRONG | {"attend", "visit"} or (predicate.reference and told and not named):
            continue
        for mark in clauses.frames.marks.get(predicate.sentence, ()):
            if mark.meaning == "three_sided" and -1 <= predicate.start - mark.end <= 30:  # noqa: PLR2004
                return True
            if mark.meaning == "three_sided" and predicate.verbal and 0 <= mark.start - predicate.end <= 1:
                return True
            if mark.meaning == "counted" and _subject_of(predicate, mark, clauses):
                return True
    return _plural(event)


def _subject_of(predicate: Predicate, mark: Mark, clauses: Clauses) -> bool:
    """Tell whether sides that are counted met: "The ministers of three neighbouring states met"."""
    return predicate.finite and any(
        party.governor is predicate and party.relation == "core" and 0 <= mark.start - party.start <= _COUNTED
        for party in clauses.of(predicate)
    )


def _implied(document: Document, clauses: Clauses, event: Event, parties: Parties) -> None:
    """Take the country where a visit leads, that of the headline, of the sentences, or of the town."""
    own = {predicate.sentence for predicate in event.predicates}
    here = [found for found in document.countries if document.sentence_at(found.start) in own and found.code != HOME]
    here = [found for found in here if found.code not in GATHERINGS] or _in_headline(document)
    for found in here[:1]:
        parties.add(found.code, "country named with the meeting", found.words)
        parties.basis = "implied"
        return
    for place, predicate in clauses.towns:
        if predicate in event.predicates and place.country and place.country != HOME and place.locative:
            parties.add(place.country, "town of the meeting", place.words)
            parties.basis = "implied"
            return


def _in_headline(document: Document) -> list[CountryFound]:
    return [
        found
        for found in document.countries
        if found.code != HOME
        and found.code not in GATHERINGS
        and document.sentences[document.sentence_at(found.start)].is_headline
    ]


def _home(document: Document, clauses: Clauses, event: Event, parties: Parties) -> None:
    """Take home when it is named with the meeting, its town is, or an office without a country is met."""
    met = any(p.meaning in STRONG and p.finite for p in event.predicates) and len(parties.foreign) > 1
    for party in event.parties:
        # Two others met: "preparations for a meeting with Azerbaijan's participation" are what they spoke of.
        if met and party.form == "country" and party.governor is not None and not party.governor.finite:
            continue
        if party.form == "country" and party.governor and party.governor.meaning == "attend" and not event.gathers:
            continue  # "projects in which Azerbaijan and Moldova also take part"
        if HOME in party.codes and party.relation not in {"about", "from"} and not _discussed(party):
            parties.add(HOME, "named with the meeting", party.words)
            return
    for found in document.countries:
        if found.code == HOME and document.sentences[document.sentence_at(found.start)].is_headline:
            parties.add(HOME, "named in the headline", found.words)
            parties.basis = "implied"
            return
    codes = {found.code for found in document.countries}
    if codes == parties.foreign and event.meanings & {"visit", "receive"}:
        parties.add(HOME, "the only other party of a report at home", "")
        parties.basis = "assumed"
        return
    if met:
        return  # two others may meet in a town at home
    town = next((t for t, p in clauses.towns if t.country == HOME and t.locative and p in event.predicates), None)
    office = next((p for p in event.parties if p.form in {"office", "group"} and not p.codes), None)
    if town is not None or (office is not None and len(parties.foreign) < 2):  # noqa: PLR2004
        parties.add(HOME, "town or office at home", town.words if town else office.words if office else "")
        parties.basis = "implied"


def unnamed(event: Event, roles: list[Role]) -> list[tuple[str, Party]]:
    """Return the countries of which nobody is named, each with an office of it that took part."""
    named = {role.person.country for role in roles}
    found: dict[str, Party] = {}
    for party in event.parties:
        if party.form == "office" and party.governor is not None and party.governor.meaning in MEETING:
            for code in party.codes or ():
                if code not in named and not (party.plural and len(code) != _CODE):
                    found.setdefault(code, party)
    return list(found.items())
