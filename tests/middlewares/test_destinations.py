from __future__ import annotations

import pytest
from twisted.internet import defer
from twisted.internet.base import ThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.middlewares.destinations import PublicResolver, is_public, refusal

HOSTS = frozenset({"report.az", "www.report.az"})


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("85.132.0.1", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:85.132.0.1", True),
        ("2002:7f00:1::", False),
    ],
)
def test_is_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://report.az/en/military/x", None),
        ("http://www.report.az/x", None),
        ("https://report.az:443/x", None),
        ("https://REPORT.az./x", None),
        ("https://report.az:8080/x", "port"),
        ("https://user:secret@report.az/x", "credentials"),
        ("https://example.org/", "foreign-host"),
        ("https://report.az.example.org/", "foreign-host"),
        ("https://report.az:99999/", "foreign-host"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://127.0.0.1:8000/", "private-address"),
        ("http://[::1]/", "private-address"),
        ("http://localhost/", "private-address"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://report.az/x", "scheme"),
        ("data:text/html,x", "scheme"),
    ],
)
def test_redirects_stay_with_the_source(url, reason):
    assert refusal(url, HOSTS) == reason


@pytest.mark.parametrize(
    ("address", "loopback_only", "allowed"),
    [
        ("85.132.0.1", False, True),
        ("10.0.0.7", False, False),
        ("169.254.169.254", False, False),
        ("127.0.0.1", False, False),
        ("127.0.0.1", True, True),
        ("85.132.0.1", True, False),
    ],
)
def test_a_name_is_checked_by_what_it_resolves_to(address, loopback_only, allowed, monkeypatch):
    monkeypatch.setattr(ThreadedResolver, "getHostByName", lambda _self, _name, _timeout=(): defer.succeed(address))
    resolver = PublicResolver(None, 0, 5.0)  # the lookup itself is replaced
    resolver.loopback_only = loopback_only
    outcome = []
    resolver.getHostByName("report.az").addBoth(outcome.append)
    if allowed:
        assert outcome == [address]
    else:
        assert outcome[0].check(DNSLookupError)
        assert resolver.refused["report.az"] == address
