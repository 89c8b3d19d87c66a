"""What these pages say that depends on who reads."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from app.access import Role, SignedInAgent
from app.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class RoomLink:
    """A room that a role opens, and what is done in it."""

    label: str
    url: str
    text: str


def list_rooms(agent: SignedInAgent) -> list[RoomLink]:
    """List the rooms that this agent's roles open."""
    rooms = [
        (
            (Role.SUPERVISOR,), "statistics.teams", _("Mes équipes"),
            _("Qui a terminé, qui n’a pas commencé : vos services, sans note ni classement."),
        ),
        (
            (Role.HR_READER, Role.HR_FOLLOW_UP), "statistics.situation", _("Situation"),
            _("Combien d’agents sont à jour à une date, par service, corps et module."),
        ),
        (
            (Role.HR_FOLLOW_UP,), "statistics.follow_up", _("Suivi"),
            _("Qui n’a pas commencé, qui est en retard, qui doit bientôt renouveler."),
        ),
        (
            (Role.HR_FOLLOW_UP,), "campaigns.index", _("Campagnes"),
            _("Ce qui est demandé, à qui et pour quand."),
        ),
        (
            (Role.TRAINER, Role.REVIEWER), "studio.index", _("Formateur"),
            _("Les modules, leurs versions et ce que les contrôles y ont relevé."),
        ),
        (
            (Role.ADMINISTRATOR,), "admin.people", _("Administration"),
            _("Les personnes, les rôles, les réglages et le journal."),
        ),
    ]  # fmt: skip
    return [
        RoomLink(label, url_for(endpoint), text)
        for roles, endpoint, label, text in rooms
        if agent.has(*roles)
    ]


def say_contact(kind: str) -> tuple[str, str]:
    """Name a kind of contact, and say whom to ask where there is none."""
    said = {
        "referent": (
            _("Référent déontologue"),
            _("Demandez à votre encadrant ou à votre service des ressources humaines qui est le "
              "référent déontologue de votre service : tout agent peut le consulter."),
        ),
        "listening": (
            _("Écoute et soutien"),
            _("Demandez à votre encadrant, au médecin du travail ou de prévention, ou à "
              "l’assistante ou l’assistant de service social quelle écoute vous est ouverte."),
        ),
        "reporting": (
            _("Signaler des faits"),
            _("Demandez à votre référent déontologue ou à votre encadrant quelle procédure interne "
              "de recueil des signalements s’applique à vous. Le Défenseur des droits reçoit et "
              "oriente aussi les lanceurs d’alerte."),
        ),
        "secularism": (
            _("Référent laïcité"),
            _("Demandez à votre service des ressources humaines qui est le référent laïcité : "
              "chaque administration en désigne un."),
        ),
    }  # fmt: skip
    return said[kind]
