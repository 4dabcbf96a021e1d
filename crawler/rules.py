"""The named rules of the reader and the resolver: each can be switched off, and how often each decides is counted.

A rule asks ``fires`` as the last of its conditions, so that a rule that is off lets the others decide as if it were
not there. ``python -m quality --ablate`` switches each off in turn and prints what changes. While an article is read no
function that keeps its answers in a cache asks a rule: it would decide on the first article only.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

FIRED: Final[Counter[str]] = Counter()
"""How often each rule has decided something in this process."""
_OFF: Final[set[str]] = set()


def fires(rule: str) -> bool:
    """Count that a rule decides, and return True; return False for one that is switched off."""
    if rule in _OFF:
        return False
    FIRED[rule] += 1
    return True


def switch_off(*rules: str) -> None:
    """Leave these rules out in this process from now on; without any, leave none out any longer."""
    _OFF.clear()
    _OFF.update(rules)
