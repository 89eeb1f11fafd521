"""Initializers under their R names: constants, random numbers, and random numbers scaled by the size of the weights."""
