"""``python -m tests.replica``: serve the three sites until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from tests.replica.faults import load_faults
from tests.replica.server import Replica
from tests.replica.stories import StoryError


def main() -> int:
    """Serve; return 0 after a signal, 2 for wrong stories, faults or arguments."""
    parser = argparse.ArgumentParser(prog="python -m tests.replica", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--port-file", type=Path, help="the port is written here once the sites answer")
    parser.add_argument("--filler", type=int, default=0, metavar="N", help="N further generated articles")
    parser.add_argument("--faults", type=Path, metavar="FILE", help="TOML with [[fault]] tables, see faults.py")
    arguments = parser.parse_args()
    try:
        faults = load_faults(arguments.faults) if arguments.faults else []
        replica = Replica(filler=arguments.filler, faults=faults, port=arguments.port)
    except (StoryError, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    asyncio.run(_serve(replica, arguments.port_file))
    return 0


async def _serve(replica: Replica, port_file: Path | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    def announce() -> None:
        if port_file is not None:
            partial = port_file.with_name(f"{port_file.name}.part")
            partial.write_text(replica.url.rpartition(":")[2], encoding="ascii")
            partial.replace(port_file)
        sys.stdout.write(f"{replica.url}\n")
        sys.stdout.flush()

    await replica.serve(stop, announce)


if __name__ == "__main__":
    sys.exit(main())
