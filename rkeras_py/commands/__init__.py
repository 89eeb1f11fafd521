"""What `python -m rkeras_py` can do."""
