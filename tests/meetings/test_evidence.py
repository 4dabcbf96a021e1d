"""What joins two reports and what keeps them apart, and how it is told."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from crawler.items import Agreement, Evidence, MentionedPerson
from crawler.knowledge import table
from crawler.meetings.evidence import heaviest, threshold, weigh
from crawler.meetings.explain import why_apart, why_together
from crawler.meetings.resolver import resolve
from tests.meetings.making import CHIEF, GUEST, MINISTER, OTHER_GUEST, PRESIDENT, people, report

DAY = {"published": "2026-03-04", "date": "2026-03-04"}
COPIED = " ".join(f"word{n} of the report on the talks in the ministry" for n in range(8))
CALL = {"kind": "call", "evidence": (Evidence(field="kind", rule="call"),)}
AMBASSADOR = ("Pavel Zelinka", "ambassador", "PL")
NORWEGIAN = ("Lars Haugen", "minister_of_defence", "NO")
IN_PERSON = {"evidence": (Evidence(field="place", rule="town with weight 7"),)}


def yearless(text: str, rule: str = "yearless") -> dict[str, object]:
    return {"evidence": (Evidence(field="date", rule=rule, words=text),)}


def relative(published: str, date: str, words: str = "today") -> dict[str, object]:
    told = (Evidence(field="date", rule="stated with the meeting", words=words),)
    return {"published": published, "date": dt.date.fromisoformat(date), "date_source": "relative", "evidence": told}


def told(url: str, **values: object):
    """Return a report whose day is relative to its publication."""
    day = values.pop("date")
    return report(url, date=day.isoformat(), **values)  # type: ignore[union-attr]


JOINED = [
    ("weighed-evidence", report("a.az/1", **DAY), report("b.az/1", lang="ru", **DAY)),
    ("weighed-evidence", report("a.az/1", **DAY), report("b.az/1", lang="az", published="2026-03-05")),
    ("weighed-evidence", report("a.az/1", published="2026-03-04"), report("b.az/1", lang="az", published="2026-03-05")),
    ("page-alternates", report("a.az/1", **DAY), report("a.az/az/1", lang="az", alternates=("a.az/1",), **DAY)),
    (
        "page-alternates",
        report("a.az/1", headline="Ministers of two states meet", **DAY),
        report("urn:sha256:1", outlet="a.az", lang="az", alternates=(("en", "Ministers of Two States meet"),), **DAY),
    ),
    (
        "syndicated-copy",
        report("a.az/1", text=COPIED, published="2026-03-04"),
        report("menafn.com/1", text=COPIED + " copied", who=(), countries=("AZ", "PL"), published="2026-03-06"),
    ),
    (
        "syndicated-copy",  # a copy cannot contradict its original, whatever day its clock makes of "today"
        told("a.az/1", text=COPIED, **relative("2026-03-04", "2026-03-04")),
        told("menafn.com/1", text=COPIED, **relative("2026-03-06", "2026-03-06")),
    ),
    (
        "weighed-evidence",  # announced and held
        report("a.az/1", published="2026-03-01", date="2026-03-04", status="announced"),
        report("b.az/1", **DAY),
    ),
    (
        "weighed-evidence",  # a visit of several days and its talks
        report("a.az/1", published="2026-03-03", date="2026-03-03", kind="visit", date_end=dt.date(2026, 3, 5)),
        report("b.az/1", **DAY),
    ),
    (
        "weighed-evidence",  # nobody of the other side is named in one of them
        report("a.az/1", **DAY),
        report("b.az/1", who=(MINISTER,), countries=("AZ", "PL"), **DAY),
    ),
    (
        "weighed-evidence",  # one kind misread
        report("a.az/1", lang="az", evidence=(Evidence(field="kind", rule="two parties"),), **DAY),
        report("b.az/1", **CALL, **DAY),
    ),
    (
        "weighed-evidence",  # a guest spelled by ear, whose office nobody else holds
        report("a.az/1", **DAY),
        report("b.az/1", lang="ru", who=(MINISTER, ("Мирек Дамбрауска", "minister_of_defence", "PL")), **DAY),
    ),
    (
        "weighed-evidence",  # without a day, in a town where few meetings are
        report("a.az/1", city="Shaki", **DAY),
        report("b.az/1", lang="ru", city="Shaki"),
    ),
    (
        "weighed-evidence",  # without a day, the same agreement
        report("a.az/1", agreements=(Agreement(kind="plan", title="Plan for 2027", year=2027),), **DAY),
        report("b.az/1", lang="az", agreements=(Agreement(kind="plan", title="2027 planı", year=2027),)),
    ),
    ("weighed-evidence", report("a.az/1", **DAY), report("b.az/1", lang="ru", **yearless("4 марта --03-04"))),
    (
        "weighed-evidence",
        report("a.az/1", published="2026-03-03", date="2026-03-03"),
        report("b.az/1", lang="ru", **yearless("--03-04", "dateline-yearless")),
    ),
    (
        "weighed-evidence",  # "today" of a version written past midnight
        told("a.az/1", **relative("2026-03-04", "2026-03-04")),
        told("b.az/1", lang="ru", **relative("2026-03-05", "2026-03-05", "сегодня")),
    ),
    (
        "weighed-evidence",  # a joint body of which both name nobody, in a town where few meetings are
        report("a.az/1", who=(), countries=("AZ", "PL"), city="Shaki", agreements=(Agreement(kind="plan", title="P"),)),
        report(
            "b.az/1",
            lang="ru",
            who=(),
            countries=("AZ", "PL"),
            city="Shaki",
            agreements=(Agreement(kind="plan", title="План"),),
        ),
    ),
]


@pytest.mark.parametrize(("rule", "a", "b"), JOINED)
def test_joins(rule, a, b):
    assert weigh(a, b) == weigh(b, a)
    (cluster,) = resolve([b, a])
    assert cluster.id == min((a, b), key=lambda one: one.order).id
    assert [reason.rule for reason in why_together([a, b])] == ["first-report", rule]


APART = [
    ("other stated days", report("a.az/1", **DAY), report("b.az/1", published="2026-03-05", date="2026-03-05")),
    ("other stated days", report("a.az/1", **DAY), report("b.az/1", **yearless("--03-05"))),
    (
        "other stated days",  # weekdays are what they are
        told("a.az/1", **relative("2026-03-05", "2026-03-04", "on Wednesday")),
        told("b.az/1", lang="ru", **relative("2026-03-05", "2026-03-05", "в четверг")),
    ),
    ("a call and a meeting in person", report("a.az/1", **IN_PERSON, **DAY), report("b.az/1", **CALL, **DAY)),
    (
        "two sides against several",
        report("a.az/1", **DAY),
        report("b.az/1", kind="multilateral", who=(MINISTER, GUEST, OTHER_GUEST), **DAY),
    ),
    ("two meetings of one article", report("a.az/1", **DAY), report("a.az/1", index=1, **DAY)),
    ("", report("a.az/1", **DAY), report("b.az/1", published="2026-03-09")),
    ("", report("a.az/1", **DAY), report("b.az/1", kind="internal", who=(MINISTER,), countries=("AZ",), **DAY)),
    ("", report("a.az/1", **DAY), report("b.az/1", who=(CHIEF, GUEST), **DAY)),
    ("", report("a.az/1", **DAY), report("b.az/1", who=(PRESIDENT, GUEST), **DAY)),
    ("", report("a.az/1", **DAY), report("b.az/1", who=(MINISTER, OTHER_GUEST), **DAY)),
    (
        "",  # two guests of one country
        report("a.az/1", **DAY),
        report("b.az/1", who=(MINISTER, AMBASSADOR), **DAY),
    ),
    (
        "",  # the minister, and an ambassador without a name
        report("a.az/1", **DAY),
        report(
            "b.az/1",
            people=(*people(MINISTER), MentionedPerson(name=None, lang="en", post="ambassador", country="PL")),
            **DAY,
        ),
    ),
    (
        "",  # a departure, and the talks
        report("a.az/1", published="2026-03-04"),
        report("b.az/1", lang="az", kind="visit", who=(MINISTER,), countries=("AZ", "PL"), published="2026-03-04"),
    ),
    (
        "",  # one release filled in for two guests of two countries
        report("a.az/1", text=COPIED + " with Marek Dubrovski of Poland about exercises and training", **DAY),
        report("a.az/2", text=COPIED + " with Lars Haugen of Norway about hospitals", who=(MINISTER, NORWEGIAN), **DAY),
    ),
    (
        "",  # the same of two delegations without a name
        report("a.az/1", text=COPIED + " with a delegation of Poland", who=(MINISTER,), countries=("AZ", "PL"), **DAY),
        report("a.az/2", text=COPIED + " with one of Norway's", who=(MINISTER,), countries=("AZ", "NO"), **DAY),
    ),
    (
        "",  # the same of two guests of one country
        report("a.az/1", text=COPIED + " with the minister about exercises and training", **DAY),
        report("a.az/2", text=COPIED + " with the ambassador", who=(MINISTER, AMBASSADOR), **DAY),
    ),
    ("", report("a.az/1", parts="hg"), report("b.az/1", parts="gh")),
    (
        "",  # two meetings of people who meet all the time, of which one has no day
        report("a.az/1", who=(MINISTER, ("Orhan Kaya", "minister_of_defence", "TR")), city="Baku", **DAY),
        report("b.az/1", lang="ru", who=(MINISTER, ("Орхан Кая", "minister_of_defence", "TR")), city="Baku"),
    ),
]


@pytest.mark.parametrize(("veto", "a", "b"), APART)
def test_keeps_apart(veto, a, b):
    evidence = weigh(a, b)
    assert weigh(b, a) == evidence
    assert (evidence.veto or "").startswith(veto)
    assert bool(veto) == bool(evidence.veto)
    assert len(resolve([a, b])) == 2


def test_a_weight_is_the_logarithm_of_a_ratio_of_rates():
    (term,) = [term for term in weigh(*JOINED[0][1:]).terms if term.comparison == "home"]
    level = table("evidence")["home"]["same"]
    assert term.weight == math.log(level["one"] / level["two"])


def test_every_level_has_rates_and_a_reason():
    comparisons = {name: levels for name, levels in table("evidence").items() if isinstance(levels, dict)}
    for name in comparisons.keys() - {"rates", "towns"}:
        for level in comparisons[name].values():
            assert level.keys() == {"one", "two", "why"}
            assert 0 < level["one"] <= 1
            assert 0 < level["two"] <= 1
        assert heaviest(name)[1] >= 0


def test_the_rarer_two_meet_the_likelier_an_open_day_is_that_of_a_known_meeting():
    def open_day(country):
        guest = ("Orhan Kaya", "minister_of_defence", country)
        return weigh(report("a.az/1", who=(MINISTER, guest), **DAY), report("b.az/1", lang="ru", who=(MINISTER, guest)))

    assert open_day("MN").weight > open_day("GE").weight > open_day("TR").weight


# --- how it is told ---


def test_the_record_tells_the_heaviest_terms_and_their_sum():
    a, b = report("a.az/1", **DAY), report("b.az/1", lang="ru", **DAY)
    (_, joined) = why_together([a, b])
    assert "both name Elman Guliyev +1.1; " in joined.detail
    assert "the same day (2026-03-04) +1.2; " in joined.detail
    assert joined.detail.endswith(f"sum {weigh(a, b).weight:.1f}, needs {threshold():g}")


def test_two_meetings_are_told_apart_term_by_term():
    a, b = report("a.az/1", lang="az", **DAY), report("b.az/1", who=(MINISTER,), countries=("AZ", "PL"))
    reasons = why_apart([a], [b])
    assert {reason.rule for reason in reasons} >= {"home", "abroad", "parties", "day", "kind", "rate", "sum"}
    assert reasons[-2].detail.startswith(f"{weigh(a, b).weight:.1f}, needs 2")
    assert "day" in reasons[-1].detail
    assert reasons[-1].rule == "would join"
    assert {(reason.report, reason.other) for reason in reasons} == {("https://a.az/1", "https://b.az/1")}


def test_what_forbids_is_told():
    a, b = report("a.az/1", **DAY), report("b.az/1", published="2026-03-05", date="2026-03-05")
    assert [r.detail for r in why_apart([a], [b]) if r.rule == "forbidden"] == [
        "other stated days: 2026-03-04 against 2026-03-05"
    ]


# --- groups ---


def together(*reports):
    return {frozenset(r.url for r in cluster.reports) for cluster in resolve(reports)}


@pytest.mark.parametrize(
    "b",
    [
        report("b.az/1", who=(), countries=("AZ", "PL"), published="2026-03-09"),  # nobody named, another day
        report("b.az/1", who=(MINISTER,), countries=("AZ", "PL"), lang="ru"),  # no day, no guest
    ],
)
def test_too_little_agreement_joins_nothing(b):
    assert len(resolve([report("a.az/1", lang="az", **DAY), b])) == 2


def test_offices_alone_join_where_nothing_speaks_against():
    offices = tuple(MentionedPerson(name=None, lang="ru", post="minister_of_defence", country=c) for c in ("AZ", "PL"))
    nameless = report("c.az/1", lang="ru", people=offices, **DAY)
    minister = report("a.az/1", **DAY)
    chief = report("b.az/1", who=(CHIEF, ("Piotr Nowik", "chief_of_general_staff", "PL")), **DAY)
    assert together(nameless, chief, minister) == {
        frozenset({minister.url, nameless.url}),
        frozenset({chief.url}),
    }


def test_undated_report_that_fits_two_meetings_joins_neither():
    first = report("a.az/1", city="Shaki", **DAY)
    second = report("b.az/1", city="Shaki", published="2026-06-04", date="2026-06-04")
    assert len(resolve([first, second, report("c.az/1", lang="ru", city="Shaki")])) == 3


def test_soft_report_goes_to_the_nearer_of_two_meetings():
    first = report("a.az/1", **DAY)
    second = report("b.az/1", lang="ru", published="2026-03-06", date="2026-03-06")
    late = report("c.az/1", lang="az", published="2026-03-06")
    assert together(late, second, first) == {frozenset({first.url}), frozenset({second.url, late.url})}


def test_two_meetings_of_one_article_stay_two():
    a = report("a.az/1", **DAY)
    b = report("a.az/1", index=1, who=(MINISTER, OTHER_GUEST), **DAY)
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
    c = report("a.az/ru/1", lang="ru", alternates=("a.az/1",), **DAY)
    assert len(resolve([a, b, c, report("b.az/1", **DAY)])) == 1


def test_a_misread_day_stays_with_its_story():
    a = report("a.az/1", **DAY)
    b = report("a.az/az/1", lang="az", alternates=("a.az/1",), published="2026-03-04", date="2026-03-05")
    assert len(resolve([a, b])) == 1


def test_a_copy_is_held_against_its_own_original():
    texts = [f"{COPIED} {end}" for end in ("and of a plan for exercises", "and of a hospital for veterans")]
    first, second = (report(f"a.az/{n}", text=text, **DAY) for n, text in enumerate(texts))
    other = report("c.az/1", text=texts[1], who=(CHIEF, OTHER_GUEST), outlet="a.az", **DAY)
    copy = report("menafn.com/1", text=texts[1] + " x", who=(), countries=("AZ",), published="2026-03-05")
    assert frozenset({other.url, copy.url}) in together(first, other, copy)
    assert len(together(first, second, copy)) == 1


def test_an_outlet_that_only_copies_never_founds_a_meeting_of_others():
    own = report("a.az/1", text=COPIED, published="2026-03-04T14:00", date="2026-03-04")
    copy = report("menafn.com/1", text=COPIED, published="2026-03-04T08:00", date="2026-03-04")
    (cluster,) = resolve([copy, own])
    assert cluster.id == own.id


@pytest.mark.parametrize("number", [30])
def test_many_copies_of_one_text_are_one_meeting(number):
    own = report("a.az/1", text=COPIED, **DAY)
    copies = [report(f"menafn.com/{n}", text=f"{COPIED} note {n}", published="2026-03-05") for n in range(number)]
    (cluster,) = resolve([*copies, own])
    assert {joined.rule for joined in cluster.joined} == {"first-report", "syndicated-copy"}
    assert {joined.other for joined in cluster.joined} == {None, own}
