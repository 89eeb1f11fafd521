"""Embeddings as TensorBoard's projector reads them: a table for each layer, and the list of the tables."""

import os
import shutil
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from ..saving.files import replacing

_CONFIG = "projector_config.pbtxt"


def write(model: keras.Model, log_dir: str, layers: list[str], data: Any, metadata: Any) -> None:
    """Writes the vectors of embedding layers, in place of those of an earlier epoch.

    Args:
        model: The model.
        log_dir: Where TensorBoard looks.
        layers: The names of the layers.
        data: Samples whose vectors are shown; None for the vectors that the layers hold.
        metadata: A file with a line for each vector, or one for each layer by its name, from `log_dir` or from here.
    """
    from google.protobuf import text_format
    from tensorboard.plugins import projector

    config = projector.ProjectorConfig()
    for name in layers:
        table = f"embedding-{name.replace('/', '_')}.tsv"
        with replacing(os.path.join(log_dir, table), "callback_tensorboard") as beside:
            np.savetxt(beside, _vectors(model, model.get_layer(name), data), delimiter="\t", fmt="%.7g")
        shown = config.embeddings.add(tensor_name=name, tensor_path=table)
        labels = metadata.get(name) if isinstance(metadata, Mapping) else metadata
        if labels:
            shown.metadata_path = _in_log_dir(log_dir, labels)
    with (
        replacing(os.path.join(log_dir, _CONFIG), "callback_tensorboard") as beside,
        open(beside, "w", encoding="utf-8") as file,
    ):
        file.write(text_format.MessageToString(config))


def embedding_layers(model: keras.Model) -> list[str]:
    """The names of the embedding layers of a model."""
    return [layer.name for layer in model.layers if isinstance(layer, keras.layers.Embedding)]


def _vectors(model: keras.Model, layer: keras.layers.Embedding, data: Any) -> Any:
    if data is None:
        return keras.ops.convert_to_numpy(layer.embeddings)
    vectors = keras.Model(model.inputs, layer.output).predict(data, verbose=0)
    return vectors.reshape(len(vectors), -1)


def _in_log_dir(log_dir: str, path: str) -> str:
    """The projector reads no file outside `log_dir`: one that lies elsewhere is copied there."""
    if os.path.exists(os.path.join(log_dir, path)) or not os.path.exists(path):
        return path
    copy = f"metadata-{os.path.basename(path)}"
    shutil.copyfile(path, os.path.join(log_dir, copy))
    return copy
