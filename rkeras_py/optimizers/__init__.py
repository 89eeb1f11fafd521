"""Optimizers under their R names."""
