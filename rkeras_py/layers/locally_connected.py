"""Locally connected layers, which Keras 3 has not: convolutions with other weights at each place."""

import functools
import math
from collections.abc import Sequence
from typing import Annotated, Any, Unpack

import keras
import numpy as np
from annotated_types import Ge, Le
from keras import ops
from typing_extensions import Doc

from ..language import MISSING, REQUIRED, RInteger, refuse
from .adding import layer
from .arguments import (
    Activation,
    ActivityRegularizer,
    BiasConstraint,
    BiasInitializer,
    BiasRegularizer,
    DataFormat,
    Filters,
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    KernelSize,
    Padding,
    ShortTail,
    Strides,
    Target,
    UseBias,
)

Implementation = Annotated[
    int,
    Ge(1),
    Le(3),
    RInteger(),
    Doc(
        "How the kernel is kept: 1 for what is in the windows (`padding` is `valid` then), 2 for a dense kernel from "
        "all of the input to all of the output, masked but for the windows, 3 for what is in the windows, as a vector."
    ),
]
_FIRST = "channels_first"


class _LocallyConnected(keras.layers.Layer):
    """A convolution with other weights at each place; weights and results are those of Keras 2.

    Args:
        filters: How many filters there are.
        kernel_size: The size of the window, for each spatial axis.
        strides: How far the window moves.
        padding: `"valid"`, or with implementation 2 and 3 also `"same"`.
        data_format: Where the channels are.
        activation: The activation.
        use_bias: Whether a bias is added, of its own at each place.
        implementation: The layout of the kernel. 1: (places, numbers in a window, filters); 2: the shape of a sample
            and the shape of its result; 3: (connections of numbers that come in with numbers that go out,).
        **options: Initializers, regularizers and constraints of kernel and bias, and what every layer takes.
    """

    axes = 0

    def __init__(
        self,
        filters: int,
        kernel_size: int | Sequence[int],
        strides: int | Sequence[int] = 1,
        padding: str = "valid",
        data_format: str | None = None,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        implementation: int = 1,
        **options: Any,
    ) -> None:
        super().__init__(activity_regularizer=activity_regularizer, **options)
        if implementation == 1 and padding != "valid":
            raise ValueError(f"Implementation 1 of {type(self).__name__} has no padding {padding!r}, only 'valid'.")
        self.filters = filters
        self.kernel_size = self._each("kernel_size", kernel_size)
        self.strides = self._each("strides", strides)
        self.padding = padding
        self.data_format = data_format or keras.config.image_data_format()
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.bias_initializer = keras.initializers.get(bias_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)
        self.bias_regularizer = keras.regularizers.get(bias_regularizer)
        self.kernel_constraint = keras.constraints.get(kernel_constraint)
        self.bias_constraint = keras.constraints.get(bias_constraint)
        self.implementation = implementation
        self.input_spec = keras.layers.InputSpec(ndim=self.axes + 2)

    def build(self, input_shape: Any) -> None:
        """Makes the weights, and numbers what is connected with what.

        Raises:
            ValueError: A size of a sample is not known, or smaller than the window.
        """
        sizes, channels = self._spatial(input_shape), self._channels(input_shape)
        if None in sizes or channels is None:
            raise ValueError(
                f"{type(self).__name__} needs to know all sizes of a sample, not {tuple(input_shape[1:])}."
            )
        places = self._places(sizes)
        if min(places) < 1:
            raise ValueError(f"A window of {self.kernel_size} is larger than a sample of {tuple(input_shape[1:])}.")
        self._depth = channels
        self._inside, self._outside = self._shape(sizes, channels), self._shape(places, self.filters)
        self._connected, shape = self._layout(sizes, places, channels)
        self.kernel = self.add_weight(
            name="kernel",
            shape=shape,
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(*places, self.filters),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        self.input_spec = keras.layers.InputSpec(
            ndim=self.axes + 2, axes={1 if self.data_format == _FIRST else -1: channels}
        )

    def call(self, inputs: Any) -> Any:
        """Computes the output."""
        result = (self._of_windows, self._of_all, self._of_connections)[self.implementation - 1](inputs)
        result = ops.reshape(result, (-1, *self._outside))
        if self.bias is not None:
            # Keras 2 takes the numbers of the bias one by one, whatever its shape says.
            result = result + ops.reshape(self.bias, (1, *self._outside))
        return self.activation(result)

    def _of_windows(self, inputs: Any) -> Any:
        first = self.data_format == _FIRST
        flat = ops.reshape(inputs, (-1, *self._shape((math.prod(self._inside) // self._depth,), self._depth)))
        windows = ops.take(flat, self._connected, axis=2 if first else 1)
        windows = ops.moveaxis(windows, 1, 2) if first else windows
        windows = ops.reshape(windows, (-1, *self.kernel.shape[:2]))
        return ops.einsum("npk,pkf->nfp" if first else "npk,pkf->npf", windows, self.kernel)

    def _of_all(self, inputs: Any) -> Any:
        kernel = self.kernel * ops.cast(self._connected, self.compute_dtype)
        size = math.prod(self._inside)
        return ops.matmul(ops.reshape(inputs, (-1, size)), ops.reshape(kernel, (size, -1)))

    def _of_connections(self, inputs: Any) -> Any:
        flat = ops.reshape(inputs, (-1, math.prod(self._inside)))
        products = ops.transpose(ops.take(flat, self._connected[:, 1], axis=1) * self.kernel)
        size = math.prod(self._outside)
        return ops.transpose(ops.segment_sum(products, self._connected[:, 0], num_segments=size))

    def compute_output_shape(self, input_shape: Any) -> tuple[int | None, ...]:
        """The shape of the output."""
        return (input_shape[0], *self._shape(self._places(self._spatial(input_shape)), self.filters))

    def get_config(self) -> dict[str, Any]:
        """What the layer is made of again."""
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
            "activation": keras.activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": keras.regularizers.serialize(self.bias_regularizer),
            "activity_regularizer": keras.regularizers.serialize(self.activity_regularizer),
            "kernel_constraint": keras.constraints.serialize(self.kernel_constraint),
            "bias_constraint": keras.constraints.serialize(self.bias_constraint),
            "implementation": self.implementation,
        }

    def _each(self, name: str, value: int | Sequence[int]) -> tuple[int, ...]:
        values = (value,) * self.axes if isinstance(value, int) else tuple(value)
        if len(values) != self.axes or min(values) < 1:
            raise ValueError(
                f"`{name}` of {type(self).__name__} must be {self.axes} numbers from 1, or one for all, not {value}."
            )
        return values

    def _channels(self, shape: Any) -> Any:
        return shape[1 if self.data_format == _FIRST else -1]

    def _spatial(self, shape: Any) -> tuple[Any, ...]:
        return tuple(shape[2:] if self.data_format == _FIRST else shape[1:-1])

    def _shape(self, sizes: tuple[Any, ...], channels: int) -> tuple[Any, ...]:
        return (channels, *sizes) if self.data_format == _FIRST else (*sizes, channels)

    def _places(self, sizes: tuple[Any, ...]) -> tuple[Any, ...]:
        """At how many places a window is, along each axis."""
        lost = [size - 1 if self.padding == "valid" else 0 for size in self.kernel_size]
        return tuple(
            None if length is None else max(0, -(-(length - less) // stride))
            for length, less, stride in zip(sizes, lost, self.strides, strict=True)
        )

    def _layout(self, sizes: tuple[int, ...], places: tuple[int, ...], channels: int) -> tuple[Any, tuple[int, ...]]:
        """What of the input goes where, as `call` needs it, and the shape of the kernel."""
        along = [
            _within(*axis, self.padding) for axis in zip(sizes, places, self.kernel_size, self.strides, strict=True)
        ]
        mask = functools.reduce(np.multiply.outer, along)
        mask = mask.transpose([*range(0, mask.ndim, 2), *range(1, mask.ndim, 2)])  # from (in, out, in, out)
        if self.implementation == 2:
            at = (0, self.axes + 1) if self.data_format == _FIRST else (self.axes, 2 * self.axes + 1)
            return np.expand_dims(mask, at), (*self._inside, *self._outside)
        goes_to, comes_from = np.nonzero(mask.reshape(math.prod(sizes), math.prod(places)).T)
        if self.implementation == 1:
            window = math.prod(self.kernel_size)
            numbers = comes_from.reshape(-1, window).astype("int32")
            return numbers, (len(numbers), window * channels, self.filters)
        pairs = np.stack(
            np.broadcast_arrays(
                self._numbers(goes_to, math.prod(places), self.filters)[:, :, None],
                self._numbers(comes_from, math.prod(sizes), channels)[:, None, :],
            ),
            axis=-1,
        ).reshape(-1, 2)
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].astype("int32")
        return pairs, (len(pairs),)

    def _numbers(self, places: Any, count: int, channels: int) -> Any:
        """The places of the channels at some places in a flat sample: (places, channels)."""
        every = np.arange(channels)
        return places[:, None] + every * count if self.data_format == _FIRST else places[:, None] * channels + every


def _within(length: int, places: int, size: int, stride: int, padding: str) -> Any:
    """Along an axis: which numbers are in the window at which place, (length, places)."""
    begins = np.arange(places) * stride - (0 if padding == "valid" else size // 2)
    behind = np.arange(length)[:, None] - begins
    return (behind >= 0) & (behind < size)


@keras.saving.register_keras_serializable("rkeras")
class LocallyConnected1D(_LocallyConnected):
    """Other weights at each step: input (batch, steps, features), with Keras 2's arguments and weights."""

    axes = 1


@keras.saving.register_keras_serializable("rkeras")
class LocallyConnected2D(_LocallyConnected):
    """Other weights at each place: input (batch, rows, columns, channels), with Keras 2's arguments and weights."""

    axes = 2


def _fitting(function: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    if arguments["padding"] != "valid" and arguments["implementation"] == 1:
        refuse(function, "padding", arguments["padding"], '"valid" where `implementation` is 1')
    return arguments


def _fitting_1d(arguments: dict[str, Any]) -> dict[str, Any]:
    return _fitting(layer_locally_connected_1d, arguments)


def _fitting_2d(arguments: dict[str, Any]) -> dict[str, Any]:
    return _fitting(layer_locally_connected_2d, arguments)


@layer(LocallyConnected1D, prepare=_fitting_1d)
def layer_locally_connected_1d(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: Strides = 1,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    activation: Activation = None,
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    bias_constraint: BiasConstraint = None,
    *,
    implementation: Implementation = 1,
    **tail: Unpack[ShortTail],
) -> Any:
    """A convolution along one dimension with other weights at each step: input (batch, steps, features)."""


@layer(LocallyConnected2D, prepare=_fitting_2d)
def layer_locally_connected_2d(
    object: Target = MISSING,
    filters: Filters = REQUIRED,
    kernel_size: KernelSize = REQUIRED,
    strides: Strides = (1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    activation: Activation = None,
    use_bias: UseBias = True,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    bias_constraint: BiasConstraint = None,
    *,
    implementation: Implementation = 1,
    **tail: Unpack[ShortTail],
) -> Any:
    """A convolution over images with other weights at each place: input (batch, rows, columns, channels)."""
