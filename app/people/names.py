"""Names of roles, corps and categories as screens show them."""

from __future__ import annotations

from app.access import Corps, Role
from app.i18n import gettext as _


def role_name(role: str) -> str:
    """Name a role."""
    return {
        Role.SUPERVISOR: _("Encadrement"),
        Role.TRAINER: _("Formation"),
        Role.REVIEWER: _("Relecture"),
        Role.HR_READER: _("Situation RH"),
        Role.HR_FOLLOW_UP: _("Suivi RH"),
        Role.ADMINISTRATOR: _("Administration"),
    }[Role(role)]


def corps_name(corps: str) -> str:
    """Name a corps."""
    return {
        Corps.PN: _("Police nationale"),
        Corps.GN: _("Gendarmerie nationale"),
        Corps.PM: _("Police municipale"),
        Corps.SP: _("Sapeurs-pompiers"),
        Corps.PREF: _("Préfectures"),
    }[Corps(corps)]


def category_name(category: str) -> str:
    """Name the band of a grade; one that HR made up stands as it is."""
    return {
        "application": _("Application"),
        "maitrise": _("Maîtrise"),
        "officiers": _("Officiers et commandement"),
    }.get(category, category)
