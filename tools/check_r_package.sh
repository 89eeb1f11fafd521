#!/usr/bin/env bash
# R CMD build and R CMD check, from a copy of what git has: a build in place would copy the environments first.
# Fails on errors, warnings and notes.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cd "$root"
mkdir "$copy/rkeras"
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- | tar --extract --directory="$copy/rkeras"

cd "$copy"
export RETICULATE_PYTHON="$root/.venv/bin/python" RKERAS_TEST_PYTHON=1 TF_CPP_MIN_LOG_LEVEL=3 NOT_CRAN=true
export RKERAS_RUN_VIGNETTES=false # `make vignettes` runs them, two at a time
export _R_CHECK_PKG_SIZES_THRESHOLD_=8 # MB: 560 names have 2 of help, and the Python half comes along
export _R_CHECK_SYSTEM_CLOCK_=FALSE _R_CHECK_FORCE_SUGGESTS_=FALSE LC_ALL=C.UTF-8
R CMD build --no-manual rkeras >build.log 2>&1 || { cat build.log; exit 1; }
# The build has just made the vignettes; `make test-r` runs the tests, of the installed package too.
R CMD check --no-manual --no-vignettes --no-tests rkeras_*.tar.gz >check.log 2>&1 || { cat check.log; exit 1; }
grep '^Status' check.log
grep -q '^Status: OK' check.log || { cat check.log; exit 1; }
