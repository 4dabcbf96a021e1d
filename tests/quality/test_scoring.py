"""Each measure on a labelled set and a feed by hand."""

from __future__ import annotations

import pytest

from quality.figures import Figure, decimals, figures, gaps
from quality.scoring import JOINED, SINGLE, Score, interval, score, score_single
from tests.quality.making import GUEST, MINISTER, OTHER, labelled, person, record, url

MEASURES = {measure.name: measure for measure in (*JOINED, *SINGLE)}


def value(found: Score, name: str) -> float:
    return MEASURES[name].value(found.counts())


def counts(found: Score, name: str) -> tuple[float, ...]:
    """Return what was found, false and missed, or right, wrong and none."""
    total = found.counts()
    kinds = ("found", "false", "missed") if f"{name} right" not in total else ("right", "wrong", "none")
    return tuple(total[f"{name} {kind}"] for kind in kinds)


def test_everything_right_is_one() -> None:
    articles = [labelled("a", "e1"), labelled("b", "e1", lang="ru"), labelled("c", "e2"), labelled("d", None)]
    found = score(articles, [record("m1", "a", "b"), record("m2", "c")])
    assert not found.errors
    for measure in JOINED:
        if measure.name != "announced":
            assert measure.value(found.counts()) == 1, measure.name
    assert MEASURES["announced"].labels(found.counts()) == 0


def test_nothing_found_is_zero() -> None:
    found = score([labelled("a", "e1"), labelled("b", "e1", lang="ru")], [])
    for name in ("detection", "same-meeting pairs", "cross-language recall", "b-cubed", "participants", "date", "kind"):
        assert value(found, name) == 0, name


def test_detection_counts_missed_and_false_articles_and_leaves_out_the_unsure() -> None:
    articles = [
        labelled("a", "e1"),
        labelled("b", "e2"),
        labelled("c", None),
        labelled("d", None),
        labelled("e", "e3", unsure=True),
        labelled("f", None, unsure=True),
    ]
    found = score(articles, [record("m1", "a"), record("m2", "c"), record("m3", "f")])
    assert counts(found, "detection") == (1, 1, 1)
    assert value(found, "detection") == pytest.approx(0.5)


def test_pairs_count_splits_merges_traps_and_languages() -> None:
    articles = [
        labelled("a", "e1"),
        labelled("b", "e1", lang="az"),
        labelled("c", "e1", lang="ru"),
        labelled("d", "e2", related_events=["e1"]),
        labelled("e", "e3"),
    ]
    found = score(articles, [record("m1", "a", "b", "d"), record("m2", "c"), record("m3", "e")])
    assert counts(found, "pairs") == (1, 2, 2)
    assert value(found, "cross-language recall") == pytest.approx(1 / 3)
    assert found.counts()["trap merges"] == 2
    assert {error.detail for error in found.errors if error.measure == "pairs"} == {
        "split: en and ru, e1 and e1",
        "split: az and ru, e1 and e1",
        "merged, a known trap: en and en, e1 and e2",
        "merged, a known trap: az and en, e1 and e2",
    }


def test_b_cubed_is_the_mean_over_articles() -> None:
    articles = [labelled("a", "e1"), labelled("b", "e1"), labelled("c", "e2"), labelled("d", "e3")]
    found = score(articles, [record("m1", "a", "c"), record("m2", "b")])
    # precision: a 1/2, b 1, c 1/2, d 0; recall: a 1/2, b 1/2, c 1, d 0
    precision, recall = 2 / 4, 2 / 4
    assert value(found, "b-cubed") == pytest.approx(2 * precision * recall / (precision + recall))


def test_texts_of_several_meetings_count_for_detection_only() -> None:
    found = score([labelled("a", "e1", events_covered=["e1", "e2"])], [record("m1", "a", kind="call")])
    assert value(found, "detection") == 1
    assert MEASURES["kind"].labels(found.counts()) == 0
    assert MEASURES["b-cubed"].labels(found.counts()) == 0


