"""Generated articles of generated meetings, as the agencies would report them: for the measure of the resolver.

One country's defence leadership (nine offices) holds about one meeting a day, as far as its agencies report them:
nothing on half of the days, ten or more on a day of an exhibition. A million meetings are a hundred such leaderships
over thirty years. What makes joining hard is kept: the same two people meet on several days of one week and again
later; one guest is received by two principals on a day, one principal receives two guests of a state; summits have up
to nine parties; reports have no day, no names, stock phrases, and a meeting is reported by one to five articles.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from crawler.items import (
    Alternate,
    Article,
    Evidence,
    Headline,
    Kind,
    Lang,
    Mention,
    MentionedPerson,
    Place,
    Stamp,
)
from crawler.meetings.people import HOME

_CODES: Final = (
    "TR GE RU PK KZ UZ TM KG TJ IR IL IT FR DE GB US CN IN ID MY SA AE QA KW JO EG LY MA DZ TN RS BA HR SI HU "
    "RO BG GR CY AL MK ME PL CZ SK LT LV EE FI SE NO DK NL BE ES PT AT CH UA BY MD JP KR VN TH PH AU CA BR AR MX "
    "ZA NG KE ET"
)
STATES: Final = tuple(_CODES.split())
_STATE_SHARES: Final = [1 / (place + 2) for place in range(len(STATES))]
_OFFICES: Final = {
    "minister_of_defence": 40,
    "chief_of_general_staff": 14,
    "president": 10,
    "minister_of_defence_industry": 8,
    "secretary_of_security_council": 6,
    "head_of_border_service": 6,
    "commander_of_navy": 5,
    "commander_of_air_force": 5,
    "commander_of_land_forces": 6,
}
_KINDS: Final[dict[Kind, int]] = {
    "bilateral": 60,
    "call": 8,
    "visit": 8,
    "multilateral": 6,
    "signing": 6,
    "internal": 12,
}
_SERIES: Final[tuple[Kind, ...]] = ("visit", "bilateral", "signing", "bilateral")
_A_DAY: Final = {0: 48, 1: 32, 2: 14, 3: 6}
_TOPICS: Final = ("exercises", "training", "military_education", "defence_industry", "regional_security", "logistics")
_TOWNS: Final = ("Baku", "Ankara", "Tbilisi", "Astana", "Nakhchivan", "Ganja", None, None)
_LATIN: Final = "abdgklmnoprstuvz"
CYRILLIC: Final = str.maketrans(_LATIN + _LATIN.upper(), "абдгклмнопрстувз" + "абдгклмнопрстувз".upper())
_BAKU: Final = dt.timezone(dt.timedelta(hours=4))

Form = Literal["stated", "published", "none", "month", "yearless"]
Told = tuple[Article, Mention]


class Holder(NamedTuple):
    """Who holds an office of a state; the name is in letters that all three languages spell one to one."""

    office: str
    state: str
    name: str


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice("bdgklmnprstvz") + chance.choice("aou") for _ in range(syllables)).capitalize()


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one leadership's term, and those they meet: each leadership is closest to other states."""

    leadership: int
    term: int

    def home(self, office: str) -> Holder:
        """Return the holder of one of the leadership's own offices."""
        return self._holder(f"{self.leadership}:{self.term}", HOME, office)

    def guest(self, place: int, office: str) -> Holder:
        """Return the holder of an office in the state that stands at ``place`` for this leadership."""
        return self._holder(f"{self.term}", self.state(place), office)

    def state(self, place: int) -> str:
        """Return the state at a place, the closest one first."""
        return STATES[(place + 7 * self.leadership) % len(STATES)]

    def everybody(self) -> list[Holder]:
        """Return all who can take part, in an order that is the same for every cast."""
        guests = [self.guest(place, office) for place in range(len(STATES)) for office in _OFFICES]
        return [*map(self.home, _OFFICES), *guests]

    @staticmethod
    def _holder(seed: str, state: str, office: str) -> Holder:
        chance = random.Random(f"{seed}:{state}:{office}")
        return Holder(office, state, f"{_word(chance, 4)} {_word(chance, 5)}")


@dataclass(frozen=True, slots=True)
class Happening:
    """What truly happened: the day, the kind and who took part, the principal first."""

    number: int
    day: dt.date
    kind: Kind
    home: tuple[Holder, ...]
    guests: tuple[Holder, ...]
    town: str | None
    topics: tuple[str, ...]


class _Plan(NamedTuple):
    kind: Kind
    office: str
    place: int
    theirs: str


def happenings(cast: Cast, first: dt.date, *, seed: int = 0) -> Iterator[Happening]:
    """Yield meetings from a day on, without end. No two of one day have the same principal and the same guest."""
    chance, number, day = random.Random(f"{seed}"), 0, 0
    later: dict[int, list[_Plan]] = {}
    while True:
        taken: set[tuple[str, int, str]] = set()
        for plan in (*later.pop(day, ()), *_fresh(chance, day)):
            who = (plan.office, plan.place, plan.theirs)
            if who in taken or (plan.kind == "internal" and (day + list(_OFFICES).index(plan.office)) % 3):
                continue
            taken.add(who)
            for after, again in _sequel(chance, plan):
                later.setdefault(day + after, []).append(again)
            yield _happening(chance, cast, plan, number, first + dt.timedelta(days=day))
            number += 1
        day += 1


