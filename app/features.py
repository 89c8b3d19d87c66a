"""Every feature's pages and commands, and what they listen to."""

from __future__ import annotations

from flask import Flask

from app import assets, health, models
from app.admin.views import bp as admin_pages
from app.campaigns import personal as campaign_records
from app.campaigns.cli import campaigns
from app.campaigns.listening import enrol_newcomers, stop_reminding
from app.campaigns.views import bp as campaign_pages
from app.campaigns.views.mails import bp as mail_pages
from app.catalogue import states
from app.catalogue.cli import content
from app.catalogue.views import bp as catalogue_pages
from app.certificates import personal as certificate_records
from app.certificates.listening import certify
from app.certificates.views import bp as certificate_pages
from app.database_cli import database
from app.demo.cli import demo
from app.home.views import bp as home_pages
from app.learning import personal as learning_records
from app.learning.cli import learning
from app.learning.signals import completed
from app.learning.states import tell_states
from app.learning.views import bp as learning_pages
from app.people import personal_data
from app.people.cli import letters, people
from app.people.signals import people_loaded
from app.people.views import bp as people_pages
from app.statistics import sightings
from app.statistics.cli import statistics
from app.statistics.views import bp as statistics_pages
from app.studio import personal as studio_records
from app.studio.views import bp as studio_pages

PAGES = (
    assets.bp, health.bp, home_pages, people_pages, catalogue_pages, learning_pages,
    certificate_pages, campaign_pages, mail_pages, statistics_pages, studio_pages, admin_pages,
)  # fmt: skip
COMMANDS = (database, content, learning, demo, campaigns, statistics, people, letters)
TABLES = models


def register(app: Flask) -> None:
    """Register all of it on this application."""
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    completed.connect(certify)
    completed.connect(stop_reminding)
    people_loaded.connect(enrol_newcomers)
    personal_data.register(
        "certificates", certificate_records.export_for, certificate_records.erase_for
    )
    personal_data.register("campaigns", campaign_records.export_for, campaign_records.erase_for)
    personal_data.register("learning", learning_records.export_for, learning_records.erase_for)
    personal_data.register("statistics", sightings.export_for, sightings.erase_for)
    personal_data.register("studio", studio_records.export_for, studio_records.erase_for)
    states.register(tell_states)
