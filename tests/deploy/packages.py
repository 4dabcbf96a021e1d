"""A copy of what is packed, so that building leaves nothing in the checkout."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKED = ("LICENSE", "README.md", "pyproject.toml", "scrapy.cfg", "setup.py")
# Two pages as a browser's text of them, of sites the program knows; in the manner of the sites.
CAPTURES = {
    "report.txt": """Karabakh University WUF13 Heydar Aliyev Center

    Azerbaijan, Oman chiefs of staff discuss joint training

    Military
    • 11 March, 2026
    • 11:05
    Azerbaijan, Oman chiefs of staff discuss joint training

    Chief of the General Staff of the Azerbaijan Army, Colonel General Karim Valiyev received the Chief of Staff of the
    Sultan's Armed Forces of Oman, Vice Admiral Salim al-Balushi in Baku, Report informs via the Ministry of Defense.

    The sides discussed joint training.

    Latest News
    """,
    "azernews.txt": """date 2026-04-02
 date 2026-04-02 MENAFN - AzerNews) Leyla Mammadova Read more

Azerbaijan's Minister of Defense, Colonel General Zakir Hasanov met on April 1 in Baku with a delegation led by the
Minister of Defense of Georgia, Irakli Chikovani.

Military education was discussed.
""",
}
PARTIES = [["AZ", "OM"], ["AZ", "GE"]]


def copy_of_the_program(folder: Path) -> Path:
    """Copy what is packed into a folder of its own and return it."""
    shutil.copytree(ROOT / "crawler", folder / "crawler", ignore=shutil.ignore_patterns("__pycache__"))
    for name in PACKED:
        shutil.copy(ROOT / name, folder)
    return folder


def captures(folder: Path) -> Path:
    """Write the two captures into a new folder and return it."""
    folder.mkdir()
    for name, text in CAPTURES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def parties(feed: Path) -> list[list[str]]:
    """The parties of each meeting of a feed, the oldest first."""
    meetings = [json.loads(line) for line in feed.read_text("utf-8").splitlines()]
    return [meeting["countries"] for meeting in sorted(meetings, key=lambda meeting: meeting["date"])]
