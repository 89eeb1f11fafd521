"""What Keras 3 silently does otherwise than Keras 2.2.4, a test a row: "What changed under your code" has the numbers.

`make plain-keras` runs them on plain aliases over Keras instead of rkeras: there, each one has to fail.
"""

import csv
import json
import math
import os
import re
import threading
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import keras
import numpy as np
import plain_keras
import pytest

import rkeras_py

NAN = math.nan


@pytest.fixture
def rk(request):
    return plain_keras if request.config.getoption("--plain") else rkeras_py


@pytest.fixture
def play(rk, build, data):
    """Trains on a script of values for `val_loss`; returns history, weights after each epoch, and the model."""

    class Script(keras.callbacks.Callback):
        def __init__(self, values):
            super().__init__()
            self.values, self.weights = values, []

        def on_epoch_end(self, epoch, logs=None):
            self.weights.append(np.array(self.model.get_weights()[0]))
            logs.pop("val_loss", None)
            if self.values[epoch] is not None:
                logs["val_loss"] = self.values[epoch]

    def run(values, *callbacks, model=None, epochs=None):
        script = Script(values)
        model = model or build(optimizer=keras.optimizers.SGD(0.1))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            arguments = {"epochs": epochs or len(values), "verbose": 0, "callbacks": [script, *callbacks]}
            history = rk.fit(model, *data, **arguments)
        return history, script.weights, model

    return run


def rate(model):
    return float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))


def test_0_3_a_first_value_of_nan_is_no_improvement(rk, play):
    history, _, _ = play([NAN, 0.5, 0.4, 0.3], rk.callback_early_stopping(patience=2))
    assert len(history.epoch) == 4
    play([NAN, 0.5, NAN, 0.4], rk.callback_model_checkpoint("{epoch}.h5", save_best_only=True, mode="min"))
    assert sorted(os.listdir()) == ["2.h5", "4.h5"]


def test_0_4_an_infinite_first_value_is_no_improvement(rk, play):
    play([math.inf, 0.5], rk.callback_model_checkpoint("{epoch}.h5", save_best_only=True, mode="min"))
    assert os.listdir() == ["2.h5"]


def test_0_5_acc_is_accuracy(rk, build, data):
    best = rk.callback_model_checkpoint("{epoch}.h5", monitor="val_acc", save_best_only=True, mode="max")
    constant = build(metrics=["accuracy"], optimizer=keras.optimizers.SGD(0.0))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        rk.fit(constant, *data, validation_data=data, epochs=3, verbose=0, callbacks=[best])
    assert os.listdir() == ["1.h5"]


def test_0_6_the_rate_is_called_lr_whatever_the_order(rk, play):
    log = rk.callback_csv_logger("log.csv")
    history, _, _ = play([0.5, 0.4], log, rk.callback_reduce_lr_on_plateau(mode="min"))
    assert history.history["lr"] == pytest.approx([0.1, 0.1])
    assert "lr" in Path("log.csv").read_text().splitlines()[0].split(",")


def test_0_8_setting_optimizer_lr_is_honoured(rk, build, data):
    def set_lr(epoch, logs):
        model.optimizer.lr = 0.5 / (epoch + 1)

    rates = []
    see = rk.callback_lambda(on_epoch_begin=lambda epoch: rates.append(float(model.optimizer.learning_rate)))
    model = build()
    rk.fit(model, *data, epochs=3, verbose=0, callbacks=[see, rk.callback_lambda(on_epoch_end=set_lr)])
    assert rates == pytest.approx([0.001, 0.5, 0.25])
    assert float(model.optimizer.learning_rate) == pytest.approx(0.5 / 3)


def test_0_9_a_batch_hook_sees_the_batch(rk, build, data):
    losses = []
    x, y = data
    model = build()
    expected = [model.evaluate(x[at : at + 6], y[at : at + 6], verbose=0)[0] for at in range(0, 24, 6)]
    model.compile(keras.optimizers.SGD(0.0), "binary_crossentropy")
    hook = rk.callback_lambda(on_train_batch_end=lambda batch, logs: losses.append(logs["loss"]))
    rk.fit(model, x, y, batch_size=6, epochs=1, shuffle=False, verbose=0, callbacks=[hook])
    assert losses == pytest.approx(expected, rel=1e-5)


