"""A database that goes away in mid-run: waiting for it a bounded time, and doing again what it broke off."""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar

from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

logger = logging.getLogger(__name__)

_P = ParamSpec("_P")
_R = TypeVar("_R")

_FIRST_STEP: Final = 0.1
_LONGEST_STEP: Final = 2.0
# Of libpq, in seconds. Its defaults wait more than two minutes for a host that is gone, and for ever for an answer of
# one that vanished; the keepalives notice the latter within a minute.
_NETWORK: Final = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


class Waiting:
    """Listener of ``do_connect`` of a PostgreSQL engine: connects, for up to ``seconds`` when the server has gone away.

    Only a server that has answered before is waited for: a wrong address fails at once. When the time is up the error
    of the driver is raised, and from then on each connection is tried once, so that a run whose database stays away
    comes to its end; one that succeeds makes everything as before.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._is_expected = False

    def __call__(self, dialect: Dialect, _record: object, arguments: Any, options: dict[str, Any]) -> Any:
        """Return a connection of the driver."""
        assert dialect.dbapi is not None
        settings = {**_NETWORK, **options}
        began, step = time.monotonic(), _FIRST_STEP
        while True:
            try:
                connection = dialect.connect(*arguments, **settings)
            except dialect.dbapi.OperationalError as error:
                waited = time.monotonic() - began
                if not self._is_expected or waited >= self._seconds:
                    self._is_expected = False
                    raise
                if step == _FIRST_STEP:
                    logger.warning("the store is away, it is waited for up to %g s: %s", self._seconds, error)
                time.sleep(min(step, self._seconds - waited))
                step = min(2 * step, _LONGEST_STEP)
                continue
            if step != _FIRST_STEP:
                logger.warning("the store is back after %.1f s", time.monotonic() - began)
            self._is_expected = True
            return connection


def resumed(method: Callable[_P, _R]) -> Callable[_P, _R]:
    """Make a method of the store begin anew, once, when the connection breaks in the midst of it.

    The method is one transaction, or reads. Done twice it must be as done once: a commit may have come through before
    the connection broke.
    """

    @functools.wraps(method)
    def call(*arguments: _P.args, **options: _P.kwargs) -> _R:
        try:
            return method(*arguments, **options)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            logger.warning("the store broke off and is asked again: %s", error.orig)
        return method(*arguments, **options)

    return call
