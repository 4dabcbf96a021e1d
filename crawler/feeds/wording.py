"""A meeting in words, for the formats that people read."""

from __future__ import annotations

from typing import Final

from crawler.items import Meeting, Participant, Source
from crawler.knowledge import table
from crawler.language.countries import country_name

KINDS: Final = {
    "bilateral": "bilateral meeting",
    "multilateral": "multilateral meeting",
    "internal": "internal meeting",
    "call": "call",
    "visit": "visit",
    "signing": "signing",
}
UNTITLED: Final = "Meeting without a headline"
# C0 controls but tab and line ends, DEL, and what XML 1.0 forbids besides (section 2.2, Char)
_FORBIDDEN: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def one_line(text: str) -> str:
    """Return a text without line ends, tabs and characters that XML, calendars or databases cannot hold."""
    return " ".join(text.translate(_FORBIDDEN).split())


def title(meeting: Meeting) -> str:
    """Return the headline to show."""
    return one_line(meeting.headline or UNTITLED) or UNTITLED


def party(code: str) -> str:
    """Return the usual English name of a country, an organization's code as it is."""
    try:
        return country_name(code)
    except KeyError:
        return code


def parties(meeting: Meeting) -> list[str]:
    """Return the names of the countries and organizations that met."""
    return [*map(party, meeting.countries), *meeting.organizations]


def person(participant: Participant) -> str:
    """Return ``Colonel General Zakir Hasanov, Minister of Defence (AZ)``, as much as is known."""
    named = f"{participant.rank} {participant.name}" if participant.rank else participant.name
    office = f", {participant.post}" if participant.post else ""
    country = f" ({participant.country})" if participant.country else ""
    return one_line(f"{named}{office}{country}")


def source(article: Source) -> str:
    """Return ``report.az, en, 2026-02-06: https://...``."""
    day = f", {article.published[:10]}" if article.published else ""
    return one_line(f"{article.outlet}, {article.lang}{day}: {article.url}")


def place(meeting: Meeting) -> str:
    """Return ``Baku, Azerbaijan``; empty when nothing is known."""
    if meeting.place is None:
        return ""
    country = party(meeting.place.country) if meeting.place.country else None
    return one_line(", ".join(part for part in (meeting.place.city, country) if part))


def topics(meeting: Meeting) -> list[str]:
    """Return the labels of the topics."""
    labels = table("topics")
    return [str(labels.get(topic, {}).get("label", topic)) for topic in meeting.topics]


def agreements(meeting: Meeting) -> list[str]:
    """Return what was signed, with the year where it is known."""
    return [
        one_line(f"{agreement.title} ({agreement.year})" if agreement.year else agreement.title)
        for agreement in meeting.agreements
    ]


def description(meeting: Meeting) -> str:
    """Return kind, people, subject and sources as lines of plain text."""
    rows = (
        ("", f"{KINDS[meeting.kind].capitalize()}, {meeting.status}"),
        ("Parties", ", ".join(parties(meeting))),
        ("Place", place(meeting)),
        ("People", "; ".join(map(person, meeting.participants))),
        ("Topics", ", ".join(topics(meeting))),
        ("Signed", "; ".join(agreements(meeting))),
        *(("Source", source(article)) for article in meeting.sources),
    )
    return "\n".join(f"{name}: {text}" if name else text for name, text in rows if text)


def is_web(url: str | None) -> bool:
    """Tell an address that can be opened from a ``urn:`` of a file."""
    return url is not None and url.startswith(("https://", "http://"))
