"""Datasette as this project runs it: one database that nobody can write, our templates, no script."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Any, Final

from crawler.feeds.printing import say

MISSING: Final = "datasette is missing: pip install -r requirements-browse.txt"
_HERE: Final = Path(str(resources.files(__package__)))
_SETTINGS: Final = {
    "sql_time_limit_ms": 30_000,  # one reader; a chart over a million meetings takes that long, once
    "facet_time_limit_ms": 1_000,
    "suggest_facets": False,
    "max_returned_rows": 5_000,
    "allow_csv_stream": True,
    "allow_download": True,
    "truncate_cells_html": 300,
    "num_sql_threads": 3,
    "cache_size_kb": 32_768,
    "default_cache_ttl": 0,  # the next `scrapy browse` may serve another database under the same address
}


class BrowseError(Exception):
    """The pages cannot be served; the message says what to do."""


def make_datasette(path: Path, *, loopback: bool = True) -> Any:
    """Return a Datasette on the analysts' database at ``path``, whose name must be ``analysts.db``.

    With ``loopback`` it only answers requests to a name of this machine. Raises BrowseError when Datasette is not
    installed.
    """
    # Only this plugin: whatever else is installed beside Datasette was not looked at.
    os.environ.setdefault("DATASETTE_LOAD_PLUGINS", "")
    try:
        from datasette.app import Datasette  # noqa: PLC0415 - optional
        from datasette.plugins import pm  # noqa: PLC0415 - optional
    except ModuleNotFoundError as error:
        raise BrowseError(MISSING) from error
    from crawler.browse import plugin  # noqa: PLC0415  # needs nothing, but is of no use without Datasette

    if not pm.is_registered(plugin):
        pm.register(plugin, name="crawler.browse.plugin")
    metadata = json.loads((_HERE / "metadata.json").read_text("utf-8"))
    return Datasette(
        [],
        immutables=[str(path)],
        metadata={**metadata, "loopback": loopback},
        template_dir=str(_HERE / "templates"),
        static_mounts=[("assets", str(_HERE / "static"))],
        settings=_SETTINGS,
    )


def serve(path: Path, *, host: str, port: int) -> None:
    """Serve the pages until interrupted; ``port`` 0 takes a free one. Prints the address."""
    import asyncio  # noqa: PLC0415  # with the server only
    import socket  # noqa: PLC0415

    try:
        import uvicorn  # noqa: PLC0415  # comes with Datasette
    except ModuleNotFoundError as error:
        raise BrowseError(MISSING) from error

    loopback = host in {"127.0.0.1", "localhost", "::1"}
    datasette = make_datasette(path, loopback=loopback)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen()  # before the address is printed, so that whoever reads it gets through
        except OSError as error:
            raise BrowseError(f"cannot listen on {host}:{port}: {error.strerror}") from error
        shown = f"[{host}]" if ":" in host else host
        say(f"http://{shown}:{listening.getsockname()[1]}/  (Ctrl-C ends)")
        server = uvicorn.Server(uvicorn.Config(datasette.app(), log_level="warning", lifespan="on"))
        with suppress(KeyboardInterrupt):  # uvicorn has shut down and passes the signal on
            asyncio.run(server.serve(sockets=[listening]))
