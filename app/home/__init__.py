"""Each reader's first page, « mon dossier », search and help: what gathers several features."""
