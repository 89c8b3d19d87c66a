"""Forms of campaigns, and what the filters of other pages share with them."""

from app.campaigns.forms.campaign import CampaignForm
from app.campaigns.forms.units import MOST_UNITS, unit_choices

__all__ = ["MOST_UNITS", "CampaignForm", "unit_choices"]
