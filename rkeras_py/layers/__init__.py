"""Layers under their R names: each is a signature, see `adding.py` for what they have in common."""
