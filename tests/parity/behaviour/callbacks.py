import csv
import glob
import os

import numpy as np

from rkeras_py import *

x = np.array([[0.1, 0.5], [-0.2, 0.6], [0.3, -0.7], [0.4, 0.8]])
y = np.array([1, 0, 1, 1])


def line(lr=0.1):
    model = keras_model_sequential()
    layer_dense(model, units=1, input_shape=c(2), kernel_initializer="ones")
    compile(model, loss="mse", optimizer=optimizer_sgd(lr=lr))
    return model


def train(callbacks, epochs=4, model=None):
    quiet = {"batch_size": 2, "epochs": epochs, "shuffle": FALSE, "verbose": 0, "callbacks": callbacks}
    return fit(model or line(), x, y, validation_data=[x, -y], **quiet).metrics


@behaviour("callback_early_stopping")
def _():
    stopped = train([callback_early_stopping(monitor="val_loss", patience=2)], epochs=9)
    model = line()
    stopping = callback_early_stopping("val_loss", min_delta=0.01, mode="min", patience=1, restore_best_weights=TRUE)
    kept = train(stopping, epochs=9, model=model)
    return [len(stopped["loss"]), stopped["val_loss"], len(kept["loss"]), predict(model, x)]


@behaviour("callback_model_checkpoint")
def _():
    model = line()
    train(
        [
            callback_model_checkpoint("weights.{epoch:02d}-{val_loss:.2f}.hdf5"),
            callback_model_checkpoint("best.h5", monitor="val_loss", save_best_only=TRUE, save_weights_only=TRUE),
            callback_model_checkpoint("second.{epoch}.h5", period=2),
        ],
        model=model,
    )
    best = line()
    load_model_weights_hdf5(best, "best.h5")
    last = load_model_hdf5("second.4.h5")
    names = sorted(glob.glob("weights.*-*") + glob.glob("second*"))
    return [names, predict(best, x), predict(last, x), predict(model, x)]


@behaviour("callback_learning_rate_scheduler")
def _():
    one = train(callback_learning_rate_scheduler(lambda epoch: 0.1 / (epoch + 1)))
    two = train([callback_learning_rate_scheduler(lambda epoch, lr: lr / 2)])
    return [one["lr"], two["lr"], two["loss"]]


@behaviour("callback_reduce_lr_on_plateau")
def _():
    plain = train(callback_reduce_lr_on_plateau(monitor="val_loss", factor=0.5, patience=1), epochs=6)
    plateau = callback_reduce_lr_on_plateau("val_loss", factor=0.1, patience=1, cooldown=2, min_lr=0.002)
    waiting = train(plateau, epochs=8)
    return [plain["lr"], waiting["lr"], waiting["loss"]]


@behaviour("callback_csv_logger")
def _():
    train(callback_csv_logger("log.csv"))
    train([callback_csv_logger("log.csv", separator=",", append=TRUE)], epochs=2)
    with open("log.csv", newline="") as lines:
        rows = list(csv.DictReader(lines))
    columns = {name: [float(row[name]) for row in rows] for name in rows[0]}
    return [list(columns), len(rows), columns["loss"], columns["val_loss"], columns["epoch"]]


@behaviour("callback_json_logger")
def _():
    train(callback_json_logger("log.jsonl"))
    with open("log.jsonl") as lines:
        return lines.read().splitlines()


@behaviour("callback_lambda")
def _():
    called = []
    train(
        callback_lambda(
            on_train_begin=lambda logs: called.append("train"),
            on_epoch_begin=lambda epoch, logs: called.append(f"epoch {epoch}"),
            on_batch_end=lambda batch, logs: called.append(f"batch {batch}"),
            on_epoch_end=lambda epoch, logs: called.append(f"end {epoch} {' '.join(sorted(logs))}"),
            on_train_end=lambda logs: called.append("over"),
        ),
        epochs=2,
    )
    return called


@behaviour("callback_progbar_logger")
def _():
    return train(callback_progbar_logger(), epochs=2)["loss"]


@behaviour("callback_remote_monitor")
def _():
    train(callback_remote_monitor(root=os.environ["RKERAS_MONITOR"], path="/there/", field="logs"), epochs=2)
    with open(os.environ["RKERAS_POSTS"]) as posts:
        return posts.read().splitlines()


@behaviour("callback_tensorboard")
def _():
    train(callback_tensorboard("board"), epochs=2)
    return [sorted(os.listdir("board")), sum(len(files) for _, _, files in os.walk("board"))]


@behaviour("callback_terminate_on_naan")
def _():
    return len(train(callback_terminate_on_naan(), model=line(1e30), epochs=9)["loss"])


@behaviour("callback_terminate_on_nan")
def _():
    return len(train(callback_terminate_on_nan(), model=line(1e30), epochs=9)["loss"])


@behaviour("callback_backup_and_restore")
def _():
    def stop(epoch, logs):
        if epoch == 2:
            raise RuntimeError("the night")

    try:
        broken = train([callback_backup_and_restore("backup"), callback_lambda(on_epoch_begin=stop)])
    except RuntimeError:
        broken = "broken"
    model = line()
    again = train(callback_backup_and_restore("backup"), model=model)
    return [broken, again["loss"][-2:], predict(model, x)]


def stopped(callback, **more):
    model = more.get("model") or line()
    history = fit(
        model, x, y, batch_size=2, epochs=12, shuffle=FALSE, verbose=0, validation_data=[x, -y], callbacks=callback
    )
    values = history.metrics["val_loss"]
    return [values, history.stopped_epoch, history.stop_reason, callback.stop_reason, len(history.metrics["loss"])]


@behaviour("callback_early_stopping_gl")
def _():
    model = line()
    gl = callback_early_stopping_gl(5, restore_best_weights=TRUE)
    return [stopped(gl, model=model), predict(model, x), train(callback_early_stopping_gl(50))["gl"]]


@behaviour("callback_early_stopping_pq")
def _():
    return [stopped(callback_early_stopping_pq(0.01, k=2)), train(callback_early_stopping_pq(9, k=2))["pq"][1:]]


@behaviour("callback_early_stopping_up")
def _():
    return [stopped(callback_early_stopping_up(2, k=2)), train(callback_early_stopping_up(9, k=1))["up"]]


@behaviour("callback_stop_at")
def _():
    return [stopped(callback_stop_at("loss", 0.4)), stopped(callback_stop_at("val_loss", threshold=2.3, mode="max"))]


@behaviour("callback_timer")
def _():
    return [stopped(callback_timer(1e-6)), callback_timer("00:01:30").duration]
