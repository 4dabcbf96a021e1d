"""Which states and organizations met: the country of each participant, and the parties as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from crawler.items import Evidence
from crawler.knowledge import table
from crawler.language.countries import CountryFound
from crawler.mentions.document import Document
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME, Person
from crawler.mentions.scene import Scene

_STATES: Final = 2
"""The length of an ISO country code; longer codes are organizations and bodies that are no ISO country."""
_MANY: Final = 3
_BESIDE: Final = 30
"""Characters between a country and the office, ministry, delegation or visit it belongs to."""
_AWAY: Final = re.compile(r"(?:\bto|\bin|\bв|\bво|\bна)(?: the| Republic of| Республике)?\s*$", re.IGNORECASE)
_AZ_AWAY: Final = re.compile(r"d[aə](?:k[ıi])?$|(?:[nsy]?[aə])$")
_DIPLOMATS: Final = frozenset({"ambassador", "military_attache"})
_MINISTRY: Final = re.compile(r"minist|nazirli|министер|минобор|ведомств")
_GATHERINGS: Final = frozenset({"EU", "UN", "CIS", "OTS", "CSTO", "SCO"})
"""Organizations that are parties only when their own meeting is told of."""


@dataclass(slots=True)
class Parties:
    """Countries and organizations that met; ``many`` when three or more sat together."""

    codes: set[str] = field(default_factory=set)
    many: bool = False
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def states(self) -> tuple[str, ...]:
        """Return the ISO countries among the parties, sorted."""
        return tuple(sorted(code for code in self.codes if len(code) == _STATES))

    @property
    def organizations(self) -> tuple[str, ...]:
        """Return the parties that are no ISO country, sorted."""
        return tuple(sorted(code for code in self.codes if len(code) != _STATES))

    @property
    def foreign(self) -> set[str]:
        """Return the parties that are not at home."""
        return self.codes - {HOME}

    def add(self, found: CountryFound, rule: str) -> None:
        """Add a country as printed, with the rule that made it a party."""
        if found.code not in self.codes:
            self.codes.add(found.code)
            self.evidence.append(Evidence(field="countries", rule=f"{rule}: {found.code}", words=found.words))


# --- countries of people ---------------------------------------------------------------------


def assign_countries(document: Document, roles: list[Role], scenes: list[Scene]) -> None:
    """Give each participant without a country the one the article implies, the surest rule first for everybody."""
    people = [role.person for role in roles if role.takes_part]
    for role in roles:
        person = role.person
        if person.country is None and person.known is not None:
            person.country, person.country_rule = person.known.country, "known office holder"
    told = [found for found in document.countries if not scenes[document.sentence_at(found.start)].background]
    for rule in (_shared_office, _own_delegation, _counterpart_of_home):
        for person in people:
            if person.country is None:
                rule(document, person, people, told, scenes)


def _claimed(people: list[Person], person: Person) -> set[int]:
    return {start for other in people if other is not person for start in other.claimed}


def _give(person: Person, code: str, rule: str, start: int | None = None) -> None:
    person.country, person.country_rule = code, rule
    if start is not None:
        person.claimed.append(start)


def _shared_office(
    document: Document, person: Person, people: list[Person], told: list[CountryFound], scenes: list[Scene]  # noqa: ARG001 -- one signature
) -> None:
    """Hand out "the defence ministers of Russia and Iran, Ivanov and Kazemi" in order."""
    occurrence = person.occurrences[0]
    row = [other for other in people if other.occurrences[0].sentence == occurrence.sentence]
    before = [f for f in told if document.sentence_at(f.start) == occurrence.sentence and f.end <= row[0].occurrences[0].np_start]
    if len(row) == len(before) > 1 and row.index(person) < len(before) and all(not other.titled or other is row[0] for other in row):
        found = before[row.index(person)]
        _give(person, found.code, "offices and names in the same order", found.start)


def _away(document: Document, found: CountryFound) -> bool:
    """Tell whether the country is where somebody is, not whose he is: "to Azerbaijan", "Azərbaycanda", "в Азербайджане"."""
    if document.lang == "az":
        return bool(_AZ_AWAY.search(found.words.lower()))
    return bool(_AWAY.search(document.text, max(0, found.start - 14), found.start))


def _own_delegation(
    document: Document, person: Person, people: list[Person], told: list[CountryFound], scenes: list[Scene]  # noqa: ARG001 -- one signature
) -> None:
    """Take the country nearest before the person in his sentence that is nobody else's."""
    occurrence = person.occurrences[0]
    claimed = _claimed(people, person)
    before = [
        found
        for found in told
        if document.sentence_at(found.start) == occurrence.sentence and found.end <= occurrence.np_start and found.start not in claimed
        and not _away(document, found) and not (found.code == HOME and person.post in _DIPLOMATS)
    ]
    others = [other for other in people if other is not person and other.occurrences[0].sentence == occurrence.sentence]
    between = [other for other in others if before and before[-1].end <= other.occurrences[0].start < occurrence.np_start]
    if before and not between and _ties(document, before[-1], occurrence.np_start):
        _give(person, before[-1].code, "country named before him", before[-1].start)
        return
    following = [other for other in others if other.country and other.country != HOME and other.occurrences[0].end <= occurrence.np_start]
    if following and _joined(document, following[-1].occurrences[0].np_end, occurrence.np_start):
        _give(person, following[-1].country or HOME, "named together with his countryman")


