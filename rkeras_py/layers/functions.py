"""Functions as layers."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Unpack

import keras

from .. import keras_internals
from ..backend.random import lent
from ..language import MISSING, REQUIRED
from ..language.errors import ArgumentError
from ..language.wording import RCallable, RValue, show
from .adding import layer
from .arguments import LayerTail, Shape, Target


class Lambda(keras.layers.Lambda):
    """Lends its function random numbers of its own, which backends need to draw anew in a compiled graph.

    What the function returns, and of what type, is found out by calling it; what it raises arrives as it is.
    """

    def __init__(self, function: Callable[..., Any], **options: Any) -> None:
        super().__init__(_as_python(function), **options)
        self.given = function
        self.generator = keras.random.SeedGenerator()

    def call(self, inputs: Any, mask: Any = None, training: Any = None) -> Any:
        """Calls the function."""
        with lent(self.generator):
            result = super().call(inputs, mask=mask, training=training)
        if result is None or isinstance(result, str | RValue):
            raise ArgumentError(
                f"layer_lambda(): what the function of layer {self.name!r} returns must be a tensor or numbers, "
                f"not {show(result)}."
            )
        return keras.tree.map_structure(lambda one: keras.ops.convert_to_tensor(one), result)

    def get_config(self) -> dict[str, Any]:
        """The configuration, with the code of a function of Python.

        Raises:
            ArgumentError: The function is one of R, which cannot be kept in a file.
        """
        functions = [self.given, self.mask, keras_internals.output_shape_of(self)]
        if any(isinstance(getattr(one, "of_r", one), RCallable) for one in functions):
            raise ArgumentError(
                f"layer_lambda(): layer {self.name!r} is a function of R, which no file can keep. Save the weights with "
                "save_model_weights_hdf5() and load them into a model that is made anew, or give create_layer() a "
                "class of Python instead."
            )
        return super().get_config()
