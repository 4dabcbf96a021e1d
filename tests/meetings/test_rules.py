from __future__ import annotations

import datetime as dt

import pytest

from crawler.items import Agreement, Evidence, MentionedPerson
from crawler.meetings.contradictions import compare
from crawler.meetings.explain import why_apart, why_together
from crawler.meetings.resolver import resolve
from crawler.meetings.rules import link
from tests.meetings.making import CHIEF, GUEST, MINISTER, OTHER_GUEST, PRESIDENT, people, report

DAY = {"published": "2026-03-04", "date": "2026-03-04"}
COPIED = " ".join(f"word{n} of the report on the talks in the ministry" for n in range(8))


def yearless(text: str, rule: str = "yearless") -> dict[str, object]:
    return {"evidence": (Evidence(field="date", rule=rule, words=text),)}


JOINED = [
    ("same-day-same-people", report("a.az/1", **DAY), report("b.az/1", lang="ru", **DAY)),
    ("same-day-same-people", report("a.az/1", **DAY), report("b.az/1", lang="az", published="2026-03-05")),
    ("same-day-same-people", report("a.az/1", published="2026-03-04"), report("b.az/1", published="2026-03-06")),
    ("page-alternates", report("a.az/1", **DAY), report("a.az/az/1", lang="az", alternates=("a.az/1",), **DAY)),
    (
        "page-alternates",
        report("a.az/1", headline="Ministers of two states meet", **DAY),
        report("urn:sha256:1", outlet="a.az", lang="az", alternates=(("en", "Ministers of Two States meet"),), **DAY),
    ),
    (
        "syndicated-copy",
        report("a.az/1", text=COPIED, published="2026-03-04"),
        report("b.az/1", text=COPIED + " copied", who=(), countries=("AZ", "PL"), published="2026-03-06"),
    ),
    (
        "announcement-and-report",
        report("a.az/1", published="2026-03-01", date="2026-03-04", status="announced"),
        report("b.az/1", **DAY),
    ),
    (
        "announcement-and-report",
        report("a.az/1", published="2026-03-01", status="announced"),
        report("b.az/1", **DAY),
    ),
    (
        "visit-and-its-parts",
        report("a.az/1", published="2026-03-03", date="2026-03-03", kind="visit", date_end=dt.date(2026, 3, 5)),
        report("b.az/1", **DAY),
    ),
    (
        "same-day-same-parties",
        report("a.az/1", **DAY),
        report("b.az/1", who=(MINISTER,), countries=("AZ", "PL"), **DAY),
    ),
    (
        "undated-same-people",
        report("a.az/1", city="Shaki", **DAY),
        report("b.az/1", lang="ru", city="Shaki"),
    ),
    (
        "undated-same-people",
        report("a.az/1", agreements=(Agreement(kind="plan", title="Plan for 2027", year=2027),), **DAY),
        report("b.az/1", lang="az", agreements=(Agreement(kind="plan", title="2027 planı", year=2027),)),
    ),
    ("yearless-same-people", report("a.az/1", **DAY), report("b.az/1", lang="ru", **yearless("4 марта --03-04"))),
    (
        "yearless-same-people",
        report("a.az/1", published="2026-03-03", date="2026-03-03"),
        report("b.az/1", lang="ru", **yearless("--03-04", "dateline-yearless")),
    ),
]


@pytest.mark.parametrize(("rule", "a", "b"), JOINED)
def test_joins(rule, a, b):
    found = link(a, b)
    assert found is not None
    assert found.rule == rule
    assert link(b, a) == found
    (cluster,) = resolve([b, a])
    assert cluster.id == a.id if a.order < b.order else b.id
    reasons = why_together([a, b])
    assert [reason.rule for reason in reasons] == ["first-report", rule]


APART = [
    ("other-stated-day", report("a.az/1", **DAY), report("b.az/1", published="2026-03-05", date="2026-03-05")),
    ("outside-the-days-of-publication", report("a.az/1", **DAY), report("b.az/1", published="2026-03-09")),
    ("other-stated-day", report("a.az/1", **DAY), report("b.az/1", **yearless("--03-05"))),
    ("call-against-in-person", report("a.az/1", **DAY), report("b.az/1", kind="call", **DAY)),
    ("internal-against-others", report("a.az/1", **DAY), report("b.az/1", kind="internal", who=(MINISTER,), **DAY)),
    (
        "two-sided-against-three-sided",
        report("a.az/1", **DAY),
        report("b.az/1", kind="multilateral", who=(MINISTER, GUEST, OTHER_GUEST), **DAY),
    ),
    ("disjoint-principals", report("a.az/1", **DAY), report("b.az/1", who=(CHIEF, GUEST), **DAY)),
    ("disjoint-principals", report("a.az/1", **DAY), report("b.az/1", who=(PRESIDENT, GUEST), **DAY)),
    ("another-counterpart", report("a.az/1", **DAY), report("b.az/1", who=(MINISTER, OTHER_GUEST), **DAY)),
    (
        "other-counterpart-person",
        report("a.az/1", **DAY),
        report("b.az/1", who=(MINISTER, ("Pavel Zelinka", "ambassador", "PL")), **DAY),
    ),
    (
        "other-office",
        report("a.az/1", **DAY),
        report(
            "b.az/1",
            people=(
                *people(MINISTER),
                MentionedPerson(name=None, lang="en", post="ambassador", country="PL"),
            ),
            **DAY,
        ),
    ),
    ("cancelled-against-held", report("a.az/1", **DAY), report("b.az/1", status="cancelled", **DAY)),
    (
        "visit-without-the-counterpart",
        report("a.az/1", **DAY),
        report("b.az/1", kind="visit", who=(MINISTER,), countries=("AZ", "PL"), **DAY),
    ),
    ("host-against-guest", report("a.az/1", parts="hg"), report("b.az/1", parts="gh")),
    ("another-place", report("a.az/1", city="Shaki"), report("b.az/1", city="Krakow")),
]


