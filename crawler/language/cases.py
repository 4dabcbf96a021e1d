"""Case forms of Azerbaijani and Russian nouns and adjectives: made from the nominative, and taken off again.

Only for words of tables (countries, towns, posts, ranks, organizations). The makers give every form a writer may
use; the stripper gives every stem an Azerbaijani form may come from, and the caller accepts one that stands in a table.
"""

from crawler.language.cases_az import AzForms, az_belonging, az_case_forms, az_paradigms, az_plural
from crawler.language.cases_ru import (
    Declension,
    RuForms,
    ru_adjective_forms,
    ru_case_forms,
    ru_phrase_forms,
    ru_plural,
)
from crawler.language.stems import Stem, az_stems

__all__ = [
    "AzForms",
    "Declension",
    "RuForms",
    "Stem",
    "az_belonging",
    "az_case_forms",
    "az_paradigms",
    "az_plural",
    "az_stems",
    "ru_adjective_forms",
    "ru_case_forms",
    "ru_phrase_forms",
    "ru_plural",
]