def test_0_13_a_bare_callback_is_called_in_order_on_the_calling_thread(rk, build, data):
    class Stopping(rk.KerasCallback):
        def on_batch_end(self, batch, logs=None):
            seen.append((batch, threading.get_ident()))
            self.model.stop_training = batch == 1

    seen = []
    rk.fit(build(), *data, batch_size=1, epochs=1, verbose=0, callbacks=Stopping())
    assert seen == [(0, threading.get_ident()), (1, threading.get_ident())]


def test_0_15_modes(rk, play):
    history, _, _ = play([0.5, 0.6, 0.7], rk.callback_early_stopping(patience=1, mode=("auto", "min", "max")))
    assert len(history.epoch) == 2
    with pytest.raises(ValueError, match="mode"):
        rk.callback_early_stopping(mode="sideways")


def test_1_2_the_bar_counts_samples(rk, build, data, capsys):
    rk.fit(build(), *data, batch_size=6, epochs=1, verbose=1, callbacks=[rk.callback_progbar_logger()])
    assert "24/24" in capsys.readouterr().out


def test_1_6_there_are_plain_lines_where_the_output_is_no_terminal(rk, build, data, capsys):
    rk.fit(build(), *data, batch_size=6, epochs=1, verbose=1, callbacks=[rk.callback_progbar_logger()])
    assert "\x1b" not in capsys.readouterr().out


def test_2_5_saving_as_h5_leaves_the_optimizer_in_the_live_model(rk, build, data):
    model = build(optimizer=keras.optimizers.SGD(0.3))
    rk.fit(model, *data, epochs=1, verbose=0, callbacks=[rk.callback_model_checkpoint("m.h5", mode="min")])
    model.save("m.keras")
    assert type(keras.models.load_model("m.keras").optimizer) is keras.optimizers.SGD


def test_2_7_without_the_quantity_nothing_is_saved_as_best(rk, play):
    play([0.5, None, 0.6], rk.callback_model_checkpoint("{epoch}.h5", save_best_only=True, mode="min"))
    assert os.listdir() == ["1.h5"]


def test_2_9_what_a_checkpoint_says(rk, play, capsys):
    play([0.5, 0.6], rk.callback_model_checkpoint("m.h5", save_best_only=True, mode="min", verbose=1))
    assert capsys.readouterr().out == (
        "\nEpoch 00001: val_loss improved from inf to 0.50000, saving model to m.h5\n"
        "\nEpoch 00002: val_loss did not improve from 0.50000\n"
    )


def test_2_14_a_save_that_fails_leaves_the_file_before_it(rk, play, monkeypatch):
    play([0.5], rk.callback_model_checkpoint("m.keras", mode="min"))
    before = Path("m.keras").read_bytes()

    def fail(*arguments, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        play([0.4], rk.callback_model_checkpoint("m.keras", mode="min"))
    assert Path("m.keras").read_bytes() == before


def test_2_15_save_freq_is_a_number_of_batches_also_as_r_writes_it(rk, build, data):
    callback = rk.callback_model_checkpoint("{batch}.h5", save_freq=2.0)
    rk.fit(build(), *data, batch_size=6, epochs=1, verbose=0, callbacks=[callback])
    assert sorted(os.listdir()) == ["2.h5", "4.h5"]


def test_3_2_the_first_epoch_can_be_the_last(rk, play):
    history, _, _ = play([NAN, 0.5], rk.callback_early_stopping())
    assert len(history.epoch) == 1


def test_3_3_a_run_that_does_not_reach_the_baseline_stops(rk, play):
    history, _, _ = play([0.9, 0.8, 0.7, 0.6, 0.55], rk.callback_early_stopping(baseline=0.5, patience=2))
    assert len(history.epoch) == 2


def test_3_6_a_negative_min_delta_is_a_tolerance(rk, play):
    history, _, _ = play([0.50, 0.52, 0.54, 0.56], rk.callback_early_stopping(min_delta=-0.1, mode="min"))
    assert len(history.epoch) == 4


def test_3_8_a_quantity_that_is_not_there_warns_once(rk, build, data):
    stopping = rk.callback_early_stopping(monitor="val_nope", mode="min")
    with pytest.warns(UserWarning, match="val_nope") as caught:
        rk.fit(build(), *data, epochs=3, verbose=0, callbacks=[stopping])
    assert len([warning for warning in caught if "val_nope" in str(warning.message)]) == 1


def test_3_11_what_early_stopping_says(rk, play, capsys):
    play([0.5, 0.6], rk.callback_early_stopping(verbose=1, restore_best_weights=True))
    said = "Restoring model weights from the end of the best epoch\nEpoch 00002: early stopping\n"
    assert capsys.readouterr().out == said


def test_3_13_weights_of_nan_are_not_restored(rk, play):
    _, weights, model = play([NAN, NAN, NAN], rk.callback_early_stopping(patience=9, restore_best_weights=True))
    np.testing.assert_array_equal(model.get_weights()[0], weights[-1])


def test_4_2_a_schedule_keeps_its_own_default_and_its_errors(rk, play):
    def table(epoch, initial=0.3):
        return initial / (epoch + 1)

    _, _, model = play([0.5, 0.4], rk.callback_learning_rate_scheduler(table))
    assert rate(model) == pytest.approx(0.15)

    def failing(epoch, lr):
        raise TypeError("of the user's own")

    with pytest.raises(TypeError, match="of the user's own"):
        play([0.5], rk.callback_learning_rate_scheduler(failing))


def test_4_5_a_schedule_logs_lr(rk, play):
    history, _, _ = play([0.5], rk.callback_learning_rate_scheduler(lambda epoch: 0.2))
    assert history.history["lr"] == pytest.approx([0.2])


def test_4_7_what_a_schedule_says(rk, play, capsys):
    play([0.5], rk.callback_learning_rate_scheduler(lambda epoch: 0.5, verbose=1))
    assert capsys.readouterr().out.startswith("\nEpoch 00001: LearningRateScheduler setting learning rate to 0.5")


def test_4_8_a_schedule_that_undoes_a_plateau_is_said(rk, build, data):
    callbacks = [rk.callback_learning_rate_scheduler(lambda epoch: 0.1), rk.callback_reduce_lr_on_plateau("loss")]
    with pytest.warns(rk.RKerasWarning, match="undoes"):
        rk.fit(build(), *data, epochs=1, verbose=0, callbacks=callbacks)


def test_5_5_a_negative_min_delta_is_a_tolerance(rk, play):
    plateau = rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1, min_delta=-0.1, mode="min")
    _, _, model = play([0.50, 0.52, 0.54], plateau)
    assert rate(model) == pytest.approx(0.1)


