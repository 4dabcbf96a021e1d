"""``python -m quality``: how good the program is on the labelled articles and cases (docs/quality.md)."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from crawler.feeds.printing import say
from quality import ablation, cases, readings, result, tables
from quality.figures import Figure, decimals, gaps
from quality.labelled import ARTICLES, Labelled, LabelsError, Part, load, sealed_texts
from quality.measuring import ALL, FORMS, TRAPS, Figures, Measured, parts, together

SHOWN: Final = (
    "detection", "pairs", "participants", "nationality", "countries", "date", "place", "kind", "status", "cases",
)  # fmt: skip
_TEXT_SHOWN: Final = 160
_WRONG_USAGE: Final = 2
_SAME: Final = 0.0005
"""Figures that differ by less are printed alike."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is asked for; everything but the ablation and the single errors where nothing is."""
    started = time.perf_counter()
    options = _parser().parse_args(arguments)
    try:
        answers = _Answers(options.articles)
        for section in _sections(options, answers):
            say(f"{section}\n")
    except LabelsError as error:
        say(f"python -m quality: {error}", sys.stderr)
        return _WRONG_USAGE
    say(f"{sum(map(len, answers.split.values()))} articles in {time.perf_counter() - started:.0f} s")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m quality", description=__doc__)
    parser.add_argument("--joined", action="store_true", help="the figures of the joined records")
    parser.add_argument("--single", action="store_true", help="the figures of each article's own reading")
    parser.add_argument("--cases", action="store_true", help="how many cases are right, by cause")
    parser.add_argument("--rules", action="store_true", help="how often each rule decided something")
    parser.add_argument("--diff", action="store_true", help="what differs from the committed result and readings")
    parser.add_argument("--show", choices=SHOWN, metavar="FIELD", help=f"the errors of one of {', '.join(SHOWN)}")
    parser.add_argument("--ablate", action="store_true", help="the figures with each rule in turn switched off")
    parser.add_argument("--articles", type=Path, metavar="FILE", help="other labelled articles, all of them open")
    parser.add_argument("--write", action="store_true", help="keep the results in quality/ and README.md")
    return parser


class _Answers:
    """What the sections are made of, each measured when it is first asked for."""

    def __init__(self, foreign: Path | None) -> None:
        self.own = foreign is None
        self.split = parts(load(ARTICLES)) if foreign is None else _foreign(load(foreign))

    @cached_property
    def measured(self) -> dict[Part, Measured]:
        return {part: Measured(articles) for part, articles in self.split.items()}

    @cached_property
    def figures(self) -> dict[str, Figures]:
        found: dict[str, Figures] = {part: measured.figures() for part, measured in self.measured.items()}
        return found | ({ALL: together(self.measured.values())} if len(found) > 1 else {})

    @cached_property
    def outcomes(self) -> list[cases.Outcome]:
        return cases.run()

    @property
    def open(self) -> Measured:
        """The only articles whose errors are told. Raises LabelsError where there are none."""
        if "open" not in self.split:
            raise LabelsError("all of these articles are sealed")
        return self.measured["open"]


def _foreign(articles: Sequence[Labelled]) -> dict[Part, list[Labelled]]:
    """Return other articles, open all of them but for those that are sealed ones of the project's own."""
    sealed = sealed_texts()
    split: dict[Part, list[Labelled]] = {"open": [], "sealed": []}
    for article in articles:
        split["sealed" if article.url in sealed or article.text in sealed else "open"].append(article)
    return {part: own for part, own in split.items() if own}


def _sections(options: argparse.Namespace, answers: _Answers) -> Iterator[str]:
    chosen = {name for name in ("joined", "single", "cases", "rules", "diff", "ablate") if getattr(options, name)}
    if not chosen and not options.show and not options.write:
        chosen = {"joined", "single", "rules"} | ({"cases", "diff"} if answers.own else set())
    if options.show:
        yield from _faults(answers) if options.show == "cases" else _errors(answers, options.show, chosen)
        chosen -= set(FORMS)
    for name, section in _SECTIONS.items():
        if name in chosen:
            yield from section(answers)
    if options.write:
        yield _write(answers)


# --- Figures ---------------------------------------------------------------------------------


def _figures(form: str, answers: _Answers) -> Iterator[str]:
    columns = {part: figures.by_form[form] for part, figures in answers.figures.items()}
    gap = gaps(columns["open"], columns["sealed"]) if ALL in columns else {}
    heads = [f"{part}: {figures.articles} articles" for part, figures in answers.figures.items()]
    rows = [["", *heads, *(["gap"] if gap else [])]]
    for name in next(iter(columns.values())):
        difference = gap.get(name)
        told = "" if difference is None else decimals(difference)
        rows.append([name, *(str(column[name]) for column in columns.values()), *([told] if gap else [])])
    if form == "joined":
        rows.append([TRAPS, *(str(figures.traps) for figures in answers.figures.values()), *([""] if gap else [])])
    said = "Joined records" if form == "joined" else "Single articles, each by its own reading"
    yield f"{said}\n\n{tables.plain(rows)}"
    if "open" in answers.split:
        yield from _slices(form, answers.open)


