"""What is the same line in R and in Python comes to the same in both: behaviour/expressions/, a family a file."""

import re
import warnings
from pathlib import Path

import in_r
import keras
import numpy as np
import pytest

import rkeras_py
from rkeras_py.language.notices import RKerasWarning

pytestmark = pytest.mark.r

FILES = sorted((Path(__file__).parent / "behaviour" / "expressions").glob("*.txt"))
PIXELS = (np.arange(2 * 3 * 4 * 3) * 7 % 256).astype("float64").reshape(2, 3, 4, 3)
DATA = {
    "y": np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.5, 0.25, 0.25]]),
    "p": np.array([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4], [0.05, 0.05, 0.9], [0.25, 0.5, 0.25]]),
    "x": np.array([[-2.5, -1.0, 0.0], [0.5, 1.0, 2.5], [-0.1, 0.2, -0.3], [3.0, -4.0, 0.75]]),
    "labels": np.array([0.0, 2.0, 1.0, 1.0]),
    "pixels": PIXELS,
    "input": keras.Input((3,)),
    "variable": (VARIABLE := keras.Variable(1.0)),
    "pairs": [[VARIABLE, 2.0]],
    "steps": np.sin(np.arange(24.0)).reshape(2, 4, 3),
    "images": np.arange(64.0).reshape(2, 4, 4, 2),
    "sequence": keras.Input((4, 3)),
    "image": keras.Input((4, 4, 2)),
    "matrices": [np.sin(np.arange(12.0)).reshape(4, 3), np.cos(np.arange(12.0)).reshape(4, 3)],
    "margins": [[1.0, 0.0], [0.0, 2.0]],
    "three_margins": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]],
    "embedding_class": keras.layers.Embedding,
    "options": {"input_dim": 5.0, "output_dim": 2.0, "name": None},
    "wrapper_class": keras.layers.TimeDistributed,
    "inside": {"layer": keras.layers.UnitNormalization()},
    "words": ["one two", "two", "\u4e00 one \U0001f600"],
    "pair": [np.array([[1.0, -2.0, 3.0]]), 0.0],
}


def lines(file):
    """The expressions of a file."""
    written = [line.strip() for line in file.read_text("utf-8").splitlines()]
    return [line for line in written if line and not line.startswith("#")]


def functions_in(line):
    """The functions of rkeras that an expression calls or hands on."""
    return set(re.findall(r"[A-Za-z_]\w*", line)) & set(rkeras_py.__all__)


SAID = {name for file in FILES for line in lines(file) for name in functions_in(line)}


def comparable(value):
    """Numbers as they are, an object as its class and configuration, without the name that Keras made up."""
    if isinstance(value, dict):
        return {name: comparable(one) for name, one in value.items() if name != "name"}
    if isinstance(value, list | tuple):
        return [comparable(one) for one in value]
    if isinstance(value, keras.KerasTensor):
        return list(value.shape), value.dtype
    if hasattr(value, "get_config"):
        return type(value).__name__, comparable(value.get_config())
    if keras.ops.is_tensor(value) or isinstance(value, keras.Variable):
        return keras.ops.convert_to_numpy(value).tolist()
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value


def same(one, other):
    """Equal to the last bit, NaN to NaN; R has no scalars."""
    if isinstance(one, list) and len(one) == 1 and not isinstance(other, list):
        return same(one[0], other)
    if isinstance(other, list) and len(other) == 1 and not isinstance(one, list):
        return same(one, other[0])
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) or (one != one and other != other)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_line_comes_to_the_same(file, r, parity):
    names = {name: getattr(rkeras_py, name) for name in rkeras_py.__all__}
    for name, value in DATA.items():
        r(f"{{{name} <- {in_r.text(value)}; NULL}}")
    written = lines(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RKerasWarning)  # some say that they have another name now
        in_python = [comparable(eval(line, {**names, **DATA})) for line in written]
    from_r = r("list(" + ", ".join(f"({line})" for line in written) + ")")
    assert len(from_r) == len(written)
    for line, one, other in zip(written, in_python, map(comparable, from_r), strict=True):
        assert same(one, other), (line, one, other)
        for name in functions_in(line):
            parity(name, "behaves", "R and Python")


def test_every_function_of_the_families_has_a_line():
    families = (
        "activation_",
        "initializer_",
        "regularizer_",
        "constraint_",
        "loss_",
        "metric_",
        "learning_rate_schedule_",
        "layer_",
    )
    assert {name for name in rkeras_py.__all__ if name.startswith(families)} - {"layer_dense_features"} <= SAID
