#!/usr/bin/env bash
# Installs the R package into .rlib, and before that, on Debian as root, R and the packages it needs.
set -euo pipefail
packages="generics ggplot2 knitr magrittr R6 reticulate rlang testthat zeallot"

missing() {
    command -v Rscript >/dev/null || { echo R; return; }
    Rscript -e 'p <- commandArgs(TRUE); cat(p[!vapply(p, requireNamespace, NA, quietly = TRUE)])' $packages
}

if [ -n "$(missing)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    # shellcheck disable=SC2046
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends r-base-dev \
        $(for package in $packages; do echo "r-cran-${package,,}"; done) r-cran-lintr r-cran-rmarkdown r-cran-roxygen2 qpdf \
        libpython3-dev >/dev/null # reticulate needs Python as a shared library
fi
if [ -n "$(missing)" ]; then
    echo "rkeras needs R 4.2 or newer with: $packages. Missing: $(missing)" >&2
    exit 1
fi
mkdir -p .rlib
R CMD INSTALL --no-multiarch --library=.rlib . >.rlib/install.log 2>&1 || { cat .rlib/install.log; exit 1; }
touch .rlib/ready
