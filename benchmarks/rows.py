"""What a row of a log costs, when there are few rows already and when there are many."""

import tempfile
import time

import keras
from report import row

import rkeras_py as rk

ROWS = (1000, 10_000, 100_000, 1_000_000)
LOGS = {"loss": 0.123456, "acc": 0.5, "val_loss": 0.3, "val_acc": 0.25}


def microseconds(callback):
    """Microseconds for a row, between one of `ROWS` and the next."""
    callback.set_params({})
    callback.set_model(keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)]))
    callback.on_train_begin({})
    written, taken = 0, []
    for rows in ROWS:
        begin = time.perf_counter()
        for epoch in range(written, rows):
            callback.on_epoch_begin(epoch)
            callback.on_epoch_end(epoch, dict(LOGS))
        taken.append((time.perf_counter() - begin) / (rows - written) * 1e6)
        written = rows
    callback.on_train_end({})
    return taken


def main():
    """Prints rows of the report."""
    with tempfile.TemporaryDirectory() as place:
        callbacks = {
            "callback_csv_logger()": rk.callback_csv_logger(f"{place}/a.csv"),
            "callback_json_logger()": rk.callback_json_logger(f"{place}/a.jsonl"),
            "Keras's CSVLogger": keras.callbacks.CSVLogger(f"{place}/b.csv"),
        }
        for name, callback in callbacks.items():
            measured = ", ".join(f"{value:.0f}" for value in microseconds(callback)) + " µs"
            row("rows", f"a row of {name}", measured, f"up to {', '.join(f'{rows:,}' for rows in ROWS)} rows")


if __name__ == "__main__":
    main()
