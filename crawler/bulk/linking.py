"""Which articles have to do with each other: candidates meet in a join, the resolver's rules link them."""

from __future__ import annotations

from functools import partial
from typing import Final

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from crawler.bulk.candidates import key_rows, linked, probe_rows, report_rows
from crawler.meetings.overrides import Overrides

REPORTS: Final = "number string, url string, report string"
KEYS: Final = "key long, bucket int, day int, number string"
PROBES: Final = "key long, bucket int, first int, last int, number string"
EDGES: Final = "one string, other string"


def edges(spark: SparkSession, readings: DataFrame, overrides: Overrides) -> DataFrame:
    """Return the pairs of addresses (``one`` < ``other``) between whose reports there is a link that binds.

    ``readings`` has the columns of ``archives.READINGS``. A key that very many reports share makes a long list of
    candidates and never a large object: pairs are joined, not gathered, and Spark splits a partition that is too long.
    """
    told = readings.where("mentions is not null").select("article", "mentions")
    reports = (
        spark.createDataFrame(told.rdd.flatMap(report_rows), REPORTS, verifySchema=False)
        .dropDuplicates(["number"])
        .cache()
    )
    keys = spark.createDataFrame(reports.rdd.flatMap(partial(key_rows, overrides)), KEYS, verifySchema=False)
    probes = spark.createDataFrame(reports.rdd.flatMap(partial(probe_rows, overrides)), PROBES, verifySchema=False)
    met = keys.alias("k").join(probes.alias("p"), ["key", "bucket"])
    met = met.where("k.day between p.first and p.last and k.number != p.number")
    pairs = met.select(F.least("k.number", "p.number").alias("a"), F.greatest("k.number", "p.number").alias("b"))
    left = reports.select(F.col("number").alias("a"), F.col("url").alias("one"), F.col("report").alias("left"))
    right = reports.select(F.col("number").alias("b"), F.col("url").alias("other"), F.col("report").alias("right"))
    told_pairs = pairs.distinct().join(left, "a").join(right, "b").where("one != other")
    bound = spark.createDataFrame(told_pairs.rdd.mapPartitions(partial(linked, overrides)), EDGES, verifySchema=False)
    return bound.distinct()
