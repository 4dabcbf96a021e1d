from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import read_one


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "Zakir Hasanov took part in the meeting of the CIS Council of Defence Ministers in Minsk.", "multilateral"),
        ("en", "A conference of defence ministers of the Organization of Turkic States was held in Istanbul. Zakir Hasanov addressed it.", "multilateral"),
        ("en", "Karim Valiyev attended the NATO Military Committee session in Brussels.", "multilateral"),
        ("en", "Elchin Guliyev took part in the meeting of the CIS Council of Commanders of Border Troops.", "multilateral"),
        ("az", "Zakir Həsənov Minskdə MDB Müdafiə Nazirləri Şurasının iclasında iştirak edib.", "multilateral"),
        ("az", "Kərim Vəliyev Brüsseldə NATO Hərbi Komitəsinin iclasına qatılıb.", "multilateral"),
        ("ru", "Закир Гасанов принял участие в заседании Совета министров обороны СНГ в Минске.", "multilateral"),
        ("ru", "В Стамбуле прошла конференция министров обороны тюркских государств, в которой участвовал Закир Гасанов.", "multilateral"),
        ("en", "On the sidelines of the CIS Council of Defence Ministers Zakir Hasanov met Belarusian Defence Minister Viktor Khrenin.", "bilateral"),
        ("en", "Zakir Hasanov received the Chairman of the NATO Military Committee, Admiral Rob Bauer.", "bilateral"),
        ("az", "Zakir Həsənov MDB Müdafiə Nazirləri Şurasının iclasına gələn Belarus müdafiə naziri Viktor Xreninlə söhbət edib.", "bilateral"),
        ("ru", "В рамках заседания Совета министров обороны СНГ Закир Гасанов провел встречу с министром обороны Беларуси Виктором Хрениным.", "bilateral"),
    ],
)  # fmt: skip
def test_kind(lang: Lang, text: str, kind: str) -> None:
    assert read_one(lang, text).kind == kind
