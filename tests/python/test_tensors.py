"""How R computes with tensors, on Python's side; tests/testthat/test-tensors.R has the same from R."""

import keras
import numpy as np
import pytest

from rkeras_py.r import tensors


def tensor(value, dtype="float32"):
    return keras.ops.convert_to_tensor(value, dtype=dtype)


def number(x):
    return np.asarray(keras.ops.convert_to_numpy(x)).tolist()


def dtype(x):
    return keras.backend.standardize_dtype(x.dtype)


@pytest.mark.parametrize(
    ("generic", "left", "right", "type", "expected"),
    [
        ("*", tensor(1.5), 2, "float32", 3.0),
        ("*", 2, tensor(1.5), "float32", 3.0),
        ("+", tensor(1.0, "float16"), 0.5, "float16", 1.5),
        ("+", tensor([1.0, 2.0], "bfloat16"), np.array([0.5, 1.0]), "bfloat16", [1.5, 3.0]),
        ("+", tensor(1, "int32"), 1.0, "int32", 2),
        ("+", tensor(1, "int32"), 0.5, "float32", 1.5),
        ("<", tensor(1, "int32"), 1e10, "bool", True),
        ("<", tensor(1, "int32"), float("inf"), "bool", True),
        ("+", tensor([200, 100], "uint8"), 100, "int32", [300, 200]),
        ("+", tensor(True, "bool"), tensor(True, "bool"), "int32", 2),
        ("==", tensor([True, False], "bool"), True, "bool", [True, False]),
        ("/", tensor(1, "int32"), 2, "float32", 0.5),
        ("^", tensor(2, "int32"), -1, "float32", 0.5),
        ("^", tensor(3, "int32"), 2, "float32", 9.0),
        ("%%", tensor(-5, "int32"), 3, "int32", 1),
        ("%/%", tensor(-5.0), 3.0, "float32", -2.0),
        ("&", tensor([1.0, 0.0]), True, "bool", [True, False]),
        ("-", tensor([2.0, 4.0]), np.array([1, 2], "int32"), "float32", [1.0, 2.0]),
    ],
)
def test_operators(generic, left, right, type, expected):
    result = tensors.operate(generic, left, right)
    assert (dtype(result), number(result)) == (type, expected)


def test_one_sided_operators():
    assert number(tensors.operate("-", tensor([1.0]))) == [-1.0]
    assert number(tensors.operate("-", tensor([True], "bool"))) == [-1]
    assert number(tensors.operate("!", tensor([0, 2], "int32"))) == [True, False]


def test_variables_are_computed_with():
    variable = keras.Variable(2.0)
    assert number(tensors.operate("*", 0.5, variable)) == 1.0
    assert number(tensors.operate("-", variable, variable)) == 0.0
    assert number(tensors.compute("sqrt", keras.Variable([4.0, 9.0]))) == [2.0, 3.0]
    assert number(tensors.subset("[", keras.Variable([4.0, 9.0]), [["at", 2]])) == 9.0
    assert tensors.values("as.numeric", variable) == 2.0


@pytest.mark.parametrize("shapes", [((3, 3), (3, 1)), ((1, 3), (3, 1)), ((3, 3), (1, 3)), ((2, 3, 3), (3, 1))])
def test_what_looks_like_a_bias_is_added_as_it_lies(shapes):
    left, right = (np.arange(np.prod(shape), dtype="float32").reshape(shape) for shape in shapes)
    np.testing.assert_array_equal(number(tensors.operate("+", tensor(left), tensor(right))), left + right)
    symbolic = keras.Input((3,))
    added = tensors.operate("+", symbolic, tensors.reduce("mean", [symbolic], [-1], True))
    x = np.arange(9, dtype="float32").reshape(3, 3)
    np.testing.assert_allclose(keras.Model(symbolic, added)(x), x + x.mean(axis=-1, keepdims=True))


def test_memory_of_r_is_not_kept():
    of_r = np.array([1.0, 2.0], "float32")
    result = tensors.operate("+", tensor([0.0, 0.0]), of_r)
    of_r[:] = 7
    assert number(result) == [1.0, 2.0]


def test_functions():
    x = tensor([[1.0, 2.0], [3.0, 4.0]])
    assert number(tensors.compute("cumsum", x)) == [1.0, 4.0, 6.0, 10.0]  # in R's order
    assert number(tensors.compute("round", tensor(1.256), [1.0])) == pytest.approx(1.3)
    assert number(tensors.compute("log", tensor(8.0), [2.0])) == pytest.approx(3)
    assert number(tensors.reduce("sum", [x], [1])) == [4.0, 6.0]
    assert number(tensors.reduce("max", [x, 10, np.array([1.0])], None)) == 10.0
    assert number(tensors.reduce("range", [x], None)) == [1.0, 4.0]
    assert number(tensors.reduce("mean", [tensor([1.0, np.nan])], None, False, True)) == 1.0
    assert number(tensors.transpose("t", x)) == [[1.0, 3.0], [2.0, 4.0]]
    assert number(tensors.multiply_matrices("%*%", np.eye(2), x)) == number(x)


