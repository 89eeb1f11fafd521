"""callback_tensorboard(), read back by TensorBoard's own reader. Section 8 of the map."""

from pathlib import Path

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.notices import RKerasWarning

pytestmark = pytest.mark.tensorflow

# Before 3.14, Keras writes the histograms of all layers under the same names, "kernel" and "bias".
KERAS_TELLS_LAYERS_APART = tuple(int(part) for part in keras.__version__.split(".")[:2]) >= (3, 14)


def scalars(directory):
    """Tag -> {step: value}."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util.tensor_util import make_ndarray

    events = EventAccumulator(str(directory), size_guidance={"tensors": 0}).Reload()
    return {
        tag: {event.step: float(make_ndarray(event.tensor_proto)) for event in events.Tensors(tag)}
        for tag in events.Tags()["tensors"]
        if events.SummaryMetadata(tag).plugin_data.plugin_name == "scalars"
    }


def train(build, data, callback, *others, epochs=3, **arguments):
    model = build()
    history = model.fit(
        *data,
        validation_data=data,
        batch_size=4,
        epochs=epochs,
        verbose=0,
        callbacks=[*others, callback],
        **arguments,
    )
    return history.history


@pytest.mark.parametrize("update_freq", ["epoch", "batch", 1, 4, 5, 10000])
def test_the_scalars_of_the_epochs_are_written_whatever_update_freq_says(build, data, update_freq):
    history = train(build, data, rk.callback_tensorboard("runs", update_freq=update_freq))
    for directory, prefix in [("runs/train", ""), ("runs/validation", "val_")]:
        written = scalars(directory)["epoch_loss"]
        assert list(written) == [0, 1, 2]
        assert list(written.values()) == pytest.approx(history[f"{prefix}loss"])


@pytest.mark.parametrize(("update_freq", "steps"), [("epoch", []), ("batch", list(range(1, 19))), (4, [4, 8, 12, 16])])
def test_how_often_the_metrics_of_the_batches_are_written(build, data, update_freq, steps):
    train(build, data, rk.callback_tensorboard("runs", update_freq=update_freq))
    assert list(scalars("runs/train").get("batch_loss", {})) == steps


def test_a_training_that_failed_does_not_silence_the_next(build, data):
    def fail(batch):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        train(build, data, rk.callback_tensorboard("one", update_freq=5), rk.callback_lambda(on_batch_end=fail))
    train(build, data, rk.callback_tensorboard("two", update_freq="batch"))
    written = scalars("two/train")
    assert list(written["epoch_loss"]) == [0, 1, 2]
    assert list(written["batch_loss"]) == list(range(1, 19))


def test_what_was_logged_is_in_the_file_when_a_training_breaks_off(build, data):
    def fail(epoch):
        if epoch == 1:
            raise RuntimeError

    callbacks = [rk.callback_tensorboard("runs"), rk.callback_lambda(on_epoch_end=fail)]
    with pytest.raises(RuntimeError):
        rk.fit(build(), *data, verbose=0, callbacks=callbacks)
    assert list(scalars("runs/train")["epoch_loss"]) == [0, 1]


def test_logs_that_no_curve_can_show_are_passed_over(build, data):
    odd = rk.callback_lambda(on_epoch_end=lambda _, logs: logs.update(note="text", list=[1, 2], flag=None))
    train(build, data, rk.callback_tensorboard("runs"), odd)
    assert "epoch_loss" in scalars("runs/train")
    assert "epoch_note" not in scalars("runs/train")


def test_without_a_directory_it_is_logs(build, data):
    train(build, data, rk.callback_tensorboard(log_dir=None))
    assert {path.name for path in Path().iterdir()} == {"logs"}


def embedding_model():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Embedding(10, 3, name="words"), keras.layers.Flatten()])
    model.add(keras.layers.Dense(1))
    model.compile(loss="mse")
    return model


@pytest.mark.parametrize("write_graph", [True, False])
def test_embeddings_in_a_directory_that_is_not_there_yet(write_graph):
    board = rk.callback_tensorboard("runs", embeddings_freq=1, write_graph=write_graph)
    embedding_model().fit(np.ones((4, 2)), np.ones(4), verbose=0, callbacks=[board])
    assert "embeddings" in Path("runs/projector_config.pbtxt").read_text()


def test_metadata_stays_the_users_and_serves_a_second_training():
    metadata = {"words": "words.tsv", "nothing": "nothing.tsv"}
    board = rk.callback_tensorboard("runs", embeddings_freq=1, embeddings_metadata=metadata)
    for _ in range(2):
        with pytest.warns(RKerasWarning, match="names no embedding layer with nothing \\(there are: words\\)"):
            embedding_model().fit(np.ones((4, 2)), np.ones(4), verbose=0, callbacks=[board])
        assert 'metadata_path: "words.tsv"' in Path("runs/projector_config.pbtxt").read_text()
    assert metadata == {"words": "words.tsv", "nothing": "nothing.tsv"}


@pytest.mark.parametrize("profile_batch", [2, 2.0, "2", [2, 3], (2, 3), "2,3"])
def test_profiles(build, data, profile_batch):
    train(build, data, rk.callback_tensorboard("runs", profile_batch=profile_batch), epochs=1)
    assert list(Path("runs").glob("**/plugins/profile/*/*"))


def test_histograms_of_the_weights(build, data):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    train(build, data, rk.callback_tensorboard("runs", histogram_freq=2, write_images=True))
    events = EventAccumulator("runs/train", size_guidance={"tensors": 0}).Reload()
    plugins = {tag: events.SummaryMetadata(tag).plugin_data.plugin_name for tag in events.Tags()["tensors"]}
    histograms = [tag for tag, plugin in plugins.items() if plugin == "histograms"]
    assert len(histograms) == (4 if KERAS_TELLS_LAYERS_APART else 2)
    assert sorted({event.step for event in events.Tensors(histograms[0])}) == [0, 2]
    assert "images" in plugins.values()


def test_images_without_histograms_warn():
    with pytest.warns(RKerasWarning, match="`write_images` writes at the epochs of `histogram_freq`, and that is 0"):
        rk.callback_tensorboard(write_images=True)


def test_the_books_call_with_all_arguments(build, data):
    with pytest.warns(RKerasWarning, match=r"callback_tensorboard\(\): `batch_size` is not used: "):
        board = rk.callback_tensorboard(
            log_dir="runs",
            histogram_freq=0,
            batch_size=32,
            write_graph=True,
            write_grads=False,
            write_images=False,
            embeddings_freq=0,
            embeddings_layer_names=None,
            embeddings_metadata=None,
            embeddings_data=None,
            update_freq="epoch",
        )
    train(build, data, board)
    assert "epoch_loss" in scalars("runs/train")


def test_batch_size_stands_third_as_in_r(build):
    with pytest.warns(RKerasWarning, match="`batch_size` is not used"):
        board = rk.callback_tensorboard("runs", 0, 32)
    assert board.write_graph is True
    assert board.write_images is False
