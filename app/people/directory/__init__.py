"""The directory file: read, checked, compared with what is known; pure."""
