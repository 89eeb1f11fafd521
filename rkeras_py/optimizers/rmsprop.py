"""optimizer_rmsprop()."""

import keras

from ..language import r_function
from .arguments import ERRORS, ClipNorm, ClipValue, Decay, Epsilon, Rate, Remembered, made


@r_function(Raises=ERRORS)
def optimizer_rmsprop(
    lr: Rate = 0.001,
    rho: Remembered = 0.9,
    epsilon: Epsilon = None,
    decay: Decay = 0.0,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
) -> keras.optimizers.RMSprop:
    """RMSprop: steps divided by the root of the mean square of the last gradients.

    `optimizer$lr` (in Python: `optimizer.lr`) can be read and set. As in Keras 2, `epsilon` is added to the root, not
    below it.

    Args:
        rho: How much of the mean square is kept at each batch.

    Returns:
        The optimizer.

    Source:
        R keras 2.2.5.0, `optimizer_rmsprop`; Keras, `keras.optimizers.RMSprop`.
    """
    return made(keras.optimizers.RMSprop, locals())
