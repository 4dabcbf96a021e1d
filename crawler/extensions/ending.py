"""How a run ends: it publishes what it leaves, delivers it, and leaves a manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from scrapy.settings import BaseSettings
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.locks import waited_for
from crawler.extensions.log_lines import sentence
from crawler.extensions.manifest import manifest
from crawler.extensions.run import Run
from crawler.extensions.verdict import Outcome, Verdict, worst
from crawler.feeds.atomic import write_bytes
from crawler.feeds.outputs import publish_outputs
from crawler.feeds.publication import publish_changes, publish_meetings, publish_schema
from crawler.feeds.record import InvalidRecordError


def end(run: Run, settings: BaseSettings, arguments: Mapping[str, str]) -> list[Outcome]:
    """Publish the meetings of a run whose sources have all ended; return their outcomes, and one a failed delivery.

    ``arguments`` are those of ``-a``. What cannot be published makes the outcomes worse; nothing is raised for it.
    """
    try:
        # Two runs that end together publish one after the other, so that the later state of the store stays.
        with waited_for(run.data_dir / "locks" / "publication.lock", "publishing"):
            undelivered = _publish(run, settings, arguments)
    except (OSError, SQLAlchemyError) as error:
        _note_unpublished(run, settings, arguments, Verdict.STORAGE, error)
        undelivered = []
    except InvalidRecordError as error:
        _note_unpublished(run, settings, arguments, Verdict.PROGRAM_ERROR, error)
        undelivered = []
    return [*(run.outcomes[name] for name in run.sources), *undelivered]


def _publish(run: Run, settings: BaseSettings, arguments: Mapping[str, str]) -> list[Outcome]:
    """Write what the run leaves; return an outcome for each delivery that failed."""
    run.data_dir.mkdir(parents=True, exist_ok=True)
    publish_schema(run.data_dir)
    changed = publish_changes(run.data_dir, run.id, run.changes(), run.withdrawn())
    publish_meetings(run.data_dir, run.store)
    names = {"name": "+".join(run.sources), "time": f"{run.started:%Y-%m-%dT%H-%M-%S}"}
    complete = all(outcome.verdict is Verdict.DONE for outcome in run.outcomes.values())
    publish_outputs(settings, run.touched(), names, complete=complete)
    ended = datetime.now(UTC)
    run.finish(ended)
    _leave_manifest(run, settings, arguments, ended)
    if not settings.getlist("DELIVERIES"):
        return []
    from crawler.feeds.delivery import deliver  # noqa: PLC0415 - many formats, asked for by few

    store = run.store
    faults = deliver(settings, store.meetings, changed=changed, records=store.records, withdrawn=store.withdrawn)
    undelivered = [Outcome("delivery", Verdict.STORAGE, fault, {"failed": 1}) for fault in faults]
    if undelivered:
        _leave_manifest(run, settings, arguments, ended, undelivered)
    return undelivered


def _note_unpublished(
    run: Run, settings: BaseSettings, arguments: Mapping[str, str], verdict: Verdict, error: Exception
) -> None:
    """Let every source of the run end with a verdict or a worse one, and leave a manifest if the disk takes it."""
    for name, outcome in run.outcomes.items():
        detail = "; ".join(filter(None, (outcome.detail, f"publication failed: {sentence(error)}")))
        run.outcomes[name] = replace(outcome, verdict=worst([outcome.verdict, verdict]), detail=detail)
    with suppress(OSError):
        _leave_manifest(run, settings, arguments, datetime.now(UTC))


def _leave_manifest(
    run: Run,
    settings: BaseSettings,
    arguments: Mapping[str, str],
    ended: datetime,
    undelivered: Sequence[Outcome] = (),
) -> None:
    content = manifest(run, settings, ended, arguments, undelivered)
    write_bytes(run.folder / "manifest.json", json.dumps(content, ensure_ascii=False, indent=2).encode())
