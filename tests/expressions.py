"""Every regular expression of the program, and inputs made to be costly for it.

``python -m tests.expressions`` imports all modules of ``crawler``, reads a few articles so that the tables of knowledge
are compiled too, and prints each expression that was compiled on the way by a file of the program, a JSON line each.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import re._constants as codes
import re._parser as parser
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGE = str(ROOT / "crawler")


_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")


class Watched:
    """An expression that notes by which methods it is asked, and how long the longest text was."""

    def __init__(self, expression: re.Pattern[Any], place: str) -> None:
        self.expression = expression
        self.place = place
        self.methods: dict[str, int] = {}

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.expression, name)
        if name not in _METHODS:
            return value

        def ask(*arguments: Any, **options: Any) -> Any:
            text, *span = arguments[1:] if name in {"sub", "subn"} else arguments
            length = min(span[1], len(text)) - span[0] if len(span) > 1 and name not in {"sub", "subn"} else len(text)
            self.methods[name] = max(self.methods.get(name, 0), length)
            return value(*arguments, **options)

        return ask

    def line(self) -> str:
        pattern = self.expression.pattern
        is_text = isinstance(pattern, str)
        values = {
            "place": self.place,
            "pattern": pattern if is_text else pattern.decode("latin-1"),
            "flags": self.expression.flags if is_text else self.expression.flags & ~re.UNICODE.value,
            "methods": self.methods,
        }
        return json.dumps(values)


def _place() -> str | None:
    """Return file and line of the program that is asking, None when it is no file of the program."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    name = frame.f_code.co_filename
    return f"{Path(name).relative_to(ROOT)}:{frame.f_lineno}" if name.startswith(PACKAGE) else None


def main() -> None:
    found: dict[tuple[Any, int], Watched] = {}
    compiled = re.compile

    def watched(pattern: Any, flags: Any = 0) -> Any:
        if not isinstance(pattern, str | bytes):
            return pattern
        place = _place()
        if place is None:
            return compiled(pattern, flags)
        return found.setdefault((pattern, int(flags)), Watched(compiled(pattern, flags), place))

    def through(name: str) -> Any:
        def call(pattern: Any, *arguments: Any, flags: Any = 0, **options: Any) -> Any:
            return getattr(watched(pattern, flags), name)(*arguments, **options)

        return call

    re.compile = watched  # type: ignore[assignment]
    for name in _METHODS:
        setattr(re, name, through(name))
    import crawler  # noqa: PLC0415

    for module in pkgutil.walk_packages(crawler.__path__, "crawler."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        # the bulk job needs Spark, an extra
        with suppress(*((ModuleNotFoundError,) if module.name.startswith("crawler.bulk") else ())):
            importlib.import_module(module.name)
    _read_articles()
    for one in sorted(found.values(), key=lambda one: one.place):
        sys.stdout.write(one.line() + "\n")


def _read_articles() -> None:
    from crawler.meetings.report import make_report  # noqa: PLC0415
    from crawler.meetings.resolver import resolve  # noqa: PLC0415
    from crawler.mentions import read_mentions  # noqa: PLC0415
    from crawler.pages import Page, PageError, read_article, read_text  # noqa: PLC0415
    from tests.replica.stories import load_stories  # noqa: PLC0415

    for path in sorted((ROOT / "tests" / "pages").glob("*/*/page.html")):
        with suppress(PageError):
            read_article(Page(None, path.read_bytes(), "text/html"))
    for story in load_stories()[:40]:
        reports = []
        for article in story.articles:
            text = "\n\n".join(article.paragraphs)
            stamp = article.published.isoformat()
            try:
                read = read_text(text, url=article.url, lang=article.lang, headline=article.headline, published=stamp)
            except PageError:
                continue
            reports += [make_report(read, mention, alone=True) for mention in read_mentions(read).mentions]
        resolve(reports)


# --- hostile inputs ---

_MOST_ATTACKS = 100


def attacks(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """Yield (before, repeated, after): what leads to each unbounded repetition, what it takes, what nothing takes."""
    seen = set()
    for before, body in _repetitions(parser.parse(pattern, flags).data, ""):
        for repeated in (body, before + body):
            attack = (before, repeated, "\x01")
            if repeated and attack not in seen and len(seen) < _MOST_ATTACKS:
                seen.add(attack)
                yield attack


def _repetitions(nodes: Any, before: str) -> Iterator[tuple[str, str]]:
    for operation, argument in nodes:
        if operation in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            _, most, body = argument
            if most > 50:
                samples = {_sample(body, choice) for choice in range(4)}
                yield from ((before, sample) for sample in samples)
            yield from _repetitions(body, before)
        else:
            for inner in _inner(operation, argument):
                yield from _repetitions(inner, before)
        before += _sample([(operation, argument)], 0)


def _inner(operation: Any, argument: Any) -> Iterator[Any]:
    if operation is codes.SUBPATTERN:
        yield argument[3]
    elif operation is codes.BRANCH:
        yield from argument[1]
    elif operation in {codes.ASSERT, codes.ASSERT_NOT}:
        yield argument[1]
    elif operation is codes.ATOMIC_GROUP:
        yield argument


def _sample(nodes: Any, choice: int) -> str:
    """Return a text that the nodes match, as far as their parts can be chosen one by one."""
    return "".join(_one(operation, argument, choice) for operation, argument in nodes)


def _one(operation: Any, argument: Any, choice: int) -> str:
    if operation is codes.LITERAL:
        return chr(argument)
    if operation is codes.NOT_LITERAL:
        return next(char for char in "a 1" if ord(char) != argument)
    if operation is codes.ANY:
        return "a 1."[choice]
    if operation is codes.IN:
        return _member(argument, choice)
    if operation in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        least, most, body = argument
        return _sample(body, choice) * min(max(least, 1), most)
    if operation is codes.BRANCH:
        branches = argument[1]
        return _sample(branches[choice % len(branches)], choice)
    if operation is codes.SUBPATTERN:
        return _sample(argument[3], choice)
    if operation is codes.ATOMIC_GROUP:
        return _sample(argument, choice)
    return ""  # anchors and assertions take nothing


_CANDIDATES = " a1.,-\n\tAж\"'>əZ/=<:;()…|_&%#@!?"


def _member(members: Any, choice: int) -> str:
    """Return a character of a set, another for each choice."""
    try:
        expression = re.compile(_set(members))
        found = [char for char in _CANDIDATES if expression.match(char)]
    except (ValueError, re.error):
        found = []
    if not found:
        found = [chr(argument) for operation, argument in members if operation is codes.LITERAL]
        found += [chr(argument[0]) for operation, argument in members if operation is codes.RANGE]
    return found[choice % len(found)] if found else "a"


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S", codes.CATEGORY_WORD: r"\w", codes.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _set(members: Any) -> str:
    parts = []
    for operation, argument in members:
        if operation is codes.NEGATE:
            parts.insert(0, "^")
        elif operation is codes.LITERAL:
            parts.append(re.escape(chr(argument)))
        elif operation is codes.RANGE:
            parts.append("-".join(re.escape(chr(end)) for end in argument))
        elif operation is codes.CATEGORY:
            parts.append(_CATEGORIES[argument])
    return f"[{''.join(parts)}]"


if __name__ == "__main__":
    main()
