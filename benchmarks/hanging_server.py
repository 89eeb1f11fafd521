"""What callback_remote_monitor() costs a training whose server takes posts and never answers.

The wait at the end, which is bounded, is not counted.
"""

import subprocess
import sys
import time
import warnings

import keras
import numpy as np
from paired import in_turns, ratio

import rkeras_py as rk

LISTENING = """
import socket, time
server = socket.create_server(("127.0.0.1", 0), backlog=50)
print(server.getsockname()[1], flush=True)
time.sleep(3600)
"""


class Clock(rk.KerasCallback):
    """Measures from the beginning of a training to the end of its last epoch."""

    def on_train_begin(self, logs=None):
        self.begin = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds = time.perf_counter() - self.begin


def training(make):
    """A function that trains 20 epochs with some callbacks and tells how long that took."""
    x = np.random.default_rng(1).normal(size=(2000, 20)).astype("float32")
    model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile("adam", "mse")

    def run():
        clock = Clock()
        rk.fit(model, x, x[:, :1], epochs=20, batch_size=32, verbose=0, callbacks=[*make(), clock])
        return clock.seconds

    return run


def main(rounds=15):
    """Measures, and returns the ratio of a training with monitor to one without."""
    server = subprocess.Popen([sys.executable, "-c", LISTENING], stdout=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    from rkeras_py.callbacks import remote_monitor

    remote_monitor._LAST_WAIT = 0.1  # it is not what is measured
    warnings.simplefilter("ignore")
    try:
        runs = {"monitor": training(lambda: [rk.callback_remote_monitor(address)]), "none": training(lambda: [])}
        return ratio(in_turns(runs, rounds, warm_up=2), "monitor", "none")
    finally:
        server.kill()


if __name__ == "__main__":
    measured = main()
    print(f"with a server that hangs: {measured} of the training without, which takes {measured.seconds[1]:.2f} s")
