"""Connected components on a real Spark: chains, hubs, rings and dust, against a union of sets."""

from __future__ import annotations

import itertools
import random

import pytest

pytest.importorskip("pyspark", reason="requirements-spark.txt is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the sockets of its gateway are closed with the process
]

CHAIN, HUB, RINGS = 300, 2000, 40


def graph():
    """Pairs of nodes, shuffled: one long chain, one hub of thousands, rings, pairs and a random part."""
    chance = random.Random(7)
    names = [f"n{number:06}" for number in range(20_000)]
    chance.shuffle(names)
    take = iter(names)
    chain = [next(take) for _ in range(CHAIN)]
    pairs = list(itertools.pairwise(chain))
    hub = next(take)
    pairs += [(hub, next(take)) for _ in range(HUB)]
    for size in range(3, 3 + RINGS):
        ring = [next(take) for _ in range(size)]
        pairs += zip(ring, ring[1:] + ring[:1], strict=True)
    rest = list(take)
    pairs += [tuple(chance.sample(rest, 2)) for _ in range(len(rest) // 3)]
    pairs += [(other, one) for one, other in chance.sample(pairs, 500)] + [(hub, hub)]
    chance.shuffle(pairs)
    return pairs


def united(pairs):
    of = {}
    for one, other in pairs:
        a, b = of.setdefault(one, {one}), of.setdefault(other, {other})
        if a is not b:
            small, large = sorted((a, b), key=len)
            large |= small
            for node in small:
                of[node] = large
    return {node: min(members) for node, members in of.items()}


@pytest.fixture(scope="module")
def spark():
    from crawler.bulk.job import _session  # noqa: PLC0415 - only where Spark is

    session = _session("local[2]")
    yield session
    session.stop()


def test_every_node_gets_the_smallest_of_its_component_in_few_turns(spark, tmp_path):
    from crawler.bulk.components import components  # noqa: PLC0415

    turns = []

    def keep(name, frame):
        turns.append(name)
        frame.write.parquet(str(tmp_path / name))
        return spark.read.parquet(str(tmp_path / name))

    pairs = graph()
    found = components(spark.createDataFrame(pairs, "one string, other string"), keep)
    assert {row.node: row.component for row in found.collect()} == united(pairs)
    assert found.count() == len(united(pairs))
    assert 3 <= len(turns) <= 12


def test_no_edges_are_no_components(spark, tmp_path):
    from crawler.bulk.components import components  # noqa: PLC0415

    def keep(name, frame):
        frame.write.parquet(str(tmp_path / name))
        return spark.read.parquet(str(tmp_path / name))

    assert components(spark.createDataFrame([], "one string, other string"), keep).count() == 0
