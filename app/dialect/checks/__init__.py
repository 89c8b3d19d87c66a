"""The checks of a module, by what they look at."""
