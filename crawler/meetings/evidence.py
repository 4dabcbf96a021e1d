"""What two reports weigh for being of one meeting: one sum of log-likelihood ratios, and the few things that forbid it.

Each comparison finds the level at which two reports agree or differ; ``knowledge/evidence.toml`` holds what a level
weighs and why (Fellegi and Sunter 1969). A pure function of the two reports, and the same either way round.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from crawler.items import MentionedPerson
from crawler.knowledge import table
from crawler.language.folding import SAME_NAME
from crawler.meetings.days import LATE_DAYS, DayRelation, relate
from crawler.meetings.people import HOME, SOLE_OFFICES, Alias, could_be_one, matches, same_full_name
from crawler.meetings.posts import specific
from crawler.meetings.report import Report
from crawler.meetings.similarity import containment, jaccard
from crawler.rules import fires

SAME_TEXT: Final = 0.6
"""Share of common 5-word shingles from which two texts are one (copies keep 0.7 and more, rewrites under 0.2)."""
TEXT_INSIDE: Final = 0.75
SHORTEST_COPY: Final = 12
"""Shingles a text must have before its standing in another one proves a copy."""
WHOLE_TEXT: Final = 0.95
"""Share from which a copy has nothing of its own that could contradict the original."""
WHOLE_COPY: Final = 0.8
"""The same where one stands on an outlet that only copies: a word changed there is no report of its own."""
PAIRS: Final = 32768
"""Pairs of reports of which is remembered what grouping asks again with every report that comes: numbers alone."""
_CLOSE, _ALIKE, _LITTLE = 0.45, 0.3, 0.15
"""Shares of common words of two texts in one language."""
_COMMON_TOPICS: Final = 1 / 2
_NEAR_KINDS: Final = frozenset({"bilateral", "visit", "signing"})
_CALL: Final = "call"


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison: the level found, what it weighs, and the facts in words."""

    comparison: str
    level: str
    weight: float
    words: str

    def __str__(self) -> str:
        return f"{self.words} {self.weight:+.1f}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All terms of a pair, the heaviest first, and what forbids it to be one meeting, if anything does."""

    terms: tuple[Term, ...]
    veto: str | None
    weight: float

    @property
    def joins(self) -> bool:
        """Return whether two reports are one meeting by this evidence alone."""
        return self.veto is None and self.weight >= threshold()

    @property
    def detail(self) -> str:
        """The heaviest terms and the sum, as ``merge_evidence`` tells it."""
        told = [term for term in self.terms if abs(term.weight) >= _WORTH_TELLING][:_MOST_TOLD]
        return f"{'; '.join(map(str, told))}; sum {self.weight:.1f}, needs {threshold():g}"


_WORTH_TELLING: Final = 0.2
_MOST_TOLD: Final = 5


@cache
def threshold() -> float:
    """Return the weight from which two reports are one meeting."""
    return float(table("evidence")["threshold"])


@cache
def margin() -> float:
    """Return by how much the best meeting must lead another one before a report joins it."""
    return float(table("evidence")["margin"])


@cache
def usual_towns() -> frozenset[str]:
    """Return the towns in which so many meetings are that one town says little."""
    return frozenset(table("evidence")["towns"]["usual"])


@cache
def _weight(comparison: str, level: str) -> float:
    entry = table("evidence")[comparison][level]
    return math.log(entry["one"] / entry["two"])


@cache
def heaviest(comparison: str) -> tuple[str, float]:
    """Return the level of a comparison that speaks most for one meeting, and what it weighs."""
    weights = {level: _weight(comparison, level) for level in table("evidence")[comparison]}
    level = max(weights, key=lambda name: weights[name])
    return level, weights[level]


def _rate(a: Report, b: Report, *, named: bool) -> float:
    """Return the meetings a year of those whom both reports have: of the rarest party, and of a person it is named."""
    known = table("evidence")
    shared = (a.counterparts & b.counterparts) or ({HOME} if not a.counterparts and not b.counterparts else set())
    rate = min((known["rates"].get(code, known["default_rate"]) for code in shared), default=known["default_rate"])
    share = known["several_share"] if len(shared) > 1 else known["person_share"] if named else 1
    return float(rate * share)


# --- Texts and pages ---------------------------------------------------------------------------


def _days_apart(a: Report, b: Report) -> int:
    """Return the days between two publications, 0 where one is unknown."""
    return abs((a.published.day - b.published.day).days) if a.published and b.published else 0


