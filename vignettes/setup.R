# What all vignettes begin with. Where Keras is not installed they are built without being run; so they are, to look at
# the package alone, with RKERAS_RUN_VIGNETTES=false.
chinese <- grepl("zh-CN", knitr::current_input(), fixed = TRUE)
Sys.setenv(RKERAS_LANGUAGE = if (chinese) "zh" else "en") # the labels of plots
trains <- Sys.getenv("RKERAS_RUN_VIGNETTES") != "false" && rkeras::is_keras_available("3.12") &&
  requireNamespace("ggplot2", quietly = TRUE)
knitr::opts_chunk$set(
  comment = "#>", fig.width = 7, fig.height = 3.6, dpi = 96, eval = trains,
  dev.args = list(type = "cairo") # which has Chinese
)
knitr::opts_knit$set(root.dir = local({
  # Trainings write files: not beside the vignettes.
  place <- file.path(tempdir(), "vignette")
  dir.create(place, showWarnings = FALSE)
  file.copy("moons.csv", place, overwrite = TRUE)
  place
}))
if (trains) {
  # Where rkeras_py is not installed for Python, R's copy serves.
  reticulate::py_run_string(sprintf("import sys; sys.path.append('%s')", system.file("python", package = "rkeras")))
  reticulate::py_run_string("from rkeras_py import *")
  # Keras's hint that a loaded model has not been evaluated yet.
  reticulate::py_run_string("import absl.logging; absl.logging.set_verbosity('error')")
}
# A picture that a chunk has written, among the figures of the page.
show_picture <- function(file) {
  target <- knitr::fig_path(".png", number = 1)
  if (!startsWith(target, "/")) target <- file.path(knitr::opts_knit$get("output.dir"), target)
  dir.create(dirname(target), showWarnings = FALSE, recursive = TRUE)
  file.copy(file, target, overwrite = TRUE)
  knitr::include_graphics(target, rel_path = FALSE)
}
