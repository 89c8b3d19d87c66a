"""Turn the dialect's Markdown into HTML that is safe to show."""