@pytest.mark.parametrize(
    ("indices", "expected"),
    [
        ([["at", 1], ["all"]], [0, 1, 2]),
        ([["at", -1], ["at", 2]], 4),
        ([["all"], ["range", 2, None, None]], [[1, 2], [4, 5]]),
        ([["all"], ["range", 3, 1, None]], [[2, 1, 0], [5, 4, 3]]),
        ([["all"], ["range", 1, 3, 2]], [[0, 2], [3, 5]]),
        ([["all"], ["range", 2, -3, None]], [[], []]),
        ([["take", [2, 1]], ["take", [3, 1]]], [[5, 3], [2, 0]]),
        ([["all"], ["mask", [True, False, True]]], [[0, 2], [3, 5]]),
        ([["rest"], ["at", 1]], [0, 3]),
        ([["at", 1], ["new"], ["all"]], [[0, 1, 2]]),
    ],
)
def test_parts(indices, expected):
    x = np.arange(6).reshape(2, 3)
    assert number(tensors.subset("[", tensor(x, "int32"), indices)) == expected
    named = [index for index in indices if index[0] != "new"]
    symbolic = tensors.subset("[", keras.KerasTensor((2, 3)), indices)
    assert tuple(symbolic.shape) == np.shape(expected), named


def test_a_size_that_is_not_known():
    x = keras.Input((3,))
    assert tensors.shape("dim", x) == [-1, 3]
    assert tensors.subset("[", x, [["at", 100], ["all"]]).shape == (3,)
    failure = tensors.subset("[", x, [["take", [-1, 1]], ["all"]])
    assert failure.message == ("`[`: several indices cannot count from the end of a dimension whose size is not known.")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tensors.operate("+", tensor(1.0), "a"), "`+`: beside a tensor there have to be numbers or a tensor"),
        (lambda: tensors.compute("gamma", tensor(1.0)), "gamma(): Keras has no such function for tensors."),
        (lambda: tensors.compute("sqrt", tensor(1.0), [2]), "sqrt(): a tensor is its only argument."),
        (
            lambda: tensors.subset("[", tensor([1.0]), [["at", 2]]),
            "`[`: index 2 is out of bounds: the dimension has 1.",
        ),
        (lambda: tensors.transpose("t", tensor(np.ones((1, 2, 3)))), "t(): the tensor has to be a matrix or a vector"),
        (
            lambda: tensors.values("as.array", keras.KerasTensor((None, 2))),
            "as.array(): <KerasTensor, float32 [NA, 2]> has no values",
        ),
    ],
)
def test_refusals(call, message):
    failure = call()
    assert failure.kind == "refused"
    assert failure.message.startswith(message)


def test_errors_of_keras_are_one_sentence():
    failure = tensors.operate("+", tensor([1.0, 2.0]), tensor([1.0, 2.0, 3.0]))
    assert failure.kind == "failed"
    assert failure.message.startswith(
        "`+`: Keras cannot compute this for <tensor, float32 [2]> and <tensor, float32 [3]>"
    )
    assert "\n" not in failure.message
    assert "Traceback" in failure.trace


@pytest.mark.parametrize("type", ["bool", "int8", "uint8", "int32", "float16", "bfloat16", "float32"])
def test_values_are_of_a_type_that_r_has(type):
    array = tensors.values("as.array", tensor([1, 0], type))
    assert array.dtype in (np.dtype("bool"), np.dtype("int32"), np.dtype("float32"))
    assert array.tolist() == [1, 0]


def test_in_a_compiled_graph():
    seen = []

    def compute(x):
        seen.append((tensors.shape("dim", x), tensors.shown("print", x), tensors.values("as.array", x).kind))
        part = tensors.subset("[", x, [["all"], ["at", 1]])
        return tensors.reduce("sum", [tensors.operate("^", tensors.operate("-", 1.0, part), 2.0)], None)

    if keras.backend.backend() == "jax":
        import jax

        compiled = jax.jit(compute)
    else:
        import tensorflow

        compiled = tensorflow.function(compute)
    assert float(compiled(tensor([[1.0, 2.0], [3.0, 4.0]]))) == 4.0
    assert seen[0] == ([2, 2], {"text": "<tensor, float32 [2, 2]>", "values": None, "more": False}, "refused")


def test_a_layer_of_r_knows_its_shape():
    layer = keras.layers.Lambda(lambda x: tensors.subset("[", x, [["all"], ["range", 1, 2, None]]))
    assert layer(keras.Input((3,))).shape == (None, 2)


def test_mixed_precision_is_that_of_the_variable():
    class Scaled(keras.layers.Layer):
        def build(self, shape):
            self.scale = self.add_weight(shape=(2,), initializer="ones")

        def call(self, x):
            return tensors.operate("*", tensors.operate("*", self.scale, np.array([1.0, 2.0])), x)

    assert dtype(Scaled(dtype="mixed_float16")(tensor([[1.0, 2.0]]))) == "float16"


def test_large_tensors_show_their_beginning():
    shown = tensors.shown("print", tensor(np.arange(600).reshape(200, 3)))
    assert shown["more"]
    assert shown["values"].tolist() == [0, 3, 6, 9, 12, 15]
    assert tensors.described(keras.Variable(1.0, name="lr")) == '<variable "lr", float32>'


@pytest.mark.tensorflow
def test_tensors_of_tensorflow_alone():
    import tensorflow as tf

    assert number(tensors.operate("+", tf.Variable([1.0]), 1)) == [2.0]
    assert tensors.values("as.array", tf.constant(["a", "b"])).tolist() == ["a", "b"]
    seen = []

    @tf.function(input_signature=[tf.TensorSpec(None)])
    def of_any_rank(x):
        seen.append((tensors.shape("dim", x), tensors.described(x)))
        return x

    of_any_rank(tf.ones((2,)))
    assert seen == [(None, "<tensor, float32 of unknown shape>")]
