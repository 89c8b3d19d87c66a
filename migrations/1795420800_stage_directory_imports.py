"""Stage directory imports, date departures, give units a specialty and a successor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795420800"
down_revision = "1795420700"
branch_labels = None
depends_on = None

STATES = (
    "opening", "matching", "reading", "checking", "comparing", "seeking", "refused", "ready",
    "applying_units", "applying", "merging", "leaving", "finishing", "clearing", "applied",
    "abandoned",
)  # fmt: skip


def one_of(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}_known"))


def reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
    )


def texts(names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names.split()]


def days(names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Date(), nullable=True) for name in names.split()]


def upgrade() -> None:
    op.add_column("agent", sa.Column("left_on", sa.Date(), nullable=True))
    with op.batch_alter_table("organisational_unit") as unit:
        unit.add_column(sa.Column("specialty", sa.Text(), nullable=False, server_default=""))
        unit.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        unit.create_foreign_key(
            op.f("fk_organisational_unit_merged_into_id_organisational_unit"),
            "organisational_unit", ["merged_into_id"], ["id"],
        )  # fmt: skip
        unit.create_index(op.f("ix_organisational_unit_specialty"), ["specialty"])
        unit.create_index(op.f("ix_organisational_unit_merged_into_id"), ["merged_into_id"])
    with op.batch_alter_table("organisational_unit") as unit:
        unit.alter_column("specialty", server_default=None)
    create_imports()
    create_staging()


def create_imports() -> None:
    op.create_table(
        "directory_import",
        sa.Column("id", sa.Integer(), nullable=False),
        *texts("kind state"),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *texts("file_name"),
        sa.Column("file_size", sa.Integer(), nullable=False),
        *texts("file_sha256 encoding separator sheet"),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        *texts("shape"),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("accepts_grades", sa.Boolean(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("below_id", sa.Integer(), nullable=True),
        sa.Column("expected_rows", sa.Integer(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mistake_count", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("samples", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=True),
        sa.Column("has_moved", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        *texts("worker"),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        one_of("directory_import", "kind", ("agents", "units")),
        one_of("directory_import", "state", STATES),
        reference("directory_import", "actor_id", "agent"),
        reference("directory_import", "below_id", "organisational_unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_import")),
        sa.UniqueConstraint("turn", name=op.f("uq_directory_import_turn")),
    )
    for column in ("actor_id", "below_id", "shape"):
        op.create_index(op.f(f"ix_directory_import_{column}"), "directory_import", [column])


def create_staging() -> None:
    op.create_table(
        "import_part",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        reference("import_part", "import_id", "directory_import"),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_part")),
    )
    op.create_table(
        "import_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        *texts("matricule key given_name family_name search_key email language unit_code corps"),
        *texts("grade category"),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        *days("since leaves_on"),
        reference("import_row", "import_id", "directory_import"),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_import_row")),
    )
    op.create_index("ix_import_row_key", "import_row", ["import_id", "key"])
    op.create_table(
        "import_unit",
        sa.Column("import_id", sa.Integer(), nullable=False),
        *texts("code"),
        sa.Column("line", sa.Integer(), nullable=False),
        *texts("name kind parent_code specialty"),
        *days("opened_on closed_on"),
        *texts("merged_into_code"),
        reference("import_unit", "import_id", "directory_import"),
        sa.PrimaryKeyConstraint("import_id", "code", name=op.f("pk_import_unit")),
    )
    create_findings()


def create_findings() -> None:
    op.create_table(
        "import_mistake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        *texts("column problem detail"),
        reference("import_mistake", "import_id", "directory_import"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mistake")),
    )
    op.create_index("ix_import_mistake_line", "import_mistake", ["import_id", "line", "id"])


def downgrade() -> None:
    for table in (
        "import_mistake", "import_unit", "import_row", "import_part", "directory_import",
    ):  # fmt: skip
        op.drop_table(table)
    with op.batch_alter_table("organisational_unit") as unit:
        unit.drop_index(op.f("ix_organisational_unit_merged_into_id"))
        unit.drop_index(op.f("ix_organisational_unit_specialty"))
        unit.drop_constraint(
            op.f("fk_organisational_unit_merged_into_id_organisational_unit"), type_="foreignkey"
        )
        unit.drop_column("merged_into_id")
        unit.drop_column("specialty")
    op.drop_column("agent", "left_on")
