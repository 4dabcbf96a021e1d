import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS
from crawler.language.text import lower, normalize


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("  Baku\u00a0\u2009hosts \r\n\t talks\u3000", "Baku hosts talks"),
        ("Minis\u00adter of De\u200bfence\ufeff", "Minister of Defence"),
        ("\u202aBaku\u202c \u2066talks\u2069\u200e", "Baku talks"),
        ("Go\u0308rgu\u0308n", "Görgün"),
        ("I\u0307yun", "İyun"),
        ("i\u0307yun", "iyun"),
        ("M\u01ddmm\u01ddd", "Məmməd"),
        ("Az\u04d9rbaycan", "Azərbaycan"),
        ("Әбдірахман", "Әбдірахман"),
        ("a&nbsp;b", "a&nbsp;b"),
        ("line one\x0bline\x00two\x85", "line one line two"),
        ("", ""),
    ],
)
def test_normalize(printed, expected):
    assert normalize(printed) == expected


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_normalize_is_idempotent_and_composed(text):
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("İYUN", "az", "iyun"),
        ("QARABAĞ VƏ BAKI", "az", "qarabağ və bakı"),
        ("İstanbul", "en", "istanbul"),
        ("IRAN", "en", "iran"),
        ("IRAN", "az", "ıran"),
        ("ЁЛКА И МИР", "ru", "ёлка и мир"),
    ],
)
def test_lower(text, lang, expected):
    assert lower(text, lang) == expected


@given(st.text(max_size=60), st.sampled_from(LANGS))
@settings(max_examples=200)
def test_lower_keeps_offsets(text, lang):
    assert len(lower(text, lang)) == len(text)
