"""Every form of a verb, noun or adjective of the table of frames is found with the lemma's meaning and its tense."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Final

import pytest

from crawler.items import LANGS, Lang
from crawler.knowledge import table
from crawler.language import az, en, ru
from crawler.language.cases_az import AZ_VOWELS
from crawler.language.inflection import az_noun, az_possessed
from crawler.language.phrases import expand, marked_words
from crawler.language.words import Words
from crawler.mentions.frames import Frames
from tests.language.paradigms import adjective_forms, noun_forms, usual_tense, verb_forms

_PARTS: Final = ("verbs", "object_verbs", "hearer_verbs", "nouns")
_WRITTEN: Final = tomllib.loads(Path(__file__).with_name("forms.toml").read_text("utf-8"))
_ENGLISH: Final = {words[0]: words for line in _WRITTEN["english"].split("\n") if (words := tuple(line.split()))}
_AZERBAIJANI: Final = {stem: tuple(forms.split()) for stem, forms in _WRITTEN["azerbaijani"].items()}
_MARKED: Final = re.compile(r"(\S+)‹(\w)")


def _patterns(lang: Lang) -> Iterator[tuple[str, str]]:
    for meaning, entry in table("frames").items():
        for part in _PARTS:
            for pattern in entry[lang].get(part, []):
                yield meaning, pattern


def _of_phrases(lang: Lang) -> dict[str, set[str]]:
    """Return the meanings of each phrase of the table as it stands there."""
    meanings: dict[str, set[str]] = {}
    for meaning, pattern in _patterns(lang):
        for phrase in expand(pattern.replace("~", "‹"), lang):
            meanings.setdefault(_MARKED.sub(r"\1", phrase), set()).add(meaning)
    return meanings


def _phrases(lang: Lang) -> dict[tuple[str, str], str]:
    """Return each lemma of the table and its marker with the first phrase in which it is the only such word."""
    found: dict[tuple[str, str], str] = {}
    for _, pattern in _patterns(lang):
        for phrase in expand(pattern.replace("~", "‹"), lang):
            if len(words := _MARKED.findall(phrase)) == 1:
                found.setdefault(words[0], phrase)
    return found


def _meanings_of(texts: list[str], lang: Lang) -> list[set[str]]:
    """Return the meanings found in each text."""
    starts, whole = [], ""
    for text in texts:
        starts.append(len(whole))
        whole += text + ". "
    frames = Frames(Words(whole, lang), starts, 0)
    return [
        {predicate.meaning for predicate in frames.predicates.get(number, [])}
        | {mark.meaning for mark in frames.marks.get(number, [])}
        for number in range(len(texts))
    ]


def _lost(lang: Lang, lemma: str, marker: str, forms: Iterable[str]) -> list[str]:
    """Return the forms that are not found with a meaning of their lemma or of what else the table has in these letters."""
    phrase = _PHRASES[lang][lemma, marker]
    listed = sorted(forms)
    article = "the " if (lang, marker) == ("en", "n") else ""  # a form of a verb, too, is the noun behind it
    texts = [article + phrase.replace(f"{lemma}‹{marker}", form) for form in listed]
    own = _MEANINGS[lang][_MARKED.sub(r"\1", phrase)]
    return [
        text
        for text, found in zip(texts, _meanings_of(texts, lang), strict=True)
        if not found & (own | _MEANINGS[lang].get(text, set()))
    ]


_PHRASES: Final = {lang: _phrases(lang) for lang in LANGS}
_MEANINGS: Final = {lang: _of_phrases(lang) for lang in LANGS}


def _lemmas(lang: Lang, marker: str) -> list[str]:
    return sorted({lemma for lemma, own in _PHRASES[lang] if own == marker})


@pytest.mark.parametrize("lemma", _lemmas("en", "v"))
def test_english_verbs(lemma: str) -> None:
    assert lemma in _ENGLISH, "write its forms into forms.toml"
    assert _lost("en", lemma, "v", _ENGLISH[lemma]) == []


@pytest.mark.parametrize("lemma", _lemmas("en", "v"))
def test_english_verbs_have_no_forms_that_are_none(lemma: str) -> None:
    variants = {"am", "gotten", "bidden", "bid", "put", "set", "dwelled"}
    assert set(en.verb_forms(lemma)) <= {*_ENGLISH[lemma], *variants}


@pytest.mark.parametrize("lemma", _lemmas("en", "n"))
def test_english_nouns(lemma: str) -> None:
    plurals = {"analysis": "analyses", "serviceman": "servicemen", "servicemen": "servicemen", "general": "generals"}
    ending = "es" if re.search(r"(?:s|x|ch|sh)$", lemma) else "s"
    plural = plurals.get(lemma) or re.sub(r"(?<=[^aeiou])y$", "ie", lemma) + ending
    assert _lost("en", lemma, "n", {lemma, plural}) == []


_BY_VOWEL: Final = {"a": "apar", "ı": "qatıl", "ou": "qoşul", "öü": "görüş", "eə": "ver", "i": "keçir"}


def _model(stem: str) -> str:
    """Return the verb of forms.toml that is conjugated like a stem."""
    if stem in _AZERBAIJANI:
        return stem
    vowel = next(letter for letter in reversed(stem) if letter in AZ_VOWELS)
    if stem[-1] in AZ_VOWELS:
        return "imzala" if vowel in "aı" else "söylə"
    return next(model for vowels, model in _BY_VOWEL.items() if vowel in vowels)


def _azerbaijani_forms(stem: str) -> list[str]:
    model = _model(stem)
    return [stem + form[len(model) :] if form.startswith(model) else form for form in _AZERBAIJANI[model]]


@pytest.mark.parametrize("stem", _AZERBAIJANI)
def test_azerbaijani_verbs_are_conjugated(stem: str) -> None:
    assert set(_AZERBAIJANI[stem]) - set(az.verb_forms(stem)) == set()


@pytest.mark.parametrize("stem", _lemmas("az", "v"))
def test_azerbaijani_verbs(stem: str) -> None:
    assert _lost("az", stem, "v", _azerbaijani_forms(stem)) == []


@pytest.mark.parametrize("stem", _WRITTEN["azerbaijani_nouns"])
def test_azerbaijani_nouns_are_declined(stem: str) -> None:
    assert _lost("az", stem, "n", _WRITTEN["azerbaijani_nouns"][stem].split()) == []


@pytest.mark.parametrize("stem", _lemmas("az", "n"))
def test_azerbaijani_nouns(stem: str) -> None:
    assert _lost("az", stem, "n", az_noun(stem)) == []


@pytest.mark.parametrize("word", _lemmas("az", "p"))
def test_azerbaijani_nouns_with_a_possessive(word: str) -> None:
    assert _lost("az", word, "p", az_possessed(word)) == []


@pytest.mark.parametrize("lemma", _lemmas("ru", "v"))
def test_russian_verbs(lemma: str) -> None:
    paradigms = verb_forms(lemma)
    assert paradigms, "the dictionary does not have it"
    lost = [_lost("ru", lemma, "v", set().union(*paradigm.values())) for paradigm in paradigms]
    assert [] in lost, lost


@pytest.mark.parametrize("lemma", _lemmas("ru", "v"))
def test_russian_tenses(lemma: str) -> None:
    for form in ru.forms(lemma, "v"):
        if usual_tense(form) in {"past", "present", "future"}:
            assert ru.tense([form], 0) == usual_tense(form), form


@pytest.mark.parametrize("lemma", _lemmas("ru", "n"))
def test_russian_nouns(lemma: str) -> None:
    paradigms = noun_forms(lemma, plural=not lemma.endswith(("ы", "и")))
    if not paradigms:
        pytest.skip("the dictionary does not have it")
    lost = [_lost("ru", lemma, "n", forms) for forms in paradigms]
    assert [] in lost, lost


@pytest.mark.parametrize("lemma", _lemmas("ru", "a"))
def test_russian_adjectives(lemma: str) -> None:
    assert _lost("ru", lemma, "a", adjective_forms(lemma) or {lemma}) == []


def test_every_russian_lemma_of_the_tables_has_its_forms() -> None:
    rows = resources.files("crawler.knowledge").joinpath("russian_forms.tsv").read_text("utf-8").splitlines()[1:]
    known = {tuple(row.split("\t")[:2]) for row in rows}
    used = {
        (word.rpartition("-")[2], marker) for _, pattern in _patterns("ru") for word, marker in marked_words(pattern)
    }
    assert used - known == set(), "run python -m tools.build_russian_forms"


@pytest.mark.parametrize(
    ("lang", "sentence", "verb", "tense"),
    [
        ("en", "The ministers met in Baku.", "met", "past"),
        ("en", "The ministers have met in Baku.", "met", "past"),
        ("en", "The ministers have just been received in Baku.", "received", "past"),
        ("en", "The minister was warmly welcomed in Baku.", "welcomed", "past"),
        ("en", "The general did not visit Baku.", "visit", "past"),
        ("en", "The ministers are meeting in Baku.", "meeting", "present"),
        ("en", "The minister receives the general.", "receives", "present"),
        ("en", "The minister is being received by the general.", "received", "present"),
        ("en", "The ministers had met in Rome before.", "met", "anterior"),
        ("en", "The plan had already been signed.", "signed", "anterior"),
        ("en", "The ministers will meet in Baku.", "meet", "future"),
        ("en", "The ministers will also jointly sign a plan.", "sign", "future"),
        ("en", "The minister is set to visit Baku.", "visit", "future"),
        ("en", "The ministers are expected to meet.", "meet", "future"),
        ("en", "The minister plans to receive the general.", "receive", "future"),
        ("en", "The minister will be received by the president.", "received", "future"),
        ("en", "The minister will visit Baku and meet the president.", "meet", "future"),
        ("en", "The minister will arrive in Baku, meet the president and sign a plan.", "sign", "future"),
        ("en", "The minister came to Baku to sign a plan.", "sign", "infinitive"),
        ("en", "After meeting the general the minister left.", "meeting", "participle"),
        ("az", "Nazirlər Bakıda görüşüb.", "görüşüb", "past"),
        ("az", "Nazirlər Bakıda görüşüblər.", "görüşüblər", "past"),
        ("az", "Nazirlər Bakıda görüşmüşdür.", "görüşmüşdür", "past"),
        ("az", "Nazirlər Bakıda görüşdülər.", "görüşdülər", "past"),
        ("az", "Nazirlər Bakıda görüşmüş.", "görüşmüş", "past"),
        ("az", "Nazir generalı qəbul edib.", "qəbul edib", "past"),
        ("az", "General nazir tərəfindən qəbul olunmuşdur.", "qəbul olunmuşdur", "past"),
        ("az", "Nazirlər Bakıda görüşür.", "görüşür", "present"),
        ("az", "Nazir generalı qəbul edir.", "qəbul edir", "present"),
        ("az", "Nazirlər Bakıda görüşmüşdülər.", "görüşmüşdülər", "anterior"),
        ("az", "Nazir generalı qəbul etmişdi.", "qəbul etmişdi", "anterior"),
        ("az", "Nazirlər Bakıda görüşəcək.", "görüşəcək", "future"),
        ("az", "Nazirlər Bakıda görüşəcəklər.", "görüşəcəklər", "future"),
        ("az", "Sənəd Bakıda imzalanacaq.", "imzalanacaq", "future"),
        ("az", "Nazirlər Bakıda görüşməlidirlər.", "görüşməlidirlər", "future"),
        ("az", "Nazirlərin Bakıda görüşəcəyi bildirilir.", "görüşəcəyi", "participle"),
        ("az", "Bakıda görüşən nazirlər razıdır.", "görüşən", "participle"),
        ("az", "Bakıda görüşmüş nazirlər razıdır.", "görüşmüş", "participle"),
        ("az", "Nazirlərin görüşməsi vacibdir.", "görüşməsi", "participle"),
        ("az", "Nazir generalla görüşərək məsələni həll edir.", "görüşərək", "participle"),
        ("ru", "Министры встретились в Баку.", "встретились", "past"),
        ("ru", "Министр принял генерала.", "принял", "past"),
        ("ru", "Генерал был принят министром.", "был принят", "past"),
        ("ru", "Документ подписан.", "подписан", "past"),
        ("ru", "Министры обсуждают план.", "обсуждают", "present"),
        ("ru", "Министр принимает генерала.", "принимает", "present"),
        ("ru", "Министры встретятся в Баку.", "встретятся", "future"),
        ("ru", "Министр примет генерала.", "примет", "future"),
        ("ru", "Министры будут обсуждать план.", "обсуждать", "future"),
        ("ru", "Документ будет подписан в Баку.", "подписан", "future"),
        ("ru", "Министру предстоит обсудить план.", "обсудить", "future"),
        ("ru", "Министр намерен посетить Баку.", "посетить", "future"),
        ("ru", "Министр прибыл, чтобы подписать план.", "подписать", "infinitive"),
        ("ru", "Встретившиеся в Баку министры довольны.", "Встретившиеся", "participle"),
        ("ru", "Принимая генерала, министр улыбался.", "Принимая", "participle"),
        ("ru", "Министр, принявший генерала, доволен.", "принявший", "participle"),
    ],
)  # fmt: skip
def test_tense(lang: Lang, sentence: str, verb: str, tense: str) -> None:
    found = Frames(Words(sentence, lang), [0], 0).predicates[0]
    start = sentence.index(verb)
    assert [p.tense for p in found if p.start <= start + len(verb) - 1 < p.end and p.verbal] == [tense]