def test_people_match_by_any_spelling_once_each() -> None:
    articles = [labelled("a", "e1", participants=[MINISTER, GUEST, OTHER])]
    people = [person("Elmán Q.", "AZ", "Эльман Гулиев"), person("Janis Kalninsh", "LT"), person("Somebody Else", "PL")]
    found = score(articles, [record("m1", "a", participants=people)])
    assert counts(found, "participants") == (2, 1, 1)
    assert counts(found, "nationality") == (1, 1, 0)
    assert {error.detail for error in found.errors} == {
        "missed Marek Dubrovski",
        "false Somebody Else",
        "Janis Kalninsh: LT for LV",
    }


def test_countries_are_those_of_all_the_articles_of_an_event() -> None:
    articles = [labelled("a", "e1", countries=["AZ", "PL", "NATO"]), labelled("b", "e1", countries=["AZ", "PL", "CZ"])]
    found = score(articles, [record("m1", "a", "b", countries=["AZ", "PL", "SK"])])
    assert counts(found, "countries") == (2, 1, 1)


def test_a_date_is_right_wrong_or_none_and_asked_only_where_labelled() -> None:
    articles = [
        labelled("a", "e1"),
        labelled("b", "e2"),
        labelled("c", "e3"),
        labelled("d", "e4", meeting_date=None),
    ]
    feed = [record("m1", "a"), record("m2", "b", date="2026-03-05"), record("m3", "c", date=None), record("m4", "d")]
    found = score(articles, feed)
    assert counts(found, "date") == (1, 1, 1)
    assert value(found, "date") == pytest.approx(1 / 3)


def test_a_town_where_the_texts_name_none_is_an_error_beside_the_accuracy() -> None:
    articles = [labelled("a", "e1", place=None), labelled("b", "e2", place=None, event_place="Warsaw")]
    found = score(articles, [record("m1", "a"), record("m2", "b")])
    assert MEASURES["place"].labels(found.counts()) == 0
    assert found.counts()["place where the texts name none"] == 1


def test_status_is_announced_only_where_every_text_is_and_cancelled_counts_as_held() -> None:
    articles = [
        labelled("a", "e1", stage="announced"),
        labelled("b", "e2", stage="announced"),
        labelled("c", "e2"),
        labelled("d", "e3"),
        labelled("e", "e4", stage="announced"),
    ]
    feed = [
        record("m1", "a", status="announced"),
        record("m2", "b", "c", status="announced"),
        record("m3", "d", status="cancelled"),
        record("m4", "e", status="held"),
    ]
    found = score(articles, feed)
    assert counts(found, "status")[:2] == (2, 2)
    assert value(found, "announced") == pytest.approx(1 / 2)


def test_any_labelled_kind_is_right() -> None:
    articles = [
        labelled("a", "e1", kinds_also=["signing"]),
        labelled("b", "e2", kind="phone-call"),
        labelled("c", "e3"),
    ]
    found = score(
        articles, [record("m1", "a", kind="signing"), record("m2", "b", kind="call"), record("m3", "c", kind="visit")]
    )
    assert counts(found, "kind")[:2] == (2, 1)


def test_the_record_with_most_articles_speaks_of_equals_that_of_the_first() -> None:
    articles = [labelled("a", "e1"), labelled("b", "e1"), labelled("c", "e1")]
    most = score(articles, [record("m1", "a", date="2026-01-01"), record("m2", "b", "c")])
    assert counts(most, "date") == (1, 0, 0)
    equal = score(articles[:2], [record("m2", "b", date="2026-01-01"), record("m1", "a")])
    assert counts(equal, "date") == (1, 0, 0)


def test_an_unsure_article_that_was_not_found_has_no_fields() -> None:
    found = score([labelled("a", "e1", unsure=True)], [])
    assert MEASURES["kind"].labels(found.counts()) == 0
    assert MEASURES["b-cubed"].labels(found.counts()) == 1


def test_a_failed_join_is_no_wrong_date_of_a_single_article() -> None:
    articles = [labelled("a", "e1"), labelled("b", "e1"), labelled("c", "e2", meeting_date="2026-03-20")]
    merged = [record("m1", "a", "b", "c")]
    alone = {
        url("a"): [record("m1", "a")],
        url("b"): [record("m2", "b", date=None), record("m3", "b")],
        url("c"): [record("m4", "c", date="2026-03-20")],
    }
    assert counts(score(articles, merged), "date") == (1, 1, 0)
    single = score_single(articles, alone)
    assert counts(single, "date") == (2, 0, 1)
    assert counts(single, "date, any record")[:2] == (3, 0)
    assert set(single.units) == {"e1", "e2"}


