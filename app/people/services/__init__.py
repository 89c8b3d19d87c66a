"""Acts on people, by what they are about."""
