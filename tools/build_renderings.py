"""Write crawler/knowledge/renderings.tsv: how Russian spells names whose sounds the Latin spelling does not tell.

Run it from the project's root: ``python -m tools.build_renderings``. It needs rigour (MIT; its names are drawn from
Wikidata, CC0), which the program itself does not. A row has a Latin spelling and its Cyrillic ones: "johnson" and
"джонсон". Spellings that ``language/folding.py`` likens by itself are left out, and so are those it likens so little
that they are another form of the name ("michael" and "майк").
"""

from __future__ import annotations

import re
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Final

from crawler.language import folding

TARGET: Final = Path(__file__).parents[1] / "crawler" / "knowledge" / "renderings.tsv"
HEADER: Final = (
    "# Written by tools/build_renderings.py: Latin, Cyrillic. From rigour (MIT License, Copyright (c) 2023-2025"
    " OpenSanctions Datenbanken GmbH), drawn from Wikidata (CC0)."
)
LEAST: Final = 0.55
"""Likeness below which the two are pet forms or the forms of man and woman."""
MOST: Final = 0.9
"""Likeness from which a row adds nothing."""
_LATIN: Final = re.compile(r"[a-z\u00e0-\u017f]{3,}")
_RUSSIAN: Final = re.compile("[а-яё]{3,}")


def renderings(groups: str) -> dict[str, set[str]]:
    """Return the Cyrillic spellings by the Latin one; a line of ``groups`` is "ozolin, озолин => Q100000067"."""
    found: dict[str, set[str]] = {}
    for line in groups.splitlines():
        words = [word.strip() for word in line.partition("=>")[0].split(",")]
        latin, russian = ([word for word in words if form.fullmatch(word)] for form in (_LATIN, _RUSSIAN))
        for one, other in product(latin, russian):
            if LEAST <= folding.name_similarity(one, "en", other, "ru") < MOST:
                found.setdefault(folding.plain(one, "en"), set()).add(other)
    return found


def main() -> None:
    """Write the table."""
    TARGET.write_text(HEADER + "\n", "utf-8")  # the likeness without the table
    groups = resources.files("rigour").joinpath("data/names/persons.txt").read_text("utf-8")
    rows = (f"{latin}\t{' '.join(sorted(russian))}" for latin, russian in sorted(renderings(groups).items()))
    TARGET.write_text("\n".join([HEADER, *rows, ""]), "utf-8")


if __name__ == "__main__":
    main()
