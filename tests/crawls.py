"""Running the program as a person does: a process of its own, against a replica of the sites."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# Nobody waits half a minute for a fault to pass.
IMPATIENT = ("-s", "DOWNLOAD_TIMEOUT=1.5", "-s", "RETRY_TIMES=1", "-s", "RETRY_WAIT=0.05", "-s", "RETRY_WAIT_MAX=5")


def command(*arguments: str) -> list[str]:
    """The command line of ``scrapy crawl`` with these arguments."""
    return [sys.executable, "-m", "scrapy", "crawl", *arguments]


def crawl(url: str, folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Crawl a replica into a folder and wait for the end."""
    line = command(*arguments, "-s", f"REPLICA_URL={url}", "-s", f"DATA_DIR={folder}")
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, **options)


def meetings(folder: Path) -> list[dict[str, Any]]:
    """The feed of a folder, without the clocks."""
    lines = (folder / "meetings.jsonl").read_text("utf-8").splitlines()
    return [
        {key: value for key, value in json.loads(line).items() if key not in {"first_seen", "last_changed"}}
        for line in lines
    ]


def stats(process: subprocess.CompletedProcess[str]) -> str:
    """The statistics that Scrapy prints at the end."""
    return process.stderr[process.stderr.rfind("Dumping Scrapy stats") :]
