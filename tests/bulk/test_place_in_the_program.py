"""Nothing depends on the job, and the job on nothing of Scrapy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def test_nothing_imports_it():
    others = [path for path in (ROOT / "crawler").rglob("*.py") if "bulk" not in path.relative_to(ROOT).parts]
    assert len(others) > 100
    for path in others:
        assert not [name for name in imported(path) if name.startswith("crawler.bulk")], path


def test_a_worker_loads_neither_scrapy_nor_twisted():
    modules = "crawler.bulk.archives, crawler.bulk.candidates, crawler.bulk.resolving, crawler.spiders.files"
    code = f"import sys, {modules}; print(sorted({{'scrapy', 'twisted', 'pyspark'}} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
