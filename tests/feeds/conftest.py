from __future__ import annotations

import itertools
from collections.abc import Callable

import psycopg
import pytest

from tests.store.conftest import postgresql  # noqa: F401  # the server is a fixture of these tests too

_NUMBERS = itertools.count(1)


@pytest.fixture
def new_database(postgresql: str) -> Callable[[], str]:  # noqa: F811  # the fixture
    """Return a function that gives the address of a new empty database."""

    def make() -> str:
        name = f"feed_{next(_NUMBERS)}"
        with psycopg.connect(postgresql, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return postgresql.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """Return the address of a new empty PostgreSQL database."""
    return new_database()
