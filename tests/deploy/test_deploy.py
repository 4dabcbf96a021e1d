"""What stands in deploy/ can be read by what it is for, and calls commands and settings that exist."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from scrapy.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
SOURCES = ("report", "azernews", "menafn")
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROGRAM = "/srv/meetings/.venv/bin/scrapy"
# Minutes between two runs at most, with the reason in the files: AzerNews' feed turns over in under six hours.
CADENCE = {"report": 60, "azernews": 120, "menafn": 720}


def unit(path):
    parser = configparser.RawConfigParser(strict=False, comment_prefixes=("#", ";"))
    parser.optionxform = str
    parser.read(path)
    return parser


def minutes(cron):
    """The longest wait in minutes between two runs of a schedule whose minute is fixed."""
    minute, hours = cron.split()[:2]
    assert minute.isdecimal()
    if hours.startswith("*"):
        return 60 * int(hours.partition("/")[2] or 1)
    at = [int(hour) for hour in hours.split(",")]
    return 60 * max((later - earlier) % 24 for earlier, later in zip(at, at[1:] + at[:1], strict=True))


def test_every_source_has_a_timer():
    assert {path.name for path in UNITS} == {
        "meetings-crawl@.service",
        *(f"meetings-crawl@{source}.timer" for source in SOURCES),
        "meetings-health.service",
        "meetings-health.timer",
    }


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_accepts_the_units(tmp_path):
    for path in UNITS:
        name = path.name.replace("@.service", "@report.service")
        # the program is not installed on the machine of the test
        text = path.read_text().replace(PROGRAM, "/bin/true").replace("User=meetings", "User=root")
        (tmp_path / name).write_text(text.replace("file:/srv/meetings", "file:/usr/share"))
    (tmp_path / "meetings-crawl@.service").write_text((tmp_path / "meetings-crawl@report.service").read_text())
    names = [str(tmp_path / path.name.replace("@.service", "@report.service")) for path in UNITS]
    process = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names],
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    ours = [line for line in process.stderr.splitlines() if "meetings" in line]
    assert (process.returncode, ours) == (0, []), process.stderr


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_services_are_closed(path):
    service = unit(path)["Service"]
    assert service["ExecStart"].startswith(f"{PROGRAM} ")
    assert service["User"] == "meetings"
    for option, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "CapabilityBoundingSet": "",
    }.items():
        assert service[option] == value, option


def test_settings_named_on_command_lines_exist():
    settings = Settings()
    settings.setmodule("crawler.settings")
    named = {
        name
        for path in DEPLOY.rglob("*")
        if path.is_file()
        for name in re.findall(r"-s \"?([A-Z_]+)=", path.read_text("utf-8"))
    }
    assert {"CONTACT", "DATA_DIR", "STORE_URL"} <= named
    assert not {name for name in named if name not in settings}


def test_crontab_and_cluster_keep_one_cadence():
    crontab = (DEPLOY / "crontab").read_text("utf-8")
    cron = {source: line for line in crontab.splitlines() for source in SOURCES if f"scrapy crawl {source} " in line}
    jobs = {one["metadata"]["name"]: one for one in cluster() if one["kind"] == "CronJob"}
    for source in SOURCES:
        assert minutes(cron[source]) == CADENCE[source]
        job = jobs[f"meetings-{source}"]["spec"]
        assert minutes(job["schedule"]) == CADENCE[source]
        assert job["concurrencyPolicy"] == "Forbid"
        pod = job["jobTemplate"]["spec"]["template"]["spec"]
        assert pod["containers"][0]["args"] == ["crawl", source]
        assert pod["securityContext"]["runAsNonRoot"] is True


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".timer"], ids=lambda path: path.name)
def test_calendars_are_understood(path):
    calendar = unit(path)["Timer"]["OnCalendar"]
    subprocess.run(["systemd-analyze", "calendar", calendar], check=True, capture_output=True, timeout=60)


def cluster():
    return list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8")))


def test_compose():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    crawler, database = compose["services"]["crawler"], compose["services"]["database"]
    assert crawler["environment"]["STORE_URL"] == "postgresql+psycopg://meetings@database/meetings"
    assert crawler["depends_on"]["database"]["condition"] == "service_healthy"
    assert crawler["read_only"] is True
    assert database["environment"]["POSTGRES_USER"] == "meetings"
    assert set(compose["volumes"]) == {"data", "database"}
    assert (DEPLOY / crawler["build"]["context"] / crawler["build"]["dockerfile"]).is_file()


def test_the_image_copies_what_there_is_and_runs_as_nobody():
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            *paths, _ = [word for word in line.split()[1:] if not word.startswith("--")]
            assert all((DEPLOY.parent / path).exists() for path in paths), line
    assert "USER 10001:10001" in lines


def test_the_entrypoint_passes_the_environment_on(tmp_path):
    scrapy = tmp_path / "scrapy"
    scrapy.write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n')
    scrapy.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "CONTACT": "a b@example.org"}
    process = subprocess.run(
        [DEPLOY / "entrypoint.sh", "crawl", "report"], env=environment, capture_output=True, text=True, check=True
    )
    assert process.stdout.splitlines() == ["crawl", "report", "-s", "DATA_DIR=/data", "-s", "CONTACT=a b@example.org"]


def test_scrapyd_listens_on_loopback_and_runs_one_at_a_time():
    parser = configparser.ConfigParser()
    parser.read(DEPLOY / "scrapyd.cfg")
    assert parser["scrapyd"]["bind_address"] == "127.0.0.1"
    assert parser["scrapyd"].getint("max_proc") == 1
