"""Sections of the three sites as far as they are known, with the label each prints."""

from __future__ import annotations

from typing import Final

REPORT: Final[dict[str, dict[str, str | None]]] = {
    "az": {
        "herbi-xeberler": "Hərbi",
        "xarici-siyaset": "Xarici siyasət",
        "daxili-siyaset": "Daxili siyasət",
        "hadise": "Hadisə",
        "diger-olkeler": "Digər ölkələr",
        "region-xeberleri": "Region",
        "futbol-xeberleri": "Futbol",
        "komanda": "Komanda",
        "ferdi": "Fərdi",
        "maliyye-xeberleri": "Maliyyə",
        "sehiyye-xeberler": "Səhiyyə",
        "energetika": "Energetika",
        "elm-ve-tehsil-xeberleri": "Elm və təhsil",
        "incesenet-xeberleri": "İncəsənət",
        "dini-xeberler": "Din",
        "infrastruktur": "İnfrastruktur",
        "ekologiya": "Ekologiya",
        "biznes-xeberleri": "Biznes",
        "diaspora": "Diaspor",
        "ikt": "İKT",
        "medeniyyet-siyaseti": "Mədəniyyət siyasəti",
        "media-xeber": "Media",
        "qarabag": "Qarabağ",
        "analitika": "Analitika",
        "report-studio": None,
        "formula-1": "Formula 1",
        "milli-meclis": "Milli Məclis",
    },
    "en": {
        "military": "Military",
        "foreign-politics": "Foreign policy",
        "domestic-politics": "Domestic policy",
        "other-countries": "Other countries",
        "region": "Region",
        "karabakh": "Karabakh",
        "nagorno-karabakh": "Nagorno-Karabakh",
        "multimedia": None,
        "finance": "Finance",
        "energy": "Energy",
        "infrastructure": "Infrastructure",
        "diaspora": "Diaspora",
        "milli-majlis": "Milli Majlis",
        "football": "Football",
        "individual-sports": "Individual sports",
        "incident": "Incident",
        "other": "Other",
        "ict": "ICT",
        "cop29": "COP29",
        "analytics": "Analytics",
        "business": "Business",
    },
    "ru": {
        "armiya": "Армия",
        "vneshnyaya-politika": "Внешняя политика",
        "vnutrennyaya-politika": None,
        "drugie-strany": "Другие страны",
        "drugie": None,
        "region": "Регион",
        "milli-mejlis": "Милли Меджлис",
        "karabakh": "Карабах",
        "biznes": "Бизнес",
        "finansy": "Финансы",
        "energetika": "Энергетика",
        "infrastruktura": "Инфраструктура",
        "futbol": "Футбол",
        "proisshestviya": "Происшествия",
        "ikt": "ИКТ",
        "analitika": "Аналитика",
        "multimedia": None,
        "cop29": "COP29",
    },
}
"""Language to section to label. None: pages of this section print no label."""

AZERNEWS: Final = (
    "nation",
    "region",
    "business",
    "culture",
    "analysis",
    "sports",
    "oil_and_gas",
    "healthcare",
    "karabakh",
    "events",
    "aggression",
    "lifestyle",
)

MENAFN: Final = ("Home", "Business", "Politics", "Sports", "Entertainment", "Health", "Telecom")
"""Names in the JSON addresses; every story also stands in Home."""

REPORT_PREFIX: Final = {"az": "", "en": "/en", "ru": "/ru"}
REPORT_MILITARY: Final = {"az": "herbi-xeberler", "en": "military", "ru": "armiya"}
