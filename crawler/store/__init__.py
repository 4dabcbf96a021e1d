"""Articles, mentions, meetings and runs: SQLAlchemy Core on SQLite (default) or PostgreSQL."""

from crawler.store.database import StoreError
from crawler.store.ledger import Quarantined, Run, Validators
from crawler.store.store import Filters, Recorded, Store

__all__ = ["Filters", "Quarantined", "Recorded", "Run", "Store", "StoreError", "Validators"]
