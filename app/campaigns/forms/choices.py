"""The form of the mails that an agent wants."""

from __future__ import annotations

from wtforms import BooleanField

from app.form_words import Form
from app.i18n import lazy_gettext as _l


class ChoicesForm(Form):
    """Two boxes; the second one is for supervisors."""

    weekly = BooleanField(_l("Un rappel par semaine de ce qui m’est demandé"))
    teams = BooleanField(_l("Un point par semaine sur mes équipes"))
