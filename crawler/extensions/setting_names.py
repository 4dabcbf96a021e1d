"""Settings that nobody reads: a name that is nearly one of ours or of Scrapy's is refused, another one is told."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, cast

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, default_settings

from crawler import settings as ours

if TYPE_CHECKING:
    from scrapy.settings import Settings

logger = logging.getLogger(__name__)

# Scrapy reads the first two without a default of its own, and takes the others from the environment.
_READ_BY_SCRAPY: Final = frozenset(
    {
        *("CONCURRENT_REQUESTS_PER_IP", "META_COPY_WARN_SKIP_KEYS"),
        *("CHECK", "PROJECT", "PYTHON_SHELL", "SETTINGS_MODULE"),
    }
)
_NEAR: Final = 0.7
"""Similarity (difflib's ratio) from which a name is taken for a misspelling: ``STORE`` and ``STORE_URL`` have 0.71."""


class SettingError(UsageError, ValueError):
    """A setting with which no run can begin; the message says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, print_help=False)


def check_names(settings: BaseSettings) -> None:
    """Raise SettingError for a setting whose name is nearly that of another; log one that is like none.

    Looked at is what a person sets: the command line, a settings module, a script. What add-ons declare is known.
    """
    known = {*_upper(default_settings), *_upper(ours), *_READ_BY_SCRAPY}
    strange = {name for name in settings if name not in known and _is_set_by_a_person(settings, name)}
    if strange and settings.getdict("ADDONS"):
        strange -= _declared_by_addons(settings, strange)
    for name in sorted(strange):
        if near := get_close_matches(name.upper(), known, n=1, cutoff=_NEAR):
            raise SettingError(f"there is no setting {name}: {near[0]} is the nearest there is")
        logger.warning("setting %s is none of this program's or of Scrapy's: it does nothing", name)


def _upper(module: object) -> Iterator[str]:
    return (name for name in dir(module) if name.isupper())


def _is_set_by_a_person(settings: BaseSettings, name: str) -> bool:
    priority = settings.getpriority(name)
    return priority is not None and priority >= SETTINGS_PRIORITIES["project"]


def _declared_by_addons(settings: BaseSettings, strange: Iterable[str]) -> set[str]:
    """Return every name there is once add-ons have set their defaults, the strange ones aside."""
    bare = settings.copy()
    for name in strange:
        bare.delete(name, priority="cmdline")
    crawler = Crawler(Spider, cast("Settings", bare))
    crawler.addons.load_settings(crawler.settings)
    return set(crawler.settings)
