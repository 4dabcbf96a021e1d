import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS
from crawler.language.headlines import headline_key, normalize_headline


@pytest.mark.parametrize(
    ("lang", "raw", "text", "labels"),
    [
        ("az", "Nazir Gəncədə olub - YENİLƏNİB", "Nazir Gəncədə olub", ("YENİLƏNİB",)),
        ("az", "Nazir Gəncədə olub – YENİLƏNİB-2", "Nazir Gəncədə olub", ("YENİLƏNİB-2",)),
        ("az", "Nazir Gəncədə olub - FOTO - YENİLƏNİB", "Nazir Gəncədə olub", ("FOTO", "YENİLƏNİB")),
        ("az", "Nazir Gəncədə olub (FOTO/VİDEO)", "Nazir Gəncədə olub", ("FOTO", "VİDEO")),
        ("az", "Nazir Gəncədə olub VİDEO", "Nazir Gəncədə olub", ("VİDEO",)),
        ("az", "Ordunun təlimi - RƏSMİ", "Ordunun təlimi", ("RƏSMİ",)),
        ("az", "EKSKLÜZİV: Attaşe ilə söhbət", "Attaşe ilə söhbət", ("EKSKLÜZİV",)),
        ("az", "Sülh yaxındır – Ekspert - ŞƏRH", "Sülh yaxındır – Ekspert", ("ŞƏRH",)),
        ("en", "Staff talks begin in Ganja [PHOTOS]", "Staff talks begin in Ganja", ("PHOTOS",)),
        ("en", "Staff talks begin in Ganja [PHOTO] [VIDEO]", "Staff talks begin in Ganja", ("PHOTO", "VIDEO")),
        ("en", "[ANALYSIS] What follows the talks", "What follows the talks", ("ANALYSIS",)),
        ("en", "Exclusive: envoy on drills (UPDATED)", "envoy on drills", ("Exclusive", "UPDATED")),
        ("en", "Staff talks begin | Report.az", "Staff talks begin", ()),
        ("en", "Staff talks begin [VIDEO] - AzerNews", "Staff talks begin", ("VIDEO",)),
        ("ru", "Генштаб принял гостей - МНЕНИЕ", "Генштаб принял гостей", ("МНЕНИЕ",)),
        ("ru", "Генштаб принял гостей ФОТО", "Генштаб принял гостей", ("ФОТО",)),
        ("ru", "ОБНОВЛЕНО: Генштаб принял гостей", "Генштаб принял гостей", ("ОБНОВЛЕНО",)),
        ("ru", "Генштаб принял гостей (фото, видео)", "Генштаб принял гостей", ("фото", "видео")),
    ],
)
def test_labels_go(lang, raw, text, labels):
    headline = normalize_headline(raw, lang)
    assert (headline.text, headline.labels, headline.raw) == (text, labels, raw)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "PHOTOS"),
        ("az", "FOTO – VİDEO"),
        ("en", "Minister opens photo exhibition"),
        ("en", "Video conference of chiefs of staff"),
        ("en", "Army gets new video"),
        ("en", "HOLDING TALKS VIDEO"),
        ("ru", "Видео-конференция глав ведомств"),
        ("en", "Mod chip found in a laptop of the army"),
        ("en", "News trend: drills"),
    ],
)
def test_what_is_no_label_stays(lang, text):
    headline = normalize_headline(text, lang)
    assert (headline.text, headline.labels) == (text, ())


@pytest.mark.parametrize(
    ("lang", "raw", "text"),
    [
        ("en", "“Shield-2024” drills   start", '"Shield-2024" drills start'),
        ("en", "Guests see the“Shield” drills", 'Guests see the "Shield" drills'),
        ("en", "Minister’s visit—details", "Minister's visit – details"),
        ("ru", "Учения «Щит − 2024» начались…", 'Учения "Щит – 2024" начались...'),
        ("ru", "Итоги:что решили", "Итоги: что решили"),
        (
            "en",
            "Talks ended.Guests left ,said Z.Hasanov of News.Az",
            "Talks ended. Guests left, said Z.Hasanov of News.Az",
        ),
        ("en", "Azerbaijan'S Mod Holds 5Th Staff Talks", "Azerbaijan's MoD Holds 5th Staff Talks"),
        ("en", "Nato's Envoy Meets Mod Officials", "NATO's Envoy Meets MoD Officials"),
        ("en", "AZERBAIJAN'S 5TH DRILL", "AZERBAIJAN'S 5TH DRILL"),
        ("az", "Bakı-Tiflis   xətti", "Bakı-Tiflis xətti"),
    ],
)
def test_typography(lang, raw, text):
    assert normalize_headline(raw, lang).text == text


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "Azerbaijan's 5th staff talks held in Ganja", "Azerbaijan'S 5Th Staff Talks Held In Ganja [PHOTOS]"),
        ("en", "“Shield” drills – day two", '"Shield" Drills - Day Two'),
        ("az", "Bakıda iclas", "BAKIDA İCLAS - FOTO"),
        ("ru", "Учения «Щит»: всё готово", 'УЧЕНИЯ "ЩИТ" - ВСЕ ГОТОВО'),
    ],
)
def test_printings_of_one_headline_share_the_key(lang, one, other):
    assert headline_key(one, lang) == headline_key(other, lang)


def test_keys_of_other_headlines_differ():
    assert headline_key("Turkish minister in Baku", "en") != headline_key("Iranian minister in Baku", "en")


PIECES = ["VİDEO", "photo", "ФОТО", "YENİLƏNİB", " - ", "—", "–", "-", " ", "[", "]", "(", ")", "|", ":", ".", "…", "..", "'", "’S", "“",
          "»", "Baku", "Mod", "5Th", "talks", "Report.az", ",", "!", "a", "İ", "1"]  # fmt: skip


@given(
    st.one_of(st.text(max_size=50), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)), st.sampled_from(LANGS)
)
@settings(max_examples=400)
def test_normalizing_twice_changes_nothing(raw, lang):
    once = normalize_headline(raw, lang).text
    assert normalize_headline(once, lang).text == once
    assert headline_key(once, lang) == headline_key(raw, lang)
