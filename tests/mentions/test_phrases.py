from __future__ import annotations

import pytest

from crawler.items import LANGS
from crawler.knowledge import table
from crawler.mentions.inflection import az_noun, az_possessed, az_verb, ru_adjective, ru_noun
from crawler.mentions.phrases import expand
from crawler.mentions.registry import known_persons


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("minister of (defence|defense)", {"minister of defence", "minister of defense"}),
        ("[first] deputy", {"first deputy", "deputy"}),
        ("[a|an] (phone [video] call|talk)", {"phone call", "a phone video call", "an talk", "talk"}),
    ],
)
def test_brackets(pattern: str, forms: set[str]) -> None:
    assert forms <= set(expand(pattern, "en"))


@pytest.mark.parametrize("pattern", ["a) b", "[a]", "(a|)"])
def test_a_pattern_without_a_pair_or_without_a_word_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"unbalanced|empty"):
        expand(pattern, "en")


def test_unknown_marker_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown marker"):
        expand("minister~n", "en")


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (az_noun("görüş"), {"görüşü", "görüşdə", "görüşün", "görüşlər", "görüşləri", "görüşündə"}),
        (az_noun("qonaq"), {"qonağın", "qonaqlar", "qonaqlarını"}),
        (az_possessed("naziri"), {"nazirinin", "nazirini", "nazirləri", "nazirlərinin"}),
        (az_possessed("başçısı"), {"başçısının", "başçısı", "başçıları"}),
        (az_verb("görüş"), {"görüşüb", "görüşüblər", "görüşmüşdür", "görüşəcək", "görüşdü"}),
        (az_verb("et"), {"edib", "etmişdir", "edəcək", "edən"}),
        (ru_noun("министр"), {"министра", "министру", "министром", "министре", "министры", "министров", "министрами"}),
        (ru_noun("секретарь"), {"секретаря", "секретарем", "секретари"}),
        (ru_noun("глава"), {"главы", "главе", "главу", "главой"}),
        (ru_noun("совещание"), {"совещания", "совещании", "совещанием"}),
        (ru_adjective("командующий"), {"командующего", "командующему", "командующим", "командующем"}),
        (ru_adjective("военный"), {"военного", "военной", "военным", "военные"}),
    ],
)
def test_inflection(forms: tuple[str, ...], expected: set[str]) -> None:
    assert expected <= set(forms)


@pytest.mark.parametrize("name", ["ranks", "posts", "meeting_verbs", "markers", "topics", "agreements"])
def test_every_table_has_every_language(name: str) -> None:
    for key, entry in table(name).items():
        for lang in LANGS:
            for pattern in entry[lang]:
                assert expand(pattern, lang), (key, pattern)


def test_every_post_has_a_known_field() -> None:
    fields = {
        "defence", "military", "security", "border", "industry", "attache", "leader", "diplomat", "civil", "foreign",
        "outsider", "generic", "generic_military", "modifier",
    }  # fmt: skip
    posts = table("posts")
    assert {post["field"] for post in posts.values()} <= fields
    assert {post["deputy"] for post in posts.values() if "deputy" in post} <= set(posts)
    assert {term.post for person in known_persons() for term in person.terms} <= set(posts)
