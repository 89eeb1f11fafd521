#!/usr/bin/env bash
# Runs the R tests with an installed rkeras: tools/test_r.sh LIBRARY PYTHON
set -euo pipefail
export R_LIBS=$1 RETICULATE_PYTHON=$2 RKERAS_TEST_PYTHON=1 NOT_CRAN=true RKERAS_TEST_INSTALL=1 TF_CPP_MIN_LOG_LEVEL=3 LC_ALL=C.UTF-8
# A test that hangs is to fail.
bounded() { if command -v timeout >/dev/null; then timeout 900 "$@"; else "$@"; fi; }

bounded Rscript -e 'testthat::test_dir("tests/testthat", package = "rkeras", load_package = "installed", reporter = "check")'
if [ -d tests/parity ]; then
    bounded Rscript -e 'testthat::test_file("tests/parity/test-formals.R", package = "rkeras", load_package = "installed",
                                    reporter = "check", stop_on_failure = TRUE)'
fi
