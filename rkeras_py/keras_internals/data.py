"""Where Keras takes batches from."""

from collections.abc import Mapping
from typing import Any

from keras.src.trainers.data_adapters import data_adapter_utils
from keras.src.trainers.data_adapters.data_adapter import DataAdapter as DataAdapter


def weights_by_class(y: Any, class_weight: Mapping[int, float]) -> Any:
    """The weight of each sample by its class, which is a number or a row of 0 and 1."""
    return data_adapter_utils.class_weight_to_sample_weights(y, class_weight)
