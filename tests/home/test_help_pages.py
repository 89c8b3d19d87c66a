from __future__ import annotations

import pytest

from app.access import Role
from app.catalogue.models import PublishedPage
from app.dialect.compiled import Prose, Step
from app.people.models import EthicsContact, Setting
from tests import record_rows
from tests.pages import parse, words
from tests.signing_in import sign_in


@pytest.fixture
def client(app, session, factories):
    agent = factories.agent()
    session.commit()
    return sign_in(app, agent)


def page(**values):
    facts = {
        "slug": "que-faire-si", "language": "fr", "sha256": "x",
        "sections": [
            {"id": "cadeau", "title": "On m’offre un cadeau", "html": "<p>Remerciez.</p>"},
            {"id": "proche", "title": "Un proche", "html": "<p>Retirez-vous.</p>"},
        ],
    }  # fmt: skip
    return PublishedPage(**facts | values)


def test_what_to_do_has_a_section_and_an_anchor_for_each(client, session):
    session.add(page())
    session.commit()
    answer = client.get("/que-faire-si")
    assert "Remerciez." in words(answer)
    assert parse(answer).xpath("//main//details/div/@id") == ["cadeau", "proche"]


def test_what_to_do_falls_back_on_french_and_says_so(client, session):
    session.add(page())
    session.commit()
    with client.session_transaction() as cookie:
        cookie["language"] = "en"
    tree = parse(client.get("/que-faire-si"))
    assert tree.get("lang") == "en"
    assert tree.xpath("//div[@class='situations']/@lang") == ["fr"]


def test_what_to_do_without_data_says_what_to_do(app, client, session, factories):
    assert "référent déontologue" in words(client.get("/que-faire-si"))
    administrator = factories.agent(Role.ADMINISTRATOR)
    session.commit()
    text = words(sign_in(app, administrator).get("/que-faire-si"))
    assert "flask content publish" in text


def test_contacts_are_those_of_ones_corps(client, session):
    session.add(EthicsContact(corps="pn", kind="referent", name="Hélène", phone="poste 12",
                              email="h@valdore.example", address="https://valdore.example",
                              hours="9 h"))  # fmt: skip
    session.add(EthicsContact(corps="gn", kind="referent", name="Karim"))
    session.commit()
    answer = client.get("/mes-contacts")
    text = words(answer)
    assert "Hélène" in text
    assert "Karim" not in text
    assert "mailto:h@valdore.example" in parse(answer).xpath("//main//a/@href")
    assert "Karim" in words(client.get("/mes-contacts?corps=gn"))
    assert "Hélène" in words(client.get("/mes-contacts?corps=inconnu"))


def test_a_missing_contact_says_whom_to_ask(client, session):
    session.add(EthicsContact(corps="pn", kind="listening"))
    session.commit()
    text = words(client.get("/mes-contacts"))
    assert text.count("Demandez à v") == 4


def test_a_search_leads_to_the_module_or_to_the_step(client, session, factories, app):
    steps = (Step(id="un", title="Le café", blocks=(Prose(html="<p>Un café offert.</p>"),)),)
    published = record_rows.version(factories, steps=steps)
    session.commit()
    answer = client.get("/recherche?q=cafe")
    assert "1 étape trouvée." in words(answer)
    assert parse(answer).xpath("//main//mark")
    assert "/modules/probite" in parse(answer).xpath("//main//h2/a/@href")

    reader = factories.agent()
    record_rows.enrolment(factories, reader, published)
    session.commit()
    links = parse(sign_in(app, reader).get("/recherche?q=cafe")).xpath("//main//h2/a/@href")
    assert links == ["/apprendre/probite/etapes/un"]


def glossary(**values):
    terms = [
        {"id": "deport", "title": "Déport", "also": "se déporter",
         "definition": "Se <b>retirer</b>.",
         "html": "<p>Se <b>retirer</b>.</p><p>CGFP L. 122-1.</p>"},
        {"id": "csi", "title": "Code de la sécurité intérieure", "also": "CSI",
         "definition": "Un code.", "html": "<p>Un code.</p>"},
    ]  # fmt: skip
    facts = {"slug": "glossaire", "language": "fr", "sha256": "x", "sections": terms}
    return PublishedPage(**facts | values)


def test_the_glossary_is_alphabetical_with_a_place_for_each_term(client, session):
    session.add(glossary())
    session.commit()
    answer = client.get("/glossaire")
    page = parse(answer)
    assert page.xpath("//main//section/h2/text()") == ["C", "D"]
    assert page.xpath("//main//dl/div/@id") == ["csi", "deport"]
    assert page.xpath("//main//nav[@class='letters']//a/@href") == ["#lettre-c", "#lettre-d"]
    assert "Déport se déporter Se retirer.CGFP L. 122-1." in words(answer)
    for path in ("/", "/plan-du-site"):
        assert "/glossaire" in parse(client.get(path)).xpath("//a/@href")


