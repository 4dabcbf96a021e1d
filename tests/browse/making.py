"""A small database of invented meetings for the tests of the pages."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from crawler.feeds.analysts import export_analysts_database
from crawler.items import (
    HeadlineVariant,
    Meeting,
    MergeEvidence,
    NameVariant,
    Participant,
    Place,
)
from tests.feeds.making import meeting, participant, source

HOSTILE = '"><img src=x onerror="document.title=1"><script>document.title=2</script>\' onfocus=alert(3) {{7*7}} ${1}'
TALKS = "m" + "1" * 20
FORMER = "m" + "2" * 20
ATTACK = "m" + "3" * 20


def person(en: str, az: str, ru: str, country: str, post: str | None = "Minister of Defence") -> Participant:
    spellings = (("en", en), ("az", az), ("ru", ru))
    return participant(
        0,
        name=en,
        variants=tuple(NameVariant(lang=lang, text=text) for lang, text in spellings),
        country=country,
        post=post,
    )


def talks() -> Meeting:
    """Return a meeting with reports in three languages that disagree about the day."""
    addresses = [f"https://news.example/{lang}/talks" for lang in ("en", "az", "ru")]
    return meeting(
        1,
        id=TALKS,
        merged_ids=(FORMER,),
        status="held",
        kind="bilateral",
        date="2026-02-06",
        date_precision="day",
        date_source="stated",
        headline="Ministers of defence confer on training",
        headlines={
            "en": "Ministers of defence confer on training",
            "az": "Müdafiə nazirləri təlim barədə danışıblar",
            "ru": "Министры обороны обсудили подготовку",
        },
        headline_variants=(
            HeadlineVariant(
                lang="en",
                text="Ministers of defence confer on training",
                raw="Ministers Of Defence Confer On Training [PHOTOS]",
                outlet="news.example",
                url=addresses[0],
            ),
        ),
        lead={"en": "They met in Ankara.", "az": "Onlar Ankarada görüşüblər.", "ru": "Они встретились в Анкаре."},
        place=Place(city="Ankara", country="TR"),
        countries=("AZ", "TR"),
        organizations=(),
        participants=(
            person("Natig Hasanli", "Natiq Həsənli", "Натиг Гасанли", "AZ"),
            person("Ceyhun Gulec", "Ceyhun Güleç", "Джейхун Гюлеч", "TR"),
        ),
        topics=("training",),
        sources=(
            source(0, "az", url=addresses[1], published="2026-02-06T08:00:00+00:00", relation="original"),
            source(0, "ru", url=addresses[2], published="2026-02-06T08:25:00+00:00"),
            source(0, "en", url=addresses[0], outlet="copies.example", published="2026-02-07T10:00:00+00:00"),
        ),
        merge_evidence=(
            MergeEvidence(url=addresses[1], rule="first-report", detail=""),
            MergeEvidence(url=addresses[2], rule="page-alternates", detail=f"with {addresses[1]}: one story"),
            MergeEvidence(url=addresses[0], rule="weighed-evidence", detail=f"with {addresses[1]}: Natig Hasanli"),
            MergeEvidence(url=addresses[0], rule="conflict-date", detail="says 2026-02-07, kept 2026-02-06"),
        ),
    )


def attack() -> Meeting:
    """Return a meeting whose every text tries to become markup."""
    return meeting(
        2,
        id=ATTACK,
        merged_ids=(),
        status="held",
        date="2026-03-01",
        headline=HOSTILE,
        headlines=dict.fromkeys(("en", "az", "ru"), HOSTILE),
        headline_variants=(HeadlineVariant(lang="en", text=HOSTILE, raw=HOSTILE + "!", outlet=HOSTILE, url=HOSTILE),),
        lead=dict.fromkeys(("en", "az", "ru"), HOSTILE),
        place=Place(city=HOSTILE, country=None),
        participants=(person(HOSTILE, HOSTILE, HOSTILE, "TR", HOSTILE),),
        topics=(HOSTILE,),
        sources=(
            source(2, url="javascript:document.title=4", headline=HOSTILE, attribution=HOSTILE, outlet=HOSTILE),
            source(2, url="urn:sha256:" + "0" * 64, headline=HOSTILE, published="2026-03"),
        ),
        merge_evidence=(
            MergeEvidence(url="javascript:document.title=5", rule=HOSTILE, detail=HOSTILE),
            MergeEvidence(url=HOSTILE, rule="conflict-place", detail=HOSTILE),
        ),
    )


def database(folder: Path, more: int = 60) -> Path:
    """Write the two meetings above and ``more`` of all kinds into ``folder/analysts.db``; return its path."""
    others = (dataclasses.replace(meeting(n), organizations=("NATO",) if n % 9 == 0 else ()) for n in range(10, more))
    path = folder / "analysts.db"
    export_analysts_database(path, [talks(), attack(), *others])
    return path
