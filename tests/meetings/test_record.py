from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from crawler.items import Agreement, EventCode, Place
from crawler.meetings.codes import event_code
from crawler.meetings.overrides import Overrides, OverridesError, parse_overrides, read_overrides
from crawler.meetings.people import canonical_name, could_be_one, gather, same_person
from crawler.meetings.record import compose
from crawler.meetings.report import founding_id, make_report
from crawler.meetings.resolver import resolve
from tests.meetings.making import CHIEF, GUEST, MINISTER, OTHER_GUEST, make, people, report

SEEN = dt.datetime(2026, 3, 5, 8, 0, tzinfo=dt.UTC)
DAY = {"published": "2026-03-04", "date": "2026-03-04"}


def composed(*made, overrides=None):
    overrides = overrides or Overrides()
    clusters = resolve([make_report(article, mention) for article, mention in made], overrides)
    articles = {article.url: article for article, _ in made}
    return [
        compose(cluster, articles, revision=1, first_seen=SEEN, last_changed=SEEN, overrides=overrides)
        for cluster in clusters
    ]


TRIO = (
    make(
        "report.az/en/military/visit",
        published="2026-03-04T16:20",
        headline="Ministers of defense meet in Baku",
        alternates=("report.az/herbi/sefer",),
        city="Baku",
        topics=("military_education",),
    ),
    make(
        "report.az/herbi/sefer",
        lang="az",
        published="2026-03-04T16:05",
        headline="Nazirlər Bakıda görüşüb",
        city="Baku",
    ),
    make(
        "menafn.com/1110000001/Ministers-Of-Defense-Meet",
        published="2026-03-05T07:10",
        headline="Ministers Of Defense Meet In Baku",
        topics=("regional_security",),
        agreements=(Agreement(kind="plan", title="Plan for 2027", year=2027),),
    ),
)


def test_one_record_of_three_sources():
    (meeting,) = composed(*TRIO)
    first = founding_id("https://report.az/herbi/sefer", 0)
    assert meeting.id == first
    assert len(meeting.merged_ids) == 2
    assert meeting.date == "2026-03-04"
    assert meeting.date_source == "published"
    assert meeting.headline == "Ministers of defense meet in Baku"
    assert meeting.headlines == {"en": "Ministers of defense meet in Baku", "az": "Nazirlər Bakıda görüşüb", "ru": None}
    assert [variant.lang for variant in meeting.headline_variants] == ["en", "az"]
    assert [source.relation for source in meeting.sources] == ["original", "translation", "syndicated"]
    assert [evidence.rule for evidence in meeting.merge_evidence][:2] == ["first-report", "page-alternates"]
    assert meeting.topics == ("military_education", "regional_security")
    assert meeting.agreements[0].year == 2027
    assert [(person.name, person.country) for person in meeting.participants] == [
        ("Elman Guliyev", "AZ"),
        ("Marek Dubrovski", "PL"),
    ]
    assert meeting.participants[0].post == "Minister of Defence"
    assert {variant.lang for variant in meeting.participants[0].variants} == {"en", "az"}
    assert meeting.countries == ("AZ", "PL")
    assert meeting.place == Place(city="Baku", country=None)
    assert meeting.first_seen == "2026-03-05T08:00:00+00:00"


def test_conflicts_are_settled_and_stay_visible():
    a = make(
        "a.az/1", published="2026-03-04T10:00", date="2026-03-04", city="Baku", headline="Ministers meet in the capital"
    )
    b = make("a.az/2", lang="az", alternates=("a.az/1",), published="2026-03-04T11:00", date="2026-03-05", city="Ganja")
    (meeting,) = composed(a, b)
    assert (meeting.date, meeting.place and meeting.place.city) == ("2026-03-04", "Baku")
    said = {(evidence.url, evidence.rule, evidence.detail) for evidence in meeting.merge_evidence}
    assert ("https://a.az/2", "conflict-date", "says 2026-03-05, kept 2026-03-04") in said
    assert ("https://a.az/2", "conflict-place", "says Ganja, kept Baku") in said


def test_what_only_a_copy_says_has_no_weight():
    text = " ".join(f"word{n} of the report on the talks in the ministry" for n in range(8))
    own = make("report.az/en/1", published="2026-03-04T14:00", date="2026-03-04", city="Baku", text=text)
    changed = {"who": (MINISTER, ("Piotr Nowik", "minister_of_defence", "PL")), "city": "Ganja", "text": text + " new"}
    copy = make("menafn.com/1", published="2026-03-04T08:00", date="2026-03-05", **changed)
    (meeting,) = composed(copy, own)
    assert meeting.id == founding_id("https://report.az/en/1", 0)
    assert (meeting.date, meeting.place and meeting.place.city) == ("2026-03-04", "Baku")
    assert [person.name for person in meeting.participants] == ["Elman Guliyev", "Marek Dubrovski"]
    assert {source.url: source.relation for source in meeting.sources} == {
        "https://menafn.com/1": "syndicated",
        "https://report.az/en/1": "original",
    }
    assert {evidence.rule: evidence.detail for evidence in meeting.merge_evidence if "conflict" in evidence.rule} == {
        "conflict-date": "says 2026-03-05, kept 2026-03-04",
        "conflict-place": "says Ganja, kept Baku",
        "conflict-participant": "names Piotr Nowik",
    }


