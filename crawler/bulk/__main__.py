"""``python -m crawler.bulk``, on this machine; on a cluster ``deploy/spark/job.py`` is submitted."""

from __future__ import annotations

import importlib.util
import sys

if any(importlib.util.find_spec(name) is None for name in ("pyspark", "pyarrow")):
    print("error: this needs Spark: pip install -r requirements-spark.txt", file=sys.stderr)  # noqa: T201 - for a person
    sys.exit(2)

from crawler.bulk.job import main

sys.exit(main())