def _ties(document: Document, found: CountryFound, start: int) -> bool:
    """Tell whether the country belongs to the person's delegation or institution, not to a journey of somebody else."""
    gap = document.text[found.end : start].lower()
    return not any(word in gap for word in (" visit", "səfər", "визит", " met ", " met with", "received"))


def _joined(document: Document, end: int, start: int) -> bool:
    gap = document.text[end:start].strip(" ,").lower()
    return gap in {"and", "together with", "və", "и", "вместе с", "as well as", "а также", "with", "həmçinin", "and the", ""}


def _counterpart_of_home(
    document: Document, person: Person, people: list[Person], told: list[CountryFound], scenes: list[Scene]
) -> None:
    """Take what is left: the country visited, the only other country, that of the town, else home."""
    others = [other for other in people if other is not person and other.country]
    at_home = [other for other in others if other.country == HOME]
    abroad = {other.country for other in others} - {HOME}
    diplomat = person.post in _DIPLOMATS
    if not at_home and not diplomat and (abroad or not _speaks_of_foreigner(document, person, told)):
        _give(person, HOME, "home office holder named without a country")
        return
    claimed = _claimed(people, person)
    sentence = person.occurrences[0].sentence
    foreign = [found for found in told if found.code != HOME and found.code not in _GATHERINGS]
    same = [found for found in foreign if document.sentence_at(found.start) == sentence and found.start not in claimed]
    visited = destination(document, scenes)
    codes = list(dict.fromkeys(found.code for found in foreign))
    towns = [place.country for place in document.places if place.country and place.country != HOME]
    if same:
        _give(person, same[-1].code, "country named in his sentence")
    elif visited and visited != HOME:
        _give(person, visited, "country of the visit")
    elif len(codes) == 1:
        _give(person, codes[0], "only other country")
    elif codes:
        _give(person, next((code for code in codes if code not in abroad), codes[0]), "first other country")
    elif towns:
        _give(person, towns[0], "country of the place")
    else:
        _give(person, HOME, "home office holder named without a country")


def _speaks_of_foreigner(document: Document, person: Person, told: list[CountryFound]) -> bool:
    """Tell whether the only person of an article comes from abroad: a foreign country and no ministry of our own near him."""
    sentence = person.occurrences[0].sentence
    near = [found.code for found in told if document.sentence_at(found.start) == sentence]
    return bool(near) and near[0] != HOME


def destination(document: Document, scenes: list[Scene]) -> str | None:
    """Return the country visited, as the first sentence with a visit tells it."""
    for scene in scenes:
        for cue in scene.cues:
            if cue.term.key != "visit" or scene.background:
                continue
            for found in document.countries:
                if document.sentence_at(found.start) == scene.index and -_BESIDE <= found.start - cue.end <= _BESIDE:
                    return found.code
    return None


# --- the parties -----------------------------------------------------------------------------


