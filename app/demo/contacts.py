"""Whom the fictional agents may turn to; what is missing here shows the page's own advice."""

from __future__ import annotations

from typing import Any

CONTACTS: tuple[dict[str, Any], ...] = (
    {
        "corps": "pn",
        "kind": "referent",
        "name": "Hélène Marchand, référente déontologue",
        "phone": "poste 4102",
        "email": "deontologie-police@valdore.example",
        "hours": "du lundi au vendredi, 9 h – 17 h",
    },
    {
        "corps": "pn",
        "kind": "listening",
        "name": "Cellule d’écoute du Valdoré",
        "phone": "poste 4110",
        "hours": "tous les jours, 8 h – 20 h",
    },
    {
        "corps": "pn",
        "kind": "reporting",
        "name": "Procédure interne de recueil des signalements",
        "address": "intranet, rubrique Déontologie",
    },
    {
        "corps": "gn",
        "kind": "referent",
        "name": "Lieutenant-colonel Karim Sabatier, référent déontologue",
        "phone": "poste 2207",
        "email": "deontologie-gendarmerie@valdore.example",
    },
    {
        "corps": "gn",
        "kind": "reporting",
        "name": "Procédure interne de recueil des signalements",
        "address": "intranet, rubrique Déontologie",
    },
    {
        "corps": "pm",
        "kind": "referent",
        "name": "Référente mutualisée du centre de gestion : Solène Vial",
        "phone": "poste 310",
        "email": "referent@centre-de-gestion.valdore.example",
        "hours": "sur rendez-vous",
    },
    {
        "corps": "sp",
        "kind": "referent",
        "name": "Commandante Gaëlle Tissot, référente déontologue",
        "phone": "poste 1844",
        "email": "deontologie@secours.valdore.example",
    },
    {
        "corps": "sp",
        "kind": "listening",
        "name": "Équipe de soutien du service",
        "phone": "poste 1850",
        "hours": "à toute heure",
    },
    {
        "corps": "pref",
        "kind": "referent",
        "name": "Philippe Aubry, référent déontologue",
        "phone": "poste 5020",
        "email": "deontologie@prefecture.valdore.example",
    },
    {
        "corps": "pref",
        "kind": "secularism",
        "name": "Nadia Grandjean, référente laïcité",
        "phone": "poste 5021",
        "email": "laicite@prefecture.valdore.example",
    },
)
