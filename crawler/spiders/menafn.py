from __future__ import annotations

from typing import Final

from scrapy.http import TextResponse

from crawler.pages.listings import Entry, Listing, menafn_links, menafn_section
from crawler.spiders.base import NewsSpider
from crawler.spiders.channels import Channel

_PROVIDER: Final = "azernews"


def _links(response: TextResponse, _more: str | None) -> Listing:
    return menafn_links(response.text, response.url)


def _section(response: TextResponse, _more: str | None) -> Listing:
    return menafn_section(response.text, response.url)


def _json_channel(section: str) -> Channel:
    return Channel(
        name=f"json/{section.lower()}",
        url=f"https://menafn.com/mobile/WebAPI/getnews/getsection/MobileEN_{section}-1",
        lang="en",
        read=_section,
        selective=True,
        proven=False,
    )


def _listing_channel(name: str, query: str) -> Channel:
    url = f"https://menafn.com/qn_news_sections.aspx?{query}"
    return Channel(name=name, url=url, lang="en", read=_links, selective=True, proven=False)


class MenafnSpider(NewsSpider):
    """MENAFN's copies of AzerNews.

    No listing of Azerbaijan or of the provider is known, so every known listing is asked; a story is accepted by its
    provider and never by its topic, because other desks carry the same events. Addresses from outside
    (``-a urls=FILE``) are the surest way.
    """

    name = "menafn"
    source = "menafn"
    langs = ("en",)
    channels = (
        *(_json_channel(section) for section in ("Home", "Politics", "Business")),
        _listing_channel("sections", "src=s"),
        *(_listing_channel(f"country/{region.lower()}", f"src=c&country={region}") for region in ("Asia", "Europe")),
    )

    def accepts(self, entry: Entry) -> bool:
        """Refuse what a listing says to be another provider's; where it says nothing, the page itself decides."""
        return entry.provider is None or _PROVIDER in entry.provider.lower()

    def chooses(self, entry: Entry, channel: Channel) -> bool:
        """Fetch every story the listing says to be the provider's, whatever its headline."""
        return entry.provider is None and super().chooses(entry, channel)
