"""Whether two spellings are one person, and the one record made of all spellings of him."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final, TypeVar

from crawler.items import LANGS, Lang, MentionedPerson, NameVariant, Part, Participant
from crawler.knowledge import table
from crawler.language.folding import fold, name_similarity, romanize, same_name
from crawler.meetings.posts import label, seniority

Alias = Callable[[str], str | None]

SURE: Final = 0.93
"""Names at least this similar need no agreement of posts; below it one-letter cousins live (Vəliyev, Əliyev)."""
ONE_TOKEN: Final = 0.75
"""Likeness that the one differing token of two names must have where office and country are the same."""
_INITIAL = re.compile(r"\b\w\.")


def no_alias(_name: str) -> None:
    """Return None: no spelling has been declared to be somebody."""


@lru_cache(maxsize=65536)
def _same_spelling(a: str, a_lang: Lang, b: str, b_lang: Lang) -> bool:
    return same_name(a, a_lang, b, b_lang)


@lru_cache(maxsize=65536)
def _similarity(a: str, a_lang: Lang, b: str, b_lang: Lang) -> float:
    return name_similarity(a, a_lang, b, b_lang)


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
    if not _same_spelling(a_name, a_lang, b_name, b_lang):
        return _one_token_differs(a, b)
    if not a.post or not b.post or a.post == b.post:
        return True
    return _similarity(a_name, a_lang, b_name, b_lang) >= SURE or seniority(a.post) == seniority(b.post)


def _one_token_differs(a: MentionedPerson, b: MentionedPerson) -> bool:
    """Return whether names of one office and country differ in one token's spelling only (Guido, Гвидо Крозетто)."""
    if not a.name or not b.name or not a.post or a.post != b.post or not a.country or a.country != b.country:
        return False
    mine, theirs = a.name.split(), b.name.split()
    if len(mine) != len(theirs) or len(mine) == 1:
        return False
    alike = sorted(_similarity(one, a.lang, other, b.lang) for one, other in zip(mine, theirs, strict=True))
    return alike[0] >= ONE_TOKEN and alike[1] >= SURE


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


_SOUNDS: Final = str.maketrans("bpfvkgxqjcszhtdlmnr", "1111222222222334556")
_SKELETON: Final = 4


@cache
def surname_skeleton(name: str, lang: Lang) -> str:
    """Return the first classes of consonants (as in Soundex) of the folded surname.

    Spellings that differ across languages in vowels or in kindred consonants (Katz, Кац) have one skeleton. It only
    finds candidates, so that it is coarse does no harm.
    """
    tokens = [token for token in fold(name, lang).split() if len(token) > 1]
    if not tokens:
        return ""
    classes = re.sub(r"[^1-6]", "", tokens[-1].translate(_SOUNDS))
    return re.sub(r"(.)\1+", r"\1", classes)[:_SKELETON] or tokens[-1][:1]


# --- The record of one person ----------------------------------------------------------------


@cache
def _known_names() -> dict[tuple[str, str | None], str]:
    """Return the usual English name by folded spelling and country, from ``knowledge/persons.toml``."""
    known: dict[tuple[str, str | None], str] = {}
    for entry in table("persons")["persons"]:
        for lang in LANGS:
            if spelling := entry.get(lang):
                known.setdefault((fold(spelling, lang), entry.get("country")), entry["en"])
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


class Gathered:
    """All that the reports of one meeting say of one person, added in the order of the reports."""

    def __init__(self, person: MentionedPerson) -> None:
        self.people = [person]

    def holds(self, person: MentionedPerson, alias: Alias) -> bool:
        """Return whether ``person`` is this one."""
        return any(same_person(known, person, alias) for known in self.people)

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
            post=label("posts", _most(person.post for person in self.people)),
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
