"""Who owes what by when: audiences and due dates."""
