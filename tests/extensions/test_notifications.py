"""Notifications: what is told and when, and each channel against a real server on loopback."""

from __future__ import annotations

import email
import json
import logging
import socketserver
import threading
from contextlib import contextmanager
from email.policy import default as email_policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from scrapy.settings import Settings

from crawler.extensions.figures import Figures
from crawler.extensions.notifications import Ended, ended, notify
from crawler.extensions.senders import ChannelSettingError, channels
from crawler.extensions.verdict import Outcome, Verdict
from tests import manual

BLOCKED = Outcome("report", Verdict.BLOCKED, "403", {"articles read": 0}, Figures())
DONE = Outcome("azernews", Verdict.DONE, "", {"articles read": 3}, Figures(read=3))
BUSY = Outcome("menafn", Verdict.BUSY, "", {})


def settings(**values):
    settings = Settings()
    settings.setmodule("crawler.settings")
    for name in [name for name in settings if name.startswith("NOTIFY_") and name != "NOTIFY_TELEGRAM_API"]:
        settings.set(name, "")
    for name, value in values.items():
        settings.set(name, value)
    return settings


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Webhook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, dict(self.headers), body))
        self.send_response(self.server.code)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


@pytest.fixture
def webhook():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
    server.received, server.code = [], 200
    with serving(server):
        server.url = f"http://127.0.0.1:{server.server_port}"
        yield server


