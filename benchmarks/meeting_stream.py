"""Generated articles of generated meetings, as the agencies would report them: for the measure of the resolver.

A day has ``PER_DAY`` meetings of Azerbaijan's defence leadership with the states of the world. A meeting is reported
by one to five articles: a page in three languages, a rewrite, a copy a day later, an announcement before. The same
guest is received by several principals on one day, and the same two people meet again after some days.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from crawler.items import Alternate, Article, Evidence, Headline, Lang, Mention, MentionedPerson, Place, Stamp

PER_DAY: Final = 50
_STATES: Final = [
    "TR",
    "GE",
    "RU",
    "PK",
    "KZ",
    "UZ",
    "TM",
    "KG",
    "TJ",
    "IR",
    "IL",
    "IT",
    "FR",
    "DE",
    "GB",
    "US",
    "CN",
    "IN",
    "ID",
    "MY",
    "SA",
    "AE",
    "QA",
    "KW",
    "JO",
    "EG",
    "LY",
    "MA",
    "DZ",
    "TN",
    "RS",
    "BA",
    "HR",
    "SI",
    "HU",
    "RO",
    "BG",
    "GR",
    "CY",
    "AL",
    "MK",
    "ME",
    "PL",
    "CZ",
    "SK",
    "LT",
    "LV",
    "EE",
    "FI",
    "SE",
    "NO",
    "DK",
    "NL",
    "BE",
    "ES",
    "PT",
    "AT",
    "CH",
    "UA",
    "BY",
    "MD",
    "JP",
    "KR",
    "VN",
    "TH",
    "PH",
    "AU",
    "CA",
    "BR",
    "AR",
    "MX",
    "ZA",
    "NG",
    "KE",
    "ET",
]
_OFFICES: Final = (
    "minister_of_defence",
    "chief_of_general_staff",
    "president",
    "minister_of_defence_industry",
    "secretary_of_security_council",
    "head_of_border_service",
    "commander_of_navy",
    "commander_of_air_force",
    "commander_of_land_forces",
)
_OFFICE_SHARES: Final = (40, 14, 10, 8, 6, 6, 5, 5, 6)
_TOPICS: Final = ("exercises", "training", "military_education", "defence_industry", "regional_security", "logistics")
_TOWNS: Final = ("Baku", "Ankara", "Tbilisi", "Astana", "Nakhchivan", "Ganja", None, None)
_LATIN: Final = "abdgklmnoprstuvz"
_CYRILLIC: Final = str.maketrans(_LATIN + _LATIN.upper(), "абдгклмнопрстувз" + "абдгклмнопрстувз".upper())
_BAKU: Final = dt.timezone(dt.timedelta(hours=4))

Form = Literal["stated", "published", "none", "month", "yearless"]
Told = tuple[Article, Mention]


@dataclass(frozen=True, slots=True)
class Happening:
    """What truly happened: the day, the kind and who took part (office, state, name in Latin letters)."""

    number: int
    day: dt.date
    kind: str
    home: tuple[str, str, str]
    guests: tuple[tuple[str, str, str], ...]
    town: str | None
    topics: tuple[str, ...]


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice("bdgklmnprstvz") + chance.choice("aou") for _ in range(syllables)).capitalize()


def surname(term: int, state: str, office: str) -> str:
    """Return the surname of an office's holder in a term, in letters that all three languages spell one to one."""
    return _word(random.Random(f"{term}:{state}:{office}"), 4)


def given(state: str, office: str) -> str:
    """Return the given name of an office's holder, the same in every term."""
    return _word(random.Random(f"given:{state}:{office}"), 3)


def _holder(term: int, state: str, office: str) -> tuple[str, str, str]:
    return office, state, f"{given(state, office)} {surname(term, state, office)}"


def happenings(first: dt.date, days: int, *, term: int, seed: int = 0, per_day: int = PER_DAY) -> Iterator[Happening]:
    """Yield the meetings of a number of days. No two of one day have the same principal and the same state."""
    chance = random.Random(f"{seed}")
    shares = [1 / (place + 2) for place in range(len(_STATES))]
    number = 0
    for day in range(days):
        taken: set[tuple[str, str]] = set()
        while len(taken) < per_day:
            office = chance.choices(_OFFICES, _OFFICE_SHARES)[0]
            state = chance.choices(_STATES, shares)[0]
            kind = chance.choices(
                ("bilateral", "call", "visit", "multilateral", "signing", "internal"), (60, 8, 8, 6, 6, 12)
            )[0]
            theirs = office if chance.random() < 0.7 else chance.choice(_OFFICES)
            others = {"multilateral": (chance.choice(_STATES),), "internal": ()}.get(kind, ())
            topics = tuple(sorted(chance.sample(_TOPICS, chance.randint(0, 3))))
            town = chance.choice(_TOWNS)
            if kind == "internal":
                state = "AZ"
                if (day + _OFFICES.index(office)) % 6:
                    continue
            if (office, state) in taken or state in others:
                continue
            taken.add((office, state))
            guests = () if kind == "internal" else tuple(_holder(term, code, theirs) for code in (state, *others))
            yield Happening(
                number, first + dt.timedelta(days=day), kind, _holder(term, "AZ", office), guests, town, topics
            )
            number += 1


