"""What is kept of a file that somebody sends: made anew, or cleared of all that no page shows."""
