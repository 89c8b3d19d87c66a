"""Acts of learning: each takes the session of one write transaction first."""
