"""The first tables: articles, mentions and their keys, meetings, runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "articles",
        sa.Column("url", _NAME, primary_key=True),
        sa.Column("outlet", _NAME, nullable=False),
        sa.Column("lang", _NAME, nullable=False),
        sa.Column("published", _NAME),
        sa.Column("first_seen", _NAME, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", _NAME, nullable=False),
        sa.Column("record_digest", _NAME, nullable=False),
        sa.Column("dropped", sa.Text),
        sa.Column("run", _NAME, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_table(
        "mentions",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", _NAME, nullable=False, unique=True),
        sa.Column("url", _NAME, sa.ForeignKey("articles.url"), nullable=False, index=True),
        sa.Column("meeting", _NAME, index=True),
        sa.Column("report", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "keys",
        sa.Column("key", sa.BigInteger, primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("mention", _NUMBER, sa.ForeignKey("mentions.number"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "meetings",
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("alive", sa.Boolean, nullable=False),
        sa.Column("heir", _NAME, index=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("sort_date", _NAME, nullable=False),
        sa.Column("kind", _NAME),
        sa.Column("status", _NAME),
        sa.Column("first_seen", _NAME),
        sa.Column("last_changed", _NAME),
        sa.Column("record", sa.Text),
    )
    op.create_index("meetings_in_order", "meetings", ["sort_date", "id"])
    op.create_index("meetings_by_change", "meetings", ["last_changed"])
    op.create_table(
        "meeting_countries",
        sa.Column("country", _NAME, primary_key=True),
        sa.Column("meeting", _NAME, sa.ForeignKey("meetings.id"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "changes",
        sa.Column("run", _NAME, primary_key=True),
        sa.Column("meeting", _NAME, primary_key=True),
        sa.Column("changed", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "runs",
        sa.Column("run", _NAME, primary_key=True),
        sa.Column("source", _NAME, nullable=False),
        sa.Column("started", _NAME, nullable=False),
        sa.Column("finished", _NAME),
        sa.Column("verdict", _NAME),
        sa.Column("counts", sa.Text, nullable=False),
    )
    op.create_table(
        "validators",
        sa.Column("url", _NAME, primary_key=True),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
    )
    op.create_table(
        "quarantine",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("url", _NAME, nullable=False, index=True),
        sa.Column("reason", _NAME, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("run", _NAME, nullable=False),
        sa.Column("at", _NAME, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "persons",
        sa.Column("skeleton", _NAME, primary_key=True),
        sa.Column("country", _NAME, primary_key=True),
        sa.Column("lang", _NAME, primary_key=True),
        sa.Column("text", _NAME, primary_key=True),
        sa.Column("post", _NAME),
        sa.Column("first_seen", _NAME, nullable=False),
    )
    op.create_table(
        "settings",
        sa.Column("name", _NAME, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in (
        "settings",
        "persons",
        "quarantine",
        "validators",
        "runs",
        "changes",
        "meeting_countries",
        "meetings",
        "keys",
        "mentions",
        "articles",
    ):
        op.drop_table(name)
