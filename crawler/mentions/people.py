"""Who is named in an article: each person once, with his title, and every place he is named at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.countries import CountryFound
from crawler.language.places import PlaceFound
from crawler.language.text import lower
from crawler.mentions.document import Document, word_set, words
from crawler.mentions.headline_names import told_in_body
from crawler.mentions.names import Name, find_names, is_stop, looks_possessed
from crawler.mentions.nominative import az_nominative, possible_nominatives, ru_nominative, ru_title_case
from crawler.mentions.registry import Known, find_known, known_tokens, with_surname
from crawler.mentions.rows import Item, Rows
from crawler.mentions.titles import Title, after, before

_AFTER_FATHER: Final = re.compile(r"\b(?:bin|ben|ibn|бин|бен|ибн) $")
_BEFORE_ARTICLE: Final = re.compile(
    r" (?:(?:аль|эль|ас|аш|al|el|əl|əs)-|(?:bin|ben|ibn|бин|бен|ибн|van|von|de|di|da|ван|фон|де|ди|да)\s)",
    re.IGNORECASE,
)
_SURNAME: Final = re.compile(r" [^\W\d_]{3,}")
_SLAVIC: Final = frozenset({"RU", "BY", "UA", "KZ", "KG", "UZ", "TJ", "TM", "BG", "RS", "MK", "MD", "CSTO", "CIS"})
"""Countries where many surnames end in -in."""
_FULL: Final = 2
"""Words of a name in full, given name and surname."""
_SIDE_BY_SIDE: Final = 4
"""Words of two full names that stand side by side."""
_SELDOM_MET: Final = frozenset({"foreign", "civil"})
"""Fields of offices whose holders mostly meet others than the defence leadership."""
HOME: Final = "AZ"
"""The country whose leadership the feed follows; its media name their own office holders without the country."""


@dataclass(slots=True)
class Occurrence:
    """One place a person is named at: the name, and the stretch with its titles."""

    start: int
    end: int
    np_start: int
    np_end: int
    sentence: int
    before: str
    titled: bool


@dataclass(slots=True)
class Person:
    """A named person; ``known`` is his entry in the table of known office holders."""

    name: str
    words: tuple[str, ...]
    post: str | None = None
    post_text: str | None = None
    rank: str | None = None
    country: str | None = None
    country_rule: str = ""
    claimed: list[int] = field(default_factory=list)
    honorific: bool = False
    known: Known | None = None
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """Return the last word of the name."""
        return self.words[-1]

    @property
    def titled(self) -> bool:
        """Tell whether the article gives the person a rank, an office or "Mr."."""
        return bool(self.post or self.rank or self.honorific)

    @property
    def field(self) -> str | None:
        """Return the field of the person's office, a rank counting as military, None when nothing is known."""
        key = self.post or (self.known.post if self.known else None)
        found: str | None = table("posts")[key]["field"] if key else None
        if found in {None, "generic", "modifier"} and self.known:
            known: str = table("posts")[self.known.post]["field"]
            return known
        return found or ("military" if self.rank else None)


def find_people(document: Document) -> list[Person]:
    """Return the persons named in the document, in the order of their first mention outside the headline's surnames."""
    names = told_in_body(document, find_names(document, _taken(document)))
    reader = _Reader(document, Rows(document, names))
    for name in names:
        reader.read(name)
    reader.resolve_short()
    return reader.persons


def _taken(document: Document) -> list[tuple[int, int]]:
    """Return the stretches that are no names; countries that are parts of names ("Israel Katz") are forgotten."""
    document.countries = [country for country in document.countries if not _is_given_name(document, country)]
    document.places = [place for place in document.places if not _is_given_name_too(document, place)]
    taken = [(found.start, found.end) for found in (*document.ranks, *document.posts)]
    taken += [(country.start, country.end) for country in document.countries]
    return [*taken, *((place.start, place.end) for place in document.places)]


def _is_given_name(document: Document, country: CountryFound) -> bool:
    text = document.text
    if _AFTER_FATHER.search(text, max(0, country.start - 6), country.start) or _BEFORE_ARTICLE.match(text, country.end):
        return True
    given = lower(country.words, document.lang) in word_set("names", "countries_as_given")
    return given and text[country.end : country.end + 1] == " " and text[country.end + 1 : country.end + 2].isupper()


def _is_given_name_too(document: Document, place: PlaceFound) -> bool:
    """Tell whether a town's name is the given name of somebody: "ambassador Milan Lajcak"."""
    if place.city not in table("names")["towns_as_given"] or place.locative:
        return False
    surname = _SURNAME.match(document.text, place.end)
    return surname is not None and surname.group()[1].isupper() and not is_stop(surname.group()[1:], document.lang)


