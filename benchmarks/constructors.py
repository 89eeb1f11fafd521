"""What it costs to make a callback, against the class of Keras."""

import os
import statistics
import tempfile

import keras
from paired import in_turns
from report import row

import rkeras_py as rk

K = keras.callbacks
CALLS = 500
LIMIT = 100  # microseconds
PAIRS = {
    "callback_early_stopping": (lambda: rk.callback_early_stopping(patience=5), lambda: K.EarlyStopping(patience=5)),
    "callback_model_checkpoint": (
        lambda: rk.callback_model_checkpoint("w.{epoch}.keras"),
        lambda: K.ModelCheckpoint("w.{epoch}.keras"),
    ),
    "callback_csv_logger": (lambda: rk.callback_csv_logger("a.csv"), lambda: K.CSVLogger("a.csv")),
    "callback_lambda": (
        lambda: rk.callback_lambda(on_epoch_end=lambda epoch, logs: None),
        lambda: K.LambdaCallback(on_epoch_end=lambda epoch, logs: None),
    ),
    "callback_reduce_lr_on_plateau": (rk.callback_reduce_lr_on_plateau, K.ReduceLROnPlateau),
    "callback_learning_rate_scheduler": (
        lambda: rk.callback_learning_rate_scheduler(lambda epoch: 0.1),
        lambda: K.LearningRateScheduler(lambda epoch: 0.1),
    ),
    "callback_tensorboard": (lambda: rk.callback_tensorboard("logs"), lambda: K.TensorBoard("logs")),
    "callback_remote_monitor": (rk.callback_remote_monitor, K.RemoteMonitor),
    "callback_terminate_on_naan": (rk.callback_terminate_on_naan, K.TerminateOnNaN),
    "callback_progbar_logger": (rk.callback_progbar_logger, K.ProgbarLogger),
    "callback_backup_and_restore": (lambda: rk.callback_backup_and_restore("b"), lambda: K.BackupAndRestore("b")),
}


def repeated(make):
    """Makes many of them."""

    def run():
        for _ in range(CALLS):
            make()

    return run


def main(rounds=9):
    """Prints rows of the report."""
    os.chdir(tempfile.mkdtemp())
    for name, (ours, theirs) in PAIRS.items():
        taken = in_turns({"rkeras": repeated(ours), "keras": repeated(theirs)}, rounds)
        extra = [(one - other) / CALLS * 1e6 for one, other in zip(taken["rkeras"], taken["keras"], strict=True)]
        low, median, high = statistics.quantiles(extra, n=4)
        measured = f"{median:.0f} µs ({low:.0f} to {high:.0f})"
        row(
            "constructors",
            f"`{name}()`",
            measured,
            f"above Keras's; limit {LIMIT} µs",
            note="" if median <= LIMIT else "over",
        )


if __name__ == "__main__":
    main()
