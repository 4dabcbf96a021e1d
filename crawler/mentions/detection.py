"""Does the article report a meeting of defence leaderships with an Azerbaijani party?"""

from __future__ import annotations

from typing import Final

from crawler.knowledge import table
from crawler.mentions.document import Document
from crawler.mentions.participants import Role
from crawler.mentions.parties import Parties
from crawler.mentions.people import HOME
from crawler.mentions.scene import Scene

DEFENCE_FIELDS: Final = frozenset({"defence", "military", "security", "border", "industry", "attache", "generic_military"})
_LEAD: Final = 4
"""Sentences of the body, page stamp and dateline counted, in which a report says what it reports."""
_OTHER: Final = (
    ("shelling", "report of shelling"),
    ("condolence", "condolences"),
    ("decree", "decree, order or appointment"),
    ("purchase", "purchase"),
    ("inspection", "inspection or opening"),
    ("drill", "drill"),
)
_ANY: Final = ("meet", "receive", "call", "visit", "discuss", "attend", "sign", "internal")


def why_dropped(document: Document, scenes: list[Scene], roles: list[Role], parties: Parties) -> str | None:
    """Return why the article reports no meeting, None when it does."""
    told = [scene for scene in scenes if not scene.background]
    elsewhere = _other_news(document, scenes, roles)
    if elsewhere:
        return elsewhere
    if not any(scene.has(*_ANY) for scene in told):
        return "no word of a meeting" if not any(scene.has(*_ANY) for scene in scenes) else "only recalls an earlier meeting"
    present = [role.person for role in roles if role.takes_part]
    fields = {person.field for person in present}
    if present and fields <= {"foreign", "leader", None} and "foreign" in fields:
        return "foreign ministers' talks"
    defence = bool(fields & DEFENCE_FIELDS) or _defence_office(document, scenes)
    if not defence:
        return "no defence leadership takes part"
    if any(scene.has("internal") for scene in told) and not parties.foreign:
        at_home = any(person.country == HOME and person.field in DEFENCE_FIELDS for person in present)
        return None if at_home else "an internal meeting of others"
    if HOME not in parties.codes:
        return "no Azerbaijani party"
    if not parties.foreign:
        return "no counterpart"
    strong = any(scene.has("meet", "receive", "call", "visit") for scene in told)
    abroad = [person for person in present if person.country != HOME]
    if strong and (present or _delegations(told)):
        return None
    if any(scene.has("discuss", "sign", "attend", "tell") for scene in told) and (abroad or _delegations(told) or _both_ministries(document)):
        return None
    return "no meeting of named people, delegations or ministries"


def _defence_office(document: Document, scenes: list[Scene]) -> bool:
    posts = table("posts")
    for post in document.posts:
        scene = scenes[document.sentence_at(post.start)]
        if not scene.background and scene.has(*_ANY) and posts[post.term.key]["field"] in DEFENCE_FIELDS:
            return True
    return any(scene.marked("defence_body") and scene.has("meet", "receive", "call", "visit", "sign") for scene in scenes if not scene.background)


def _delegations(told: list[Scene]) -> bool:
    return any(scene.marked("delegation") and scene.has("meet", "receive", "visit", "call", "discuss") for scene in told)


def _both_ministries(document: Document) -> bool:
    return sum(marker.term.key == "defence_body" for marker in document.markers) > 0


def _other_news(document: Document, scenes: list[Scene], roles: list[Role]) -> str | None:
    """Return what else the article is when headline and lead tell of no meeting, None when they do."""
    body = next((scene.index for scene in scenes if not document.sentences[scene.index].is_headline), 0)
    lead = [scene for scene in scenes[: body + _LEAD] if not scene.background]
    present = {role.at.sentence for role in roles if role.takes_part}
    posts = {document.sentence_at(post.start) for post in document.posts}
    telling = [
        scene
        for scene in lead
        if scene.has(*_ANY) and (scene.index in present or scene.index in posts or scene.marked("delegation", "defence_body"))
    ]
    opening = scenes[: body + 2]
    strong = [scene for scene in telling if scene.has("meet", "receive", "call", "internal")]
    if any(scene.marked("opinion") for scene in opening) or any(_outsider(document, scene) for scene in opening):
        if not any(scene.index <= body for scene in strong):
            return "opinion or interview"
    if not telling:
        for marker, reason in _OTHER:
            if any(scene.marked(marker) for scene in opening):
                return reason
        return "no word of a meeting in headline and lead"
    for marker, reason in _OTHER:
        if any(scene.marked(marker) for scene in scenes[: body + 1]) and not strong and not any(scene.has("visit", "sign") for scene in telling):
            return reason
    return None


def _outsider(document: Document, scene: Scene) -> bool:
    posts = table("posts")
    return any(document.sentence_at(post.start) == scene.index and posts[post.term.key]["field"] == "outsider" for post in document.posts)
