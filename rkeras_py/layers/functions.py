"""Functions as layers."""

import builtins
from collections.abc import Callable, Mapping
from typing import Any, Unpack

import keras

from .. import keras_internals
from ..backend.random import lent
from ..language import MISSING, REQUIRED, Tensor
from ..language.errors import ArgumentError
from ..language.kinds import Unfit
from ..language.tensors import TensorLike, is_tensor
from ..language.wording import RCallable, show
from .adding import layer
from .arguments import LayerTail, Shape, ShapeWithoutBatch, Target


class Lambda(keras.layers.Lambda):
    """Lends its function random numbers of its own, which backends need to draw anew in a compiled graph.

    What the function returns, and of what type, is found out by calling it; what it raises arrives as it is.
    """

    def __init__(
        self, function: Callable[..., Any], output_shape: Any = None, mask: Any = None, **options: Any
    ) -> None:
        super().__init__(function, output_shape=output_shape, mask=mask, **options)
        self.given = {"function": function, "output_shape": output_shape, "mask": mask}
        self.generator = keras.random.SeedGenerator()

    def call(self, inputs: Any, mask: Any = None, training: Any = None) -> Any:
        """Calls the function.

        Raises:
            ArgumentError: What it returns is no tensor.
        """
        try:
            with lent(self.generator):
                result = super().call(inputs, mask=mask, training=training)
            return self._tensors(result)
        except Exception as error:
            keras_internals.as_it_is(error)
            raise

    def _tensors(self, result: Any) -> Any:
        """What the function returned, numbers in it as tensors of Keras's float type."""
        try:
            return _as_tensors(result)
        except Unfit:
            raise ArgumentError(
                f"layer_lambda(): what the function of layer {show(self.name)} returns must be a tensor or numbers, "
                f"not {show(result)}."
            ) from None

    def compute_output_spec(self, inputs: Any, mask: Any = None, training: Any = None) -> Any:
        """What the function makes of a symbolic tensor; where it can only be called on numbers, what it is said to."""
        try:
            return keras_internals.spec_of(self.call, inputs, mask=mask, training=training)
        except Exception:
            if self.given["output_shape"] is None:
                raise
            return super().compute_output_spec(inputs, mask=mask, training=training)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The shape of the output."""
        told = self.given["output_shape"]
        if isinstance(told, RCallable):
            return ShapeWithoutBatch().convert(told(list(input_shape)))
        return super().compute_output_shape(input_shape)

    def get_config(self) -> dict[str, Any]:
        """The configuration, with the code of a function of Python.

        Raises:
            ArgumentError: The function is one of R, which cannot be kept in a file.
        """
        if any(isinstance(one, RCallable) for one in self.given.values()):
            raise ArgumentError(
                f"layer_lambda(): the function of layer {show(self.name)} is one of R, which no file can keep: save "
                "the weights with save_model_weights_hdf5() and load them into a model that is built anew, or give "
                "create_layer() a class of Python instead."
            )
        return super().get_config()


Lambda.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


def _as_tensors(result: Any) -> Any:
    """Tensors, and what can be one.

    Raises:
        Unfit: There is something else.
    """
    if isinstance(result, Mapping) and result:
        return {name: _as_tensors(one) for name, one in result.items()}
    if isinstance(result, list | tuple) and any(is_tensor(one) for one in result):
        return [_as_tensors(one) for one in result]
    return keras.ops.convert_to_tensor(TensorLike().convert(result))


def _options(arguments: dict[str, Any]) -> dict[str, Any]:
    return {"function" if name == "f" else name: value for name, value in arguments.items()}


@layer(Lambda, prepare=_options)
def layer_lambda(
    object: Target = MISSING,
    f: Callable[..., Any] = REQUIRED,
    output_shape: Callable[..., Any] | Shape | None = None,
    mask: Callable[..., Any] | Tensor | None = None,
    arguments: Mapping[str, builtins.object] | None = None,
    **tail: Unpack[LayerTail],
) -> Any:
    """A function as a layer.

    It is called when the model is built, and traced into a compiled graph, so that it is made of functions of tensors:
    R's operators on them, the `k_...` functions, those of `keras.ops`. A function of R runs on R's own thread; an error
    in it is the user's own condition. No file can keep it: to save the model, make the layer a class of one's own, or
    save the weights alone.

    Args:
        f: The function: of a tensor, it returns one, or several in a list. It may have arguments `mask` and
            `training`, which it is given then.
        output_shape: The shape of what it returns, without the batch, or a function of the shape of the input. It need
            not be given, apart from a function that computes with numbers and is called eagerly.
        mask: The mask of the output, or a function of the input and its mask; `None` for none.
        arguments: More arguments of the function, by name.
    """