def _person(holder: tuple[str, str, str], lang: Lang, *, named: bool = True) -> MentionedPerson:
    office, state, name = holder
    spelled = name.translate(_CYRILLIC) if lang == "ru" else name
    return MentionedPerson(name=spelled if named else None, lang=lang, post=office, country=state)


def _stamp(day: dt.date, minute: int) -> Stamp:
    moment = dt.datetime.combine(day, dt.time(minute // 60, minute % 60), _BAKU).astimezone(dt.UTC)
    return Stamp(raw=moment.isoformat(), moment=moment, day=day)


def _text(seed: str) -> tuple[str, ...]:
    chance = random.Random(seed)
    return tuple(" ".join(_word(chance, 3).lower() for _ in range(30)) for _ in range(4))


def tell(
    event: Happening,
    address: str,
    *,
    lang: Lang = "en",
    form: Form = "stated",
    late: int = 0,
    announced: bool = False,
    text: str | None = None,
    named: bool = True,
    alternates: tuple[tuple[Lang, str], ...] = (),
) -> Told:
    """Return the article at ``address`` (without scheme) about a meeting, with its mention.

    ``form`` is how its day is known, ``late`` the days between the meeting and its publication, ``text`` seeds the
    body (the same seed is a copy), ``named`` tells whether the guests' names are given.
    """
    url, outlet = f"https://{address}", address.partition("/")[0]
    minute = 600 + (event.number * 7 + len(address)) % 600
    published = None if form in {"none", "yearless"} else _stamp(event.day + dt.timedelta(days=late), minute)
    title = " ".join((event.home[2], *(name for _, _, name in event.guests), event.kind, str(event.number), lang))
    dated: dict[str, Any] = {"date": None, "date_precision": None, "date_source": None}
    if form == "stated":
        dated = {"date": event.day, "date_precision": "day", "date_source": "stated"}
    elif form == "month":
        dated = {"date": event.day.replace(day=1), "date_precision": "month", "date_source": "stated"}
    elif published:
        dated = {"date": published.day, "date_precision": "day", "date_source": "published"}
    article = Article(
        url=url,
        outlet=outlet,
        lang=lang,
        headline=Headline(lang=lang, text=title, raw=title),
        paragraphs=_text(text or address),
        published=published,
        alternates=tuple(
            Alternate(headline=Headline(lang=other, text=f"{title} {other}", raw=f"{title} {other}"), url=link)
            for other, link in alternates
        ),
        parser="generated",
    )
    yearless = Evidence(field="date", rule="yearless", words=f"--{event.day:%m-%d}")
    mention = Mention(
        url=url,
        index=0,
        lang=lang,
        kind=event.kind,  # type: ignore[arg-type]  # one of the kinds
        status="announced" if announced else "held",
        **dated,
        place=Place(city=event.town, country=None) if event.town else None,
        countries=tuple(sorted({"AZ", *(state for _, state, _ in event.guests)})),
        organizations=(),
        people=(_person(event.home, lang), *(_person(guest, lang, named=named) for guest in event.guests)),
        topics=event.topics,
        evidence=(yearless,) if form == "yearless" else (),
    )
    return article, mention


def reports_of(event: Happening, key: str, *, seed: int = 0) -> list[Told]:
    """Return the articles that report a meeting, oldest first.

    ``key`` makes their addresses, ``seed`` their number and texts: half of the meetings have one article, the others
    up to five.
    """
    chance = random.Random(f"{seed}:{event.number}")
    page = f"report.az/en/military/{key}"
    own = f"{seed}:{event.number}:"
    late, form = chance.choice((0, 0, 0, 1)), chance.choice(("stated", "published"))
    told = [tell(event, page, late=late, form=form, text=own)]  # type: ignore[arg-type]  # one of the forms
    if chance.random() < 0.5:
        return told
    for lang, share in (("az", 0.5), ("ru", 0.3)):
        if chance.random() < share:
            link: tuple[tuple[Lang, str], ...] = (("en", f"https://{page}"),)
            address = f"report.az/{lang}/ordu/{key}"
            told.append(tell(event, address, lang=lang, alternates=link, text=own + lang))  # type: ignore[arg-type]
    if chance.random() < 0.25:
        told.append(tell(event, f"azernews.az/nation/{key}.html", text=f"{own}azernews"))
    if chance.random() < 0.2:
        told.append(tell(event, f"menafn.com/{key}/copy", late=1, text=own))
    return told
