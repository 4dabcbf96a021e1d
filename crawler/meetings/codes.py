"""Codes of the event databases for a meeting: CAMEO (Schrodt 2012) and PLOVER (2018)."""

from __future__ import annotations

from crawler.items import EventCode, Kind, Place, Status
from crawler.meetings.people import HOME

_CALL = EventCode(cameo="041", plover="CONSULT", mode="phone")
_PLANNED = EventCode(cameo="036", plover="AGREE", mode=None)
_SIGNED = EventCode(cameo="057", plover="SUPPORT", mode=None)
_SUMMIT = EventCode(cameo="040", plover="CONSULT", mode="multilateral")
_THIRD = EventCode(cameo="044", plover="CONSULT", mode="third-party")
_VISITED = EventCode(cameo="042", plover="CONSULT", mode="visit")
_HOSTED = EventCode(cameo="043", plover="CONSULT", mode="visit")
_MET = EventCode(cameo="040", plover="CONSULT", mode=None)


def event_code(
    kind: Kind, status: Status, *, place: Place | None, host: str | None, parties: tuple[str, ...]
) -> EventCode:
    """Return the codes of a meeting, written from Azerbaijan's side.

    ``host`` is the code of the country that received, ``parties`` those of all countries that took part. A planned or
    cancelled meeting is an intention (036), a visit is one event for visitor and host, and talks on the soil of a
    country that takes no part are CAMEO's "meet at a third location".
    """
    if status != "held":
        return _PLANNED
    if kind == "call":
        return _CALL
    if kind == "signing":
        return _SIGNED
    if kind == "multilateral":
        return _SUMMIT
    if kind == "visit":
        where = host or (place.country if place else None)
        return _HOSTED if where == HOME else _VISITED
    if kind == "bilateral" and place and place.country and place.country not in parties:
        return _THIRD
    return _MET
