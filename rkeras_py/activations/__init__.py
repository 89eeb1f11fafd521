"""Activations under their R names, and those that Keras 2 computed in another way."""
