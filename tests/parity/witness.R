# Rscript witness.R PACKAGE RESULTS: does in another R process, with `keras` or whatever package is named, what the
# folder behaviour/ describes, and compares it with the results in a file. Prints a line for each function.
arguments <- commandArgs(TRUE)
folder <- file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "behaviour")
expected <- readRDS(arguments[[2]])
library(arguments[[1]], character.only = TRUE)
source(file.path(folder, "behaviour.R"))

results <- behaviours(folder)
for (name in names(expected)) {
  same <- all.equal(expected[[name]], results[[name]], tolerance = 1e-5, check.attributes = FALSE)
  cat(name, if (isTRUE(same)) "equal" else paste(c(same, unlist(results[[name]])), collapse = " "), "\n", sep = "\t")
}
