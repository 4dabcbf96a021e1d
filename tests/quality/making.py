"""A small labelled set and a feed, by hand, whose figures can be counted on fingers."""

from __future__ import annotations

from typing import Any

from quality.labelled import Labelled

MINISTER = {"name": "Elman Quliyev", "canonical": "Elman Guliyev", "country": "AZ"}
GUEST = {"name": "Marek Dubrovski", "country": "PL"}
OTHER = {"name": "Yanis Kalninş", "canonical": "Janis Kalninsh", "country": "LV"}


def labelled(id_: str, event: str | None, **values: Any) -> Labelled:
    """Return an article of a bilateral meeting with Poland on 4 March 2026 in Warsaw; without an event, of none."""
    told: dict[str, Any] = {
        "kind": "meeting-bilateral",
        "participants": [MINISTER, GUEST],
        "countries": ["AZ", "PL"],
        "meeting_date": "2026-03-04",
        "place": "Warsaw",
    }
    nothing: dict[str, Any] = {"kind": "not-a-meeting", "participants": [], "countries": []}
    base = {"id": id_, "url": url(id_), "lang": "en", "text": f"text of {id_}", "event": event}
    return Labelled(**{**base, **(told if event else nothing), **values})


def url(id_: str) -> str:
    return f"https://example.org/{id_}"


def person(name: str, country: str | None, *variants: str) -> dict[str, Any]:
    return {"name": name, "country": country, "variants": [{"lang": "en", "text": text} for text in variants]}


def record(id_: str, *articles: str, **values: Any) -> dict[str, Any]:
    """Return a record of these articles that says of the meeting what ``labelled`` does."""
    base: dict[str, Any] = {
        "id": id_,
        "kind": "bilateral",
        "status": "held",
        "date": "2026-03-04",
        "place": {"city": "Warsaw", "country": "PL"},
        "countries": ["AZ", "PL"],
        "participants": [person("Elman Guliyev", "AZ"), person("Marek Dubrovski", "PL")],
        "sources": [{"url": url(article)} for article in articles],
    }
    return {**base, **values}
