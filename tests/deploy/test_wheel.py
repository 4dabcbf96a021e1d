"""The program as a package: a wheel in an empty environment, in any folder (docs/install.md)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile

import pytest

from tests.deploy.packages import PARTIES, ROOT, captures, copy_of_the_program, parties

PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")


def ended(*command, **options):
    # A test of the same process may have read the project's settings, which Scrapy then names to every process it starts.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SCRAPY_")}
    return subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=False, timeout=600, env=environment, **options
    )


def run(*command, **options):
    process = ended(*command, **options)
    assert process.returncode == 0, process.stdout + process.stderr
    return process


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    program = copy_of_the_program(folder / "program")
    run(sys.executable, *PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, program)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def scrapy(wheel, tmp_path_factory):
    """``scrapy`` of an environment that holds the lock and the wheel, and nothing else."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    run(sys.executable, "-m", "venv", folder)
    python = folder / "bin" / "python"
    run(python, *PIP, "install", "--require-hashes", "-r", ROOT / "requirements.txt")
    run(python, *PIP, "install", "--no-index", wheel)  # all that it needs is there
    run(python, "-m", "pip", "check")
    return folder / "bin" / "scrapy"


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_program(wheel):
    tracked = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "crawler", cwd=ROOT).stdout.split()
    with zipfile.ZipFile(wheel) as archive:
        assert {name for name in archive.namelist() if ".dist-info/" not in name} == set(tracked)


@pytest.mark.slow
def test_it_crawls_in_an_empty_folder(scrapy, tmp_path):
    path = captures(tmp_path / "pages")
    crawled = run(scrapy, "crawl", "archive", "-q", "-a", f"path={path}", "-O", "s.jsonl", cwd=tmp_path)
    assert "archive: done" in crawled.stdout
    assert parties(tmp_path / "s.jsonl") == parties(tmp_path / "data" / "meetings.jsonl") == PARTIES
    assert run(scrapy, "export", "meetings.csv", cwd=tmp_path).stdout == "meetings.csv: 2 meetings\n"
    identity = json.loads((tmp_path / "s.jsonl").read_text("utf-8").splitlines()[0])["id"]
    assert "first-report" in run(scrapy, "explain", identity, cwd=tmp_path).stdout


@pytest.mark.slow
def test_a_folder_with_settings_of_its_own(scrapy, tmp_path):
    """As docs/install.md shows it."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = meetings_settings\n")
    (tmp_path / "meetings_settings.py").write_text('from crawler.settings import *\n\nDATA_DIR = "elsewhere"\n')
    path = captures(tmp_path / "pages")
    run(scrapy, "crawl", "archive", "-q", "-a", f"path={path}", cwd=tmp_path)
    assert parties(tmp_path / "elsewhere" / "meetings.jsonl") == PARTIES
    assert "report" in run(scrapy, "list", cwd=tmp_path).stdout.split()


@pytest.mark.slow
def test_another_project_keeps_its_commands(scrapy, tmp_path):
    run(scrapy, "startproject", "other", ".", cwd=tmp_path)
    (tmp_path / "other" / "spiders" / "one.py").write_text(
        "import scrapy\n\nclass One(scrapy.Spider):\n    name = 'one'\n"
        "    async def start(self):\n        yield {'seen': True}\n"
    )
    run(scrapy, "crawl", "one", "-O", "one.jsonl", cwd=tmp_path)
    assert json.loads((tmp_path / "one.jsonl").read_text()) == {"seen": True}
    process = ended(scrapy, "health", cwd=tmp_path)
    assert process.returncode == 2
    assert "run it in a folder of its own" in process.stderr
