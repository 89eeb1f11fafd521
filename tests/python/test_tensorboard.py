"""callback_tensorboard(), read back by TensorBoard's own reader. Section 8 of the map."""

import time
from pathlib import Path

import keras
import numpy as np
import pytest
import requests

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning

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


# 18 batches of 4 samples; a number of samples is complete at the end of a batch.
@pytest.mark.parametrize(
    ("update_freq", "steps"),
    [
        ("epoch", []),
        ("batch", list(range(1, 19))),
        (4, list(range(4, 73, 4))),
        (10, [12, 24, 36, 48, 60, 72]),
        (100, []),
    ],
)
def test_how_often_the_metrics_of_the_batches_are_written(build, data, update_freq, steps):
    train(build, data, rk.callback_tensorboard("runs", update_freq=update_freq))
    assert list(scalars("runs/train").get("batch_loss", {})) == steps


@pytest.mark.parametrize("plain", [True, False])
def test_the_metrics_of_the_batches_are_those_of_the_batch(build, data, plain):
    losses = []
    see = rk.callback_lambda(on_batch_end=lambda batch, logs: losses.append(logs["loss"]))
    board = rk.callback_tensorboard("runs", update_freq="batch")
    model = build()
    if plain:
        model.fit(*data, batch_size=4, verbose=0, callbacks=[board, see])
    else:
        rk.fit(model, *data, epochs=1, batch_size=4, verbose=0, callbacks=[board, see])
    assert list(scalars("runs/train")["batch_loss"].values()) == pytest.approx(losses)
    assert not {"batch_batch", "batch_size"} & set(scalars("runs/train"))


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


@pytest.fixture
def board():
    """A real TensorBoard on loopback, asked through its HTTP API."""
    from tensorboard import program

    def start(log_dir):
        server = program.TensorBoard()
        server.configure(
            argv=[None, "--logdir", str(log_dir), "--port", "0", "--host", "127.0.0.1", "--load_fast=false"]
        )
        address = server.launch()

        def ask(path, **query):
            for _ in range(100):
                answer = requests.get(address + "data/plugin/" + path, params=query, timeout=30)
                if answer.ok and answer.content not in (b"{}", b"[]"):
                    return answer
                time.sleep(0.1)
            raise AssertionError(f"{path} {query}: {answer.status_code} {answer.text}")

        return ask

    return start


@pytest.mark.once
def test_tensorboard_shows_scalars_histograms_and_distributions(build, data, board):
    callback = rk.callback_tensorboard("runs", histogram_freq=1, write_grads=True, update_freq=8)
    model = build()
    history = rk.fit(model, *data, validation_data=data, epochs=2, batch_size=4, verbose=0, callbacks=callback)
    ask = board("runs")
    tags = ask("scalars/tags").json()
    assert {"epoch_loss", "epoch_acc", "batch_loss"} <= set(tags["train"])
    points = ask("scalars/scalars", run="train", tag="epoch_loss").json()
    assert [value for _, _, value in points] == pytest.approx(history.metrics["loss"])
    assert [step for _, step, _ in ask("scalars/scalars", run="train", tag="batch_loss").json()] == [
        8,
        16,
        24,
        32,
        40,
        48,
    ]
    names = [layer.name for layer in model.layers]
    histograms = set(ask("histograms/tags").json()["train"])
    assert {f"{name}/{name}_out" for name in names} <= histograms
    assert {f"{weight.path}_grad" for weight in model.trainable_weights} <= histograms
    distributions = ask("distributions/distributions", run="train", tag=f"{names[-1]}/{names[-1]}_out").json()
    assert [step for _, step, _ in distributions] == [0, 1]
    edges = [percentile[1] for percentile in distributions[-1][2]]
    assert min(edges) >= 0  # of a sigmoid
    assert max(edges) <= 1


def two_embeddings():
    words, places = rk.layer_input(shape=[2], name="w"), rk.layer_input(shape=[1], name="p")
    vectors = [rk.layer_embedding(words, 10, 3, name="words"), rk.layer_embedding(places, 5, 3, name="places")]
    flat = rk.layer_concatenate([rk.layer_flatten(one) for one in vectors])
    return rk.compile(rk.keras_model([words, places], rk.layer_dense(flat, 1)), "sgd", "mse")