def find_parties(document: Document, roles: list[Role], scenes: list[Scene]) -> Parties:
    """Return the parties: the participants' countries, and where they do not say it, those in sentences that tell of it."""
    parties = Parties()
    for role in roles:
        code = role.person.country
        if role.takes_part and code and code not in parties.codes:
            parties.codes.add(code)
            parties.evidence.append(Evidence(field="countries", rule=f"{role.person.country_rule}: {code}", words=role.person.name))
    named = {role.person.country for role in roles if role.takes_part} - {None, HOME}
    named = named if len(named) >= _STATES and HOME not in parties.codes else set()
    several = any(scene.marked("multilateral") and scene.has("meet", "attend", "receive", "visit") and not scene.background for scene in scenes)
    if several and len(parties.foreign) != 1 or (several and _delegations(document, scenes)):
        for found in _in_sentences(document, scenes, ("meet", "attend", "receive", "visit", "discuss")):
            if found.code != HOME or not named:
                parties.add(found, "one of several parties")
    elif not parties.foreign:
        for found in _in_sentences(document, scenes, ("meet", "receive", "call", "visit", "sign", "discuss", "internal", "attend")):
            if found.code not in _GATHERINGS and _is_party(document, found):
                parties.add(found, "named as a party")
    _add_by_place(document, scenes, parties)
    several = several or _plural_office(document, scenes)
    parties.many = several and len(parties.codes - _GATHERINGS) >= _MANY
    if not parties.many:
        parties.codes -= _GATHERINGS
    return parties


def _delegations(document: Document, scenes: list[Scene]) -> bool:
    """Tell whether a sentence lists the delegations of three or more countries."""
    for scene in scenes:
        codes = {found.code for found in document.countries if document.sentence_at(found.start) == scene.index}
        if not scene.background and scene.marked("delegation") and len(codes) >= _MANY:
            return True
    return _plural_office(document, scenes)


def _in_sentences(document: Document, scenes: list[Scene], cues: tuple[str, ...]) -> list[CountryFound]:
    telling = {scene.index for scene in scenes if not scene.background and scene.has(*cues)}
    return [found for found in document.countries if document.sentence_at(found.start) in telling and not _in_embassy(document, found)]


def _is_party(document: Document, found: CountryFound) -> bool:
    """Tell whether an office, a ministry, a delegation or a visit stands beside the country."""
    anchors = [*document.posts, *(m for m in document.markers if m.term.key == "delegation" or (m.term.key == "defence_body" and _MINISTRY.search(m.words.lower()))), *(c for c in document.cues if c.term.key == "visit")]
    sentence = document.sentence_at(found.start)
    if document.sentences[sentence].is_headline:
        return True
    return any(
        document.sentence_at(anchor.start) == sentence and (-_BESIDE <= anchor.start - found.end <= _BESIDE or -_BESIDE <= found.start - anchor.end <= _BESIDE)
        for anchor in anchors
    )


def _in_embassy(document: Document, found: CountryFound) -> bool:
    following = document.text[found.end : found.end + 24].lower()
    return following.lstrip(" '’s").startswith(("embassy", "səfirliy", "посольств"))


def _add_by_place(document: Document, scenes: list[Scene], parties: Parties) -> None:
    """Add the host of a visit whose only word of him is the town."""
    if HOME in parties.codes and parties.foreign:
        return
    for place in document.places:
        scene = scenes[document.sentence_at(place.start)]
        if place.country and place.country not in parties.codes and not scene.background and scene.has("visit") and place.locative:
            if HOME not in parties.codes and place.country != HOME:
                continue
            parties.codes.add(place.country)
            parties.evidence.append(Evidence(field="countries", rule=f"town of the visit: {place.country}", words=place.words))
            return
    if HOME not in parties.codes and destination(document, scenes) == HOME:
        parties.codes.add(HOME)
        parties.evidence.append(Evidence(field="countries", rule=f"country of the visit: {HOME}"))


def _plural_office(document: Document, scenes: list[Scene]) -> bool:
    """Tell whether a sentence with a meeting names the ministers of three countries at once."""
    posts = table("posts")
    for scene in scenes:
        if scene.background or not scene.has("meet", "call", "sign", "attend"):
            continue
        codes = {found.code for found in document.countries if document.sentence_at(found.start) == scene.index}
        plural = any(
            document.sentence_at(post.start) == scene.index and posts[post.term.key]["field"] != "leader" and is_plural(post.words)
            for post in document.posts
        )
        if plural and len(codes) >= _MANY:
            return True
    return False


def is_plural(words: str) -> bool:
    """Tell whether an office is printed in the plural."""
    folded = words.lower()
    endings = ("ministers", "chiefs", "commanders", "heads", "nazirləri", "rəisləri", "komandanları", "министры", "министров", "министрами")
    return any(ending in folded for ending in (*endings, "начальники", "начальников", "главы", "командующие", "командующих"))
