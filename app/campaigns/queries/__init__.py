"""Reads about campaigns; those that pages and other features need are named here."""

from app.campaigns.queries.campaigns import (
    CampaignFacts,
    Progress,
    find_campaign,
    list_campaigns,
    list_grades,
    list_open_ids,
    list_progress,
)
from app.campaigns.queries.preview import (
    Preview,
    count_audience,
    count_by_corps,
    list_sample,
    preview,
)

__all__ = [
    "CampaignFacts",
    "Preview",
    "Progress",
    "count_audience",
    "count_by_corps",
    "find_campaign",
    "list_campaigns",
    "list_grades",
    "list_open_ids",
    "list_progress",
    "list_sample",
    "preview",
]
