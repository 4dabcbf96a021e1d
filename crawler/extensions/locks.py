"""One run a source, on this machine and on any other that shares the store."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, Self

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Row, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, ResourceClosedError
from sqlalchemy.pool import NullPool

logger = logging.getLogger(__name__)

_NAMESPACE: Final = "defence-meetings"
_CONNECT_SECONDS: Final = 3
_TAKE: Final = text("SELECT pg_try_advisory_lock(:key)")
_SESSION: Final = text("SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
# Waits until the session has ended, so that its locks are free.
_END: Final = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid = :pid AND backend_start = :start"
)


@contextmanager
def waited_for(path: Path, doing: str) -> Iterator[None]:
    """Hold a lock on a file; the log says when another run has it first, ``doing`` something."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        logger.info("another run is %s: it is waited for", doing)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


class SourceLocks:
    """The locks of a run's sources: those in ``free`` are ours until ``close``, those in ``busy`` another run has.

    A file under ``DATA_DIR/locks`` keeps runs on one machine apart; the system lets go of it when its process dies, so
    no lock is ever stale. On PostgreSQL an advisory lock, held in a session of its own, does the same for all machines;
    the server lets go of it when the session ends. Raises OSError and SQLAlchemyError when a lock cannot be asked for.
    """

    def __init__(self, names: Iterable[str], data_dir: Path, store: str | URL) -> None:
        self.free: Final[list[str]] = []
        self.busy: Final[list[str]] = []
        self._store: _StoreLocks | None = None
        folder = data_dir / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            shared = make_url(store).get_backend_name() == "postgresql"
            for name in names:
                try:
                    held.enter_context(FileLock(folder / f"{name}.lock", timeout=0))
                except Timeout:
                    self.busy.append(name)
                    continue
                if shared and self._store is None:
                    self._store = _StoreLocks(store)
                    held.callback(self._store.close)
                is_ours = self._store is None or self._store.take(name)
                (self.free if is_ours else self.busy).append(name)
            self._held: Final = held.pop_all()

    def holds(self, source: str) -> bool:
        """Tell whether the lock of a source in ``free`` is still ours.

        A lock on PostgreSQL is lost when its session breaks. Then it is taken again in a new one; False when another
        run was quicker. While the server is away the answer is True: nobody else can take it either.
        """
        return self._store is None or self._store.holds(source)

    def close(self) -> None:
        """Let go of every lock."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


class _StoreLocks:
    """The advisory locks, in a session that does nothing else."""

    def __init__(self, store: str | URL) -> None:
        url = make_url(store).set(drivername="postgresql+psycopg")
        if "connect_timeout" not in url.query:
            url = url.update_query_dict({"connect_timeout": str(_CONNECT_SECONDS)})
        self._engine = create_engine(url, poolclass=NullPool, pool_reset_on_return=None, isolation_level="AUTOCOMMIT")
        self._ours: set[str] = set()
        self._session, self._backend = self._connect()

    def _connect(self) -> tuple[Connection, Row[tuple[int, object]]]:
        session = self._engine.connect()
        return session, session.execute(_SESSION).one()

    def take(self, name: str) -> bool:
        taken = bool(self._session.execute(_TAKE, {"key": lock_key(name)}).scalar())
        if taken:
            self._ours.add(name)
        return taken

    def holds(self, name: str) -> bool:
        try:
            self._session.execute(text("SELECT 1"))
        except (DBAPIError, ResourceClosedError):
            self._begin_again()
        return name in self._ours

    def _begin_again(self) -> None:
        """Take the locks in a new session, if there can be one."""
        former, before = self._backend, self._ours
        self._session.close()
        try:
            self._session, self._backend = self._connect()
            # after a cut in the network the server may not know yet that the former session is gone
            self._session.execute(_END, {"pid": former.pid, "start": former.backend_start})
            self._ours = set()
            for name in sorted(before):
                if self.take(name):
                    logger.warning("%s: the lock was lost with its session and is taken again", name)
        except DBAPIError:
            self._ours = before  # the server is away again; the next look is another try

    def close(self) -> None:
        self._session.close()


def lock_key(source: str) -> int:
    """Return the 64-bit number PostgreSQL knows the lock of a source by."""
    digest = hashlib.sha256(f"{_NAMESPACE}/{source}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
