"""Optimizers under their R names, with the steps that Keras 2 made."""
