"""fit() on a matrix of doubles, column by column as R has it: seconds to the first batch, and the most memory used."""

import os
import subprocess
import sys
from pathlib import Path

from paired import in_turns
from report import row

ROOT = Path(__file__).parents[1]
SIZES = (2000, 784), (20_000, 784), (200_000, 784), (1_000_000, 100)
# A virtual machine may have to ask for memory that it has not used for some seconds, which takes longer than what is
# measured, in either language. So each process uses as much as it is going to, and lets go of it at once.
PYTHON = """
import resource, sys, time
import keras, numpy as np
rows, columns = map(int, sys.argv[1:])
x = np.random.default_rng(1).random((columns, rows)).T
y = np.zeros(rows)
model = keras.Sequential([keras.Input((columns,)), keras.layers.Dense(8), keras.layers.Dense(1)])
model.compile("sgd", "mse")
model.fit(x[:64], y[:64], verbose=0)
class First(keras.callbacks.Callback):
    def on_train_batch_begin(self, batch, logs=None):
        if batch == 0:
            print("SECONDS", time.perf_counter() - begin)
np.ones(int(1.5 * x.size))
begin = time.perf_counter()
model.fit(x, y, batch_size=512, verbose=0, callbacks=[First()])
print("MEGABYTES", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
IN_R = """
library(rkeras)
size <- as.integer(commandArgs(TRUE))
rows <- size[[1]]
x <- stats::runif(prod(size))
dim(x) <- size # in place: memory that is free again would be used for the training
y <- numeric(rows)
model <- keras_model_sequential() %>% layer_dense(8, input_shape = size[[2]]) %>% layer_dense(1)
model %>% compile(optimizer = "sgd", loss = "mse")
fit(model, x[1:64, ], y[1:64], verbose = 0, epochs = 1)
begin <- NULL
first <- callback_lambda(on_train_batch_begin = function(batch) {
  if (batch == 0) cat("SECONDS", proc.time()[["elapsed"]] - begin, "\\n")
})
reticulate::py_run_string(sprintf("import numpy; numpy.ones(%d)", as.integer(1.5 * length(x))))
begin <- proc.time()[["elapsed"]]
invisible(fit(model, x, y, batch_size = 512, verbose = 0, epochs = 1, callbacks = first))
status <- readLines("/proc/self/status")
cat("MEGABYTES", as.numeric(gsub("[^0-9]", "", grep("VmHWM", status, value = TRUE))) / 1024, "\\n")
"""


def measure(command, size):
    """Runs one of the two; returns its seconds and megabytes."""
    environment = {
        **os.environ,
        "R_LIBS": str(ROOT / ".rlib"),
        "RETICULATE_PYTHON": sys.executable,
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    ended = subprocess.run([*command, *map(str, size)], capture_output=True, text=True, check=True, env=environment)
    return [float(ended.stdout.partition(what)[2].split()[0]) for what in ("SECONDS", "MEGABYTES")]


def main(rounds=5):
    """Prints rows of the report."""
    script = Path("/tmp") / f"rkeras-{os.getpid()}.R"
    script.write_text(IN_R)
    commands = {"R": ["Rscript", str(script)], "NumPy": [sys.executable, "-c", PYTHON]}
    for size in SIZES:
        megabytes = {name: [] for name in commands}

        def run(name, size=size, megabytes=megabytes):
            seconds, most = measure(commands[name], size)
            megabytes[name].append(most)
            return seconds

        taken = in_turns({name: (lambda name=name: run(name)) for name in commands}, rounds, warm_up=0)
        what = f"{size[0]:,} x {size[1]} doubles"
        for unit, values in (("s to the first batch", taken), ("MB at most", megabytes)):
            ours, theirs = (sorted(values[name])[rounds // 2] for name in ("R", "NumPy"))
            digits = 2 if "s to" in unit else 0
            measured = f"{ours / theirs:.2f} ({ours:.{digits}f} {unit})"
            against = f"NumPy, by columns ({theirs:.{digits}f}); limit 1.25"
            note = "R itself, which the data outgrow" if unit == "MB at most" and ours > 1.25 * theirs else ""
            row("data", f"`fit()` from R, {what}", measured, against, note=note)
    script.unlink()


if __name__ == "__main__":
    main()
