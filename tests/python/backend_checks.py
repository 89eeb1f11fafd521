"""Which rows of the table of backend functions are checked how, and reasons; docs/parity.md is written from this."""

import ast
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import backend_edges  # noqa: F401  adds its rows
import backend_rows
import numpy as np
from sampled import sampled

import rkeras_py

BY_NAME = defaultdict(list)
for one in backend_rows.ROWS:
    BY_NAME[one.name].append(one)


@dataclass(frozen=True)
class Check:
    """How rows are checked: those that can be, and how many of them; fewer on JAX, which compiles each operation."""

    takes: object
    most: int = 12
    on_jax: int = 3

    def rows(self, name, backend=None):
        """The rows of a function that are checked so: the first, the last and some between."""
        return sampled([row for row in BY_NAME[name] if self.takes(row)], self.most, self.on_jax, backend)

    def names(self):
        """The functions that have such rows."""
        return [name for name in BY_NAME if self.rows(name)]


def has_slope(row):
    """Whether the gradient by the floats of a row can be compared with differences."""
    floating = [x for x in row.tensors if x.dtype == "float32"]
    return bool(row.smooth and floating) and all(np.isfinite(x).all() for x in row.tensors)


AT_ONCE = Check(lambda row: True, most=1000, on_jax=16)
SYMBOLICALLY = Check(lambda row: row.symbolic)
COMPILED = Check(lambda row: row.symbolic and row.tensors)
BY_GRADIENT = Check(has_slope)
CHECKS = {"at once": AT_ONCE, "symbolic": SYMBOLICALLY, "compiled": COMPILED, "gradients": BY_GRADIENT}

# Where the result is of another type than in Keras 2, and of which.
OTHER_TYPES = {
    "k_argmax": {"int64": "int32"},
    "k_argmin": {"int64": "int32"},
    "k_sum": {"uint8": "uint32"},
    "k_prod": {"uint8": "uint32"},
}

_NOT_IN_KERAS_2 = "Keras 2.15 had lost it; compared with TensorFlow's own function"
# Where something is to be known: of the numbers, the types, or a backend.
REASONS = {
    "k_argmax": "int32, in Keras 2 int64",
    "k_argmin": "int32, in Keras 2 int64",
    "k_conv1d": 'Keras 2 padded the channels for `"causal"` with `"channels_first"`',
    "k_count_params": "of tensors too, which Keras 2 could not count",
    "k_ctc_label_dense_to_sparse": "on JAX refused: there are no sparse labels",
    "k_function": "`updates` is not used, with a warning",
    "k_get_session": "nothing, with a warning",
    "k_get_variable_shape": "of tensors too",
    "k_gradients": "Keras 2 had none without a graph; compared with differences",
    "k_logsumexp": _NOT_IN_KERAS_2,
    "k_manual_variable_initialization": "nothing, with a warning",
    "k_mean": "of whole numbers a float, which Keras 2 cut",
    "k_pow": "R keras cut the exponent to a whole number",
    "k_prod": "of uint8 a uint32, in which Keras 2 overflowed",
    "k_set_floatx": "on JAX float64 is float32 unless JAX was started with it, with a warning",
    "k_set_learning_phase": "layers of Keras 3 know none, with a warning for 1",
    "k_set_session": "nothing, with a warning",
    "k_softmax": "of vectors too, which Keras 2 refused; a row with NaN is NaN on JAX, on TensorFlow not all of it",
    "k_sum": "of uint8 a uint32, in which Keras 2 overflowed",
    "k_switch": "of conditions for the first axes too, which Keras 2 refused without a graph",
    "k_unstack": "a function of 2.15.0 alone, TensorFlow's",
    **dict.fromkeys(
        ["k_random_uniform", "k_random_normal", "k_truncated_normal", "k_random_bernoulli", "k_random_binomial"],
        "other draws than Keras 2: distribution and seed are tested; in a loss on JAX refused",
    ),
    **dict.fromkeys(
        ["k_random_uniform_variable", "k_random_normal_variable", "k_dropout"],
        "other draws than Keras 2: distribution and seed are tested",
    ),
}

_WHOLE = "whole numbers, booleans or no tensor"
_CONSTANT = "constant between jumps"
_FIXED = "hangs on no tensor"
# Why there is no gradient to compare.
NO_SLOPE = {
    **dict.fromkeys(["k_any", "k_all", "k_argmax", "k_argmin", "k_in_top_k", "k_one_hot", "k_ctc_decode"], _WHOLE),
    **dict.fromkeys(["k_equal", "k_not_equal", "k_greater", "k_greater_equal", "k_less", "k_less_equal"], _WHOLE),
    **dict.fromkeys(["k_shape", "k_int_shape", "k_get_variable_shape", "k_ndim", "k_count_params", "k_eval"], _WHOLE),
    **dict.fromkeys(["k_round", "k_sign"], _CONSTANT),
    **dict.fromkeys(["k_arange", "k_constant", "k_eye", "k_zeros", "k_ones", "k_variable"], _FIXED),
    **dict.fromkeys(["k_zeros_like", "k_ones_like"], _FIXED),
    **dict.fromkeys(["k_get_value", "k_set_value", "k_batch_get_value", "k_batch_set_value"], "of variables, at once"),
    **dict.fromkeys(["k_update", "k_update_add", "k_update_sub", "k_moving_average_update"], "of variables, at once"),
    "k_stop_gradient": "it is 0, as a test of its own shows",
}


def functions():
    """All backend functions."""
    return sorted(name for name in rkeras_py.__all__ if name.startswith("k_"))


def to_be_known(name):
    """What there is to know of a function beside its numbers, in a sentence."""
    slope = f"no gradient: {NO_SLOPE[name]}" if name in NO_SLOPE else None
    return "; ".join(filter(None, [REASONS.get(name), slope]))


@cache
def other_tests():
    """The tests of test_backend.py, by the functions that they speak of."""
    tree = ast.parse((Path(__file__).parent / "test_backend.py").read_text("utf-8"))
    tables = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id != "BAD_CALLS"
    }
    found = defaultdict(list)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            named = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            parts = [node, *(tables[name] for name in tables if name in named)]
            for name in sorted({name for part in parts for name in _names(part)}):
                found[name].append(node.name)
    return found


def _names(part):
    for node in ast.walk(part):
        text = getattr(node, "attr", None) or getattr(node, "value", None)
        if isinstance(text, str) and text.startswith("k_") and text.isidentifier():
            yield text
