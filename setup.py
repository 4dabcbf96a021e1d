"""For scrapyd-deploy, which builds its egg with a setup.py; all that there is to say stands in pyproject.toml."""

from setuptools import setup

setup()
