"""What the applications have in common: an architecture of Keras's, with random weights or those that are found."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import keras

from ..datasets.downloaded import DownloadError
from ..language import r_function, refuse
from ..language.wording import show
from ..models.hdf5 import load_model_weights_hdf5

F = TypeVar("F", bound=Callable[..., Any])

_RETURNS = "The model, not compiled."
_RAISES = """ArgumentError: An argument is not what it must be, or there is no such file with weights.
DownloadError: The weights are not in Keras's cache and cannot be downloaded.
ValueError: The arguments do not fit together, e.g. images too small for the network."""


def application(build: Callable[..., keras.Model], since: str = "2.2.5.0") -> Callable[[F], F]:
    """Makes an R function of a signature that stands for an application of Keras; it needs no body.

    Args:
        build: What builds it, with the same arguments.
        since: The first version of R keras that has the function, 2.2.5.0 or 2.15.0.
    """

    def decorate(declared: F) -> F:
        def make(arguments: dict[str, Any]) -> keras.Model:
            weights = arguments.pop("weights")
            if weights is None or weights == "imagenet":
                return _with_one_input(downloading(declared.__name__, lambda: build(**arguments, weights=weights)))
            if not os.path.exists(weights):
                refuse(made, "weights", weights, f'an HDF5 file with weights, "imagenet" or {show(None)}')
            return load_model_weights_hdf5(_with_one_input(build(**arguments, weights=None)), weights)

        source = f"R keras {since}, `{declared.__name__}`; Keras, `keras.applications.{build.__name__}`."
        made: F = r_function(make=make, Returns=_RETURNS, Raises=_RAISES, Source=source)(declared)  # type: ignore[assignment]
        return made

    return decorate


def downloading(owner: str, load: Callable[[], Any]) -> Any:
    """What `load` returns, which may have to download a file.

    Raises:
        DownloadError: On behalf of the R function `owner`, where that cannot be done.
    """
    try:
        return load()
    except Exception as error:
        # Keras tells of a failed download by a bare Exception; every other error is of a class of its own.
        if type(error) is not Exception:
            raise
        cache = os.path.join(os.path.expanduser(os.environ.get("KERAS_HOME", "~/.keras")), "models")
        raise DownloadError(
            f"{owner}(): a file is not in {cache}, and cannot be downloaded ({error}). "
            "Call again when there is a network, or put the file there."
        ) from None


def _with_one_input(model: keras.Model) -> keras.Model:
    """The `input` of a model that begins with a given tensor is a list in Keras 3, and was that tensor before."""
    if not isinstance(model.input, list):
        return model
    return keras.Model(model.inputs[0], model.outputs[0], name=model.name)
