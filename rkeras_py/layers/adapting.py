"""What layers learn of data before any training: means, boundaries, vocabularies."""

import itertools
import math
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import keras
import numpy as np
from typing_extensions import Doc

from ..language import OtherName, Size, r_function, refuse
from .arguments_preprocessing import Examples, IdfWeights, Tokens, is_tensor_of_tensorflow
from .vocabularies import words_of

_BATCH = 32  # Keras 2's; what a layer finds may depend on it


@r_function
def adapt(
    object: keras.layers.Layer,
    data: Annotated[Any, Examples()],
    *,
    batch_size: Size | None = None,
    steps: Size | None = None,
) -> keras.layers.Layer:
    """Has a layer learn its state from data: a mean and a variance, boundaries, or a vocabulary.

    What it learnt before is forgotten. A model that was compiled with the layer has to be compiled anew.

    Args:
        object: A layer as `layer_text_vectorization`, `layer_string_lookup`, `layer_integer_lookup`,
            `layer_normalization` or `layer_discretization` makes.
        data: Strings, an array, a data set of batches, or anything that gives batches one by one.
        batch_size: How many samples of an array the layer is shown at a time, 32 if `None`.
        steps: After how many batches to end, for data that does not end.

    Returns:
        The layer.

    Raises:
        ArgumentError: An argument is not what it must be.
        ValueError: The layer has a vocabulary or boundaries that it was made with, or the data does not fit.

    Source:
        R keras 2.15.0, `adapt`; Keras, `adapt` of the layers.
    """
    if not hasattr(object, "adapt"):
        refuse(adapt, "object", object, "a layer that can be adapted")
    batches = itertools.islice(_batches(data, batch_size or _BATCH), steps)
    if isinstance(object, keras.layers.Normalization):
        if isinstance(data, np.ndarray) and steps is None:
            object.adapt(data)
        else:
            _learn_scale(object, batches)
    else:
        object.reset_state()
        for batch in batches:
            object.update_state(batch)
        object.finalize_state()
    return object


@r_function
def get_vocabulary(object: keras.layers.Layer, include_special_tokens: bool = True) -> list[str] | list[int]:
    """The vocabulary of a layer.

    Args:
        object: A layer as `layer_text_vectorization`, `layer_string_lookup` or `layer_integer_lookup` makes.
        include_special_tokens: Whether what stands for nothing and for unknown words is there too, so that the place of
            a word, counted from 0, is the number that the layer gives for it.

    Returns:
        The words or numbers.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.15.0, `get_vocabulary`; Keras, `get_vocabulary` of the layers.
    """
    if not hasattr(object, "get_vocabulary"):
        refuse(get_vocabulary, "object", object, "a layer with a vocabulary")
    return words_of(object, include_special_tokens)


@r_function
def set_vocabulary(
    object: keras.layers.Layer,
    vocabulary: Annotated[Any, Tokens(str, int)],
    idf_weights: IdfWeights = None,
    *,
    vocab: Annotated[Any | None, OtherName("vocabulary"), Tokens(str, int), Doc("An older name.")] = None,
) -> keras.layers.Layer:
    """Gives a layer a vocabulary, instead of `adapt()`.

    Args:
        object: A layer as `layer_text_vectorization`, `layer_string_lookup` or `layer_integer_lookup` makes.
        vocabulary: The words or numbers, or the path of a file with one a line.

    Returns:
        The layer.

    Raises:
        ArgumentError: An argument is not what it must be.
        ValueError: The vocabulary does not fit the layer, or there is no such file.

    Source:
        R keras 2.15.0, `set_vocabulary`; Keras, `set_vocabulary` of the layers.
    """
    if not hasattr(object, "set_vocabulary"):
        refuse(set_vocabulary, "object", object, "a layer with a vocabulary")
    object.set_vocabulary(vocabulary, idf_weights=idf_weights)
    return object


def _learn_scale(layer: keras.layers.Normalization, batches: Iterable[Any]) -> None:
    """Has a layer learn mean and variance from batches, whatever gives them; Keras takes some sorts alone.

    Source:
        Chan, Golub and LeVeque (1983), for means and variances of parts.
    """
    count, mean, squares = 0, np.float64(0), np.float64(0)
    for one in batches:
        batch = np.asarray(one, "float64")
        if not count:
            layer.adapt(batch)  # which makes its weights, or says why it learns nothing
        rest = tuple({*range(batch.ndim)} - {axis % batch.ndim for axis in layer.axis})
        size = math.prod(batch.shape[axis] for axis in rest)
        off = batch.mean(axis=rest) - mean
        squares = squares + batch.var(axis=rest) * size + off**2 * count * size / (count + size)
        mean, count = mean + off * size / (count + size), count + size
    layer.adapt_mean.assign(mean)
    layer.adapt_variance.assign(squares / count)
    layer.finalize_state()


def _batches(data: Any, size: int) -> Iterator[Any]:
    """The batches of arrays and of what has batches; of pairs of samples and targets, the samples."""
    if isinstance(data, np.ndarray) or keras.ops.is_tensor(data) or is_tensor_of_tensorflow(data):
        return (data[start : start + size] for start in range(0, len(data), size))
    batches = data if hasattr(data, "__iter__") and not isinstance(data, keras.utils.PyDataset) else _in_order(data)
    return (batch[0] if isinstance(batch, tuple) else batch for batch in batches)


def _in_order(data: Any) -> Iterator[Any]:
    return (data[index] for index in range(len(data)))
