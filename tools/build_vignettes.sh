#!/usr/bin/env bash
# Builds the vignettes into a directory, each in a process of its own, two at a time: tools/build_vignettes.sh DIRECTORY
# Beside the pages stand the same texts in Markdown, for the site.
set -euo pipefail
directory=$1
cd "$(dirname "$0")/.."
mkdir -p "$directory"
export R_LIBS="$PWD/.rlib" RETICULATE_PYTHON="$PYTHON" TF_CPP_MIN_LOG_LEVEL=3 LC_ALL=C.UTF-8 VIGNETTES="$directory"

build() {
    log="$VIGNETTES/$(basename "$1").log"
    # In a directory of its own, as knitr keeps its figures beside the file.
    Rscript -e 'a <- commandArgs(TRUE); rmarkdown::render(a[[1]], output_dir = a[[2]], intermediates_dir = tempfile(),
                 output_options = list(keep_md = TRUE), quiet = TRUE)' \
        "$1" "$VIGNETTES" >"$log" 2>&1 || { echo "$1 cannot be built:"; tail -n 40 "$log"; return 1; }
    rm "$log"
}
export -f build
printf '%s\0' vignettes/*.Rmd | xargs -0 -n 1 -P 2 bash -c 'build "$0"'
