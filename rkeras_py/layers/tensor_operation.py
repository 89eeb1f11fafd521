"""What a functional model of Keras 2 did with tensors outside of layers, as a layer: `x + 1`, `x[, 1]`, `tf.exp(x)`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras

ops = keras.ops

Template = Any  # a value as JSON has it, in which {"tensor": i} stands for the i-th input


def _index(spec: Any) -> Any:
    """A part of what stands in square brackets, as a configuration has it."""
    if isinstance(spec, Mapping):
        return ... if "start" not in spec else slice(spec["start"], spec["stop"], spec.get("step"))
    return tuple(_index(one) for one in spec) if isinstance(spec, list | tuple) else spec


def _matmul(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False) -> Any:
    return ops.matmul(*(ops.swapaxes(x, -1, -2) if turned else x for x, turned in ((a, transpose_a), (b, transpose_b))))


def _cast(x: Any, dtype: str) -> Any:
    return ops.cast(x, dtype)


def _transpose(a: Any, perm: Any = None) -> Any:
    return ops.transpose(a, perm)


def _split(value: Any, num_or_size_splits: Any, axis: int = 0) -> Any:
    if isinstance(num_or_size_splits, int):
        return ops.split(value, num_or_size_splits, axis)
    ends = [sum(num_or_size_splits[: place + 1]) for place in range(len(num_or_size_splits) - 1)]
    return ops.split(value, ends, axis)


def _normalized(x: Any, axis: Any = None, epsilon: float = 1e-12) -> Any:
    squares = ops.sum(ops.square(x), _axes(axis), keepdims=True)
    return x * ops.rsqrt(ops.maximum(squares, epsilon))


def _leaky(features: Any, alpha: float = 0.2) -> Any:
    return ops.leaky_relu(features, alpha)


def _gathered(params: Any, indices: Any, axis: int = 0) -> Any:
    return ops.take(params, indices, axis)


def _axes(axis: Any) -> Any:
    return tuple(axis) if isinstance(axis, list) else axis


def _over(function: Callable[..., Any]) -> Callable[..., Any]:
    def reduced(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
        return function(x, axis=_axes(axis), keepdims=bool(keepdims))

    return reduced


def _of_two(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def of_two(x: Any, y: Any) -> Any:
        return function(x, y)

    return of_two


def _found(function: Callable[..., Any]) -> Callable[..., Any]:
    def found(x: Any, axis: Any = None, output_type: str = "int64") -> Any:
        return ops.cast(function(x, axis=0 if axis is None else axis), output_type)

    return found


# Both sides are tensors or numbers: Python's operators spread them over one another as TensorFlow does.
_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(["__operators__.add", "math.add"], lambda x, y: x + y),
    "math.subtract": lambda x, y: x - y,
    "math.multiply": lambda x, y: x * y,
    **dict.fromkeys(["math.truediv", "math.divide", "divide"], lambda x, y: x / y),
    "math.floordiv": lambda x, y: x // y,
    **dict.fromkeys(["math.floormod", "math.mod"], lambda x, y: x % y),
    "math.pow": lambda x, y: x**y,
    "math.greater": lambda x, y: x > y,
    "math.greater_equal": lambda x, y: x >= y,
    "math.less": lambda x, y: x < y,
    "math.less_equal": lambda x, y: x <= y,
    **dict.fromkeys(["math.equal", "__operators__.eq"], _of_two(ops.equal)),
    **dict.fromkeys(["math.not_equal", "__operators__.ne"], _of_two(ops.not_equal)),
    "math.maximum": _of_two(ops.maximum),
    "math.minimum": _of_two(ops.minimum),
    "math.logical_and": _of_two(ops.logical_and),
    "math.logical_or": _of_two(ops.logical_or),
    "math.squared_difference": lambda x, y: ops.square(x - y),
    "math.atan2": _of_two(ops.arctan2),
}
_UNARY: dict[str, Callable[[Any], Any]] = {
    **{f"math.{name}": getattr(ops, name) for name in ["abs", "ceil", "cos", "cosh", "erf", "exp", "expm1", "floor"]},
    **{f"math.{name}": getattr(ops, name) for name in ["log", "log1p", "negative", "reciprocal", "round", "rsqrt"]},
    **{f"math.{name}": getattr(ops, name) for name in ["sigmoid", "sign", "sin", "sinh", "sqrt", "square", "tan"]},
    **{f"math.{name}": getattr(ops, name) for name in ["tanh", "logical_not", "softplus"]},
    **{f"nn.{name}": getattr(ops, name) for name in ["elu", "relu", "relu6", "selu", "sigmoid", "silu", "softplus"]},
    **{f"nn.{name}": getattr(ops, name) for name in ["softsign", "tanh"]},
    **{
        "nn.swish": ops.silu,
        "math.softsign": ops.softsign,
        "identity": lambda x: x,
        "stop_gradient": ops.stop_gradient,
    },
    **{"zeros_like": ops.zeros_like, "ones_like": ops.ones_like, "convert_to_tensor": lambda x: x},
}
# The first argument is a tensor, or a list of them; the names of the others are TensorFlow's.
_NAMED: dict[str, Callable[..., Any]] = {
    "__operators__.getitem": lambda x, slice_spec: x[_index(slice_spec)],
    **{
        f"math.reduce_{name}": _over(getattr(ops, name)) for name in ["sum", "mean", "max", "min", "prod", "any", "all"]
    },
    **{"math.reduce_std": _over(ops.std), "math.reduce_variance": _over(ops.var)},
    "math.reduce_logsumexp": _over(ops.logsumexp),
    **{"math.argmax": _found(ops.argmax), "math.argmin": _found(ops.argmin)},
    "math.cumsum": lambda x, axis=0: ops.cumsum(x, axis),
    **dict.fromkeys(["linalg.l2_normalize", "math.l2_normalize", "nn.l2_normalize"], _normalized),
    **{
        "nn.softmax": lambda x, axis=-1: ops.softmax(x, axis),
        "nn.log_softmax": lambda x, axis=-1: ops.log_softmax(x, axis),
    },
    "nn.gelu": lambda x, approximate=False: ops.gelu(x, approximate),
    "nn.leaky_relu": _leaky,
    "linalg.matmul": _matmul,
    "clip_by_value": lambda x, clip_value_min, clip_value_max: ops.clip(x, clip_value_min, clip_value_max),
    "concat": lambda values, axis: ops.concatenate(values, axis),
    "stack": lambda values, axis=0: ops.stack(values, axis),
    "split": _split,
    "expand_dims": lambda x, axis: ops.expand_dims(x, axis),
    "squeeze": lambda x, axis=None: ops.squeeze(x, _axes(axis)),
    "reshape": lambda x, shape: ops.reshape(x, shape),
    **dict.fromkeys(["transpose", "compat.v1.transpose"], _transpose),
    "tile": lambda x, multiples: ops.tile(x, multiples),
    "repeat": lambda x, repeats, axis=None: ops.repeat(x, repeats, axis),
    "reverse": lambda x, axis: ops.flip(x, _axes(axis)),
    "cast": _cast,
    "where": lambda condition, x, y: ops.where(condition, x, y),
    **dict.fromkeys(["gather", "compat.v1.gather"], _gathered),
    "one_hot": lambda x, depth: ops.one_hot(ops.cast(x, "int32"), depth),
}
OPERATIONS: dict[str, Callable[..., Any]] = {**_NAMED, **_UNARY, **_BINARY}


@keras.saving.register_keras_serializable("rkeras")
class TensorOperation(keras.layers.Layer):
    """A function of TensorFlow, computed by Keras on whatever backend.

    Args:
        operation: Its name in TensorFlow without `tf.`, one of `OPERATIONS`, e.g. `"math.add"`.
        arguments: What it is given by position, where `{"tensor": i}` stands for the i-th input.
        options: What it is given by name; likewise.

    Source:
        Keras 2, layers `TFOpLambda` and `SlicingOpLambda`.
    """

    def __init__(
        self,
        operation: str,
        arguments: Sequence[Template],
        options: Mapping[str, Template] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if operation not in OPERATIONS:
            raise ValueError(f"{operation!r} is none of {', '.join(sorted(OPERATIONS))}")
        self.operation, self.arguments, self.options = operation, list(arguments), dict(options or {})
        self.supports_masking = False

    def call(self, inputs: Any) -> Any:
        """Computes it."""
        tensors = list(inputs) if isinstance(inputs, list | tuple) else [inputs]
        arguments = [_filled(one, tensors) for one in self.arguments]
        options = {name: _filled(one, tensors) for name, one in self.options.items()}
        return OPERATIONS[self.operation](*arguments, **options)

    def get_config(self) -> dict[str, Any]:
        own = {"operation": self.operation, "arguments": self.arguments, "options": self.options}
        return {**super().get_config(), **own}


def _filled(template: Template, tensors: list[Any]) -> Any:
    if isinstance(template, Mapping):
        if list(template) == ["tensor"]:
            return tensors[template["tensor"]]
        return {name: _filled(one, tensors) for name, one in template.items()}
    return [_filled(one, tensors) for one in template] if isinstance(template, list | tuple) else template
