"""What each rule is worth: the figures with every rule in turn switched off."""

from __future__ import annotations

import ast
import hashlib
import multiprocessing
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from crawler import rules
from quality.labelled import Part
from quality.measuring import Measured

_PROGRAM: Final = Path(rules.__file__).parent
PROCESSES: Final = 2
_CACHED: Final = type(cache(str))


@dataclass(frozen=True, slots=True)
class Without:
    """One part measured without a rule: values by form and measure, and a digest of what was read of each article."""

    values: Mapping[str, Mapping[str, float]]
    readings: tuple[str, ...]

    def changed(self, other: Without) -> int:
        """Return how many articles were read otherwise."""
        return sum(one != another for one, another in zip(self.readings, other.readings, strict=True))


Parts = Mapping[Part, Without]


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


def ablate(measured: Mapping[Part, Measured], names: Sequence[str]) -> Iterator[tuple[str | None, Parts]]:
    """Yield the measurement of each part without each of these rules, the one with all of them first (None).

    Each is made in a process of its own, forked from this one, which has read its tables already.
    """
    context = multiprocessing.get_context("fork")
    waiting: list[str | None] = [None, *names]
    while waiting:
        started = []
        for rule in waiting[:PROCESSES]:
            receiving, sending = context.Pipe(duplex=False)
            process = context.Process(target=_measure, args=(measured, rule, sending))
            process.start()
            sending.close()
            started.append((rule, receiving, process))
        for rule, receiving, process in started:
            yield rule, receiving.recv()
            process.join()
        del waiting[:PROCESSES]


def _measure(measured: Mapping[Part, Measured], rule: str | None, sending: Connection) -> None:
    forget_texts()
    rules.switch_off(*([rule] if rule else []))
    found = {}
    for part, one in measured.items():
        again = one.again(rule)
        digests = tuple(hashlib.sha256(str(reading).encode()).hexdigest() for reading in again.readings)
        found[part] = Without(again.values(), digests)
    sending.send(found)


def forget_texts() -> None:
    """Empty the caches of the program that hold answers about texts, so that none is an answer of a rule now off.

    These are the ones of bounded size: what is cached without a bound are tables.
    """
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "crawler"]
    for cached in {each for module in modules for each in vars(module).values() if isinstance(each, _CACHED)}:
        if cached.cache_parameters()["maxsize"] is not None:
            cached.cache_clear()