class Smtp(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs that sends one message without encryption."""

    def handle(self):
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                lines = []
                while (text := self.rfile.readline()) != b".\r\n":
                    lines.append(text)
                self.server.received.append(email.message_from_bytes(b"".join(lines), policy=email_policy))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def smtp():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp)
    server.received = []
    with serving(server):
        yield server


def tell(sources, **values):
    return notify("20260206T120000Z-report", sources, channels(settings(**values)))


def test_off_by_default():
    assert channels(settings()) == {}


def test_slack(webhook):
    assert tell([Ended(BLOCKED, "done"), Ended(DONE, "done")], NOTIFY_SLACK_WEBHOOK=f"{webhook.url}/hook") == ["slack"]
    ((path, _, body),) = webhook.received
    assert path == "/hook"
    lines = json.loads(body)["text"].splitlines()
    assert lines[0] == "*Defence meetings: report blocked*"
    assert lines[1] == BLOCKED.line()
    assert lines[-1] == "run 20260206T120000Z-report"
    manual.check_lines("notification", lines)


def test_telegram_takes_the_text_as_it_is(webhook):
    odd = Outcome("report", Verdict.CHANGED, "body_on & <5 % of #pages_", {}, Figures())
    token = {"NOTIFY_TELEGRAM_TOKEN": "1:t", "NOTIFY_TELEGRAM_CHAT": "-42", "NOTIFY_TELEGRAM_API": webhook.url}
    assert tell([Ended(odd, None)], **token) == ["telegram"]
    ((path, _, body),) = webhook.received
    assert path == "/bot1:t/sendMessage"
    message = json.loads(body)
    assert message["chat_id"] == "-42"
    assert "body_on & <5 % of #pages_" in message["text"]
    assert "parse_mode" not in message


def test_mail(smtp):
    values = {
        "NOTIFY_MAIL_TO": "a@example.org,b@example.org",
        "NOTIFY_MAIL_FROM": "crawler@example.org",
        "NOTIFY_SMTP_URL": f"smtp://127.0.0.1:{smtp.server_address[1]}",
    }
    assert tell([Ended(BLOCKED, None)], **values) == ["mail"]
    (message,) = smtp.received
    assert message["Subject"] == "Defence meetings: report blocked"
    assert message["To"] == "a@example.org, b@example.org"
    assert BLOCKED.line() in message.get_content().replace("\r\n", "\n")


def test_sentry(webhook):
    dsn = webhook.url.replace("http://", "http://key@") + "/7"
    assert tell([Ended(BLOCKED, "done")], NOTIFY_SENTRY_DSN=dsn) == ["sentry"]
    ((path, headers, body),) = webhook.received
    assert path == "/api/7/envelope/"
    assert "sentry_key=key" in headers["X-Sentry-Auth"]
    header, kind, event = map(json.loads, body.splitlines())
    assert kind == {"type": "event"}
    assert event["event_id"] == header["event_id"]
    assert (event["level"], event["tags"]) == ("error", {"report": "blocked"})


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ([Ended(DONE, None)], False),  # a first run that went well is no news
        ([Ended(DONE, "done")], False),
        ([Ended(DONE, "blocked")], True),  # well again
        ([Ended(BLOCKED, None)], True),
        ([Ended(BLOCKED, "blocked")], False),  # known already
        ([Ended(BLOCKED, "incomplete")], True),
        ([Ended(BUSY, "done")], False),
        ([Ended(BUSY, "done"), Ended(BLOCKED, "done")], True),
    ],
)
def test_people_are_told_once(webhook, sources, told):
    tell(sources, NOTIFY_SLACK_WEBHOOK=webhook.url)
    assert bool(webhook.received) is told


def test_low_coverage_is_told_with_the_verdict(webhook):
    figures = Figures(read=6, unreadable={"missing-date": 4}, missing={"published": 4})
    changed = Outcome("report", Verdict.CHANGED, "", {}, figures)
    tell([Ended(changed, "done")], NOTIFY_SLACK_WEBHOOK=webhook.url)
    assert "report: published on 60% of 10 pages" in json.loads(webhook.received[0][2])["text"]


def test_a_channel_that_fails_is_named_without_its_secret_and_the_others_are_told(webhook, smtp, caplog):
    webhook.code = 500
    values = {
        "NOTIFY_TELEGRAM_TOKEN": "secret",
        "NOTIFY_TELEGRAM_CHAT": "1",
        "NOTIFY_TELEGRAM_API": webhook.url,
        "NOTIFY_MAIL_TO": "a@example.org",
        "NOTIFY_MAIL_FROM": "b@example.org",
        "NOTIFY_SMTP_URL": f"smtp://127.0.0.1:{smtp.server_address[1]}",
    }
    with caplog.at_level(logging.ERROR):
        assert tell([Ended(BLOCKED, None)], **values) == ["mail"]
    assert "no notification by telegram: urllib.error.HTTPError: HTTP Error 500" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"NOTIFY_SLACK_WEBHOOK": "http://hooks.example.org/secret"}, "NOTIFY_SLACK_WEBHOOK must be an https address"),
        ({"NOTIFY_TELEGRAM_TOKEN": "secret"}, "NOTIFY_TELEGRAM_CHAT is missing"),
        ({"NOTIFY_MAIL_TO": "a@example.org", "NOTIFY_MAIL_FROM": "b@example.org"}, "NOTIFY_SMTP_URL is missing"),
        (
            {"NOTIFY_MAIL_TO": "a@x", "NOTIFY_MAIL_FROM": "b@x", "NOTIFY_SMTP_URL": "mail.example.org"},
            "NOTIFY_SMTP_URL must",
        ),
        ({"NOTIFY_SENTRY_DSN": "https://secret.example.org/"}, "NOTIFY_SENTRY_DSN must"),
    ],
)
def test_incomplete_settings_are_refused_without_showing_them(values, message):
    with pytest.raises(ChannelSettingError, match=message) as caught:
        channels(settings(**values))
    assert "secret" not in str(caught.value)


def test_the_verdict_before_is_that_of_the_run_before(tmp_path):
    for run, verdict in (("20260201T000000Z-report", "done"), ("20260202T000000Z-report", "blocked")):
        path = tmp_path / "runs" / run / "manifest.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"run": run, "sources": {"report": {"verdict": verdict}}}))
    (now,) = ended([BLOCKED], tmp_path, "20260202T000000Z-report")
    assert (now.before, now.is_news) == ("done", True)
    (later,) = ended([BLOCKED], tmp_path, "20260203T000000Z-report")
    assert (later.before, later.is_news) == ("blocked", False)
    (first,) = ended([DONE], tmp_path, "20260203T000000Z-report")
    assert (first.before, first.is_news) == (None, False)
