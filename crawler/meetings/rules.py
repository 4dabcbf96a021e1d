"""The rules by which two reports are held to be one meeting.

A strong rule joins by itself. A weak one only says that two reports fit: the resolver lets it count where nothing
else fits. Points are a plain scale of agreement, its thresholds set on labelled articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crawler.items import Mention
from crawler.meetings.contradictions import DAY_REASONS, Comparison, compare, contradicted
from crawler.meetings.days import EARLY_DAYS, LATE_DAYS
from crawler.meetings.report import Report
from crawler.meetings.similarity import containment, jaccard
from crawler.rules import fires

SAME_TEXT: Final = 0.6
"""Share of common 5-word shingles from which two texts are one (copies keep 0.7 and more, rewrites under 0.2)."""
TEXT_INSIDE: Final = 0.75
ONE_MISREADING: Final = 1
"""Contradictions that two pages of one story may show; with more, the link between them was read wrongly."""
SHORTEST_COPY: Final = 12
"""Shingles a text must have before its standing in another one proves a copy."""
FITS: Final = 3.5
"""Points from which a report without a day fits a meeting that is known by its own day and people."""
SAME_DAY_FITS: Final = 3.5
"""The same where the day is known, but one side is not named."""
ENOUGH: Final = 4
"""Points from which a weak rule joins two reports of which neither is."""


@dataclass(frozen=True, slots=True)
class Link:
    """A rule that joins two reports: ``tier`` orders rules by trust (0 first), ``points`` orders links of one tier."""

    rule: str
    tier: int
    points: float
    strong: bool
    detail: str

    @property
    def rank(self) -> tuple[int, float]:
        """Sort key, the most trusted link first."""
        return (self.tier, -self.points)


def same_story(a: Report, b: Report) -> bool:
    """Return whether one page links the other as its own story in another language."""
    if a.url in b.alternates or b.url in a.alternates:
        return True
    if a.outlet != b.outlet or a.lang == b.lang or _days_apart(a, b) > 1:
        return False
    return (a.headline is not None and a.headline in b.alternate_headlines) or (
        b.headline is not None and b.headline in a.alternate_headlines
    )


def _days_apart(a: Report, b: Report) -> int:
    """Return the days between two publications, 0 where one is unknown."""
    return abs((a.published.day - b.published.day).days) if a.published and b.published else 0


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


def _agreements(a: Mention, b: Mention) -> int:
    mine, theirs = {item.kind for item in a.agreements}, {item.kind for item in b.agreements}
    years = {item.year for item in a.agreements if item.year} & {item.year for item in b.agreements if item.year}
    return (1 if mine & theirs else 0) + (1 if years else 0)


CAPITAL_POINTS: Final = 1
TOWN_POINTS: Final = 2
_USUAL_TOWNS: Final = frozenset(
    {"Baku", "Ankara", "Tbilisi", "Moscow", "Islamabad", "Rawalpindi", "Astana", "Tashkent"}
)
"""Seats of those whom Azerbaijan's defence leadership meets several times a year: to meet there says little."""


def details(a: Report, b: Report) -> tuple[float, str]:
    """Return points for what two reports say alike beyond people, parties and day, and what that is."""
    points, said = 0.0, []
    if a.lang == b.lang:
        shared = jaccard(a.words, b.words, 10**6)
        for bound, worth in ((0.45, 3), (0.3, 2), (0.2, 1)):
            if shared >= bound:
                points += worth
                said.append(f"words {shared:.2f}")
                break
    if marks := set(a.marks) & set(b.marks):
        points += min(len(marks), 2)
        said.append("both say " + ", ".join(sorted(marks)[:3]))
    if signed := _agreements(a.mention, b.mention):
        points += signed
        said.append("the same agreement")
    topics, others = set(a.mention.topics), set(b.mention.topics)
    if common := topics & others:
        points += 1 if len(common) / len(topics | others) >= 1 / 2 else 0.5
        said.append("topics " + ", ".join(sorted(common)[:4]))
    one, other = a.mention.place, b.mention.place
    if one and other and one.city and one.city == other.city:
        points += CAPITAL_POINTS if one.city in _USUAL_TOWNS else TOWN_POINTS
        said.append(one.city)
    elif a.host_country and a.host_country == b.host_country:
        points += 0.5
        said.append(f"host {a.host_country}")
    return points, "; ".join(said)


_PRINCIPALS_DIFFER: Final = "the senior of one side is missing in the other report"


def _same_principal(a: Report, b: Report, found: Comparison) -> bool:
    if not a.home or not b.home:
        return False
    pairs = {(id(one), id(other)) for one, other in found.home}
    return (id(a.home[0]), id(b.home[0])) in pairs or (
        any(one is a.home[0] for one, _ in found.home) and any(other is b.home[0] for _, other in found.home)
    )


