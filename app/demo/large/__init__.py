"""A fictional organisation of any size, to measure with: half a million people and their record."""