@lru_cache(maxsize=PAIRS)
def copied(a: Report, b: Report) -> float:
    """Return how much of one text stands in the other (0..1) if that makes them copies, else 0."""
    if a.lang != b.lang or _days_apart(a, b) > LATE_DAYS:
        return 0.0
    share = jaccard(a.shingles, b.shingles)
    if share >= SAME_TEXT:
        return share
    inside = containment(a.shingles, b.shingles)
    long_enough = min(len(a.shingles), len(b.shingles)) >= SHORTEST_COPY
    return inside if inside >= TEXT_INSIDE and long_enough else 0.0


def same_story(a: Report, b: Report) -> bool:
    """Return whether one page links the other as its own story in another language."""
    if a.url in b.alternates or b.url in a.alternates:
        return True
    if a.outlet != b.outlet or a.lang == b.lang or _days_apart(a, b) > 1:
        return False
    return (a.headline is not None and a.headline in b.alternate_headlines) or (
        b.headline is not None and b.headline in a.alternate_headlines
    )


def repeated(a: Report, b: Report) -> float:
    """Return how much of one text stands in the other if one only repeats the other one, else 0.

    Such a report has nothing to say against its original. Elsewhere releases about two meetings are worded alike.
    """
    if not (a.alone and b.alone):
        return 0.0
    share = copied(a, b)
    return share if share >= (WHOLE_COPY if a.recopied or b.recopied else WHOLE_TEXT) else 0.0


# --- Comparisons -------------------------------------------------------------------------------

_Found = Iterator[tuple[str, str, str]]
"""Comparison, level, words."""


def _spell(people: Sequence[MentionedPerson]) -> str:
    return " and ".join(person.name or "" for person in people) or "nobody"


def _alias_of(a: Report, b: Report) -> Alias:
    declared = {**dict(a.aliases), **dict(b.aliases)}
    return declared.get


def _people(a: Report, b: Report, days: DayRelation) -> _Found:
    alias = _alias_of(a, b)
    home, abroad = matches(a.home, b.home, alias), matches(a.abroad, b.abroad, alias)
    if not a.home or not b.home:
        yield "home", *_unnamed(a, b, home=True)
    else:
        yield "home", *_side(a.home, b.home, home)
    if not a.counterparts and not b.counterparts and not a.abroad and not b.abroad:
        pass  # a meeting at home has no other side
    elif not a.abroad or not b.abroad:
        yield "abroad", *_unnamed(a, b, home=False)
    else:
        yield "abroad", *_guests(a, b, days, abroad)
    for matched in (home, abroad):
        if len(matched) > 1:
            yield "people", "more", f"both name {_spell([one for one, _ in matched])}"


def _side(
    mine: Sequence[MentionedPerson],
    theirs: Sequence[MentionedPerson],
    matched: Sequence[tuple[MentionedPerson, MentionedPerson]],
) -> tuple[str, str]:
    """Return how the people of one side agree; both lists have the most senior first."""
    if matched:
        leading = any(one is mine[0] for one, _ in matched) and any(other is theirs[0] for _, other in matched)
        shared = _spell([matched[0][0]])
        if leading:
            return "same", f"both name {shared}"
        return "shared", f"both name {shared}, under {_spell(mine[:1])} and {_spell(theirs[:1])}"
    for one in mine:
        for other in theirs:
            if could_be_one(one, other):
                return "perhaps", f"{one.name} may be {other.name}"
    return "other", f"{_spell(mine)} against {_spell(theirs)}"


def _guests(
    a: Report, b: Report, days: DayRelation, matched: Sequence[tuple[MentionedPerson, MentionedPerson]]
) -> tuple[str, str]:
    level, words = _side(a.abroad, b.abroad, matched)
    return _unlike_guests(a, b, days) if level == "other" else (level, words)


def _unlike_guests(a: Report, b: Report, days: DayRelation) -> tuple[str, str]:
    """Return how much it says that two reports name other people of the other side.

    On one day an office has one holder, however he is spelled; on another it may be his successor.
    """
    everybody = ((a.abroad, (*b.home, *b.abroad)), (a.home, b.abroad)) if days.near else ()
    for mine, theirs in everybody:
        for one in mine:
            for other in theirs:
                if same_full_name(one, other, SAME_NAME):
                    return "perhaps", f"both name {one.name}, of {one.country} and {other.country}"
    words = f"{_spell(a.abroad)} against {_spell(b.abroad)}"
    if a.mention.kind == b.mention.kind == "multilateral":
        return "several", words
    held = {(one.country, one.post) for one in a.abroad if one.post in SOLE_OFFICES}
    if days.near and held & {(one.country, one.post) for one in b.abroad if one.country}:
        return "holder", words
    return "other", words


