"""``make bench``: speed and quality against peers, measured side by side in one run."""

from __future__ import annotations

import sys

from benchmarks.pages import measure_pages

if __name__ == "__main__":
    sys.exit(measure_pages())
