"""`data_format = "channels_first"`: convolutions whose bias goes to the channels, whatever the other sizes are."""

import functools
from collections.abc import Callable
from typing import Any

import keras
from keras import ops

_MODULE = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


def convolved(layer: Any, inputs: Any) -> Any:
    """A convolution without its bias and its activation."""
    padding = layer.padding
    if padding == "causal":
        in_front = layer.dilation_rate[0] * (layer.kernel_size[0] - 1)
        inputs, padding = ops.pad(inputs, [(0, 0), (0, 0), (in_front, 0)]), "valid"
    return ops.conv(inputs, layer.kernel, **{**_moves(layer), "padding": padding})


def transposed(layer: Any, inputs: Any) -> Any:
    """The same of a transposed convolution."""
    return ops.conv_transpose(inputs, layer.kernel, output_padding=layer.output_padding, **_moves(layer))


def depthwise(layer: Any, inputs: Any) -> Any:
    """The same of a convolution of each channel by itself."""
    return ops.depthwise_conv(inputs, layer.kernel, **_moves(layer))


def separable(layer: Any, inputs: Any) -> Any:
    """The same of a separable convolution."""
    return ops.separable_conv(inputs, layer.depthwise_kernel, layer.pointwise_kernel, **_moves(layer))


@functools.cache
def with_bias_of_channels(
    sort: type[keras.layers.Layer], without_bias: Callable[[Any, Any], Any]
) -> type[keras.layers.Layer]:
    """The class of a convolution of Keras that adds the bias to the channels.

    On TensorFlow, that of Keras 3 adds it along the last axis, where this is as long as there are channels.

    Args:
        sort: The class in Keras.
        without_bias: Computes such a layer without its bias and its activation.
    """

    def call(self: Any, inputs: Any) -> Any:
        if self.data_format == "channels_last" or not self.use_bias:
            return sort.call(self, inputs)
        bias = ops.reshape(self.bias, (1, -1) + (1,) * self.rank)
        # Not `ops.add`, which takes the last axis for that of the channels.
        return self.activation(ops.subtract(without_bias(self, inputs), ops.negative(bias)))

    return type(sort.__name__, (sort,), {"__module__": _MODULE, "__doc__": sort.__doc__, "call": call})


def _moves(layer: Any) -> dict[str, Any]:
    return {
        "strides": tuple(layer.strides),
        "padding": layer.padding,
        "dilation_rate": layer.dilation_rate,
        "data_format": layer.data_format,
    }
