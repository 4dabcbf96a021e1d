"""What a report is found by and what it looks for, as rows; which of two that meet there are connected.

The keys, the look-ups and the evidence are the resolver's own. Every version of an article takes part, so that what was
one meeting at any time is resolved together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from crawler.items import Article, Mention
from crawler.meetings.blocking import Probe
from crawler.meetings.overrides import Overrides
from crawler.meetings.report import Report, make_report
from crawler.meetings.resolver import connects, neighbourhood, report_keys
from crawler.store.content import key_number
from crawler.store.encoding import decode, encode

_BUCKET_DAYS: Final = 64
"""Days of one bucket: the rows of a frequent name are joined bucket by bucket."""
_MOST_BUCKETS: Final = 8
_ALL_DAYS: Final = -1
"""The bucket in which every key stands once more, for the few probes that ask for many years."""
_KNOWN_REPORTS: Final = 4096


def report_rows(reading: Any) -> Iterator[tuple[str, str, str]]:
    """Return number (a digest), address and JSON of each report of a reading, a row of ``archives.READINGS``."""
    article = decode(Article, reading.article)
    mentions: Sequence[Mention] = decode(tuple[Mention, ...], reading.mentions)
    for mention in mentions:
        report = encode(make_report(article, mention, alone=len(mentions) == 1))
        yield hashlib.sha256(report.encode()).hexdigest()[:32], article.url, report


def key_rows(overrides: Overrides, row: Any) -> Iterator[tuple[int, int, int, str]]:
    """Return key, bucket, day and number for everything under which a report (a row of ``report_rows``) stands."""
    report = overrides.apply(decode(Report, row.report))
    if not overrides.excluded(report):
        for key in report_keys(report):
            for bucket in (key.day // _BUCKET_DAYS, _ALL_DAYS):
                yield key_number(key.name), bucket, key.day, row.number


def probe_rows(overrides: Overrides, row: Any) -> Iterator[tuple[int, int, int, int, str]]:
    """Return key, bucket, first and last day and number for everything that a report looks up."""
    for probe in _probes(decode(Report, row.report), overrides):
        buckets: Iterable[int] = range(probe.first // _BUCKET_DAYS, probe.last // _BUCKET_DAYS + 1)
        if probe.last - probe.first > _BUCKET_DAYS * _MOST_BUCKETS:
            buckets = (_ALL_DAYS,)
        for bucket in buckets:
            yield key_number(probe.name), bucket, probe.first, probe.last, row.number


def _probes(report: Report, overrides: Overrides) -> list[Probe]:
    """Return what the resolver would look up for a report, those of human decisions included."""
    asked: list[Probe] = []

    def find(probes: Sequence[Probe]) -> Iterable[Report]:
        asked.extend(probes)
        return ()

    neighbourhood([report], find, overrides)
    return asked


def linked(overrides: Overrides, rows: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Return the addresses ``one`` and ``other`` of those pairs whose reports ``left`` and ``right`` are connected."""
    known = lru_cache(maxsize=_KNOWN_REPORTS)(lambda text: overrides.apply(decode(Report, text)))
    for row in rows:
        if connects(known(row.left), known(row.right), overrides):
            yield min(row.one, row.other), max(row.one, row.other)
