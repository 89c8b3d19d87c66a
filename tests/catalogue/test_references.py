"""The articles that modules cite: read, published, shown with how sure they are."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from app.catalogue import services_pages
from app.catalogue.citations import articles_of
from app.catalogue.path_file import BadFileError, read_references
from app.catalogue.queries import list_references
from app.catalogue.views import references as views
from app.database import utc_now
from tests.catalogue.texts import MODULE, read
from tests.factories import Factories
from tests.signing_in import sign_in

TEXT = """
csi-r434-9:
  code: CSI
  number: R. 434-9
  object: {fr: "Probité : ni avantage <b>ni cadeau</b>", en: "Integrity"}
  status: verifie
  source: V·LEGI
  as_of: 2025-07
  checked_on: 2026-11-23
cp-432-12:
  code: CP
  number: art. 432-12
  object: {fr: "Prise illégale d'intérêts"}
  status: a-verifier
  source: V·page
  checked_on: 2026-11-23
"""


def publish_references(session: Session) -> None:
    for language, sections in read_references(TEXT).items():
        services_pages.publish_page(session, "references", language, sections, now=utc_now())
    session.commit()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("status: verifie", "status: sur", "status"),
        ("  code: CSI\n", "", "code"),
        ("  number: R. 434-9\n", "", "number"),
        ('{fr: "Probité : ni avantage <b>ni cadeau</b>", en: "Integrity"}', "{en: X}", "object"),
        ("  checked_on: 2026-11-23\ncp", "  checked_on: []\ncp", "checked_on"),
    ],
)
def test_an_entry_that_is_not_complete_is_named(old: str, new: str, key: str) -> None:
    assert old in TEXT
    with pytest.raises(BadFileError) as caught:
        read_references(TEXT.replace(old, new, 1))
    assert (caught.value.entry, caught.value.key) == ("csi-r434-9", key)


def test_an_entry_that_is_no_mapping_is_named() -> None:
    with pytest.raises(BadFileError):
        read_references("csi-r434-9: rien")


def test_what_an_article_is_about_has_the_spaces_of_french() -> None:
    text = TEXT.replace("Probité : ni avantage <b>ni cadeau</b>", "L'usage dit « probité »")
    assert text != TEXT
    shown = read_references(text)["fr"][0]["html"]
    assert shown == "L’usage dit «\u202fprobité\u202f»"


def test_references_come_in_the_order_of_the_file_and_in_each_language(session: Session) -> None:
    publish_references(session)
    french, english = (list_references(session, language) for language in ("fr", "en"))
    assert [one.title for one in french] == ["CSI R. 434-9", "CP art. 432-12"]
    assert english[0].html == "Integrity"
    assert english[1].html == french[1].html
    assert list_references(session, "de") == []


def test_articles_are_found_wherever_a_module_cites_them() -> None:
    text = MODULE.replace(
        "**Explication :**", "**Références :** CP art. 432-12\n\n**Explication :**"
    )
    module = read(text).modules["fr"]
    assert "cp 432-12" in articles_of(module)


def test_the_page_says_how_sure_each_is_and_which_modules_cite_it(
    app: Flask, catalogue: Session, factories: Factories
) -> None:
    publish_references(catalogue)
    agent = factories.agent()
    catalogue.commit()
    client = sign_in(app, agent)
    page = html.fromstring(client.get("/references").text)
    rows = {row.xpath("string(th)"): row for row in page.xpath("//tbody/tr")}
    first, second = (" ".join(row.text_content().split()) for row in rows.values())
    assert "Vérifié" in first
    assert "texte de juillet 2025, lu le 23 novembre 2026" in first
    assert "<b>ni cadeau</b>" in first, "a summary is text, whatever it holds"
    assert "À vérifier" in second
    assert "consulté le 23 novembre 2026" in second
    cited = rows["CSI R. 434-9"].xpath(".//a/@href")
    assert cited == (["/modules/cafe-offert"] if "434-9" in MODULE else [])


def test_the_articles_of_one_module_are_listed_alone(
    app: Flask, catalogue: Session, factories: Factories
) -> None:
    publish_references(catalogue)
    agent = factories.agent()
    catalogue.commit()
    client = sign_in(app, agent)
    page = client.get("/references?module=cafe-offert")
    cited = [one for one in ("434-9", "432-12") if one in MODULE]
    assert [one for one in ("434-9", "432-12") if f"{one}</th>" in page.text] == cited
    assert 'href="/modules/cafe-offert"' in page.text
    assert client.get("/references?module=inconnu").status_code == 404


def test_a_long_list_is_cut_in_pages(
    app: Flask, catalogue: Session, factories: Factories, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    publish_references(catalogue)
    agent = factories.agent()
    catalogue.commit()
    client = sign_in(app, agent)
    pages = [client.get(f"/references?page={number}") for number in (1, 2, 3)]
    assert [page.status_code for page in pages] == [200, 200, 404]
    rows = [html.fromstring(page.text).xpath("//tbody/tr/th/text()") for page in pages[:2]]
    assert rows == [["CSI R. 434-9"], ["CP art. 432-12"]]
    assert client.get("/references?page=abc").status_code == 404


def test_the_page_says_what_to_do_before_anything_is_published(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent = factories.agent()
    session.commit()
    client = sign_in(app, agent)
    assert "content/references.yml" in client.get("/references").text
