"""One form of text for everything that compares or searches: blanks, invisible characters, case."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from crawler.items import Lang

# Soft hyphen, Arabic letter mark, zero-width blanks and joiners, bidirectional controls, word joiner, byte order mark,
# emoji variation selectors.
_INVISIBLE: Final = dict.fromkeys(
    [0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFE0E, 0xFE0F]
)
_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u180e\u2800\u3164]+")
# What is neither unprintable nor a blank and yet has no place in a text: see the tables above and below.
_UNUSUAL: Final = re.compile("[\u0307\u2800\u3164\ufe0e\ufe0f\u01dd\u018e\u04d9\u04d8]")
# What software without an Azerbaijani locale makes of İ when it lower-cases it.
_DOTTED_I: Final = re.compile("i\u0307+")
# The schwa is often typed as the turned e of African alphabets, which looks the same.
_TURNED_E: Final = str.maketrans("\u01dd\u018e", "əƏ")
_CYRILLIC_SCHWA: Final = str.maketrans("\u04d9\u04d8", "əƏ")
_WORD: Final = re.compile(r"\w+")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u0259]")
_OTHER_CYRILLIC: Final = re.compile(r"[\u0400-\u04d7\u04da-\u04ff]")


def decode_file(content: bytes) -> str:
    """Return the text of a file that a person saved: UTF-8, or UTF-16 with a byte order mark, which is no part of it.

    Raises UnicodeDecodeError (a ValueError) for anything else.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def normalize(text: str) -> str:
    """Return the text in NFC on one line: runs of any blanks are one blank, invisible characters are gone.

    Look-alikes of the Azerbaijani schwa become the schwa. Character references (``&nbsp;``) are left alone.
    """
    # of the blanks, the common one alone is printable; invisible characters and controls are all unprintable
    plain = text.strip()
    printable = plain.isprintable()
    if "  " in plain or not printable:
        plain = " ".join(plain.split())
        printable = printable or plain.isprintable()
    if printable and (plain.isascii() or (not _UNUSUAL.search(plain) and unicodedata.is_normalized("NFC", plain))):
        return plain
    seen = unicodedata.normalize("NFC", text.translate(_INVISIBLE).translate(_TURNED_E))
    seen = _DOTTED_I.sub("i", seen)
    if "\u04d9" in seen or "\u04d8" in seen:
        seen = _WORD.sub(_latin_schwa, seen)
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", seen)).strip()


def lower(text: str, lang: Lang) -> str:
    """Return the text in lower case, letter for letter, so that offsets into it stay true.

    İ becomes i in every language (``str.lower`` makes two characters of it); I becomes ı in Azerbaijani.
    """
    # replace() is some twenty times as fast as translate() on text that is not ASCII, and this is asked of every text
    text = text.replace("İ", "i")
    return (text.replace("I", "ı") if lang == "az" else text).lower()


def _latin_schwa(word: re.Match[str]) -> str:
    letters = word.group()
    if _LATIN.search(letters) and not _OTHER_CYRILLIC.search(letters):
        return letters.translate(_CYRILLIC_SCHWA)
    return letters
