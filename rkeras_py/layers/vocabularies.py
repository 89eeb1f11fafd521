"""What layers with a vocabulary share: it is saved with the model, whatever the file, and outputs are Keras 2's."""

from typing import Any

import keras
import numpy as np

from ..keras_internals import lookup_of


class KeepsVocabulary:
    """Mixed into Keras's layers with a vocabulary: the configuration has it, however it came about, so that a file of
    any format does; and what is no number of a word is of Keras's float type, as in Keras 2.
    """

    takes_input_shape = False

    def get_config(self) -> dict[str, Any]:
        """The configuration with the vocabulary."""
        config: dict[str, Any] = super().get_config()  # type: ignore[misc]
        words = words_of(self, special=False)
        if not words:
            # Keras would take the size that it has now for the one that it must keep.
            return {**config, "vocabulary_size": None}
        return {**config, "vocabulary": words, "idf_weights": self._weights(len(words)), "has_input_vocabulary": False}

    def _weights(self, words: int) -> list[float] | None:
        weights = getattr(lookup_of(self), "idf_weights", None)
        if weights is None:
            return None
        special = len(words_of(self)) - words
        return [float(weight) for weight in np.asarray(weights)[special : special + words]]

    def save_assets(self, dir_path: str) -> None:
        """Writes nothing: what Keras writes is in the encoding of the system, and a word may have any character."""

    def call(self, inputs: Any) -> Any:
        """The output."""
        return _as_floats(super().call(inputs), lookup_of(self).output_mode)  # type: ignore[misc]

    def compute_output_spec(self, inputs: Any) -> Any:
        """The output of a symbolic tensor.

        Raises:
            ValueError: The backend has no strings.
        """
        lookup = lookup_of(self)
        is_string = lookup.vocabulary_dtype == "string"
        if is_string and keras.config.backend() != "tensorflow":
            raise ValueError(
                f"{type(self).__name__}: on {keras.config.backend()} there are no tensors of strings, so that no model "
                "can have this layer inside. Call it on the data in front of the model, e.g. in a tf.data pipeline."
            )
        spec = super().compute_output_spec(inputs)  # type: ignore[misc]
        return keras.KerasTensor(spec.shape, dtype="string") if is_string and lookup.invert else spec


def words_of(layer: Any, special: bool = True) -> list[Any]:
    """The vocabulary in plain strings or numbers."""
    words = layer.get_vocabulary(include_special_tokens=special)
    return [word.item() if isinstance(word, np.generic) else word for word in words]


def _as_floats(output: Any, mode: str) -> Any:
    if mode == "int":
        return output
    import tensorflow as tf

    if isinstance(output, tf.Tensor | tf.SparseTensor):  # also in a pipeline in front of a model of another backend
        return tf.cast(output, keras.config.floatx())
    return keras.ops.cast(output, keras.config.floatx())