def test_a_long_glossary_is_read_some_letters_at_a_time(client, session):
    long = [
        {"id": f"{letter}-{number}", "title": f"{letter.upper()} {number}", "also": "",
         "definition": "Dit.", "html": f"<p>{'Dit. ' * 400}</p>"}
        for letter in "abcd" for number in range(3)
    ]  # fmt: skip
    session.add(glossary(sections=long))
    session.commit()
    seen = []
    for number in (1, 2):
        page = parse(client.get(f"/glossaire?page={number}"))
        seen += page.xpath("//main//dl/div/@id")
        assert len(page.xpath("//main//section/h2")) == 2
        letters = page.xpath("//main//nav[@class='letters']//a/@href")
        elsewhere = [link for link in letters if not link.startswith("#")]
        assert len(letters) == 4
        others = "cd" if number == 1 else "ab"
        assert elsewhere == [f"/glossaire?page={3 - number}#lettre-{one}" for one in others]
    assert seen == [one["id"] for one in long]
    assert "d-2" in parse(client.get("/glossaire?terme=d-2")).xpath("//main//dl/div/@id")
    assert "a-0" in parse(client.get("/glossaire?terme=gone")).xpath("//main//dl/div/@id")
    for nowhere in ("0", "3", "x"):
        assert client.get(f"/glossaire?page={nowhere}").status_code == 404


def test_the_glossary_falls_back_on_french_and_says_so(client, session):
    session.add(glossary())
    session.commit()
    with client.session_transaction() as cookie:
        cookie["language"] = "en"
    page = parse(client.get("/glossaire"))
    assert page.xpath("//main//div[@class='glossary']/@lang") == ["fr"]


def test_an_unpublished_glossary_says_what_to_do(app, client, session, factories):
    assert "Les définitions arriveront ici" in words(client.get("/glossaire"))
    trainer = factories.agent(Role.TRAINER)
    session.commit()
    assert "flask content publish" in words(sign_in(app, trainer).get("/glossaire"))


def test_a_visitor_has_no_glossary(app):
    assert app.test_client().get("/glossaire").status_code == 302
    assert "/glossaire" not in parse(app.test_client().get("/plan-du-site")).xpath("//a/@href")


def test_a_search_finds_the_glossary_first(client, session):
    session.add(glossary())
    session.commit()
    answer = client.get("/recherche?q=déport")
    assert "Dans le glossaire Déport Se retirer." in words(answer)
    assert parse(answer).xpath("//main//dt/a/@href") == ["/glossaire?terme=deport#deport"]
    assert "Dans le glossaire" not in words(client.get("/recherche?q=retirer"))
    assert "Dans le glossaire" not in words(client.get("/recherche?q=+"))


@pytest.mark.parametrize("query", ["zzz", "<script>alert(1)</script>", "é" * 400, "%", "\\"])
def test_a_search_without_a_match_says_so(client, query):
    answer = client.get("/recherche", query_string={"q": query})
    assert "Rien ne correspond" in words(answer)
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_a_search_for_nothing_shows_the_form(client):
    assert "trouvée" not in words(client.get("/recherche?q=+"))


PUBLIC = ["/plan-du-site", "/accessibilite", "/mentions-legales", "/donnees-personnelles"]


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("signed_in", [False, True])
def test_what_the_site_says_of_itself_is_open_to_all(app, client, path, signed_in):
    answer = (client if signed_in else app.test_client()).get(path)
    assert answer.status_code == 200
    assert len(parse(answer).xpath("//h1")) == 1


def test_the_settings_are_said_where_they_are_set(app, session):
    client = app.test_client()
    assert "à renseigner par l’administrateur" in words(client.get("/mentions-legales"))
    for key, value in (("organisation", "Préfecture du Valdoré"), ("publisher", "La préfète"),
                       ("host", "Hébergeur"), ("support", "aide@valdore.example"),
                       ("data_officer", "dpd@valdore.example"),
                       ("practice_retention_days", "45")):  # fmt: skip
        session.add(Setting(key=key, value=value))
    session.commit()
    text = words(client.get("/mentions-legales"))
    for said in ("Préfecture du Valdoré", "La préfète", "Hébergeur", "aide@valdore.example"):
        assert said in text
    assert "aide@valdore.example" in words(client.get("/accessibilite"))
    data = words(client.get("/donnees-personnelles"))
    assert "45 jours" in data
    assert "dpd@valdore.example" in data


def test_the_statement_says_that_no_audit_was_made(app):
    text = words(app.test_client().get("/accessibilite"))
    assert "Aucun tiers n’a audité ce site" in text
