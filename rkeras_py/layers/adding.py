"""What the layer functions have in common: a layer is made, and added to a model or called on a tensor."""

import functools
import inspect
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

import keras

from .. import keras_internals
from ..activations import keras2 as keras2_activations
from ..language import MISSING, r_function
from .time_major import TimeMajor, with_time_major

F = TypeVar("F", bound=Callable[..., Any])
BatchShape = tuple[int | None, ...]

_RETURNS = "The model with the layer added to it, the output tensor, or the layer itself, as `object` is."
_RAISES = """ArgumentError: An argument is not what it must be.
ValueError: The layer does not fit to what is in front of it."""

# The shapes of layers that wait for a model: Keras's layers know of no batch size.
_waiting: WeakKeyDictionary[keras.layers.Layer, BatchShape] = WeakKeyDictionary()


def _called(layer: keras.layers.Layer, target: Any) -> Any:
    return layer(target)


def layer(
    sort: type[keras.layers.Layer],
    *,
    since: str = "2.2.5.0",
    prepare: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    call: Callable[[keras.layers.Layer, Any], Any] = _called,
    returns: str = _RETURNS,
    choose: Callable[[dict[str, Any]], type[keras.layers.Layer]] | None = None,
) -> Callable[[F], F]:
    """Makes an R function of a signature that stands for a Keras layer; it needs no body.

    Args:
        sort: The class of the layer.
        since: The first version of R keras that has the function, 2.2.5.0 or 2.15.0.
        prepare: Makes the class's arguments of the function's, where they are not the same.
        call: Calls the layer on what stands in `object` or `inputs`, where that is not its only argument.
        returns: What comes back, where it is always the layer itself.
        choose: Takes the arguments that tell which class it is to be out of the function's, where that is not `sort`.
    """

    def decorate(declared: F) -> F:
        theirs = "Keras" if hasattr(keras.layers, sort.__name__) else "Keras 2"
        source = f"R keras {since}, `{declared.__name__}`; {theirs}, `keras.layers.{sort.__name__}`."

        def make(arguments: dict[str, Any]) -> Any:
            return made(choose(arguments) if choose else sort, arguments, prepare or dict, call)

        function: F = r_function(make=make, Returns=returns, Raises=_RAISES, Source=source)(declared)  # type: ignore[assignment]
        return function

    return decorate


def add(model: keras.Sequential, layer: keras.layers.Layer) -> None:
    """Adds a layer to a sequential model, the first one with its input, if it says what that is.

    Raises:
        ValueError: The layer does not fit to what is in front of it; the model is as it was.
    """
    shape, before = _waiting.get(layer), len(model.layers)
    # An input alone is no layer that `model.layers` shows.
    is_first = shape is not None and not model.layers and not model.get_config()["layers"]
    try:
        if is_first:
            model.add(keras.Input(batch_shape=shape, dtype=_input_dtype(layer)))
        model.add(layer)
    except Exception:
        while len(model.layers) > before:
            model.pop()
        if is_first:
            model.pop(rebuild=False)
        raise


def made(
    sort: type[keras.layers.Layer],
    arguments: dict[str, Any],
    prepare: Callable[[dict[str, Any]], dict[str, Any]] = dict,
    call: Callable[[keras.layers.Layer, Any], Any] = _called,
) -> Any:
    """Makes a layer; gives it back, or what comes of adding it to a model or of calling it.

    Args:
        sort: The class.
        arguments: Those of a layer function: the class's, what all layers have, and `object` or `inputs`.
        prepare: Makes the class's arguments of the function's.
        call: Calls the layer.
    """
    target = _together(arguments) if "inputs" in arguments else arguments.pop("object", MISSING)
    weights = arguments.pop("weights", None)
    shape = _batch_shape(sort, arguments)
    if arguments.pop("time_major", False) or isinstance(arguments.get("layer"), TimeMajor):
        sort = with_time_major(sort)
    options = {name: keras2_activations.kept(name, value) for name, value in prepare(arguments).items()}
    for name in ("dtype", "name", "trainable"):
        if options.get(name) is None:
            options.pop(name, None)
    trainable = None if _takes(sort, "trainable") else options.pop("trainable", None)
    bare = target is None or target is MISSING
    takes_shape = bare and getattr(sort, "takes_input_shape", _takes(sort, "input_shape"))
    layer = _with_input_shape(sort, options, shape[1:]) if shape and takes_shape else sort(**options)
    if trainable is not None:
        layer.trainable = trainable
    if shape is not None:
        _waiting[layer] = shape
    if weights is not None:
        _begin_with(layer, weights)
    if bare:
        return layer
    if isinstance(target, keras.Sequential):
        add(target, layer)
        return target
    return call(layer, target)


def _takes(sort: type[keras.layers.Layer], option: str) -> bool:
    """Whether a class is told something when it is made; of `SpatialDropout1D` Keras forgot the end."""
    declared = inspect.signature(sort.__init__).parameters
    return option in declared or any(one.kind is one.VAR_KEYWORD for one in declared.values())


def _together(arguments: dict[str, Any]) -> Any:
    """The tensors that a layer merges, those in a list and those one by one."""
    inputs, more = arguments.pop("inputs"), arguments.pop("more", [])
    if not more:
        return inputs
    return [*([] if inputs is MISSING else inputs if isinstance(inputs, list) else [inputs]), *more]


def _batch_shape(sort: type[keras.layers.Layer], arguments: dict[str, Any]) -> BatchShape | None:
    shape = arguments.pop("input_shape", None)
    batch_shape = arguments.pop("batch_input_shape", None)
    batch_size = arguments.pop("batch_size", None)
    if sort is keras.layers.Embedding:
        length = arguments.pop("input_length", None)
        shape = (length,) if shape is None else shape
    if batch_shape is not None:
        return tuple(batch_shape)
    return None if shape is None else (batch_size, *shape)


def _with_input_shape(
    sort: type[keras.layers.Layer], options: dict[str, Any], shape: tuple[int | None, ...]
) -> keras.layers.Layer:
    """A layer by itself takes its input shape along into a plain `keras.Sequential` too."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Do not pass an `input_shape`")
        return sort(**options, input_shape=shape)


def _input_dtype(layer: keras.layers.Layer) -> str:
    own = "int32" if isinstance(layer, keras.layers.Embedding) else layer.compute_dtype
    return str(getattr(layer, "input_type", own))


def _begin_with(layer: keras.layers.Layer, weights: list[Any]) -> None:
    """Sets the weights as soon as there are any."""
    build = layer.build

    @functools.wraps(build)
    def build_and_set(*args: Any, **kwargs: Any) -> None:
        with _outside_of_graphs():
            build(*args, **kwargs)
            layer.set_weights(weights)
        for variable, value in zip(layer.weights, weights, strict=True):
            keras_internals.begin_with(variable, value)

    layer.build = build_and_set


def _outside_of_graphs() -> AbstractContextManager[Any]:
    """Where variables can be assigned to although TensorFlow traces a graph, as it does when `fit` builds a model."""
    if keras.config.backend() != "tensorflow":
        return nullcontext()
    import tensorflow as tf

    return cast("AbstractContextManager[Any]", tf.init_scope())
