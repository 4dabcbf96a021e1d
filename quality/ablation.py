"""What each rule is worth: the figures with every rule in turn switched off."""

from __future__ import annotations

import ast
import hashlib
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from crawler import rules
from quality.labelled import Labelled, Part
from quality.measuring import Measured

_PROGRAM: Final = Path(rules.__file__).parent
PROCESSES: Final = 2


@dataclass(frozen=True, slots=True)
class Without:
    """One part measured without a rule: values by form and measure, and a digest of what was read of each article."""

    values: Mapping[str, Mapping[str, float]]
    readings: tuple[str, ...]

    def changed(self, other: Without) -> int:
        """Return how many articles were read otherwise."""
        return sum(one != another for one, another in zip(self.readings, other.readings, strict=True))


def named_rules() -> list[str]:
    """Return the rules whose names stand in the code of the program, sorted; a composed name is known once it fires."""
    found: set[str] = set()
    for file in sorted(_PROGRAM.rglob("*.py")):
        source = file.read_text("utf-8")
        if "fires(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "fires":
                found.update(str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))
    return sorted(found)


def ablate(
    split: Mapping[Part, Sequence[Labelled]], names: Sequence[str]
) -> Iterator[tuple[str | None, Mapping[Part, Without]]]:
    """Yield the measurement of each part without each of these rules, the one with all of them first (None).

    Each is made in a process of its own, so that no cache remembers an answer of another.
    """
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, maxtasksperchild=1) as pool:
        yield from pool.imap(partial(_without, split), [None, *names], chunksize=1)


def _without(split: Mapping[Part, Sequence[Labelled]], rule: str | None) -> tuple[str | None, dict[Part, Without]]:
    rules.switch_off(*([rule] if rule else []))
    found = {}
    for part, own in split.items():
        measured = Measured(own)
        digests = tuple(hashlib.sha256(str(one).encode()).hexdigest() for one in measured.readings)
        found[part] = Without(measured.values(), digests)
    return rule, found
