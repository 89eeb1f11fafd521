"""Regularizers under their R names."""
