from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browse.making import database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def analysts(tmp_path_factory):
    """Return the path of a small analysts' database."""
    return database(tmp_path_factory.mktemp("browse"))


@pytest.fixture(scope="session")
def address(analysts):
    """Serve the pages in a process of their own; return where."""
    code = "import sys; from pathlib import Path; from crawler.browse.server import serve; serve(Path(sys.argv[1]), host='127.0.0.1', port=0)"
    serving = subprocess.Popen(
        [sys.executable, "-c", code, str(analysts)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    line = serving.stdout.readline()
    assert line.startswith("http://127.0.0.1:"), line
    yield line.split()[0].rstrip("/")
    serving.terminate()
    serving.wait(10)
    serving.stdout.close()
