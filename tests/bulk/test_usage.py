"""A wrong command line ends with 2 and says what is wrong, before anything is started."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPARK = importlib.util.find_spec("pyspark") is not None


def run(*arguments, **environment):
    command = [sys.executable, "-m", "crawler.bulk", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, env=os.environ | environment
    )


@pytest.mark.skipif(SPARK, reason="Spark is installed")
def test_without_spark_it_says_what_to_install(tmp_path):
    process = run(tmp_path, "--into", tmp_path / "out")
    assert (process.returncode, process.stderr) == (
        2,
        "error: this needs Spark: pip install -r requirements-spark.txt\n",
    )


@pytest.mark.skipif(not SPARK, reason="requirements-spark.txt is not installed")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "no archive is named"),
        (("missing",), "no file, folder or match of missing"),
        (("README.md",), "README.md: no .warc or .warc.gz file"),
        (("--list", "LIST"), "there is no file /nowhere/a.warc.gz"),
        (("x.warc", "--overrides", "missing.toml"), "--overrides missing.toml"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, arguments, words):
    (tmp_path / "list").write_text("/nowhere/a.warc.gz\n")
    (tmp_path / "x.warc").write_bytes(b"")
    given = [{"LIST": tmp_path / "list", "x.warc": tmp_path / "x.warc"}.get(one, one) for one in arguments]
    process = run(*given, "--into", tmp_path / "out")
    assert process.returncode == 2, process.stderr
    assert words in process.stderr.splitlines()[-1]
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not SPARK, reason="requirements-spark.txt is not installed")
def test_without_java_it_says_so(tmp_path):
    process = run("x.warc", "--into", tmp_path / "out", PATH=str(tmp_path), JAVA_HOME="")
    assert process.returncode == 2
    assert "Spark needs Java" in process.stderr
