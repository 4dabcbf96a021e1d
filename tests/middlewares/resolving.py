"""A resolver for tests: every name leads into a private network, and nothing is looked up."""

from __future__ import annotations

from twisted.internet import defer

from crawler.middlewares.destinations import PublicResolver


class Inside(PublicResolver):
    def getHostByName(self, name, _timeout=()):  # noqa: N802 - Twisted's name
        return defer.succeed("10.255.255.1").addCallback(self._checked, name)
