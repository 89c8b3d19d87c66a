"""The pictures, diagrams, films and sounds of a module: what they are and what goes with them."""