def _unnamed(a: Report, b: Report, *, home: bool) -> tuple[str, str]:
    """Return whether the office that one report leaves without a name is held by somebody of the other one."""
    mine, theirs = _offices(a, home=home), _offices(b, home=home)
    if mine and theirs:
        countries = {country for country, _ in mine} & {country for country, _ in theirs}
        if mine & theirs:
            return "office", "the same office, named in one of them"
        if countries:
            posts = " against ".join(", ".join(sorted(post for _, post in one)) for one in (mine, theirs))
            return "other", posts.replace("_", " ")
    side = "Azerbaijan's side" if home else "the other side"
    if (a.home or b.home) if home else (a.abroad or b.abroad):
        return "unnamed", f"nobody of {side} is named in one of them"
    return "nobody", f"nobody of {side} is named"


def _offices(report: Report, *, home: bool) -> set[tuple[str | None, str]]:
    held = [person for person in report.mention.people if (person.country == HOME) is home]
    return {(person.country, post) for person in held if (post := specific(person.post))}


def _parties(a: Report, b: Report, _: DayRelation) -> _Found:
    mine, theirs = a.counterparts, b.counterparts
    if mine == theirs:
        yield "parties", "same", f"the same parties ({', '.join(sorted(mine)) or HOME})"
    elif not mine or not theirs:
        yield "parties", "missing", f"{', '.join(sorted(mine | theirs))} in one of them only"
    else:
        told = f"{', '.join(sorted(mine))} against {', '.join(sorted(theirs))}"
        yield "parties", "overlap" if mine & theirs else "other", told


def _day(_a: Report, _b: Report, days: DayRelation) -> _Found:
    if days.level == "clash":
        return
    words = {
        "same": "the same day",
        "published": "published on one day",
        "next": "a day apart",
        "late": "days of publication apart",
        "far": "days far apart",
        "past": "weeks apart",
        "ahead": "announced for the days before",
        "yearless": "the same day of a year",
        "month": "the same month",
        "open": "no day",
    }[days.level]
    yield "day", days.level, f"{words} ({days.detail})" if days.detail else words


def _kind(a: Report, b: Report, _: DayRelation) -> _Found:
    mine, theirs = a.mention.kind, b.mention.kind
    told = f"{mine} and {theirs}"
    if mine == theirs:
        yield "kind", "same", f"the same kind ({mine})"
    elif "visit" in {mine, theirs} and not (a.abroad and b.abroad):
        yield "kind", "journey", told
    elif {mine, theirs} <= _NEAR_KINDS:
        yield "kind", "near", told
    else:
        yield "kind", "other" if a.kind_stated and b.kind_stated else "assumed", told
    status = {a.mention.status, b.mention.status}
    told = " and ".join(sorted(status))
    if len(status) == 1:
        yield "status", "same", told
    else:
        yield "status", "cancelled" if status == {"cancelled", "held"} else "ahead", told


def _place(a: Report, b: Report, days: DayRelation) -> _Found:
    """Compare host and town.

    On one day the other receptions of a visit are in that town as well, however rare it is; a copy has it anyway.
    """
    if days.level == "clash":
        return
    one, other = a.mention.place, b.mention.place
    if one and other and one.city and one.city == other.city:
        usual = one.city in usual_towns() or days.near or copied(a, b)
        yield "place", "usual" if usual else "rare", f"both in {one.city}"
        return
    hosts = (a.host_country, b.host_country)
    if not all(hosts):
        return
    if hosts[0] != hosts[1]:
        yield "place", "moved" if days.on_one_day else "other", f"in {hosts[0]} against {hosts[1]}"
    elif one and other and one.city and other.city:
        yield "place", "moved" if days.on_one_day else "town", f"{one.city} against {other.city}"
    else:
        yield "place", "country", f"both in {hosts[0]}"


def _texts(a: Report, b: Report, days: DayRelation) -> _Found:
    """Compare what stands in the texts. A copy says the same of everything, so that this counts once."""
    if same_story(a, b):
        yield "story", "linked", "linked as one story in several languages"
    if share := copied(a, b):
        form = _filled_in_twice(a, b, days)
        yield "text", "form" if form else "copy", f"{share:.0%} of the text" + (f", {form}" if form else "")
        return
    if a.lang == b.lang:
        words = jaccard(a.words, b.words, 10**6)
        bounds = ((_CLOSE, "close"), (_ALIKE, "alike"), (_LITTLE, "little"))
        level = next((name for bound, name in bounds if words >= bound), "unlike")
        yield "text", level, f"{words:.0%} of the words"
        if a.headline and a.headline == b.headline:
            yield "headline", "same", "the same headline"
    if marks := sorted({*a.marks} & {*b.marks} - a.counterparts):
        yield "named", "several" if len(marks) > 1 else "one", f"both say {', '.join(marks[:3])}"
    yield from _matters(a, b)


