"""How a notification leaves: Slack, Telegram, e-mail, Sentry, each over the standard library.

A sender raises OSError (urllib's and smtplib's errors are) when the message was not taken; it never shows a secret.
"""

from __future__ import annotations

import json
import smtplib
import ssl
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from scrapy.settings import BaseSettings

_TIMEOUT: Final = 20  # seconds; a run does not wait for a messenger
_TELEGRAM_LENGTH: Final = 4096
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class ChannelSettingError(ValueError):
    """A NOTIFY_ setting that cannot be used; the message names it and not its value."""


@dataclass(frozen=True, slots=True)
class Notification:
    """What is told: ``title`` and ``text`` for people, ``tags`` and ``level`` for Sentry (``error`` or ``info``)."""

    title: str
    text: str
    level: str
    tags: Mapping[str, str]


Send = Callable[[Notification], None]


def channels(settings: BaseSettings) -> dict[str, Send]:
    """Return the senders that are set, by name; none by default.

    Raises ChannelSettingError when a setting is incomplete or names a place that is not https.
    """
    senders: dict[str, Send] = {}
    if webhook := settings["NOTIFY_SLACK_WEBHOOK"]:
        url = _checked("NOTIFY_SLACK_WEBHOOK", webhook)
        senders["slack"] = lambda note: _post(url, {"text": f"*{note.title}*\n{note.text}"})
    if token := settings["NOTIFY_TELEGRAM_TOKEN"]:
        chat = _needed(settings, "NOTIFY_TELEGRAM_CHAT")
        address = (
            f"{_checked('NOTIFY_TELEGRAM_API', settings['NOTIFY_TELEGRAM_API']).rstrip('/')}/bot{token}/sendMessage"
        )
        # plain text: the underscore of a verdict or an address would open Markdown's italics and be refused
        senders["telegram"] = lambda note: _post(
            address, {"chat_id": chat, "text": f"{note.title}\n{note.text}"[:_TELEGRAM_LENGTH]}
        )
    if to := settings.getlist("NOTIFY_MAIL_TO"):
        server, sender = _needed(settings, "NOTIFY_SMTP_URL"), _needed(settings, "NOTIFY_MAIL_FROM")
        if urlsplit(server).scheme not in {"smtp", "smtps"} or not urlsplit(server).hostname:
            raise ChannelSettingError("NOTIFY_SMTP_URL must be smtp://[user:password@]host[:port] or smtps://...")
        senders["mail"] = lambda note: _mail(server, sender, to, note)
    if dsn := settings["NOTIFY_SENTRY_DSN"]:
        senders["sentry"] = _sentry(_checked("NOTIFY_SENTRY_DSN", dsn))
    return senders


def _needed(settings: BaseSettings, name: str) -> str:
    value = settings[name]
    if not value:
        raise ChannelSettingError(f"{name} is missing")
    return str(value)


def _checked(name: str, url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        raise ChannelSettingError(f"{name} must be an https address")
    return url


def _post(url: str, content: Any, headers: Mapping[str, str] | None = None) -> None:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    request = Request(url, data=body, headers={"Content-Type": "application/json", **(headers or {})})  # noqa: S310 - checked above
    with urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310 - checked above
        response.read()


def _mail(server: str, sender: str, to: list[str], note: Notification) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = note.title, sender, ", ".join(to)
    message["Date"] = datetime.now(UTC)
    message.set_content(f"{note.text}\n")
    parts = urlsplit(server)
    host = parts.hostname or ""
    context = ssl.create_default_context()
    connection = (
        smtplib.SMTP_SSL(host, parts.port or smtplib.SMTP_SSL_PORT, timeout=_TIMEOUT, context=context)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, parts.port or 25, timeout=_TIMEOUT)
    )
    with connection:
        is_encrypted = parts.scheme == "smtps"
        connection.ehlo()
        if not is_encrypted and connection.has_extn("starttls"):
            connection.starttls(context=context)
            is_encrypted = True
        if parts.username:
            if not is_encrypted and host not in _LOOPBACK:
                raise OSError("the mail server offers no encryption, so no password is sent")
            connection.login(unquote(parts.username), unquote(parts.password or ""))
        connection.send_message(message)


def _sentry(dsn: str) -> Send:
    """Return a sender of Sentry's envelopes (https://develop.sentry.dev/sdk/foundations/transport/envelopes/)."""
    parts = urlsplit(dsn)
    path, _, project = parts.path.rpartition("/")
    if not parts.username or not project:
        raise ChannelSettingError("NOTIFY_SENTRY_DSN must be https://KEY@HOST/PROJECT")
    host = parts.netloc.rpartition("@")[2]
    url = f"{parts.scheme}://{host}{path}/api/{project}/envelope/"
    auth = f"Sentry sentry_version=7, sentry_client=defence-meetings/1, sentry_key={parts.username}"

    def send(note: Notification) -> None:
        event = {
            "event_id": uuid.uuid4().hex,
            "timestamp": datetime.now(UTC).isoformat(),
            "platform": "python",
            "level": note.level,
            "message": {"formatted": f"{note.title}\n{note.text}"},
            "tags": dict(note.tags),
            "fingerprint": sorted(f"{key}={value}" for key, value in note.tags.items()),
        }
        lines = ({"event_id": event["event_id"]}, {"type": "event"}, event)
        envelope = b"\n".join(json.dumps(line).encode() for line in lines) + b"\n"
        _post(url, envelope, {"Content-Type": "application/x-sentry-envelope", "X-Sentry-Auth": auth})

    return send
