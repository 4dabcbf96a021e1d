"""What spark-submit is given; the program itself stands in the packed environment."""  # noqa: INP001 - a script, no package

from __future__ import annotations

import sys

from crawler.bulk.job import main

sys.exit(main())
