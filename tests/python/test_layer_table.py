"""The layers compute what Keras 2 computed: outputs, gradients, and from its files."""

import inspect
import subprocess
import sys

import keras
import numpy as np
import pytest
import signatures
from layer_tables import rows_by_name
from layer_tables.comparing import (
    furthest,
    gradients_of,
    is_oldest,
    legacy_model_of,
    masks_of,
    model_of,
    outputs_of,
    penalty_of,
    with_weights_of,
)
from layer_tables.rows import untried
from sampled import sampled

import rkeras_py as rk

ON_JAX = keras.config.backend() == "jax"


def works(row):
    return not ((ON_JAX and row.on_jax) or (is_oldest() and row.on_oldest))


def is_same(row):
    """Whether a row, which works here, is to be equal to Keras 2."""
    return not (ON_JAX and row.otherwise_on_jax)


ROWS = {name: [row for row in rows if works(row)] for name, rows in rows_by_name().items() if any(map(works, rows))}
EVERY_ROW = [row for rows in rows_by_name().values() for row in rows]
OF_OUTPUTS = {"activity_regularizer", "layer", "cell"}  # a penalty on outputs, or what may have one
MASKING = ("layer_masking", "layer_embedding")  # which make masks themselves
# What every layer takes: shown by test_layers.py, once.
SHARED = {"object", "input_shape", "batch_input_shape", "batch_size", "dtype", "name", "trainable", "weights"}


@pytest.mark.parametrize("name", ROWS)
def test_a_layer_computes_what_keras_2_computed(name):
    pytest.importorskip("tf_keras")
    for row in sampled(list(filter(is_same, ROWS[name]))):
        legacy = legacy_model_of(row)
        model = with_weights_of(row, legacy)
        furthest(outputs_of(model, row), outputs_of(legacy, row), row, "output")
        if not is_oldest() or not (row.arguments.keys() & OF_OUTPUTS or name == "layer_activity_regularization"):
            furthest(penalty_of(model), penalty_of(legacy), row, "penalty")
        if row.training and row.weights is list:  # what a layer keeps of a batch
            furthest(model.get_weights(), legacy.get_weights(), row, "weight behind a call")
        if row.masked or row.name in MASKING:
            furthest(masks_of(model, row), masks_of(legacy, row), row, "mask")
        if row.smooth:
            theirs = gradients_of(legacy, row)
            inputs = len(theirs) - len(legacy.trainable_weights)
            theirs = theirs[:inputs] + row.weights(theirs[inputs:])
            furthest(gradients_of(model, row), theirs, row, "gradient")


@pytest.mark.once
@pytest.mark.parametrize("name", sorted({*signatures.LAYERS, *rows_by_name()}))
def test_every_argument_has_a_row(name):
    declared = {argument for argument, *_ in signatures.parameters(getattr(rk, name))} - SHARED
    given = {argument for row in rows_by_name().get(name, []) for argument in row.arguments}
    without = untried().get(name, {})
    assert given <= declared | SHARED
    assert declared - given == set(without), f"arguments of {name}() without a row, or with one and a reason not to"
    assert all(without.values())


@pytest.mark.once
@pytest.mark.parametrize("name", ROWS)
def test_what_a_layer_was_saved_with_loads(name, tmp_path):
    for row in ROWS[name]:
        model = model_of(row)
        expected = outputs_of(model, row)
        model.save(tmp_path / "m.keras")
        loads = [(keras.models.load_model, "m.keras")]
        if row.in_h5:
            with pytest.raises(rk.ArgumentError, match="HDF5"):
                rk.save_model_hdf5(model, tmp_path / "m.h5")
        else:
            rk.save_model_hdf5(model, tmp_path / "m.h5")
            loads += [(keras.models.load_model, "m.h5"), (rk.load_model_hdf5, "m.h5")]
        same = [_is_same(load, tmp_path / file, row, expected) for load, file in loads]
        plain = not row.otherwise
        assert same == [plain, plain, True][: len(same)], row
        own = [one for one in model.layers if not type(one).__module__.startswith("keras.")]
        assert bool(own) == bool(row.plain), f"{row}: {own}"


def _is_same(load, file, row, expected):
    try:
        outputs = outputs_of(load(file), row)
    except TypeError:
        if not row.otherwise:
            raise
        return False
    return all(
        np.allclose(one, other, rtol=1e-6, atol=1e-6, equal_nan=True) if one.dtype.kind == "f" else (one == other).all()
        for one, other in zip(outputs, expected, strict=True)
    )


@pytest.mark.once
@pytest.mark.parametrize("name", ROWS)
def test_a_file_of_keras_2_predicts_the_same(name, tmp_path):
    pytest.importorskip("tf_keras")
    for row in [row for row in ROWS[name] if not row.old_file]:
        legacy = legacy_model_of(row)
        expected = outputs_of(legacy, row)
        legacy.save(tmp_path / "m.h5", save_format="h5")
        furthest(outputs_of(rk.load_model_hdf5(tmp_path / "m.h5"), row), expected, row, "output of a whole model")
        if row.weights is list:
            legacy.save_weights(tmp_path / "w.h5")
            ours = rk.load_model_weights_hdf5(model_of(row), tmp_path / "w.h5")
            furthest(outputs_of(ours, row), expected, row, "output with weights")


@pytest.mark.once
def test_no_row_says_in_vain_that_rkeras_is_needed(tmp_path):
    rows = [row for row in EVERY_ROW if row.plain]
    for number, row in enumerate(rows):
        model_of(row).save(tmp_path / f"{number}.keras")
    read = subprocess.run(
        [sys.executable, "-c", READ_BY_KERAS, *(str(tmp_path / f"{number}.keras") for number in range(len(rows)))],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert read == ["no"] * len(rows)


READ_BY_KERAS = """
import sys
import keras
for file in sys.argv[1:]:
    try:
        keras.models.load_model(file)
        print("yes")
    except TypeError as error:
        assert "Could not locate class" in str(error), error
        print("no")
"""


def test_no_row_says_in_vain_that_it_fails_here():
    assert [str(row) for row in EVERY_ROW if not works(row) and not fails(row)] == []


def fails(row):
    try:
        outputs_of(model_of(row), row)
    except Exception:
        return True
    return False


@pytest.mark.once
def test_no_row_says_in_vain_that_a_file_of_keras_2_is_not_read(tmp_path):
    for row in [row for row in EVERY_ROW if row.old_file]:
        legacy = legacy_model_of(row)
        legacy.save(tmp_path / "m.h5", save_format="h5")
        loaded, expected = outputs_of(rk.load_model_hdf5(tmp_path / "m.h5"), row), outputs_of(legacy, row)
        with pytest.raises(AssertionError, match="whole model"):
            furthest(loaded, expected, row, "output of a whole model")


def test_every_layer_has_rows():
    assert {name for name in rk.__all__ if name.startswith("layer_")} - {"layer_input"} <= {*rows_by_name(), *untried()}
    assert all(inspect.getdoc(getattr(rk, name)) for name in rows_by_name())
