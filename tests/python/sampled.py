"""Some rows of a table where all would take too long: on JAX, which compiles each operation by itself, and where other
tests have run all of them.
"""

import os

import keras
import numpy as np


def sampled(rows, most=None, some=3, backend=None):
    """The first row, the last one, and rows between.

    Fewer of them on JAX, unless `RKERAS_WHOLE_TABLE` is set, and where `RKERAS_SOME_ROWS` is.

    Args:
        rows: The rows.
        most: How many, all if None.
        some: How many where there are fewer.
        backend: Where, if not on the backend of Keras.
    """
    on_jax = (backend or keras.config.backend()) == "jax" and "RKERAS_WHOLE_TABLE" not in os.environ
    if on_jax or "RKERAS_SOME_ROWS" in os.environ:
        most = some
    places = np.linspace(0, len(rows) - 1, min(most or len(rows), len(rows))).round().astype(int)
    return [rows[place] for place in places]
