"""Put the texts of a version after its facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795420650"
down_revision = "1795420600"
branch_labels = None
depends_on = None

TEXTS = ("sources", "compiled")
COLUMNS = {
    "id": (sa.Integer(), False),
    "module_id": (sa.Integer(), False),
    "number": (sa.Integer(), False),
    "kind": (sa.Text(), False),
    "sha256": (sa.Text(), False),
    "title": (sa.Text(), False),
    "minutes": (sa.Integer(), False),
    "audience": (sa.JSON(), False),
    "titles": (sa.JSON(), False),
    "summaries": (sa.JSON(), False),
    "sources": (sa.JSON(), False),
    "compiled": (sa.JSON(), False),
    "author_id": (sa.Integer(), True),
    "reviewer_id": (sa.Integer(), True),
    "published_at": (sa.DateTime(timezone=True), False),
    "notes": (sa.Text(), False),
}
"""The type of each, and whether it may be empty, in the order of the table that this one replaces."""


def upgrade() -> None:
    # SQLite reads a row from its start: what stood after the texts made it go through them all,
    # hundreds of pages for the date of a version. PostgreSQL keeps long texts out of the row.
    if op.get_bind().dialect.name == "sqlite":
        rebuild([*(name for name in COLUMNS if name not in TEXTS), *TEXTS])


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        rebuild(list(COLUMNS))


def rebuild(order: list[str]) -> None:
    """Make the table again with its columns in this order; references are off meanwhile."""
    op.create_table(
        "module_version_again",
        *(sa.Column(name, COLUMNS[name][0], nullable=COLUMNS[name][1]) for name in order),
        sa.CheckConstraint(
            "kind IN ('editorial', 'substantial', 'erratum')",
            name=op.f("ck_module_version_kind_known"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_module_version_number_from_one")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["agent.id"], name=op.f("fk_module_version_author_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_module_version_module_id_module")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["agent.id"], name=op.f("fk_module_version_reviewer_id_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_version")),
        sa.UniqueConstraint("module_id", "number", name=op.f("uq_module_version_module_id_number")),
    )
    names = ", ".join(order)
    op.execute(f"INSERT INTO module_version_again ({names}) SELECT {names} FROM module_version")  # noqa: S608
    op.drop_table("module_version")
    op.rename_table("module_version_again", "module_version")
    for name in ("author_id", "module_id", "reviewer_id", "sha256"):
        op.create_index(op.f(f"ix_module_version_{name}"), "module_version", [name])
