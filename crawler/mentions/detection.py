"""Does the article report a meeting of defence leaderships with an Azerbaijani party? If not, why not."""

from __future__ import annotations

from typing import Final

from crawler.knowledge import table
from crawler.mentions.assemblies import assembly_words
from crawler.mentions.document import Document
from crawler.mentions.participants import Role
from crawler.mentions.parties import Parties, find_parties
from crawler.mentions.people import HOME, Person
from crawler.mentions.scene import HELD_CUES, Scene
from crawler.rules import fires

DEFENCE_FIELDS: Final = frozenset(
    {"defence", "military", "security", "border", "industry", "attache", "generic_military"}
)
_ANY: Final = ("meet", "receive", "call", "visit", "discuss", "attend", "sign", "internal", "tell")
_STRONG: Final = ("meet", "receive", "call", "visit")
_LEAD: Final = 4
"""Sentences of the body, page stamp and dateline counted, in which a report says what it reports."""
_OTHER: Final = (
    ("denial", "denial"),
    ("shelling", "report of shelling"),
    ("condolence", "condolences"),
    ("decree", "decree, order or appointment"),
    ("purchase", "purchase"),
    ("inspection", "inspection or opening"),
    ("drill", "drill"),
)
"""Markers of other news and what the article then is, the first that fits."""


def why_dropped(document: Document, scenes: list[Scene], roles: list[Role]) -> str | None:
    """Return why the article reports no meeting, None when it does."""
    told = [scene for scene in scenes if not scene.background]
    present = [role.person for role in roles if role.takes_part]
    together = _together(told, present)
    return (
        _other_news(document, scenes, roles, together)
        or (None if together else _applying(_without_words(told, scenes)))
        or _applying(_without_defence(document, told, present))
        or (
            None
            if together
            else _applying(_without_parties(document, told, present, find_parties(document, roles, scenes)))
        )
    )


def _applying(reason: str | None) -> str | None:
    return reason if reason and fires(f"drop: {reason}") else None


def _together(told: list[Scene], present: list[Person]) -> set[int]:
    """Return the sentences in which participants from home and from abroad act together, whatever the verb."""
    at_home, abroad = set[int](), set[int]()
    for person in present:
        sentences = {occurrence.sentence for occurrence in person.occurrences}
        (at_home if person.country == HOME else abroad).update(sentences)
    return at_home & abroad & {scene.index for scene in told if not _apart(scene)}


def _apart(scene: Scene) -> bool:
    """Tell whether two leaders are named together without having met."""
    if scene.marked("decree", "purchase") and not scene.has("meet", "receive", "call", "discuss"):
        return True
    return scene.marked("condolence", "letter")


def _without_words(told: list[Scene], scenes: list[Scene]) -> str | None:
    if any(_tells(scene) for scene in told):
        return None
    return "only recalls an earlier meeting" if any(scene.has(*_ANY) for scene in scenes) else "no word of a meeting"


def _without_defence(document: Document, told: list[Scene], present: list[Person]) -> str | None:
    fields = {person.field for person in present}
    if present and fields <= {"foreign", "leader", None} and "foreign" in fields:
        return "foreign ministers' talks"
    bodies = any(scene.marked("defence_body") and scene.has(*_STRONG, "sign") for scene in told)
    if fields & DEFENCE_FIELDS or bodies or _office_in(document, told, _ANY):
        return None
    return "no defence leadership takes part"


def _without_parties(document: Document, told: list[Scene], present: list[Person], parties: Parties) -> str | None:
    if any(scene.has("internal") for scene in told) and not parties.foreign:
        named = any(person.country == HOME and person.field in DEFENCE_FIELDS for person in present)
        # Home media name their own minister without the country.
        ours = HOME in parties.codes or all(found.code == HOME for found in document.countries)
        unnamed = ours and _office_in(document, told, ("internal",))
        return None if named or unnamed else "an internal meeting of others"
    if HOME not in parties.codes:
        return "no Azerbaijani party"
    assembly = assembly_words(document, [scene for scene in told if _tells(scene)])
    if not parties.foreign and not (
        assembly or any(scene.marked("multilateral") and scene.has("meet") for scene in told)
    ):
        return "no counterpart"
    if assembly and (present or _office_in(document, told, _ANY)):
        return None
    delegations = any(scene.marked("delegation") and scene.has(*_STRONG, "discuss") for scene in told)
    bodies = any(scene.marked("defence_body") for scene in told)
    if any(scene.has(*_STRONG) for scene in told) and (
        present or delegations or bodies or _office_in(document, told, _STRONG)
    ):
        return None
    abroad = any(person.country != HOME for person in present)
    # a contract to buy is signed by nobody who would be named
    bought = [scene for scene in told if scene.marked("purchase") and not present]
    weak = [scene for scene in told if scene.has("discuss", "sign", "attend", "tell") and scene not in bought]
    if weak and (abroad or delegations or bodies or (present and _counterpart_in(document, weak))):
        return None
    return "no meeting of named people, delegations or ministries"


