"""What happens while a model trains: hooks, logs and their names, values of single batches, the rate, interrupts.

Callbacks and models stand on it; nothing here is called by users.
"""
