"""The six accounts that open the demonstration, one for each role with a page of its own."""

from __future__ import annotations

from dataclasses import dataclass

from app.access import Role

PASSWORD = "Exemplarite-2026-demo"  # noqa: S105 - shown on purpose, and refused in production.
FIRST = "demo-agent"


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """An account with a password, its place in the organisation and what it shows."""

    matricule: str
    given_name: str
    family_name: str
    unit_code: str
    grade: str
    shows: str
    roles: tuple[Role, ...] = ()
    over: str = ""
    """Code of the unit over which the roles are held."""


ACCOUNTS = (
    AccountPlan(
        FIRST, "Inès", "Carpentier", "PN-PSE-VP-J", "gardien de la paix",
        "agent : un module à reprendre, une échéance proche",
    ),
    AccountPlan(
        "demo-encadrant", "Yann", "Le Goff", "PN-PSE-VP-J", "brigadier-chef",
        "encadrant : une brigade de douze agents", (Role.SUPERVISOR,), "PN-PSE-VP-J",
    ),
    AccountPlan(
        "demo-formateur", "Maëlle", "Diarra", "PN-FOR", "major",
        "formatrice : les modules et leurs versions", (Role.TRAINER,), "VALDORE",
    ),
    AccountPlan(
        "demo-relecteur", "Claire", "Vasseur", "PN-FOR", "commandant",
        "relectrice : les brouillons qui attendent une relecture", (Role.REVIEWER,), "VALDORE",
    ),
    AccountPlan(
        "demo-rh", "Thomas", "Béranger", "PREF-SG-RH", "secrétaire administratif",
        "ressources humaines : la situation, le suivi, les campagnes",
        (Role.HR_READER, Role.HR_FOLLOW_UP), "VALDORE",
    ),
    AccountPlan(
        "demo-admin", "Sofia", "Nguyen", "PREF-SG", "attaché",
        "administratrice : personnes, rôles, réglages, journal", (Role.ADMINISTRATOR,), "VALDORE",
    ),
)  # fmt: skip
