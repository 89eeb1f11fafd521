"""fit() on batches that R makes one by one: the most memory used, over what the first batches took, as data grow."""

import os
import subprocess
import sys
from pathlib import Path

from report import row

ROOT = Path(__file__).parents[1]
BATCH = 20  # megabytes, as R's doubles
IN_R = """
library(rkeras)
steps <- as.integer(commandArgs(TRUE)[[1]])
model <- keras_model_sequential() %>% layer_dense(1, input_shape = 100)
model %>% compile(optimizer = "sgd", loss = "mse")
generator <- function() list(matrix(stats::runif(2.5e6), ncol = 100), stats::runif(25000))
most <- function() {
  status <- readLines("/proc/self/status")
  as.numeric(gsub("[^0-9]", "", grep("VmHWM", status, value = TRUE))) / 1024
}
fit(model, generator, steps_per_epoch = 10, epochs = 1, verbose = 0)
before <- most()
fit(model, generator, steps_per_epoch = steps, epochs = 1, verbose = 0)
cat("MEGABYTES", most() - before, "\\n")
"""


def measure(script, steps):
    """How many megabytes a training takes beyond one of ten batches."""
    environment = {
        **os.environ,
        "R_LIBS": str(ROOT / ".rlib"),
        "RETICULATE_PYTHON": sys.executable,
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    command = ["Rscript", str(script), str(steps)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(ended.stdout.partition("MEGABYTES")[2].split()[0])


def main(sizes=(50, 1000)):
    """Prints rows of the report."""
    script = Path("/tmp") / f"rkeras-{os.getpid()}.R"
    script.write_text(IN_R)
    for steps in sizes:
        more = measure(script, steps)
        what = f"`fit()` on {steps * BATCH / 1000:g} GB from an R generator, batches of {BATCH} MB"
        row("data", what, f"{more:.0f} MB", "more than for 10 batches; limit 5 batches, 100 MB")
    script.unlink()


if __name__ == "__main__":
    main()
