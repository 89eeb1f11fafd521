"""freeze_weights() and unfreeze_weights()."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import keras
from typing_extensions import Doc

from .. import keras_internals as internals
from ..language import MISSING, RDefault, r_function, refuse
from ..language.errors import ArgumentError
from ..language.wording import counted, show
from .arguments import Choice, Place
from .structure import layer_at, layer_called

F = TypeVar("F", bound=Callable[..., Any])

Whole = Annotated[keras.layers.Layer, Doc("A model or a layer.")]
From = Annotated[
    Place | None,
    RDefault("NULL"),
    Doc("The first layer: its name, its number from 1 (from -1 backwards), or itself; the first one of all if `None`."),
]
To = Annotated[Place | None, RDefault("NULL"), Doc("The last layer, in the same way; the last one of all if `None`.")]
Which = Annotated[
    Choice | None,
    RDefault("NULL"),
    Doc(
        "The layers, instead of `from` and `to`: their names or numbers, layers, a flag for each, or a function of a "
        "layer that returns one."
    ),
]


def _freezing(trainable: bool) -> Callable[[F], F]:
    """Makes an R function of a signature that sets what trains."""

    def decorate(declared: F) -> F:
        def make(arguments: dict[str, Any]) -> keras.layers.Layer:
            model = arguments.pop("object")
            given = {name: value for name, value in arguments.items() if value is not MISSING}
            if "which" in given and len(given) > 1:
                raise ArgumentError(f"{declared.__name__}(): `which` stands in the place of `from` and `to`.")
            if given and not hasattr(model, "layers"):
                refuse(made, "object", model, f"a model, as `{next(iter(given)).removesuffix('_')}` is given")
            chosen = set(map(id, _chosen(made, model, given))) if given else set()
            if trainable or not given:
                _set(model, trainable)
            for layer in model.layers if given else ():
                _set(layer, trainable if id(layer) in chosen else not trainable)
            return model

        made: F = r_function(  # type: ignore[assignment]
            make=make,
            Returns="The model or the layer itself.",
            Raises="ArgumentError: An argument is not what it must be, or there is no such layer.",
            Source=f"R keras 2.2.5.0, `{declared.__name__}`; Keras, `Layer.trainable`.",
        )(declared)
        return made

    return decorate


@_freezing(trainable=False)
def freeze_weights(
    object: Whole, from_: From = MISSING, to: To = MISSING, which: Which = MISSING
) -> keras.layers.Layer:
    """Has training leave weights as they are.

    Without `from`, `to` and `which` it is all of the weights. With them, the layers outside train. What trains is
    settled when a model is compiled: one that was compiled before goes on as it was until it is compiled again, and a
    warning says so when it is trained.
    """
    raise NotImplementedError


@_freezing(trainable=True)
def unfreeze_weights(
    object: Whole, from_: From = MISSING, to: To = MISSING, which: Which = MISSING
) -> keras.layers.Layer:
    """Has training change weights that were frozen.

    Without `from`, `to` and `which` it is all of the weights. With them, the layers outside are frozen. What trains is
    settled when a model is compiled: one that was compiled before goes on as it was until it is compiled again, and a
    warning says so when it is trained.
    """
    raise NotImplementedError


def _set(whole: keras.layers.Layer, trainable: bool) -> None:
    # TensorFlow passes over `model.trainable = True` where that is so already, although layers within are frozen.
    for layer in internals.layers_within(whole):
        internals.set_trainable(layer, trainable, {})


def _chosen(function: Callable[..., Any], model: keras.Model, given: dict[str, Any]) -> list[keras.layers.Layer]:
    if "which" in given:
        return _which(function, model, given["which"])
    layers = list(model.layers)
    if not layers:
        refuse(function, "object", model, "a model with layers")
    first, last = given.get("from_"), given.get("to")
    start = 0 if first is None else _place(function, "from_", model, first)
    end = len(layers) - 1 if last is None else _place(function, "to", model, last)
    if end < start:
        refuse(function, "to", layers[end].name, f"a layer behind {layers[start].name}")
    return layers[start : end + 1]


def _which(function: Callable[..., Any], model: keras.Model, which: Any) -> list[keras.layers.Layer]:
    layers = list(model.layers)
    if which is None:
        refuse(function, "which", None, "layers, or left out")
    if callable(which):
        which = [_flag(function, which(layer)) for layer in layers]
    if all(isinstance(one, bool) for one in which):
        if len(which) != len(layers):
            refuse(function, "which", which, f"{counted(len(layers), 'flag')}, one for each layer")
        return [layer for layer, flag in zip(layers, which, strict=True) if flag]
    return [layers[_place(function, "which", model, one)] for one in which]


def _flag(function: Callable[..., Any], value: Any) -> bool:
    if not isinstance(value, bool | int) and getattr(value, "ndim", None) != 0:
        raise ArgumentError(
            f"{function.__name__}(): the function `which` must return {show(True)} or {show(False)}, not {show(value)}."
        )
    return bool(value)


def _place(function: Callable[..., Any], argument: str, model: keras.Model, place: Any) -> int:
    """The number of a layer of a model, from 0."""
    if isinstance(place, int):
        layer = layer_at(function, argument, model, place)
    elif isinstance(place, str):
        layer = layer_called(function, argument, model, place)
    else:
        layer = place
    at = next((at for at, one in enumerate(model.layers) if one is layer), None)
    if at is None:
        refuse(function, argument, place, f"a layer of the model {model.name}")
    return at