def _office_in(document: Document, told: list[Scene], cues: tuple[str, ...]) -> bool:
    """Tell whether a sentence with one of the cues names an office of defence."""
    posts = table("posts")
    telling = {scene.index for scene in told if scene.has(*cues)}
    return any(
        document.sentence_at(post.start) in telling and posts[post.term.key]["field"] in DEFENCE_FIELDS
        for post in document.posts
    )


def _counterpart_in(document: Document, told: list[Scene]) -> bool:
    """Tell whether one of the sentences names a counterpart or a minister without a name."""
    indexes = {scene.index for scene in told}
    return any(
        post.term.key in {"counterpart", "minister"} and document.sentence_at(post.start) in indexes
        for post in document.posts
    )


def _other_news(document: Document, scenes: list[Scene], roles: list[Role], together: set[int]) -> str | None:
    """Return what else the article is when headline and lead tell of no meeting, None when they do."""
    body = next((scene.index for scene in scenes if not document.sentences[scene.index].is_headline), 0)
    opening = scenes[: body + 2]
    telling = _telling(document, [scene for scene in scenes[: body + _LEAD] if not scene.background], roles)
    if any(scene.marked("denial") and scene.has("visit", "meet") for scene in opening) and fires("drop: denial"):
        return "denial"
    if _remarks(document, scenes[:body]) and fires("drop: remarks of a spokesperson or expert"):
        return "remarks of a spokesperson or expert"
    strong = [scene for scene in telling if scene.has("meet", "receive", "call", "internal")]
    if (
        any(scene.marked("opinion") or _outsider(document, scene) for scene in opening)
        and not any(scene.index <= body for scene in strong)
        and fires("drop: opinion or interview")
    ):
        return "opinion or interview"
    early = any(scene.has(*_STRONG, "sign", "internal") for scene in scenes[: body + 1])
    for marker, reason in _OTHER[:-1]:
        if not early and any(scene.marked(marker) for scene in scenes[:body]) and fires(f"drop: headline, {reason}"):
            return reason
    if together & {scene.index for scene in scenes[: body + _LEAD]}:
        return None
    if not telling:
        other = next((reason for marker, reason in _OTHER if any(scene.marked(marker) for scene in opening)), None)
        return _applying(other or "no word of a meeting in headline and lead")
    if strong or any(
        scene.has("visit", "sign") or scene.marked("delegation", "multilateral", "gathering") for scene in telling
    ):
        return None
    first = scenes[: body + 1]
    return _applying(next((reason for marker, reason in _OTHER if any(scene.marked(marker) for scene in first)), None))


def _tells(scene: Scene) -> bool:
    """Tell whether the sentence has a word of a meeting, or says that an assembly is held."""
    return scene.has(*_ANY) or (scene.marked("gathering") and scene.marked("held"))


def _telling(document: Document, lead: list[Scene], roles: list[Role]) -> list[Scene]:
    """Return the sentences of the lead with a meeting word and someone or something that can meet."""
    present = {role.at.sentence for role in roles if role.takes_part}
    offices = {document.sentence_at(post.start) for post in document.posts}
    return [
        scene
        for scene in lead
        if _tells(scene)
        and (
            scene.index in present or scene.index in offices or scene.marked("delegation", "defence_body", "gathering")
        )
    ]


def _remarks(document: Document, headline: list[Scene]) -> bool:
    """Tell whether the headline quotes somebody who takes part in nothing ("Expert: ...") and reports no meeting."""
    if not headline or any(scene.has(*HELD_CUES) or scene.marked("future") for scene in headline):
        return False
    end = document.sentences[headline[-1].index].end
    colon = document.text.find(":", 0, end)
    posts = table("posts")
    return any(post.end <= colon and posts[post.term.key]["field"] == "outsider" for post in document.posts)


def _outsider(document: Document, scene: Scene) -> bool:
    posts = table("posts")
    return any(
        document.sentence_at(post.start) == scene.index and posts[post.term.key]["field"] == "outsider"
        for post in document.posts
    )
