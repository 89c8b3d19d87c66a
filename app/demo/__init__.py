"""The fictional organisation and its history."""
