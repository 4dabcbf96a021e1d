from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from crawler.store import Store
from crawler.store.schema import HEAD, METADATA


def test_migrations_make_the_tables_of_the_schema(url):
    Store.open(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert found == []


def test_head_is_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", "crawler/store/migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