def _slices(form: str, measured: Measured) -> Iterator[str]:
    groups: dict[str, dict[str, dict[str, Figure]]] = {}
    for each, found in measured.slices(form).items():
        groups.setdefault(each.group, {})[each.name] = found
    for group, found_by in groups.items():
        names = next(iter(found_by.values()))
        rows = [[f"open, by {group}", *found_by]]
        rows += [[name, *(str(found[name]) for found in found_by.values())] for name in names]
        yield tables.plain(rows)


def _cases(answers: _Answers) -> Iterator[str]:
    causes = cases.by_cause(answers.outcomes)
    rows = [["Cases by cause", "right", "of"]]
    rows += [[cause, str(right), str(count)] for cause, (right, count) in causes.items()]
    rows.append(["all", str(sum(right for right, _ in causes.values())), str(len(answers.outcomes))])
    yield tables.plain(rows)


def _rules(answers: _Answers) -> Iterator[str]:
    measured = answers.measured
    known = {*ablation.named_rules(), *(rule for one in measured.values() for rule in one.fired)}
    rows = [["Rules, how often each decided", *measured]]
    rows += [[rule, *(str(one.fired[rule]) for one in measured.values())] for rule in sorted(known)]
    yield tables.plain(rows)


# --- Differences and errors ------------------------------------------------------------------


def _differences(answers: _Answers) -> Iterator[str]:
    if not answers.own:
        raise LabelsError(
            "--diff compares the project's own articles with their committed result, leave --articles out"
        )
    committed = result.load()
    if committed is None:
        yield "There is no committed result to compare with: --write makes one."
        return
    lines = list(result.changes(result.load_rows(), result.rows(answers.open)))
    head = f"Open articles that differ from the result of {committed.date}, commit {committed.commit}"
    yield "\n".join([f"{head}:", *lines]) if lines else f"{head}: none"
    before, now = readings.load(), readings.readings()
    lines = []
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            lines += [name, *(f"  {sign} {of[name]}" for sign, of in (("-", before), ("+", now)) if name in of)]
    head = f"Readings of {len(now)} unlabelled texts that differ from quality/{readings.FILE.name}"
    yield "\n".join([f"{head}:", *lines]) if lines else f"{head}: none"


def _errors(answers: _Answers, measure: str, chosen: Collection[str]) -> Iterator[str]:
    form, measured = "single" if "single" in chosen else "joined", answers.open
    texts = {article.id: article for article in measured.articles}
    errors = [error for error in measured.errors(form) if error.measure == measure]
    for error in errors:
        told = (f"  {id_} {texts[id_].lang}: {texts[id_].text[:_TEXT_SHOWN]}" for id_ in error.articles)
        yield "\n".join((error.detail, *told))
    yield f"{len(errors)} errors of {measure} in the {form} records of open articles"


def _faults(answers: _Answers) -> Iterator[str]:
    for outcome in answers.outcomes:
        if outcome.faults:
            lines = (f"  {fault}" for fault in outcome.faults)
            yield "\n".join((f"{outcome.case.cause}: {outcome.case.name}", *lines))


# --- Ablation --------------------------------------------------------------------------------


def _ablation(answers: _Answers) -> Iterator[str]:
    fired = {rule for measured in answers.measured.values() for rule in measured.fired}
    found = dict(ablation.ablate(answers.measured, sorted(fired)))
    whole = found.pop(None)
    rows = [["Without the rule", "part", "readings changed", "what the figures become"]]
    for rule, without in found.items():
        rows += [
            [str(rule), part, str(one.changed(whole[part])), _moved(one, whole[part])] for part, one in without.items()
        ]
    yield tables.plain(rows)
    yield f"{len(found)} rules decided anything"


def _moved(without: ablation.Without, whole: ablation.Without) -> str:
    """Return the figures that are others without a rule, and by how much."""
    said = []
    for form in FORMS:
        differences = {name: value - whole.values[form][name] for name, value in without.values[form].items()}
        moved = [f"{name} {change:+.3f}" for name, change in differences.items() if abs(change) >= _SAME]
        if moved:
            said.append(f"{form}: {', '.join(moved)}")
    return "; ".join(said) or "nothing"


# --- Writing ---------------------------------------------------------------------------------


def _write(answers: _Answers) -> str:
    if not answers.own:
        raise LabelsError("--write keeps the results of the project's own articles only, leave --articles out")
    right = sum(not outcome.faults for outcome in answers.outcomes)
    kept = result.Result(result.today(), result.commit(), answers.figures, (right, len(answers.outcomes)))
    result.write(kept, result.rows(answers.open))
    readings.write(readings.readings())
    return f"Written: the result of commit {kept.commit}, its table in README.md, the readings of unlabelled texts"


_SECTIONS: Final[Mapping[str, Callable[[_Answers], Iterable[str]]]] = {
    **{form: partial(_figures, form) for form in FORMS},
    "cases": _cases,
    "rules": _rules,
    "diff": _differences,
    "ablate": _ablation,
}


if __name__ == "__main__":
    sys.exit(main())
