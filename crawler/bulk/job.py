"""The stages of the job, each of which is skipped when it has been done, and its command line."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import logging
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import orjson
from pyspark.sql import DataFrame, SparkSession

import crawler
from crawler.bulk import archives
from crawler.bulk.archives import Part, in_order, read_archive
from crawler.bulk.components import components
from crawler.bulk.linking import edges
from crawler.bulk.places import absolute, exists, for_spark, names, writing
from crawler.bulk.resolving import meetings
from crawler.feeds.printing import say
from crawler.feeds.record import schema
from crawler.meetings.overrides import Overrides, OverridesError, read_overrides
from crawler.spiders.files import expand

logger = logging.getLogger("crawler.bulk")

DONE: Final = 0
WRONG_USAGE: Final = 2
INCOMPLETE: Final = 6
_ARCHIVES: Final = (".warc", ".warc.gz")
_RESOLVED_BY: Final = ("bulk", "feeds", "language", "meetings", "store")


@dataclass(frozen=True)
class Job:
    """What is asked for: archives by their places, where to, with which human decisions, and of which hosts alone."""

    archives: Sequence[str]
    into: str
    overrides: Overrides
    hosts: frozenset[str] = frozenset()

    def run(self, spark: SparkSession) -> Mapping[str, int]:
        """Do what is not done yet and publish ``meetings.jsonl``, its schema, ``bad-records`` and ``summary.json``.

        Returns what was counted over all archives, those of earlier runs included.
        """
        counts, parts = self._read(spark)
        if parts:
            self._publish(self._resolved(spark, parts))
            faults = spark.read.parquet(*(for_spark(part.faults) for part in parts))
            faults.orderBy("file", "offset").write.mode("overwrite").json(for_spark(f"{self.into}/bad-records"))
        else:
            self._publish(None)
        with writing(f"{self.into}/summary.json") as file:
            file.write(orjson.dumps(counts, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
        return counts

    # --- reading ---

    @cached_property
    def _folder(self) -> str:
        if not self.hosts:
            return f"{self.into}/work"
        return f"{self.into}/work/{hashlib.sha256(','.join(sorted(self.hosts)).encode()).hexdigest()[:16]}"

    @cached_property
    def parts(self) -> list[Part]:
        """The part of each archive, in order. Raises FileNotFoundError when an archive is not there."""
        return Part.of(list(in_order(self.archives)), self._folder)

    def _done(self) -> list[Part]:
        markers = names(f"{self._folder}/{archives.DONE}")
        return [part for part in self.parts if part.marker.rpartition("/")[2] in markers]

    def _read(self, spark: SparkSession) -> tuple[dict[str, int], list[Part]]:
        """Read the archives that are not read yet, each as a task of its own; return the counts and parts of all."""
        context = spark.sparkContext
        known = set(self._done())
        waiting = [part for part in self.parts if part not in known]
        logger.info("%d of %d archives are read already", len(self.parts) - len(waiting), len(self.parts))
        articles, faults = context.accumulator(0), context.accumulator(0)
        unread: list[str] = []
        hosts = self.hosts
        if waiting:

            def read(part: Part) -> str | None:
                counted = read_archive(part, hosts)
                articles.add(counted.get("article", 0))
                faults.add(sum(count for name, count in counted.items() if name.startswith("fault/")))
                return part.archive if "archive/unread" in counted else None

            unread = [name for name in context.parallelize(waiting, len(waiting)).map(read).collect() if name]
            logger.info("%d archives read: %d articles, %d bad records", len(waiting), articles.value, faults.value)
        for archive in unread:
            logger.error("%s cannot be read: it is left out, and tried again by the next run", archive)
        counts: Counter[str] = Counter({"archive": len(self.parts), "archive/unread": len(unread)})
        done = self._done() if waiting else self.parts
        if done:
            # exact whatever was repeated: accumulators also count what a lost task had done
            each = context.parallelize(done, min(len(done), 1000)).map(Part.counts)
            counts += each.fold(Counter(), lambda one, other: Counter(one) + Counter(other))
        return dict(counts), done

    # --- resolving ---

    def _resolved(self, spark: SparkSession, parts: Sequence[Part]) -> DataFrame:
        readings = spark.read.parquet(*(for_spark(part.readings) for part in parts))
        work = f"{self.into}/work/resolved-{self._fingerprint(parts)}"

        def keep(name: str, make: Callable[[], DataFrame]) -> DataFrame:
            place = f"{work}/{name}"
            if not exists(f"{place}/_SUCCESS"):
                make().write.mode("overwrite").parquet(for_spark(place))
            return spark.read.parquet(for_spark(place))

        linked = keep("edges", lambda: edges(spark, readings, self.overrides))
        grouped = keep("components", lambda: components(linked, lambda name, frame: keep(name, lambda: frame)))
        return keep("meetings", lambda: meetings(spark, readings, grouped, self.overrides))

    def _fingerprint(self, parts: Sequence[Part]) -> str:
        """Return a name for what is resolved: these readings, by these rules and these human decisions."""
        whole = hashlib.sha256(self.overrides.fingerprint.encode())
        for part in parts:
            whole.update(part.readings.encode())
        root = Path(crawler.__file__).parent
        code = (file for name in _RESOLVED_BY for file in (root / name).rglob("*.py"))
        for file in sorted((*code, root / "knowledge" / "evidence.toml")):
            whole.update(file.read_bytes())
        return whole.hexdigest()[:32]

    def _publish(self, found: DataFrame | None) -> None:
        with writing(f"{self.into}/meetings.jsonl") as file:
            if found is not None:
                for row in found.orderBy("date", "id").toLocalIterator():
                    file.write(row.line.encode())
        with writing(f"{self.into}/meetings.schema.json") as file:
            file.write(schema())


# --- Command line ----------------------------------------------------------------------------


class _UsageError(Exception):
    """What was asked for cannot be done; the message says what is wrong."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the job; return 0 when done, 2 on wrong usage, 6 when an archive or a page met an error of its reading."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    options = _parser().parse_args(arguments)
    try:
        job = _job(options)
        logger.info("%d archives are asked for", len(job.parts))
    except (_UsageError, OverridesError, FileNotFoundError) as error:
        say(f"error: {error}", sys.stderr)
        return WRONG_USAGE
    spark = _session(options.master)
    try:
        counts = job.run(spark)
    finally:
        spark.stop()
    faults = sum(count for name, count in counts.items() if name.startswith("fault/"))
    say(
        f"{counts.get('archive/read', 0)} of {counts['archive']} archives, {counts.get('article', 0)} articles, "
        f"{counts.get('mention', 0)} reports of meetings, {faults} bad records: {job.into}/meetings.jsonl"
    )
    return INCOMPLETE if counts.get("archive/unread") or counts.get("fault/program-error") else DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m crawler.bulk", description=__doc__)
    parser.add_argument(
        "archives", nargs="*", metavar="WARC", help="files, folders, globs; s3://, gs://, https:// files"
    )
    parser.add_argument("--list", type=Path, help="a file with an archive a line, as Common Crawl's warc.paths.gz")
    parser.add_argument("--base", default="", help="stands before each line of the list: https://data.commoncrawl.org/")
    parser.add_argument("--into", required=True, help="where feed, bad records and work go; also s3://, gs://")
    parser.add_argument("--hosts", default="", help="only pages of these hosts: report.az,azernews.az,menafn.com")
    parser.add_argument("--overrides", type=Path, help="human decisions: overrides.toml")
    parser.add_argument("--master", help="run without spark-submit: local[2]")
    return parser


