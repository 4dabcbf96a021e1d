"""``python -m crawler.bulk``, on this machine; on a cluster ``deploy/spark/job.py`` is submitted."""

from __future__ import annotations

import sys

from crawler.bulk.job import main

sys.exit(main())
