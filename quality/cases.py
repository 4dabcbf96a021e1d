"""Cases: small texts for faults that were found, people invented. Each is right or wrong as a whole.

A line of a file of cases is one of

- ``{"cause", "record": text record, "expected": {...}}``: what one article says. ``expected`` holds ``meeting`` (true
  or false) and any of kind, status, date, place (town or null), countries, organizations, people (name as printed, in
  the nominative, to country), names_en (the names the feed shows); or ``meetings``, a list of such objects.
- ``{"cause", "records": [text records], "groups": [[addresses]]}``: which articles are one meeting. An address in no
  group is no meeting.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from crawler.spiders.files import TextRecord
from quality.labelled import FOLDER
from quality.running import join, read
from quality.scoring import Meeting

FILES: Final = (FOLDER / "cases-articles.jsonl", FOLDER / "cases-groups.jsonl")
_KEYS: Final = tuple(field.name for field in fields(TextRecord))


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its texts, and what is expected of them (``expected`` of one article, or ``groups``)."""

    cause: str
    texts: tuple[TextRecord, ...]
    expected: Mapping[str, Any] | None
    groups: Sequence[Sequence[str]]

    @property
    def name(self) -> str:
        """The address of its first text."""
        return self.texts[0].url


def load(files: Iterable[Path] = FILES) -> list[Case]:
    """Return the cases of these files in their order."""
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line]
    return [_case(json.loads(line)) for line in lines]


def _case(values: Mapping[str, Any]) -> Case:
    given = values["records"] if "records" in values else [values["record"]]
    texts = tuple(TextRecord(**{key: text[key] for key in _KEYS if text.get(key)}) for text in given)
    return Case(values["cause"], texts, values.get("expected"), values.get("groups", ()))


def faults(case: Case) -> list[str]:
    """Return what the program gets wrong in a case; an empty list for a case that is right."""
    feed = join([read(text) for text in case.texts])
    if case.expected is None:
        return list(_groups(case, feed))
    if not case.expected["meeting"]:
        return [f"read as a meeting: {record['kind']} {' '.join(record['countries'])}" for record in feed]
    wanted = case.expected.get("meetings") or [case.expected]
    if len(feed) != len(wanted):
        return [f"{len(feed)} meetings for {len(wanted)}"]
    return [fault for each in wanted for fault in min((_differences(record, each) for record in feed), key=len)]


def _groups(case: Case, feed: Sequence[Meeting]) -> Iterator[str]:
    stands = {
        text.url: {record["id"] for record in feed if text.url in {source["url"] for source in record["sources"]}}
        for text in case.texts
    }
    group_of = {url: number for number, urls in enumerate(case.groups) for url in urls}
    for url, ids in stands.items():
        if (url in group_of) != bool(ids):
            yield f"{'no' if url in group_of else 'a'} meeting read from {url}"
    for one, other in itertools.combinations([url for url in stands if url in group_of and stands[url]], 2):
        together, same = bool(stands[one] & stands[other]), group_of[one] == group_of[other]
        if together != same:
            yield f"{'merged' if together else 'split'}: {one} {other}"


def _differences(record: Meeting, wanted: Mapping[str, Any]) -> list[str]:
    people = record["participants"]
    read_as = {
        "kind": record["kind"],
        "status": record["status"],
        "date": record["date"],
        "place": (record["place"] or {}).get("city"),
        "countries": sorted(record["countries"]),
        "organizations": sorted(record["organizations"]),
        "names_en": sorted(person["name"] for person in people),
    }
    wrong = []
    for key, value in wanted.items():
        right = sorted(value) if isinstance(value, list) else value
        if key == "people":
            country = {v["text"]: p["country"] for p in people for v in (*p["variants"], {"text": p["name"]})}
            if len(people) != len(value) or any(country.get(name, "nobody") != code for name, code in value.items()):
                said = {p["variants"][0]["text"] if p["variants"] else p["name"]: p["country"] for p in people}
                wrong.append(f"people {said} for {value}")
        elif key in read_as and read_as[key] != right:
            wrong.append(f"{key} {read_as[key]!r} for {right!r}")
    return wrong


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case and what is wrong with it, nothing for one that is right."""

    case: Case
    faults: tuple[str, ...]


def run() -> list[Outcome]:
    """Return the outcome of every case."""
    return [Outcome(case, tuple(faults(case))) for case in load()]


def by_cause(outcomes: Iterable[Outcome]) -> dict[str, tuple[int, int]]:
    """Return for each cause how many of its cases are right, and how many there are."""
    every = list(outcomes)
    right = Counter(outcome.case.cause for outcome in every if not outcome.faults)
    return {cause: (right[cause], count) for cause, count in Counter(o.case.cause for o in every).items()}
