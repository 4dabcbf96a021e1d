"""Everything a site can do wrong, as one table of faults that tests set while the sites run.

A ``Fault`` names a kind, which requests it hits (host and path as shell patterns, the query counts to the path when the
pattern has a ``?``), and for how many of them. The first fault that fits a request is applied.

=================  =====================================================================================
kind               the site ...
=================  =====================================================================================
status             answers ``code`` with ``headers`` (``{"Retry-After": "5"}``)
challenge          answers ``code`` (200) with the page of a bot wall
redesign           has renamed every class and id, and h1 and h2 to div; ``metadata`` (False) keeps metas and JSON-LD
empty-listing      has listings, fragments and feeds without items
truncated          announces the whole length and cuts the connection after ``share`` (0.5) of it
shortened          sends ``share`` (0.5) of the page as if it were all of it
disconnect         closes the connection without an answer
hang               waits ``seconds`` (3600) before it answers, or until the fault is taken away
gzip-bomb          answers ``size`` (256 MiB) packed to a thousandth
huge-page          goes on after the page with ``size`` (256 MiB) of padding
redirect-loop      redirects each address to itself
hostile-redirect   redirects to ``location``
wrong-charset      declares ``charset`` (iso-8859-1) for what is UTF-8
robots-denial      forbids everything in robots.txt; other addresses are not hit
page-shift         has ``shift`` (3) more items at the head for each further batch of a listing; negative: fewer
=================  =====================================================================================
"""

from __future__ import annotations

import re
import threading
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from tests.replica.exchange import Reply, Request, redirect

Kind = Literal[
    "status",
    "challenge",
    "redesign",
    "empty-listing",
    "truncated",
    "shortened",
    "disconnect",
    "hang",
    "gzip-bomb",
    "huge-page",
    "redirect-loop",
    "hostile-redirect",
    "wrong-charset",
    "robots-denial",
    "page-shift",
]
KINDS: Final[tuple[str, ...]] = get_args(Kind)

_MEBIBYTE: Final = 1024 * 1024
_CLASS_OR_ID: Final = re.compile(r"\b(class|id)=\"([^\"]*)\"")
_HEADING: Final = re.compile(r"(</?)h[12](?=[\s>])")
_METADATA: Final = re.compile(r"<script type=\"application/ld\+json\">.*?</script>|<meta property=[^>]*>", re.DOTALL)
_CHALLENGE: Final = b"""<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>
<meta name="robots" content="noindex,nofollow"><meta http-equiv="refresh" content="390"></head>
<body><div class="main-wrapper"><h1 class="zone-name-title">Checking your browser</h1>
<p>Verifying you are human. This may take a few seconds.</p>
<noscript>Enable JavaScript and cookies to continue</noscript></div>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>
"""


@dataclass(slots=True, kw_only=True)
class Fault:
    """One row of the table; ``hits`` counts the requests it was applied to.

    It fits requests of ``host`` and ``path``, not the first ``after`` of them, and only ``times`` (None: all) of the rest.
    """

    kind: Kind
    host: str = "*"
    path: str = "*"
    after: int = 0
    times: int | None = None
    code: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    location: str = "http://169.254.169.254/latest/meta-data/"
    charset: str = "iso-8859-1"
    seconds: float = 3600.0
    share: float = 0.5
    size: int = 256 * _MEBIBYTE
    shift: int = 3
    metadata: bool = False
    hits: int = field(default=0, init=False)
    _seen: int = field(default=0, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown kind."""
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; known: {', '.join(KINDS)}")

    def takes(self, request: Request, target: str) -> bool:
        """Tell whether the fault applies to this request, and count it; ``target`` is the path with its query."""
        path = target if "?" in self.path else request.path
        pattern = self.path.replace("?", "[?]")
        if not (fnmatchcase(request.host, self.host) and fnmatchcase(path, pattern)):
            return False
        if self.kind == "robots-denial" and request.path != "/robots.txt":
            return False
        with self._lock:
            self._seen += 1
            if self._seen <= self.after or (self.times is not None and self.hits >= self.times):
                return False
            self.hits += 1
        return True

    def asked(self, request: Request) -> Request:
        """Return the request as the site is to understand it."""
        if self.kind == "empty-listing":
            return replace(request, empty=True)
        if self.kind == "page-shift":
            return replace(request, shift=self.shift * self.hits)
        return request

    def instead(self, target: str) -> Reply | None:
        """Return the answer that takes the place of the site's, None if the site is asked."""
        match self.kind:
            case "status":
                code = self.code or 503
                return Reply(status=code, body=f"<html><body>{code}</body></html>".encode(), headers=self.headers)
            case "challenge":
                return Reply(status=self.code or 200, body=_CHALLENGE, headers=self.headers)
            case "redirect-loop":
                return redirect(target, self.code or 302)
            case "hostile-redirect":
                return redirect(self.location, self.code or 302)
            case "gzip-bomb":
                return Reply(body=_packed(self.size), headers={"Content-Encoding": "gzip"})
            case "robots-denial":
                return Reply(body=b"User-agent: *\nDisallow: /\n", content_type="text/plain")
            case _:
                return None

    def spoiled(self, reply: Reply) -> Reply:
        """Return the site's answer with the fault in it."""
        match self.kind:
            case "redesign" if reply.content_type.startswith("text/html"):
                return replace(reply, body=_renamed(reply.body, metadata=self.metadata))
            case "truncated":
                return replace(reply, cut=int(len(reply.body) * self.share))
            case "shortened":
                return replace(reply, body=reply.body[: int(len(reply.body) * self.share)])
            case "disconnect":
                return replace(reply, is_dropped=True)
            case "hang":
                return replace(reply, wait=self.seconds)
            case "huge-page":
                return replace(reply, padding=self.size)
            case "wrong-charset":
                media_type = reply.content_type.partition(";")[0]
                return replace(reply, content_type=f"{media_type}; charset={self.charset}")
            case _:
                return reply


def load_faults(path: Path) -> list[Fault]:
    """Read ``[[fault]]`` tables from a TOML file; raises ValueError for what it does not know."""
    known = {f.name for f in fields(Fault) if f.init}
    faults = []
    for index, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get("fault", [])):
        entry: dict[str, Any] = dict(row)
        if unknown := sorted(entry.keys() - known):
            raise ValueError(f"{path.name}: fault[{index}].{unknown[0]} is not known")
        if "kind" not in entry:
            raise ValueError(f"{path.name}: fault[{index}].kind is missing")
        faults.append(Fault(**entry))
    return faults


def _renamed(body: bytes, *, metadata: bool) -> bytes:
    text = body.decode()
    if not metadata:
        text = _METADATA.sub("", text)

    def rename(match: re.Match[str]) -> str:
        names = (f"c{zlib.crc32(name.encode()) % 0xFFFFF:05x}" for name in match[2].split())
        return f'{match[1]}="{" ".join(names)}"'

    return _HEADING.sub(r"\1div", _CLASS_OR_ID.sub(rename, text)).replace("data-timestamp", "data-moment").encode()


@cache
def _packed(size: int) -> bytes:
    packer = zlib.compressobj(level=1, wbits=31)
    chunk = b"<p>" + b" " * (_MEBIBYTE - 7) + b"</p>"
    parts = [packer.compress(chunk) for _ in range(max(1, size // _MEBIBYTE))]
    return b"".join([*parts, packer.flush()])
