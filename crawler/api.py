"""The program as a library: the meetings of articles you have, without Scrapy, a data folder or a network.

``read`` is for one article, ``resolve`` for many, ``article`` for what an article says before its meetings are read.
They do what ``scrapy crawl archive`` does, with the same results. docs/api.md shows them at work.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from crawler.feeds.record import record
from crawler.items import Article
from crawler.meetings import resolver
from crawler.meetings.record import compose
from crawler.meetings.report import make_report
from crawler.mentions import read_mentions
from crawler.pages import Page, PageError, read_article
from crawler.pages.archives import MAX_PAGE, Unreadable
from crawler.pages.page import Reason
from crawler.pages.records import with_given
from crawler.spiders.files import TextRecord, read_content, text_record
from crawler.store import Store
from crawler.store.recording import UNDATED

__all__ = ["Article", "ArticleError", "article", "read", "resolve"]

_PAGE: Final = re.compile(r"[\s\ufeff]*<[A-Za-z!?]")
_WHY: Final[Mapping[Reason, str]] = {
    "empty-body": "no text of a story was found in it: give the whole page, or the plain text",
    "missing-headline": "the page states no headline: give its text with headline=...",
    "missing-date": "pages of this site state a date, and this one does not: give its text with published=...",
    "impossible-date": "its date cannot be read: give published=... as in 2026-02-06",
    "wrong-charset": "its bytes are not in the encoding they are declared to be in: give it decoded",
    "mojibake": "it was decoded wrongly before: give it as it was served",
    "challenge-page": "it is the page of a bot wall and no article: fetch it again",
    "not-an-article": "its address is that of a listing or another page without a story",
    "paywall-only": "the story is paid for, and only its notice is here",
    "disclaimer-only": "only a disclaimer is here, no story",
    "unsupported-language": "its language is none of English, Azerbaijani and Russian: give lang=... if it is",
    "provider-not-accepted": "MENAFN's page is no copy of AzerNews",
}


class ArticleError(ValueError):
    """An article that cannot be read; the message is one sentence with what was wrong and what to do.

    ``reason`` is the word under which a crawl counts it, such as ``empty-body`` (docs/api.md lists them).
    """

    def __init__(self, reason: str, sentence: str) -> None:
        self.reason = reason
        super().__init__(sentence)


def read(
    page_or_text: str | bytes,
    *,
    url: str | None = None,
    lang: str | None = None,
    published: str | dt.date | None = None,
    headline: str | None = None,
    outlet: str | None = None,
) -> list[dict[str, Any]]:
    """Return the meetings that one article reports, as records of the feed, by date and id; none is [].

    Takes what ``article`` takes and raises what it raises. A record has the keys of docs/feed-format.md in their order
    and is valid by the feed's JSON Schema; ``first_seen`` and ``last_changed`` are the moment of the call.

    >>> text = (
    ...     "On February 5, Azerbaijan's Minister of Defense, Colonel General Zakir Hasanov, met in Baku with "
    ...     "Georgia's Minister of Defense Irakli Chikovani."
    ... )
    >>> (meeting,) = read(text, url="https://example.org/1", lang="en", published="2026-02-06")
    >>> meeting["date"], meeting["kind"], meeting["countries"]
    ('2026-02-05', 'bilateral', ['AZ', 'GE'])
    >>> [person["name"] for person in meeting["participants"]]
    ['Zakir Hasanov', 'Irakli Chikovani']
    >>> read("The exercise of the artillery units has ended.", lang="en")
    []
    """
    found = article(page_or_text, url=url, lang=lang, published=published, headline=headline, outlet=outlet)
    mentions = read_mentions(found).mentions
    now = dt.datetime.now(dt.UTC)
    reports = [make_report(found, mention, alone=len(mentions) == 1) for mention in mentions]
    meetings = [
        compose(cluster, {found.url: found}, revision=1, first_seen=now, last_changed=now)
        for cluster in resolver.resolve(reports)
    ]
    return [record(meeting) for meeting in sorted(meetings, key=lambda one: (one.date or UNDATED, one.id))]


def resolve(
    articles: Iterable[Article | Mapping[str, Any]],
    *,
    refused: Callable[[int, ArticleError], object] | None = None,
) -> list[dict[str, Any]]:
    """Return every meeting that these articles report, each once, as records of the feed, by date and id.

    An article is what ``article`` returns, or a mapping with the keys of a text record: ``url`` and ``text``, and
    where known ``headline``, ``lang``, ``published``, ``outlet``; other keys are ignored. They may come from a
    generator: one is held at a time. An address that comes twice is one article, and its later version counts.
    ``merge_evidence`` of a record tells why its sources are one meeting.

    An article that cannot be read raises ArticleError with its place, counted from 0; with ``refused`` that is called
    instead with the place and the error, and the others are resolved. Meetings are joined in a temporary file, which
    is gone when the function returns; raises OSError when there is no room for it.

    >>> english = {
    ...     "url": "https://example.org/en/1",
    ...     "lang": "en",
    ...     "published": "2026-03-12",
    ...     "text": "Azerbaijan's Minister of Defense Zakir Hasanov met on March 11 in Baku with Jordan's Minister of "
    ...     "Defense Faris Al-Majali.",
    ... }
    >>> russian = {
    ...     "url": "https://example.org/ru/7",
    ...     "lang": "ru",
    ...     "published": "2026-03-11",
    ...     "text": "Министр обороны Азербайджана Закир Гасанов 11 марта в Баку встретился с министром обороны "
    ...     "Иордании Фарисом аль-Маджали.",
    ... }
    >>> (meeting,) = resolve([english, russian])
    >>> [source["url"] for source in meeting["sources"]]
    ['https://example.org/ru/7', 'https://example.org/en/1']
    >>> meetings = resolve([english, {"url": "https://example.org/2"}], refused=lambda at, error: print(error))
    article 1 (https://example.org/2): 'text' is missing or empty
    >>> len(meetings)
    1
    """
    with (
        tempfile.TemporaryDirectory(prefix="meetings-") as folder,
        Store.open(f"sqlite:///{folder}/articles.db") as store,
    ):
        for place, given in enumerate(articles):
            try:
                found = given if isinstance(given, Article) else _of_record(given, _named(place, given))
            except ArticleError as error:
                if refused is None:
                    raise
                refused(place, error)
                continue
            reading = read_mentions(found)
            now = dt.datetime.now(dt.UTC)
            store.record(found, reading.mentions, run="api", now=now, dropped=reading.dropped)
        return [record(meeting) for meeting in store.records()]


def article(
    page_or_text: str | bytes,
    *,
    url: str | None = None,
    lang: str | None = None,
    published: str | dt.date | None = None,
    headline: str | None = None,
    outlet: str | None = None,
) -> Article:
    """Return what a page or text says as an article: headline, clean paragraphs, dates, language.

    ``page_or_text`` is HTML, or the text of a story or of a whole captured page, as text or as bytes; what begins with
    a tag is HTML. ``url`` is its address, http(s) or ``urn:sha256:...``; without it a page's own word counts, then the
    hash of the content. ``lang`` is en, az or ru; a text that is plainly in another one is read as that. ``published``
    is a day, a moment or ISO 8601 as far as known (``2026-02``); a moment without a zone is in the outlet's (Baku).
    ``headline``, ``published`` and ``outlet`` count before what the page or text says itself.

    Raises ArticleError when it cannot be read, TypeError when something is of another type than above.

    >>> found = article("<html><title>Talks in Baku</title><p>They met in Baku and spoke of training.</p></html>")
    >>> found.headline.text, found.lang, found.paragraphs
    ('Talks in Baku', 'en', ('They met in Baku and spoke of training.',))
    >>> article("Ministrlər görüşüb.", published="2026-13-01")
    Traceback (most recent call last):
    crawler.api.ArticleError: the text cannot be read: its date cannot be read: give published=... as in 2026-02-06 \
(impossible-date: 2026-13-01)
    """
    if not isinstance(page_or_text, str | bytes):
        raise TypeError(f"a page or text is str or bytes, not {type(page_or_text).__name__}")
    for name, value in (("url", url), ("lang", lang), ("headline", headline), ("outlet", outlet)):
        if not isinstance(value, str | None):
            raise TypeError(f"{name} is str or None, not {type(value).__name__}")
    if isinstance(published, dt.date):
        published = published.isoformat()
    elif not isinstance(published, str | None):
        raise TypeError(f"published is a day, a moment, ISO 8601 or None, not {type(published).__name__}")
    body = _bytes(page_or_text)
    text = page_or_text if isinstance(page_or_text, str) else body.decode("utf-8", "replace")
    is_page = _PAGE.match(text) is not None
    name = url or ("the page" if is_page else "the text")
    if not text.strip():
        raise ArticleError("empty-body", f"{name} is empty")
    values = {
        "url": url or Page(None, body).urn,
        "text": text,
        "headline": headline,
        "lang": lang,
        "published": published,
        "outlet": outlet,
    }
    if not is_page:
        return _of_record(values, name)
    known = _known(values, name)
    page = Page(url and known.url, body, "text/html")
    return _readable(name, lambda: _of_page(page, known))


def _bytes(page_or_text: str | bytes) -> bytes:
    try:
        body = page_or_text.encode() if isinstance(page_or_text, str) else page_or_text
    except UnicodeEncodeError as error:  # half of a pair of surrogates
        raise ArticleError("no-text", f"the text holds what is no character: {error.reason}") from None
    if len(body) > MAX_PAGE:
        raise ArticleError("too-large", f"the page or text is larger than {MAX_PAGE // 2**20} MiB")
    return body


def _of_page(page: Page, known: TextRecord) -> Article:
    found = read_article(page, lang=known.lang)
    return with_given(found, headline=known.headline, published=known.published, outlet=known.outlet)


def _of_record(values: object, name: str) -> Article:
    known = _known(values, name)
    return _readable(name, lambda: read_content(known))


def _named(place: int, values: object) -> str:
    url = values.get("url") if isinstance(values, Mapping) else None
    return f"article {place} ({url})" if isinstance(url, str) and url.isprintable() else f"article {place}"


def _known(values: object, name: str) -> TextRecord:
    known = text_record(values)
    if isinstance(known, Unreadable):
        raise ArticleError(known.reason, f"{name}: {known.detail}")
    return known


def _readable(name: str, read_it: Callable[[], Article]) -> Article:
    try:
        return read_it()
    except PageError as error:
        raise ArticleError(error.reason, f"{name} cannot be read: {_WHY[error.reason]} ({error})") from error
