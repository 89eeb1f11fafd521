"""callback_tensorboard()."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Annotated, Any, Literal

import keras
import numpy as np
from annotated_types import Ge

from .. import keras_internals
from ..language import Count, Data, Described, Path, Retired, contract_of, r_function, refuse
from ..language.notices import warn
from ..saving.files import unwritten
from ..training.batch_logs import show_batches
from . import tensorboard_projector
from .places import check_directory
from .state import Stateful
from .tensorboard_histograms import activations, first_batch, gradients

_OWNER = "callback_tensorboard"


class TensorBoard(Described, Stateful, keras.callbacks.TensorBoard):
    """Keeps the promises that epoch scalars are written whatever `update_freq` says, that a training which failed does
    not silence the next one, that gradients and activations are shown, and that the projector can read the embeddings.
    """

    remembered = frozenset({"_batches", "_samples", "_written"})

    def __init__(
        self,
        *,
        log_dir: str | None,
        update_freq: str | int,
        profile_batch: Any,
        write_grads: bool,
        embeddings_freq: int,
        embeddings_layer_names: list[str] | None,
        embeddings_metadata: Any,
        embeddings_data: Any,
        **arguments: Any,
    ) -> None:
        # Where it counts batches itself, Keras opens a context per batch that an error leaves open for good, and that
        # holds the scalars of the epoch back as well. So it is told "epoch", and batches are written here.
        super().__init__(log_dir=log_dir or "logs", update_freq="epoch", profile_batch=profile_batch, **arguments)
        self.profile_batch = profile_batch
        self.write_grads = write_grads
        self.epochs_per_embedding = embeddings_freq
        self.embeddings_layer_names = embeddings_layer_names
        self.embeddings_metadata = embeddings_metadata
        self.embeddings_data = embeddings_data
        self.samples_per_write = (
            update_freq if isinstance(update_freq, int) else {"epoch": None, "batch": 0}[update_freq]
        )
        self._batch: tuple[Any, Any, Any] | None = None
        self._said = False
        self._embedded: list[str] = []
        self._begin_counting()
        if self.samples_per_write is not None:
            setattr(self, "on_train_batch_end", self._on_batch)  # noqa: B010 (no method of the class)
            show_batches(self)

    def take_data(self, x: Any, y: Any, sample_weight: Any, size: int) -> None:
        """Is told by `fit` what it trains on; a batch of that is kept for activations and gradients."""
        samples = first_batch(x, size) if self.histogram_freq else None
        if samples is not None:
            self._batch = samples, first_batch(y, size), first_batch(sample_weight, size)

    def forget_data(self) -> None:
        """Lets go of the batch, at the end of `fit`."""
        self._batch = None

    def set_model(self, model: keras.Model) -> None:
        try:
            os.makedirs(self.log_dir, exist_ok=True)
        except OSError as error:
            raise unwritten(_OWNER, self.log_dir, error) from error
        super().set_model(model)

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        self._begin_counting()
        self._said = False
        self._embedded = self._layers_to_embed() if self.epochs_per_embedding else []
        self._shows_gradients = self.write_grads and self._batch is not None and keras.config.backend() == "tensorflow"
        if self.write_grads and self.histogram_freq and not self._shows_gradients:
            warn(_OWNER, "`write_grads` takes fit() of rkeras with arrays, on TensorFlow: no gradients are written.")

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        with self._writing():
            super().on_epoch_end(epoch, _numbers(logs))
        if self.histogram_freq and epoch % self.histogram_freq == 0 and self._batch is not None:
            self._write_histograms(epoch, self._batch)
        if self._embedded and epoch % self.epochs_per_embedding == 0:
            given = (self.embeddings_data, self.embeddings_metadata)
            with self._writing():
                tensorboard_projector.write(self.model, self.log_dir, self._embedded, *given)

    def on_test_end(self, logs: Mapping[str, Any] | None = None) -> None:
        with self._writing():
            super().on_test_end(_numbers(logs))

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        with self._writing():
            super().on_train_end(logs)

    def release(self) -> None:
        """Closes the files after a training that did not end by itself."""
        with self._writing():
            keras_internals.close_writers(self)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Has a disk that is full cost what is written, and not the training."""
        from tensorflow.errors import OpError

        try:
            with keras_internals.default_writer_kept():
                yield
        except (OSError, OpError) as error:
            if not self._said:
                self._said = True
                reason = str(error).partition("; ")[2].partition("\n")[0] or str(error)
                message = f"events in {self.log_dir} cannot be written ({reason}); they are lost, the training goes on."
                warn(_OWNER, message, stacklevel=4)
            with suppress(OSError, OpError):  # behind what is not whole nothing would be read
                keras_internals.close_writers(self)

    def get_state(self) -> dict[str, Any]:
        return {**super().get_state(), "counted": keras_internals.batches_counted(self)}

    def set_state(self, state: Mapping[str, Any]) -> None:
        own = dict(state)
        keras_internals.count_batches_from(self, own.pop("counted"))
        super().set_state(own)

    def _begin_counting(self) -> None:
        self._batches = self._samples = self._written = 0

    def _on_batch(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Writes the logs of a batch when it is their turn: by batches against their number, by samples likewise."""
        super().on_train_batch_end(batch, None)
        self._batches += 1
        self._samples += (logs or {}).get("size", 0)
        if self._samples - self._written < (self.samples_per_write or 0):
            return
        self._written = self._samples
        with self._writing(), keras_internals.train_writer(self).as_default():
            for name, value in _numbers(logs).items():
                if name not in ("batch", "size"):
                    step = self._samples if self.samples_per_write else self._batches
                    self.summary.scalar(f"batch_{name}", value, step=step)

    def _write_histograms(self, epoch: int, batch: tuple[Any, Any, Any]) -> None:
        with self._writing(), keras_internals.train_writer(self).as_default():
            for name, value in activations(self.model, batch[0]).items():
                self.summary.histogram(f"{name}/{name}_out", value, step=epoch)
            for path, value in gradients(self.model, *batch).items() if self._shows_gradients else ():
                self.summary.histogram(f"{path}_grad", value, step=epoch)

    def _layers_to_embed(self) -> list[str]:
        layers = tensorboard_projector.embedding_layers(self.model)
        known = ", ".join(layers) or "none"
        for argument in ("embeddings_layer_names", "embeddings_metadata"):
            given = getattr(self, argument)
            unknown = sorted(set(given or ()) - set(layers)) if not isinstance(given, str) else []
            if unknown:
                names = ", ".join(unknown)
                warn(_OWNER, f"`{argument}` names no embedding layer with {names} (there are: {known}).")
        return [name for name in layers if self.embeddings_layer_names is None or name in self.embeddings_layer_names]


def _numbers(logs: Mapping[str, Any] | None) -> dict[str, Any]:
    """What TensorBoard can draw: it ends the training on anything else."""
    return {name: value for name, value in (logs or {}).items() if np.ndim(value) == 0 and _is_number(value)}


def _is_number(value: Any) -> bool:
    return not isinstance(value, str | bytes) and np.issubdtype(np.asarray(value).dtype, np.number)


@r_function
def callback_tensorboard(
    log_dir: Path | None = None,
    histogram_freq: Count = 0,
    batch_size: Annotated[int | None, Ge(1), Retired("histograms are made of a batch as `fit` makes them.")] = None,
    write_graph: bool = True,
    write_grads: bool = False,
    write_images: bool = False,
    embeddings_freq: Count = 0,
    embeddings_layer_names: Sequence[str] | None = None,
    embeddings_metadata: str | Mapping[str, str] | None = None,
    embeddings_data: Data | None = None,
    update_freq: Literal["epoch", "batch"] | Annotated[int, Ge(1)] = "epoch",
    profile_batch: Count | Sequence[Count] | str = 0,
) -> keras.callbacks.TensorBoard:
    """Writes event files for TensorBoard: scalars, the graph, histograms of weights, embeddings, profiles.

    Args:
        log_dir: The directory, `logs` if `None`. It is made; the training writes to `train` in it, the validation to
            `validation`.
        histogram_freq: Epochs from one histogram of the weights to the next; 0 for none. In a `fit` of this package
            with arrays, what the layers put out for the first batch is shown too, as `…_out`. Keras before 3.14 gives
            the weights of all layers the same names.
        batch_size: Not used any more.
        write_graph: Whether to write the graph of the model.
        write_grads: Whether to show, at the same epochs, the gradients of the loss over the first batch, as `…_grad`:
            in a `fit` of this package with arrays, on TensorFlow; warns elsewhere. It takes one more pass over a batch.
        write_images: Whether to write the weights as images too, at the same epochs as the histograms.
        embeddings_freq: Epochs from one save of the embedding layers, for the projector, to the next; 0 for none.
        embeddings_layer_names: The layers that are saved; all embedding layers if `None`.
        embeddings_metadata: A file with a line for each vector, or one file for each layer, by its name; looked for in
            `log_dir`, and then from the working directory, to be copied there.
        embeddings_data: Samples whose vectors are shown; the vectors that the layers hold if `None`.
        update_freq: How often the metrics of the batches are written: `"batch"`, a number of samples, as in R keras, or
            `"epoch"` for never. The metrics of the epochs are written in any case.
        profile_batch: The batch to profile, counted from 1 over the whole training, or the first and the last of
            several; 0 for none.

    Returns:
        The callback.

    Raises:
        ArgumentError: An argument is not what it must be.
        FileError: When the training begins, if `log_dir` cannot be made. Events that cannot be written later, as the
            disk is full, are lost, which is warned of once, and the training goes on.

    Source:
        R keras 2.2.5.0, `callback_tensorboard`; Keras, `keras.callbacks.TensorBoard`.
    """
    arguments = {name: value for name, value in locals().items() if name not in _RETIRED}
    arguments["profile_batch"] = _profile(profile_batch)
    check_directory(callback_tensorboard, "log_dir", log_dir or "logs")
    for name in ("write_images", "write_grads"):
        if arguments[name] and not histogram_freq:
            warn(_OWNER, f"`{name}` writes at the epochs of `histogram_freq`, and that is 0.", stacklevel=3)
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
