"""Losses under their R names, and the crossentropies as Keras 2 computed them."""
