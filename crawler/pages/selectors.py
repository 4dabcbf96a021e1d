"""CSS selectors answered from an index of a page's classes and ids: one walk over the tree instead of one a selector.

What is understood: tag, class, id, attribute (present or equal), ``:nth-child(<number>)``, ``:first-of-type``,
descendants, children and alternatives. Anything else raises ValueError when the selector is compiled.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, cached_property

import cssselect
from cssselect import parser as css_parser
from lxml import etree


@dataclass(frozen=True)
class Compound:
    """What one element has to be, and through ``combinator`` (blank or ``>``) what one above it has to be."""

    tag: str | None = None
    identifier: str | None = None
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str | None], ...] = ()
    child: int | None = None
    first_of_type: bool = False
    combinator: str = ""
    above: Compound | None = None

    @cached_property
    def indexed(self) -> bool:
        """Whether the element itself is found in the index, by an id or a class."""
        return self.identifier is not None or bool(self.classes)

    @cached_property
    def left(self) -> Compound | None:
        """What an element from the index, or of the tag, still has to be; None when nothing is left."""
        left = replace(self, combinator="", above=None)
        if self.identifier is not None:
            left = replace(left, identifier=None)
        elif self.classes:
            left = replace(left, classes=self.classes[1:])
        else:
            left = replace(left, tag=None)
        return None if left == Compound() else left


class Index:
    """The elements below a root by class and by id."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._tags: dict[str, list[etree._Element]] = {}

    def has(self, css: str) -> bool:
        """Tell whether a selector matches anything."""
        return any(self._matching(compound) for compound in compiled(css))

    def select(self, css: str) -> list[etree._Element]:
        """Return the elements a selector matches, in document order."""
        alternatives = compiled(css)
        if len(alternatives) == 1:
            return self._matching(alternatives[0])
        found = {element for compound in alternatives for element in self._matching(compound)}
        return [element for element in self._root.iter("*") if element in found] if found else []

    def _matching(self, compound: Compound) -> list[etree._Element]:
        if compound.above is not None and not compound.indexed and compound.combinator == " ":
            parents = self._matching(compound.above)
            found = list(
                dict.fromkeys(below for parent in parents for below in parent.iterdescendants(compound.tag or "*"))
            )
        else:
            found = self._candidates(compound)
        if compound.left is not None:
            found = [element for element in found if _is(element, compound.left)]
        if not found or compound.above is None or not (compound.indexed or compound.combinator == ">"):
            return found
        above = set(self._matching(compound.above))
        if compound.combinator == ">":
            return [element for element in found if element.getparent() in above]
        outside: set[etree._Element] = set()
        return [element for element in found if _is_below(element, above, outside)]

    def _candidates(self, compound: Compound) -> list[etree._Element]:
        if compound.identifier is not None:
            return self._ids.get(compound.identifier, [])
        if compound.classes:
            return self._of_class(compound.classes[0])
        return self._of_tag(compound.tag or "*")

    def _of_tag(self, tag: str) -> list[etree._Element]:
        found = self._tags.get(tag)
        if found is None:
            found = self._tags[tag] = list(self._root.iter(tag))
        return found

    def _of_class(self, name: str) -> list[etree._Element]:
        holding = [printed for printed in self._classes if name in printed and name in printed.split()]
        if len(holding) == 1:
            return self._classes[holding[0]]
        return [element for element in self._root.iter("*") if element.get("class") in holding] if holding else []

    @cached_property
    def _classes(self) -> dict[str, list[etree._Element]]:
        """The elements by their class attribute as printed: there are far fewer of these than elements."""
        found: defaultdict[str, list[etree._Element]] = defaultdict(list)
        for element in self._root.iter("*"):
            if names := element.get("class"):
                found[names].append(element)
        return found

    @cached_property
    def _ids(self) -> dict[str, list[etree._Element]]:
        found: defaultdict[str, list[etree._Element]] = defaultdict(list)
        for element in self._root.iter("*"):
            if name := element.get("id"):
                found[name].append(element)
        return found


@cache
def compiled(css: str) -> tuple[Compound, ...]:
    """Return the alternatives of a selector; raises ValueError for what is not understood."""
    try:
        alternatives = cssselect.parse(css)
    except cssselect.SelectorError as error:
        raise ValueError(f"not a selector: {css!r}: {error}") from error
    if any(selector.pseudo_element for selector in alternatives):
        raise ValueError(f"selector of text or attributes, not of elements: {css!r}")
    return tuple(_compound(selector.parsed_tree) for selector in alternatives)


def _compound(node: object) -> Compound:
    match node:
        case css_parser.Element():
            return Compound(tag=node.element.lower() if node.element else None)
        case css_parser.Class():
            before = _compound(node.selector)
            return replace(before, classes=(*before.classes, node.class_name))
        case css_parser.Hash():
            return replace(_compound(node.selector), identifier=node.id)
        case css_parser.Attrib(operator="exists" | "="):
            before = _compound(node.selector)
            value = None if node.value is None else str(node.value.value)
            return replace(before, attributes=(*before.attributes, (node.attrib.lower(), value)))
        case css_parser.Pseudo(ident="first-of-type"):
            return replace(_compound(node.selector), first_of_type=True)
        case css_parser.Function(name="nth-child") if node.argument_types() == ["NUMBER"]:
            return replace(_compound(node.selector), child=int(node.arguments[0].value or 0))
        case css_parser.CombinedSelector(combinator=" " | ">"):
            below = _compound(node.subselector)
            return replace(below, combinator=node.combinator, above=_compound(node.selector))
        case _:
            raise ValueError(f"selector not understood: {node!r}")


def _is_below(element: etree._Element, above: set[etree._Element], outside: set[etree._Element]) -> bool:
    """Tell whether an element lies below one of ``above``; what was passed on the way joins its set."""
    passed: list[etree._Element] = []
    for ancestor in element.iterancestors():
        if ancestor in above:
            above.update(passed)
            return True
        if ancestor in outside:
            break
        passed.append(ancestor)
    outside.update(passed)
    return False


def _is(element: etree._Element, compound: Compound) -> bool:
    if compound.tag is not None and element.tag != compound.tag:
        return False
    if compound.identifier is not None and element.get("id") != compound.identifier:
        return False
    if compound.classes and not set(compound.classes).issubset((element.get("class") or "").split()):
        return False
    for name, value in compound.attributes:
        if (found := element.get(name)) is None or (value is not None and found != value):
            return False
    if compound.child is not None and sum(1 for _ in element.itersiblings("*", preceding=True)) != compound.child - 1:
        return False
    return not compound.first_of_type or next(element.itersiblings(element.tag, preceding=True), None) is None
