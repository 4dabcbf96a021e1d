"""What must hold for any set of reports: symmetry, order, and that a neighbourhood is enough to resolve a report."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Evidence
from crawler.meetings.blocking import finds
from crawler.meetings.evidence import weigh
from crawler.meetings.overrides import Overrides
from crawler.meetings.resolver import connects, group, neighbourhood, report_keys, resolve
from tests.meetings.making import CHIEF, GUEST, MINISTER, OTHER_GUEST, PRESIDENT, own_text, report

START = dt.date(2026, 3, 1)
PEOPLE = [
    (MINISTER, GUEST),
    (CHIEF, GUEST),
    (PRESIDENT, GUEST),
    (MINISTER, OTHER_GUEST),
    (MINISTER, GUEST, OTHER_GUEST),
    (CHIEF, MINISTER, GUEST),
    (GUEST, OTHER_GUEST),
    (MINISTER,),
    (GUEST,),
    (),
]


@st.composite
def reports(draw, number):
    day = draw(st.integers(0, 12))
    date = (START + dt.timedelta(days=day)).isoformat()
    lang = draw(st.sampled_from(["en", "az", "ru"]))
    values = {
        "lang": lang,
        "who": draw(st.sampled_from(PEOPLE)),
        "kind": draw(st.sampled_from(["bilateral", "bilateral", "multilateral", "internal", "call", "visit"])),
        "status": draw(st.sampled_from(["held", "held", "announced", "cancelled"])),
        "city": draw(st.sampled_from([None, "Baku", "Shaki"])),
        "topics": draw(st.sampled_from([(), ("exercises",), ("exercises", "training")])),
        "text": own_text(draw(st.sampled_from(["one", "two", "three"]))),
        "headline": draw(st.sampled_from([None, "Ministers of two states meet", "Talks held in the capital"])),
        "outlet": draw(st.sampled_from(["a.az", "b.az"])),
        "alternates": draw(st.sampled_from([(), ("a.az/0",), (("en", "Ministers of two states meet"),)])),
    }
    if values["who"] in {(), (MINISTER,)}:
        values["countries"] = draw(st.sampled_from([("AZ",), ("AZ", "PL"), ("AZ", "LV", "PL")]))
    form = draw(st.sampled_from(["stated", "stated", "published", "month", "yearless", "none"]))
    if form in {"stated", "published"}:
        values["published"] = date
        values["date"] = date if form == "stated" else None
    elif form == "month":
        values["published"] = date[:7]
    elif form == "yearless":
        values["evidence"] = (Evidence(field="date", rule="yearless", words=f"-{date[4:]}"),)
    return report(f"a.az/{number}", **values)


@st.composite
def worlds(draw, most=9):
    return [draw(reports(number)) for number in range(draw(st.integers(2, most)))]


def shape(clusters):
    return [(cluster.id, cluster.merged_ids) for cluster in clusters]


@settings(max_examples=60)
@given(worlds())
def test_evidence_is_symmetric(world):
    for a, b in combinations(world, 2):
        assert weigh(a, b) == weigh(b, a)


@settings(max_examples=60)
@given(worlds(), st.randoms(use_true_random=False))
def test_order_does_not_matter(world, random):
    wanted = shape(resolve(world))
    shuffled = list(world)
    random.shuffle(shuffled)
    assert shape(resolve(shuffled)) == wanted
    assert sorted(id_ for id_, merged in wanted for id_ in (id_, *merged)) == sorted(one.id for one in world)


@settings(max_examples=20)
@given(worlds(most=30), st.randoms(use_true_random=False))
def test_order_does_not_matter_in_a_dense_stream(world, random):
    wanted = shape(resolve(world))
    random.shuffle(world)
    assert shape(resolve(world)) == wanted


@settings(max_examples=60)
@given(worlds())
def test_a_neighbourhood_is_enough(world):
    index = [(key, one) for one in world for key in report_keys(one)]

    def find(probes):
        return [o for p in probes for key, o in index if key.name == p.name and p.first <= key.day <= p.last]

    wanted = {id_: cluster.id for cluster in resolve(world) for id_ in (report.id for report in cluster.reports)}
    for one in world:
        for cluster in group(neighbourhood([one], find, Overrides())):
            assert {wanted[other.id] for other in cluster.reports} == {cluster.id}


def pairs(world):
    """Return the pairs whose evidence makes them one meeting.

    Left out are those for which no look-up is bounded: without a day and without people of both sides in common, or
    days apart that no report is late by.
    """
    found = [(a, b, {(term.comparison, term.level) for term in weigh(a, b).terms}) for a, b in combinations(world, 2)]
    return [
        (a, b)
        for a, b, levels in found
        if weigh(a, b).joins
        and any(comparison == "day" and level not in {"far", "past"} for comparison, level in levels)
        and (
            not levels & {("day", "open"), ("day", "month")}
            or (("abroad", "same") in levels and ("home", "other") not in levels)
        )
    ]


@settings(max_examples=60)
@given(worlds())
def test_what_evidence_joins_is_found_from_both_sides(world):
    for a, b in pairs(world):
        told = weigh(a, b)
        assert finds(a, b), told
        assert finds(b, a), told


@settings(max_examples=60)
@given(worlds())
def test_looking_up_connects_what_comparing_all_pairs_does(world):
    near = neighbourhood(world, lambda _: [], Overrides())
    for a, b in pairs(world):
        assert not connects(a, b, Overrides()) or near.connections.connected(a.id, b.id)
