"""Windows over series: timeseries_generator() and timeseries_dataset_from_array()."""

from typing import Annotated, Any

import keras

from ..keras_internals import legacy_preprocessing
from ..language import Count, RInteger, Size, r_function, refuse
from .rows import Rows


@r_function
def timeseries_generator(
    data: Rows,
    targets: Rows,
    length: Size,
    sampling_rate: Size = 1,
    stride: Size = 1,
    start_index: Count = 0,
    end_index: Count | None = None,
    shuffle: bool = False,
    reverse: bool = False,
    batch_size: Size = 128,
) -> Any:
    """Batches of windows over a series, each with the target of the step behind it.

    Args:
        data: The series: an array whose first axis is time.
        targets: An array with a target for each step.
        length: How many steps a window reaches back.
        sampling_rate: From one step to the next within a window.
        stride: How many steps later the next window begins.
        start_index: The first step that is used, counted from 0.
        end_index: The last step that is used, counted from 0; the last one there is if `None`.
        shuffle: Whether windows are drawn at random, by NumPy.
        reverse: Whether windows go back in time.
        batch_size: How many windows are in a batch.

    Returns:
        A Keras data set (`keras.utils.PyDataset`), which `fit()` takes; its length is the number of batches.

    Raises:
        ArgumentError: An argument is not what it must be, or no window is left.

    Source:
        R keras 2.2.5.0, `timeseries_generator`; Keras, `keras.src.legacy.preprocessing.sequence`.
    """
    arguments, steps = locals(), len(data)
    if len(targets) != steps:
        refuse(timeseries_generator, "targets", targets, f"an array with {steps} targets, as many as there are steps")
    if end_index is not None and end_index >= steps:
        refuse(timeseries_generator, "end_index", end_index, f"below {steps}, the number of steps")
    last = steps - 1 if end_index is None else end_index
    if start_index + length > last:
        refuse(timeseries_generator, "length", length, f"at most {last - start_index}, the steps that are there before")
    return legacy_preprocessing("sequence").TimeseriesGenerator(**arguments)


@r_function
def timeseries_dataset_from_array(
    data: Rows,
    targets: Rows | None,
    sequence_length: Size,
    sequence_stride: Annotated[Size, RInteger()] = 1,
    sampling_rate: Annotated[Size, RInteger()] = 1,
    batch_size: Annotated[Size | None, RInteger()] = 128,
    shuffle: bool = False,
    *,
    seed: int | None = None,
    start_index: Count | None = None,
    end_index: int | None = None,
) -> Any:
    """A TensorFlow data set of windows over a series.

    Args:
        data: The series: an array whose first axis is time.
        targets: An array with the target of the window that begins at each step; `None` for windows alone.
        sequence_length: How many steps are in a window.
        sequence_stride: How many steps later the next window begins.
        sampling_rate: From one step to the next within a window.
        batch_size: How many windows are in a batch; if `None`, they come one by one.
        shuffle: Whether windows are in random order.
        seed: The seed of the order.
        start_index: The first step that is used, counted from 1.
        end_index: The last step that is used, counted from 1, or from -1 backwards.

    Returns:
        A `tf.data.Dataset`.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.15.0, `timeseries_dataset_from_array`; Keras, `keras.utils.timeseries_dataset_from_array`.
    """
    arguments, steps = locals(), len(data)
    first = max((start_index or 0) - 1, 0)
    last = end_index if end_index is None or end_index > 0 else steps + end_index + 1
    if first >= steps:
        refuse(timeseries_dataset_from_array, "start_index", start_index, f"at most {steps}, the number of steps")
    if last is not None and not first < last <= steps:
        wants = f"between `start_index` and {steps}, the number of steps"
        refuse(timeseries_dataset_from_array, "end_index", end_index, wants)
    return keras.utils.timeseries_dataset_from_array(
        **{**arguments, "start_index": first, "end_index": None if last == steps else last}
    )
