# `make help` lists what there is. Each target sets up what it needs.

PYTHON ?= python3
TF_QUIET := TF_CPP_MIN_LOG_LEVEL=3
PYTEST := $(TF_QUIET) .venv/bin/python -m pytest -n 2

.PHONY: help demo test test-python test-current test-oldest check format clean

help:            ## list the targets
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: .venv/ready            ## train on digits and moons with every callback and show what each one made
	.venv/bin/python -m rkeras_py demo

test: test-python test-current test-oldest  ## run all tests

test-python: .venv/ready     ## the tests with TensorFlow and NumPy 1.26
	$(PYTEST)

test-current: .venv-current/ready  ## the tests with NumPy 2: with TensorFlow, then what needs no TensorFlow with JAX
	$(TF_QUIET) .venv-current/bin/python -m pytest -n 2 tests/python -m "not once"
	KERAS_BACKEND=jax .venv-current/bin/python -m pytest -n 2 tests/python -m "not tensorflow and not once"

test-oldest: .venv/ready .keras-oldest/ready  ## the tests with the oldest Keras that is supported
	PYTHONPATH=.keras-oldest $(PYTEST) tests/python -m "not once"

check: .venv/ready           ## formatting, lint, types
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/python tools/check_versions.py

format: .venv/ready          ## put the code in form
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

clean:           ## remove what the other targets set up or made
	rm -rf .venv .venv-current .keras-oldest demo dist build

.venv/ready: pyproject.toml constraints/venv.txt tools/make_venv.sh
	PYTHON=$(PYTHON) tools/make_venv.sh .venv constraints/venv.txt tensorflow,demo,test

.venv-current/ready: pyproject.toml constraints/venv-current.txt tools/make_venv.sh
	PYTHON=$(PYTHON) tools/make_venv.sh .venv-current constraints/venv-current.txt tensorflow,jax,demo,test

.keras-oldest/ready: constraints/keras-oldest.txt .venv/ready
	rm -rf .keras-oldest
	.venv/bin/python -m pip install --quiet --no-deps --target .keras-oldest -r constraints/keras-oldest.txt
	touch $@
