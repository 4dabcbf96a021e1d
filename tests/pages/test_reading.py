from __future__ import annotations

import hashlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pages import Page, PageError, agreement, read_article, read_text
from crawler.pages.decoding import decode
from crawler.pages.document import Document, paragraphs
from crawler.pages.page import REASONS

URL = "https://report.az/en/military/a-made-up-story"
BODY = "".join(
    f"<p>Paragraph {number} tells of a made-up meeting of two delegations in Baku.</p>" for number in range(5)
)
HTML = (
    '<html><body><h1 class="section-title">A made-up story of a meeting</h1><div class="news-detail__head">'
    '<ul class="news__date"><li>06 February, 2026</li><li>16:19</li></ul></div>'
    f'<div class="news-detail__desc">{BODY}</div></body></html>'
)


def test_reasons_are_a_closed_list() -> None:
    with pytest.raises(ValueError, match="unknown reason"):
        PageError("no-such-reason")  # type: ignore[arg-type]  # that is the test
    assert str(PageError("empty-body", "x")) == "empty-body: x"
    assert len(REASONS) == len(set(REASONS))


@pytest.mark.parametrize("body", [b"", b" \n ", b"\xef\xbb\xbf"])
def test_no_bytes(body: bytes) -> None:
    with pytest.raises(PageError) as refused:
        read_article(Page(URL, body))
    assert refused.value.reason in {"empty-body", "missing-headline"}


def test_address_of_a_page_without_one() -> None:
    with_canonical = HTML.replace("<body>", f'<link rel="canonical" href="{URL}/"><body>')
    assert read_article(Page(None, with_canonical.encode())).url == URL
    body = HTML.encode()
    assert read_article(Page(None, body)).url == f"urn:sha256:{hashlib.sha256(body).hexdigest()}"


def test_date_of_a_later_level_is_taken_and_said() -> None:
    page = HTML.replace("06 February", "31 February").replace(
        "<body>", '<meta property="article:published_time" content="2026-02-06T16:19:00+04:00"><body>'
    )
    article = read_article(Page(URL, page.encode()))
    assert article.matched["published"] == "meta article:published_time"
    assert article.warnings == ("impossible date: 31 February, 2026 16:19",)


def test_agreement_with_the_generic_extractor() -> None:
    page = Page(URL, HTML.encode())
    article = read_article(page)
    assert agreement(article, page) > 0.9
    other = Page(
        URL, HTML.replace(BODY, "<p>Something else entirely was written here on another day.</p>" * 3).encode()
    )
    assert agreement(article, other) < 0.4


def test_deep_nesting_is_read() -> None:
    html = "<div>" * 3000 + "deep" + "</div>" * 3000
    assert paragraphs(Document(f"<body>{html}</body>").all("body")) in (["deep"], [])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>The <b>Min</b>ister <i>of</i> Defence</p>", ["The Minister of Defence"]),
        ("<p>“<a>Report</a>” xəbər</p>", ["“Report” xəbər"]),
        ("<p>one</p>two<p>three</p>", ["one", "two", "three"]),
        ("<ul><li>one</li><li>two</li></ul>", ["one", "two"]),
        ("one<br>Two<br/>three", ["one", "Two three"]),
        ("<p>a<script>x</script>b<!-- c -->d</p><style>e</style>", ["abd"]),
        ('<blockquote class="twitter-tweet">x</blockquote><p>y</p><div class="tags"><a>z</a></div>', ["y"]),
    ],
)
def test_blocks_and_inline_elements(html: str, expected: list[str]) -> None:
    assert paragraphs(Document(f"<body><div>{html}</div></body>").all("body > div")) == expected


