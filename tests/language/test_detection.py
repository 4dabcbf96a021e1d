import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS
from crawler.language.detection import detect


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Azerbaijan, Kazakhstan discuss joint drills", "en"),
        ("Yaşar Güler visits Baku", "en"),
        ("Hungary's Gábor Böröndi meets Karim Valiyev in Ganja", "en"),
        ('The newspaper "Azərbaycan" said that the minister met with officers', "en"),
        ("Baku", "en"),
        ("Müdafiə naziri Gəncədə hərbi hissədə olub", "az"),
        ("Bakıda görüş olub", "az"),
        ("Yaşar Güler Bakıda danışıqlar aparıb", "az"),
        ("İordaniya ordusu ilə əməkdaşlıq", "az"),
        ("Zakir Hasanov Qazaxıstanda", "az"),
        ("Начальник Генштаба принял посла Казахстана", "ru"),
        ("НАТО и Баку: учения «Единство-2024» по программе NATO PARP", "ru"),
        ("Визит в Астану: Даурен Қосанов принял гостей из Азербайджана", "ru"),
        ("Türkiye ve Azerbaycan genelkurmay başkanları görüştü", None),
        ("Macaristan Savunma Bakanı Bakü'ye geldi", None),
        ("Міністр оборони України прибув до Баку", None),
        ("Қорғаныс министрі Бакуге келді", None),
        ("Le ministre de la Défense reçoit une délégation", None),
        ("Ministr obrony narodowej przyjął delegację w Baku", None),
        ("თავდაცვის მინისტრი ბაქოში", None),
        ("وزیر دفاع در باکو", None),
        ("06.02.2026 16:19", None),
        ("", None),
    ],
)
def test_detect(text, lang):
    assert detect(text) == lang


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_any_text_has_an_answer(text):
    assert detect(text) in {*LANGS, None}
