"""The words that readers may not know: read, checked, and found in the prose of the modules."""
