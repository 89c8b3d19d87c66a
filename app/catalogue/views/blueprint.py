"""The blueprint of the catalogue's pages."""

from __future__ import annotations

from flask import Blueprint

from app.catalogue.wording import say_reading

bp = Blueprint("catalogue", __name__)
bp.add_app_template_filter(say_reading, "reading")
