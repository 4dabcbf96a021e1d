"""docs/operations.md names every verdict, channel and field of the condition an operator can meet."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.extensions.verdict import Verdict

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_row(verdict):
    assert f"| {verdict.code} | {verdict.name.lower().replace('_', ' ')} |" in TEXT


def test_every_notification_setting_is_named():
    settings = Settings()
    settings.setmodule("crawler.settings")
    names = {name for name in settings if name.startswith("NOTIFY_")} - {"NOTIFY_TELEGRAM_API"}  # of tests and mirrors
    assert names
    assert not {name for name in names if name not in TEXT}


def warnings_and_errors():
    """Yield the fixed words of each warning and error the program logs."""
    for path in sorted((ROOT / "crawler").rglob("*.py")):
        if path.parent.name not in {"extensions", "middlewares", "spiders"}:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"warning", "error"}
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "logger"
                and isinstance(node.args[0], ast.Constant)
            ):
                words = [part.strip(" :(),;") for part in re.split(r"%[sd]", node.args[0].value)]
                yield pytest.param([word for word in words if len(word) > 3], id=f"{path.stem}:{node.lineno}")


@pytest.mark.parametrize("words", list(warnings_and_errors()))
def test_every_line_of_the_log_is_explained(words):
    lines = [line for line in TEXT.splitlines() if line.startswith("|")]
    assert any(all(word in line for word in words) for line in lines), words
