"""optimizer_adam()."""

import keras

from ..language import r_function
from .arguments import ERRORS, ClipNorm, ClipValue, Decay, Epsilon, Rate, Remembered, made


@r_function(Raises=ERRORS)
def optimizer_adam(
    lr: Rate = 0.001,
    beta_1: Remembered = 0.9,
    beta_2: Remembered = 0.999,
    epsilon: Epsilon = None,
    decay: Decay = 0.0,
    amsgrad: bool = False,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
) -> keras.optimizers.Adam:
    """Adam (Kingma and Ba, 2015).

    `optimizer$lr` (in Python: `optimizer.lr`) can be read and set.

    Args:
        beta_1: How much of the mean of the gradients is kept at each batch.
        beta_2: How much of the mean of their squares is kept at each batch.
        amsgrad: Whether the largest mean square so far is used (Reddi, Kale and Kumar, 2018).

    Returns:
        The optimizer.

    Source:
        R keras 2.2.5.0, `optimizer_adam`; Keras, `keras.optimizers.Adam`.
    """
    return made(keras.optimizers.Adam, locals())
