"""What a save costs: the seconds in the hook, and what the training loses by the clock."""

import itertools
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import keras
import numpy as np
from paired import in_turns, ratio
from report import row

import rkeras_py as rk
from rkeras_py.callbacks.model_checkpoint import _write

SIZES = (1e4, 1e6, 1e7, 1e8)


def model(parameters):
    """A model of so many parameters, with the state of Adam."""
    width = round((parameters / 2) ** 0.5)
    made = keras.Sequential([keras.Input((width,)), keras.layers.Dense(2 * width), keras.layers.Dense(1)])
    made.compile("adam", "mse")
    made.fit(np.ones((4, width)), np.ones(4), verbose=0)
    return made


def synced(path):
    """How long it takes until a file is on the disk."""
    begin = time.perf_counter()
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return time.perf_counter() - begin


def saves(trained, place, ending):
    """Functions that save a model under a new name, as the book's templates do; they return the seconds.

    rkeras waits for the disk, Keras does not, and Keras with an fsync does.
    """
    names = (f"{place}/{number}{ending}" for number in itertools.count())
    size = 12 * trained.count_params()  # the weights and two moments, each 4 bytes

    def alone(save):
        def run():
            path = next(names)
            os.sync()  # or an fsync would wait for what others have written
            np.ones(size, "uint8")  # memory that was not used for a while is slow on a virtual machine
            begin = time.perf_counter()
            save(path)
            seconds = time.perf_counter() - begin
            os.unlink(path)
            return seconds

        return run

    def and_synced(path):
        trained.save(path)
        synced(path)

    return {
        "rkeras": alone(lambda path: _write(trained, path, False)),
        "keras": alone(trained.save),
        "disk": alone(and_synced),
    }


def at_once(place):
    """Saves of rkeras, which are on the disk when they are done, against those of Keras, which are not."""
    for parameters in SIZES:
        trained = model(parameters)
        for ending in (".keras", ".h5"):
            taken = in_turns(saves(trained, place, ending), 15 if parameters < 1e7 else 7)
            what = f"a save of {parameters:,.0f} parameters with Adam, {ending}"
            row("saves", what, ratio(taken, "rkeras", "keras"), "Keras's, which does not wait for the disk")
            note = "written beside, synced, renamed, and the directory synced: some milliseconds for any size"
            row("saves", what, ratio(taken, "rkeras", "disk"), "Keras's and an fsync", limit=1.1, note=note)


class InHook:
    """Measures how long the hook of a callback takes."""

    def __init__(self, callback):
        self.seconds = []
        hook = callback.on_epoch_end

        def measured(epoch, logs=None):
            begin = time.perf_counter()
            hook(epoch, logs)
            self.seconds.append(time.perf_counter() - begin)

        callback.on_epoch_end = measured


def in_the_background(place, epochs=5):
    """The hook with `background = TRUE` against Keras's, and the whole training by the clock."""
    parameters = 5e7
    trained = model(parameters)
    width = trained.input_shape[1]
    x = np.random.default_rng(1).normal(size=(2048, width)).astype("float32")
    hooks, clock = {}, {}
    for name in ("none", "keras", "background"):
        callbacks = {
            "none": lambda: [],
            "keras": lambda: [keras.callbacks.ModelCheckpoint(f"{place}/keras.keras")],
            "background": lambda: [rk.callback_model_checkpoint(f"{place}/background.keras", background=True)],
        }[name]()
        measured = [InHook(callback) for callback in callbacks]
        begin = time.perf_counter()
        rk.fit(trained, x, x[:, 0], batch_size=32, epochs=epochs, verbose=0, callbacks=callbacks)
        clock[name] = time.perf_counter() - begin
        hooks[name] = measured[0].seconds[1:] if measured else []
    in_hook = {name: statistics.median(seconds) for name, seconds in hooks.items() if seconds}
    measured = f"{in_hook['background'] / in_hook['keras']:.2f} ({in_hook['background']:.2f} s)"
    against = f"Keras's `.keras` save ({in_hook['keras']:.2f} s); limit 0.35"
    what = "in the hook, 50,000,000 parameters with Adam, `background = TRUE`, from the second save on"
    row("saves", what, measured, against)
    for name in ("keras", "background"):
        lost = f"{(clock[name] - clock['none']) / epochs:.2f} s"
        against = f"epochs of {clock['none'] / epochs:.1f} s"
        note = f"the training uses all {os.cpu_count()} cores, the writer one of them" if name == "background" else ""
        row("saves", f"lost per save by the clock, {name}", lost, against, note=note)


def main():
    """Prints rows of the report."""
    place = Path(tempfile.mkdtemp())
    try:
        at_once(place)
        in_the_background(place)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