def test_stated_day_goes_before_a_day_of_publication():
    a = make("a.az/1", published="2026-03-05")
    b = make("b.az/1", lang="ru", published="2026-03-06", date="2026-03-04")
    (meeting,) = composed(a, b)
    assert (meeting.date, meeting.date_source) == ("2026-03-04", "stated")


def test_announced_and_held_is_held():
    a = make("a.az/1", published="2026-03-01", date="2026-03-04", status="announced")
    b = make("b.az/1", **DAY)
    (meeting,) = composed(a, b)
    assert meeting.status == "held"
    (planned,) = composed(a)
    assert planned.event_code == EventCode(cameo="036", plover="AGREE", mode=None)


def test_only_the_named_take_part():
    article, mention = make("a.az/1", **DAY)
    unnamed = replace(mention.people[1], name=None)
    (meeting,) = composed((article, replace(mention, people=(mention.people[0], unnamed))))
    assert [person.name for person in meeting.participants] == ["Elman Guliyev"]


@pytest.mark.parametrize(
    ("kind", "status", "place", "host", "code"),
    [
        ("bilateral", "held", Place(city="Baku", country="AZ"), None, ("040", "CONSULT", None)),
        ("bilateral", "held", Place(city="Geneva", country="CH"), None, ("044", "CONSULT", "third-party")),
        ("call", "held", None, None, ("041", "CONSULT", "phone")),
        ("multilateral", "held", None, None, ("040", "CONSULT", "multilateral")),
        ("signing", "held", None, None, ("057", "SUPPORT", None)),
        ("visit", "held", None, "AZ", ("043", "CONSULT", "visit")),
        ("visit", "held", Place(city="Warsaw", country="PL"), None, ("042", "CONSULT", "visit")),
        ("internal", "held", None, None, ("040", "CONSULT", None)),
        ("call", "announced", None, None, ("036", "AGREE", None)),
    ],
)
def test_event_code(kind, status, place, host, code):
    found = event_code(kind, status, place=place, host=host, parties=("AZ", "PL"))
    assert (found.cameo, found.plover, found.mode) == code


# --- people ---


@pytest.mark.parametrize("name", [MINISTER, CHIEF, GUEST])
def test_three_spellings_are_one_person(name):
    spelled = [people(name, lang=lang)[0] for lang in ("en", "az", "ru")]
    assert all(same_person(a, b) for a in spelled for b in spelled)
    assert len(gather(spelled)) == 1


def test_cousins_of_one_letter_need_the_same_post():
    karim = people(("Karim Valiyev", "chief_of_general_staff", "AZ"))[0]
    other = people(("Karim Aliyev", "ambassador", "AZ"))[0]
    assert not same_person(karim, other)


def test_same_name_of_another_country_is_another_person():
    a, b = people(GUEST, ("Marek Dubrovski", "minister_of_defence", "CZ"))
    assert not same_person(a, b)


def test_spellings_of_one_known_person_are_one_person():
    english = people(("Javier Colomina", "special_representative", "NATO"), lang="en")[0]
    russian = people(("Хавьер Коломина", "counterpart", "NATO"), lang="ru")[0]
    assert same_person(english, russian)


def test_letters_of_the_country_make_one_person():
    english = people(("Andrzej Papierz", "ambassador", "PL"), lang="en")[0]
    russian = people(("Анджей Папеж", "ambassador", "PL"), lang="ru")[0]
    assert same_person(english, russian)


def test_a_counterpart_may_be_the_office_holder_of_another_language():
    english = people(("Goga Matishvili", "counterpart", "GE"), lang="en")[0]
    assert could_be_one(english, people(("Гоча Матишвили", "minister_of_defence", "GE"), lang="ru")[0])
    assert not could_be_one(english, people(("Леван Гагуа", "minister_of_defence", "GE"), lang="ru")[0])


def test_nobody_meets_his_namesake_of_another_country():
    azerbaijani = people(("Giorgi Lomidze", "chief_of_general_staff", "TR"), lang="az")[0]
    russian = people(("Георгий Ломидзе", "chief_of_general_staff", "GE"), lang="ru")[0]
    cousin = people(("Лаша Ломидзе", "chief_of_general_staff", "GE"), lang="ru")[0]
    assert len(gather([azerbaijani, russian])) == 1
    assert len(gather([azerbaijani, cousin])) == 2