def test_5_6_a_first_value_of_nan_does_not_reduce_for_ever(rk, play):
    _, _, model = play([NAN, 0.5, 0.4, 0.3], rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1, mode="min"))
    assert rate(model) == pytest.approx(0.05)


def test_5_7_epsilon_is_min_delta_and_slips_are_refused(rk, play):
    plateau = rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1, epsilon=0.01, mode="min")
    _, _, model = play([0.5, 0.4995, 0.499], plateau)
    assert rate(model) == pytest.approx(0.025)
    with pytest.raises(TypeError, match="patence"):
        rk.callback_reduce_lr_on_plateau(patence=1)


def test_5_10_a_plateau_logs_the_rate_before_it_reduces_it(rk, play):
    history, _, _ = play([0.5, 0.5], rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1, mode="min"))
    assert history.history["lr"] == pytest.approx([0.1, 0.1])


def posted(rk, build, data, logs, status=200):
    """What a server on loopback is sent."""
    bodies = []

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self):
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8"))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Collect) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monitor = rk.callback_remote_monitor(root=f"http://127.0.0.1:{server.server_port}")
        add = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, all_logs: all_logs.update(logs))
        rk.fit(build(), *data, epochs=1, verbose=0, callbacks=[add, monitor])
        server.shutdown()
    return [parse_qs(body)["data"][0] for body in bodies]


@pytest.mark.filterwarnings("ignore:.*1 of 1 post did not get to")
def test_7_4_a_server_that_does_not_take_the_logs_is_said(rk, build, data):
    with pytest.warns(rk.RKerasWarning, match="500"):
        posted(rk, build, data, {}, status=500)


def test_7_7_nan_is_sent_as_valid_json(rk, build, data):
    (body,) = posted(rk, build, data, {"mine": NAN})
    assert "NaN" not in body
    assert json.loads(body)["mine"] is None


