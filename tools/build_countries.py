"""Write crawler/knowledge/countries.toml: what CLDR calls every ISO 3166-1 country in English, Azerbaijani and Russian.

Run ``python tools/build_countries.py`` after an update of Babel (requirements-dev.txt); what it writes is checked in.
Names are taken in the nominative and spelled out; crawler/language/countries.py makes the case forms, and
countries_hand.toml adds what CLDR does not know: adjectives, demonyms, abbreviations, other and older names.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from babel import Locale
from babel import __version__ as babel_version

TARGET = Path(__file__).resolve().parent.parent / "crawler" / "knowledge" / "countries.toml"
LANGS = ("en", "az", "ru")

NOT_COUNTRIES = frozenset(
    {"AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "HM", "IC", "QO", "TA", "TF", "UM", "UN", "XA", "XB", "ZZ"}
)
"""Codes of CLDR that are exceptionally reserved, test locales or groups, and uninhabited lands."""

# What follows the name or explains it: "Hong Kong SAR China", "Гонконг (САР)", "Myanmar (Burma)" gives both names.
ADMINISTRATION = re.compile(r" (?:SAR China|Xüsusi İnzibati Rayonu Çin|XİR Çin)$| \((?:САР|США|Великобритания)\)$")
BRACKETS = re.compile(r"^(?P<name>.+?) \((?P<other>[^)]+)\)$")
SPELLED_OUT = {
    "en": [(r"&", "and"), (r"\bSt\. ", "Saint ")],
    "az": [],
    "ru": [(r"^о-в ", "остров "), (r"^о-ва ", "острова "), (r" о-ва\b", " острова"), (r"\bСв\. ", "Святой ")],
}
CAPITAL_SUFFIX = re.compile(r" - ")
"""CLDR tells the two Congos apart by their capitals, as nobody writes; countries_hand.toml names them."""


def main() -> None:
    """Write the table."""
    TARGET.write_text(made(), encoding="utf-8")


def made() -> str:
    """Return the table as CLDR has it."""
    lines = [
        f"# Written by tools/build_countries.py from CLDR (Babel {babel_version}); by hand: countries_hand.toml.",
        "",
    ]
    for lang in LANGS:
        territories = countries_of(lang)
        codes = sorted(territories)
        names = {code: spelled(territories[code], lang) for code in codes}
        lines.append(f"[{lang}]")
        lines += [f"{code} = [{', '.join(map(quoted, names[code]))}]" for code in codes if names[code]]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def countries_of(lang: str) -> dict[str, str]:
    """Return what CLDR calls each country in a language, by its code."""
    territories = Locale(lang).territories
    return {
        code: territories[code] for code in territories if re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES
    }


def spelled(name: str, lang: str) -> list[str]:
    """Return the name spelled out and, where they differ, as abbreviated and without diacritics (English only)."""
    if CAPITAL_SUFFIX.search(name) or "," in name:
        return []
    name = ADMINISTRATION.sub("", unicodedata.normalize("NFC", name)).replace("’", "'")
    name = re.sub(r" \((?:Keeling|Kilinq)\)", "", name)
    bracketed = BRACKETS.match(name)
    names = [bracketed["name"], bracketed["other"]] if bracketed and bracketed["other"][0].isupper() else [name]
    result: dict[str, None] = {}
    for one in names:
        full = one
        for pattern, words in SPELLED_OUT[lang]:
            full = re.sub(pattern, words, full)
        result[full] = None
        if lang == "en":
            result[one.replace("&", "and")] = None
            result.update(dict.fromkeys([without_diacritics(form) for form in tuple(result)]))
    return list(result)


def without_diacritics(name: str) -> str:
    """Return the name in plain letters: "Türkiye" as "Turkiye"."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def quoted(name: str) -> str:
    """Return the name as a TOML string."""
    return f'"{name}"'


if __name__ == "__main__":
    main()
