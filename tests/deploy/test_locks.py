"""Every install is of requirements*.txt, which hold each package with its version and hashes."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lock import LOCKS, PROGRAM

ROOT = Path(__file__).parents[2]
LISTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@cache
def locked(name):
    """The packages of a lock and of the one it adds to: name, requirement, hashes."""
    found = []
    for block in re.split(r"^(?=\S)", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE):
        if base := re.match(r"-r (\S+)", block):
            found += locked(base[1])
        elif not block.startswith("#") and block.strip():
            one = Requirement(block.partition(" \\")[0].strip())
            found.append((canonicalize_name(one.name), one, re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block)))
    return found


def asked(name):
    """The requirements of the lists behind a lock."""
    options, _, _ = LOCKS[name]
    lines = list(LISTS["project"]["dependencies"]) if PROGRAM in options else []
    for option in options:
        if option == PROGRAM:
            continue
        kind, _, value = option.removeprefix("--").partition("=")
        table = LISTS["project"]["optional-dependencies"] if kind == "extra" else LISTS["dependency-groups"]
        lines += [line for line in table[value] if isinstance(line, str)]
    return map(Requirement, lines)


def test_no_file_of_requirements_is_made_by_hand():
    assert {path.name for path in ROOT.glob("requirements*.txt")} == set(LOCKS)


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_locked(name):
    for one in asked(name):
        versions = [found.specifier for package, found, _ in locked(name) if package == canonicalize_name(one.name)]
        assert versions, f"{one} is not in {name}: make lock"
        for version in versions:
            assert one.specifier.contains(str(version).removeprefix("==")), (
                f"{one}, but {name} has {version}: make lock"
            )


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_its_version_and_hashes(name):
    for package, one, hashes in locked(name):
        if one.url is None:
            assert re.fullmatch(r"==[^*]+", str(one.specifier)), package
            assert hashes, package


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", LOCKS)
def test_each_python_gets_one_version_of_a_package(name, python):
    chosen = {}
    for package, one, _ in locked(name):
        if one.marker is None or one.marker.evaluate({"python_version": python, "python_full_version": f"{python}.9"}):
            assert chosen.setdefault(package, one.specifier) == one.specifier, package


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_host(name):
    text = (ROOT / name).read_text("utf-8")
    assert re.findall(r"\w+://[^/\s]*", text) == ["file://"] * ("\n-r " not in text)


def test_an_older_python_is_named_as_the_cause(tmp_path):
    """pip reads this line first; here for a Python that is older than none."""
    line = (ROOT / "requirements.txt").read_text("utf-8").splitlines()[1]
    (tmp_path / "requirements.txt").write_text(line.replace('< "3.11"', '< "4"'))
    process = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-index", "-r", tmp_path / "requirements.txt"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert process.returncode == 1
    assert "this-program-needs-Python-3.11-or-newer" in process.stderr


def test_make_names_a_python_that_is_too_old(tmp_path):
    python = tmp_path / "python3"
    python.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.10.13\nexit 1\n')
    python.chmod(0o755)
    process = subprocess.run(
        ["make", "-f", ROOT / "Makefile", ".venv/bin/python", f"PYTHON={python}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert process.returncode == 2
    assert f"Python 3.11 or newer is needed, and {python} is Python 3.10.13" in process.stderr
