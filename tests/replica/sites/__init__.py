"""The three sites: each answers a Request for its hosts from the Catalogue."""

from __future__ import annotations

from typing import Protocol

from tests.replica.catalogue import Catalogue
from tests.replica.exchange import Reply, Request
from tests.replica.sites.azernews import AzerNews
from tests.replica.sites.menafn import Menafn
from tests.replica.sites.report import Report


class Site(Protocol):
    """One site. ``reply`` raises nothing: an unknown address gives its 404 page."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names it answers for."""

    def reply(self, request: Request) -> Reply:
        """Answer a GET request."""


def sites_by_host(catalogue: Catalogue) -> dict[str, Site]:
    """Return every host name of the replica with the site that answers for it."""
    sites: tuple[Site, ...] = (Report(catalogue), AzerNews(catalogue), Menafn(catalogue))
    return {host: site for site in sites for host in site.hosts}
