"""`k_...`: the backend functions under their R names."""
