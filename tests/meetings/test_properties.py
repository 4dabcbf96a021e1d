"""What must hold for any set of reports: symmetry, order, and that a neighbourhood is enough to resolve a report."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Evidence
from crawler.meetings.blocking import finds
from crawler.meetings.contradictions import compare
from crawler.meetings.overrides import Overrides
from crawler.meetings.resolver import group, neighbourhood, report_keys, resolve
from crawler.meetings.rules import link
from tests.meetings.making import CHIEF, GUEST, MINISTER, OTHER_GUEST, PRESIDENT, own_text, report

START = dt.date(2026, 3, 1)
UNDATED_TIER = 5
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


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_links_are_symmetric(world):
    for a in world:
        for b in world:
            if a is not b:
                assert link(a, b) == link(b, a)


@settings(max_examples=60, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_order_does_not_matter(world, random):
    wanted = shape(resolve(world))
    shuffled = list(world)
    random.shuffle(shuffled)
    assert shape(resolve(shuffled)) == wanted
    assert sorted(id_ for id_, merged in wanted for id_ in (id_, *merged)) == sorted(one.id for one in world)


@settings(max_examples=20, deadline=None)
@given(worlds(most=30), st.randoms(use_true_random=False))
def test_order_does_not_matter_in_a_dense_stream(world, random):
    wanted = shape(resolve(world))
    random.shuffle(world)
    assert shape(resolve(world)) == wanted


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_a_neighbourhood_is_enough(world):
    index = [(key, one) for one in world for key in report_keys(one)]

    def find(probes):
        return [o for p in probes for key, o in index if key.name == p.name and p.first <= key.day <= p.last]

    wanted = {id_: cluster.id for cluster in resolve(world) for id_ in (report.id for report in cluster.reports)}
    for one in world:
        for cluster in group(neighbourhood([one], find, Overrides())):
            assert {wanted[other.id] for other in cluster.reports} == {cluster.id}


def links(world):
    """Return the links of all pairs, save of undated reports that share nobody: no look-up is bounded without people."""
    found = {tuple(sorted((a.id, b.id))): (link(a, b), compare(a, b)) for a, b in combinations(world, 2)}
    return {
        pair: one
        for pair, (one, both) in found.items()
        if one and (one.tier < UNDATED_TIER or both.home or both.abroad)
    }


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_whatever_a_rule_joins_is_found_from_both_sides(world):
    of = {one.id: one for one in world}
    for (a, b), found in links(world).items():
        assert finds(of[a], of[b]), found
        assert finds(of[b], of[a]), found


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_looking_up_loses_no_link_that_comparing_all_pairs_finds(world):
    assert links(world).items() <= neighbourhood(world, lambda _: [], Overrides()).links.items()
