"""KerasConstraint, the class to derive one's own constraints from."""

from typing import Any

import keras


class KerasConstraint(keras.constraints.Constraint):
    """The base class of one's own constraints.

    A derived class defines `call(w)`, which gets the weights and returns what they are to be, as a tensor of the same
    shape. It is called after every step of the optimizer, inside compiled code: it is made of `keras.ops`. A class that
    takes arguments defines `get_config()`, which returns them by name. To load a model that has such a constraint,
    name the class in `custom_objects`, or register it with `keras.saving.register_keras_serializable()`.

    Example:
        >>> class NonNegative(KerasConstraint):
        ...     def call(self, w):
        ...         return w * keras.ops.cast(w >= 0, w.dtype)
        >>> layer_dense(units=3, kernel_constraint=NonNegative())

    Source:
        R keras 2.2.5.0, `KerasConstraint`; Keras, `keras.constraints.Constraint`.
    """

    def call(self, w: Any) -> Any:
        """What the weights are to be.

        Args:
            w: The weights.

        Raises:
            NotImplementedError: The derived class does not say.
        """
        raise NotImplementedError(f"{type(self).__name__} is a constraint without a method call(w).")

    def __call__(self, w: Any) -> Any:
        return self.call(keras.ops.convert_to_tensor(w))
