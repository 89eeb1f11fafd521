"""fit() with the callbacks of the chapter, of rkeras_py and of Keras itself, and with none; and with single ones."""

import argparse
import shutil
import tempfile
from pathlib import Path

import keras
import numpy as np
from paired import in_turns, ratio
from report import row

import rkeras_py as rk

K = keras.callbacks


def chapter(place):
    """The callbacks of the chapter, as rkeras_py makes them, and those that Keras has for the same."""
    ours = [
        rk.callback_model_checkpoint(f"{place}/ours.keras", monitor="loss", save_best_only=True),
        rk.callback_early_stopping("loss", patience=1000),
        rk.callback_learning_rate_scheduler(lambda epoch: 0.01),
        rk.callback_csv_logger(f"{place}/ours.csv"),
        rk.callback_terminate_on_naan(),
        rk.callback_lambda(on_epoch_end=lambda epoch, logs: None),
    ]
    theirs = [
        K.ModelCheckpoint(f"{place}/theirs.keras", monitor="loss", save_best_only=True),
        K.EarlyStopping("loss", patience=1000),
        K.LearningRateScheduler(lambda epoch: 0.01),
        K.CSVLogger(f"{place}/theirs.csv"),
        K.TerminateOnNaN(),
        K.LambdaCallback(on_epoch_end=lambda epoch, logs: None),
    ]
    if keras.config.backend() == "tensorflow":
        ours.append(rk.callback_tensorboard(f"{place}/ours"))
        theirs.append(K.TensorBoard(f"{place}/theirs"))
    return ours, theirs


def model(width=64):
    """A model whose batches take about a millisecond, as those of the book's small examples do."""
    keras.utils.set_random_seed(1)
    made = keras.Sequential([keras.Input((20,)), keras.layers.Dense(width, activation="relu"), keras.layers.Dense(1)])
    made.compile("adam", "mse", metrics=["mae"])
    return made


def trainings(sets, batches, epochs, keras_fit=("keras", "none")):
    """Functions that train with each set of callbacks; those named in `keras_fit` by Keras's own `fit`."""
    x = np.random.default_rng(1).normal(size=(32 * batches, 20)).astype("float32")
    y = x[:, 0]

    def training(name, callbacks):
        trained = model()
        options = {"epochs": epochs, "batch_size": 32, "verbose": 0, "callbacks": callbacks}

        def run():
            if name in keras_fit:
                trained.fit(x, y, **options)
            else:
                rk.fit(trained, x, y, **options)

        return run

    return {name: training(name, callbacks) for name, callbacks in sets.items()}


def main():
    """Prints rows of the report."""
    place = Path(tempfile.mkdtemp())
    backend = keras.config.backend()
    try:
        for batches, epochs, rounds in ((100, 10, 15), (1000, 3, 9), (10_000, 1, 5), (100_000, 1, 2)):
            ours, theirs = chapter(place)
            sets = {"rkeras": ours, "keras": theirs, **({} if batches == 100_000 else {"none": []})}
            taken = in_turns(trainings(sets, batches, epochs), rounds, warm_up=batches < 100_000)
            size = f"{epochs} epoch{'s' * (epochs > 1)} of {batches:,} batches, {backend}"
            row("fit", f"the chapter's callbacks, {size}", ratio(taken, "rkeras", "keras"), "Keras's own", limit=1.02)
            if "none" in sets:
                row("fit", f"the chapter's callbacks, {size}", ratio(taken, "rkeras", "none"), "no callbacks")
        for count in (1, 5, 20):
            ours = [rk.callback_lambda(on_epoch_end=lambda epoch, logs: None) for _ in range(count)]
            theirs = [K.LambdaCallback(on_epoch_end=lambda epoch, logs: None) for _ in range(count)]
            taken = in_turns(trainings({"rkeras": ours, "keras": theirs}, 300, 3), 15)
            row(
                "fit",
                f"{count} lambdas per epoch, {backend}",
                ratio(taken, "rkeras", "keras"),
                "Keras's own",
                limit=1.02,
            )
    finally:
        shutil.rmtree(place)


NOTES = {
    "TensorBoard per batch": "the values are those of the batch, not means",
    "losses of single batches": "those of the batch, which Keras 3 has not: its logs are means so far",
}


def single(rounds=15):
    """Prints what single callbacks cost."""
    place = Path(tempfile.mkdtemp())
    backend = keras.config.backend()
    pairs = {
        "early stopping, best weights given back": (
            lambda: rk.callback_early_stopping("loss", patience=1000, restore_best_weights=True),
            lambda: K.EarlyStopping("loss", patience=1000, restore_best_weights=True),
        ),
        "csv": (lambda: rk.callback_csv_logger(f"{place}/a.csv"), lambda: K.CSVLogger(f"{place}/b.csv")),
        "TensorBoard per batch": (
            lambda: rk.callback_tensorboard(f"{place}/a", update_freq="batch"),
            lambda: K.TensorBoard(f"{place}/b", update_freq="batch"),
        ),
        "losses of single batches": (
            lambda: rk.callback_lambda(on_batch_end=lambda batch, logs: logs["loss"]),
            lambda: K.LambdaCallback(on_train_batch_end=lambda batch, logs: logs["loss"]),
        ),
    }
    if backend != "tensorflow":
        del pairs["TensorBoard per batch"]
    try:
        for name, (ours, theirs) in pairs.items():
            taken = in_turns(trainings({"rkeras": [ours()], "keras": [theirs()]}, 300, 3), rounds)
            what = f"{name}, 3 epochs of 300 batches, {backend}"
            row("single", what, ratio(taken, "rkeras", "keras"), "Keras's own", note=NOTES.get(name, ""))
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("what", choices=["fit", "single"])
    {"fit": main, "single": single}[parser.parse_args().what]()
