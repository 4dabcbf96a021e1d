"""The committed result: the figures of each part, and what was read of each open article."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from quality import tables
from quality.figures import Figure, decimals, gaps
from quality.labelled import FOLDER, PARTS
from quality.measuring import ALL, FORMS, Figures, Measured

FILE: Final = FOLDER / "result.json"
OPEN: Final = FOLDER / "result-open.jsonl"
README: Final = FOLDER.parent / "README.md"
BEGIN: Final = "<!-- figures: python -m quality --write -->"
END: Final = "<!-- end of the figures -->"


@dataclass(frozen=True, slots=True)
class Result:
    """The figures by part, cases right of all, and when and of which commit they were made."""

    date: str
    commit: str
    parts: Mapping[str, Figures]
    cases: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One open article: what is read of it, and what of that differs from its labels."""

    reading: str
    errors: tuple[str, ...]


def rows(measured: Measured) -> dict[str, Row]:
    """Return the rows of open articles by their ids: errors of each article's own reading, and of its joining."""
    errors: dict[str, list[str]] = {article.id: [] for article in measured.articles}
    for error in measured.errors("single"):
        errors[error.articles[0]].append(f"{error.measure}: {error.detail}")
    for error in measured.errors("joined"):
        if error.measure == "pairs":
            for id_, other in (error.articles, error.articles[::-1]):
                errors[id_].append(f"{error.detail.partition(':')[0]}: {other}")
    return {
        article.id: Row(str(reading), tuple(sorted(errors[article.id])))
        for article, reading in zip(measured.articles, measured.readings, strict=True)
    }


def changes(before: Mapping[str, Row], now: Mapping[str, Row]) -> Iterator[str]:
    """Yield what differs between two sets of rows, article by article, in lines."""
    for id_ in sorted({*before, *now}):
        old, new = before.get(id_), now.get(id_)
        if old == new:
            continue
        yield id_ if old and new else f"{id_} is {'new' if new else 'gone'}"
        if old and new:
            if old.reading != new.reading:
                yield f"  - {old.reading}"
                yield f"  + {new.reading}"
            yield from (f"  mended  {error}" for error in old.errors if error not in new.errors)
            yield from (f"  broken  {error}" for error in new.errors if error not in old.errors)


def commit() -> str:
    """Return the last commit that changed the program, with a word where files differ from it, else ``unknown``."""
    try:
        name = _git("log", "-1", "--format=%h", "--abbrev=7", "--", "crawler")
        changed = _git("status", "--porcelain", "--", "crawler")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{name} and changes" if changed else name or "unknown"


def _git(*arguments: str) -> str:
    command = ("git", *arguments)
    done = subprocess.run(command, cwd=FOLDER.parent, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout.strip()


def today() -> str:
    """Return the day of a result, in UTC."""
    return dt.datetime.now(dt.UTC).date().isoformat()


# --- Files -----------------------------------------------------------------------------------


def load() -> Result | None:
    """Return the committed result, None where there is none yet."""
    if not FILE.exists():
        return None
    kept: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    parts = {part: _figures(kept["parts"][part]) for part in (*PARTS, ALL)}
    return Result(kept["date"], kept["commit"], parts, (kept["cases"][0], kept["cases"][1]))


def _figures(kept: Mapping[str, Any]) -> Figures:
    by_form = {form: {name: Figure.from_json(value) for name, value in kept[form].items()} for form in FORMS}
    return Figures(kept["articles"], kept["units"], kept["traps"], by_form)


def load_rows() -> dict[str, Row]:
    """Return the committed rows of the open articles, none where there is no result yet."""
    if not OPEN.exists():
        return {}
    lines = map(json.loads, OPEN.read_text("utf-8").splitlines())
    return {line["id"]: Row(line["reading"], tuple(line["errors"])) for line in lines}


def write(result: Result, articles: Mapping[str, Row]) -> None:
    """Write a result in place of the committed one, and its table into the README."""
    kept = {
        "date": result.date,
        "commit": result.commit,
        "cases": result.cases,
        "parts": {
            name: {"articles": part.articles, "units": part.units, "traps": part.traps}
            | {form: {key: value.as_json() for key, value in part.by_form[form].items()} for form in FORMS}
            for name, part in result.parts.items()
        },
    }
    FILE.write_text(_compact(kept), "utf-8")
    OPEN.write_text(
        "".join(
            json.dumps({"id": id_, "reading": row.reading, "errors": row.errors}, ensure_ascii=False) + "\n"
            for id_, row in articles.items()
        ),
        "utf-8",
    )
    rounded = load()
    assert rounded is not None
    README.write_text(with_table(README.read_text("utf-8"), rounded), "utf-8")


def _compact(kept: Any) -> str:
    """Return JSON with a line a figure, so that a diff shows which one moved."""
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    lines: list[str] = []
    for line in text.splitlines():
        bare = line.strip()
        if lines and (lines[-1].endswith("[") or (lines[-1].rstrip(",")[-1:].isdigit() and lines[-1].count("["))):
            lines[-1] += ("" if lines[-1].endswith("[") or bare.startswith("]") else " ") + bare
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


# --- The table of the README -----------------------------------------------------------------


def table(result: Result) -> str:
    """Return the table of the README: the sealed figures first, the open ones and the gap beside them."""
    head = ["", "sealed", "95 %", "labels", "open", "gap", "all"]
    lines = [head]
    for form in FORMS:
        sealed, open_ = (result.parts[part].by_form[form] for part in ("sealed", "open"))
        gap = gaps(open_, sealed)
        for name, figure in sealed.items():
            if (form == "single" and name not in _SINGLE_SHOWN) or not figure.labels:
                continue
            difference = gap[name]
            lines.append(
                [
                    name if form == "joined" else f"{name}, single articles",
                    decimals(figure.value),
                    f"{decimals(figure.low, 2)} to {decimals(figure.high, 2)}",
                    str(figure.labels),
                    decimals(open_[name].value),
                    "" if difference is None else decimals(difference),
                    decimals(result.parts[ALL].by_form[form][name].value),
                ]
            )
    sealed_part, open_part = result.parts["sealed"], result.parts["open"]
    return (
        f"{result.date}, commit {result.commit}: {sealed_part.articles} sealed articles of {sealed_part.units} "
        f"meetings and other news, {open_part.articles} open ones of {open_part.units}; "
        f"{result.cases[0]} of {result.cases[1]} cases are right.\n\n{tables.markdown(lines)}"
    )


_SINGLE_SHOWN: Final = ("participants", "date", "place", "kind")


def with_table(page: str, result: Result) -> str:
    """Return a page with the table between its marks."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{table(result)}\n\n{END}{after}" if rest else page
