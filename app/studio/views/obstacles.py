"""What would stop the publication of a draft, said before anybody approves it."""

from __future__ import annotations

from app.catalogue.publishing import HasErrors, PublicationError
from app.catalogue.services import check_next
from app.catalogue.wording import say_refusal
from app.extensions import db
from app.i18n import gettext as _
from app.studio.readings import ReadApart


def say_obstacle(slug: str, found: ReadApart | None) -> str:
    """Say why a draft could not be published as it was read; nothing where it could."""
    if found is None:
        return _("La vérification est occupée : rechargez la page dans un moment.")
    if found.errors:
        return _("Il reste des erreurs : la colonne « Constats » dit dans quels textes.")
    try:
        check_next(db.session, slug, found.reading)
    except HasErrors as refusal:
        told = " · ".join(dict.fromkeys(one.message for one in refusal.messages))
        return _("Un avertissement empêche de publier : %(what)s.", what=told)
    except PublicationError as refusal:
        return say_refusal(refusal)
    return ""
