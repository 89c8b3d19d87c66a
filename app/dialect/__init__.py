"""The language modules are written in: pure, it knows neither web nor database."""
