"""The words around a name: ranks, offices and countries that belong to it, before it and after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.text import lower
from crawler.mentions.document import Document, Sentence
from crawler.mentions.lexicon import DEPUTY
from crawler.mentions.names import Name

ItemKind = Literal["rank", "honorific", "post", "deputy", "country", "place", "name", "word", "mark"]

_PIECE: Final = re.compile(r"[^\W_]+(?:['’ʼ‘-][^\W_]+)*|[^\s\w]|_")
_FILLERS: Final[dict[Lang, frozenset[str]]] = {
    "en": frozenset(
        "the of for 's s ’s under to in a an new newly appointed visiting current acting then its his country's army armed forces force defence defense "
        "military navy naval air land ground state republic islamic general staff staff's security industry industries industry's main joint national ministry ministry's department "
        "command commission council federal islamic people's president who heads is as well described both".split()
    ),
    "az": frozenset(
        "respublikası respublikasının krallığı krallığının dövləti dövlətinin silahlı qüvvələri qüvvələrinin ordusu ordusunun milli islam birinci yanında "
        "üzrə yeni hərbi hava dəniz quru xüsusi baş ölkənin ölkəsinin bu təyin olunmuş prezidenti prezidentinin işləri sabiq vəzifəsini icra edən federal "
        "keçmiş rəhbəri - nin nın nun nün ın in un ün".split()
    ),
    "ru": frozenset(
        "республики исламской королевства государства вооруженных вооружённых сил вс армии обороны национальной этой страны при президенте по в новый нового "
        "главного генерального штаба военно-морских военно-воздушных флота войск рф гвардии федеральной службы по военному сухопутных министерства "
        "главнокомандования командования объединенных народной первого первый сотрудничеству федерации".split()
    ),
}
_AND: Final[dict[Lang, frozenset[str]]] = {"en": frozenset({"and", "&"}), "az": frozenset({"və", "həm"}), "ru": frozenset({"и"})}
_AZ_GENITIVE: Final = re.compile(r"[aeəıioöuü][a-zəğçşıöüx'’-]*[ıiuü]n$")
_TO: Final[dict[Lang, frozenset[str]]] = {
    "en": frozenset({"to", "in"}),
    "az": frozenset(),
    "ru": frozenset({"в", "во", "на", "при"}),
}
_AZ_LOCATIVE: Final = re.compile(r"d[aə]k[ıi]$|d[aə]$")
_MOST_FILLERS: Final = 6
_HONORIFIC: Final = "doctor"


class Item(NamedTuple):
    """A piece of a sentence: ``key`` is the rank's, the post's, the country's or the organization's."""

    start: int
    end: int
    kind: ItemKind
    text: str
    key: str
    name: Name | None = None


@dataclass(slots=True)
class Title:
    """What stands about one name: keys of ranks and posts nearest first, countries with the same order."""

    ranks: list[Item] = field(default_factory=list)
    posts: list[Item] = field(default_factory=list)
    countries: list[Item] = field(default_factory=list)
    abroad: list[Item] = field(default_factory=list)
    honorific: bool = False
    start: int = 0
    end: int = 0
    before: str = ""

    @property
    def empty(self) -> bool:
        """Tell whether nothing but perhaps a country was found."""
        return not (self.ranks or self.posts or self.honorific)


def items_of(document: Document, sentence: Sentence, names: list[Name]) -> list[Item]:
    """Return the sentence as a row of items; what the tables found hides the words it is made of."""
    spans: list[Item] = []
    inside = lambda found: found.start >= sentence.start and found.end <= sentence.end  # noqa: E731 -- read only here
    spans += [Item(n.start, n.end, "name", document.text[n.start : n.end], "", n) for n in names if inside(n)]
    spans += [
        Item(f.start, f.end, "honorific" if f.term.key == _HONORIFIC else "rank", f.words, f.term.key)
        for f in document.ranks
        if inside(f)
    ]
    spans += [Item(f.start, f.end, "deputy" if f.term.key == DEPUTY else "post", f.words, f.term.key) for f in document.posts if inside(f)]
    spans += [Item(c.start, c.end, "country", c.words, c.code) for c in document.countries if inside(c)]
    spans += [Item(p.start, p.end, "place", p.words, p.city or "") for p in document.places if inside(p)]
    spans.sort(key=lambda item: (item.start, -item.end))
    items: list[Item] = []
    position = sentence.start
    for span in spans:
        if span.start < position:
            continue
        items += _pieces(document.text, position, span.start)
        items.append(span)
        position = span.end
    items += _pieces(document.text, position, sentence.end)
    return _with_deputies(items, document.lang)


def _pieces(text: str, start: int, end: int) -> list[Item]:
    return [
        Item(match.start(), match.end(), "word" if match.group()[0].isalnum() else "mark", match.group(), "")
        for match in _PIECE.finditer(text, start, end)
    ]


def _with_deputies(items: list[Item], lang: Lang) -> list[Item]:
    """Join "deputy" with the post beside it into the deputy's post."""
    posts = table("posts")
    joined: list[Item] = []
    for item in items:
        previous = joined[-1] if joined else None
        if item.kind == "deputy" and lang == "az" and previous is not None and previous.kind == "post":
            joined[-1] = Item(previous.start, item.end, "post", f"{previous.text} {item.text}", posts[previous.key].get("deputy", previous.key))
        elif item.kind == "post" and lang != "az" and previous is not None and previous.kind == "deputy":
            joined[-1] = Item(previous.start, item.end, "post", f"{previous.text} {item.text}", posts[item.key].get("deputy", item.key))
        else:
            joined.append(item)
    return joined


