"""The columns that a directory file may have, and how those of a file are recognised."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum

from app.people.directory.table import column_name


class Kind(StrEnum):
    """What a directory file is about."""

    AGENTS = "agents"
    UNITS = "units"


UNIT_COLUMNS = ("code_unite", "unite", "type_unite", "code_parent", "filiere")
COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.AGENTS: (
        "matricule", "nom", "prenom", "courriel", "langue", "corps", "grade", "categorie",
        "arrivee", "depuis", "depart", *UNIT_COLUMNS,
    ),
    Kind.UNITS: (*UNIT_COLUMNS, "ouverte", "fermee", "fusionnee_dans"),
}  # fmt: skip
"""Every column that may be told, in the order of the page."""
NEEDED: dict[Kind, tuple[str, ...]] = {
    Kind.AGENTS: (
        "matricule", "nom", "prenom", "corps", "grade", "categorie", "arrivee", "code_unite",
    ),
    Kind.UNITS: ("code_unite",),
}  # fmt: skip
ALSO: dict[str, str] = {
    "matricule": "identifiant numero_agent nigend matricule_agent id_agent staff_number",
    "nom": "nom_de_famille nom_usuel nom_d_usage family_name last_name surname name",
    "prenom": "prenoms given_name first_name",
    "courriel": "email e_mail mail adresse_electronique adresse_mail messagerie email_address",
    "langue": "language",
    "corps": "force",
    "grade": "grade_detenu libelle_grade rank",
    "categorie": "category",
    "arrivee": "date_arrivee date_d_arrivee date_d_entree entree arrived_on day_of_arrival",
    "depuis": "date_affectation date_d_affectation depuis_le affecte_le since"
    " affecte_depuis assigned_since",
    "depart": "date_depart date_de_depart sortie date_de_sortie parti_le left_on day_of_departure",
    "code_unite": "unite_code code_service code_affectation code unit_code"
    " code_du_service unit_s_code",
    "unite": "nom_unite libelle_unite service nom_service libelle unit nom_du_service unit_s_name",
    "type_unite": "type type_service kind type_de_service kind_of_unit",
    "code_parent": "parent rattachement code_rattachement code_unite_mere parent_code"
    " code_du_service_de_rattachement code_of_the_unit_above",
    "filiere": "domaine metier specialite specialty",
    "ouverte": "date_ouverture ouverte_le opened_on date_d_ouverture opening_day",
    "fermee": "date_fermeture fermee_le closed_on date_de_fermeture closing_day",
    "fusionnee_dans": "fusion absorbee_par code_absorbante merged_into"
    " fusionne_dans_code merged_into_code",
}  # fmt: skip
"""Other headings by which a column is recognised, folded: those of the pages among them."""


def guess_places(kind: Kind, headings: Iterable[str]) -> dict[str, int]:
    """Guess which heading stands for which column: its own name first, then its other names."""
    named = {column_name(heading): place for place, heading in enumerate(headings)}
    named.pop("", None)
    places: dict[str, int] = {}
    for column in COLUMNS[kind]:
        for name in (column, *ALSO.get(column, "").split()):
            if name in named and named[name] not in places.values():
                places[column] = named[name]
                break
    return places


def shape_of(kind: Kind, headings: Iterable[str]) -> str:
    """Digest what files of one origin have in common: what they are about and their headings."""
    folded = "\n".join((kind.value, *(column_name(heading) for heading in headings)))
    return hashlib.sha256(folded.encode()).hexdigest()


def missing_columns(kind: Kind, places: Mapping[str, int]) -> list[str]:
    """List the columns that are needed and not there."""
    return [column for column in NEEDED[kind] if column not in places]
