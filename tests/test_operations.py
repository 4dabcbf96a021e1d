"""docs/operations.md explains every line an operator can meet, and shows nothing that no test prints."""

from __future__ import annotations

import argparse
import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from scrapy.cmdline import _get_commands_dict
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler.extensions.verdict import Verdict
from tests import manual
from tests.test_faults import TABLE

ROOT = Path(__file__).parents[1]
TEXT = manual.TEXT
# Parts of a message that no line has but with something in it.
ANYTHING = r"(?:.+)"
LEVELS = {"warning", "error", "critical", "exception"}


# --- what the source can say ---


def pattern(node: ast.expr) -> str | None:
    """Return the regular expression of every text an expression can give; None when nothing of it is fixed."""
    match node:
        case ast.Constant(value=str(text)):
            parts = re.split(r"%(?:\.\d)?[sdgf]|\{\}", text)
            return ANYTHING.join(map(re.escape, parts))
        case ast.JoinedStr(values=values):
            parts = [re.escape(v.value) if isinstance(v, ast.Constant) else "(?:.*)" for v in values]
            return "".join(parts)
        case _:
            return None


def is_fixed(text: str | None) -> bool:
    return bool(text and re.search("[A-Za-z]{3}", re.sub(r"\(\?:[^)]*\)", "", text)))


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "crawler").rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def logged() -> Iterator[object]:
    """Yield the pattern of each warning and error the program logs."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in LEVELS
                and "log" in ast.unparse(node.func.value).lower()
            ):
                yield pytest.param(pattern(node.args[0]), id=f"{path.stem}:{node.lineno}")


def reasons() -> Iterator[object]:
    """Yield the pattern of each reason of a verdict, sign of a change and problem of a source."""
    for path, tree in modules():
        if path.stem not in {"verdict", "changes", "condition", "crawl", "standalone"}:
            continue
        for node in ast.walk(tree):
            said: list[ast.expr] = []
            match node:
                case ast.Return(value=ast.Tuple(elts=[ast.Attribute(value=ast.Name("Verdict")), text])):
                    said = [text]
                case ast.Yield(value=text) if text is not None and path.stem != "crawl":
                    said = [text]
                case ast.Call(func=ast.Name("Outcome"), args=[_, _, text, *_]):
                    said = [text]
                case ast.Tuple(elts=[ast.Constant(value=str()), ast.Constant(value=str()) as text]):
                    said = [text]  # what is said of one and of more
            for text in said:
                if is_fixed(found := pattern(text)):
                    yield pytest.param(found, id=f"{path.stem}:{text.lineno}")


LOGGED = list(logged())
REASONS = list(reasons())


# --- what the document explains ---


@cache
def explained() -> tuple[str, ...]:
    """Return the texts in the first column of every table that goes on with a meaning and an action."""
    found: list[str] = []
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 3 and all(cells[1:]):
            found += re.findall(r"`([^`]+)`", cells[0])
    return tuple(found)


def as_pattern(line: str) -> str:
    """Return the regular expression of the lines that a line of the document stands for."""
    words = {"URL": r"\S+", "FILE": ".+", "X": r"\S+", "N": r"\d+", "...": "(?s:.*)", "<how>": r"[\w-]+"}
    parts = re.split(r"(\bURL\b|\bFILE\b|\bX\b|\bN\b|\.\.\.|<how>|\d+)", line)
    return "".join(words.get(part, r"\d+" if part.isdecimal() else re.escape(part)) for part in parts)


# --- the tests ---


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_row(verdict):
    assert f"| {verdict.code} | {verdict.name.lower().replace('_', ' ')} |" in TEXT


def test_every_notification_setting_is_named():
    settings = Settings()
    settings.setmodule("crawler.settings")
    names = {name for name in settings if name.startswith("NOTIFY_")} - {"NOTIFY_TELEGRAM_API"}  # of tests and mirrors
    assert names
    assert not {name for name in names if name not in TEXT}


def test_the_source_is_searched():
    assert len(LOGGED) >= 20
    assert len(REASONS) >= 20


@pytest.mark.parametrize("template", LOGGED)
def test_every_line_of_the_log_is_explained(template):
    assert template, "a line of the log begins with its fixed words, written where it is logged"
    assert any(re.fullmatch(template, line) for line in explained()), template


@pytest.mark.parametrize("template", REASONS)
def test_every_reason_of_a_verdict_is_explained(template):
    assert any(re.fullmatch(template, line) for line in explained()), template


@pytest.mark.parametrize("name", manual.SAMPLES)
def test_every_warning_that_is_shown_is_explained(name):
    # ours are explained (above), so others must be
    patterns = [*(as_pattern(line) for line in explained()), *(param.values[0] for param in LOGGED)]
    for line in manual.SAMPLES[name].lines:
        if level := re.match("(WARNING|ERROR|CRITICAL): ", line):
            said = line[level.end() :]
            assert any(re.fullmatch(one, text) for one in patterns for text in (said, f"{said} ")), line


def test_every_fault_is_shown_and_nothing_that_no_test_prints():
    checked = {row.name for row in TABLE}
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"manual.check", "manual.check_lines"}:
                checked |= {
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    assert set(manual.SAMPLES) == checked


def test_other_blocks_are_commands():
    named = [block for block in manual.blocks() if not re.match(r"# [\w-]+(, exit \d)?: ", block[0])]
    for block in named:
        text = "\n".join(line.removeprefix("$ ") for line in block)
        assert re.match(r"(scrapy|sqlite3|pg_dump|useradd) ", text), block


def anchors(path: Path) -> set[str]:
    """Return the names that headings of a document get on GitHub."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    "path",
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))],
    ids=lambda path: path.name,
)
def test_links_lead_somewhere(path):
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


def commands() -> Iterator[object]:
    """Yield the words of every command of the program that a document or a deploy file shows."""
    files = [ROOT / "README.md", ROOT / "Makefile", *sorted((ROOT / "docs").glob("*.md"))]
    files += [path for path in sorted((ROOT / "deploy").rglob("*")) if path.is_file()]
    for path in files:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            for found in re.finditer(r"(?:^ {4}|^ {4}.*[/ &$]|^ExecStart=.*/|&& |`)scrapy ([a-z]+(?: [^`]*|$))", line):
                words = re.split(r"\s(?:>|2>|\|\||&&|#|\|)(?=\s|$)", found[1])[0]
                yield pytest.param(shlex.split(words), id=f"{path.name}:{number}")


@pytest.mark.parametrize("words", list(commands()))
def test_every_command_shown_is_understood(words):
    known = _get_commands_dict(get_project_settings(), inproject=True)
    name, *arguments = words
    assert name in known
    command = known[name]
    command.settings = get_project_settings()
    parser = argparse.ArgumentParser(exit_on_error=False)
    command.add_options(parser)
    _, rest = parser.parse_known_args(arguments)
    assert not [word for word in rest if word.startswith("-")]
