"""Change the settings, and whom agents may turn to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people.models import EthicsContact, Setting
from app.people.queries.contacts import CONTACT_FIELDS, read_contacts
from app.people.seen import refuse_if_changed
from app.people.settings import list_settings


def save_settings(
    session: Session, *, values: dict[str, str], actor_id: int, seen: str = ""
) -> list[str]:
    """Keep the values that differ from those kept, and return their keys.

    Raises `ChangedMeanwhile` where those kept are no longer those ``seen``.
    """
    rows = session.scalars(
        sa.select(Setting).where(Setting.key.in_(values)).order_by(Setting.key).with_for_update()
    )
    kept = {row.key: row for row in rows}
    refuse_if_changed(seen, list_settings(session))
    changed = [key for key, value in values.items() if key not in kept or kept[key].value != value]
    for key in changed:
        if key in kept:
            kept[key].value = values[key]
        else:
            session.add(Setting(key=key, value=values[key]))
        record(
            session, Action.SETTING_CHANGED, actor_id=actor_id,
            object_kind="setting", object_id=key, value=values[key],
        )  # fmt: skip
    return changed


def save_contacts(
    session: Session, *, corps: str, contacts: dict[str, dict[str, str]], actor_id: int,
    seen: str = "",
) -> None:  # fmt: skip
    """Keep the contacts of a corps by kind; a kind left wholly empty has no row.

    Raises `ChangedMeanwhile` where those kept are no longer those ``seen``.
    """
    rows = session.scalars(
        sa.select(EthicsContact).where(EthicsContact.corps == corps).with_for_update()
    )
    kept = {row.kind: row for row in rows}
    refuse_if_changed(seen, read_contacts(session, corps=corps))
    for kind, values in contacts.items():
        row = kept.get(kind)
        if not any(values.values()):
            if row is not None:
                session.delete(row)
            continue
        row = row or EthicsContact(corps=corps, kind=kind)
        for name in CONTACT_FIELDS:
            setattr(row, name, values[name])
        session.add(row)
    record(
        session, Action.SETTING_CHANGED, actor_id=actor_id, object_kind="contacts", object_id=corps
    )
