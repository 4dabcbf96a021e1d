"""What must be right before a run begins: its settings. The first that is wrong is named, and nothing is crawled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from scrapy import Spider
from scrapy.settings import BaseSettings

from crawler.extensions.run import data_dir
from crawler.extensions.senders import ChannelSettingError, Send, channels
from crawler.extensions.setting_names import SettingError, check_names
from crawler.feeds.extras import MissingExtraError
from crawler.feeds.outputs import UnsupportedFeedError, outputs
from crawler.middlewares.transport import ReplicaUrlError, replica_base
from crawler.spiders.base import NewsSpider
from crawler.spiders.revisits import ScheduleError, schedule

# It goes into a header: printable ASCII without blanks.
_HOST: Final = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_CONTACT: Final = re.compile(rf"[^\s@<>()\[\]:;,\x80-\U0010ffff]+@{_HOST}|https?://{_HOST}(?::\d+)?(?:[/?#][!-~]*)?")


def check(settings: BaseSettings, spiders: Iterable[type[Spider]]) -> Mapping[str, Send]:
    """Check the settings of a run of these spiders; make DATA_DIR a path from here, name the contact in USER_AGENT.

    Return the channels of notifications by name. Raises SettingError.
    """
    check_names(settings)
    settings.set("DATA_DIR", str(data_dir(settings)), priority="cmdline")
    try:
        replica = replica_base(settings["REPLICA_URL"])
        outputs(settings)
        _check_deliveries(settings)
        told = channels(settings)
        schedule(settings.getlist("REVISIT_HOURS"))
    except (ReplicaUrlError, UnsupportedFeedError, ChannelSettingError, ScheduleError) as error:
        raise SettingError(str(error)) from None
    if settings["JOBDIR"]:
        raise SettingError(
            "JOBDIR would be a second memory beside the store, in which a page that failed once counts as done: leave "
            "it out; a run that was interrupted is resumed by running again, because what is not stored is unseen"
        )
    contact = str(settings["CONTACT"] or "").strip()
    if replica is None and not contact and any(issubclass(spider, NewsSpider) for spider in spiders):
        raise SettingError(
            "a live crawl names someone the sites can write to: add -s CONTACT=you@example.org "
            "(or an address of a page about your crawl)"
        )
    if contact and not _CONTACT.fullmatch(contact):
        raise SettingError(
            f"CONTACT is {contact!r}, with which no site can reach you: give an e-mail address (you@example.org) or "
            "the http(s) address of a page about your crawl"
        )
    if contact:
        settings.set("USER_AGENT", f"defence-meetings (+{contact})", priority="cmdline")
    return told


def _check_deliveries(settings: BaseSettings) -> None:
    if not settings.getlist("DELIVERIES"):
        return
    from crawler.feeds.delivery import destinations  # noqa: PLC0415 - many formats, asked for by few
    from crawler.feeds.destinations import DestinationError  # noqa: PLC0415

    try:
        destinations(settings)
    except (DestinationError, MissingExtraError) as error:
        raise SettingError(f"DELIVERIES: {error}") from None
