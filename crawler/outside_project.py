"""The commands where no scrapy.cfg names the settings: an installed program works in any folder.

Scrapy finds them as entry points (pyproject.toml). A folder with a scrapy.cfg decides by it; in a project of somebody
else ``scrapy crawl`` stays Scrapy's, and the other commands say where they work.
"""

from __future__ import annotations

import argparse
from importlib import import_module

from scrapy.commands import ScrapyCommand
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.utils.project import inside_project

from crawler import settings


class Elsewhere(ScrapyCommand):
    """Stands for a command of this program inside another project."""

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Of the defence meetings crawler, outside of this project"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raise UsageError (exit 2)."""
        del args, opts
        raise UsageError(
            "this command belongs to the defence meetings crawler, and the folder to another Scrapy project: "
            "run it in a folder of its own",
            print_help=False,
        )


def __getattr__(name: str) -> type[ScrapyCommand]:
    """Return the command of a name; only what is asked for is imported. Raises AttributeError for what is none."""
    if name not in {"browse", "crawl", "explain", "export", "health"}:
        raise AttributeError(name)
    if inside_project():
        return ScrapyCrawl if name == "crawl" else Elsewhere
    command: type[ScrapyCommand] = import_module(f"crawler.commands.{name}").Command
    ours = {setting: value for setting, value in vars(settings).items() if setting.isupper()}
    return type("Command", (command,), {"default_settings": {**ours, **command.default_settings}})
