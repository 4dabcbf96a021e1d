"""Headlines: labels and site names taken off, one form of quotes, dashes and blanks, and a key to compare by."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from crawler.items import Headline, Lang
from crawler.knowledge import table
from crawler.language.text import lower, normalize

_DOUBLE_QUOTES: Final = "“”„‟«»″〝〞"
_SINGLE_QUOTES: Final = "‘’‚‛ʼʻ`´′"
# A pattern is asked only of a text that holds one of the signs before it. It begins with the sign and looks back from
# there: looking back from every letter takes several times as long.
_TYPOGRAPHY: Final = tuple(
    (frozenset(signs), re.compile(pattern), form)
    for signs, pattern, form in (
        ("“„«", r"[“„«](?<=[\w,;:].)", r" \g<0>"),  # the“Book
        (_DOUBLE_QUOTES + "'`", f"[{_DOUBLE_QUOTES}]|''|``", '"'),
        (_SINGLE_QUOTES, f"[{_SINGLE_QUOTES}]", "'"),
        ("\u2010\u2011\u00ad", "[\u2010\u2011\u00ad]", "-"),
        ("—―", r" ?[—―] ?", " – "),
        ("\u2012\u2013\u2212", "(?<! )[\u2012–\u2212]|[\u2012–\u2212](?! )", "-"),
        ("-\u2012\u2212", " -{1,3} | [\u2012\u2212] ", " – "),
        ("….", r"…|\.{4,}|(?<!\.)\.\.(?!\.)", "..."),
        (",;:!?)].[(", r" (?:(?<=[(\[] ) *| *(?=[,;:!?)\]]|\.(?!\w)))", ""),
        # Two letters before the full stop: initials (Z.Hasanov) stay together, and so do addresses (Day.Az).
        (",;!?:", r"[,;!?:](?=[^\W\d_])(?:(?<=[^\W\d_][,;!?])|(?<=[^\W\d_]{2}:))", r"\g<0> "),
        (
            ".",
            r"\.(?=[A-ZÇƏĞİÖŞÜА-ЯЁ][^\W\d_])(?<=[^\W\d_]{2}.)(?!(?:Az|AZ|Com|COM|Ru|RU|Org|Net|Tv|Ge|Tr)\b)",
            r"\g<0> ",
        ),
    )
)
_SIGNS: Final = frozenset().union(*(signs for signs, _, _ in _TYPOGRAPHY))
_BLANKS: Final = re.compile(" {2,}")
_ORDINAL: Final = re.compile(r"(?:St|Nd|Rd|Th)\b(?<=\d..)")
_POSSESSIVE: Final = re.compile(r"S\b(?<=[^\W\d_]'S)")
_LETTERS_OR_DIGITS: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LABEL_JOINT: Final = r"(?: ?[,/+&|;] ?| - | – | and | və | и | )"
_LABEL_NUMBER: Final = r"(?: ?[-–]? ?\d{1,2})?"
_MOST_LABELS: Final = 6
_SHORT_WORD: Final = 3
_MOST_DISTINCTIVE: Final = 4


def normalize_headline(raw: str, lang: Lang) -> Headline:
    """Return the headline in one form, with the labels that stood at either end ("[PHOTOS]", "- YENİLƏNİB-1").

    Names of the site at the end of a page title go, too. Quotes become ``"`` and ``'``, a dash between blanks becomes
    ``–``; faults of Title Case copies are put right in English (``5Th``, ``Azerbaijan'S``, ``Mod``). A headline that is
    nothing but a label keeps it. Normalizing a normalized headline changes nothing.
    """
    text, labels = _without_labels(raw)
    return Headline(lang=lang, text=_cased(text) if lang == "en" else text, raw=raw, labels=labels)


def headline_key(text: str, lang: Lang) -> str:
    """Return what two printings of one headline share: letters and digits in small letters, blank-separated.

    Labels, quotes, dashes and other punctuation do not count, nor does the case (by the rules of ``lang``), so the
    Title Case copy of a headline has the key of its original.
    """
    plain = fold_letters(_without_labels(text)[0], lang)
    return " ".join(_LETTERS_OR_DIGITS.findall(plain.replace("'", "")))


def distinctive_words(text: str, lang: Lang) -> tuple[str, ...]:
    """Return the longest words of a headline that belong to no label, at most four, folded as by ``fold_letters``.

    Every other printing of the headline holds them, so they tell quickly what is none.
    """
    words = [word for word in _LETTERS.findall(fold_letters(text, lang)) if word not in _label_words()]
    return tuple(sorted(words, key=len, reverse=True)[:_MOST_DISTINCTIVE])


def fold_letters(text: str, lang: Lang) -> str:
    """Return a text in small letters, letter for letter, without the differences that printings of a headline have."""
    return lower(text, lang).replace("ё", "е").replace("ı", "i")


def _without_labels(raw: str) -> tuple[str, tuple[str, ...]]:
    text = _typography(normalize(raw))
    first: list[str] = []
    last: list[str] = []
    while True:
        shorter, found, at_start = _without_label(text)
        if shorter == text:
            return text, (*first, *last)
        text = _typography(shorter)
        if at_start:
            first = [*first, *found]
        else:
            last = [*found, *last]


def _typography(text: str) -> str:
    before = None
    while text != before:
        before = text
        letters = set(text)
        for signs, pattern, form in () if _SIGNS.isdisjoint(letters) else _TYPOGRAPHY:
            if not signs.isdisjoint(letters):
                text = pattern.sub(form, text)
                letters.update(form)
        if "  " in text:
            text = _BLANKS.sub(" ", text)
        text = text.strip()
    return text


def _without_label(text: str) -> tuple[str, list[str], bool]:
    """Return the headline without a label or site name at one end, the labels, and whether they stood at the start."""
    folded = _fold(text)
    first, last = _words_at_ends()
    beginning, end = _LETTERS.search(folded), _LETTERS.search(folded[::-1])
    if beginning is None or end is None or (beginning[0] not in first and end[0][::-1] not in last):
        return text, [], False
    for pattern in _site_patterns():
        found = pattern.search(folded)
        if found and _has_words(text[: found.start()]):
            return text[: found.start()], [], False
    for pattern, needs_capitals in _label_patterns():
        found = pattern.search(folded)
        if found is None:
            continue
        printed = text[slice(*found.span("labels"))]
        rest = (text[: found.start()] + text[found.end() :]).strip(" -–|:/•")
        if not _has_words(rest) or (needs_capitals and not (_is_capital(printed) and not _is_capital(rest))):
            continue
        return rest, _split(printed), found.start() == 0
    return text, [], False


def _fold(text: str) -> str:
    """Lower-case letter for letter, without the difference of i and ı, which capitals lose."""
    return lower(text, "en").replace("ı", "i")


@cache
def _label_patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of labels at the ends, and for each whether the label has to be in capital letters."""
    label = rf"(?<!\w){_any_label()}(?!\w){_LABEL_NUMBER}"
    labels = rf"(?P<labels>{label}(?:{_LABEL_JOINT}{label}){{0,{_MOST_LABELS}}})"
    return (
        (re.compile(rf" ?[(\[] ?{labels} ?[)\]][.!]?$"), False),
        (re.compile(rf"^[(\[] ?{labels} ?[)\]][.:]? ?"), False),
        (re.compile(rf"(?: [-–|:•/]+|[|:•]) ?{labels}[.!]?$"), False),
        (re.compile(rf"^{labels}(?: ?[|:•]| [-–/])(?= )"), False),
        (re.compile(rf"[-–/.!?]? ?(?<![^\W_]){labels}[.!]?$"), True),
        (re.compile(rf"^{labels}[-–/.!]? (?=\S)"), True),
    )


@cache
def _site_patterns() -> tuple[re.Pattern[str], ...]:
    names = sorted((_fold(name) for name in table("headline_labels")["sites"]["names"]), key=len, reverse=True)
    site = "|".join(map(re.escape, names))
    with_domain = "|".join(re.escape(name) for name in names if "." in name or "azernews" in name)
    return (re.compile(rf" ?\| ?(?:{site})$"), re.compile(rf" [-–:] (?:{with_domain}|[^|]{{0,30}}news agency)$"))


@cache
def _words_at_ends() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first words of all labels and the last words of all labels and names of sites."""
    labels = [_LETTERS.findall(label) for label in _labels()]
    sites = [_LETTERS.findall(_fold(name)) for name in table("headline_labels")["sites"]["names"]]
    last = {words[-1] for words in [*labels, *sites]}
    return frozenset(words[0] for words in labels), frozenset(last | {"agency"})


@cache
def _label_words() -> frozenset[str]:
    names = [*_labels(), *map(_fold, table("headline_labels")["sites"]["names"]), "news agency"]
    return frozenset(word.replace("ё", "е") for name in names for word in _LETTERS.findall(name))


@cache
def _labels() -> frozenset[str]:
    return frozenset(_fold(label) for labels in table("headline_labels")["labels"].values() for label in labels)


@cache
def _any_label() -> str:
    known = sorted(_labels(), key=lambda label: (-len(label), label))
    return f"(?:{'|'.join(map(re.escape, known))})"


@cache
def _label_word() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any_label()}(?!\w)")


def _has_words(text: str) -> bool:
    """Tell whether anything but labels is there."""
    return any(len(word) > 1 for word in _WORD.findall(_label_word().sub(" ", _fold(text))))


def _is_capital(text: str) -> bool:
    return any(map(str.isalpha, text)) and not any(map(str.islower, text))


def _split(printed: str) -> list[str]:
    return [part for part in re.split(r" ?[,/+&|;] ?| [-–] | (?:and|və|и) ", printed) if part]


def _cased(text: str) -> str:
    if _is_capital(text):
        return text
    text = _POSSESSIVE.sub("s", _ORDINAL.sub(lambda ending: ending.group().lower(), text))
    if not _is_title_case(text):
        return text
    spelling: dict[str, str] = table("headline_labels")["abbreviations"]["spelling"]
    return _WORD.sub(lambda word: _abbreviation(word.group(), spelling), text)


def _abbreviation(word: str, spelling: dict[str, str]) -> str:
    stem, mark, ending = word.partition("'")
    return spelling[stem.lower()] + mark + ending if stem.istitle() and stem.lower() in spelling else word


def _is_title_case(text: str) -> bool:
    """Tell whether every word begins with a capital; short ones ("of", "in") may be small."""
    count = 0
    for word in _WORD.findall(text):
        if len(word) > _SHORT_WORD:
            if not word[0].isupper():
                return False
            count += 1
    return count >= _SHORT_WORD
