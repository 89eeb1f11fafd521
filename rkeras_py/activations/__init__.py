"""Activations under their R names (`functions.py`), and those that Keras 2 computed in another way (`keras2.py`)."""
