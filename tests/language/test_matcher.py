from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Lang
from crawler.language.matcher import PHRASE_END, PHRASE_START, Matcher, Path, PhraseMatcher
from crawler.language.words import fold_words


def words(matcher: Matcher[str], text: str) -> list[tuple[str, str]]:
    return [(match.words, match.value) for match in matcher.find(text)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Iran and Türkiye", [("Iran", "IR"), ("Türkiye", "TR")]),
        ("en", "Iranian officials, iranology", []),
        ("en", "Iran's minister, the Irans’ minister", [("Iran", "IR")]),
        ("en", "O'Iran, 'Iran', Iran'", [("Iran", "IR"), ("Iran", "IR")]),
        ("en", "Iran-Azerbaijan talks", [("Iran", "IR")]),
        ("en", "Iran_", [("Iran", "IR")]),
        ("en", "Iran2 2Iran", []),
        ("az", "İRAN, İran, iran", [("İRAN", "IR"), ("İran", "IR"), ("iran", "IR")]),
        ("az", "İran’ın naziri", [("İran", "IR")]),
        ("ru", "ИРАН и Иран", []),
    ],
)
def test_whole_words_in_any_case(lang: Lang, text: str, expected: list[tuple[str, str]]) -> None:
    matcher = Matcher([("Iran" if lang == "en" else "İran", "IR"), ("Türkiye", "TR")], lang)
    assert words(matcher, text) == expected


def test_the_longest_of_the_leftmost_wins() -> None:
    matcher = Matcher([("North", "n"), ("North Macedonia", "nm"), ("Macedonia", "m"), ("Macedonia Square", "ms")], "en")
    assert words(matcher, "North Macedonia Square") == [("North Macedonia", "nm")]
    assert [match.value for match in matcher.find_all("North Macedonia Square")] == ["nm", "n", "ms", "m"]


def test_a_longer_form_inside_a_longer_word_does_not_hide_the_shorter() -> None:
    matcher = Matcher([("New", "new"), ("New York", "ny")], "en")
    assert words(matcher, "New Yorkers") == [("New", "new")]


def test_exact_forms_match_only_as_printed() -> None:
    matcher = Matcher([("us", "we")], "en", exact=[("US", "country")])
    assert words(matcher, "US told us, Us") == [("US", "country"), ("us", "we"), ("Us", "we")]
    only_exact = Matcher([], "ru", exact=[("СК", "committee")])
    assert words(only_exact, "СК, ск и ОСК") == [("СК", "committee")]


@pytest.mark.parametrize("text", ["Côte d'Ivoire", "Côte d’Ivoire", "CÔTE D`IVOIRE"])
def test_apostrophes_of_all_shapes_are_one(text: str) -> None:
    assert words(Matcher([("Côte d’Ivoire", "CI")], "en"), text) == [(text, "CI")]


@pytest.mark.parametrize("dash", "‐‑–—-")
def test_dashes_of_all_shapes_are_one(dash: str) -> None:
    assert len(Matcher([("генерал-майор", 1)], "ru").find(f"генерал{dash}майор")) == 1


def test_yo_is_ye_in_russian() -> None:
    assert words(Matcher([("Кёльн", "K")], "ru"), "Кельн, Кёльн") == [("Кельн", "K"), ("Кёльн", "K")]
    assert words(Matcher([("Кельн", "K")], "ru"), "Кёльн") == [("Кёльн", "K")]


def test_abbreviations_with_points() -> None:
    matcher = Matcher([("U.S.", "US"), ("U.S.A.", "US")], "en")
    assert words(matcher, "the U.S. and the U.S.A.") == [("U.S.", "US"), ("U.S.A.", "US")]


def test_one_form_cannot_stand_for_two_values() -> None:
    with pytest.raises(ValueError, match="congo"):
        Matcher([("Congo", "CG"), ("congo", "CD")], "en")
    with pytest.raises(ValueError, match="two values"):
        Matcher([], "en", exact=[("UN", "a"), ("UN", "b")])
    with pytest.raises(ValueError, match="letter or digit"):
        Matcher([(" - ", "x")], "en")


def test_no_match_crosses_a_line() -> None:
    matcher = Matcher([("South Africa", 1)], "en")
    assert len(matcher.find("South\u00a0Africa, South\tAfrica")) == 2
    assert matcher.find("the South\nAfrica") == []


def test_an_empty_table_finds_nothing() -> None:
    empty: list[tuple[str, str]] = []
    assert Matcher(empty, "en").find("anything") == []


@settings(max_examples=100)
@given(
    forms=st.lists(
        st.text(alphabet="aıbİ -'", min_size=1, max_size=5).filter(lambda form: any(map(str.isalnum, form)))
    ),
    text=st.text(alphabet="aAıIiİbB -'’.", max_size=60),
    lang=st.sampled_from(["en", "az", "ru"]),
)
def test_offsets_are_those_of_the_text_and_never_overlap(forms: list[str], text: str, lang: Lang) -> None:
    found = Matcher([(form, 0) for form in forms], lang).find(text)
    assert all(text[match.start : match.end] == match.words for match in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


def _is_whole(folded: str, start: int, end: int, lang: Lang) -> bool:
    """Tell by the letters around it whether ``folded[start:end]`` begins and ends at the edge of a word."""
    before, after = folded[:start], folded[end:]
    if folded[start].isalnum() and (before[-1:].isalnum() or (before[-1:] == "'" and before[-2:-1].isalnum())):
        return False
    if not folded[end - 1].isalnum() or not after:
        return True
    if after[0] == "'" and lang != "az" and after[1:2].isalnum():
        return lang == "en" and after[1] == "s" and not after[2:3].isalnum()
    return not after[0].isalnum()


@settings(max_examples=200)
@given(
    forms=st.sets(
        st.lists(st.sampled_from(["a", "b", "ab", "-", " ", "'", ".", "s"]), min_size=1, max_size=5)
        .map("".join)
        .filter(lambda form: any(map(str.isalnum, form)) and form == " ".join(form.split()))
    ),
    text=st.lists(st.sampled_from(["a", "b", "ab", "aB", "-", " ", "  ", "'", "’", ".", "s", "\n", "_"])).map("".join),
    lang=st.sampled_from(["en", "az", "ru"]),
)
def test_every_whole_form_is_found(forms: set[str], text: str, lang: Lang) -> None:
    folded = fold_words(text, lang)
    expected = [
        (start, end)
        for start in range(len(text))
        for end in range(len(text), start, -1)
        if folded[start:end] in forms and _is_whole(folded, start, end, lang)
    ]
    found = Matcher([(form, form) for form in forms], lang).find_all(text)
    assert [(match.start, match.end) for match in found] == expected


def test_phrases_have_one_value_a_form_made_of_all_that_have_it() -> None:
    minister = [Path(PHRASE_START, ("deputy", "first deputy"), 1), Path(1, ("minister",), PHRASE_END)]
    office = [Path(PHRASE_START, ("first",), 7), Path(7, ("deputy",), 1), Path(1, ("minister", "chief"), PHRASE_END)]
    matcher = PhraseMatcher([(minister, "m"), (office, "o")], "en", "+".join)
    found = [(match.words, match.value) for match in matcher.find_all("First deputy minister and deputy chief")]
    assert found == [("First deputy minister", "m+o"), ("deputy minister", "m")]
