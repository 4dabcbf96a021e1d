"""Every process of a run collects the same tests: otherwise pytest-xdist starts none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def collected(seed):
    return (
        subprocess.run(
            [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=600,
        )
        .stdout.partition("\n\n")[0]
        .splitlines()
    )


@pytest.mark.slow
def test_ids_depend_on_no_clock_and_no_order_of_a_set():
    once, again = collected("1"), collected("2")
    assert len(once) > 1000
    assert once == again
