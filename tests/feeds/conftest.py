from __future__ import annotations

import itertools
from collections.abc import Callable

import psycopg
import pytest

from tests.store.conftest import postgresql  # noqa: F401  # the server is a fixture of these tests too

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def hasty_server(postgresql: str) -> str:  # noqa: F811  # the fixture
    """Return the address of the server, which waits for no disk: it lives as long as the tests."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return postgresql


@pytest.fixture
def new_database(hasty_server: str) -> Callable[[], str]:
    """Return a function that gives the address of a new empty database."""

    def make() -> str:
        name = f"feed_{next(_NUMBERS)}"
        with psycopg.connect(hasty_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return hasty_server.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """Return the address of a new empty PostgreSQL database."""
    return new_database()