def _is_filler(item: Item, lang: Lang) -> bool:
    word = lower(item.text, lang)
    if word in _FILLERS[lang]:
        return True
    if item.kind == "mark":
        return item.text in "'’‘-–—\"“”«»"
    if lang == "az":
        return (bool(_AZ_GENITIVE.search(word)) and len(word) > 4) or item.text[0].isupper()
    return lang == "ru" and item.text[0].isupper()


def before(items: list[Item], index: int, lang: Lang) -> Title:
    """Return the title that leads up to the name at ``items[index]``."""
    title = Title(start=items[index].start, end=items[index].end)
    pending: list[Item] = []
    fillers = 0
    position = index - 1
    comma = False
    while position >= 0:
        item = items[position]
        if item.kind in {"rank", "post", "deputy"}:
            if comma and item.kind == "rank" and title.ranks:
                break
            (title.ranks if item.kind == "rank" else title.posts).append(item)
            _take_countries(title, pending, items, lang)
            title.start, fillers, comma = item.start, 0, False
        elif item.kind == "honorific":
            title.honorific, title.start = True, item.start
        elif item.kind == "country":
            pending.append(item)
            fillers = 0
            if not title.empty or item.text.endswith(("'s", "’s")) or items[position + 1].text in {"'s", "’s", "'"}:
                touching = all(_is_filler(between, lang) for between in items[position + 1 : index] if between.kind in {"word", "mark"} and between.text != ",")
                if touching and not comma and _possessive(item, items, position, lang):
                    _take_countries(title, pending, items, lang)
                    title.start = item.start
        elif item.kind == "mark" and item.text == ",":
            if comma:
                break
            comma = True
        elif item.kind == "word" and lower(item.text, lang) in _AND[lang]:
            if not title.posts or position == 0 or items[position - 1].kind not in {"post", "country", "word"}:
                break
            pending.append(item)
            fillers += 2
        elif item.kind in {"word", "mark"} and _is_filler(item, lang):
            fillers += 1
        else:
            break
        if fillers > _MOST_FILLERS:
            break
        position -= 1
    previous = [item for item in items[:index] if item.end <= title.start]
    title.before = lower(previous[-1].text, lang) if previous else ""
    return title


def _possessive(item: Item, items: list[Item], position: int, lang: Lang) -> bool:
    """Tell whether the country owns what follows: "Iran's", "Turkish", "İranın", "турецкий"."""
    following = items[position + 1].text if position + 1 < len(items) else ""
    if lang == "en":
        return item.text.endswith(("'s", "’s")) or following in {"'s", "’", "'", "’s"} or items[position + 1].kind in {"post", "rank", "deputy"} or not following.istitle()
    return True


def _take_countries(title: Title, pending: list[Item], items: list[Item], lang: Lang) -> None:
    for item in pending:
        if item.kind != "country":
            continue
        position = items.index(item)
        preceding = lower(items[position - 1].text, lang) if position else ""
        if preceding == "the" and position > 1:
            preceding = lower(items[position - 2].text, lang)
        away = preceding in _TO[lang] or (lang == "az" and bool(_AZ_LOCATIVE.search(lower(item.text, lang))))
        (title.abroad if away else title.countries).append(item)
    pending.clear()


def after(items: list[Item], index: int, lang: Lang) -> Title:
    """Return the title that follows the name at ``items[index]`` as an apposition or in brackets."""
    title = Title(start=items[index].start, end=items[index].end)
    if index + 2 >= len(items):
        return title
    opener = items[index + 1]
    who = opener.kind == "word" and lower(opener.text, lang) in {"who", "described"}
    if not who and not (opener.kind == "mark" and opener.text in ",(–—-"):
        return title
    pending: list[Item] = []
    fillers = 0
    for position in range(index + 2, len(items)):
        item = items[position]
        following = items[position + 1] if position + 1 < len(items) else None
        if item.kind in {"rank", "post", "deputy"}:
            leads = following is not None and (following.kind in {"name", "honorific"} or (item.kind == "post" and following.kind == "rank"))
            if leads:
                break
            (title.ranks if item.kind == "rank" else title.posts).append(item)
            title.end, fillers = item.end, 0
        elif item.kind == "country":
            if following is not None and following.kind == "name":
                break
            pending.append(item)
        elif item.kind in {"word", "mark"} and _is_filler(item, lang):
            fillers += 1
        elif item.kind == "word" and lower(item.text, lang) in _AND[lang] and title.posts and following is not None and following.kind in {"post", "deputy"}:
            continue
        elif item.kind == "mark" and item.text == "," and title.posts and following is not None and following.kind in {"post", "rank"} and not title.ranks:
            continue
        else:
            break
        if fillers > _MOST_FILLERS:
            break
    if title.posts or title.ranks or (opener.text == "(" and pending):
        _take_countries(title, pending, items, lang)
    return title