@pytest.mark.parametrize(("name", "a", "b"), APART)
def test_keeps_apart(name, a, b):
    names = [item.name for item in compare(a, b).contradictions]
    assert name in names
    assert sorted(names) == sorted(item.name for item in compare(b, a).contradictions)
    assert len(resolve([a, b])) == 2
    assert name in {reason.rule for reason in why_apart([a], [b])}
    assert all(reason.detail for reason in why_apart([a], [b]))


def test_other_day_in_one_story_is_a_conflict_not_another_meeting():
    a = report("a.az/1", **DAY)
    b = report("a.az/az/1", lang="az", alternates=("a.az/1",), published="2026-03-04", date="2026-03-05")
    assert len(resolve([a, b])) == 1


@pytest.mark.parametrize(
    "b",
    [
        report("b.az/1"),  # the same two people, no day, nothing else in common
        report("b.az/1", who=(), countries=("AZ", "PL"), **DAY),  # nobody named
        report("b.az/1", who=(MINISTER,), countries=("AZ", "PL"), lang="ru"),
    ],
)
def test_too_little_agreement_joins_nothing(b):
    a = report("a.az/1", lang="az", **DAY)
    assert len(resolve([a, b])) == 2
    assert [reason.rule for reason in why_apart([a], [b])] == ["too-little-agreement"]


def test_posts_alone_join_where_nothing_else_fits():
    offices = tuple(MentionedPerson(name=None, lang="ru", post="minister_of_defence", country=c) for c in ("AZ", "PL"))
    nameless = report("c.az/1", lang="ru", people=offices, **DAY)
    minister = report("a.az/1", **DAY)
    chief = report("b.az/1", who=(CHIEF, ("Piotr Nowik", "chief_of_general_staff", "PL")), **DAY)
    together = {frozenset(r.url for r in cluster.reports) for cluster in resolve([nameless, chief, minister])}
    assert together == {frozenset({minister.url, nameless.url}), frozenset({chief.url})}


def test_undated_report_that_fits_two_meetings_joins_neither():
    first = report("a.az/1", city="Shaki", **DAY)
    second = report("b.az/1", city="Shaki", published="2026-06-04", date="2026-06-04")
    undated = report("c.az/1", lang="ru", city="Shaki")
    assert len(resolve([first, second, undated])) == 3


def test_soft_report_goes_to_the_nearer_of_two_meetings():
    first = report("a.az/1", **DAY)
    second = report("b.az/1", lang="ru", published="2026-03-06", date="2026-03-06")
    late = report("c.az/1", lang="az", published="2026-03-06")
    together = {frozenset(r.url for r in cluster.reports) for cluster in resolve([late, second, first])}
    assert together == {frozenset({first.url}), frozenset({second.url, late.url})}


def test_two_meetings_of_one_article_stay_two():
    a = report("a.az/1", **DAY)
    b = report("a.az/1", index=1, **DAY)
    other = report("b.az/1", **DAY)
    assert sorted(len(cluster.reports) for cluster in resolve([a, b, other])) == [1, 2]


def test_years_of_frequent_meetings_do_not_chain():
    start = dt.date(2020, 1, 1)
    days = [(start + dt.timedelta(days=3 * n)).isoformat() for n in range(120)]
    reports = [report(f"a.az/{day}", published=day, date=day) for day in days]
    assert len(resolve(reports)) == len(reports)


def test_a_link_read_wrongly_does_not_make_one_story():
    a = report("a.az/1", **DAY)
    b = report("a.az/az/1", lang="az", alternates=("a.az/1",), who=(CHIEF, OTHER_GUEST), **DAY)
    assert len(resolve([a, b])) == 2


def test_one_misread_page_stays_with_its_story():
    a = report("a.az/1", **DAY)
    b = report("a.az/az/1", lang="az", alternates=("a.az/1",), who=(CHIEF, GUEST), **DAY)
    other = report("b.az/1", **DAY)
    assert len(resolve([a, b, other])) == 1
