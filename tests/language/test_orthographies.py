import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.knowledge import table
from crawler.language.folding import SAME_NAME, name_similarity, same_name
from crawler.language.orthographies import respellings

COUNTRIES = sorted({country for entry in table("orthographies").values() for country in entry["countries"]})

# Country, the English text's spelling in the letters of the country, the sound as Russian or Azerbaijani texts write it.
BY_SOUND = [
    ("PL", "Andrzej Papierz", "Анджей Папеж", "ru"),
    ("PL", "Krzysztof Wojcik", "Кшиштоф Войчик", "ru"),
    ("PL", "Wojciech Szczepanski", "Войчех Щепаньски", "ru"),
    ("HU", "Kristof Szalay-Bobrovniczky", "Криштоф Салаи-Бобровницки", "ru"),
    ("HU", "Gabor Csaszar", "Qabor Çasar", "az"),
    ("SE", "Michael Claesson", "Mikael Klaesson", "az"),
    ("IT", "Giuseppe Chiarelli", "Джузеппе Кьярелли", "ru"),
    ("ES", "Javier Jimenez", "Хавьер Хименес", "ru"),
    ("ES", "Juan Carlos Villalba", "Хуан Карлос Вильяльба", "ru"),
    ("FR", "Jean-Michel Loas", "Жан-Мишель Лоа", "ru"),
    ("DE", "Joachim Schulz", "Йоахим Шульц", "ru"),
    ("CN", "Dong Jun", "Дун Цзюнь", "ru"),
    ("CN", "Cao Gang", "Цао Ган", "ru"),
    ("CN", "Zhang Youxia", "Чжан Юся", "ru"),
    ("RO", "Ionuț Moșteanu", "Ionuts Moşteanu", "az"),
    ("GB", "Paul Lawson", "Пол Лоусон", "ru"),
]


@pytest.mark.parametrize(("country", "english", "other", "lang"), BY_SOUND)
def test_a_name_is_read_by_the_letters_of_its_country(country, english, other, lang):
    assert name_similarity(english, "en", other, lang, country) >= SAME_NAME


@pytest.mark.parametrize(
    ("country", "english", "other", "lang"),
    [
        ("PL", "Andrzej Papierz", "Анджей Дера", "ru"),
        ("HU", "Kristof Szalay", "Кристоф Шандор", "ru"),
        ("CN", "Dong Jun", "Ли Шанфу", "ru"),
        ("ES", "Javier Jimenez", "Хорхе Хименес", "ru"),
        ("IT", "Giuseppe Chiarelli", "Джузеппе Каваньяро", "ru"),
        ("SE", "Michael Claesson", "Mikael Byuden", "az"),
    ],
)
def test_another_person_of_the_country_stays_another(country, english, other, lang):
    assert not same_name(english, "en", other, lang, country)


def test_the_longest_letters_go_first_and_places_in_the_word_count():
    assert respellings("szczecin", "PL") == ("shchetsin",)
    assert respellings("stauch", "DE") == ("shtauh",)
    assert set(respellings("chauvet", "CH")) == {"haufet", "shove", "kauvet"}
    assert respellings("hasanov", "AZ") == ()


@given(st.sampled_from(COUNTRIES), st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=30))
def test_respelling_only_adds_likeness(country, word):
    assert all(sound.isascii() for sound in respellings(word, country))
    assert name_similarity(f"Jan {word}", "en", "Иван Петров", "ru", country) >= name_similarity(
        f"Jan {word}", "en", "Иван Петров", "ru"
    )


def test_every_orthography_has_countries_and_sounds():
    for entry in table("orthographies").values():
        assert all(len(country) == 2 and country.isupper() for country in entry["countries"])
        assert all(
            key.strip("^$").isalpha() and key.islower() and sound.isascii() for key, sound in entry["sounds"].items()
        )
