"""``manifest.json`` of a run: what was crawled, how it ended, by which code and settings, and every figure of it."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import scrapy
from scrapy.settings import BaseSettings

import crawler
from crawler.extensions.run import Run, store_url
from crawler.extensions.verdict import Outcome, worst
from crawler.program_files import files

VERSION: Final = 1
"""Of the manifest's form: a reader that knows it can read every older run."""

# Settings that change what a run fetches or keeps. Nothing else is written down: the rest holds tokens and passwords.
_SETTINGS: Final = (
    *("CONTACT", "REPLICA_URL", "USER_AGENT", "ROBOTSTXT_OBEY", "DOWNLOAD_DELAY", "AUTOTHROTTLE_ENABLED"),
    *("CONCURRENT_REQUESTS_PER_DOMAIN", "DOWNLOAD_TIMEOUT", "DOWNLOAD_MAXSIZE", "RETRY_TIMES", "LISTING_MAX_PAGES"),
    *("OVERLAP_DAYS", "RAW_PAGES_MB", "RAW_PAGES_DAYS", "CLOSESPIDER_TIMEOUT", "MEMUSAGE_LIMIT_MB"),
)


def manifest(
    run: Run,
    settings: BaseSettings,
    ended: datetime,
    arguments: Mapping[str, str],
    undelivered: Sequence[Outcome] = (),
) -> dict[str, Any]:
    """Return the manifest of a finished run; ``arguments`` are those of ``-a``, ``ended`` is aware.

    ``undelivered`` has an outcome for each delivery that failed.
    """
    outcomes = (*run.outcomes.values(), *undelivered)
    return {
        "manifest_version": VERSION,
        "run": run.id,
        "started": run.started.isoformat(),
        "ended": ended.isoformat(),
        "seconds": round((ended - run.started).total_seconds(), 1),
        "verdict": worst([outcome.verdict for outcome in outcomes]).name.lower(),
        "arguments": dict(arguments),
        "sources": {name: _source(outcome) for name, outcome in run.outcomes.items()},
        "undelivered": [outcome.detail for outcome in undelivered],
        "code": {
            "version": code_version(),
            "scrapy": scrapy.__version__,
            "python": platform.python_version(),
        },
        "settings": {
            "STORE_URL": store_url(settings).render_as_string(hide_password=True),
            **{name: settings.get(name) for name in _SETTINGS},
        },
    }


def _source(outcome: Outcome) -> dict[str, Any]:
    return {
        "verdict": outcome.verdict.name.lower(),
        "exit_code": outcome.verdict.code,
        "detail": outcome.detail,
        "next_action": outcome.next_action,
        "counts": outcome.counts,
        "figures": outcome.figures.as_dict() if outcome.figures else None,
    }


@cache
def code_version() -> str:
    """Return the commit the program runs from, ``-modified`` behind it when files differ.

    Without a checkout or git, as in a container, it is a hash of the program's files.
    """
    package = resources.files(crawler)
    command = ["git", "describe", "--always", "--abbrev=12", "--dirty=-modified", "--exclude=*"]
    try:
        if not isinstance(package, Path) or not (package.parent / ".git").exists():
            return _hash_of(package)
        described = subprocess.run(  # noqa: S603 - a fixed command
            command, cwd=package, capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return _hash_of(package)  # no git here, or a checkout of another user
    return described.stdout.strip()


def _hash_of(package: Traversable) -> str:
    digest = hashlib.sha256()
    for name, content in files(package):
        if name.endswith((".py", ".toml", ".json")):
            digest.update(name.encode())
            digest.update(content)
    return f"files-{digest.hexdigest()[:12]}"