def _job(options: Any) -> Job:  # what argparse returns
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise _UsageError("Spark needs Java 17 or 21: install it, or set JAVA_HOME")
    named = [place for given in options.archives for place in _places(given)]
    if options.list:
        text = options.list.read_bytes()
        lines = (gzip.decompress(text) if options.list.suffix == ".gz" else text).decode().split()
        named += [absolute(options.base + one) for one in lines]
    if not named:
        raise _UsageError("no archive is named: give WARC files, or --list FILE")
    overrides = Overrides()
    if options.overrides:
        if not options.overrides.is_file():
            raise _UsageError(f"--overrides {options.overrides}: there is no such file")
        overrides = read_overrides(options.overrides)
    hosts = frozenset(filter(None, options.hosts.lower().split(",")))
    return Job(named, absolute(options.into), overrides, hosts)


def _places(given: str) -> list[str]:
    if "://" in given:
        return [given]
    found = [absolute(str(path)) for path in expand(given) if path.name.lower().endswith(_ARCHIVES)]
    if not found:
        raise _UsageError(f"{given}: no {' or '.join(_ARCHIVES)} file")
    return found


def _session(master: str | None) -> SparkSession:
    builder = SparkSession.builder.appName("meetings")
    if master:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master(master).config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.shuffle.partitions", str(2 * (os.cpu_count() or 1)))
    return builder.getOrCreate()
