"""``python -m tests.pages.refresh [SOURCE/CASE ...]``: write what is read now into ``expected.json``; look at the difference.

A new case is a folder with ``page.html`` (or ``page.txt``) and an ``expected.json`` that holds the ``url``.
"""

from __future__ import annotations

import json
import sys

from crawler.pages import PageError
from tests.pages.test_cases import CASES, as_json, read


def main(names: list[str]) -> None:
    for case in CASES:
        if names and f"{case.parent.name}/{case.name}" not in names:
            continue
        path = case / "expected.json"
        expected = json.loads(path.read_text("utf-8"))
        expected.pop("article", None)
        expected.pop("error", None)
        try:
            expected["article"] = as_json(read(case, expected))
        except PageError as error:
            expected["error"] = error.reason
        path.write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
