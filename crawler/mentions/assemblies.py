"""Assemblies of ministers or chiefs of many states, of which an article may name only our own."""

from __future__ import annotations

import re
from typing import Final

from crawler.language.text import lower
from crawler.mentions.document import Document
from crawler.mentions.lexicon import Found
from crawler.mentions.participants import Role
from crawler.mentions.people import HOME
from crawler.mentions.scene import Scene

_BEFORE_ASSEMBLY: Final = 24
"""Characters before or after an assembly in which its chairman's office stands."""
_CHAIR: Final = re.compile(
    r"\b(?:chair\w*|head|secretary|president|председател\w+|секретар\w+|глав\w+)(?: of| of the)?(?: nato\W?s?)?\s*$"
)
_CHAIR_AFTER: Final = re.compile(r"\s?(?:chair|secretary|sədri|katibi|üzv|члены)")
_ORGANIZATIONS: Final = frozenset({"CIS", "OTS", "CSTO", "SCO", "NATO"})
_MEMBERS: Final = re.compile(
    r"(?:defen[cs]e (?:ministers|chiefs)|ministers of defen[cs]e|chiefs of (?:defen[cs]e|general staff)"
    r"|müdafiə nazirlərinin|(?:qərargah|qərargahlarının) rəislərinin"
    r"|heads of (?:the )?(?:defen[cs]e|border|security|military)|commanders of"
    r"|rəhbərləri|rəhbərlərinin|komandanları|komandanlarının"
    r"|руководител(?:и|ей)|главы|командующи[ех]"
    r"|министр(?:ов|ы) обороны|начальник(?:ов|и) (?:генеральных штабов|генштабов))"
)


def find_assembly(document: Document, telling: list[Scene], roles: list[Role]) -> str:
    """Return the words of an assembly of ministers or chiefs that the sentences tell of; empty when there is none.

    There is none either when a meeting of two on its margins is what is told of: somebody from abroad met somebody from
    home in another sentence, or beside a word such as "on the sidelines".
    """
    words = assembly_words(document, telling)
    if not words:
        return ""
    for scene in telling:
        at_home, abroad = _sides(roles, scene)
        here = scene.marked("gathering")
        if not abroad or document.sentences[scene.index].is_headline:
            continue
        if not here and scene.has("meet", "receive", "call", "discuss"):
            return ""
        if here and at_home and (scene.marked("margins", "arrived_for") or scene.has("receive", "call", "discuss")):
            return ""
    return words


def assembly_words(document: Document, telling: list[Scene]) -> str:
    """Return the words of the first assembly the sentences name, empty when they name none."""
    named = (
        marker.words for scene in telling for marker in scene.markers.get("gathering", []) if _meets(document, marker)
    )
    return next(named, "") or next((words for scene in telling if (words := _of_members(document, scene))), "")


def _of_members(document: Document, scene: Scene) -> str:
    """Return the words of ministers or chiefs in the plural beside an organization, in a sentence with a meeting."""
    codes = {found.code for found in document.countries if document.sentence_at(found.start) == scene.index}
    if not codes & _ORGANIZATIONS or not scene.has("meet", "attend") or scene.marked("margins"):
        return ""
    sentence = document.sentences[scene.index]
    plural = _MEMBERS.search(lower(document.words_of(sentence), document.lang))
    return plural.group() if plural else ""


def _meets(document: Document, assembly: Found) -> bool:
    """Tell whether an assembly is named for itself, not in the office of its chairman."""
    if any(post.start <= assembly.start < post.end for post in document.posts):
        return False
    before = lower(document.text[max(0, assembly.start - _BEFORE_ASSEMBLY) : assembly.start], document.lang)
    after = lower(document.text[assembly.end : assembly.end + _BEFORE_ASSEMBLY], document.lang)
    return not _CHAIR.search(before) and not _CHAIR_AFTER.match(after)


def _sides(roles: list[Role], scene: Scene) -> tuple[bool, bool]:
    """Tell whether participants from home, and office holders of defence from abroad, are named in the sentence."""
    at_home = abroad = False
    for role in roles:
        if role.takes_part and any(occurrence.sentence == scene.index for occurrence in role.person.occurrences):
            at_home = at_home or role.person.country == HOME
            abroad = abroad or (role.person.country not in {None, HOME} and role.person.field != "leader")
    return at_home, abroad
