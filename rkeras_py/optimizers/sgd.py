"""optimizer_sgd()."""

import keras

from ..language import r_function
from .arguments import ERRORS, ClipNorm, ClipValue, Decay, Rate, Remembered, made


@r_function(Raises=ERRORS)
def optimizer_sgd(
    lr: Rate = 0.01,
    momentum: Remembered = 0.0,
    decay: Decay = 0.0,
    nesterov: bool = False,
    clipnorm: ClipNorm = None,
    clipvalue: ClipValue = None,
) -> keras.optimizers.SGD:
    """Stochastic gradient descent.

    `optimizer$lr` (in Python: `optimizer.lr`) can be read and set.

    Args:
        momentum: How much of the last step goes into the next.
        nesterov: Whether the momentum is Nesterov's.

    Returns:
        The optimizer.

    Source:
        R keras 2.2.5.0, `optimizer_sgd`; Keras, `keras.optimizers.SGD`.
    """
    return made(keras.optimizers.SGD, locals())
