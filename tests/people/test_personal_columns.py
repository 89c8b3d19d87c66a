"""Every column is known as personal, with how long it is kept, or as about nobody."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app import models
from app.database import Model
from app.people.personal_columns import APART, IMPERSONAL, KEPT, NOBODY, PERSONAL, Kind
from app.people.settings import NumberKey

ALL_TABLES = models.__all__
HEADINGS = {
    Kind.IDENTITY: "Identité, affectations, rôles",
    Kind.LEARNING: "Inscriptions, étapes lues, modules terminés",
    Kind.ABSENCES: "Absences",
    Kind.ANSWERS: "Réponses, résultats et erreurs de l’évaluation",
    Kind.PRACTICE: "Réponses aux questions d’entraînement",
    Kind.WRITING: "Brouillons, commentaires et relectures",
    Kind.CERTIFICATES: "Attestations",
    Kind.JOURNAL: "Journal des actes",
    Kind.SESSIONS: "Sessions, mots de passe et messages",
    Kind.CONTACTS: "Contacts déontologie",
}


def columns() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in Model.metadata.tables.values()
        for column in table.columns
    }


def test_every_column_is_classified_once() -> None:
    assert ALL_TABLES
    assert columns() - set(PERSONAL) - IMPERSONAL == set()
    assert (set(PERSONAL) | IMPERSONAL) - columns() == set()
    assert set(PERSONAL) & IMPERSONAL == set()
    listed = sum(len(names.split()) for *_, names in KEPT.values()) + len(APART)
    assert listed + sum(len(names.split()) for names in NOBODY.values()) == len(columns())


def test_what_refers_to_an_agent_is_personal() -> None:
    agent_id = Model.metadata.tables["agent"].c.id
    for table in Model.metadata.tables.values():
        for column in table.columns:
            if any(key.column is agent_id for key in column.foreign_keys):
                assert f"{table.name}.{column.name}" in PERSONAL


def test_how_long_names_settings_that_exist() -> None:
    said = {kept for _kind, kept in PERSONAL.values()}
    named = {word for kept in said for word in re.findall(r"\w+_days", kept)}
    assert named == {key for key in NumberKey if key.endswith("_days")}


@pytest.mark.parametrize("kind", Kind)
def test_the_page_tells_of_every_kind(app: Flask, kind: Kind) -> None:
    page = app.test_client().get("/donnees-personnelles").text
    assert HEADINGS[kind] in page.replace("&#39;", "’")
