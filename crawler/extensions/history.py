"""Earlier good runs of a source, as their manifests tell: what is usual. Bad runs never count."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from crawler.extensions.figures import Figures

logger = logging.getLogger(__name__)

RUNS_COMPARED: Final = 10
_RUNS_LOOKED_AT: Final = 500  # an hourly source's last three weeks

MANIFEST: Final = "manifest.json"


def manifests(data_dir: Path) -> Iterator[dict[str, Any]]:
    """Yield the manifests under ``DATA_DIR/runs``, newest first; one that cannot be read is logged and left out."""
    folders = sorted((path for path in (data_dir / "runs").glob("*") if path.is_dir()), reverse=True)
    for folder in folders[:_RUNS_LOOKED_AT]:
        path = folder / MANIFEST
        try:
            manifest = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            continue  # the run is under way, or it was killed
        except (OSError, ValueError) as error:
            logger.warning("%s cannot be read: %s", path, error)
            continue
        if isinstance(manifest, dict):
            yield manifest


def of_source(data_dir: Path, source: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the manifests that name a source, newest first, each with the source's own part of it."""
    for manifest in manifests(data_dir):
        sources = manifest.get("sources")
        part = sources.get(source) if isinstance(sources, dict) else None
        if isinstance(part, dict):
            yield manifest, part


def good_runs(data_dir: Path, source: str) -> list[Figures]:
    """Return the figures of the last good runs of a source, newest first; empty when there was none."""
    found: list[Figures] = []
    for _, part in of_source(data_dir, source):
        if part.get("verdict") != "done" or not isinstance(part.get("figures"), dict):
            continue
        try:
            found.append(Figures.from_dict(part["figures"]))
        except (TypeError, ValueError) as error:
            logger.warning("the figures of an earlier run of %s cannot be read: %s", source, error)
        if len(found) == RUNS_COMPARED:
            break
    return found
