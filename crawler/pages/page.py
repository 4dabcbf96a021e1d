"""What a page reader is given and how it refuses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal, get_args

Reason = Literal[
    "empty-body",
    "missing-headline",
    "missing-date",
    "impossible-date",
    "wrong-charset",
    "mojibake",
    "challenge-page",
    "not-an-article",
    "paywall-only",
    "disclaimer-only",
    "unsupported-language",
    "provider-not-accepted",
]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
"""Every reason for which a page is refused; they are counted and shown in the verdict of a run."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as served or read from a file: its bytes, its address if known, its Content-Type header if any."""

    url: str | None
    body: bytes
    content_type: str | None = None

    @property
    def urn(self) -> str:
        """The address of a page that carries none: ``urn:sha256:<hex>`` of its bytes."""
        return f"urn:sha256:{hashlib.sha256(self.body).hexdigest()}"


class PageError(Exception):
    """Raised by the readers when a page cannot be trusted; it is kept as evidence, never guessed at."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}")
        self.reason: Reason = reason
        self.detail = detail
        super().__init__(f"{reason}: {detail}" if detail else reason)
