"""Words of the administrators' pages."""

from __future__ import annotations

from app.access import Role
from app.i18n import gettext as _
from app.journal.services import Action
from app.people.names import role_name
from app.people.settings import NumberKey, TextKey


def say_action(action: str) -> str:
    """Name what the journal remembers; an action of another time stands by its code."""
    return action_names().get(action, action)


def action_names() -> dict[str, str]:
    """Name every action."""
    return name_acts_on_accounts() | name_acts_on_learning()


def name_acts_on_accounts() -> dict[str, str]:
    """Name what is done about accounts, the directory and the site."""
    return {
        Action.SIGNED_IN: _("Connexion"),
        Action.SIGN_IN_FAILED: _("Connexion refusée"),
        Action.SIGNED_OUT: _("Déconnexion"),
        Action.SIGNED_OUT_EVERYWHERE: _("Déconnexion partout"),
        Action.PASSWORD_CHANGED: _("Mot de passe changé"),
        Action.PASSWORD_RESET_ASKED: _("Lien de mot de passe demandé"),
        Action.PASSWORD_GIVEN: _("Mot de passe provisoire donné"),
        Action.PEOPLE_LOADED: _("Annuaire chargé"),
        Action.DIRECTORY_FILE_RECEIVED: _("Fichier d’annuaire reçu"),
        Action.DIRECTORY_FILE_CONFIRMED: _("Import d’annuaire confirmé"),
        Action.DIRECTORY_FILE_ABANDONED: _("Import d’annuaire abandonné"),
        Action.AGENT_CHANGED: _("Compte modifié"),
        Action.AGENT_DEACTIVATED: _("Compte désactivé"),
        Action.AGENT_REACTIVATED: _("Compte réactivé"),
        Action.PERSON_ERASED: _("Personne effacée"),
        Action.ROLE_GRANTED: _("Rôle confié"),
        Action.ROLE_ENDED: _("Rôle retiré"),
        Action.SETTING_CHANGED: _("Réglage modifié"),
    }


def name_acts_on_learning() -> dict[str, str]:
    """Name what is done about modules, campaigns, mails and records."""
    return {
        Action.MODULE_PUBLISHED: _("Module publié"),
        Action.MODULE_RETIRED: _("Module retiré"),
        Action.MODULE_RESTORED: _("Module rétabli"),
        Action.DRAFT_BEGUN: _("Brouillon commencé"),
        Action.DRAFT_WITHDRAWN: _("Brouillon abandonné"),
        Action.DRAFT_REOPENED: _("Brouillon rouvert"),
        Action.DRAFT_FOLLOWED: _("Brouillon rapproché de la dernière version"),
        Action.DRAFT_REVIEW_ASKED: _("Relecture demandée"),
        Action.DRAFT_REVIEWED: _("Brouillon relu"),
        Action.ERRATUM_APPLIED: _("Erratum appliqué"),
        Action.CAMPAIGN_CREATED: _("Campagne créée"),
        Action.CAMPAIGN_ENROLLED: _("Inscriptions de campagne"),
        Action.CAMPAIGN_CLOSED: _("Campagne close"),
        Action.ABSENCE_ENTERED: _("Absence saisie"),
        Action.ABSENCE_CANCELLED: _("Absence annulée"),
        Action.EQUIVALENCE_GRANTED: _("Équivalence accordée"),
        Action.REMINDERS_ASKED: _("Rappels demandés"),
        Action.REMINDERS_WRITTEN: _("Rappels de la semaine écrits"),
        Action.TEAM_MAILS_WRITTEN: _("Courriels aux encadrants écrits"),
        Action.MAILS_CHOSEN: _("Choix des courriels reçus"),
        Action.MAIL_TRIED_AGAIN: _("Courriel remis à l’envoi"),
        Action.COMPLETED: _("Module terminé"),
        Action.CERTIFICATE_ISSUED: _("Attestation délivrée"),
        Action.CERTIFICATE_REVOKED: _("Attestation révoquée"),
        Action.NAMES_SEEN: _("Liste de noms consultée"),
        Action.SNAPSHOT_TAKEN: _("Relevé de situation"),
        Action.SNAPSHOTS_THINNED: _("Relevés anciens espacés"),
        Action.RECORD_DOWNLOADED: _("Dossier téléchargé"),
        Action.PRACTICE_DELETED: _("Réponses d’entraînement supprimées"),
    }


