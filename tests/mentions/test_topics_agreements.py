from __future__ import annotations

from crawler.items import Agreement
from crawler.mentions.explain import explain
from tests.mentions.articles import article, read, read_one


def test_topics_in_three_languages() -> None:
    en = read_one(
        "en", "Zakir Hasanov met Polish Defence Minister Jan Nowak. Regional security and peacekeeping were discussed."
    )
    az = read_one(
        "az", "Zakir Həsənov Polşanın müdafiə naziri Yan Novakla görüşüb, regional təhlükəsizlik müzakirə edilib."
    )
    ru = read_one("ru", "Закир Гасанов принял министра обороны Польши Яна Новака, обсуждена региональная безопасность.")
    assert en.topics == ("regional_security", "peacekeeping")
    assert az.topics == ru.topics == ("regional_security",)


def test_agreement_with_kind_and_year() -> None:
    mention = read_one(
        "en",
        "Zakir Hasanov met Polish Defence Minister Jan Nowak.",
        "The military cooperation plan for 2026 was signed. The guest signed the Book of Honor.",
    )
    assert mention.agreements == (Agreement(kind="plan", title="military cooperation plan for 2026", year=2026),)


def test_guest_book_is_no_agreement() -> None:
    mention = read_one(
        "en",
        "Zakir Hasanov met Polish Defence Minister Jan Nowak. The Book of Honor was signed in accordance with the protocol.",
    )
    assert mention.agreements == ()
    assert "ceremony" in mention.topics


def test_explanation_names_rules_and_words() -> None:
    text = "Zakir Hasanov met Polish Defence Minister Jan Nowak in Baku."
    said = explain(article("en", text), read("en", text))
    assert "bilateral, held; AZ, PL" in said
    assert 'Jan Nowak: office holder in a sentence with a meeting word <- "Polish Defence Minister Jan Nowak"' in said
    dropped = "Units fired at positions near Kalbajar."
    assert "no meeting: " in explain(article("en", dropped), read("en", dropped))
