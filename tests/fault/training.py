"""A training with all callbacks that write files, for somebody to kill: training.R in Python."""

import json
from pathlib import Path

import numpy as np

import rkeras_py as rk


class Losses(rk.KerasCallback):
    """Remembers the loss of every epoch."""

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(logs["loss"])

    def get_state(self):
        return self.losses

    def set_state(self, state):
        self.losses = state


rk.use_session_with_seed(11, quiet=True)
rows = np.arange(3200).reshape(400, 8)
x = np.sin(rows * 1.7) + np.cos(rows * 0.3)
y = (x[:, 0] * x[:, 1] + 0.5 * np.sin(rows[:, 0] * 7.0) > 0).astype(float)

model = rk.keras_model_sequential()
model = rk.layer_dense(model, 32, activation="relu", input_shape=8)
model = rk.layer_dropout(model, 0.4)
model = rk.layer_dense(model, 1, activation="sigmoid")
rk.compile(model, optimizer=rk.optimizer_adam(lr=0.02), loss="binary_crossentropy", metrics=["accuracy"])

losses = Losses()
history = rk.fit(
    model,
    x,
    y,
    epochs=25,
    batch_size=20,
    verbose=0,
    validation_split=0.25,
    callbacks=[
        rk.callback_backup_and_restore("backup", delete_checkpoint=False),
        rk.callback_lambda(on_train_begin=lambda logs: Path("begun").touch()),
        rk.callback_model_checkpoint("whole.{epoch:02d}.hdf5"),
        rk.callback_model_checkpoint("best.keras", save_best_only=True),
        rk.callback_model_checkpoint("latest.weights.h5", save_weights_only=True),
        rk.callback_csv_logger("log.csv", append=True),
        rk.callback_json_logger("log.jsonl"),
        rk.callback_tensorboard("events", histogram_freq=2, update_freq=100),
        rk.callback_reduce_lr_on_plateau(factor=0.5, patience=2),
        rk.callback_early_stopping(patience=5, restore_best_weights=True),
        losses,
    ],
)

weights = {path.path: path.numpy().astype(float).ravel().tolist() for path in model.weights}
result = {
    "metrics": dict(history.metrics),
    "epoch": history.epoch,
    "stopped_epoch": history.stopped_epoch,
    "stop_reason": history.stop_reason,
    "losses": losses.losses,
    "weights": list(weights.values()),
}
Path("result.part").write_text(json.dumps(result))
Path("result.part").rename("result.json")
