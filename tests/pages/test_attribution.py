from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import LANGS, Lang
from crawler.pages.attribution import sentences, take_off
from crawler.pages.nominative import nominative

OWN = frozenset({"report", "azernews", "dayaz"})

ENGLISH = [
    ("The ministers met in Shusha, Report informs.", "The ministers met in Shusha.", None),
    (
        "He met a delegation, which is on a visit, Report informs, citing the Azerbaijani Defense Ministry.",
        "He met a delegation, which is on a visit.",
        "Azerbaijani Defense Ministry",
    ),
    ("The talks were held, Report informs via Mehr.", "The talks were held.", "Mehr"),
    ("The general arrived today, Report informs from the Emirati capital.", "The general arrived today.", None),
    (
        "The Ministry of Defense told Report that first, the guests laid a wreath.",
        "The guests laid a wreath.",
        "Ministry of Defense",
    ),
    (
        "Report was told in the press service of the Azerbaijani Ministry of Defence (MoD).",
        "",
        "press service of the Azerbaijani Ministry of Defence",
    ),
    ("Azernews reports that the visit will last two days.", "The visit will last two days.", None),
    (
        "Azernews reports, citing the Border Service, that the visit will last two days.",
        "The visit will last two days.",
        "Border Service",
    ),
    (
        "Azernews reports that the Ministry of Defence, the visit began with a parade.",
        "The visit began with a parade.",
        "Ministry of Defence",
    ),
    ("As reported by Azernews, the drill goes on.", "The drill goes on.", None),
    ("According to AzerNEWS, the drill goes on.", "The drill goes on.", None),
    ("According to the State Border Service, the drill goes on.", "The drill goes on.", "State Border Service"),
    ("The meeting ended late, Trend reports.", "The meeting ended late.", "Trend"),
    ("The meeting ended late, News.az says from the ministry.", "The meeting ended late.", "ministry"),
    ("The meeting ended late, the defense ministry says via Trend.", "The meeting ended late.", "defense ministry"),
    ("The meeting ended late, the ministry has reported.", "The meeting ended late.", "ministry"),
    ("Local Bureau of Report states that snow has fallen.", "Snow has fallen.", None),
    (
        "The guests left Baku, the press service of the President told Trend.",
        "The guests left Baku.",
        "press service of the President",
    ),
    # not an attribution of the text, or more than that
    (
        "Chief of the General Staff Karim Valiyev told Report that drills will go on.",
        "Chief of the General Staff Karim Valiyev told Report that drills will go on.",
        None,
    ),
    (
        "Shots were fired, a spokesman of the ministry said.",
        "Shots were fired, a spokesman of the ministry said.",
        None,
    ),
    ("Elnur Aliyev told Report that the talks went well.", "Elnur Aliyev told Report that the talks went well.", None),
    (
        "The ministry said on Tuesday that shots were fired.",
        "The ministry said on Tuesday that shots were fired.",
        None,
    ),
    ("The column moved on, according to the plan.", "The column moved on, according to the plan.", None),
    ("On Monday, the ministry announced.", "On Monday, the ministry announced.", None),
    (
        "The Ministry of Defence, led by Zakir Hasanov, hosted the guests.",
        "The Ministry of Defence, led by Zakir Hasanov, hosted the guests.",
        None,
    ),
]
AZERBAIJANI = [
    ("“Report” xəbər verir ki, iclas Şəkidə keçirilib.", "İclas Şəkidə keçirilib.", None),
    ('"Report" xəbər verir ki, ilk görüş Şəkidə keçirilib.', "İlk görüş Şəkidə keçirilib.", None),
    (
        '"Report" Müdafiə Nazirliyinə istinadən xəbər verir ki, təlim bitib artıq.',
        "Təlim bitib artıq.",
        "Müdafiə Nazirliyi",
    ),
    ("“Report” TASS-a istinadən xəbər verir ki, təlim bitib artıq.", "Təlim bitib artıq.", "TASS"),
    ('Bu barədə "Report"a Müdafiə Nazirliyindən məlumat verilib.', "", "Müdafiə Nazirliyi"),
    ("Bu barədə Dövlət Sərhəd Xidmətindən bildirilib.", "", "Dövlət Sərhəd Xidməti"),
    ('"Report" xəbər verir ki, bu barədə Müdafiə Nazirliyi məlumat yayıb.', "", "Müdafiə Nazirliyi"),
    ('"Report"un Gəncə bürosunun xəbərinə görə, körpü açılıb bu gün.', "Körpü açılıb bu gün.", None),
    ("Müdafiə Nazirliyinin məlumatına görə, təlim bitib artıq.", "Təlim bitib artıq.", "Müdafiə Nazirliyi"),
    ("Müdafiə Nazirliyi Day.Az-a bildirib ki, təlim bitib artıq.", "Təlim bitib artıq.", "Müdafiə Nazirliyi"),
    ("Nazir heyəti qəbul edib, MN Metbuat.az-a bildirib.", "Nazir heyəti qəbul edib.", "MN"),
    ("Nazir heyəti qəbul edib, “Report” xəbər verir.", "Nazir heyəti qəbul edib.", None),
    ("Butov.az APA-ya əsasən yazır: general səfiri qəbul edib.", "General səfiri qəbul edib.", "APA"),
    ("Bildirilib ki, tərəflər razılığa gəlib.", "Bildirilib ki, tərəflər razılığa gəlib.", None),
    (
        "Baş Qərargah rəisi Kərim Vəliyev “Report”a bildirib ki, təlim davam edir.",
        "Baş Qərargah rəisi Kərim Vəliyev “Report”a bildirib ki, təlim davam edir.",
        None,
    ),
    ("Nazir deyib ki, hərbçilər hazırdır.", "Nazir deyib ki, hərbçilər hazırdır.", None),
]
RUSSIAN = [
    ("Как сообщает Report, встреча прошла в Шеки.", "Встреча прошла в Шеки.", None),
    ("Как сообщает Report со ссылкой на Минобороны, учения завершены вчера.", "Учения завершены вчера.", "Минобороны"),
    ("Об этом Report сообщили в Министерстве обороны.", "", "Министерство обороны"),
    ("Об этом Report сообщили в Государственной пограничной службе.", "", "Государственная пограничная служба"),
    ("Об этом сообщает Report со ссылкой на пресс-службу ведомства.", "", "пресс-служба ведомства"),
    ("Как передает Report, об этом заявил глава МИД.", "Об этом заявил глава МИД.", None),
    ("Как сообщили Report в Генштабе, гости уже уехали.", "Гости уже уехали.", "Генштаб"),
    ("Учения завершены вчера, сообщает Report со ссылкой на ТАСС.", "Учения завершены вчера.", "ТАСС"),
    ("Учения завершены вчера, сообщили в посольстве Грузии.", "Учения завершены вчера.", "посольство Грузии"),
    (
        "Day.Az стало известно от Министерства обороны, что учения завершены вчера.",
        "Учения завершены вчера.",
        "Министерство обороны",
    ),
    ("Информацию Report получил от Минобороны Азербайджана.", "", "Минобороны Азербайджана"),
    ("Пресс-служба Минобороны: учения завершены вчера.", "Учения завершены вчера.", "Пресс-служба Минобороны"),
    (
        "Начальник Генштаба Керим Велиев сообщил Report, что учения продолжатся.",
        "Начальник Генштаба Керим Велиев сообщил Report, что учения продолжатся.",
        None,
    ),
    ("Пресс-служба президента сообщила Report, что гости уже уехали.", "Гости уже уехали.", "Пресс-служба президента"),
    ("Министр сообщил в интервью Report о планах.", "Министр сообщил в интервью Report о планах.", None),
    (
        "Генерал встретился в здании министерства с гостями: их было трое.",
        "Генерал встретился в здании министерства с гостями: их было трое.",
        None,
    ),
]


