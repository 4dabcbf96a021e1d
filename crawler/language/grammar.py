"""What every language says of a verb and of a noun phrase, in one vocabulary."""

from __future__ import annotations

from typing import Literal

Tense = Literal["past", "present", "future", "anterior", "infinitive", "participle"]
"""``anterior`` is a past before the past ("had met"); ``participle`` any form that is no predicate of its own."""

Relation = Literal["core", "object", "with", "agent", "between", "of", "to", "from", "in", "about", "owner"]
"""How a noun phrase is tied to its clause: ``core`` is the bare phrase or nominative, ``object`` the accusative, ``of``
the genitive, ``agent`` who does it in the passive, ``owner`` the possessive before a noun, ``to`` the dative or a goal,
``about`` any tie that takes nobody part.
"""
