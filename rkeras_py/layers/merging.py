"""Layers that make one tensor of several."""

import functools
from collections.abc import Callable
from typing import Annotated, Any, Unpack

import keras
from keras import ops
from typing_extensions import Doc

from ..keras_internals import MergeHooks
from ..language import MISSING, REQUIRED, IntegerTuple
from .adding import layer
from .arguments import Tensors, TypedTail
from .normalization import unit_length

Inputs = Annotated[Tensors, Doc("Tensors, in a list or one by one; or missing.")]
More = Annotated[Tensors, Doc("Tensors, behind that in `inputs`.")]


class _OfKeras2(MergeHooks):
    """Mixed into a merging layer: it merges what is masked as well, and a step counts where all inputs have it.

    Keras 3 leaves out of products what is masked, and a step counts where any input has it, as long as all have masks.
    """

    def two(self, one: Any, other: Any) -> Any:
        """What is made of two tensors."""
        raise NotImplementedError

    def merged(self, inputs: list[Any], by_keras: Callable[[list[Any]], Any]) -> Any:
        """What is made of all tensors."""
        return functools.reduce(self.two, inputs)

    def compute_mask(self, inputs: list[Any], mask: Any = None) -> Any:
        """The steps that all inputs have."""
        masks = [one for one in mask or () if one is not None]
        return functools.reduce(ops.logical_and, masks) if masks else None


def _sum(one: Any, other: Any) -> Any:
    """The sum, also of what is broadcast: on TensorFlow, Keras 3 takes a tensor of shape (n, 1) for a bias and adds its
    rows to the columns of one of shape (n, n).
    """
    return ops.add(one, other) if tuple(one.shape) == tuple(other.shape) else ops.subtract(one, ops.negative(other))


class Add(_OfKeras2, keras.layers.Add):
    """The sum."""

    two = staticmethod(_sum)


class Average(_OfKeras2, keras.layers.Average):
    """The mean."""

    two = staticmethod(_sum)

    def merged(self, inputs: list[Any], by_keras: Callable[[list[Any]], Any]) -> Any:
        """The sum, divided."""
        return super().merged(inputs, by_keras) / len(inputs)


class Multiply(_OfKeras2, keras.layers.Multiply):
    """The product."""

    two = staticmethod(ops.multiply)


class Maximum(_OfKeras2, keras.layers.Maximum):
    """The larger ones."""

    two = staticmethod(ops.maximum)


class Minimum(_OfKeras2, keras.layers.Minimum):
    """The smaller ones."""

    two = staticmethod(ops.minimum)


class Subtract(_OfKeras2, keras.layers.Subtract):
    """The difference."""

    two = staticmethod(ops.subtract)


class Concatenate(keras.layers.Concatenate):
    """A step counts where all inputs have it; to Keras 3, where any has it."""

    def compute_mask(self, inputs: list[Any], mask: Any = None) -> Any:
        """The steps that count."""
        if all(one is None for one in mask or ()):
            return None
        masks = []
        for tensor, one in zip(inputs, mask, strict=True):
            all_true = ops.ones_like(tensor, dtype="bool")
            if one is not None:
                for _ in range(len(tensor.shape) - len(one.shape)):
                    one = ops.expand_dims(one, -1)
                all_true = ops.logical_and(all_true, one)
            masks.append(all_true)
        return ops.all(ops.concatenate(masks, axis=self.axis), axis=-1)


class Dot(MergeHooks, keras.layers.Dot):
    """Where it normalizes, it divides by no less than 1e-6, as Keras 2; Keras 3 makes 1 of any length."""

    def merged(self, inputs: list[Any], by_keras: Callable[[list[Any]], Any]) -> Any:
        """The products."""
        if not self.normalize or len(inputs) != 2:
            return by_keras(inputs)
        axes = (self.axes, self.axes) if isinstance(self.axes, int) else self.axes
        vectors = [unit_length(one, axis) for one, axis in zip(inputs, axes, strict=True)]
        return keras.layers.dot(vectors, axes=self.axes, dtype=self.dtype_policy, name=self.name)


for _sort in (Add, Average, Multiply, Maximum, Minimum, Subtract, Concatenate, Dot):
    _sort.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


@layer(Concatenate)
def layer_concatenate(inputs: Inputs = MISSING, axis: int = -1, *more: More, **tail: Unpack[TypedTail]) -> Any:
    """Puts tensors side by side, of the same shape but for the axis.

    Args:
        axis: The axis along which they are put together, counted from 0 with the batch, or from -1 backwards.
        more: Tensors, behind that in `inputs`.
    """


@layer(Add)
def layer_add(inputs: Inputs = MISSING, *more: More, **tail: Unpack[TypedTail]) -> Any:
    """Adds tensors of the same shape.

    Args:
        more: Tensors, behind that in `inputs`.
    """


@layer(Subtract)
def layer_subtract(inputs: Inputs = MISSING, *more: More, **tail: Unpack[TypedTail]) -> Any:
    """Subtracts the second of two tensors from the first.

    Args:
        more: The second tensor, where `inputs` is the first.
    """


@layer(Multiply)
def layer_multiply(inputs: Inputs = MISSING, *more: More, **tail: Unpack[TypedTail]) -> Any:
    """Multiplies tensors of the same shape, element by element.

    Args:
        more: Tensors, behind that in `inputs`.
    """


@layer(Average)
def layer_average(inputs: Inputs = MISSING, *more: More, **tail: Unpack[TypedTail]) -> Any:
    """The mean of tensors of the same shape, element by element.

    Args:
        more: Tensors, behind that in `inputs`.
    """


@layer(Maximum)
def layer_maximum(inputs: Inputs = MISSING, *more: More, **tail: Unpack[TypedTail]) -> Any:
    """The largest of tensors of the same shape, element by element.

    Args:
        more: Tensors, behind that in `inputs`.
    """


@layer(Minimum)
def layer_minimum(inputs: Inputs = MISSING, *more: More, **tail: Unpack[TypedTail]) -> Any:
    """The smallest of tensors of the same shape, element by element.

    Args:
        more: Tensors, behind that in `inputs`.
    """


@layer(Dot)
def layer_dot(
    inputs: Inputs = MISSING,
    axes: IntegerTuple = REQUIRED,
    normalize: bool = False,
    *more: More,
    **tail: Unpack[TypedTail],
) -> Any:
    """The products of the vectors of two tensors, sample by sample.

    Args:
        axes: The axis along which the vectors are, counted from 0 with the batch, or from -1 backwards; or one of each
            tensor.
        normalize: Whether the vectors are brought to the length 1 before, which makes a cosine of the product.
        more: The second tensor, where `inputs` is the first.
    """
