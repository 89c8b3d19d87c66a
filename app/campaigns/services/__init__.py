"""Acts of campaigns; those that other features and the pages need are named here."""

from app.campaigns.services.enrolling import (
    CampaignClosed,
    Enrolled,
    enrol,
    note_run,
    release_departed,
)
from app.campaigns.services.making import (
    MOST_AT_ONCE,
    AlreadyLaunched,
    CountsMoved,
    close,
    create,
    launch,
)
from app.campaigns.services.planning import UnknownSubject

__all__ = [
    "MOST_AT_ONCE",
    "AlreadyLaunched",
    "CampaignClosed",
    "CountsMoved",
    "Enrolled",
    "UnknownSubject",
    "close",
    "create",
    "enrol",
    "launch",
    "note_run",
    "release_departed",
]
