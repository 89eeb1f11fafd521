"""Data sets under their R names; Keras downloads them once."""
