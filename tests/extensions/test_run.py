from __future__ import annotations

import shutil
from datetime import UTC, datetime

from scrapy.settings import Settings

from crawler.extensions.run import Run

NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)


def test_runs_of_one_second_have_ids_of_their_own_also_in_a_restored_store(tmp_path):
    """A backup is restored without the folders of its runs, which its store still names."""

    def run():
        settings = Settings({"DATA_DIR": str(tmp_path), "STORE_URL": "", "OVERLAP_DAYS": 3, "STORE_WAIT": 1})
        with (made := Run(["archive"], settings, now=NOW)).store:
            return made.id

    first, second = run(), run()
    shutil.rmtree(tmp_path / "runs")
    assert [first, second, run()] == [f"20260206T120000Z-archive{end}" for end in ("", "-2", "-3")]
