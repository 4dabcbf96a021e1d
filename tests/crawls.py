"""Running the program as a person does: ``scrapy crawl`` in a process of its own, against a replica of the sites.

A fresh interpreter spends two seconds on imports and tables before it asks for the first page. So one process loads
them and is forked for each crawl; what a crawl does, its process, output and exit code are those of the command.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.manual import last_lines

ROOT = Path(__file__).parents[1]
# Nobody waits half a minute for a fault to pass. A timeout shorter than the program's is only for what hangs: on a busy
# machine everything else may take seconds.
IMPATIENT = ("-s", "RETRY_TIMES=1", "-s", "RETRY_WAIT=0.05", "-s", "RETRY_WAIT_MAX=5")


@dataclass
class Ended:
    returncode: int
    stdout: str
    stderr: str

    @property
    def last_lines(self) -> list[str]:
        """The line of each source, without time and run."""
        return last_lines(self.stdout)

    @property
    def last_line(self) -> str:
        return self.last_lines[-1]

    @property
    def stats(self) -> str:
        """The statistics that Scrapy prints at the end."""
        return self.stderr[self.stderr.rfind("Dumping Scrapy stats") :]


class Running:
    """A crawl under way; ``pid`` is its process, which may be killed."""

    def __init__(
        self, server: subprocess.Popen[str], arguments: Sequence[str], limits: dict[str, int], script: str = ""
    ) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="crawl-"))
        self._server = server
        said = {name: str(self._folder / name) for name in ("stdout", "stderr")}
        order = {"arguments": [*arguments], "script": script, **said, **limits}
        self.pid = int(_ask(server, order))

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def log(self) -> str:
        """What the crawl has logged so far."""
        path = self._folder / "stderr"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def wait(self) -> Ended:
        code = int(_ask(self._server, {"wait": self.pid}))
        stdout, stderr = (self._folder / name for name in ("stdout", "stderr"))
        ended = Ended(code, stdout.read_text("utf-8"), stderr.read_text("utf-8", "replace"))
        shutil.rmtree(self._folder)
        return ended


def _ask(server: subprocess.Popen[str], order: dict[str, Any]) -> str:
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps(order) + "\n")
    server.stdin.flush()
    return server.stdout.readline()


@cache
def _server() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crawls"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def start(url: str, folder: Path, *arguments: str, **limits: int) -> Running:
    """Start a crawl of a replica into a folder.

    ``file_size`` bounds what it may write into one file, in bytes; ``modest=1`` holds root to the modes of
    files like everybody.
    """
    places = ("-s", f"REPLICA_URL={url}", "-s", f"DATA_DIR={folder}")
    return Running(_server(), ["crawl", *arguments, *places, "-s", "STATS_DUMP=1"], limits)


def crawl(url: str, folder: Path, *arguments: str, **limits: int) -> Ended:
    """Crawl a replica into a folder and wait for the end."""
    return start(url, folder, *arguments, **limits).wait()


def scrapy(*arguments: str) -> Ended:
    """Run any of the program's commands and wait for the end."""
    return Running(_server(), arguments, {}).wait()


def script(text: str) -> Ended:
    """Run a Python script in the project's root and wait for the end."""
    return Running(_server(), (), {}, script=text).wait()


def meetings(folder: Path) -> list[dict[str, Any]]:
    """The feed of a folder, without the clocks."""
    lines = (folder / "meetings.jsonl").read_text("utf-8").splitlines()
    return [
        {key: value for key, value in json.loads(line).items() if key not in {"first_seen", "last_changed"}}
        for line in lines
    ]


# --- the process that is forked ---


def _serve() -> None:
    _load()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            _answer(os.waitstatus_to_exitcode(status))
            continue
        child = os.fork()
        if not child:
            _crawl(order)
        _answer(child)


def _answer(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _load() -> None:
    import crawler.commands.crawl  # noqa: PLC0415 - for its imports
    import crawler.pipelines  # noqa: F401, PLC0415
    from crawler.mentions import read_mentions  # noqa: PLC0415
    from crawler.pages import read_text  # noqa: PLC0415
    from crawler.spiders import azernews, menafn, report  # noqa: F401, PLC0415

    for lang in ("en", "az", "ru"):
        text = (
            "The Minister of Defense of Azerbaijan met with the Minister of Defense of Georgia in Baku on May 4, 2026."
        )
        published = "2026-05-04T10:00:00+04:00"
        read_mentions(
            read_text(text, url="https://example.org/1", lang=lang, headline="A meeting", published=published)
        )


def _crawl(order: dict[str, Any]) -> None:
    import resource  # noqa: PLC0415

    from scrapy.cmdline import execute  # noqa: PLC0415

    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(order[name], os.O_WRONLY | os.O_CREAT), number)
    if limit := order.get("file_size"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if order.get("modest"):
        _forgo_passing_modes()
    code = 1
    try:
        if script := order["script"]:
            exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
        else:
            execute(["scrapy", *order["arguments"]])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - this process ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _forgo_passing_modes() -> None:
    """Give up CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (capabilities(7)), by which no mode of a file holds for root."""
    words = ctypes.c_uint32 * 6
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), words()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.capget(header, sets)
    for at in (0, 1):  # effective and permitted, of the first 32
        sets[at] &= ~(1 << 1 | 1 << 2)
    libc.capset(header, sets)


def settle(condition: Any, seconds: float = 60) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


if __name__ == "__main__":
    _serve()
