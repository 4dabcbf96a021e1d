"""A small world of invented meetings, reported as the agencies would, with all that makes joining hard."""

from __future__ import annotations

from crawler.items import Agreement, Article, Evidence, Mention
from tests.meetings.making import CHIEF, GUEST, MINISTER, OTHER_GUEST, PRESIDENT, make

COPIED = " ".join(f"word{n} of the report on the talks in the ministry" for n in range(8))
PLAN = (Agreement(kind="plan", title="Plan for 2027", year=2027),)


def world() -> list[tuple[Article, list[Mention], str | None]]:
    """Return articles with their mentions and drop reasons: nine meetings and two articles of none."""
    made = [
        # 1: three languages, a copy a day later, an undated report with the same plan
        make(
            "report.az/en/military/a",
            published="2026-03-04T16:20",
            alternates=("report.az/a",),
            headline="Ministers meet in Baku",
            agreements=PLAN,
        ),
        make("report.az/a", lang="az", published="2026-03-04T16:05", headline="Nazirlər Bakıda görüşüb"),
        make("report.az/ru/armiya/a", lang="ru", published="2026-03-04T16:30", alternates=("report.az/a",)),
        make("azernews.az/nation/1.html", published="2026-03-04T18:00", date="2026-03-04", text=COPIED),
        make("menafn.com/1/Copy", published="2026-03-05T09:00", date="2026-03-04", text=COPIED + " Read more"),
        make("news.az/a", agreements=PLAN),
        # 2: the same guest received by the president on the same day
        make("report.az/en/military/b", who=(PRESIDENT, GUEST), published="2026-03-04T17:00", date="2026-03-04"),
        # 3: announced, then held
        make(
            "report.az/en/military/c",
            who=(CHIEF, OTHER_GUEST),
            published="2026-03-01",
            date="2026-03-07",
            status="announced",
        ),
        make("report.az/c", who=(CHIEF, OTHER_GUEST), lang="az", published="2026-03-07T12:00"),
        # 4: the same two a few days later
        make("report.az/en/military/d", who=(CHIEF, OTHER_GUEST), published="2026-03-11", date="2026-03-11"),
        # 5: a call between those who met in 1
        make("report.az/en/military/e", kind="call", published="2026-03-05", date="2026-03-05"),
        make("azernews.az/nation/2.html", kind="call", published="2026-03-06", date="2026-03-05"),
        # 6: an internal meeting, twice reported
        make("report.az/en/military/f", who=(MINISTER,), kind="internal", published="2026-03-08", date="2026-03-08"),
        make("azernews.az/nation/3.html", who=(MINISTER,), kind="internal", published="2026-03-08", date="2026-03-08"),
        # 7: three sides
        make(
            "report.az/en/military/g",
            who=(MINISTER, GUEST, OTHER_GUEST),
            kind="multilateral",
            published="2026-03-04",
            date="2026-03-04",
        ),
        # 8: the year is not known
        make("report.az/h", lang="az", who=(CHIEF, GUEST), published="2025-11-03", date="2025-11-02"),
        make(
            "old.az/h",
            lang="ru",
            who=(CHIEF, GUEST),
            evidence=(Evidence(field="date", rule="yearless", words="--11-02"),),
        ),
        # 9: undated, fits 3 and 4 alike
        make("undated.az/i", who=(CHIEF, OTHER_GUEST), lang="ru"),
    ]
    none = [make("report.az/en/military/drill", published="2026-03-04"), make("azernews.az/nation/9.html")]
    return [(article, [mention], None) for article, mention in made] + [
        (article, [], "no meeting: drill") for article, _ in none
    ]


MEETINGS = 9
