"""What every answer says to the browser, and which requests are answered at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# The pages need one style sheet and nothing else: a headline that gets past the escaping still finds nothing to run.
HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_READING: Final = frozenset({"GET", "HEAD"})


def guarded(app: App, *, loopback: bool) -> App:
    """Wrap an ASGI application: only reading, and with ``loopback`` only under a name of this machine.

    The name matters because a page elsewhere can let its own name point to 127.0.0.1 and read what is served there.
    Fields of a form that were left empty are taken out of the address, so that they filter nothing.
    """

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                known = [(name, value) for name, value in message.get("headers", []) if name.decode() not in HEADERS]
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": known + added}
            await send(message)

        if scope["method"] not in _READING:
            await _refuse(answer, 405, "These pages are read-only.")
        elif loopback and _host(scope) not in _LOOPBACK:
            await _refuse(answer, 403, "Open these pages as http://127.0.0.1 or http://localhost.")
        elif (shorter := _without_empty_fields(scope)) is not None:
            await _redirect(answer, shorter)
        else:
            await app(scope, receive, answer)

    return wrapped


def _host(scope: Scope) -> str:
    host: str = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    return host.rsplit(":", 1)[0] if not host.endswith("]") else host


def _without_empty_fields(scope: Scope) -> str | None:
    """Return the address without fields that were left empty, None when there are none."""
    query: str = scope["query_string"].decode("latin-1")
    fields = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in fields if value.strip()]
    if len(kept) == len(fields) or not query:
        return None
    path: str = scope.get("raw_path", scope["path"].encode()).decode("latin-1").partition("?")[0]
    # Never another machine's address: //host would be one.
    return "/" + path.lstrip("/") + ("?" + urlencode(kept) if kept else "")


async def _refuse(send: Send, status: int, reason: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": reason.encode()})


async def _redirect(send: Send, location: str) -> None:
    await send({"type": "http.response.start", "status": 302, "headers": [(b"location", location.encode("latin-1"))]})
    await send({"type": "http.response.body", "body": b""})
