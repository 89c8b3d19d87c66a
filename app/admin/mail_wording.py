"""Words about mails: their kinds, their states, why one did not leave."""

from __future__ import annotations

from app.i18n import gettext as _
from app.people.mail_states import MailKind, MailReason, MailState


def state_names() -> dict[str, str]:
    """Name every state of a mail."""
    return {
        MailState.WAITING: _("En attente"),
        MailState.FAILED: _("À réessayer"),
        MailState.SENT: _("Parti"),
        MailState.GIVEN_UP: _("Abandonné"),
    }


def say_mail_kind(kind: str) -> str:
    """Name what a mail is about."""
    return {
        MailKind.PASSWORD: _("Lien de mot de passe"),
        MailKind.REMINDER: _("Rappel de ce qui est demandé"),
        MailKind.TEAM: _("Point sur les équipes"),
    }[MailKind(kind)]


def say_mail_reason(reason: str, code: int | None = None) -> str:
    """Say why a mail did not leave, with the number of the server's reply."""
    said = {
        MailReason.SERVER_AWAY: _("Le serveur de courriel ne répond pas."),
        MailReason.LATER: _("Le serveur demande de revenir plus tard."),
        MailReason.REFUSED_ADDRESS: _("L’adresse est refusée : elle est à corriger."),
        MailReason.REFUSED: _("Le courriel est refusé."),
        MailReason.SENDER_REFUSED: _(
            "Le serveur ne prend pas nos courriels : les réglages de l’envoi sont à vérifier."
        ),
        MailReason.CUT_SHORT: _("L’envoi est en cours, ou il a été coupé."),
        MailReason.CUT_SHORT_AGAIN: _(
            "L’envoi a été coupé deux fois : le courriel est peut-être parti."
        ),
        MailReason.EXPIRED: _("Il ne disait plus rien d’utile."),
        MailReason.NOTHING_LEFT: _(
            "Il n’avait plus lieu d’être : tout était terminé, ou la personne n’en voulait plus ou"
            " n’avait plus à le recevoir."
        ),
    }[MailReason(reason)]
    return f"{said} ({code})" if code else said
