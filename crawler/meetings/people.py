"""Whether two spellings are one person, and the one record made of all spellings of him."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final, TypeVar

from crawler.items import LANGS, Lang, MentionedPerson, NameVariant, Part, Participant
from crawler.language.folding import fold, name_similarity, romanize, same_name
from crawler.meetings.posts import label, seniority, specific
from crawler.mentions.registry import known_persons

HOME: Final = "AZ"
Alias = Callable[[str], str | None]

SURE: Final = 0.93
"""Names at least this similar need no agreement of posts; below it one-letter cousins live (Vəliyev, Əliyev)."""
ONE_TOKEN: Final = 0.78
"""Likeness that the one differing token of two names must have where office and country, or three tokens, are equal."""
LONG_NAME: Final = 4
ONE_TOKEN_ALONE: Final = 0.85
"""The same where an office is not known."""
ALIKE: Final = 0.7
"""Likeness from which two languages mean one person of a country where they report one meeting."""
SAME_OFFICE: Final = 0.5
"""Likeness from which two spellings of different languages are one holder of a sole office."""
SOLE_OFFICES: Final = frozenset(
    {
        "president",
        "prime_minister",
        "minister_of_defence",
        "minister_of_defence_industry",
        "chief_of_general_staff",
        "secretary_of_security_council",
        "head_of_border_service",
        "commander_of_navy",
        "commander_of_air_force",
        "commander_of_land_forces",
    }
)
_INITIAL = re.compile(r"\b\w\.")


def no_alias(_name: str) -> None:
    """Return None: no spelling has been declared to be somebody."""


@lru_cache(maxsize=16384)
def _same_spelling(a: str, a_lang: Lang, b: str, b_lang: Lang, country: str | None = None) -> bool:
    return same_name(a, a_lang, b, b_lang, country)


@lru_cache(maxsize=16384)
def _similarity(a: str, a_lang: Lang, b: str, b_lang: Lang, country: str | None = None) -> float:
    return name_similarity(a, a_lang, b, b_lang, country)


def same_person(a: MentionedPerson, b: MentionedPerson, alias: Alias = no_alias) -> bool:
    """Return whether two named mentions are one person.

    Countries must not differ. Names that are only similar need posts that do not differ either.
    """
    if not a.name or not b.name or (a.country and b.country and a.country != b.country):
        return False
    known_a, known_b = alias(a.name), alias(b.name)
    a_name, a_lang = (known_a, "en") if known_a else (a.name, a.lang)
    b_name, b_lang = (known_b, "en") if known_b else (b.name, b.lang)
    if a_name == b_name:
        return True
    if known_a and known_b:
        return False
    if not _same_spelling(a_name, a_lang, b_name, b_lang, a.country):
        return _one_known_person(a, b) or _one_token_differs(a, b)
    if _posts_agree(a, b):
        return True
    return _similarity(a_name, a_lang, b_name, b_lang, a.country) >= SURE or seniority(a.post) == seniority(b.post)


def _one_known_person(a: MentionedPerson, b: MentionedPerson) -> bool:
    """Return whether both are spellings of one entry of ``knowledge/persons.toml`` (Javier, Хавьер)."""
    if not a.name or not b.name:
        return False
    known = _known_names().get((fold(a.name, a.lang), a.country))
    return known is not None and known == _known_names().get((fold(b.name, b.lang), b.country))


def same_full_name(a: MentionedPerson, b: MentionedPerson, alike: float = SURE) -> bool:
    """Return whether two full names are all but equal (of at least this likeness), whatever the countries.

    In reports of one meeting that is one person whose country a text left open: an ambassador stands for the country
    that sent him in one sentence and for his seat in the next.
    """
    if not a.name or not b.name or not _full(a.name) or not _full(b.name):
        return False
    return _similarity(a.name, a.lang, b.name, b.lang) >= alike


def _posts_agree(a: MentionedPerson, b: MentionedPerson) -> bool:
    mine, theirs = specific(a.post), specific(b.post)
    return mine is None or theirs is None or mine == theirs


def _one_token_differs(a: MentionedPerson, b: MentionedPerson) -> bool:
    """Return whether names of one country differ in one token's spelling only (Guido, Гвидо Крозетто).

    Two languages may spell a name so where nothing is known against it; one language only for holders of one office.
    """
    if not a.name or not b.name or not a.country or a.country != b.country or not _posts_agree(a, b):
        return False
    if a.lang == b.lang and a.post != b.post:
        return False
    mine, theirs = a.name.split(), b.name.split()
    if len(mine) != len(theirs) or len(mine) == 1:
        return False
    alike = sorted(_similarity(one, a.lang, other, b.lang, a.country) for one, other in zip(mine, theirs, strict=True))
    supported = (specific(a.post) and a.post == b.post) or len(mine) >= LONG_NAME
    enough = ONE_TOKEN if supported else ONE_TOKEN_ALONE
    return alike[0] >= enough and alike[1] >= SURE


def could_be_one(a: MentionedPerson, b: MentionedPerson) -> bool:
    """Return whether two spellings may be one person: too little to hold them for one, enough not to part them.

    The names are alike though the posts are told differently (chief of staff, commander); a surname stands alone; two
    languages name the holder of one post alike enough (Auld, Олд), or anybody of a foreign country: names of home are
    spelled by rule in all three.
    """
    if not a.name or not b.name or (a.country and b.country and a.country != b.country):
        return False
    if _same_spelling(a.name, a.lang, b.name, b.lang, a.country):
        return True
    mine, theirs = a.name.split(), b.name.split()
    if (len(mine) == 1) != (len(theirs) == 1):
        return _similarity(mine[-1], a.lang, theirs[-1], b.lang, a.country) >= SURE
    if a.lang == b.lang:
        return False
    alike = _similarity(a.name, a.lang, b.name, b.lang, a.country)
    post = specific(a.post)
    return alike >= (SAME_OFFICE if post and post == b.post else ALIKE if HOME not in {a.country, b.country} else 1)


def matches(
    a: Sequence[MentionedPerson], b: Sequence[MentionedPerson], alias: Alias = no_alias
) -> list[tuple[MentionedPerson, MentionedPerson]]:
    """Return the pairs of one person in both lists, each person used once, in the order of ``a``."""
    free = list(b)
    found = []
    for person in a:
        other = next((candidate for candidate in free if same_person(person, candidate, alias)), None)
        if other is not None:
            free.remove(other)
            found.append((person, other))
    return found


_SOUNDS: Final = str.maketrans("bpfvkgxqcszhtdlmnr", "111122222222334556")
_SKELETON: Final = 4


@cache
def surname_skeleton(name: str, lang: Lang) -> str:
    """Return the first classes of consonants (as in Soundex) of the folded surname.

    Spellings that differ across languages in vowels or in kindred consonants (Katz, Кац; Milojevic, Милоевич) have
    one skeleton. It only finds candidates, so that it is coarse does no harm.
    """
    found = _skeletons(name, lang)
    return found[-1] if found else ""


@cache
def given_skeletons(name: str, lang: Lang) -> tuple[str, ...]:
    """Return the same of the tokens before the surname, for surnames that are spelled too differently."""
    return tuple(sorted(set(_skeletons(name, lang)[:-1])))


@cache
def _skeletons(name: str, lang: Lang) -> tuple[str, ...]:
    tokens = [token for token in fold(name, lang).split() if len(token) > 1]
    classes = [re.sub(r"[^1-6]", "", token.translate(_SOUNDS)) for token in tokens]
    return tuple(
        re.sub(r"(.)\1+", r"\1", sounds)[:_SKELETON] or token[:1] for sounds, token in zip(classes, tokens, strict=True)
    )


# --- The record of one person ----------------------------------------------------------------


@cache
def _known_names() -> dict[tuple[str, str | None], str]:
    """Return the usual English name by folded spelling and country, from ``knowledge/persons.toml``."""
    known: dict[tuple[str, str | None], str] = {}
    for person in known_persons():
        for lang, spelling in person.names.items():
            known.setdefault((fold(spelling, lang), person.country), person.names["en"])
    return known


def _full(name: str) -> bool:
    return len(name.split()) > 1 and not _INITIAL.search(name)


def canonical_name(variants: Iterable[tuple[str, Lang]], country: str | None = None, alias: Alias = no_alias) -> str:
    """Return the usual English spelling of one person.

    What a human declared; else the table of known persons; else the spelling English sources use most; else the
    Azerbaijani, else the Russian one, romanized. A full name goes before a surname or initials.
    """
    said = Counter(variants)
    for name, _ in sorted(said):
        if declared := alias(name):
            return declared
    for name, lang in sorted(said, key=lambda variant: (-said[variant], variant)):
        if _full(name) and (known := _known_names().get((fold(name, lang), country))):
            return known
    best = min(said, key=lambda v: (not _full(v[0]), LANGS.index(v[1]), -said[v], not v[0].isascii(), v[0]))
    return unicodedata.normalize("NFC", romanize(*best))


_Value = TypeVar("_Value", bound=str)


def _most(values: Iterable[_Value | None]) -> _Value | None:
    said = Counter(value for value in values if value is not None)
    return max(said, key=lambda value: (said[value], len(value), value), default=None)


def _same_office(a: MentionedPerson, b: MentionedPerson) -> bool:
    if not a.name or not b.name or a.post not in SOLE_OFFICES or a.post != b.post or a.country != b.country:
        return False
    return a.lang != b.lang and _similarity(a.name, a.lang, b.name, b.lang, a.country) >= SAME_OFFICE


def _two_languages(a: MentionedPerson, b: MentionedPerson) -> bool:
    """Return whether two languages may spell one person of a country so (Giorgi, Георгий; Bəluc, Baloch)."""
    if not a.name or not b.name or a.lang == b.lang or not a.country or a.country != b.country:
        return False
    return _posts_agree(a, b) and _similarity(a.name, a.lang, b.name, b.lang, a.country) >= ALIKE


def _one_surname(a: MentionedPerson, b: MentionedPerson) -> bool:
    """Return whether two languages name one surname, given names alike (Giorgi, Георгий), whatever the countries."""
    if not a.name or not b.name or a.lang == b.lang or not _full(a.name) or not _full(b.name):
        return False
    mine, theirs = a.name.rpartition(" ")[2], b.name.rpartition(" ")[2]
    return (
        _posts_agree(a, b)
        and _similarity(mine, a.lang, theirs, b.lang) >= SURE
        and _similarity(a.name, a.lang, b.name, b.lang, a.country) >= ALIKE
    )


class Gathered:
    """All that the reports of one meeting say of one person, added in the order of the reports."""

    def __init__(self, person: MentionedPerson) -> None:
        self.people = [person]

    def holds(self, person: MentionedPerson, alias: Alias) -> bool:
        """Return whether ``person`` is this one.

        Beyond equal names: in one meeting a country has one minister of defence, however his name is spelled, and
        nobody meets his namesake.
        """
        return any(
            same_person(known, person, alias)
            or _same_office(known, person)
            or _two_languages(known, person)
            or same_full_name(known, person)
            or _one_surname(known, person)
            for known in self.people
        )

    def _post(self) -> str | None:
        """Return the post most often said, one that says something before general words; a counterpart is none."""
        said = [person.post for person in self.people if person.post != "counterpart"]
        return _most(specific(post) for post in said) or _most(said)

    def participant(self, alias: Alias) -> Participant:
        """Return the record: best post and rank are the most often said, of equals the most specific one."""
        named = [(person.name, person.lang) for person in self.people if person.name]
        variants = dict.fromkeys((lang, name) for name, lang in named)
        parts: list[Part | None] = [person.part if person.part != "participant" else None for person in self.people]
        country = _most(person.country for person in self.people)
        return Participant(
            name=canonical_name(named, country, alias),
            variants=tuple(
                NameVariant(lang=lang, text=text)
                for lang, text in sorted(variants, key=lambda v: (LANGS.index(v[0]), not _full(v[1]), v[1]))
            ),
            post=label("posts", self._post()),
            rank=label("ranks", _most(person.rank for person in self.people)),
            country=country,
            part=_most(parts) or "participant",
            leads_delegation=any(person.leads_delegation for person in self.people),
        )


def gather(people: Iterable[MentionedPerson], alias: Alias = no_alias) -> list[Gathered]:
    """Return one ``Gathered`` for each person named, in order of first mention; those without a name are left out."""
    found: list[Gathered] = []
    for person in people:
        if not person.name:
            continue
        known = next((entry for entry in found if entry.holds(person, alias)), None)
        if known is None:
            found.append(Gathered(person))
        else:
            known.people.append(person)
    return found
