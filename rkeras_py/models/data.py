"""The samples and the targets of a training, as Keras is given them."""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import keras
import numpy as np

from ..language import refuse
from ..language.compound import Anything
from ..language.kinds import Unfit
from ..language.wording import RNamed, RValue, how_to_number, language
from .sources import is_function


class SampleArrays(Anything):
    """Arrays, which Keras is given in its own float type, converted in one step.

    R's matrices are of doubles and column by column. TensorFlow makes rows of them when it takes them over; elsewhere
    Keras would gather the rows of each batch from all over the memory. What is no array (a data set, a generator) is
    passed on.
    """

    def convert(self, value: Any) -> Any:
        return self._structure(value if _is_number_of_r(value) or _is_text_of_r(value) else super().convert(value))

    def _structure(self, value: Any) -> Any:
        if isinstance(value, RValue):
            raise Unfit(value.hint)
        if _is_number_of_r(value):
            return self._array(np.asarray([value]))
        if _is_text_of_r(value):
            return self._array(np.asarray([value]))
        if type(value) in (list, tuple) and any(
            all(isinstance(one, sort) for one in value) for sort in (int | float, str)
        ):
            return self._array(np.asarray(value))
        if type(value) in (list, tuple):
            return type(value)(self._structure(one) for one in value)
        if type(value) is dict:
            return {name: self._structure(one) for name, one in value.items()}
        return self._array(_as_text(value)) if isinstance(value, np.ndarray) else value

    def _array(self, array: Any) -> Any:
        if array.dtype.kind == "U":
            return self._strings(array)
        dtype = keras.config.floatx() if array.dtype == np.float64 else array.dtype
        return np.asarray(array, dtype=dtype, order="K" if keras.config.backend() == "tensorflow" else "C")

    def _strings(self, array: Any) -> Any:
        """A tensor: Keras takes no array of strings. A vector of them is a column, as in Keras 2."""
        if keras.config.backend() != "tensorflow":
            raise Unfit(
                f" On {keras.config.backend()} there are no tensors of strings: call the layer that takes them on the "
                "data in front of the model."
            )
        import tensorflow as tf

        return tf.convert_to_tensor(array[:, None] if array.ndim == 1 else array)


class FedArrays(SampleArrays):
    """Samples, or what gives them batch by batch: beside objects that do, a function without arguments."""

    def wants(self) -> str:
        return "an array, a data frame, a list of them, or a generator of batches"

    def convert(self, value: Any) -> Any:
        if not is_function(value):
            return super().convert(value)
        if not _takes_nothing(value):
            raise Unfit(" A generator of batches is a function without arguments.")
        return value


class Batches(FedArrays):
    """What gives samples batch by batch, and no samples."""

    def wants(self) -> str:
        return "a generator of batches"

    def convert(self, value: Any) -> Any:
        gives = any(hasattr(value, name) for name in ("__next__", "__iter__", "__getitem__"))
        whole = isinstance(value, list | tuple | Mapping | str | bytes | RNamed) or hasattr(value, "__array__")
        if is_function(value) or (gives and not whole and not isinstance(value, type)):
            return super().convert(value)
        raise Unfit


class TargetArrays(SampleArrays):
    """Targets are numbers: classes are not made of words by guessing their order.

    A vector of them is a column, as in Keras 2: Keras 3 would have metrics compare each prediction, a column too, with
    each target.
    """

    def convert(self, value: Any) -> Any:
        if isinstance(value, str):
            raise Unfit(how_to_number())
        return super().convert(value)

    def _array(self, array: Any) -> Any:
        if array.dtype.kind in "US":
            raise Unfit(how_to_number())
        array = super()._array(array)
        return array[:, None] if array.ndim == 1 else array

    def _structure(self, value: Any) -> Any:
        if isinstance(value, str):
            raise Unfit(how_to_number())
        return super()._structure(value)


class ValidationArrays(FedArrays):
    """Samples, targets, and weights if need be, in a list; or what gives them together."""

    def convert(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and any(isinstance(one, str) for one in value):
            raise Unfit(how_to_number())
        together = super().convert(value)
        if not isinstance(together, list | tuple) or not 2 <= len(together) <= 3:
            return together
        x, y, *weights = together
        return (SampleArrays().convert(x), TargetArrays().convert(y), *weights)

    def _strings(self, array: Any) -> Any:
        return array  # of targets they are refused


def class_weights(function: Callable[..., Any], class_weight: Mapping[str, float] | None) -> dict[int, float] | None:
    """The weights of classes by their numbers.

    Raises:
        ArgumentError: On behalf of an R function, where they have other names.
    """
    if class_weight is None:
        return None
    if not all(label.isdecimal() for label in class_weight):
        refuse(function, "class_weight", class_weight, "weights named by the numbers of the classes")
    return {int(label): weight for label, weight in class_weight.items()}


def loss_first(name: str) -> tuple[bool, bool]:
    """Where a quantity stands among others: the loss before the metrics, and those of validation behind."""
    return name.startswith("val_"), name.removeprefix("val_") != "loss"


def _is_number_of_r(value: Any) -> bool:
    """R has no scalars: a number from there is a vector of length one."""
    return language.get() == "R" and isinstance(value, int | float) and not isinstance(value, bool)


def _is_text_of_r(value: Any) -> bool:
    """The same for a string."""
    return language.get() == "R" and isinstance(value, str)


def _as_text(array: Any) -> Any:
    """Strings, which a matrix of R's brings as objects, in a type of their own, the one that Keras takes."""
    is_text = array.dtype == object and array.size and all(isinstance(one, str) for one in array.flat)
    return array.astype(str) if is_text else array


def _takes_nothing(function: Callable[..., Any]) -> bool:
    try:
        inspect.signature(function).bind()
    except (TypeError, ValueError):
        return False
    return True


Samples = Annotated[Any, SampleArrays()]
Fed = Annotated[Any, FedArrays()]
Generator = Annotated[Any, Batches()]
Targets = Annotated[Any, TargetArrays()]
Validation = Annotated[Any, ValidationArrays()]
