"""The grammar of each language behind one set of questions, so that nothing else asks which language a text is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from crawler.items import Lang
from crawler.language import az, en, ru
from crawler.language.grammar import Relation, Tense
from crawler.language.text import lower


class Surroundings(NamedTuple):
    """What is looked at to tell how a noun phrase is tied to its clause.

    ``before`` and ``after`` are the text of the sentence around it, ``printed`` is its last word, ``nominative`` that
    word without its ending.
    """

    before: str
    printed: str
    nominative: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What one language answers.

    ``relation`` tells how a noun phrase is tied to its clause. ``verb_last`` languages have the arguments of a verb
    before it, ``free_order`` ones on both sides, ``noun_first`` ones whom a thing is named after behind it. One that
    ``declines`` tells by endings whose something is; ``deputy_last`` ones have the word deputy behind the office,
    ``title_case`` ones capital letters in every word of a headline. ``breaks`` parts clauses; ``joins`` coordinates
    noun phrases, ``listing`` countries. ``plural_office`` is one of several hold; ``object_pronoun`` behind a verb
    stands for somebody named before. ``genitive`` and ``locative`` are endings of nouns before an office.
    ``of_town`` stands between a group and its town. ``away_before`` and ``away_form`` tell that a country is where
    somebody is, not whose he is; ``inside_before`` and ``inside_after`` that something takes place in the building of
    an institution. ``near`` stands before a town that something is close to, not in. ``in_year`` names a year.
    """

    lang: Lang
    tense: Callable[[Sequence[str], int], Tense]
    is_passive: Callable[[Sequence[str], int], bool]
    is_noun: Callable[[Sequence[str], int], bool]
    is_noun_by_context: Callable[[Sequence[str], int], bool]
    is_auxiliary: Callable[[Sequence[str], int], bool]
    is_verb: Callable[[Sequence[str], int], bool]
    is_participle: Callable[[Sequence[str], int], bool]
    is_negated: Callable[[Sequence[str], int], bool]
    relation: Callable[[Surroundings], Relation]
    verb_last: bool
    free_order: bool
    noun_first: bool
    declines: bool
    deputy_last: bool
    title_case: bool
    breaks: re.Pattern[str]
    ends_clause: re.Pattern[str]
    relative: re.Pattern[str]
    joins: re.Pattern[str]
    of_country: str
    of_town: str
    listing: re.Pattern[str]
    owned: re.Pattern[str] | None
    object_pronoun: re.Pattern[str]
    subject_pronoun: re.Pattern[str]
    asides: re.Pattern[str]
    gap: re.Pattern[str]
    plural_office: re.Pattern[str]
    away_before: re.Pattern[str]
    away_form: re.Pattern[str]
    genitive: re.Pattern[str]
    locative: re.Pattern[str]
    inside_before: re.Pattern[str]
    inside_after: re.Pattern[str]
    near: re.Pattern[str]
    in_year: re.Pattern[str]
    reference_before: re.Pattern[str]
    reference_own: re.Pattern[str]
    reference_after: re.Pattern[str]

    def titled(self, title: str) -> tuple[str, str] | None:
        """Return the first office of a title as printed and in its nominative, where the language declines it."""
        return ru.office_of(title) if self.lang == "ru" else None

    def is_reference(self, before: str, own: str, after: str) -> bool:
        """Tell whether an event noun only points to a meeting: "during the meeting", "görüşdə", "на встрече"."""
        return bool(
            self.reference_before.search(before) or self.reference_own.search(own) or self.reference_after.match(after)
        )


_ARTICLES: Final = frozenset(["the", "a", "an", "his", "her", "their", "its", "both", "visiting", "fellow"])
PLACING: Final = re.compile(r"\b(?:on|in|at|the|в|на|во)$")
"""A preposition or an article that opens the words of a day or a town."""
_NEVER: Final = re.compile(r"(?!)")
_HOUSE: Final = re.compile(r"\b[Ww]ith\s+(?:the\s+)?(?:[A-Z][\w&-]+\s+){1,2}$")
"""The house somebody serves, before his office: "with ASELSAN chief X"."""


def _english(at: Surroundings) -> Relation:
    if at.after.startswith(("'s", "’s")) or at.printed.endswith(("'s", "’s")):
        return "owner"
    before = at.before[-60:].lower()
    word, tail = _last_word(before)
    while word in _ARTICLES and tail.isspace():
        before = before[: len(before) - len(tail) - len(word)]
        word, tail = _last_word(before)
    if "," in tail:
        return "core"
    house = _HOUSE.search(at.before)
    return "with" if house else en.PREPOSITIONS.get(word, "core")


def _last_word(text: str) -> tuple[str, str]:
    """Return the last word of a text and the marks and blanks behind it."""
    end = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
    start = end
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start:end], text[end:]