@pytest.mark.once
def test_the_projector_reads_two_layers_and_their_metadata(board):
    model, x = two_embeddings(), {"w": np.ones((4, 2)), "p": np.zeros((4, 1))}
    Path("runs").mkdir()
    Path("runs/words.tsv").write_text("\n".join(f"word {number}" for number in range(10)))
    Path("here.tsv").write_text("\n".join(f"place {number}" for number in range(5)))
    metadata = {"words": "words.tsv", "places": "here.tsv"}
    callback = rk.callback_tensorboard("runs", embeddings_freq=1, embeddings_metadata=metadata)
    rk.fit(model, x, np.ones(4), epochs=2, verbose=0, callbacks=callback)
    ask = board("runs")
    info = ask("projector/info", run=".").json()
    assert [one["tensorName"] for one in info["embeddings"]] == ["words", "places"]
    for name, label in (("words", "word"), ("places", "place")):
        vectors = np.frombuffer(ask("projector/tensor", run=".", name=name).content, "float32").reshape(-1, 3)
        np.testing.assert_allclose(vectors, model.get_layer(name).get_weights()[0], rtol=1e-5)
        assert ask("projector/metadata", run=".", name=name).text.splitlines()[2] == f"{label} 2"


@pytest.mark.once
def test_the_projector_reads_the_vectors_of_given_data(board):
    model, shown = two_embeddings(), {"w": np.array([[1, 2], [3, 4], [5, 6]]), "p": np.zeros((3, 1))}
    callback = rk.callback_tensorboard("runs", embeddings_freq=1, embeddings_layer_names="words", embeddings_data=shown)
    rk.fit(model, {"w": np.ones((4, 2)), "p": np.zeros((4, 1))}, np.ones(4), epochs=1, verbose=0, callbacks=callback)
    ask = board("runs")
    assert [one["tensorName"] for one in ask("projector/info", run=".").json()["embeddings"]] == ["words"]
    vectors = np.frombuffer(ask("projector/tensor", run=".", name="words").content, "float32").reshape(3, 6)
    table = model.get_layer("words").get_weights()[0]
    np.testing.assert_allclose(vectors, table[shown["w"]].reshape(3, 6), rtol=1e-5)


def test_gradients_are_those_of_the_loss_and_leave_the_model_as_it_is(data):
    from rkeras_py.callbacks.tensorboard_histograms import gradients

    inputs = keras.Input((3,))
    hidden = keras.layers.Dropout(0.5)(keras.layers.BatchNormalization()(inputs))
    model = keras.Model(inputs, [keras.layers.Dense(1, name=name)(hidden) for name in "ab"])
    model.compile("sgd", ["mse", "mae"], metrics=["mse", "mae"])
    x, y = data
    model.fit(x, [y, y], verbose=0)
    before = [np.array(variable) for variable in (*model.variables, *model.metrics_variables)]
    found = gradients(model, x, [y, y], None)
    after = [np.array(variable) for variable in (*model.variables, *model.metrics_variables)]
    for one, other in zip(before, after, strict=True):
        np.testing.assert_array_equal(one, other)
    bias = model.get_layer("a").bias
    residual = model(x, training=False)[0].numpy()[:, 0] - y
    assert found[bias.path] == pytest.approx([2 * residual.mean()], rel=1e-4)


def test_gradients_that_cannot_be_had_warn_once(build, data):
    with pytest.warns(RKerasWarning, match="`write_grads` takes fit\\(\\) of rkeras with arrays") as warned:
        train(build, data, rk.callback_tensorboard("runs", histogram_freq=1, write_grads=True))
    assert len([one for one in warned if one.category is RKerasWarning]) == 1
    with pytest.warns(RKerasWarning, match="`write_grads` writes at the epochs of `histogram_freq`, and that is 0"):
        rk.callback_tensorboard(write_grads=True)


def test_data_are_kept_no_longer_than_a_training(build, data):
    callback = rk.callback_tensorboard("runs", histogram_freq=1)
    rk.fit(build(), *data, epochs=1, verbose=0, callbacks=callback)
    assert callback._batch is None
