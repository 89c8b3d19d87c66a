"""What Flask costs at least: one template, one session, one indexed read; one committed insert.

Written as any tutorial does (the session of Flask-SQLAlchemy-Lite, an ORM object, a template), on
the same server set-up, driver, pool and pragmas as the application it is compared with.
"""

from __future__ import annotations

import os
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template, session
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.engines import engine_options, set_pragmas

KEYS = [f"agent-{number:04}" for number in range(1000)]
SECRET_KEY = "for-measuring-only"  # noqa: S105

db = SQLAlchemy()


class Model(DeclarativeBase):
    """Base of the two tables."""


class Reader(Model):
    """Who reads the bare page."""

    __tablename__ = "bare_reader"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Line(Model):
    """What the bare insert adds."""

    __tablename__ = "bare_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(sa.ForeignKey("bare_reader.id"), index=True)
    text: Mapped[str]


def make_app() -> Flask:
    """Make the bare application."""
    app = Flask(__name__)
    app.secret_key = SECRET_KEY
    app.config["SQLALCHEMY_ENGINES"] = {
        "default": engine_options(os.environ["DATABASE_URL"], pool_size=8)
    }
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sa.event.listen(db.engine, "connect", set_pragmas)
    app.get("/healthz")(lambda: "ok")
    app.get("/")(show_page)
    app.post("/")(add_line)
    return app


def find_reader() -> Reader:
    """Find the reader of the session's cookie."""
    return db.session.scalars(sa.select(Reader).where(Reader.key == session["key"])).one()


def show_page() -> str:
    """Show a page to the reader."""
    return render_template("bare.html", reader=find_reader())


def add_line() -> dict[str, Any]:
    """Add a line of the reader's, committed before it is acknowledged."""
    line = Line(reader_id=find_reader().id, text="b")
    db.session.add(line)
    db.session.commit()
    return {"saved": True}


def fill(url: str) -> None:
    """Make the tables, with a thousand readers."""
    engine = sa.create_engine(**engine_options(url, pool_size=1))
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", set_pragmas)
    Model.metadata.create_all(engine)
    with engine.begin() as connection:
        rows = [{"key": key, "name": f"Lecteur {key}"} for key in KEYS]
        connection.execute(sa.insert(Reader), rows)
    engine.dispose()


def cookie(key: str) -> str:
    """Write the session's cookie of a reader."""
    app = Flask(__name__)
    app.secret_key = SECRET_KEY
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"session={serializer.dumps({'key': key})}"
