"""Why an article was read as it was: one line a field, with the rule and the words it stood on."""

from __future__ import annotations

from crawler.items import Article, Evidence, Mention
from crawler.mentions.reading import Reading


def explain(article: Article, reading: Reading) -> str:
    """Return the explanation of a reading as lines of text."""
    headline = article.headline.text if article.headline else "(no headline)"
    lines = [f"{article.url} [{article.lang}] {headline}"]
    if reading.dropped:
        lines.append(f"  no meeting: {reading.dropped}")
        lines += [_line(evidence) for evidence in reading.evidence]
    for mention in reading.mentions:
        lines.append(f"  meeting {mention.index}: {_summary(mention)}")
        lines += [_line(evidence) for evidence in mention.evidence]
    return "\n".join(lines)


def _summary(mention: Mention) -> str:
    parties = ", ".join((*mention.countries, *mention.organizations))
    day = f"{mention.date} ({mention.date_source})" if mention.date else "day unknown"
    place = mention.place.city if mention.place else "place unknown"
    return f"{mention.kind}, {mention.status}; {parties}; {day}; {place}"


def _line(evidence: Evidence) -> str:
    words = f' <- "{evidence.words}"' if evidence.words else ""
    return f"    {evidence.field:18} {evidence.rule}{words}"
