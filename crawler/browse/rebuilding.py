"""The database of the pages follows the store: it is built again when a run has ended since."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from filelock import FileLock
from sqlalchemy.engine import URL, make_url

from crawler.browse.server import BrowseError
from crawler.feeds.analysts import export_analysts_database
from crawler.feeds.analysts_schema import VERSION
from crawler.feeds.atomic import write_bytes
from crawler.store import Store

_BUILT: Final = "analysts.json"
"""Stands beside the database and says after which run of which store it was built."""


def bring_up_to_date(path: Path, store_url: str | URL) -> bool:
    """Build the analysts' database at ``path`` unless it is as new as the store; return whether it was built.

    Raises BrowseError when there is no store yet.
    """
    url = make_url(store_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise BrowseError(f"there is no store at {url.database}: crawl first, or name another with -s DATA_DIR=...")
    path.parent.mkdir(parents=True, exist_ok=True)
    note = path.with_name(_BUILT)
    with FileLock(path.with_suffix(".lock")), Store.open(url) as store:
        state = _state(store, url.render_as_string(hide_password=True))
        if path.is_file() and note.is_file() and state["ended"] and json.loads(note.read_text("utf-8")) == state:
            return False
        note.unlink(missing_ok=True)
        export_analysts_database(path, store.meetings())
        write_bytes(note, json.dumps(state).encode())
    return True


def _state(store: Store, name: str) -> dict[str, str | int | None]:
    runs = store.runs()
    newest = runs[0] if runs else None
    return {
        "version": VERSION,
        "store": name,
        "run": newest.run if newest else None,
        "ended": max((run.finished for run in runs if run.finished), default=None),
    }