@pytest.mark.parametrize(
    ("lang", "sentence", "rest", "source"),
    [(lang, *row) for lang, rows in (("en", ENGLISH), ("az", AZERBAIJANI), ("ru", RUSSIAN)) for row in rows],
)
def test_sentence(lang: Lang, sentence: str, rest: str, source: str | None) -> None:
    attributed = take_off([sentence], lang, OWN)
    assert attributed.paragraphs == ((rest,) if rest else ())
    assert attributed.source == source


def test_only_the_attribution_of_a_paragraph_goes() -> None:
    paragraph = "The guests saw a museum. Report informs, citing the ministry. Then Z. Hasanov received them."
    attributed = take_off([paragraph], "en", OWN)
    assert attributed.paragraphs == ("The guests saw a museum. Then Z. Hasanov received them.",)
    assert attributed.source == "ministry"


def test_the_first_named_source_counts_before_names_of_papers() -> None:
    attributed = take_off(
        ["It rained all day, Trend reports.", "It stopped at night, the Ministry of Ecology said."], "en", OWN
    )
    assert attributed.source == "Ministry of Ecology"


@pytest.mark.parametrize(
    ("source", "lang", "case", "expected"),
    [
        ("the Ministry of Defence (MoD)", "en", "oblique", "Ministry of Defence"),
        ("nazirliyin mətbuat xidmətinə", "az", "dative", "nazirliyin mətbuat xidməti"),
        ("Prezident Administrasiyasından", "az", "ablative", "Prezident Administrasiyası"),
        ("MN-in", "az", "genitive", "MN"),
        ("“İnterfaks”a", "az", "dative", "İnterfaks"),
        ("Слeдcтвенный комитет", "ru", "nominative", "Слeдcтвенный комитет"),
        ("пресс-службы азербайджанского министерства", "ru", "oblique", "пресс-служба азербайджанского министерства"),
        ("Службой внешней разведки", "ru", "oblique", "Служба внешней разведки"),
        ("главы Государственной службы", "ru", "oblique", "главы Государственной службы"),
    ],
)
def test_nominative(source: str, lang: Lang, case: str, expected: str) -> None:
    assert nominative(source, lang, case) == expected  # type: ignore[arg-type]  # the table holds plain text


def test_sentences_do_not_end_at_initials_and_abbreviations() -> None:
    assert sentences("Lt. Gen. Z. Hasanov spoke on Feb. 21. A. Nasirov answered. End.") == [
        "Lt. Gen. Z. Hasanov spoke on Feb. 21.",
        "A. Nasirov answered.",
        "End.",
    ]


@settings(max_examples=60)
@given(st.text(max_size=300), st.sampled_from(LANGS))
def test_no_word_is_invented(text: str, lang: Lang) -> None:
    rest = " ".join(take_off([text], lang, OWN).paragraphs)
    assert set(rest.casefold()) <= set(text.casefold()) | set(" .i̇")
