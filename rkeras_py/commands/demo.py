"""The callbacks chapter on real data: `python -m rkeras_py demo`."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import matplotlib
import pandas as pd
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from sklearn.datasets import load_digits, make_moons
from sklearn.model_selection import train_test_split

import rkeras_py as rk

matplotlib.use("Agg")

console = Console()


class LossHistory(rk.KerasCallback):
    """The loss after every batch, as in the books."""

    losses: list[float]

    def on_train_begin(self, logs: Any = None) -> None:
        self.losses = []

    def on_batch_end(self, batch: int, logs: Any = None) -> None:
        self.losses.append(logs["loss"])


def run(directory: str) -> None:
    """Trains on the digits with every callback, then on the moons, and shows what the callbacks made.

    Args:
        directory: Where the files go; it is made.
    """
    place = Path(directory)
    place.mkdir(parents=True, exist_ok=True)
    rk.use_session_with_seed(2026, quiet=True)
    _digits(place)
    _moons(place)
    console.print(f"\nAll files are in [bold]{place}[/]. Look at the training with: tensorboard --logdir {place}/logs")


def _digits(place: Path) -> None:
    console.print(Rule("Handwritten digits: all callbacks of the chapter in one fit"))
    images, labels = load_digits(return_X_y=True)
    x, x_test, y, y_test = train_test_split(images / 16.0, labels, test_size=360, random_state=1, stratify=labels)
    model = rk.keras_model_sequential()
    rk.layer_dense(model, units=64, activation="relu", input_shape=64)
    rk.layer_dropout(model, rate=0.2)
    rk.layer_dense(model, units=10, activation="softmax")
    rk.compile(model, optimizer="adam", loss="sparse_categorical_crossentropy", metrics="accuracy")

    with _monitor_server() as (address, received):
        stopping = rk.callback_early_stopping(
            monitor="val_loss", min_delta=0.001, patience=5, restore_best_weights=True
        )
        losses = LossHistory()
        callbacks = [
            rk.callback_progbar_logger(),
            rk.callback_model_checkpoint(str(place / "weights.{epoch:02d}-{val_loss:.2f}.hdf5"), period=10),
            rk.callback_model_checkpoint(str(place / "best_model.h5"), monitor="val_acc", save_best_only=True),
            stopping,
            rk.callback_remote_monitor(root=address),
            rk.callback_learning_rate_scheduler(lambda epoch, lr: 0.01 if epoch == 0 else lr),
            rk.callback_reduce_lr_on_plateau(monitor="val_loss", factor=0.5, patience=2, min_lr=1e-5, verbose=1),
            rk.callback_terminate_on_naan(),
            rk.callback_tensorboard(log_dir=place / "logs", histogram_freq=5),
            rk.callback_csv_logger(place / "log.csv"),
            rk.callback_lambda(on_train_begin=lambda logs: console.print("[dim]lambda: the training begins[/]")),
            rk.callback_backup_and_restore(place / "backup"),
            losses,
        ]
        history = rk.fit(model, x, y, batch_size=64, epochs=40, validation_data=[x_test, y_test], callbacks=callbacks)

    console.print(Rule("What the callbacks made"))
    _show_stop(stopping, history)
    _show_checkpoints(place, x_test, y_test)
    _show_rates(history)
    _show_log(place / "log.csv")
    _show_received(received)
    console.print(f"[bold]LossHistory[/]   {len(losses.losses)} batches, the last at {losses.losses[-1]:.4f}")
    events = sorted(place.glob("logs/*/events*"))
    console.print(f"[bold]TensorBoard[/]   {len(events)} event files below {place / 'logs'}")
    picture = _draw(history, stopping.best_epoch, place / "history.png")
    console.print(f"[bold]History[/]       drawn in {picture}")


def _show_stop(stopping: Any, history: Any) -> None:
    if stopping.stop_reason:
        why = f"val_loss has not been better by 0.001 than {stopping.best:.4f} for {stopping.patience} epochs"
        console.print(f"[bold]Stopped[/]       at epoch {stopping.stopped_epoch + 1}: {why}")
    else:
        console.print(f"[bold]Stopped[/]       not early: all {len(history.epoch)} epochs were run")


def _show_checkpoints(place: Path, x_test: Any, y_test: Any) -> None:
    table = Table("checkpoint", "loss", "accuracy", title="Checkpoints, loaded again", title_justify="left")
    for file in [*sorted(place.glob("weights.*.hdf5")), place / "best_model.h5"]:
        loss, accuracy = rk.evaluate(rk.load_model_hdf5(file), x_test, y_test, verbose=0).values()
        table.add_row(file.name, f"{loss:.4f}", f"{accuracy:.4f}")
    console.print(table)


def _show_rates(history: Any) -> None:
    rates = pd.Series(history.metrics["lr"], index=[epoch + 1 for epoch in history.epoch])
    steps = rates[rates.ne(rates.shift())]
    path = ", then ".join(f"{rate:.4g} from epoch {epoch}" for epoch, rate in steps.items())
    console.print(f"[bold]Learning rate[/] {path}")


def _show_log(file: Path) -> None:
    log = pd.read_csv(file)
    table = Table(*log.columns, title=f"The last rows of {file}", title_justify="left")
    for row in log.tail(5).itertuples(index=False):
        table.add_row(*(f"{value:.4g}" for value in row))
    console.print(table)


def _show_received(received: list[dict[str, Any]]) -> None:
    last = ", ".join(f"{name} {value:.4g}" for name, value in received[-1].items())
    console.print(f"[bold]Remote monitor[/] the server got {len(received)} posts, the last: {last}")


def _draw(history: Any, best_epoch: int, file: Path) -> Path:
    import matplotlib.pyplot as plt

    log = pd.DataFrame(history.metrics, index=[epoch + 1 for epoch in history.epoch])
    figure, panels = plt.subplots(3, 1, figsize=(7, 8), sharex=True, layout="constrained")
    for panel, name in zip(panels, ["loss", "accuracy", "lr"], strict=True):
        panel.plot(log[name], label="training", drawstyle="steps-post" if name == "lr" else "default")
        if f"val_{name}" in log:
            panel.plot(log[f"val_{name}"], label="validation")
            panel.axvline(best_epoch + 1, color="grey", linestyle=":", label="best epoch")
            panel.legend()
        panel.set_ylabel(name)
    panels[-1].set_xlabel("epoch")
    figure.savefig(file, dpi=120)
    plt.close(figure)
    return file


def _moons(place: Path) -> None:
    console.print(Rule("Two moons: the tutorial's early stopping with a checkpoint of the best model"))
    x, y = make_moons(n_samples=100, noise=0.2, random_state=1)
    x_train, y_train, x_test, y_test = x[:30], y[:30], x[30:], y[30:]
    model = rk.keras_model_sequential()
    rk.layer_dense(model, units=100, activation="relu", input_shape=2)
    rk.layer_dense(model, units=1, activation="sigmoid")
    rk.compile(model, optimizer="adam", loss="binary_crossentropy", metrics="acc")
    callbacks = [
        rk.callback_early_stopping(monitor="val_loss", patience=20, verbose=1),
        rk.callback_model_checkpoint(place / "moons.h5", monitor="val_acc", mode="max", save_best_only=True),
    ]
    rk.fit(model, x_train, y_train, validation_data=[x_test, y_test], epochs=300, verbose=0, callbacks=callbacks)
    saved = rk.load_model_hdf5(place / "moons.h5")
    for name, data in [("train", (x_train, y_train)), ("test", (x_test, y_test))]:
        loss, accuracy = rk.evaluate(saved, *data, verbose=0).values()
        console.print(f"[bold]{name:<5}[/] loss {loss:.4f}, accuracy {accuracy:.3f}")


@contextmanager
def _monitor_server() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    received: list[dict[str, Any]] = []

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
            received.append(json.loads(parse_qs(body)["data"][0]))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Says nothing: the demo has its own output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Collect) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", received
        server.shutdown()
