"""One run a source, on this machine and on any other that shares the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

_NAMESPACE: Final = "defence-meetings"


def lock_sources(names: Iterable[str], data_dir: Path, store: str, locks: ExitStack) -> tuple[list[str], list[str]]:
    """Lock sources for as long as ``locks`` is open; return those that are ours now and those another run has.

    A file under ``DATA_DIR/locks`` keeps runs on one machine apart; the system lets go of it when its process dies, so
    no lock is ever stale. On PostgreSQL an advisory lock, held in a session of its own, does the same for all machines;
    the server lets go of it when the session ends. Raises OSError and SQLAlchemyError when a lock cannot be asked for.
    """
    folder = data_dir / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    free, busy = [], []
    for name in names:
        try:
            locks.enter_context(FileLock(folder / f"{name}.lock", timeout=0))
            free.append(name)
        except Timeout:
            busy.append(name)
    if free and make_url(store).get_backend_name() == "postgresql":
        elsewhere = _lock_store(free, store, locks)
        free = [name for name in free if name not in elsewhere]
        busy += elsewhere
    return free, busy


def _lock_store(names: Iterable[str], store: str, locks: ExitStack) -> list[str]:
    """Take the advisory locks of sources; return the names of those that another session has."""
    url = make_url(store).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    session = locks.enter_context(engine.connect())
    taken = text("SELECT pg_try_advisory_lock(:key)")
    return [name for name in names if not session.execute(taken, {"key": lock_key(name)}).scalar()]


def lock_key(source: str) -> int:
    """Return the 64-bit number PostgreSQL knows the lock of a source by."""
    digest = hashlib.sha256(f"{_NAMESPACE}/{source}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
