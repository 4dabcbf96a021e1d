from __future__ import annotations

import time

import pytest

from crawler.pages import PageError
from crawler.spiders.hostile import check_cost


def test_a_tag_of_thousands_of_attributes_is_refused_before_it_is_parsed():
    body = b"<html><body " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">text"
    began = time.monotonic()
    with pytest.raises(PageError, match="200000 attributes"):
        check_cost(body)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body><h1>Minister meets</h1></body></html>",
        b"<img src='data:image/png;base64," + b"A" * 500_000 + b"'>",
        b"<p>" + b"word " * 200_000 + b"</p>",
        b"<" * 1_000_000,
        b"<div>" * 200_000,
        b"\x00" * 100_000,
        b"",
    ],
)
def test_other_pages_pass_quickly(body):
    began = time.monotonic()
    check_cost(body)
    assert time.monotonic() - began < 1
