"""Bytes to text.

The sites serve UTF-8 whatever their headers say (every known scraper of Report.az forces it), so UTF-8 is tried
before any declaration; text that was decoded wrongly before it reached us is repaired where that is exact.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from crawler.pages.hostile import check_cost
from crawler.pages.page import Page, PageError

# UTF-8 read as Windows-1252 (É™ Ä± Å\x9f Ã¼ â€œ Ð\x9c) and as Windows-1251 (Р\x9c вЂњ Й™ Д± Г¶): a lead byte of the
# letters in use here, shown as the letter that single-byte page gives it, before a continuation byte.
_LATIN_CONTINUATION: Final = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_CYRILLIC_CONTINUATION: Final = "\x80-\x9f°±Іґµ¶·№єјЅѕїЂЃѓЉЊЌЋЏђљњќћџ‚„…†‡€‰‹‘’“”•–—™›"
# Alternatives begin with a set of letters and look back at which it was, so that a text is searched for the set alone.
_MARKS: Final = {
    "cp1252": re.compile(rf"[ÃÄÅÉÐÑâ](?:(?<!â)|€)[{_LATIN_CONTINUATION}]"),
    "cp1251": re.compile(
        rf"[РСвЙДЕГ](?:(?<=[РС])[{_CYRILLIC_CONTINUATION}][РС][{_CYRILLIC_CONTINUATION}]"
        r"|(?<=в)Ђ[\x80-\x9fњќ™“”ў¦]|(?<=Й)™|(?<=Д)[±џћ]|(?<=Е)џ|(?<=Г)[¶ј§])"
    ),
}
# What every mark holds, to pass over texts without any: a rare letter, or a pattern whose first letter is given, which
# is searched for several times as fast as a set of letters. Й stands for the ™ after it: a letter is searched for by
# its low byte, and ™ has that of the quotation marks HTML is full of.
_SIGNS: Final[dict[str, tuple[str, tuple[re.Pattern[str], ...]]]] = {
    "cp1252": ("ÃÄÅÉÐÑâ", ()),
    "cp1251": ("ЂЙ±џћ¶ј§", tuple(re.compile(rf"{lead}[{_CYRILLIC_CONTINUATION}]") for lead in "РС")),
}
_ENOUGH_MARKS: Final = 3
# A lead byte whose continuation was lost to a question mark before the text reached us.
_LOST: Final = re.compile(r"[ÃÄÅÉÐÑ][?\ufffd]")
_MOST_REPLACED: Final = 0.002
"""Share of undecodable characters above which a page is refused: one bad byte in a long page is a blemish."""


def decode(page: Page) -> tuple[str, tuple[str, ...]]:
    """Return the text of a page and the warnings of the decoding.

    Raises PageError: ``empty-body`` for no bytes, ``wrong-charset`` when no character set fits, ``mojibake`` when
    the text was spoilt before and cannot be restored, ``not-an-article`` when it is made to be costly to parse.
    """
    if not page.body.strip():
        raise PageError("empty-body", "no bytes")
    text, warnings = _decode_bytes(page)
    if "\x00" in text:
        text = text.replace("\x00", "")
    for charset, marks in _MARKS.items():
        if _may_hold_marks(text, charset) and len(marks.findall(text[:200_000])) >= _ENOUGH_MARKS:
            text = _sequences(charset).sub(lambda sequence: _restored(sequence[0], charset), text)  # noqa: B023 - used at once
            if len(marks.findall(text)) + len(_LOST.findall(text)) >= _ENOUGH_MARKS:
                raise PageError("mojibake", f"UTF-8 once read as {charset}, not restorable")
            warnings.append(f"mojibake repaired: {charset}")
    check_cost(text)
    return text, tuple(warnings)


def _may_hold_marks(text: str, charset: str) -> bool:
    letters, patterns = _SIGNS[charset]
    if text.isascii():
        return False
    return any(letter in text for letter in letters) or any(pattern.search(text) for pattern in patterns)


def _decode_bytes(page: Page) -> tuple[str, list[str]]:
    charset_of_mark, mark = read_bom(page.body)
    if charset_of_mark is not None and mark is not None:
        return page.body[len(mark) :].decode(charset_of_mark, "replace"), []
    try:
        return page.body.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    lossy = page.body.decode("utf-8", "replace")
    if lossy.count("\ufffd") <= len(lossy) * _MOST_REPLACED:
        return lossy, ["undecodable bytes"]
    declared = http_content_type_encoding(page.content_type) if page.content_type else None
    for charset in (declared, html_body_declared_encoding(page.body[:4096])):
        if charset is not None and charset != "utf-8":
            try:
                return page.body.decode(charset), [f"charset {charset}"]
            except (UnicodeDecodeError, LookupError):
                continue
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, and a good part of the package's start

    best = from_bytes(page.body).best()
    if best is None:
        raise PageError("wrong-charset", f"declared {declared or 'nothing'}, neither UTF-8 nor that")
    return str(best), [f"charset guessed {best.encoding}"]


@cache
def _sequences(charset: str) -> re.Pattern[str]:
    """Return the expression of UTF-8 sequences of two to four bytes as the letters a single-byte set shows for them."""
    high = {byte: re.escape(_shown(byte, charset)) for byte in range(0x80, 0xF5)}
    two, three, four, more = (
        "".join(high[byte] for byte in span)
        for span in (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5), range(0x80, 0xC0))
    )
    return re.compile(f"[{two}][{more}]|[{three}][{more}]{{2}}|[{four}][{more}]{{3}}")


def _restored(shown: str, charset: str) -> str:
    try:
        return b"".join(_byte(char, charset) for char in shown).decode("utf-8")
    except UnicodeDecodeError:
        return shown


def _shown(byte: int, charset: str) -> str:
    try:
        return bytes((byte,)).decode(charset)
    except UnicodeDecodeError:
        # browsers show the bytes these sets leave undefined as the control character of the same number
        return chr(byte)


def _byte(char: str, charset: str) -> bytes:
    return bytes((ord(char),)) if "\x80" <= char <= "\x9f" else char.encode(charset)
