"""Some rows of a table where all would take too long: JAX compiles each operation by itself."""

import os

import keras
import numpy as np


def sampled(rows, most=None, on_jax=3, backend=None):
    """The first row, the last one, and rows between; with `RKERAS_WHOLE_TABLE` set, on JAX as many as on TensorFlow.

    Args:
        rows: The rows.
        most: How many, all if None.
        on_jax: How many on JAX.
        backend: Where, if not on the backend of Keras.
    """
    if (backend or keras.config.backend()) == "jax" and "RKERAS_WHOLE_TABLE" not in os.environ:
        most = on_jax
    places = np.linspace(0, len(rows) - 1, min(most or len(rows), len(rows))).round().astype(int)
    return [rows[place] for place in places]