@pytest.mark.parametrize(
    ("variants", "name"),
    [
        ([("Закир Гасанов", "ru")], "Zakir Hasanov"),
        ([("Z. Həsənov", "az"), ("Zakir Həsənov", "az")], "Zakir Hasanov"),
        ([("Elman Quliyev", "az"), ("Elman Guliyev", "en")], "Elman Guliyev"),
        ([("Elxan Cəfərli", "az")], "Elkhan Jafarli"),
    ],
)
def test_canonical_name(variants, name):
    assert canonical_name(variants, "AZ") == name


# --- overrides ---

DECIDED = 'who = "R. M."\nwhen = 2026-03-10\nwhy = "read both pages"\n'


def decide(text):
    return parse_overrides(text.replace("DECIDED", DECIDED))


def test_merge_and_split():
    a, b, c = make("a.az/1", **DAY), make("b.az/1", who=(CHIEF, GUEST), **DAY), make("c.az/1", lang="ru", **DAY)
    assert len(composed(a, b, c)) == 2
    joined = decide('[[merge]]\nreports = ["https://a.az/1", "https://b.az/1"]\nDECIDED')
    (meeting,) = composed(a, b, c, overrides=joined)
    assert "override" in {evidence.rule for evidence in meeting.merge_evidence}
    parted = decide('[[split]]\ngroups = [["https://a.az/1"], ["https://c.az/1"]]\nDECIDED')
    assert len(composed(a, b, c, overrides=parted)) == 3


def test_not_a_meeting_and_correction():
    a, b = make("a.az/1", **DAY), make("b.az/1", who=(CHIEF, OTHER_GUEST), **DAY)
    text = f"""
[[not-a-meeting]]
report = "{founding_id("https://b.az/1", 0)}"
DECIDED
[[correction]]
report = "https://a.az/1"
field = "date"
value = 2026-03-03
DECIDED
[[correction]]
report = "https://a.az/1"
field = "headlines.en"
value = "Two ministers meet"
DECIDED
"""
    (meeting,) = composed(a, b, overrides=decide(text))
    assert (meeting.date, meeting.headline) == ("2026-03-03", "Two ministers meet")
    assert [e.rule for e in meeting.merge_evidence].count("override") == 2


def test_alias_makes_one_person_of_two_spellings():
    a = make("a.az/1", who=(MINISTER, ("Marek Dubrovski", "military_attache", "PL")), **DAY)
    b = make("b.az/1", who=(MINISTER, ("M. Dombrowski-Nowy", "military_attache", "PL")), **DAY)
    assert len(composed(a, b)) == 2
    text = '[[alias]]\nspellings = ["M. Dombrowski-Nowy", "Marek Dubrovski"]\nname = "Marek Dubrowski"\nDECIDED'
    (meeting,) = composed(a, b, overrides=decide(text))
    assert [person.name for person in meeting.participants] == ["Elman Guliyev", "Marek Dubrowski"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[merge]\n", "is no TOML"),
        ("[[join]]\n", "unknown section 'join'"),
        ('[[merge]]\nreports = ["https://a.az/1"]\nDECIDED', r"\[\[merge\]\] entry 1: 'reports' needs two"),
        ('[[merge]]\nreports = ["x", "y"]\n', r"entry 1: 'who' is missing"),
        ('[[merge]]\nreports = ["x", "y"]\nwho = "a"\nwhy = "b"\nwhen = "soon"\n', "entry 1: 'when'"),
        ('[[split]]\ngroups = [["x"], ["x"]]\nDECIDED', "names a report in two groups"),
        ('[[correction]]\nreport = "x"\nfield = "revision"\nvalue = 1\nDECIDED', "'field' is none of"),
        ('[[correction]]\nreport = "x"\nfield = "kind"\nvalue = "party"\nDECIDED', "'value' is none of"),
        (
            '[[alias]]\nspellings = ["x"]\nname = "y"\nDECIDED[[alias]]\nspellings = ["x"]\nname = "z"\nDECIDED',
            "already",
        ),
        ('[[merge]]\nreports = ["x", "y"]\nDECIDED[[split]]\ngroups = [["x"], ["y"]]\nDECIDED', "keeps apart"),
        ('[[merge]]\nreports = ["x", "y"]\nDECIDED[[not-a-meeting]]\nreport = "y"\nDECIDED', "declared no meeting"),
        ('[[not-a-meeting]]\nurl = "y"\nDECIDED', "unknown key 'url'"),
        ('[merge]\nreports = ["x", "y"]\n', "merge"),
    ],
)
def test_bad_overrides_are_named(text, message):
    with pytest.raises(OverridesError, match=message):
        decide(text)


def test_overrides_of_a_file(tmp_path):
    path = tmp_path / "overrides.toml"
    assert read_overrides(path) == Overrides()
    path.write_text("[[join]]", encoding="utf-8")
    with pytest.raises(OverridesError, match=r"overrides\.toml: unknown section"):
        read_overrides(path)


def test_id_is_fixed():
    assert founding_id("https://report.az/en/military/visit", 0) == "m5f8e519b33c3474b7d69"


def test_report_without_a_day_comes_last():
    assert report("a.az/1").order > report("b.az/1", **DAY).order
