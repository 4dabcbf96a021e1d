"""People who are named and do not take part, and those who do after all."""

from __future__ import annotations

import pytest

from crawler.items import Lang
from tests.mentions.articles import people, read_one


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "While Prime Minister Juan Vega was in Azerbaijan, Zakir Hasanov met Peru's Luis Soto."),
        ("en", "During the visit of President Juan Vega, Zakir Hasanov met Peru's Luis Soto."),
        ("en", "Zakir Hasanov met Karim Valiyev's deputy and Peru's Luis Soto."),
        ("en", "Zakir Hasanov met Peru's Luis Soto. Soto thanked President Ilham Aliyev."),
        ("en", "Zakir Hasanov met Peru's Luis Soto. Colonel Juan Vega commented on the talks."),
        ("en", "Zakir Hasanov met Peru's Luis Soto. An invitation was sent by Karim Valiyev."),
        ("az", "Prezident Xuan Veqanın Azərbaycana səfəri günlərində Zakir Həsənov Perunun naziri Luis Soto ilə görüşüb."),
        ("az", "Zakir Həsənov Perunun naziri Luis Soto ilə görüşüb, Prezident İlham Əliyevin Limaya səfərinin əhəmiyyətindən danışıb."),
        ("ru", "В рамках визита президента Хуана Веги Закир Гасанов встретился с министром обороны Перу Луисом Сото."),
        ("ru", "Закир Гасанов встретился с министром обороны Перу Луисом Сото. Приглашение направил Керим Велиев."),
        ("en", "Zakir Hasanov met Peru's Luis Soto, who had replaced General Juan Vega."),
        ("en", "Zakir Hasanov met Peru's Luis Soto. General Juan Vega will visit Baku next year."),
        ("en", "Zakir Hasanov met Peru's Luis Soto. The talks were ordered by President Juan Vega."),
        ("en", "Peru's Luis Soto, who had lost a vote to General Juan Vega, met Zakir Hasanov."),
        ("ru", "Луис Сото из Перу, победивший генерала Хуана Вегу, встретился с Закиром Гасановым."),
        ("az", "Zakir Həsənov Perunun naziri Luis Soto ilə görüşüb. Dəvəti Kərim Vəliyev göndərib."),
        ("az", "Zakir Həsənov general Xuan Veqanın yerinə təyin edilmiş Perunun naziri Luis Soto ilə görüşüb."),
        ("az", "Zakir Həsənov Perunun naziri Luis Soto ilə görüşüb. Bunu mətbuat katibi Elnur Talıbov bildirib."),
        ("ru", "Закир Гасанов встретился с министром обороны Перу Луисом Сото, сменившим генерала Хуана Вегу."),
        ("ru", "Закир Гасанов встретился с министром обороны Перу Луисом Сото. Об этом сообщил пресс-секретарь Эльнур Талыбов."),
    ],
)  # fmt: skip
def test_absent(lang: Lang, text: str) -> None:
    assert len(people(read_one(lang, text))) == 2


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Invited by Luis Soto, Peru's defence minister, Zakir Hasanov met his Peruvian counterpart in Lima."),
        ("en", "The plan was signed on behalf of Azerbaijan by Zakir Hasanov, on behalf of Peru by General Luis Soto."),
        ("az", "Perunun müdafiə naziri Luis Sotonun dəvəti ilə Limaya gedən Zakir Həsənov perulu həmkarı ilə görüşüb."),
        (
            "ru",
            "Закир Гасанов прибыл в Перу. Его пригласил министр обороны Луис Сото, с которым затем состоялась встреча.",
        ),
    ],
)
def test_present_all_the_same(lang: Lang, text: str) -> None:
    names = {name for name, _ in people(read_one(lang, text))}
    assert len(names & {"Luis Soto", "Луис Сото", "Zakir Hasanov", "Zakir Həsənov", "Закир Гасанов"}) == 2


@pytest.mark.parametrize(
    ("lang", "text", "person"),
    [
        ("en", "Zakir Hasanov met Luis Soto of Peru, accompanied by Juan Vega.", "Juan Vega"),
        ("en", "Zakir Hasanov met Luis Soto of Peru. Ambassador Juan Vega was among those present.", "Juan Vega"),
        ("en", "Zakir Hasanov received Peru's Defence Minister Luis Soto and Admiral Juan Vega.", "Juan Vega"),
        ("en", "Peru's Defence Minister Luis Soto came to Baku, where Zakir Hasanov and Karim Valiyev received him.", "Luis Soto"),
        ("en", "Peru's Defence Minister Luis Soto, with whom Zakir Hasanov held talks, praised the army.", "Luis Soto"),
        ("en", "Zakir Hasanov received Peru's General Luis Soto and Colonel Juan Vega.", "Juan Vega"),
        ("en", "Zakir Hasanov met Peru's Defence Minister Luis Soto. General Juan Vega came too.", "Juan Vega"),
        ("en", "At the signing of the plan by Zakir Hasanov and Peru's Luis Soto, General Juan Vega smiled.", "Juan Vega"),
        ("az", "Zakir Həsənov Perunun naziri Luis Soto ilə görüşüb. Görüşdə general Xuan Veqa dinləyib.", "Xuan Veqa"),
        ("az", "Zakir Həsənov Perunun müdafiə naziri Luis Soto və admiral Xuan Veqanı qəbul edib.", "Xuan Veqa"),
        ("az", "Zakir Həsənov Perunun müdafiə naziri Luis Soto ilə görüşüb. Səfir Xuan Veqa da görüşdə iştirak edib.", "Xuan Veqa"),
        ("az", "Perunun müdafiə naziri Xuan Veqa Bakıya gəlib. Onu Zakir Həsənov qəbul edib.", "Xuan Veqa"),
        ("ru", "Закир Гасанов принял министра обороны Перу Луиса Сото и адмирала Хуана Вегу.", "Хуан Вега"),
        ("ru", "Закир Гасанов принял министра обороны Перу Луиса Сото. Во встрече участвовал посол Хуан Вега.", "Хуан Вега"),
        ("ru", "Закир Гасанов принял генерала Перу Луиса Сото и полковника Хуана Вегу.", "Хуан Вега"),
        ("ru", "Закир Гасанов принял министра обороны Перу Луиса Сото. При встрече слушал генерал Хуан Вега.", "Хуан Вега"),
        ("ru", "Министр обороны Перу Хуан Вега прибыл в Баку. Его принял Закир Гасанов.", "Хуан Вега"),
        ("ru", "Министр обороны Перу Хуан Вега, с которым Закир Гасанов провел переговоры, похвалил армию.", "Хуан Вега"),
    ],
)  # fmt: skip
def test_company(lang: Lang, text: str, person: str) -> None:
    assert (person, "PE") in people(read_one(lang, text))
