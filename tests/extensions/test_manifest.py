from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import scrapy
from scrapy.settings import Settings

from crawler.extensions import manifest as module
from crawler.extensions.figures import Figures
from crawler.extensions.manifest import code_version, manifest
from crawler.extensions.verdict import Outcome, Verdict

BEGAN, ENDED = datetime(2026, 2, 6, 12, tzinfo=UTC), datetime(2026, 2, 6, 12, 1, 30, tzinfo=UTC)


def settings(**values):
    settings = Settings()
    settings.setmodule("crawler.settings")
    for name, value in values.items():
        settings.set(name, value)
    return settings


def run(**outcomes):
    return SimpleNamespace(id="20260206T120000Z-report", started=BEGAN, outcomes=outcomes)


def test_it_tells_how_the_run_went_and_by_what():
    figures = Figures(read=9, missing={"body": 1}, unreadable={"empty-body": 1}, agreement=(0.9,))
    outcomes = {
        "report": Outcome("report", Verdict.CHANGED, "why", {"articles read": 9}, figures),
        "azernews": Outcome("azernews", Verdict.PROGRAM_ERROR, "the crawl did not start", {}),
    }
    told = json.loads(json.dumps(manifest(run(**outcomes), settings(), ENDED, {"since": "2026-01-01"})))
    assert (told["verdict"], told["seconds"], told["arguments"]) == ("program_error", 90.0, {"since": "2026-01-01"})
    report = told["sources"]["report"]
    assert (report["verdict"], report["exit_code"], report["counts"]) == ("changed", 4, {"articles read": 9})
    assert report["figures"]["coverage"] == {"headline": 1.0, "body": 0.9, "published": 1.0}
    assert told["sources"]["azernews"]["figures"] is None
    assert told["code"]["scrapy"] == scrapy.__version__


def test_it_holds_no_secret():
    secrets = settings(
        STORE_URL="postgresql+psycopg://crawler:hunter2@db.example.org/meetings",
        NOTIFY_TELEGRAM_TOKEN="hunter2",
        NOTIFY_SMTP_URL="smtp://a:hunter2@mail.example.org",
        HTTPPROXY_AUTH_ENCODING="hunter2",
    )
    told = json.dumps(manifest(run(), secrets, ENDED, {}))
    assert "hunter2" not in told
    assert "postgresql+psycopg://crawler:***@db.example.org/meetings" in told


def test_the_version_is_the_commit_or_a_hash_of_the_files(monkeypatch, tmp_path):
    code_version.cache_clear()
    assert re.fullmatch(r"[0-9a-f]{12}(-modified)?|files-[0-9a-f]{12}", code_version())
    package = tmp_path / "crawler"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.setattr(module.resources, "files", lambda _: package)
    code_version.cache_clear()
    before = code_version()
    assert re.fullmatch(r"files-[0-9a-f]{12}", before)
    (package / "__init__.py").write_text("# changed")
    code_version.cache_clear()
    assert code_version() != before
    code_version.cache_clear()


@pytest.mark.parametrize("name", module._SETTINGS)
def test_every_setting_named_exists(name):
    assert name in settings()