def tags(directory):
    """The tags of the tensors in event files, with their plugins and steps."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(directory), size_guidance={"tensors": 0}).Reload()
    return {tag: [event.step for event in events.Tensors(tag)] for tag in events.Tags()["tensors"]}


@pytest.mark.tensorflow
def test_8_3_a_number_of_samples_holds_back_no_epoch(rk, build, data):
    board = rk.callback_tensorboard("runs", update_freq=10)
    rk.fit(build(), *data, batch_size=6, epochs=2, verbose=0, callbacks=[board])
    written = tags("runs/train")
    assert written["epoch_loss"] == [0, 1]
    assert written["batch_loss"] == [12, 24, 36, 48]


@pytest.mark.tensorflow
def test_8_7_histograms_of_what_layers_put_out_and_of_gradients(rk, build, data):
    model, arguments = build(), {} if rk is plain_keras else {"write_grads": True}
    rk.fit(
        model, *data, epochs=1, verbose=0, callbacks=[rk.callback_tensorboard("runs", histogram_freq=1, **arguments)]
    )
    name = model.layers[0].name
    assert f"{name}/{name}_out" in tags("runs/train")
    assert f"{model.layers[0].kernel.path}_grad" in tags("runs/train")


def embedding_model():
    layers = [
        keras.Input((2,)),
        *[keras.layers.Embedding(5, 3, name=name) for name in ("one",)],
        keras.layers.Flatten(),
    ]
    model = keras.Sequential([*layers, keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


@pytest.mark.tensorflow
def test_8_10_the_projector_is_given_a_table_that_it_reads(rk):
    board = rk.callback_tensorboard("runs", embeddings_freq=1)
    rk.fit(embedding_model(), np.ones((4, 2)), np.ones(4), epochs=1, verbose=0, callbacks=[board])
    path = re.search('tensor_path: "(.*)"', Path("runs/projector_config.pbtxt").read_text()).group(1)
    assert np.loadtxt(Path("runs") / path).shape == (5, 3)


@pytest.mark.tensorflow
def test_8_12_the_users_metadata_stay_the_users(rk):
    metadata = {"one": "words.tsv"}
    board = rk.callback_tensorboard("runs", embeddings_freq=1, embeddings_metadata=metadata)
    rk.fit(embedding_model(), np.ones((4, 2)), np.ones(4), epochs=1, verbose=0, callbacks=[board])
    assert metadata == {"one": "words.tsv"}


@pytest.mark.tensorflow
def test_8_13_a_training_that_failed_does_not_silence_the_next(rk, build, data):
    def fail(batch, logs):
        raise RuntimeError

    callbacks = [
        rk.callback_tensorboard("one", update_freq=1000),
        keras.callbacks.LambdaCallback(on_train_batch_end=fail),
    ]
    with pytest.raises(RuntimeError):
        rk.fit(build(), *data, verbose=0, epochs=1, callbacks=callbacks)
    rk.fit(build(), *data, verbose=0, epochs=1, callbacks=[rk.callback_tensorboard("two")])
    assert "epoch_loss" in tags("two/train")


@pytest.mark.tensorflow
def test_8_15_without_a_directory_it_is_logs(rk, build, data):
    rk.fit(build(), *data, verbose=0, epochs=1, callbacks=[rk.callback_tensorboard(log_dir=None)])
    assert os.listdir() == ["logs"]


def logged(rk, epochs, **arguments):
    """The rows of a CSV file after a training that logs the given quantities, a dict an epoch."""

    def change(epoch, logs):
        logs.clear()
        logs.update(epochs[epoch])

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    callbacks = [keras.callbacks.LambdaCallback(on_epoch_end=change), rk.callback_csv_logger("log.csv", **arguments)]
    rk.fit(model, np.ones((2, 1)), np.ones(2), epochs=len(epochs), verbose=0, callbacks=callbacks)
    with open("log.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_9_1_there_are_no_columns_of_what_is_not_logged(rk):
    assert list(logged(rk, [{"acc": 0.5, "loss": 1.0}])[0]) == ["epoch", "acc", "loss"]


def test_9_3_what_is_logged_later_is_not_lost(rk):
    rows = logged(rk, [{"loss": 1.0}, {"loss": 0.5, "auc": 0.75}])
    assert [row["auc"] for row in rows] == ["NA", "0.75"]


def test_9_4_a_file_of_another_version_is_gone_on_with(rk):
    Path("log.csv").write_text("epoch,acc,learning_rate,loss\n0,0.5,0.1,1.0\n")
    rows = logged(rk, [{"acc": 0.75, "loss": 0.5, "lr": 0.01}], append=True)
    assert rows[1] == {"epoch": "0", "acc": "0.75", "learning_rate": "0.01", "loss": "0.5"}


def test_9_5_values_stand_below_their_names(rk):
    Path("log.csv").write_text("epoch,loss,acc\n0,1.0,0.5\n")
    rows = logged(rk, [{"acc": 0.75, "auc": 0.25, "loss": 0.5}], append=True)
    assert rows[1] == {"epoch": "0", "loss": "0.5", "acc": "0.75", "auc": "0.25"}


def test_9_6_rows_are_not_glued_together(rk):
    Path("log.csv").write_text("epoch,loss\n0,1.0")
    assert [row["loss"] for row in logged(rk, [{"loss": 0.5}], append=True)] == ["1.0", "0.5"]


def test_9_12_a_list_is_quoted_once(rk):
    assert logged(rk, [{"list": [1.0, 2.0]}])[0]["list"] == "[1.0, 2.0]"


def test_9_13_numbers_are_as_short_as_they_can_be(rk):
    assert logged(rk, [{"loss": float(np.float32(0.1))}])[0]["loss"] == "0.1"


def test_9_16_the_directory_is_made(rk, build, data):
    rk.fit(build(), *data, epochs=1, verbose=0, callbacks=[rk.callback_csv_logger("deep/log.csv")])
    assert Path("deep/log.csv").exists()


def test_10_5_params_have_what_the_books_print(rk, build, data):
    history = rk.fit(build(), *data, epochs=1, batch_size=8, verbose=0)
    assert {"metrics", "samples", "batch_size", "do_validation"} <= set(history.params)


def test_10_6_a_history_does_not_pile_up(rk, build, data):
    history, model = keras.callbacks.History(), build()
    rk.fit(model, *data, epochs=3, verbose=0, callbacks=[history])
    rk.fit(model, *data, epochs=2, verbose=0, callbacks=[history])
    assert len(history.history["loss"]) == len(history.epoch) == 2


def test_11_3_an_object_that_has_hooks_is_a_callback(rk, build, data):
    class Duck:
        def set_model(self, model):
            self.model = model

        def set_params(self, params):
            self.params = params

        def on_epoch_end(self, epoch, logs):
            self.model.stop_training = epoch == 1

    duck = Duck()
    history = rk.fit(build(), *data, epochs=5, verbose=0, callbacks=[duck])
    assert len(history.epoch) == 2
    assert duck.params["epochs"] == 5


def test_11_4_both_names_of_a_batch_hook_are_called(rk, build, data):
    class Both(rk.KerasCallback):
        called = ()

        def on_batch_end(self, batch, logs=None):
            self.called = (*self.called, "on_batch_end")

        def on_train_batch_end(self, batch, logs=None):
            self.called = (*self.called, "on_train_batch_end")

    both, model = Both(), build()
    for _ in range(2):
        both.called = ()
        rk.fit(model, *data, batch_size=24, epochs=1, verbose=0, callbacks=[both])
        assert both.called == ("on_batch_end", "on_train_batch_end")


def test_12_1_the_discriminator_of_a_gan_learns(rk):
    discriminator = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    rk.compile(discriminator, "sgd", "binary_crossentropy")
    discriminator.trainable = False
    start = keras.Input((2,))
    gan = keras.Model(start, discriminator(keras.layers.Dense(2)(start)))
    rk.compile(gan, "sgd", "binary_crossentropy")
    before = discriminator.get_weights()[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rk.train_on_batch(discriminator, np.ones((4, 2)), np.zeros(4))
    assert not np.array_equal(before, discriminator.get_weights()[0])


@pytest.mark.tensorflow
def test_12_2_frozen_layers_are_unfrozen(rk):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.layers[0].trainable = False
    rk.unfreeze_weights(model)
    assert model.layers[0].trainable


def test_12_3_pixels_stay_as_they_are(rk):
    pixels = np.full((1, 2, 2, 3), 200.0, "float32")
    rk.imagenet_preprocess_input(pixels)
    assert (pixels == 200).all()


def test_12_4_a_clone_is_not_compiled(rk, build):
    assert not rk.clone_model(build()).compiled


def test_12_5_inputs_and_outputs_have_their_names(rk):
    import tensorflow as tf

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="last")])
    rk.export_savedmodel(model, "served")
    serve = tf.saved_model.load("served").signatures["serving_default"]
    assert list(serve.structured_outputs) == ["last"]


@pytest.mark.parametrize("page", ["what-changed.md", "what-changed.zh-CN.md"])
def test_the_page_has_a_line_for_each_row(page):
    rows = [name for name in globals() if re.match(r"test_\d+_\d+_", name)]
    numbers = {".".join(name.split("_")[1:3]) for name in rows}
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    assert numbers <= set(re.findall(r"^\| (\d+\.\d+) \|", text, re.MULTILINE))