def _posts_agree(a: Report, b: Report) -> bool:
    """Return whether an office that one report leaves without a name is held by somebody of the other."""
    offices_a = {(p.country, p.post) for p in a.mention.people if p.post}
    offices_b = {(p.country, p.post) for p in b.mention.people if p.post}
    return bool((a.nameless_posts & offices_b) | (b.nameless_posts & offices_a))


def _known_people(a: Report, b: Report, found: Comparison) -> Link | None:
    """Join by people named on both sides and the day."""
    near = found.days.verdict in {"same", "near"} and a.span.dated and b.span.dated
    kinds = {a.mention.kind, b.mention.kind}
    if not near:
        return None
    alone = kinds == {"internal"} or (kinds == {"multilateral"} and bool(a.counterparts & b.counterparts))
    both = bool(found.home and (found.abroad or alone))
    if not both or not _same_principal(a, b, found):
        return None
    if kinds == {"internal"} and found.days.distance > 0 and details(a, b)[0] < 1:
        return None
    rule = "same-day-same-people"
    if len({a.mention.status, b.mention.status}) > 1:
        rule = "announcement-and-report"
    elif ("visit" in kinds and len(kinds) > 1) or (a.span.first != a.span.last and a.span.firmness == "hard"):
        rule = "visit-and-its-parts"
    if "visit" == a.mention.kind == b.mention.kind and not found.abroad:
        return None
    if found.days.distance > LATE_DAYS + EARLY_DAYS and details(a, b)[0] < 1:
        return None  # an announcement without a day may be of a later meeting of the same people
    points = 10 * (found.days.verdict == "same") - 3 * found.days.distance + details(a, b)[0]
    return Link(rule, 3, points, strong=True, detail=f"{found.days.detail}: {found.names}")


def _fitting_parties(a: Report, b: Report, found: Comparison) -> Link | None:
    """Fit by day and parties where a side is not named in one of the reports, or its senior is missing there."""
    if found.days.verdict not in {"same", "near"} or not (a.counterparts & b.counterparts or found.abroad):
        return None
    more, said = details(a, b)
    equal = a.counterparts == b.counterparts
    points = (2 if equal else 1) + len(found.home[:1]) + 2 * len(found.abroad[:1]) + more
    points += 2 * _posts_agree(a, b) + (found.days.verdict == "same") - found.days.distance
    if found.home and a.home and b.home and not _same_principal(a, b, found):
        points -= 2
        said = "; ".join(filter(None, (said, _PRINCIPALS_DIFFER)))
    if points < SAME_DAY_FITS:
        return None
    detail = f"{found.days.detail}: {', '.join(sorted(a.counterparts & b.counterparts))}; {said}".rstrip("; ")
    return Link("same-day-same-parties", 4, points, strong=False, detail=detail)


def _fitting_undated(a: Report, b: Report, found: Comparison) -> Link | None:
    """Fit by people on both sides and details where the day is not known, or known without its year."""
    more, said = details(a, b)
    kinds = {a.mention.kind, b.mention.kind}
    several = kinds <= {"internal", "multilateral", "visit"} and a.counterparts == b.counterparts
    if (not found.home and len(found.abroad) == 1) or not (found.abroad or several):
        return None
    if kinds == {"internal"} and found.days.verdict != "near":
        return None
    points = len(found.home) + len(found.abroad) + more - (a.counterparts != b.counterparts)
    points += {"near": 3, "possible": 2}.get(found.days.verdict, 0)
    if found.home and not _same_principal(a, b, found):
        points -= 1
    if several and found.days.verdict == "unknown":
        points -= 1
    if points < FITS:
        return None
    rule = "undated-same-people" if found.days.verdict == "unknown" else "yearless-same-people"
    return Link(rule, 5, points, strong=False, detail="; ".join(filter(None, (found.names, found.days.detail, said))))


def link(a: Report, b: Report) -> Link | None:
    """Return the most trusted rule that joins two reports, or None; symmetric in its arguments."""
    if b.order < a.order:
        a, b = b, a
    if a.url == b.url:
        return None  # one article's own mentions are different meetings
    story = same_story(a, b)
    if not story and contradicted(a, b):
        return None
    found = compare(a, b)
    reasons = {item.name for item in found.contradictions}
    alone = a.alone and b.alone
    people = bool(found.home or found.abroad)
    against = len(reasons - DAY_REASONS)
    fits = (alone and against <= ONE_MISREADING) or (not against and (people or a.counterparts == b.counterparts))
    if story and fits and fires("join: page-alternates"):
        return Link("page-alternates", 1, 10.0 - len(reasons), strong=True, detail="one story in several languages")
    if reasons:
        return None
    if (share := copied(a, b)) and (alone or people) and fires("join: syndicated-copy"):
        return Link("syndicated-copy", 2, share, strong=True, detail=f"{share:.0%} of the text")
    for rule in (_known_people, _fitting_parties if a.span.dated and b.span.dated else _fitting_undated):
        if (fitting := rule(a, b, found)) and fires(f"join: {fitting.rule}"):
            return fitting
    return None
