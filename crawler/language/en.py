"""English: forms of verbs and nouns, tense by auxiliaries, and how a noun phrase is tied to its clause."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from crawler.language.grammar import Relation, Tense
from crawler.language.text import word_set

_IRREGULAR: Final[dict[str, tuple[str, ...]]] = {
    lemma: tuple(forms.split())
    for lemma, forms in {
        "be": "is are am was were been being",
        "have": "has had having",
        "do": "does did done doing",
        "go": "goes went gone going",
        "meet": "meets met meeting",
        "sit": "sits sat sitting",
        "come": "comes came coming",
        "get": "gets got gotten getting",
        "see": "sees saw seen seeing",
        "hold": "holds held holding",
        "lead": "leads led leading",
        "lose": "loses lost losing",
        "keep": "keeps kept keeping",
        "build": "builds built building",
        "show": "shows showed shown showing",
        "take": "takes took taken taking",
        "make": "makes made making",
        "pay": "pays paid paying",
        "say": "says said saying",
        "tell": "tells told telling",
        "speak": "speaks spoke spoken speaking",
        "give": "gives gave given giving",
        "fly": "flies flew flown flying",
        "leave": "leaves left leaving",
        "set": "sets set setting",
        "put": "puts put putting",
        "write": "writes wrote written writing",
        "begin": "begins began begun beginning",
        "think": "thinks thought thinking",
        "go on": "",
        "ring": "rings rang rung ringing",
        "bid": "bids bade bid bidden bidding",
        "buy": "buys bought buying",
        "send": "sends sent sending",
        "become": "becomes became becoming",
        "draw": "draws drew drawn drawing",
        "host": "hosts hosted hosting",
        "deal": "deals dealt dealing",
        "run": "runs ran running",
        "bring": "brings brought bringing",
        "find": "finds found finding",
        "grant": "grants granted granting",
        "travel": "travels travelled traveled travelling traveling",
        "cancel": "cancels cancelled canceled cancelling canceling",
        "confer": "confers conferred conferring",
        "defer": "defers deferred deferring",
        "commend": "commends commended commending",
        "initial": "initials initialled initialed initialling initialing",
        "plan": "plans planned planning",
        "chat": "chats chatted chatting",
        "drop": "drops dropped dropping",
        "refer": "refers referred referring",
        "rebut": "rebuts rebutted rebutting",
        "occur": "occurs occurred occurring",
        "brief": "briefs briefed briefing",
        "greet": "greets greeted greeting",
        "visit": "visits visited visiting",
        "await": "awaits awaited awaiting",
        "shake": "shakes shook shaken shaking",
        "jet": "jets jetted jetting",
        "spend": "spends spent spending",
        "dwell": "dwells dwelt dwelled dwelling",
        "focus": "focuses focused focussed focusing focussing",
        "understand": "understands understood understanding",
    }.items()
}
_PLURALS: Final = {
    "analysis": "analyses",
    "servicemen": "servicemen",
    "tete-a-tete": "tete-a-tetes",
    "get-together": "get-togethers",
}
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh")
_FUTURE: Final = frozenset({"will", "shall", "would", "'ll", "wont", "won't", "going"})
_PERFECT: Final = frozenset({"has", "have", "had", "having"})
_PAST: Final = frozenset({"was", "were"})
_PRESENT: Final = frozenset({"is", "are", "being", "does", "do"})
_CARRIED: Final = frozenset(
    {
        *_FUTURE,
        *_PERFECT,
        *_PAST,
        *_PRESENT,
        "been",
        "be",
        "to",
        "did",
        "not",
        "also",
        "now",
        "just",
        "already",
        "soon",
        "later",
        "jointly",
        "recently",
    }
    | {
        "then",
        "first",
        "personally",
        "officially",
        "warmly",
        "again",
        "may",
        "might",
        "can",
        "could",
        "should",
        "must",
        "separately",
        "together",
        "currently",
        "still",
        "both",
        "twice",
    }
)
_PROSPECTS: Final = frozenset(
    "is are was were expected scheduled set due planned plans plan intends intend agreed agree slated hopes hope going"
    " about likely ready wants invited poised preparing prepares expects fixed".split()
)
PREPOSITIONS: Final[dict[str, Relation]] = {
    "by": "agent",
    "with": "with",
    "alongside": "with",
    "between": "between",
    "of": "of",
    "for": "of",
    "to": "to",
    "towards": "to",
    "from": "from",
    "in": "in",
    "at": "in",
    "into": "to",
    "on": "in",
    "near": "in",
    "inside": "in",
    "within": "in",
    "aboard": "in",
    "about": "about",
    "after": "about",
    "against": "about",
    "under": "of",
    "including": "core",
}


def verb_forms(lemma: str) -> tuple[str, ...]:
    """Return every form of a verb given by its infinitive."""
    if lemma in _IRREGULAR:
        return (lemma, *_IRREGULAR[lemma])
    if lemma.endswith(("ee", "ye", "oe")):
        return (lemma, f"{lemma}s", f"{lemma}d", f"{lemma}ing")
    if lemma.endswith("e"):
        return (lemma, f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing")
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return (lemma, f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing")
    third = f"{lemma}es" if lemma.endswith(_SIBILANTS) else f"{lemma}s"
    return (lemma, third, f"{lemma}ed", f"{lemma}ing")


def noun_forms(lemma: str) -> tuple[str, ...]:
    """Return singular and plural of a noun."""
    if lemma in _PLURALS:
        return (lemma, _PLURALS[lemma])
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return (lemma, f"{lemma[:-1]}ies")
    if lemma.endswith("man"):
        return (lemma, f"{lemma[:-3]}men")
    return (lemma, f"{lemma}es" if lemma.endswith(_SIBILANTS) else f"{lemma}s")


@lru_cache(maxsize=2048)
def _own_tense(word: str) -> Tense:
    if word.endswith("ing"):
        return "participle"
    if word.endswith("ed") or word in _PASTS:
        return "past"
    return "present"


_PASTS: Final = frozenset(
    form for forms in _IRREGULAR.values() for form in forms if not form.endswith(("s", "ing")) or form == "was"
) | {"set", "put", "bid"}


_NO_ADVERBS: Final = frozenset({"ally", "assembly", "family", "italy", "july", "reply", "sicily", "supply"})


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in _NO_ADVERBS


def tense(words: Sequence[str], first: int) -> Tense:
    """Return the tense of the verb group whose verb is ``words[first]``, read with the auxiliaries before it.

    ``words`` are the words of the sentence in lower case. An infinitive after a word of prospect ("is set to meet") is
    ``future``, any other one ``infinitive``.
    """
    at = first - 1
    carried: list[str] = []
    while at >= 0 and first - at <= 5 and (words[at] in _CARRIED or _is_adverb(words[at])):  # noqa: PLR2004
        carried.append(words[at])
        at -= 1
    if _FUTURE & set(carried):
        return "future"
    if "to" in carried:
        before = carried[carried.index("to") + 1 :] or ([words[at]] if at >= 0 else [])
        return "future" if _PROSPECTS & set(before) else "infinitive"
    if "had" in carried:
        return "anterior"
    if _PERFECT & set(carried) or _PAST & set(carried) or "did" in carried:
        return "past"
    if _PRESENT & set(carried):
        return "present"
    if _is_by(words, first) and _own_tense(words[first]) == "past":
        return "participle"
    if words[at : at + 1] in (["and"], ["or"]) and _is_bare(words[first]):
        return _shared_tense(words, at)
    return _own_tense(words[first])


def _is_bare(word: str) -> bool:
    return _own_tense(word) == "present" and not word.endswith("s")


_CLAUSE: Final = 14
"""Words in which a verb after "and" looks for the auxiliary it shares."""


def _shared_tense(words: Sequence[str], last: int) -> Tense:
    """Return the tense a bare verb after "and" takes from the verb before it: "will visit Serbia and meet"."""
    for at in range(last - 1, max(-1, last - _CLAUSE), -1):
        if words[at] in _FUTURE:
            return "future"
        if words[at] == "to" and _is_bare(words[at + 1]):
            return "future" if _PROSPECTS & set(words[max(0, at - 3) : at]) else "infinitive"
    return "present"


def is_passive(words: Sequence[str], first: int) -> bool:
    """Tell whether the verb is a passive: a participle after a form of "be", or one with "by" after it."""
    if words[first].endswith("ing") or _own_tense(words[first]) != "past":
        return False
    before = words[max(0, first - 4) : first]
    return bool({"was", "were", "is", "are", "be", "been", "being"} & set(before)) or _is_by(words, first)


def _is_by(words: Sequence[str], first: int) -> bool:
    """Tell whether "by" and no means of talking follow: "invited by the minister", but "spoke by phone"."""
    after = words[first + 1 : first + 3]
    return after[:1] == ["by"] and after[1:] not in (["phone"], ["telephone"], ["video"], ["videoconference"])


def is_auxiliary(words: Sequence[str], at: int) -> bool:
    """Tell whether a form of "have" only helps another verb: "has led", "have also met"."""
    if words[at] not in _PERFECT:
        return False
    following = next((word for word in words[at + 1 : at + 4] if word not in _CARRIED and not word.endswith("ly")), "")
    return _own_tense(following) == "past" or words[at + 1 : at + 2] in (["been"], ["to"])


_BEFORE_NOUN: Final = frozenset(
    "the a an his her their its this that these our my no each every of had have has held hold holds holding over by"
    " via on through there are early conducted bilateral trilateral official working expanded separate phone telephone"
    " defense defence military peace joint in for during after at from".split()
)
_AFTER_NOUN: Final = frozenset({"with", "between", "were", "was", "are", "took", "on", "in", "at", "will", "of"})
_BEFORE_GERUND: Final = frozenset(
    {"after", "before", "while", "by", "is", "are", "was", "were", "be", "been", "when", "of", "without", ""}
)
_BEFORE_VERB: Final = frozenset(
    {"to", "will", "would", "shall", "can", "could", "may", "might", "must", "should", "not", "did", "also"}
)


_PREDICATED: Final = tuple([word] for word in ("was", "were", "is", "are", "begins", "began", "begin"))
"""What follows a noun that is the subject: "a road sign was repaired", "summer leave begins"."""


def is_noun(words: Sequence[str], at: int) -> bool:
    """Tell whether a form that a verb and a noun share is the noun here: "his host", "the visit", "had talks"."""
    before = words[at - 1] if at else ""
    own = _own_tense(words[at])
    if own == "past":
        return False
    if own == "participle":
        return before not in _BEFORE_GERUND
    if before in _BEFORE_VERB:
        return False
    return before in _BEFORE_NOUN or before.endswith("'s") or words[at + 1 : at + 2] in _PREDICATED


def is_noun_by_context(words: Sequence[str], at: int) -> bool:
    """Tell whether such a form is the noun by the word after it, too, where the table knows the noun: "talks with"."""
    following = words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    return _own_tense(words[at]) == "present" and before not in _BEFORE_VERB and following in _AFTER_NOUN


_SHORTEST_PAST: Final = 5
"""Letters of a form in -ed that is a verb's."""
_BEFORE_ATTRIBUTE: Final = frozenset(
    {"the", "a", "an", "his", "her", "their", "its", "of", "in", "for", "and", "with", "on", "by", "at", "from", "as"}
)


def is_verb(words: Sequence[str], at: int) -> bool:
    """Tell whether a word has the form of a past: "headed", "wrote", in "the headed paper" it is an attribute."""
    word = words[at]
    before = words[at - 1] if at else ""
    if not word.endswith("ed"):
        return word in word_set("verbs", "irregular_pasts", "en")
    if len(word) < _SHORTEST_PAST or "-" in word or word in word_set("verbs", "not_verbs", "en"):
        return False
    return before not in _BEFORE_ATTRIBUTE


def is_negated(words: Sequence[str], first: int) -> bool:
    """Tell whether a verb is denied: "never came", "did not meet"."""
    before = words[max(0, first - 3) : first]
    return not {"not", "never", "cannot"}.isdisjoint(before) and "only" not in before
