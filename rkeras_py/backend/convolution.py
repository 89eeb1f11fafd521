"""Convolutions."""

import itertools
from typing import Annotated, Any, Literal

import keras
from keras import ops
from typing_extensions import Doc

from ..language import IntegerTuple, RDefault, refuse
from .arguments import AnyTensor, Chosen, DataFormat, Dilation, OpenShape, Padding, Strides, X
from .declaring import as_tensors, backend, shape_of
from .tracing import on_values

Kernel = Annotated[AnyTensor, Doc("The kernel: its sizes, the channels that come in, and the filters.")]
DepthwiseKernel = Annotated[
    AnyTensor, Doc("The depthwise kernel: its sizes, the channels that come in, and how many come of each.")
]
CausalPadding = Annotated[
    Literal["valid", "same", "causal"],
    Chosen(("valid", "same", "causal")),
    RDefault('"valid"'),
    Doc('`"valid"`, `"same"` or `"causal"`, which is all of it in front.'),
]
OutputShape = Annotated[
    OpenShape, Doc("The shape of the result, with the batch, which may be `None`, and the filters.")
]
LocalKernelSize = Annotated[IntegerTuple, Doc("The size of the window.")]


@backend("ops.conv")
def k_conv1d(
    x: X,
    kernel: Kernel,
    strides: Strides = 1,
    padding: CausalPadding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = 1,
) -> Any:
    """A convolution over one axis: `x` is (samples, steps, channels)."""
    data_format = data_format or keras.config.image_data_format()
    if padding == "causal":
        ahead = (shape_of(kernel)[0] - 1) * (dilation_rate if isinstance(dilation_rate, int) else dilation_rate[0])
        steps = 1 if data_format == "channels_last" else 2
        x = ops.pad(x, [(ahead, 0) if axis == steps else (0, 0) for axis in range(3)])
        padding = "valid"
    return ops.conv(as_tensors(x), kernel, strides, padding, data_format, dilation_rate)


