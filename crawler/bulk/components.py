"""Connected components of a graph too large for one machine: large-star and small-star, in turns.

Kiveris and others, Connected Components in MapReduce and Beyond, SoCC 2014: each turn hangs nodes to smaller
neighbours; nodes and edges never grow in number, and in O(log n squared) turns every component is a star around its
smallest node. No turn gathers a node's neighbours: minima are aggregated before the shuffle, so a hub is no burden.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

MOST_TURNS: Final = 100
"""Far more than log squared of any number of articles; reached only by an error of this program."""

Keep = Callable[[str, DataFrame], DataFrame]


def components(edges: DataFrame, keep: Keep) -> DataFrame:
    """Return ``node`` and ``component`` (its smallest node) of every node of an edge between two different nodes.

    ``edges`` has the columns ``one`` and ``other``. ``keep`` writes an intermediate result under a name and returns it
    read back, so that a turn does not carry the plans of all turns before it.
    """
    stars = keep("turn=0", edges.where("one != other").select("one", "other").distinct())
    for turn in range(1, MOST_TURNS + 1):
        before, stars = stars, keep(f"turn={turn}", _small_star(_large_star(stars)))
        if before.count() == stars.count() and before.exceptAll(stars).isEmpty():
            return _labelled(stars)
    raise RuntimeError(f"the components do not settle in {MOST_TURNS} turns")


def _large_star(edges: DataFrame) -> DataFrame:
    """Hang every larger neighbour of a node to the smallest of the node and its neighbours."""
    both = edges.union(edges.select("other", "one"))
    smallest = both.groupBy("one").agg(F.min("other").alias("least"))
    smallest = smallest.select("one", F.least("one", "least").alias("least"))
    larger = both.where("other > one").join(smallest, "one")
    return larger.select(F.col("other").alias("one"), F.col("least").alias("other")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Hang a node and its smaller neighbours to the smallest of them."""
    down = edges.select(F.greatest("one", "other").alias("one"), F.least("one", "other").alias("other"))
    smallest = down.groupBy("one").agg(F.min("other").alias("least"))
    neighbours = down.join(smallest, "one").where("other != least")
    moved = neighbours.select(F.col("other").alias("one"), F.col("least").alias("other"))
    return moved.union(smallest.select("one", F.col("least").alias("other"))).distinct()


def _labelled(stars: DataFrame) -> DataFrame:
    leaves = stars.select(F.col("one").alias("node"), F.col("other").alias("component"))
    centres = stars.select(F.col("other").alias("node"), F.col("other").alias("component"))
    return leaves.union(centres).distinct()
