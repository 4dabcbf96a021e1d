"""How good the program is, as figures: labelled articles and cases, scored through the program's own functions.

``python -m quality`` prints the figures (docs/quality.md). Nothing in ``crawler/`` imports this package.
"""
