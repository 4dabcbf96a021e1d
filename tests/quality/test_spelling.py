from __future__ import annotations

import pytest

from quality.spelling import fold, same_name, same_town


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zakir Hasanov", "Закир Гасанов"),
        ("Zakir Həsənov", "Zakir Hasanov"),
        ("Kərim Vəliyev", "Керим Велиев"),
        ("Hasanov Zakir", "Zakir Hasanov"),
        ("Yaşar Güler", "Яшар Гюлер"),
        ("Zakir Asgar oghlu Hasanov", "Zakir Hasanov"),
        ("İlham Əliyev", "Ilham Aliyev"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zakir Hasanov", "Karim Valiyev"),
        ("Zakir Hasanov", "Zakir Ismayilov"),
        ("Hasanov", "Zakir Hasanov Asgarov"),
        ("", "Zakir Hasanov"),
        ("...", "Zakir Hasanov"),
    ],
)
def test_other_names_are_others(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_a_dotted_and_a_dotless_capital_fold_as_their_language_has_them() -> None:
    assert fold("İrəvan") == fold("irevan".replace("e", "ə"))
    assert fold("Xəzər", "az") == fold("Khazar")


@pytest.mark.parametrize(
    ("labelled", "read", "same"),
    [
        ("Rawalpindi (GHQ)", "Rawalpindi", True),
        ("Ankara, Türkiye", "Ankara", True),
        ("Bakı", "Baku", True),
        ("Astana", "Ankara", False),
        ("Astana", "", False),
    ],
)
def test_a_town_counts_without_what_the_label_adds(labelled: str, read: str, same: bool) -> None:
    assert same_town(labelled, fold(read)) is same
