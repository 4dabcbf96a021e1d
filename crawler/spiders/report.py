from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from scrapy.http import TextResponse

from crawler.items import Lang
from crawler.pages.listings import Listing, feed, report_cards, sitemap
from crawler.pages.zones import BAKU
from crawler.spiders.base import NewsSpider
from crawler.spiders.channels import Channel

# Days of archive asked for at most: a longer backfill is run in parts, so that each part ends.
_ARCHIVE_DAYS: Final = 400
# What the site's search is asked for, beside the day archive, which shows only a day's last twelve stories.
_SEARCHES: Final[dict[Lang, tuple[str, ...]]] = {
    "az": ("müdafiə naziri", "Baş Qərargah rəisi", "Zakir Həsənov"),
    "en": ("minister of defense", "chief of general staff", "Zakir Hasanov"),
    "ru": ("министр обороны", "начальник генштаба", "Закир Гасанов"),
}
_PREFIXES: Final[dict[Lang, str]] = {"az": "", "en": "/en", "ru": "/ru"}

# Where military stories are filed besides the military sections, differently in each language: calls of the minister,
# visits, greetings. The latest news in az have a list of their own.
_OTHER_SECTIONS: Final[dict[Lang, tuple[str, ...]]] = {
    "en": ("foreign-politics", "domestic-politics", "karabakh", "region"),
    "ru": ("vneshnyaya-politika", "vnutrennyaya-politika", "drugie", "karabakh"),
}


def _cards(response: TextResponse, more: str | None) -> Listing:
    return report_cards(response.text, response.url, more=more)


def _feed(response: TextResponse, _more: str | None) -> Listing:
    return feed(response.body, response.url, "report")


def _sitemap(response: TextResponse, _more: str | None) -> Listing:
    return sitemap(response.body, response.url, "report")


class ReportSpider(NewsSpider):
    """Report.az: three languages, three unrelated addresses for one story.

    The military sections come first; feeds and the news sitemap show what is filed elsewhere, and the links between
    languages what a section of one language lacks.
    """

    name = "report"
    source = "report"
    langs = ("az", "en", "ru")
    channels = (
        Channel(name="section/az", url="https://report.az/herbi-xeberler", lang="az", read=_cards),
        Channel(name="section/en", url="https://report.az/en/military", lang="en", read=_cards),
        Channel(name="section/ru", url="https://report.az/ru/armiya", lang="ru", read=_cards),
        Channel(name="feed/az", url="https://report.az/rss/", lang="az", read=_feed, selective=True),
        Channel(name="feed/en", url="https://report.az/en/rss/", lang="en", read=_feed, selective=True),
        Channel(name="feed/ru", url="https://report.az/ru/rss/", lang="ru", read=_feed, selective=True),
        Channel(name="sitemap", url="https://report.az/news-sitemap.xml", read=_sitemap, selective=True, proven=False),
        Channel(name="latest/az", url="https://report.az/son-xeberler", lang="az", read=_cards, selective=True),
        *(
            Channel(
                name=f"{section}/{lang}",
                url=f"https://report.az{_PREFIXES[lang]}/{section}",
                lang=lang,
                read=_cards,
                selective=True,
                proven=False,
            )
            for lang, sections in _OTHER_SECTIONS.items()
            for section in sections
        ),
    )

    def backfill(self) -> Iterator[Channel]:
        """Yield the archive of every day in the window and the searches, when ``-a since=`` asks for the past."""
        since = self.arguments.since
        if since is None:
            return
        until = min(self.arguments.until or date.max, datetime.now(BAKU).date())
        for offset in range(min((until - since).days + 1, _ARCHIVE_DAYS)):
            day = until - timedelta(days=offset)
            yield Channel(
                name="archive/az",
                url=f"https://report.az/archive/{day:%Y/%m/%d}",
                lang="az",
                read=_cards,
                selective=True,
                missing_is_empty=True,
            )
        for lang, terms in _SEARCHES.items():
            for term in terms:
                yield Channel(
                    name=f"search/{lang}",
                    url=f"https://report.az{_PREFIXES[lang]}/search?{urlencode({'query': term})}",
                    lang=lang,
                    read=_cards,
                    selective=True,
                    proven=False,
                    missing_is_empty=True,
                )
