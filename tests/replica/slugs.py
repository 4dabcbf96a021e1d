"""Addresses and headlines as the sites' software derives them from a headline."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote, unquote

_LATIN: Final = {
    "az": dict(zip("əıöüğşç", "eiougsc", strict=True)),
    "ru": dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            [
                "a",
                "b",
                "v",
                "g",
                "d",
                "e",
                "e",
                "zh",
                "z",
                "i",
                "j",
                "k",
                "l",
                "m",
                "n",
                "o",
                "p",
                "r",
                "s",
                "t",
                "u",
                "f",
                "h",
                "c",
                "ch",
                "sh",
                "sh",
                "-",
                "y",
                "-",
                "e",
                "yu",
                "ya",
            ],
            strict=True,
        ),
    )
    | {"ъ": "", "ь": ""},
    "en": {},
}
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DROPPED_BY_MENAFN: Final = re.compile(r"[^\w\s-]")


def report_slug(headline: str, lang: str) -> str:
    """ASCII slug of a headline; an apostrophe becomes a hyphen."""
    lowered = headline.replace("İ", "i").replace("I", "ı" if lang == "az" else "i").lower()
    latin = "".join(_LATIN[lang].get(letter, letter) for letter in lowered)
    return _NOT_SLUG.sub("-", latin).strip("-")


def menafn_slug(headline: str, *, decomposed: bool = False) -> str:
    """Words joined by hyphens, punctuation dropped; with ``decomposed`` letters stand apart from their accents."""
    kept = _DROPPED_BY_MENAFN.sub("", headline)
    slug = "-".join(kept.split())
    return quote(unicodedata.normalize("NFD", slug) if decomposed else unicodedata.normalize("NFC", slug))


def title_case(headline: str) -> str:
    """MENAFN's Title Case with its faults: "5th" gives "5Th", "MoD" gives "Mod", words in capitals stay."""

    def cased(match: re.Match[str]) -> str:
        word = match[0]
        return word if word.isupper() else word[0].upper() + word[1:].lower()

    return _WORD.sub(cased, headline)


def composed(path: str) -> str:
    """Return a percent-encoded path whose letters are joined with their accents: one address for both spellings."""
    return quote(unicodedata.normalize("NFC", unquote(path)), safe="/.-_~")