def test_an_article_nothing_was_read_of_is_left_out_of_any_record() -> None:
    single = score_single([labelled("a", "e1"), labelled("b", "e2")], {url("a"): [record("m1", "a")], url("b"): []})
    assert counts(single, "kind") == (1, 1, 0)
    assert counts(single, "kind, any record")[:2] == (1, 0)
    assert counts(single, "detection") == (1, 0, 1)


# --- intervals -------------------------------------------------------------------------------


def _noisy() -> Score:
    articles = [labelled(f"a{n}", f"e{n}") for n in range(40)]
    feed = [record(f"m{n}", f"a{n}", date="2026-03-04" if n % 4 else "2026-03-05") for n in range(40)]
    return score(articles, feed)


def test_the_same_seed_draws_the_same_and_another_one_others() -> None:
    first, again = _noisy(), _noisy()
    assert first.resampled(50) == again.resampled(50)
    assert first.resampled(50, seed=2) != first.resampled(50)


def test_an_interval_holds_the_value_and_narrows_with_more_labels() -> None:
    date = [measure for measure in JOINED if measure.name == "date"]
    (few,) = figures(_noisy(), date).values()
    assert few.value == pytest.approx(0.75)
    assert few.low < few.value < few.high
    articles = [labelled(f"a{n}", f"e{n}") for n in range(400)]
    feed = [record(f"m{n}", f"a{n}", date="2026-03-04" if n % 4 else "2026-03-05") for n in range(400)]
    (many,) = figures(score(articles, feed), date).values()
    assert many.value == pytest.approx(0.75)
    assert many.high - many.low < (few.high - few.low) / 2


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    """40 draws at .75: a standard error of .068, so 95 of 100 lie within .62 and .88, give or take a draw."""
    (figure,) = figures(_noisy(), [MEASURES["date"]]).values()
    assert figure.low == pytest.approx(0.75 - 1.96 * 0.0685, abs=0.04)
    assert figure.high == pytest.approx(0.75 + 1.96 * 0.0685, abs=0.04)


def test_events_are_drawn_as_a_whole() -> None:
    """Ten articles of one event say as much as one: its date is right in all draws that have it, or wrong in all."""
    articles = [labelled(f"a{n}", "e1" if n < 10 else "e2") for n in range(20)]
    alone = {url(f"a{n}"): [record(f"m{n}", f"a{n}", date="2026-03-04" if n < 10 else None)] for n in range(20)}
    single = score_single(articles, alone)
    assert {MEASURES["date"].value(draw) for draw in single.resampled(50)} == {0.0, 0.5, 1.0}


def test_a_false_merge_weighs_as_often_as_its_two_events_are_drawn_together() -> None:
    found = score([labelled("a", "e1"), labelled("b", "e2")], [record("m1", "a", "b")])
    drawn = {draw["pairs false"] for draw in found.resampled(50)}
    assert drawn == {0, 1}  # one of each, or twice the same: a drawn copy is not merged with itself


def test_a_false_merge_of_events_drawn_twice_counts_for_each_pair() -> None:
    articles = [labelled(f"a{n}", f"e{n}") for n in range(4)]
    found = score(articles, [record("m1", "a0", "a1")])
    assert max(draw["pairs false"] for draw in found.resampled(200)) == 4


def test_an_interval_leaves_out_one_in_forty_on_each_side() -> None:
    assert interval(range(1000)) == (25, 974)
    assert interval([]) == (0, 0)


def test_a_figure_that_stands_on_nothing_is_a_dash_and_has_no_gap() -> None:
    nothing, something = Figure(0, 0, 0, 0), Figure(0.5, 0.25, 0.75, 8)
    assert str(nothing) == "-"
    assert str(something) == ".500 [.25 .75] of 8"
    assert gaps({"date": nothing, "kind": something}, {"date": something, "kind": Figure(0.75, 0, 1, 9)}) == {
        "date": None,
        "kind": -0.25,
    }


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1.00"), (0.99996, "1.00"), (0.5, ".500"), (-0.0213, "-.021"), (-0.0001, ".000"), (0, ".000")],
)
def test_shares_have_three_decimals_without_a_leading_zero(number: float, text: str) -> None:
    assert decimals(number) == text
