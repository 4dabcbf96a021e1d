"""Articles and mentions of invented people, for the tests of resolver and store."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from crawler.items import Alternate, Article, Headline, Lang, Mention, MentionedPerson, Place, Stamp
from crawler.meetings.report import Report, make_report

MINISTER = ("Elman Quliyev", "minister_of_defence", "AZ")
CHIEF = ("Rauf Səmədov", "chief_of_general_staff", "AZ")
PRESIDENT = ("Tofiq Nəbiyev", "president", "AZ")
GUEST = ("Marek Dubrovski", "minister_of_defence", "PL")
OTHER_GUEST = ("Janis Kalninsh", "minister_of_defence", "LV")

SPELLINGS: dict[str, dict[Lang, str]] = {
    "Elman Quliyev": {"az": "Elman Quliyev", "en": "Elman Guliyev", "ru": "Эльман Гулиев"},
    "Rauf Səmədov": {"az": "Rauf Səmədov", "en": "Rauf Samadov", "ru": "Рауф Самедов"},
    "Tofiq Nəbiyev": {"az": "Tofiq Nəbiyev", "en": "Tofig Nabiyev", "ru": "Тофик Набиев"},
    "Marek Dubrovski": {"az": "Marek Dubrovski", "en": "Marek Dubrovski", "ru": "Марек Дубровски"},
    "Janis Kalninsh": {"az": "Yanis Kalninş", "en": "Janis Kalninsh", "ru": "Янис Калниньш"},
}


def own_text(url: str) -> str:
    """Return a text of 16 words that shares none with that of another address."""
    letters = hashlib.sha256(url.encode()).hexdigest() * 2
    return " ".join(f"w{letters[at : at + 8]}" for at in range(0, 128, 8))


def stamp(text: str) -> Stamp:
    """Return the stamp of ``2026-03-04``, ``2026-03-04T10:20`` (Baku time) or ``2026-03``."""
    baku = dt.timezone(dt.timedelta(hours=4))
    if len(text) == len("2026-03"):
        day, precision = dt.date.fromisoformat(f"{text}-01"), "month"
    else:
        day, precision = dt.date.fromisoformat(text[:10]), "minute" if "T" in text else "day"
    time = dt.time.fromisoformat(text[11:]) if precision == "minute" else dt.time()
    moment = dt.datetime.combine(day, time, baku).astimezone(dt.UTC)
    return Stamp(raw=text, moment=moment, day=day, precision=precision)  # type: ignore[arg-type]


def people(*who: tuple[str, str, str], lang: Lang = "en", parts: str = "") -> tuple[MentionedPerson, ...]:
    """Return mentioned persons, spelled as the language does; ``parts`` has a letter (h, g, p) a person."""
    names = {"h": "host", "g": "guest", "p": "participant"}
    return tuple(
        MentionedPerson(
            name=SPELLINGS.get(name, {}).get(lang, name),
            lang=lang,
            post=post,
            country=country,
            part=names[letter],  # type: ignore[arg-type]
        )
        for (name, post, country), letter in zip(who, parts.ljust(len(who), "p"), strict=True)
    )


def make(
    url: str,
    *,
    lang: Lang = "en",
    who: tuple[tuple[str, str, str], ...] = (MINISTER, GUEST),
    parts: str = "",
    published: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    text: str | None = None,
    headline: str | None = None,
    alternates: tuple[str | tuple[Lang, str], ...] = (),
    countries: tuple[str, ...] | None = None,
    city: str | None = None,
    **mention: Any,
) -> tuple[Article, Mention]:
    """Return an article at ``https://<url>`` with one mention. ``date`` is stated; without it the stamp's day counts."""
    address = url if url.startswith("urn:") else f"https://{url}"
    when = stamp(published) if published else None
    linked = [
        Alternate(url=f"https://{item}", headline=Headline(lang="az", text=item, raw=item))
        if isinstance(item, str)
        else Alternate(headline=Headline(lang=item[0], text=item[1], raw=item[1]))
        for item in alternates
    ]
    body = text or own_text(url)
    article = Article(
        url=address,
        outlet=outlet or url.partition("/")[0],
        lang=lang,
        headline=Headline(lang=lang, text=headline, raw=headline) if headline else None,
        paragraphs=tuple(body.split("\n\n")),
        published=when,
        alternates=tuple(linked),
    )
    stated = dt.date.fromisoformat(date) if date else None
    day = stated or (when.day if when else None)
    codes = countries or tuple(sorted({"AZ", *(country for _, _, country in who)}))
    values: dict[str, Any] = {
        "url": address,
        "index": 0,
        "lang": lang,
        "kind": "bilateral",
        "status": "held",
        "date": day,
        "date_precision": ("month" if when and not stated and when.precision == "month" else "day") if day else None,
        "date_source": ("stated" if stated else "published") if day else None,
        "place": Place(city=city, country=None) if city else None,
        "countries": tuple(code for code in codes if len(code) == 2),
        "organizations": tuple(code for code in codes if len(code) > 2),
        "people": people(*who, lang=lang, parts=parts),
    }
    return article, Mention(**{**values, **mention})


def report(url: str, **values: Any) -> Report:
    """Return the report of ``make``."""
    return make_report(*make(url, **values))
