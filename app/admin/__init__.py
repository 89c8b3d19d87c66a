"""People, roles, settings and the journal's page, for administrators."""