@backend("ops.conv")
def k_conv2d(
    x: X,
    kernel: Kernel,
    strides: Strides = (1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = (1, 1),
) -> Any:
    """A convolution over two axes: `x` is (samples, rows, columns, channels)."""
    return ops.conv(as_tensors(x), kernel, strides, padding, data_format, dilation_rate)


@backend("ops.conv")
def k_conv3d(
    x: X,
    kernel: Kernel,
    strides: Strides = (1, 1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = (1, 1, 1),
) -> Any:
    """A convolution over three axes: `x` is (samples, depth, rows, columns, channels)."""
    return ops.conv(as_tensors(x), kernel, strides, padding, data_format, dilation_rate)


@backend("ops.conv_transpose")
def k_conv2d_transpose(
    x: X,
    kernel: Annotated[AnyTensor, Doc("The kernel: its sizes, the filters, and the channels that come in.")],
    output_shape: OutputShape,
    strides: Strides = (1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
) -> Any:
    """A transposed convolution over two axes: what `k_conv2d()` has for its gradient."""
    return _transposed(k_conv2d_transpose, x, kernel, output_shape, strides, padding, data_format)


@backend("ops.conv_transpose")
def k_conv3d_transpose(
    x: X,
    kernel: Annotated[AnyTensor, Doc("The kernel: its sizes, the filters, and the channels that come in.")],
    output_shape: OutputShape,
    strides: Strides = (1, 1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
) -> Any:
    """A transposed convolution over three axes: what `k_conv3d()` has for its gradient."""
    return _transposed(k_conv3d_transpose, x, kernel, output_shape, strides, padding, data_format)


@backend("ops.depthwise_conv")
def k_depthwise_conv2d(
    x: X,
    depthwise_kernel: DepthwiseKernel,
    strides: Strides = (1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = (1, 1),
) -> Any:
    """A convolution over two axes of each channel by itself."""
    return ops.depthwise_conv(x, depthwise_kernel, strides, padding, data_format, dilation_rate)


@backend("ops.separable_conv")
def k_separable_conv2d(
    x: X,
    depthwise_kernel: DepthwiseKernel,
    pointwise_kernel: Annotated[AnyTensor, Doc("The pointwise kernel: 1, 1, what comes of the first, the filters.")],
    strides: Strides = (1, 1),
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Dilation = (1, 1),
) -> Any:
    """A depthwise convolution over two axes, and one of size 1 that mixes the channels."""
    return ops.separable_conv(x, depthwise_kernel, pointwise_kernel, strides, padding, data_format, dilation_rate)


@backend("ops.einsum")
def k_local_conv1d(
    inputs: X,
    kernel: Annotated[AnyTensor, Doc("The kernels: steps of the result, the numbers in a window, filters.")],
    kernel_size: LocalKernelSize,
    strides: Strides,
    data_format: DataFormat = None,
) -> Any:
    """A convolution over one axis with kernels of their own at each step.

    Args:
        inputs: A tensor: (samples, steps, channels).
    """
    return _local(inputs, kernel, kernel_size, strides, (shape_of(kernel)[0],), data_format)


@backend("ops.einsum")
def k_local_conv2d(
    inputs: X,
    kernel: Annotated[
        AnyTensor, Doc("The kernels: places of the result, row by row, the numbers in a window, filters.")
    ],
    kernel_size: LocalKernelSize,
    strides: Strides,
    output_shape: Annotated[IntegerTuple, Doc("How many rows and columns the result has.")],
    data_format: DataFormat = None,
) -> Any:
    """A convolution over two axes with kernels of their own at each place.

    Args:
        inputs: A tensor: (samples, rows, columns, channels).
    """
    return _local(inputs, kernel, kernel_size, strides, _each(output_shape, 2), data_format)


def _each(number: Any, axes: int) -> tuple[Any, ...]:
    return number if isinstance(number, tuple) else (number,) * axes


def _transposed(
    function: Any, x: Any, kernel: Any, output_shape: Any, strides: Any, padding: str, data_format: str | None
) -> Any:
    """The part of the whole transposed convolution that a convolution of `output_shape` has been made from."""
    data_format = data_format or keras.config.image_data_format()
    axes = len(x.shape) - 2
    strides = _each(strides, axes)
    first = 1 if data_format == "channels_last" else 2
    if len(output_shape) != axes + 2:
        refuse(function, "output_shape", list(output_shape), f"a shape of {axes + 2} sizes, with the batch")
    if isinstance(x, keras.KerasTensor) or isinstance(kernel, keras.KerasTensor):
        # Keras's own operation for symbolic tensors mixes up its arguments.
        return on_values(
            function.__name__,
            lambda x, kernel: _transposed(function, x, kernel, output_shape, strides, padding, data_format),
            x,
            kernel,
        )
    whole = ops.conv_transpose(x, kernel, strides, "valid", None, data_format)
    wanted = output_shape[first : first + axes]
    cut, pads = [slice(None)] * (axes + 2), [(0, 0)] * (axes + 2)
    for axis, (size, stride) in enumerate(zip(wanted, strides, strict=True), start=first):
        window, given = shape_of(kernel)[axis - first], shape_of(x)[axis]
        made = None if not isinstance(size, int) else -(-(size - (window - 1) * (padding == "valid")) // stride)
        if made is None or made != given:
            wants = f"a shape of which a convolution makes that of `x`, {tuple(x.shape)}"
            refuse(function, "output_shape", list(output_shape), wants)
        full = (given - 1) * stride + window
        in_front = max(full - size, 0) // 2 if padding == "same" else 0
        cut[axis] = slice(in_front, in_front + size)
        pads[axis] = (0, max(in_front + size - shape_of(whole)[axis], 0))
    return (ops.pad(whole, pads) if any(behind for _, behind in pads) else whole)[tuple(cut)]


def _local(x: Any, kernel: Any, kernel_size: Any, strides: Any, output_shape: Any, data_format: str | None) -> Any:
    axes = len(output_shape)
    kernel_size, strides = _each(kernel_size, axes), _each(strides, axes)
    last = (data_format or keras.config.image_data_format()) == "channels_last"
    every = slice(None)
    windows = []
    for place in itertools.product(*(range(size) for size in output_shape)):
        spatial = [
            slice(at * stride, at * stride + size) for at, stride, size in zip(place, strides, kernel_size, strict=True)
        ]
        window = x[(every, *spatial, every) if last else (every, every, *spatial)]
        windows.append(ops.reshape(window, (-1, shape_of(kernel)[1])))
    result = ops.einsum("npf,pfc->npc", ops.stack(windows, axis=1), kernel)
    result = ops.reshape(result, (-1, *output_shape, shape_of(kernel)[-1]))
    return result if last else ops.moveaxis(result, -1, 1)
