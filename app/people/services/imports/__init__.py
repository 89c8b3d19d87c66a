"""The acts of a directory import, from the file received to the last row applied."""
