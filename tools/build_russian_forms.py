"""Write crawler/knowledge/russian_forms.tsv: the forms of every Russian lemma of the tables, by pymorphy3.

Run it from the project's root after a lemma was added: ``python -m tools.build_russian_forms``. It needs pymorphy3,
which the program itself does not: the forms of common words are made here, names are never handed to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pymorphy3 import MorphAnalyzer

from crawler.knowledge import table
from crawler.language.phrases import marked_words

TARGET: Final = Path(__file__).parents[1] / "crawler" / "knowledge" / "russian_forms.tsv"
HEADER: Final = "# Written by tools/build_russian_forms.py by pymorphy3 (MIT): lemma, kind, tense, forms."
TABLES: Final = ("frames", "posts", "ranks", "topics", "agreements")
_PREPOSITIONS: Final = {"после"}
"""Forms that are a preposition far more often: "после" is also said of an ambassador."""
_PARTS: Final = {"v": {"INFN"}, "n": {"NOUN"}, "a": {"ADJF", "PRTF"}}
_FINITE: Final = {"past": "past", "futr": "future", "pres": "present"}


def patterns(entry: object) -> Iterator[str]:
    """Yield the phrases of an entry of a table, of whatever nesting."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for key, value in entry.items():
            if key not in {"example", "counter"}:
                yield from patterns(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from patterns(value)


def lemmas() -> list[tuple[str, str]]:
    """Return every Russian word that the tables give with a marker, and the marker."""
    found = set()
    for name in TABLES:
        for entry in table(name).values():
            for pattern in patterns(entry.get("ru", {})):
                found.update((word.rpartition("-")[2], kind) for word, kind in marked_words(pattern))
    return sorted(found)


def rows(morph: MorphAnalyzer, lemma: str, kind: str) -> Iterator[str]:
    """Yield a row a tense of a verb, one row of a noun or an adjective. Raises ValueError for a word that is none."""
    parses = [parse for parse in morph.parse(lemma) if str(parse.tag.POS) in _PARTS[kind]]
    if not parses:
        if kind == "v":
            raise ValueError(f"{lemma!r} is no verb of the dictionary")
        guessed = (form.word.replace("ё", "е") for form in morph.parse(lemma)[0].lexeme)
        yield "\t".join((lemma, kind, "-", " ".join(dict.fromkeys((lemma, *guessed)))))
        return
    by_tense: dict[str, dict[str, None]] = {}
    lexeme = parses[0].lexeme
    if kind == "n" and "plur" in parses[0].tag and "Pltm" not in parses[0].tag:
        lexeme = [form for form in lexeme if "plur" in form.tag]
    for form in lexeme:
        if "1per" in form.tag or "2per" in form.tag:
            continue  # a report has no "I" and "you", and "встречу" is a noun
        if form.word in _PREPOSITIONS:
            continue
        tense = (_usual_tense(morph, form.word) or _tense(str(form.tag))) if kind == "v" else "-"
        by_tense.setdefault(tense, {})[form.word.replace("ё", "е")] = None
    for tense, forms in by_tense.items():
        if tense != "imperative":
            yield "\t".join((lemma, kind, tense, " ".join(forms)))


def _usual_tense(morph: MorphAnalyzer, form: str) -> str | None:
    """Return the tense of the finite verb a form most often is: "считает" is rather thought than counted off."""
    persons = {"1per", "2per"}
    usual = next((p for p in morph.parse(form) if p.tag.POS == "VERB" and not persons & p.tag.grammemes), None)
    return _FINITE.get(str(usual.tag.tense)) if usual is not None and usual.tag.mood == "indc" else None


def _tense(tag: str) -> str:
    if "PRTS" in tag:
        return "passive"
    if "INFN" in tag:
        return "infinitive"
    if "PRTF" in tag or "GRND" in tag:
        return "participle"
    if "impr" in tag:
        return "imperative"
    return next(tense for grammeme, tense in _FINITE.items() if grammeme in tag)


def main() -> None:
    """Write the table."""
    morph = MorphAnalyzer()
    lines = [row for lemma, kind in lemmas() for row in rows(morph, lemma, kind)]
    TARGET.write_text("\n".join((HEADER, *lines)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