class _Reader:
    """Gathers persons from the item rows, full names first, surnames and initials at the end."""

    def __init__(self, document: Document, rows: Rows) -> None:
        self.document: Final = document
        self.rows: Final = rows
        self.lang: Final[Lang] = document.lang
        self.persons: Final[list[Person]] = []
        self._short: Final[list[Name]] = []
        self._with_ranks: Final = {document.sentence_at(rank.start) for rank in document.ranks}

    @cached_property
    def _tokens(self) -> set[str]:
        return {lower(word.group(), self.lang) for word in words(self.document.text) if not word.group().islower()}

    def _attested(self, name: Name) -> Callable[[str], bool]:
        own = {lower(word, self.lang) for word in (*name.words, name.surname)}
        known = known_tokens(self.lang)

        def attested(token: str) -> bool:
            folded = lower(token, self.lang)
            return folded in known or (folded not in own and folded in self._tokens)

        return attested

    def nominative(self, name: Name, row: list[Item], position: int, title: Title) -> tuple[str, ...]:
        """Return the words of the name without case endings."""
        attested = self._attested(name)
        if self.lang == "az":
            following = row[position + 1].text if position + 1 < len(row) else ""
            slavic = any(country.key in _SLAVIC for country in title.countries)
            return (*name.words[:-1], az_nominative(name.surname, following, attested, slavic=slavic))
        if self.lang == "ru":
            nearest = next(
                (
                    item
                    for item in reversed(row[:position])
                    if item.kind in {"rank", "post"} and item.start >= title.start
                ),
                None,
            )
            case = ru_title_case(nearest.text) if nearest else None
            return ru_nominative(name.words, title_case=case, preposition=title.before, attested=attested)
        return (*name.words[:-1], name.surname)

    def read(self, name: Name) -> None:
        """Read one name with its titles; names of one word or with an initial wait until all full names are known."""
        if len([word for word in name.words if not word.endswith(".")]) < _FULL:
            self._short.append(name)
            return
        sentence = self.document.sentence_at(name.start)
        position = self.rows.position(sentence, name)
        if position is None:
            return
        row = self.rows.row(sentence)
        lead, tail = before(row, position, self.lang), after(row, position, self.lang)
        untitled = lead.empty and tail.empty
        if (
            untitled
            and self.lang == "az"
            and looks_possessed(name.surname)
            and not find_known(" ".join(name.words), self.lang)
        ):
            return
        for part in self._halves(name):
            single = Item(part.start, part.end, "name", self.document.text[part.start : part.end], "", part)
            if part is not name:
                last = part.end == name.end
                lead, tail = (
                    (Title(start=part.start, end=part.end), tail)
                    if last
                    else (lead, Title(start=part.start, end=part.end))
                )
            self._add(self.nominative(part, row, position, lead), sentence, single, lead, tail)

    def _halves(self, name: Name) -> tuple[Name, ...]:
        """Part two names that stand side by side, as subject and object do in Azerbaijani and Russian."""
        if self.lang == "en" or len(name.words) != _SIDE_BY_SIDE:
            return (name,)
        first, second = " ".join(name.words[:2]), " ".join(name.words[2:])
        bare = possible_nominatives(name.words[3], self.lang)
        whole = [find_known(" ".join((*name.words[:3], word)), self.lang) for word in bare]
        if any(person and len(person.names["en"].split()) > _FULL for person in whole):
            return (name,)
        known = find_known(first, self.lang) or any(find_known(f"{name.words[2]} {word}", self.lang) for word in bare)
        cut = self.document.text.find(second, name.start)
        if not known or cut < 0:
            return (name,)
        return (
            Name(name.start, cut - 1, name.words[:2], name.opens_sentence),
            Name(cut, name.end, name.words[2:], False),
        )

    def _add(self, parts: tuple[str, ...], sentence: int, item: Item, lead: Title, tail: Title) -> None:
        person = self._same(parts)
        if person is None:
            known = self._known(parts)
            if len(parts) > _FULL and parts[1][0].isupper():
                # A capitalised word that opens the sentence is not part of a known name.
                bare = self._known(parts[1:])
                opens = item.name is not None and item.name.opens_sentence
                longer = known is not None and len(parts) > len(known.spelling(self.lang)[0].split())
                if bare is not None and (known is None or (opens and longer)):
                    known, parts = bare, parts[1:]
            person = Person(" ".join(parts), parts, known=known)
            if known is not None and known.country == HOME:
                # A foreign title before a home leader belongs to the subject: "Özbəkistanın naziri Həsənova zəng edib".
                person.country, person.country_rule = HOME, "known office holder"
            self.persons.append(person)
        self._note(person, sentence, item, lead, tail)

    def _known(self, parts: tuple[str, ...]) -> Known | None:
        """Return the known office holder of a name.

        One of foreign or interior affairs, who seldom meets soldiers, is mostly a namesake where only the spellings are
        alike and the article does not name his country.
        """
        name = " ".join(parts)
        known = find_known(name, self.lang)
        if known is None or known.country in {HOME, *self._named} or known.is_spelled(name, self.lang):
            return known
        return None if table("posts")[known.post]["field"] in _SELDOM_MET else known

    @cached_property
    def _named(self) -> set[str | None]:
        document = self.document
        return {*(found.code for found in document.countries), *(found.country for found in document.places)}

    def _note(self, person: Person, sentence: int, item: Item, lead: Title, tail: Title) -> None:
        titled = not lead.empty or not tail.empty
        person.occurrences.append(
            Occurrence(item.start, item.end, lead.start, max(item.end, tail.end), sentence, lead.before, titled)
        )
        for title in (lead, tail):
            posts = [post for post in title.posts if post.key != "counterpart"] or title.posts
            if posts and (person.post is None or _vague(person.post)):
                person.post, person.post_text = posts[0].key, posts[0].text
            if title.ranks and person.rank is None:
                person.rank = title.ranks[0].key
            person.honorific = person.honorific or title.honorific
            person.claimed += [item.start for item in title.countries]
            if title.countries and person.country is None:
                person.country, person.country_rule = title.countries[-1].key, "title"
                organization = table("posts")[person.post].get("organization") if person.post else None
                if organization and person.country == "NATO":
                    person.country = organization
            office = table("posts")[person.post] if person.post else {}
            if "at_home" in office:
                person.post = office["at_home"] if person.country in {None, HOME} else office["abroad"]

    def _same(self, parts: tuple[str, ...]) -> Person | None:
        first, last = lower(parts[0], self.lang), parts[-1]
        variants = _variants(last, self.lang)
        for person in self.persons:
            own = lower(person.words[0], self.lang)
            if own[:3] != first[:3]:
                continue
            theirs = _variants(person.surname, self.lang)
            if variants & theirs:
                return person
        return None

    def resolve_short(self) -> None:
        """Give surnames and initials to the persons they mean; keep those with a title as persons of their own."""
        for name in self._short:
            sentence = self.document.sentence_at(name.start)
            person = self._of_surname(name)
            known = None if person else self._known_short(name)
            alone = person is None and known is None
            if alone and (name.opens_sentence or not (name.initial or sentence in self._with_ranks)):
                continue
            position = self.rows.position(sentence, name)
            if position is None:
                continue
            row = self.rows.row(sentence)
            lead, tail = before(row, position, self.lang), after(row, position, self.lang)
            if person is not None:
                self._note(person, sentence, row[position], lead, tail)
            elif known is not None:
                self._add(tuple(known.names[self.lang].split()), sentence, row[position], lead, tail)
            elif name.initial or _touches(row, position, lead):
                parts = self.nominative(name, row, position, lead)
                if parts[-1][2:]:
                    self._add(parts, sentence, row[position], lead, tail)

    def _of_surname(self, name: Name) -> Person | None:
        variants = _variants(name.surname, self.lang)
        for person in self.persons:
            theirs = _variants(person.surname, self.lang)
            if not name.initial and len(person.words) > _FULL:
                theirs |= {lower(person.words[-2], self.lang)}
            if variants & theirs and (
                not name.initial or lower(name.initial[0], self.lang) == lower(person.name[0], self.lang)
            ):
                return person
        return None

    def _known_short(self, name: Name) -> Known | None:
        found: list[Known] = []
        for word in possible_nominatives(name.surname, self.lang):
            found += [person for person in with_surname(word, self.lang) if person not in found]
        if name.initial:
            found = [p for p in found if lower(p.names[self.lang][0], self.lang) == lower(name.initial[0], self.lang)]
            return found[0] if found else None
        return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _variants(word: str, lang: Lang) -> frozenset[str]:
    """Return every nominative one word of a name may come from, in lower case."""
    return frozenset(lower(variant, lang) for variant in possible_nominatives(word, lang))


def _touches(row: list[Item], position: int, lead: Title) -> bool:
    """Tell whether a rank or "Mr." stands directly before the name."""
    return (
        position > 0 and row[position - 1].kind in {"rank", "honorific"} and bool(lead.posts or row[position].text[4:])
    )


def _vague(post: str) -> bool:
    return table("posts")[post]["field"] in {"generic", "modifier", "generic_military"}