def _filled_in_twice(a: Report, b: Report, days: DayRelation) -> str | None:
    """Return what shows that two texts worded alike are one release filled in for two meetings, if anything does.

    A copy has the names of its original; a ministry words its releases alike and changes the guest.
    """
    if repeated(a, b):
        return None
    abroad = matches(a.abroad, b.abroad, _alias_of(a, b))
    if a.abroad and b.abroad and _guests(a, b, days, abroad)[0] == "other":
        return "with other guests"
    if a.counterparts and b.counterparts and not a.counterparts & b.counterparts and not abroad:
        return "with other parties"
    return None


def _matters(a: Report, b: Report) -> _Found:
    mine, theirs = a.mention.agreements, b.mention.agreements
    if kinds := {one.kind for one in mine} & {one.kind for one in theirs}:
        years = {one.year for one in mine if one.year} & {one.year for one in theirs if one.year}
        yield "agreement", "year" if years else "kind", f"the same {', '.join(sorted(kinds))}"
    topics, others = set(a.mention.topics), set(b.mention.topics)
    if topics and others:
        common = topics & others
        share = len(common) / len(topics | others)
        level = "same" if share >= _COMMON_TOPICS else "some" if common else "other"
        told = ", ".join(sorted(common)[:3]).replace("_", " ")
        yield "topics", level, f"both on {told}" if common else "other topics"


# --- What forbids ------------------------------------------------------------------------------


def _vetoes(a: Report, b: Report, days: DayRelation) -> Iterator[tuple[str, str]]:
    """Yield what keeps two reports apart whatever agrees: its name, and the facts that exclude each other.

    Pages of one story, and copies, have nothing to say against each other: what only one of them says is a misreading.
    """
    if a.url == b.url:
        yield "two meetings of one article", f"{a.mention.index} and {b.mention.index}"
    if (a.alone and b.alone and same_story(a, b)) or repeated(a, b):
        return
    if days.level == "clash":
        yield "other stated days", days.detail
    kinds = {a.mention.kind, b.mention.kind}
    if len(kinds) > 1 and _CALL in kinds and a.form_stated and b.form_stated:
        yield "a call and a meeting in person", f"{a.mention.kind} against {b.mention.kind}"
    if a.many_sided != b.many_sided:
        many, two = (a, b) if a.many_sided else (b, a)
        third = {person.country for person in many.abroad if person.country} - two.counterparts
        if third and two.counterparts < many.counterparts and two.abroad:
            yield "two sides against several", f"{', '.join(sorted(third))} had its own people"


def _veto(a: Report, b: Report, days: DayRelation) -> str | None:
    return next((f"{name}: {why}" for name, why in _vetoes(a, b, days) if fires(f"veto: {name}")), None)


_COMPARISONS: Final[tuple[Callable[[Report, Report, DayRelation], _Found], ...]] = (
    _people,
    _parties,
    _day,
    _kind,
    _place,
    _texts,
)


@lru_cache(maxsize=4096)
def weigh(a: Report, b: Report) -> Evidence:
    """Return what two reports weigh for being of one meeting; the order of the two changes nothing."""
    if b.order < a.order:
        return weigh(b, a)
    days = relate(a.span, b.span)
    found = [term for compare in _COMPARISONS for term in compare(a, b, days)]
    terms = [Term(comparison, level, _weight(comparison, level), words) for comparison, level, words in found]
    if days.window:
        named = any((term.comparison, term.level) == ("abroad", "same") for term in terms)
        rate = _rate(a, b, named=named)
        expected = rate * days.window / 365
        terms.append(Term("rate", "", -math.log1p(expected), f"{rate:.1g} such meetings a year"))
    terms = [term for term in terms if fires(f"evidence: {term.comparison}")]
    terms.sort(key=lambda term: (-abs(term.weight), term.comparison, term.words))
    return Evidence(tuple(terms), _veto(a, b, days), round(math.fsum(term.weight for term in terms), 9))


@lru_cache(maxsize=PAIRS)
def allowed_weight(a: Report, b: Report) -> float | None:
    """Return what two reports weigh, None where something forbids them to be one meeting: all that grouping asks."""
    return None if _veto(a, b, relate(a.span, b.span)) else weigh(a, b).weight