def say_object(kind: str) -> str:
    """Name what an act was about."""
    return {
        "agent": _("Agent"),
        "people": _("Agents"),
        "units": _("Services"),
        "unit": _("Service"),
        "import": _("Import n°"),
        "setting": _("Réglage"),
        "contacts": _("Contacts déontologie"),
        "module": _("Module"),
        "module_version": _("Version de module"),
        "draft": _("Brouillon"),
        "campaign": _("Campagne"),
        "certificate": _("Attestation"),
        "completion": _("Module terminé"),
        "snapshot": _("Relevé"),
        "enrolment": _("Inscription"),
        "follow_up": _("Suivi RH du service n°"),
        "team": _("Équipe du service n°"),
        "week": _("Semaine du"),
        "mail": _("Courriel n°"),
    }.get(kind, kind)


def say_detail(name: str, value: str) -> str:
    """Tell a detail of an act."""
    if name == "role" and value in tuple(Role):
        return role_name(value)
    if name == "list":
        return _("à l’écran") if value == "page" else _("exportée")
    label = {
        "unit": _("service n°"),
        "fields": _("champs :"),
        "value": _("valeur :"),
        "as_of": _("au"),
        "created": _("créés :"),
        "changed": _("modifiés :"),
        "moved": _("mutés :"),
        "unchanged": _("inchangés :"),
        "returned": _("revenus :"),
        "left": _("partis :"),
        "closed": _("fermés :"),
        "merged": _("fusionnés :"),
        "digest": _("empreinte :"),
        "added": _("ajoutées :"),
        "dated": _("datées :"),
        "released": _("levées :"),
        "restored": _("rétablies :"),
        "letters": _("courriels :"),
        "title": _("titre :"),
        "count": _("noms :"),
        "module": _("module n°"),
        "state": _("état :"),
    }.get(name, name)
    return f"{label} {value}"


def say_setting(key: str) -> tuple[str, str]:
    """Name a setting, and say what it does."""
    return (say_texts() | say_numbers())[key]


def say_texts() -> dict[str, tuple[str, str]]:
    """Name the settings that are texts."""
    return {
        TextKey.ORGANISATION: (
            _("Nom de l’organisation"),
            _("Celui des attestations et des mentions légales ; vide, celui de l’installation."),
        ),
        TextKey.SUPPORT: (
            _("Assistance"),
            _("À qui s’adresser quand la connexion échoue : un service, un numéro, une adresse."),
        ),
        TextKey.PUBLISHER: (
            _("Direction de la publication"),
            _("Qui répond de ce que le site publie : mentions légales."),
        ),
        TextKey.HOST: (
            _("Hébergeur"),
            _("Qui tient les machines, son adresse, son téléphone : mentions légales."),
        ),
        TextKey.DATA_OFFICER: (
            _("Délégué à la protection des données"),
            _("À qui écrire au sujet de ses données personnelles."),
        ),
    }


def say_numbers() -> dict[str, tuple[str, str]]:
    """Name the settings that are numbers."""
    return {
        NumberKey.MINIMUM_GROUP: (
            _("Effectif minimal d’un total"),
            _("En dessous, un total sur les réponses rejoint les autres unités."),
        ),
        NumberKey.PRACTICE_RETENTION_DAYS: (
            _("Conservation des réponses d’entraînement, en jours"),
            _("Après la fin du module."),
        ),
        NumberKey.JOURNAL_DETAIL_RETENTION_DAYS: (
            _("Conservation des détails du journal, en jours"),
            _("Adresses et textes ; les actes eux-mêmes restent."),
        ),
        NumberKey.SESSION_RETENTION_DAYS: (
            _("Conservation des sessions fermées, en jours"),
            _("Date d’ouverture et dernière activité."),
        ),
        NumberKey.IMPORT_RETENTION_DAYS: (
            _("Conservation d’un fichier d’annuaire non appliqué, en jours"),
            _("Le fichier, ses lignes et ses erreurs ; appliqué, il est oublié aussitôt."),
        ),
        NumberKey.LEAVING_PERCENT: (
            _("Part des départs à confirmer, en pour cent"),
            _("Au-delà, un fichier complet demande de confirmer le nombre d’agents qui partent."),
        ),
        NumberKey.ONE_TIME_PASSWORD_HOURS: (
            _("Durée d’un mot de passe provisoire, en heures"),
            _("Passé ce délai, il n’ouvre plus rien."),
        ),
    }


def say_contact_kind(kind: str) -> str:
    """Name a kind of contact."""
    return {
        "referent": _("Référent déontologue"),
        "listening": _("Ligne d’écoute"),
        "reporting": _("Signalement"),
        "secularism": _("Référent laïcité"),
    }[kind]
