"""Make requirements*.txt of the lists in pyproject.toml: every package with its version and hashes, for all Pythons.

``make lock`` keeps the versions that are locked and adds what is missing; ``make lock UPGRADE=1`` takes the newest. A
lock holds what it adds to the lock it names first.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
HEADER = "# Made by `make lock` from pyproject.toml, for Python 3.11 and newer.\n"
# pip installs as much as it can on an older Python and then blames a package. This line it reads first, and says why.
FLOOR = (
    'Python-3.11-or-newer-is-needed @ file:///this-program-needs-Python-3.11-or-newer.zip ; python_version < "3.11"\n'
)
BASE, DEV = "requirements.txt", "requirements-dev.txt"
PROGRAM = "pyproject.toml"  # its dependencies, in which extras stand
# What is locked, the lock it adds to, and the locks whose versions it keeps to.
LOCKS: dict[str, tuple[list[str], str | None, list[str]]] = {
    BASE: ([PROGRAM], None, []),
    DEV: ([PROGRAM, "--extra=export", "--extra=browse", "--group=dev"], BASE, [BASE]),
    "requirements-demo.txt": ([PROGRAM, "--group=demo"], BASE, [BASE, DEV]),
    "requirements-export.txt": ([PROGRAM, "--extra=export"], BASE, [BASE, DEV]),
    "requirements-browse.txt": ([PROGRAM, "--extra=browse"], BASE, [BASE, DEV]),
    "requirements-spark.txt": ([PROGRAM, "--extra=spark"], BASE, [BASE, DEV]),
    "requirements-ftm.txt": ([PROGRAM, "--group=ftm"], BASE, [BASE]),
    # nothing but the tool, so that it can be had whatever is wrong with the others
    "requirements-lock.txt": (["--group=lock"], None, []),
    # with other versions of packages that a crawl needs
    "requirements-s3.txt": ([PROGRAM, "--extra=s3"], None, []),
    "requirements-s3-test.txt": (
        [PROGRAM, "--extra=s3", "--group=s3-test"],
        "requirements-s3.txt",
        ["requirements-s3.txt"],
    ),
    "requirements-bench.txt": ([PROGRAM, "--group=bench"], None, []),
}


def packages(lock: str) -> dict[str, str]:
    """Return the lines of each package of a lock (version, marker, hashes, who wants it) by the first of them."""
    blocks = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    return {block.partition("\n")[0]: block for block in blocks}


def made(name: str, folder: Path, *, upgrade: bool) -> str:
    """Return the text of a lock."""
    asked, base, kept = LOCKS[name]
    whole = folder / name
    # what is locked now is preferred
    whole.write_text("".join((ROOT / one).read_text("utf-8") for one in (base, name) if one and (ROOT / one).is_file()))
    constraints = [f"--constraints={one}" for one in kept]
    options = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--quiet", *constraints]
    options += ["--upgrade"] if upgrade else []
    command = ["uv", "pip", "compile", *asked, *options, f"--output-file={whole}"]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - a fixed command
    found = packages(whole.read_text("utf-8"))
    if base is None:
        return HEADER + FLOOR + "".join(found.values())
    there = packages((ROOT / base).read_text("utf-8"))
    return f"{HEADER}-r {base}\n" + "".join(block for package, block in found.items() if package not in there)


def main() -> int:
    """Write every lock, each after those it keeps to."""
    with TemporaryDirectory() as folder:
        for name in LOCKS:
            (ROOT / name).write_text(made(name, Path(folder), upgrade="--upgrade" in sys.argv), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
