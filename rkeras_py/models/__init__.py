"""Models under their R names."""
