"""The condition of the sources in the text form of Prometheus, for the textfile collector of its node exporter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from crawler.extensions.condition import Condition
from crawler.extensions.figures import Figures
from crawler.extensions.verdict import Verdict

_PREFIX: Final = "meetings_crawler"
_CODES: Final = {verdict.name.lower(): verdict.code for verdict in Verdict}

_Samples = Iterator[tuple[tuple[str, ...], float | None]]


class _Metric(NamedTuple):
    name: str
    text: str
    labels: tuple[str, ...]
    read: Callable[[Condition], _Samples]


def _one(value: Callable[[Condition], float | None]) -> Callable[[Condition], _Samples]:
    return lambda condition: iter([((), value(condition))])


def _each(values: Callable[[Condition], Mapping[str, float]]) -> Callable[[Condition], _Samples]:
    return lambda condition: (((name,), value) for name, value in values(condition).items())


def _levels(condition: Condition) -> _Samples:
    for name, counts in (condition.figures or Figures()).levels.items():
        for level, count in counts.items():
            yield (name, level), count


_METRICS: Final = (
    _Metric("healthy", "1 if nothing is wrong with the source", (), _one(lambda c: c.is_healthy)),
    _Metric(
        "last_good_run_timestamp_seconds",
        "End of the last run that ended well",
        (),
        _one(lambda c: c.last_good_run.timestamp() if c.last_good_run else None),
    ),
    _Metric(
        "last_new_article_timestamp_seconds",
        "When the last unknown article was stored",
        (),
        _one(lambda c: c.last_new_article.timestamp() if c.last_new_article else None),
    ),
    _Metric(
        "usual_gap_seconds",
        "Median time between publications",
        (),
        _one(lambda c: c.usual_gap.total_seconds() if c.usual_gap is not None else None),
    ),
    _Metric("last_run_exit_code", "Exit code of the last run", (), _one(lambda c: _CODES.get(c.verdict or ""))),
    _Metric("articles", "Articles in the store", (), _one(lambda c: c.articles)),
    _Metric(
        "field_coverage_ratio",
        "Share of article pages that gave the field",
        ("field",),
        _each(lambda c: c.figures.coverage if c.figures else {}),
    ),
    _Metric(
        "first_selector_ratio",
        "Share of articles whose field the first selector gave",
        ("field",),
        _each(lambda c: c.figures.shares(c.figures.primary) if c.figures else {}),
    ),
    _Metric("selector_level_pages", "Pages whose field this selector gave", ("field", "level"), _levels),
    _Metric(
        "agreement_ratio",
        "Median agreement of our text with the generic extractor's",
        (),
        _one(lambda c: c.figures.usual_agreement if c.figures else None),
    ),
    _Metric(
        "channel_entries",
        "Entries a listing channel showed in the last run that read pages",
        ("channel",),
        _each(lambda c: {name: n.get("entries", 0) for name, n in (c.figures or Figures()).channels.items()}),
    ),
    _Metric("quarantined_pages", "Pages in quarantine", ("reason",), _each(lambda c: c.quarantine)),
)


def exposition(found: Iterable[Condition]) -> bytes:
    """Return every figure as a gauge with the label ``source``; what is unknown has no sample."""
    registry = CollectorRegistry()
    conditions = list(found)
    for metric in _METRICS:
        labels = ("source", *metric.labels)
        gauge = Gauge(metric.name, metric.text, labels, namespace=_PREFIX, registry=registry)
        for condition in conditions:
            for values, value in metric.read(condition):
                if value is not None:
                    gauge.labels(condition.source, *values).set(value)
    return generate_latest(registry)