def _azerbaijani(at: Surroundings) -> Relation:
    following = lower(at.after.lstrip(" ,")[:16], "az").split(" ")[0].strip(".,;:")
    if following in az.AFTER and not at.after.startswith(","):
        return az.AFTER[following]
    word, bare = lower(at.printed, "az"), lower(at.nominative, "az")
    if word == bare:
        return "core"
    ending = word[len(bare) :] if word.startswith(bare) else word[-3:]
    return next((relation for relation, pattern in az.ENDINGS if pattern.search("x" + ending)), "core")


def _russian(at: Surroundings) -> Relation:
    word, tail = _last_word(at.before[-40:].lower())
    preposition = None if tail.strip() else ru.PREPOSITIONS.get(word)
    case = ru.case_of(at.printed, at.nominative)
    if preposition == "with" and case in {"core", "of"}:
        return "from"
    return preposition or case


def of(lang: Lang) -> Grammar:
    """Return the grammar of a language."""
    return _GRAMMARS[lang]


def _no(_words: Sequence[str], _at: int) -> bool:
    return False


_GRAMMARS: Final[Mapping[Lang, Grammar]] = {
    "en": Grammar(
        lang="en",
        tense=en.tense,
        is_passive=en.is_passive,
        is_noun=en.is_noun,
        is_noun_by_context=en.is_noun_by_context,
        is_auxiliary=en.is_auxiliary,
        is_verb=en.is_verb,
        is_participle=_no,
        is_negated=en.is_negated,
        relation=_english,
        verb_last=False,
        free_order=False,
        noun_first=False,
        declines=False,
        deputy_last=False,
        title_case=True,
        relative=re.compile(r"^,?\s*(?:that|which)\b"),
        ends_clause=_NEVER,
        breaks=re.compile(
            r"[;:]|[“”\"«»]|\b(?:who|whom|which|where|that|while|after|before|when|because|although|as|but|whose"
            r"|since)\b"
        ),
        of_country=r"(?:of|from|for)\s+(?:the\s+)?",
        of_town=" from ",
        joins=re.compile(
            r"\s*(?:,|,?\s*\b(?:and|as well as|together with|along with|&)\b)\s*(?:(?:the|his|her|its|also|both"
            r"|the country's)\s+)?"
        ),
        listing=re.compile(r"\s*(?:,|,?\s*\band\b)\s*(?:the\s+)?(?:Republic of\s+)?"),
        gap=_NEVER,
        asides=re.compile(r",\s(?:who|which|where|whose|whom)\b[^,;]*,"),
        owned=re.compile(r"(?:\s+(?!(?:to|in|at|with|on|by|into|visiting)\b)[\w'’-]+){0,3}\s+(?:the\s+)?"),
        subject_pronoun=re.compile(
            r"(?:^|[,;:.]\s*|\b(?:where|when|and|that|as)\s+(?:\w+\s+){0,4})(?:he|she)\s+(?:\w+\s+){0,2}$"
        ),
        object_pronoun=re.compile(r"\s+(?:him|her|them|it|us)\b(?!\s+\w+s\b)"),
        plural_office=re.compile(
            r"(?:ministers|chiefs|commanders|heads|attach[eé]s|ambassadors|secretaries|leaders)", re.IGNORECASE
        ),
        away_before=re.compile(r"\b(?:to|in)(?: the| Republic of)?\s*$", re.IGNORECASE),
        away_form=_NEVER,
        genitive=_NEVER,
        locative=_NEVER,
        inside_before=re.compile(
            r"\b(?:at|in|inside|to|visit(?:s|ed|ing)?)\s+(?:the\s+)?(?:building\s+of\s+(?:the\s+)?|[\w’']+\s+)?$"
        ),
        inside_after=_NEVER,
        near=re.compile(r"\b(?:near|outside) $"),
        in_year=re.compile(r"\b(?:[Ii]n|[Bb]ack in|of)\s+(?:\w+\s+)?(?P<year>(?:19|20)\d\d)\b(?![-–/])"),
        reference_before=re.compile(
            r"(?:\b(?:during|at|in|after|before|following|throughout|in the course of|at the end of|on the eve of"
            r"|ahead of|within)\s+(?:the|this|these|that|their|his|an?|its)?\s*(?:[\w-]+\s+){0,2})$"
        ),
        reference_own=_NEVER,
        reference_after=_NEVER,
    ),
    "az": Grammar(
        lang="az",
        tense=az.tense,
        is_passive=az.is_passive,
        is_noun=az.is_noun,
        is_noun_by_context=az.is_noun_by_context,
        is_auxiliary=az.is_auxiliary,
        is_verb=az.is_verb,
        is_participle=az.is_participle,
        is_negated=az.is_negated,
        relation=_azerbaijani,
        verb_last=True,
        free_order=True,
        noun_first=False,
        declines=True,
        deputy_last=True,
        title_case=False,
        relative=_NEVER,
        ends_clause=re.compile(r"\s*(?:[.,;:!?»”\"]|$|(?:və|ki|amma|lakin)\b)"),
        breaks=re.compile(r"[;:]|[“”\"«»]|\b(?:ki|isə|amma|lakin|çünki)\b"),
        of_country=r"(?!)",
        of_town="",
        joins=re.compile(r"\s*(?:,|\b(?:və|ilə|habelə|həmçinin|eləcə də)\b)\s*(?:onun|də|da)?\s*"),
        listing=re.compile(r"\s*(?:,|\bvə\b)\s*"),
        gap=re.compile(r"(?:\S+\s+){1,3}isə\b"),
        asides=_NEVER,
        owned=None,
        subject_pronoun=re.compile(r"(?:^|[,;:.]\s*)o(?:nlar)?\s"),
        object_pronoun=_NEVER,
        plural_office=re.compile(r"(?:nazir|rəis|komandan|attaşe|səfir|başçı|rəhbər|katib)l[aə]r", re.IGNORECASE),
        away_before=_NEVER,
        genitive=re.compile(r"\w{3,}[ıiuü]n$"),
        locative=re.compile(r"d[aə](?:k[ıi])?$"),
        away_form=re.compile(r"d[aə](?:k[ıi])?$|(?:[nsy]?[aə])$"),
        inside_before=_NEVER,
        inside_after=re.compile(r"\s(?:inzibati\s)?(?:binasında|binasına|qərargahında|mərkəzində|iqamətgahında)\b"),
        near=re.compile(r"(?!)"),
        in_year=re.compile(r"\b(?P<year>(?:19|20)\d\d)[-–]\w{2,3}\s+il(?:də|in\s+\w+|lərdə)?\b"),
        reference_before=_NEVER,
        reference_own=re.compile(r"(?:[dt][aə](?:n)?|ndə|nda|ndan|ndən)$"),
        reference_after=re.compile(
            r"\s+(?:zamanı|əsnasında|müddətində|gedişində|çərçivəsində|sonra|əvvəl|sonunda|yekunu)"
        ),
    ),
    "ru": Grammar(
        lang="ru",
        tense=ru.tense,
        is_passive=ru.is_passive,
        is_noun=ru.is_noun,
        is_noun_by_context=ru.is_noun_by_context,
        is_auxiliary=ru.is_auxiliary,
        is_verb=ru.is_verb,
        is_participle=ru.is_participle,
        is_negated=ru.is_negated,
        relation=_russian,
        verb_last=False,
        free_order=True,
        noun_first=True,
        declines=True,
        deputy_last=False,
        title_case=False,
        relative=re.compile(r"^,?\s*котор\w+"),
        ends_clause=_NEVER,
        breaks=re.compile(r"[;:]|[“”\"«»]|\b(?:котор\w+|где|когда|что|чтобы|пока|после|перед|хотя|однако|а|но|как)\b"),
        of_country=r"(?:из|от)\s+",
        of_town=" из ",
        joins=re.compile(r"\s*(?:,|,?\s*\b(?:и|а также|вместе с|с)\b)\s*(?:его|также)?\s*"),
        listing=re.compile(r"\s*(?:,|\bи\b)\s*"),
        gap=re.compile(r",\s*а\s+(?:\S+\s+){0,2}\S+"),
        asides=re.compile(
            r",\s(?:котор(?:ый|ая|ые)|\w+(?:вш|ющ|ящ|нн)(?:ий|ый|ая|ие|ые|его|ого|ему|ому|им|ым|ей|ой)(?:ся)?)\b[^,;]*,"
        ),
        owned=re.compile(r"(?:\s+(?!(?:в|во|на|с|со|к|по)\s)[\w-]+){0,3}\s+"),
        subject_pronoun=re.compile(r"(?:^|[,;:.]\s*|\b(?:где|когда|и)\s+(?:\w+\s+){0,3})он[аи]?\s+(?:\w+\s+){0,3}$"),
        object_pronoun=_NEVER,
        plural_office=re.compile(
            r"руководител(?:и|ей)|министр(?:ы|ов|ами|ам)|начальник(?:и|ов|ами)|глав(?:ы|ами)?\b|командующи[ех]|секретар(?:и|ей)"
            r"|(?:ые|ых|ыми)\s+атташе|посл(?:ы|ов)",
            re.IGNORECASE,
        ),
        away_before=re.compile(r"\b(?:в|во|на|из)(?: Республике)?\s*$", re.IGNORECASE),
        away_form=_NEVER,
        genitive=_NEVER,
        locative=_NEVER,
        inside_before=re.compile(r"\b(?:(?:в|у)\s+здани[июея]|посети(?:л|ла|ли))\s+(?:\w+\s+)?$"),
        inside_after=_NEVER,
        near=re.compile(r"\b(?:близ|возле) $"),
        in_year=re.compile(
            r"\b(?:в(?:\s+\w+)?|осенью|весной|летом|зимой)\s+(?P<year>(?:19|20)\d\d)(?:[-–]м)?\s+году?\b", re.IGNORECASE
        ),
        reference_before=re.compile(
            r"(?:\b(?:в ходе|во время|к|на|в|по итогам|после|до|перед|в рамках|накануне|при|по окончании"
            r"|по завершении)\s+(?:[\w-]+\s+){0,2})$"
        ),
        reference_own=_NEVER,
        reference_after=_NEVER,
    ),
}
