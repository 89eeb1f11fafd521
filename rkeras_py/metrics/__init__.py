"""Metrics under their R names, those that Keras 3 has no more, and metrics that are functions of one's own."""
