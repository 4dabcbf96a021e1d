"""Scrapy in a process of its own, as a person runs it, and what the process cost; the replica in another one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NUMBER = re.compile(r"^ ?\{?'([\w/-]+)': ([\d.]+)[,}]?$", re.MULTILINE)

_SECONDS = 0.02


@dataclass(frozen=True)
class Cost:
    """What one process took: ``wall`` and ``cpu`` in seconds, ``peak`` memory in MB; ``stats`` as Scrapy counted.

    The peak is what the process itself was seen to have: the system's account of a child begins with its parent's.
    """

    wall: float
    cpu: float
    peak: float
    stats: Mapping[str, float]


def scrapy(
    arguments: Sequence[str],
    log: Path,
    *,
    cwd: Path = ROOT,
    settings: Mapping[str, object] | None = None,
    watch: Callable[[int], None] | None = None,
) -> Cost:
    """Run ``scrapy`` with the arguments; ``watch`` is called with the number of the process until it has ended.

    Raises RuntimeError with the end of the log when it fails.
    """
    log.unlink(missing_ok=True)
    options = [part for name, value in (settings or {}).items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", *arguments, *options, "-s", f"LOG_FILE={log}", "-s", "LOG_LEVEL=INFO"]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = 0.0
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        while not ended:
            if watch:
                watch(process.pid)
            time.sleep(_SECONDS)
            peak = max(peak, memory(process.pid, "VmHWM"))
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    text = log.read_text("utf-8") if log.exists() else ""
    stats = {name: float(value) for name, value in _NUMBER.findall(text[text.rfind("Dumping Scrapy stats") :])}
    if process.returncode or not stats:
        raise RuntimeError(f"{' '.join(arguments)}: exit code {process.returncode}\n{text[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak, stats)


def memory(process: int, what: str) -> float:
    """Return ``VmRSS`` (resident now) or ``VmHWM`` (at most so far) of a process in MB, 0 when it has ended."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(what)), 0.0)


@contextmanager
def replica(folder: Path, *, filler: int) -> Iterator[str]:
    """Serve the replica from a process of its own; give its address."""
    port = folder / "port"
    command = [sys.executable, "-m", "tests.replica", "--filler", str(filler), "--port-file", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 60
            while not port.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("the replica did not start")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port.read_text('ascii')}"
        finally:
            process.terminate()
