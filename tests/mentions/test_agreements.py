from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import read_one

_MET: dict[Lang, str] = {
    "en": "Zakir Hasanov met Polish Defence Minister Jan Nowak.",
    "az": "Zakir Həsənov Polşanın müdafiə naziri Yan Novakla görüşüb.",
    "ru": "Закир Гасанов принял министра обороны Польши Яна Новака.",
}


@pytest.mark.parametrize(
    ("lang", "text", "agreements"),
    [
        (
            "en",
            "The ministers signed a bilateral military cooperation plan for 2026 in Astana on Friday.",
            [("plan", "bilateral military cooperation plan for 2026", 2026)],
        ),
        (
            "en",
            "A memorandum of understanding in the field of defence industry was signed in Budapest.",
            [("memorandum", "memorandum of understanding in the field of defence industry", None)],
        ),
        ("en", "After the talks a Memorandum in Budapest on March 3 was signed.", [("memorandum", "Memorandum", None)]),
        (
            "en",
            "The sides signed a protocol on military medicine, an agreement on defence industry and the 2026 cooperation plan.",
            [
                ("protocol", "protocol on military medicine", None),
                ("agreement", "agreement on defence industry", None),
                ("plan", "2026 cooperation plan", 2026),
            ],
        ),
        (
            "en",
            "An agreement on mutual recognition of military education was signed between the two ministries.",
            [("agreement", "agreement on mutual recognition of military education", None)],
        ),
        (
            "en",
            "They signed the final protocol of the 9th staff talks.",
            [("protocol", "final protocol of the 9th staff talks", None)],
        ),
        (
            "en",
            "On June 3, 2025 a military-technical cooperation agreement was signed by the ministers.",
            [("agreement", "military-technical cooperation agreement", None)],
        ),
        ("en", "The Book of Honor was signed in accordance with the protocol.", []),
        ("en", "In accordance with the protocol of the ceremony, the guest signed the memorial book.", []),
        (
            "az",
            "Görüşün sonunda 2026-cı il üzrə ikitərəfli hərbi əməkdaşlıq planı imzalanıb.",
            [("plan", "2026-cı il üzrə ikitərəfli hərbi əməkdaşlıq planı", 2026)],
        ),
        (
            "az",
            "Tərəflər Budapeştdə müdafiə sənayesi sahəsində əməkdaşlıq haqqında saziş imzalayıblar.",
            [("agreement", "müdafiə sənayesi sahəsində əməkdaşlıq haqqında saziş", None)],
        ),
        (
            "az",
            "Hərbi təhsil sahəsində əməkdaşlığa dair Protokol və 2025-ci il üçün əməkdaşlıq planı imzalanıb.",
            [
                ("protocol", "Hərbi təhsil sahəsində əməkdaşlığa dair Protokol", None),
                ("plan", "2025-ci il üçün əməkdaşlıq planı", 2025),
            ],
        ),
        ("az", "Protokola uyğun olaraq “Fəxri kitab” imzalanıb.", []),
        (
            "ru",
            "По итогам встречи подписан план двустороннего военного сотрудничества на 2026 год.",
            [("plan", "план двустороннего военного сотрудничества на 2026 год", 2026)],
        ),
        (
            "ru",
            "В Астане стороны подписали соглашение о сотрудничестве в сфере военной медицины и протокол по итогам встречи.",
            [
                ("agreement", "соглашение о сотрудничестве в сфере военной медицины", None),
                ("protocol", "протокол по итогам встречи", None),
            ],
        ),
        ("ru", "Подписан меморандум в Будапеште 3 марта.", [("memorandum", "меморандум", None)]),
        (
            "ru",
            "Подписано межправительственное соглашение о военном сотрудничестве между двумя странами.",
            [("agreement", "межправительственное соглашение о военном сотрудничестве", None)],
        ),
        ("ru", "Согласно протоколу, была подписана Книга почетных гостей.", []),
    ],
)
def test_agreements(lang: Lang, text: str, agreements: list[tuple[str, str, int | None]]) -> None:
    mention = read_one(lang, f"{_MET[lang]} {text}")
    assert [(found.kind, found.title, found.year) for found in mention.agreements] == agreements


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The guest visited the Alley of Martyrs and paid tribute to the heroes of the Patriotic War."),
        ("az", "Qonaq Vətən müharibəsi şəhidlərinin xatirəsinə Şəhidlər xiyabanında əklil qoyub."),
        ("ru", "Гость посетил Аллею шехидов, возложил венок в память о героях Отечественной войны."),
    ],
)
def test_a_wreath_is_no_talk_of_the_conflict(lang: Lang, text: str) -> None:
    topics = read_one(lang, f"{_MET[lang]} {text}").topics
    assert "ceremony" in topics
    assert "conflict" not in topics
