# `make help` lists what there is. Each target sets up what it needs.

PYTHON ?= python3
TF_QUIET := TF_CPP_MIN_LOG_LEVEL=3
PYTEST := $(TF_QUIET) .venv/bin/python -m pytest -n 2

SOURCES := $(shell git ls-files R rkeras_py man DESCRIPTION NAMESPACE)

.PHONY: help demo test test-python test-r test-parity test-fault fault fuzz test-python-current test-oldest test-current plain-keras check parity-table bench vignettes site pictures generate format clean

help:            ## list the targets
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

demo: .venv/ready            ## train on digits and moons with every callback and show what each one made
	.venv/bin/python -m rkeras_py demo

test: test-python test-r test-fault test-python-current test-oldest  ## run all tests

test-python: .venv/ready .venv/browser  ## the tests with TensorFlow and NumPy 1.26
	$(PYTEST) tests/python

test-r: .venv/ready .rlib/ready test-parity  ## the R tests, with the R and reticulate that are installed
	tools/test_r.sh $(CURDIR)/.rlib $(CURDIR)/.venv/bin/python

test-parity: .venv/parity .rlib/ready  ## R and Python in one process, against each other and R keras
	rm -rf build/parity
	$(PYTEST) tests/parity --ignore tests/parity/test_table.py --notes $(CURDIR)/build/parity
	$(TF_QUIET) .venv/bin/python -m pytest tests/parity/test_table.py --notes $(CURDIR)/build/parity

test-fault: .venv/ready .rlib/ready  ## kill a training, in Python and R, at 6 random moments, and let it go on
	$(PYTEST) tests/fault

fault: .venv/ready .rlib/ready  ## the same 200 times; takes about 20 minutes on 2 cores
	$(PYTEST) tests/fault --kills 200 -rP

fuzz: .venv/parity .rlib/ready  ## arbitrary arguments: 10,000 constructors and 500 trainings in Python, 2,000 and 50 in R
	RKERAS_CONSTRUCTORS=10000 RKERAS_TRAININGS=500 $(TF_QUIET) .venv/bin/python -m pytest --timeout 1800 -s tests/python/test_arbitrary.py
	RKERAS_CONSTRUCTORS_IN_R=2000 RKERAS_TRAININGS_IN_R=50 $(TF_QUIET) .venv/bin/python -m pytest --timeout 1800 -s tests/parity/test_arbitrary_in_r.py

test-python-current: .venv-current/ready .venv/browser  ## the Python tests with NumPy 2: with JAX, and with TensorFlow what needs it
	RKERAS_SOME_ROWS=1 $(TF_QUIET) .venv-current/bin/python -m pytest -n 2 tests/python -m "tensorflow and not once"
	KERAS_BACKEND=jax .venv-current/bin/python -m pytest -n 2 tests/python -m "not tensorflow and not once"

test-oldest: .venv/ready .venv/browser .keras-oldest/ready  ## the tests with the oldest Keras that is supported
	RKERAS_SOME_ROWS=1 PYTHONPATH=.keras-oldest $(PYTEST) tests/python -m "not once"

test-current:    ## the R tests on Debian 13: R 4.5, reticulate 1.41, Python 3.13, NumPy 2 (a chroot, takes root)
	tools/test_on_trixie.sh

plain-keras: .venv/ready .venv-current/ready  ## the rows of "What changed" on plain aliases over Keras: each one is to fail
	-KERAS_BACKEND=jax .venv-current/bin/python -m pytest tests/python/test_rows.py --plain -k "test_0_13 and not page"
	-$(TF_QUIET) .venv/bin/python -m pytest tests/python/test_rows.py --plain -k "not page and not test_0_13"

check: .venv/ready .rlib/ready site  ## formatting, lint, types, generated code, vignettes and site, R CMD check
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/python tools/check_versions.py
	$(TF_QUIET) .venv/bin/python tools/make_r.py --check
	Rscript -e 'l <- c(lintr::lint_dir("R"), lintr::lint_dir("tests")); if (length(l)) { print(l); quit(status = 1) }'
	tools/check_r_package.sh

parity-table: .venv/parity .rlib/ready  ## write docs/parity.md from what the parity tests show
	$(TF_QUIET) .venv/bin/python -m pytest tests/parity --write-table

bench: .venv/ready .venv-current/ready .rlib/ready  ## measure, in pairs, and write docs/benchmarks.md
	.venv/bin/python benchmarks/bench.py

vignettes: .venv/ready .rlib/ready .venv/browser  ## build the vignettes, in English and Chinese, into build/vignettes
	PYTHON=$(CURDIR)/.venv/bin/python tools/build_vignettes.sh $(CURDIR)/build/vignettes

site: vignettes .venv/docs   ## build the documentation, with the vignettes, into build/site, and open each page in Chromium
	$(TF_QUIET) .venv/bin/python tools/make_site.py
	.venv/bin/python -m pytest tests/docs

pictures: .venv/ready .venv/browser  ## make the pictures of the README
	$(TF_QUIET) .venv/bin/python tools/make_pictures.py

generate: .venv/ready .rlib/ready  ## write the R constructors from the Python signatures, and the help pages
	$(TF_QUIET) .venv/bin/python tools/make_r.py
	Rscript -e 'roxygen2::roxygenise(".")'

format: .venv/ready          ## put the code in form
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

clean:           ## remove what the other targets set up or made
	rm -rf .venv .venv-current .keras-oldest .rlib demo dist build
	[ ! -d .trixie ] || rm -rf --one-file-system .trixie

.venv/ready: pyproject.toml constraints/venv.txt tools/make_venv.sh
	PYTHON=$(PYTHON) tools/make_venv.sh .venv constraints/venv.txt tensorflow,demo,test

.venv-current/ready: pyproject.toml constraints/venv-current.txt tools/make_venv.sh
	PYTHON=$(PYTHON) tools/make_venv.sh .venv-current constraints/venv-current.txt tensorflow,jax,demo,test

.rlib/ready: $(SOURCES) tools/make_rlib.sh
	tools/make_rlib.sh

.venv/parity: .venv/ready .rlib/ready
	.venv/bin/python -m pip install --quiet --constraint constraints/venv.txt --editable ".[parity]"
	touch $@

.venv/docs: .venv/ready
	.venv/bin/python -m pip install --quiet --constraint constraints/venv.txt --editable ".[docs]"
	touch $@

.venv/browser: tools/make_browser.sh .venv/ready
	tools/make_browser.sh $@

.keras-oldest/ready: constraints/keras-oldest.txt .venv/ready
	rm -rf .keras-oldest
	.venv/bin/python -m pip install --quiet --no-deps --target .keras-oldest -r constraints/keras-oldest.txt
	touch $@