@pytest.mark.parametrize(
    ("body", "content_type", "text", "warning"),
    [
        ("Nazir Şuşada".encode(), "text/html; charset=iso-8859-1", "Nazir Şuşada", None),
        ("Министр обороны".encode("cp1251"), "text/html; charset=windows-1251", "Министр обороны", "charset cp1251"),
        ("Nazir Şuşada".encode("utf-16"), None, "Nazir Şuşada", None),
    ],
)
def test_decoding(body: bytes, content_type: str | None, text: str | None, warning: str | None) -> None:
    found, warnings = decode(Page(None, body, content_type))
    if text is not None:
        assert found == text
    assert warnings == ((warning,) if warning else ())


def test_mojibake_of_both_kinds_is_undone() -> None:
    russian = "Министр обороны принял делегацию"
    shown = "".join(bytes((byte,)).decode("cp1251", "ignore") or chr(byte) for byte in russian.encode())
    assert decode(Page(None, shown.encode())) == (russian, ("mojibake repaired: cp1251",))


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-02-06", "2026-02-06"),
        ("2019-06", "2019-06"),
        ("2026-02-06T16:19:00+04:00", "2026-02-06T12:19:00+00:00"),
        (None, None),
    ],
)
def test_published_of_a_record(published: str | None, expected: str | None) -> None:
    article = read_text("The guests left Baku.", url="https://example.az/1", lang="en", published=published)
    assert (article.published and article.published.isoformat()) == expected
    assert article.text == "The guests left Baku."
    assert article.outlet == "example.az"


@pytest.mark.parametrize(
    ("text", "given", "expected", "rest"),
    [
        ("06 февраля 2026, 16:20. Гости уехали домой.", None, "2026-02-06T12:20:00+00:00", "Гости уехали домой."),
        ("06 февраля 2026, 16:20. Гости уехали домой.", "2026-02", "2026-02-06T12:20:00+00:00", "Гости уехали домой."),
        ("06 февраля 2026, 16:20. Гости уехали домой.", "2025-01-01", "2025-01-01", "Гости уехали домой."),
        ("14.12.2021 [11:22]. Гости уехали домой.", None, "2021-12-14T07:22:00+00:00", "Гости уехали домой."),
        (
            "7 мая. 10:30 (UTC+3 MSK). Гости уехали домой.",
            "2025-05-07",
            "2025-05-07T07:30:00+00:00",
            "Гости уехали домой.",
        ),
        ("Гости уехали домой. 16:20 / 02.07.2024.", None, "2024-07-02T12:20:00+00:00", "Гости уехали домой."),
        ("6 февраля гости уехали домой.", None, None, "6 февраля гости уехали домой."),
    ],
)
def test_stamp_in_a_record(text: str, given: str | None, expected: str | None, rest: str) -> None:
    article = read_text(text, url="https://example.az/1", lang="ru", published=given)
    assert (article.published and article.published.isoformat()) == expected
    assert article.text == rest


@pytest.mark.parametrize(
    ("text", "published", "reason"),
    [
        ("  \n ", None, "empty-body"),
        ("Photo\nVideo\n", None, "empty-body"),
        ("The guests left.", "2026-02-31", "impossible-date"),
        ("Legal Disclaimer:\nMENAFN provides the information “as is”.", None, "disclaimer-only"),
        ("会议在巴库举行", None, "unsupported-language"),
    ],
)
def test_refused_records(text: str, published: str | None, reason: str) -> None:
    with pytest.raises(PageError) as refused:
        read_text(text, url=None, published=published)
    assert refused.value.reason == reason


def test_record_of_another_provider_is_read() -> None:
    article = read_text(
        "(MENAFN- Trend News Agency) BAKU, Azerbaijan, May 6. Guests came, Trend reports.", url=None, lang="en"
    )
    assert (article.provider, article.text, article.attribution) == (
        "Trend News Agency",
        "Guests came, Trend reports.",
        None,
    )


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_reason(body: bytes) -> None:
    with suppress(PageError):
        assert read_article(Page(URL, body)).paragraphs


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_any_text_gives_an_article_or_a_reason(text: str) -> None:
    with suppress(PageError):
        assert read_text(text, url=None).paragraphs
