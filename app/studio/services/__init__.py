"""Write drafts, ask for their review, decide, publish them."""