def _fresh(chance: random.Random, day: int) -> list[_Plan]:
    """Return the meetings of a day that do not follow from others; now and then it is the day of an exhibition."""
    many = chance.randint(8, 14) if chance.random() < 0.02 and day % 7 < 5 else 0
    plans = []
    for _ in range(many or chance.choices([*_A_DAY], [*_A_DAY.values()])[0]):
        office = chance.choices([*_OFFICES], [*_OFFICES.values()])[0]
        theirs = office if chance.random() < 0.7 else chance.choice([*_OFFICES])
        kind = "bilateral" if many else chance.choices([*_KINDS], [*_KINDS.values()])[0]
        plans.append(_Plan(kind, office, chance.choices(range(len(STATES)), _STATE_SHARES)[0], theirs))
    return plans


def _sequel(chance: random.Random, plan: _Plan) -> Iterator[tuple[int, _Plan]]:
    """Yield what follows from a meeting: after how many days, and what."""
    if plan.kind in {"internal", "multilateral"}:
        return
    draw = chance.random()
    if draw < 0.03:  # a week of the same two people
        for after, kind in enumerate(_SERIES[: chance.randint(2, 4)], 1):
            yield after + (after > 1), plan._replace(kind=kind)
    elif draw < 0.13:  # the two meet again
        yield chance.randint(3, 12), plan._replace(kind=chance.choice(("bilateral", "call")))
    elif draw < 0.18:  # another principal receives the same guest
        yield chance.randint(0, 1) + 1, plan._replace(office=chance.choice([*_OFFICES]))
    elif draw < 0.23:  # another guest of the same state
        yield chance.randint(0, 1) + 1, plan._replace(theirs=chance.choice([*_OFFICES]))


def _happening(chance: random.Random, cast: Cast, plan: _Plan, number: int, day: dt.date) -> Happening:
    home, guests = [cast.home(plan.office)], []
    if plan.kind != "internal":
        guests.append(cast.guest(plan.place, plan.theirs))
    if plan.kind == "multilateral":
        others = chance.sample([one for one in range(len(STATES)) if one != plan.place], chance.randint(1, 8))
        guests += [cast.guest(place, plan.theirs) for place in others]
    elif chance.random() < 0.15:
        home.append(cast.home(chance.choice([office for office in _OFFICES if office != plan.office])))
    if plan.kind != "internal" and chance.random() < 0.15:
        guests.append(cast.guest(plan.place, chance.choice([office for office in _OFFICES if office != plan.theirs])))
    topics = tuple(sorted(chance.sample(_TOPICS, chance.randint(0, 3))))
    return Happening(number, day, plan.kind, tuple(home), tuple(guests), chance.choice(_TOWNS), topics)


# --- Articles --------------------------------------------------------------------------------


def _person(holder: Holder, lang: Lang, *, named: bool = True) -> MentionedPerson:
    spelled = holder.name.translate(CYRILLIC) if lang == "ru" else holder.name
    return MentionedPerson(name=spelled if named else None, lang=lang, post=holder.office, country=holder.state)


def _stamp(day: dt.date, minute: int) -> Stamp:
    moment = dt.datetime.combine(day, dt.time(minute // 60, minute % 60), _BAKU).astimezone(dt.UTC)
    return Stamp(raw=moment.isoformat(), moment=moment, day=day)


def _words(chance: random.Random, number: int) -> str:
    """Return words that are no name: in other letters."""
    words = ("".join(chance.choice("bdgklmnprstvz") + chance.choice("ei") for _ in range(3)) for _ in range(number))
    return " ".join(words)


@cache
def _stock(lang: Lang) -> tuple[str, ...]:
    chance = random.Random(f"stock:{lang}")
    return tuple(_words(chance, 8) for _ in range(12))


def _text(seed: str, lang: Lang) -> tuple[str, ...]:
    """Return two paragraphs, each of its own words and a phrase that stands in many articles."""
    chance = random.Random(seed)
    return tuple(f"{_words(chance, 10)} {chance.choice(_stock(lang))}" for _ in range(2))


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
    people = (event.home[0], *event.guests)
    title = " ".join((*(person.name for person in people), event.kind, str(event.number), lang))
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
        paragraphs=_text(text or address, lang),
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
        kind=event.kind,
        status="announced" if announced else "held",
        **dated,
        place=Place(city=event.town, country=None) if event.town else None,
        countries=tuple(sorted({HOME, *(guest.state for guest in event.guests)})),
        organizations=(),
        people=(
            *(_person(person, lang) for person in event.home),
            *(_person(guest, lang, named=named) for guest in event.guests),
        ),
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
