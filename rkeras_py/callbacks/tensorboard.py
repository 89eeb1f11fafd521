"""callback_tensorboard()."""

import os
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import keras
import numpy as np
from annotated_types import Ge

from .. import keras_internals
from ..notices import warn
from ..semantics import Count, Data, Described, Path, Retired, contract_of, r_function, refuse

_OWNER = "callback_tensorboard"


class TensorBoard(Described, keras.callbacks.TensorBoard):
    """Keeps the promises that epoch scalars are written whatever `update_freq` says, that a training which failed does
    not silence the next one, and that the user's `embeddings_metadata` stays the user's.
    """

    embeddings_metadata: Any

    def __init__(self, *, log_dir: str | None, update_freq: str | int, profile_batch: Any, **arguments: Any) -> None:
        # Where it counts batches itself, Keras opens a context per batch that an error leaves open for good, and that
        # holds the scalars of the epoch back as well. So it is told "epoch", and batches are written here.
        super().__init__(log_dir=log_dir or "logs", update_freq="epoch", profile_batch=profile_batch, **arguments)
        self.profile_batch = profile_batch
        self.batches_per_write = {"epoch": 0, "batch": 1}[update_freq] if isinstance(update_freq, str) else update_freq
        self._batches = 0

    def set_model(self, model: keras.Model) -> None:
        os.makedirs(self.log_dir, exist_ok=True)
        given = self.embeddings_metadata
        self.embeddings_metadata = _of_embedding_layers(model, given)  # Keras empties the dict it is given
        try:
            super().set_model(model)
        finally:
            self.embeddings_metadata = given

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        self._batches = 0

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_batch_end(batch, None)
        self._batches += 1
        if self.batches_per_write and self._batches % self.batches_per_write == 0:
            with keras_internals.train_writer(self).as_default():
                for name, value in _numbers(logs).items():
                    self.summary.scalar(f"batch_{name}", value, step=self._batches)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        super().on_epoch_end(epoch, _numbers(logs))

    def on_test_end(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_test_end(_numbers(logs))

    def release(self) -> None:
        """Closes the files after a training that did not end by itself."""
        keras_internals.close_writers(self)


def _numbers(logs: Mapping[str, Any] | None) -> dict[str, Any]:
    """What TensorBoard can draw: it ends the training on anything else."""
    return {name: value for name, value in (logs or {}).items() if np.ndim(value) == 0 and _is_number(value)}


def _is_number(value: Any) -> bool:
    return not isinstance(value, str | bytes) and np.issubdtype(np.asarray(value).dtype, np.number)


def _of_embedding_layers(model: keras.Model, metadata: Any) -> Any:
    if not isinstance(metadata, Mapping):
        return metadata
    layers = [layer.name for layer in model.layers if isinstance(layer, keras.layers.Embedding)]
    unknown = sorted(set(metadata) - set(layers))
    if unknown:
        known = ", ".join(layers) or "none"
        warn(_OWNER, f"`embeddings_metadata` names no embedding layer with {', '.join(unknown)} (there are: {known}).")
    return {name: path for name, path in metadata.items() if name in layers}


@r_function
def callback_tensorboard(
    log_dir: Path | None = None,
    histogram_freq: Count = 0,
    batch_size: Annotated[
        int | None, Ge(1), Retired("Keras 3 makes its histograms of the weights, which takes no data.")
    ] = None,
    write_graph: bool = True,
    write_grads: Annotated[bool, Retired("Keras 3 does not show gradients to callbacks.")] = False,
    write_images: bool = False,
    embeddings_freq: Count = 0,
    embeddings_layer_names: Annotated[
        Sequence[str] | None, Retired("Keras 3 writes the weights of all embedding layers.")
    ] = None,
    embeddings_metadata: str | Mapping[str, str] | None = None,
    embeddings_data: Annotated[
        Data | None, Retired("Keras 3 writes the weights of the embedding layers, which takes no data.")
    ] = None,
    update_freq: Literal["epoch", "batch"] | Annotated[int, Ge(1)] = "epoch",
    profile_batch: Count | Sequence[Count] | str = 0,
) -> keras.callbacks.TensorBoard:
    """Writes event files for TensorBoard: scalars, the graph, histograms of weights, embeddings, profiles.

    Args:
        log_dir: The directory, `logs` if `None`. It is made; the training writes to `train` in it, the validation to
            `validation`.
        histogram_freq: Epochs from one histogram of the weights to the next; 0 for none. Keras before 3.14 gives the
            weights of all layers the same names.
        batch_size: Not used any more.
        write_graph: Whether to write the graph of the model.
        write_grads: Not used any more.
        write_images: Whether to write the weights as images too, at the same epochs as the histograms.
        embeddings_freq: Epochs from one save of the embedding layers to the next; 0 for none.
        embeddings_layer_names: Not used any more.
        embeddings_metadata: The file with the metadata of the embeddings, or one file a layer, by its name.
        embeddings_data: Not used any more.
        update_freq: How often the metrics of the batches are written: `"batch"`, a number of batches, or `"epoch"` for
            never. The metrics of the epochs are written in any case.
        profile_batch: The batch to profile, counted from 1 over the whole training, or the first and the last of
            several; 0 for none.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `callback_tensorboard`; Keras, `keras.callbacks.TensorBoard`.
    """
    arguments = {name: value for name, value in locals().items() if name not in _RETIRED}
    arguments["profile_batch"] = _profile(profile_batch)
    if write_images and not histogram_freq:
        warn(_OWNER, "`write_images` writes at the epochs of `histogram_freq`, and that is 0.", stacklevel=3)
    return TensorBoard(**arguments)


_RETIRED = [name for name, argument in contract_of(callback_tensorboard).arguments.items() if argument.mark(Retired)]


def _profile(given: Any) -> int | list[int]:
    """One batch, or the first and the last, out of a number, two, or the text "first,last"."""
    batches = given.split(",") if isinstance(given, str) else given if isinstance(given, list) else [given]
    try:
        numbers = [int(batch) for batch in batches]
    except ValueError:
        numbers = []
    if not 1 <= len(numbers) <= 2 or numbers[0] < 0 or numbers[-1] < numbers[0]:
        wants = "a whole number >= 0, or a first and a last batch"
        refuse(callback_tensorboard, "profile_batch", given, wants)
    return numbers if len(numbers) == 2 else numbers[0]
