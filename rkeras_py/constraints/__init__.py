"""Constraints under their R names."""
