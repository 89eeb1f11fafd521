"""Functions of models that Keras has given up, with a word on what there is instead."""

from collections.abc import Mapping, Sequence

import keras

from ..language import Path, Size, r_function
from ..language.errors import GoneError
from ..language.wording import language

_RETURNS = "Nothing."
_RAISES = """ArgumentError: An argument is not what it must be.
GoneError: Always."""


@r_function(Returns=_RETURNS, Raises=_RAISES)
def multi_gpu_model(
    model: keras.Model,
    gpus: Size | Sequence[int] | None = None,
    cpu_merge: bool = True,
    cpu_relocation: bool = False,
) -> keras.Model:
    """Copies of a model on several GPUs: Keras has another way since 2020, which the error names.

    Args:
        model: The model.
        gpus: How many GPUs, or which.
        cpu_merge: Whether the CPU was to put the results together.
        cpu_relocation: Whether the weights were to lie on the CPU.

    Source:
        R keras 2.2.5.0, `multi_gpu_model`.
    """
    dot = "$" if language.get() == "R" else "."
    way = dot.join(["keras", "distribution", "set_distribution"]), dot.join(["keras", "distribution", "DataParallel"])
    raise GoneError(
        f"multi_gpu_model(): Keras 3 trains on all GPUs after {way[0]}({way[1]}()) (JAX), called before the model is "
        "made; on TensorFlow, make and compile it within tf.distribute.MirroredStrategy().scope()."
    )


@r_function(Returns=_RETURNS, Raises=_RAISES)
def model_to_saved_model(
    model: keras.Model,
    saved_model_path: Path,
    custom_objects: Mapping[str, object] | None = None,
    as_text: bool = False,
    input_signature: object = None,
    serving_only: bool = False,
) -> None:
    """Writes a SavedModel, as an experiment of TensorFlow 2.0 did; the error names `save_model_tf`.

    Args:
        model: The model.
        saved_model_path: Where it was to stand.
        custom_objects: The classes and functions that the model uses and Keras does not know, by name.
        as_text: Whether it was to be readable.
        input_signature: The shapes of the inputs.
        serving_only: Whether only predictions were to be kept.

    Source:
        R keras 2.2.5.0, `model_to_saved_model`.
    """
    raise GoneError("model_to_saved_model(): save_model_tf() does this, and export_savedmodel() for predictions alone.")


@r_function(Returns=_RETURNS, Raises=_RAISES)
def model_from_saved_model(saved_model_path: Path, custom_objects: Mapping[str, object] | None = None) -> keras.Model:
    """Reads what `model_to_saved_model` wrote; the error names `load_model_tf`.

    Args:
        saved_model_path: Where it stands.
        custom_objects: The classes and functions that the model uses and Keras does not know, by name.

    Source:
        R keras 2.2.5.0, `model_from_saved_model`.
    """
    raise GoneError("model_from_saved_model(): load_model_tf() reads what save_model_tf() and Keras 2 wrote.")
