"""What stands in deploy/ can be read by what it is for, and calls commands and settings that exist."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from fnmatch import fnmatch
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


@pytest.fixture
def installed(tmp_path):
    """The units as on a machine where the program and its user are; the template with its instance."""
    for path in UNITS:
        text = path.read_text().replace(PROGRAM, "/bin/true").replace("User=meetings", "User=daemon")
        (tmp_path / path.name).write_text(text.replace("file:/srv/meetings", "file:/usr/share"))
    shutil.copy(tmp_path / "meetings-crawl@.service", tmp_path / "meetings-crawl@report.service")
    return tmp_path


SERVICES = ("meetings-crawl@report.service", "meetings-health.service")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_accepts_the_units(installed):
    tmp_path = installed
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
        "StateDirectory": "meetings",
        "SystemCallErrorNumber": "EPERM",
    }.items():
        assert service[option] == value, option
    assert {"TimeoutStartSec", "MemoryMax", "TasksMax"} <= set(service)


def test_both_services_are_closed_alike():
    texts = [(DEPLOY / "systemd" / name.replace("@report", "@")).read_text("utf-8") for name in SERVICES]
    crawl, health = (text[text.index("NoNewPrivileges=") :] for text in texts)
    assert crawl == health


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("name", SERVICES)
def test_systemd_rates_the_services_as_closed(name, installed):
    """1.3 of 10 on systemd 252; what is left is the network, the group's access to the feed and executable memory."""
    subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", installed / name],
        check=True,
        capture_output=True,
        timeout=60,
    )


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
    assert set(jobs) == {f"meetings-{name}" for name in (*SOURCES, "health")}
    for source in SOURCES:
        assert minutes(cron[source]) == CADENCE[source]
        job = jobs[f"meetings-{source}"]["spec"]
        assert minutes(job["schedule"]) == CADENCE[source]
        assert pod(job)["containers"][0]["args"] == ["crawl", source]
    health = jobs["meetings-health"]["spec"]
    assert pod(health)["containers"][0]["args"] == ["health", *SOURCES]


def pod(job):
    return job["jobTemplate"]["spec"]["template"]["spec"]


@pytest.mark.parametrize("name", [*SOURCES, "health"])
def test_jobs_of_the_cluster_are_closed_and_bounded(name):
    (job,) = (one["spec"] for one in cluster() if one["metadata"]["name"] == f"meetings-{name}")
    assert job["concurrencyPolicy"] == "Forbid"
    assert job["jobTemplate"]["spec"]["backoffLimit"] == 0
    assert job["jobTemplate"]["spec"]["activeDeadlineSeconds"] <= 4 * 3600
    spec = pod(job)
    assert spec["restartPolicy"] == "Never"
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (container,) = spec["containers"]
    assert not container["image"].endswith(":latest")
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(container["resources"]) == {"requests", "limits"}
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in spec["volumes"]} == {"data", "tmp"}


@pytest.mark.parametrize(("code", "mailed"), [(0, ""), (7, ""), (3, "its log\n")])
def test_cron_mails_the_log_of_a_run_that_did_not_end_well(code, mailed, tmp_path):
    scrapy = tmp_path / "scrapy"
    scrapy.write_text(f"#!/bin/sh\necho its log\nexit {code}\n")
    scrapy.chmod(0o755)
    (line,) = (line for line in (DEPLOY / "crontab").read_text("utf-8").splitlines() if "crawl report" in line)
    command = line.split(None, 6)[6].replace("/srv/meetings", str(tmp_path))
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "DATA": str(tmp_path), "CONTACT": "you@example.org"}
    process = subprocess.run(
        ["bash", "-c", command], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert process.stdout == mailed


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
    settings = Settings()
    settings.setmodule("crawler.settings")
    channels = {name for name in settings if name.startswith("NOTIFY_")} - {"NOTIFY_TELEGRAM_API"}
    assert channels <= set(crawler["environment"])
    assert (DEPLOY / crawler["build"]["context"] / crawler["build"]["dockerfile"]).is_file()


def test_the_image_copies_what_there_is_and_runs_as_nobody():
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    let_in = {line[1:] for line in ignored if line.startswith("!")} | {"./crawler"}
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            *paths, _ = [word for word in line.split()[1:] if not word.startswith("--")]
            assert all(any(DEPLOY.parent.glob(path)) for path in paths), line
            assert all(any(fnmatch(path, one) for one in let_in) for path in paths), line
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


def test_the_page_of_installing_is_true_to_the_units():
    text = (DEPLOY.parent / "docs" / "install.md").read_text("utf-8")
    commands = "\n".join(re.findall(r"^ {4}(.*)$", text, re.MULTILINE))
    assert "useradd --system --home-dir /var/lib/meetings --shell /usr/sbin/nologin meetings" in commands
    environment = re.search(r"/etc/meetings.env <<< '([^']*)'", commands)[1]
    given = {line.partition("=")[0] for line in environment.splitlines()}
    enabled = re.search(r"enable --now (.*)", commands)[1]
    expanded = subprocess.run(
        ["bash", "-c", f"echo {enabled}"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(expanded) == {path.name for path in UNITS if path.suffix == ".timer"}
    for path in UNITS:
        if path.suffix == ".service":
            service = unit(path)["Service"]
            assert service["EnvironmentFile"] == "/etc/meetings.env"
            assert set(re.findall(r"\$\{?([A-Z_]+)", service["ExecStart"])) <= given
            assert service["User"] == "meetings"
            assert f"git clone ADDRESS-OF-THIS-REPOSITORY {service['WorkingDirectory']} " in commands
            assert f"DATA_DIR=/var/lib/{service['StateDirectory']} " in service["ExecStart"]
