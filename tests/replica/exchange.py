"""What goes between the server, the faults and the sites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

HTML_WITHOUT_CHARSET = "text/html"
HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A GET request. ``path`` is decoded and without query.

    ``shift`` moves where a further batch of a listing begins: 3 repeats three items of the batch before, -3 loses three.
    ``empty`` asks for listings and feeds without items.
    """

    host: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    shift: int = 0
    empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer. ``content_type`` goes out as it stands; ``modified`` becomes Last-Modified.

    The last four are misbehaviour: seconds to wait first, bytes to send before the connection is cut although the whole
    length was announced, bytes of padding streamed after the body, and a connection closed without any answer.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    modified: dt.datetime | None = None
    wait: float = 0.0
    cut: int | None = None
    padding: int = 0
    is_dropped: bool = False


def redirect(location: str, status: int = 301) -> Reply:
    """Answer with another address."""
    return Reply(status=status, headers={"Location": location})
