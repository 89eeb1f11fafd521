"""Losses: the numbers of Keras 2, as functions and as objects, by name and by file."""

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language import contract_of

RANDOM = np.random.default_rng(3)
P = RANDOM.dirichlet(np.ones(3), 5).astype("float32")
ONE_HOT = np.eye(3, dtype="float32")[[0, 2, 1, 1, 0]]
X = RANDOM.normal(size=(5, 3)).astype("float32")
Z = RANDOM.normal(size=(5, 3)).astype("float32")
SIGNS = np.sign(X)
COUNTS = RANDOM.integers(0, 4, (5, 3))
CLASSES = ONE_HOT.argmax(1)
EXTREME = np.array([[0, 1], [1, 0], [1, 1], [0, 0], [0.5, 1]], "float32")
RIGHT = np.array([[0, 1], [1, 0], [0, 0], [1, 1], [1, 0]], "float32")
NANS = np.where(X > 1, np.nan, X)

NUMBERS = [(Z, X), (COUNTS, X), (X, X), (RIGHT, EXTREME), (Z, NANS), (Z[:1], X[:1]), (Z[:, None], X[:, None])]
SHARES = [(ONE_HOT, P), (P, P[::-1]), (ONE_HOT.astype("int32"), P), (RIGHT, EXTREME), (ONE_HOT[:1], P[:1])]
LABELS = [(CLASSES, P), (CLASSES[:, None], P), (CLASSES.astype("float32"), P), (CLASSES[:1], P[:1])]
LABELS += [(np.array([0, 1, 2]), np.array([[2, 1, 1], [0, 1, 0], [1, 0, 0]], "float32"))]

LOGITS = {"from_logits": True}
SMOOTH = {"label_smoothing": 0.2}
# Name: what Keras 2 calls it, the data, and further arguments.
CASES = {
    "binary_crossentropy": ("BinaryCrossentropy", SHARES, [LOGITS, SMOOTH]),
    "categorical_crossentropy": ("CategoricalCrossentropy", SHARES, [LOGITS, SMOOTH]),
    "sparse_categorical_crossentropy": ("SparseCategoricalCrossentropy", LABELS, [LOGITS]),
    "categorical_hinge": ("CategoricalHinge", SHARES, []),
    "cosine_similarity": ("CosineSimilarity", NUMBERS, [{"axis": 1}]),
    "hinge": ("Hinge", [*NUMBERS, *SHARES, (SIGNS, X)], []),
    "huber": ("Huber", NUMBERS, [{"delta": 0.3}]),
    "kl_divergence": ("KLDivergence", SHARES, []),
    "kullback_leibler_divergence": ("KLDivergence", SHARES, []),
    "logcosh": ("LogCosh", [*NUMBERS, (100 * Z, 100 * X)], []),
    "mean_absolute_error": ("MeanAbsoluteError", NUMBERS, []),
    "mean_absolute_percentage_error": ("MeanAbsolutePercentageError", NUMBERS, []),
    "mean_squared_error": ("MeanSquaredError", NUMBERS, []),
    "mean_squared_logarithmic_error": ("MeanSquaredLogarithmicError", NUMBERS, []),
    "poisson": ("Poisson", [(COUNTS, P), (COUNTS, 3 * P)], []),
    "squared_hinge": ("SquaredHinge", [*NUMBERS, *SHARES, (SIGNS, X)], []),
}
ALL = [*CASES, "cosine_proximity"]
pytestmark = pytest.mark.filterwarnings("ignore:loss_cosine_proximity")


def assert_close(ours, theirs, **kwargs):
    np.testing.assert_allclose(np.array(ours), np.array(theirs), rtol=1e-6, atol=1e-6, **kwargs)


def loss(name):
    return getattr(rk, f"loss_{name}")


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", CASES)
def test_numbers_are_those_of_keras_2(name):
    import tf_keras

    sort, data, more = CASES[name]
    function = getattr(tf_keras.losses, {"logcosh": "log_cosh", "huber": "huber_loss"}.get(name, name), None)
    function = function or __import__("tf_keras.src.losses").src.losses.huber
    for options in [{}, *more]:
        in_keras = {**options, **({"axis": 0} if "axis" in options else {})}
        whole = getattr(tf_keras.losses, sort)(**in_keras)
        for y, p in data:
            legacy_y = y.astype("float32") if name == "cosine_similarity" else y  # Keras 2 failed
            assert_close(loss(name)(y, p, **options), function(legacy_y, p, **in_keras), err_msg=str((y, p, options)))
            weights = np.arange(1, len(y) + 1, dtype="float32")
            for weight in [None] if "axis" in options else [None, weights]:
                made = loss(name)(**options)
                assert_close(made(y, p, sample_weight=weight), whole(legacy_y, p, sample_weight=weight))
                for reduction in ("sum", "none", "sum_over_batch_size"):
                    theirs = getattr(tf_keras.losses, sort)(**in_keras, reduction=reduction)
                    made = loss(name)(**options, reduction=reduction)
                    assert_close(made(y, p, sample_weight=weight), theirs(legacy_y, p, sample_weight=weight))


EPSILON = 1e-7


def softplus(z):
    return np.log1p(np.exp(z))


def norm(v):
    return v / np.sqrt(np.sum(v**2, -1, keepdims=True))


FORMULAS = {
    "mean_squared_error": lambda y, p: np.mean((y - p) ** 2, -1),
    "mean_absolute_error": lambda y, p: np.mean(abs(y - p), -1),
    "mean_absolute_percentage_error": lambda y, p: np.mean(100 * abs((y - p) / y), -1),
    "mean_squared_logarithmic_error": lambda y, p: np.mean((np.log1p(y) - np.log1p(p)) ** 2, -1),
    "logcosh": lambda y, p: np.mean(np.log(np.cosh(p - y)), -1),
    "huber": lambda y, p: np.mean(np.where(abs(y - p) <= 1, (y - p) ** 2 / 2, abs(y - p) - 0.5), -1),
    "kl_divergence": lambda y, p: np.sum(y * np.log(y / p), -1),
    "kullback_leibler_divergence": lambda y, p: np.sum(y * np.log(y / p), -1),
    "poisson": lambda y, p: np.mean(p - y * np.log(p + EPSILON), -1),
    "cosine_similarity": lambda y, p: -np.sum(norm(y) * norm(p), -1),
    "cosine_proximity": lambda y, p: -np.sum(norm(y) * norm(p), -1),
    "hinge": lambda y, p: np.mean(np.maximum(1 - y * p, 0), -1),
    "squared_hinge": lambda y, p: np.mean(np.maximum(1 - y * p, 0) ** 2, -1),
    "categorical_hinge": lambda y, p: np.maximum(np.max((1 - y) * p, -1) - np.sum(y * p, -1) + 1, 0),
    "binary_crossentropy": lambda y, p: -np.mean(y * np.log(p + EPSILON) + (1 - y) * np.log(1 - p + EPSILON), -1),
    "categorical_crossentropy": lambda y, p: -np.sum(y * np.log(p / p.sum(-1, keepdims=True)), -1),
    "sparse_categorical_crossentropy": lambda y, p: -np.log(p[np.arange(5), CLASSES] / p.sum(-1)),
}


@pytest.mark.parametrize("name", ALL)
def test_numbers_by_their_formulas(name):
    y = CLASSES.astype("float64") if name.startswith("sparse") else P[::-1].astype("float64")
    expected = FORMULAS[name](y, 0.7 * P.astype("float64"))
    values = loss(name)(y, 0.7 * P.astype("float64"))
    assert values.dtype == keras.ops.ones(1).dtype
    np.testing.assert_allclose(np.array(values), expected, rtol=3e-6, atol=1e-6)
    np.testing.assert_allclose(np.array(loss(name)()(y, 0.7 * P)), expected.mean(), rtol=3e-6, atol=1e-6)
    np.testing.assert_allclose(np.array(loss(name)(reduction="sum", name="own")(y, 0.7 * P)), expected.sum(), rtol=5e-6)
    weights = np.array([1.0, 0, 2, 0, 0.5])
    weighted = loss(name)(reduction="none")(y, 0.7 * P, sample_weight=weights)
    np.testing.assert_allclose(np.array(weighted), weights * expected, rtol=3e-6, atol=1e-6)


def test_a_wrong_probability_of_0_or_1_counts_as_in_keras_2():
    y, p = [[1.0], [0.0]], [[0.0], [1.0]]
    for values in (rk.loss_binary_crossentropy(y, p), rk.loss_binary_crossentropy(reduction="none")(y, p)):
        np.testing.assert_allclose(np.array(values), [15.424949, 15.333239], rtol=1e-6)
    integers = rk.loss_binary_crossentropy(np.array([[1], [0]]), np.array([[0], [1]]))
    np.testing.assert_allclose(np.array(integers), [15.424949, 15.333239], rtol=1e-6)


def test_probabilities_that_do_not_add_up_to_1_are_made_to():
    for values in (
        rk.loss_sparse_categorical_crossentropy([0], [[2.0, 1.0, 1.0]]),
        rk.loss_sparse_categorical_crossentropy()(np.array([0]), np.array([[2.0, 1.0, 1.0]])),
    ):
        np.testing.assert_allclose(np.array(values).ravel(), [1.0986123], rtol=1e-6)


@pytest.mark.tensorflow
def test_behind_a_sigmoid_the_logits_are_seen(data):
    # As Keras 2: a saturated wrong prediction counts by its logit, and is learnt from.
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, "sigmoid", bias_initializer="zeros")])
    model.layers[0].set_weights([np.zeros((3, 1)), np.array([100.0])])
    metric = rk.metric_binary_crossentropy()
    rk.compile(model, rk.optimizer_sgd(0.0), rk.loss_binary_crossentropy(), metrics=metric)
    history = rk.fit(model, data[0], np.zeros(24), epochs=1, batch_size=24, verbose=0).metrics
    assert history["loss"] == history["binary_crossentropy"] == [100.0]
    outputs = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, "softmax", kernel_initializer="zeros")])
    outputs.layers[0].set_weights([np.zeros((3, 2)), np.array([100.0, 0])])
    metric = rk.metric_sparse_categorical_crossentropy()
    rk.compile(outputs, rk.optimizer_sgd(0.0), rk.loss_sparse_categorical_crossentropy(), metrics=metric)
    history = rk.fit(outputs, data[0], np.ones(24), epochs=1, batch_size=24, verbose=0).metrics
    assert history["loss"] == history["sparse_categorical_crossentropy"] == [100.0]


def test_axes_count_from_1():
    for axis, python in ((1, 0), (2, 1), (-1, -1), (-2, -2)):
        np.testing.assert_allclose(
            np.array(rk.loss_cosine_similarity(Z, X, axis=axis)),
            np.array(keras.losses.cosine_similarity(Z, X, axis=python)),
        )
        assert rk.loss_cosine_similarity(axis=axis).get_config()["axis"] == python
    with pytest.raises(rk.ArgumentError, match="counted from 1"):
        rk.loss_cosine_similarity(axis=0)


@pytest.mark.parametrize("name", ALL)
def test_one_of_targets_and_predictions_alone_is_refused(name):
    for given, missing in (("y_true", "y_pred"), ("y_pred", "y_true")):
        with pytest.raises(rk.ArgumentError) as caught:
            loss(name)(**{given: P})
        words = f"`{missing}` is missing; without `y_true` and `y_pred` an object is made."
        assert str(caught.value) == f"loss_{name}(): {words}"


def test_what_is_for_objects_is_not_ignored():
    with pytest.raises(rk.ArgumentError, match=r'`reduction` must be left out where .* given, not "sum"'):
        rk.loss_hinge(SIGNS, X, reduction="sum")
    with pytest.raises(rk.ArgumentError, match=r"`name` must be left out"):
        rk.loss_hinge(SIGNS, X, name="own")


def test_the_older_name_says_so():
    for arguments in ((), (Z, X)):
        with pytest.warns(rk.RKerasWarning, match=r"^loss_cosine_proximity\(\): loss_cosine_similarity\(\) is what"):
            rk.loss_cosine_proximity(*arguments)


def model_of(outputs=3, **kwargs):
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(outputs, **kwargs)])


def targets(name):
    return np.arange(24) % 3 if name.startswith("sparse") else np.eye(3)[np.arange(24) % 3]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("file", ["m.keras", "m.h5"])
def test_a_model_with_it_trains_and_is_loaded_by_plain_keras(data, name, file):
    model = model_of(activation="softmax")
    first = np.array(model.get_weights()[0])
    for given in (loss(name), loss(name)()):
        rk.compile(model, "sgd", given)
        rk.fit(model, data[0], targets(name), epochs=1, verbose=0)
        model.save(file) if file.endswith(".keras") else rk.save_model_hdf5(model, file)
        loaded = keras.models.load_model(file)
        options = {"verbose": 0, "batch_size": 24}
        np.testing.assert_allclose(
            loaded.evaluate(data[0], targets(name), **options), model.evaluate(data[0], targets(name), **options), 1e-5
        )
        assert type(loaded.loss).__module__ in ("builtins", "keras.src.losses.losses")
    assert np.any(model.get_weights()[0] != first)


def test_a_file_has_every_argument(data):
    # Keras's own configuration has no delta and no axis.
    cases = [
        (rk.loss_huber(delta=0.25), "delta", 0.25),
        (rk.loss_cosine_similarity(axis=1), "axis", 0),
        (rk.loss_binary_crossentropy(label_smoothing=0.5), "label_smoothing", 0.5),
        (rk.loss_binary_crossentropy(from_logits=True), "from_logits", True),
    ]
    for made, option, value in cases:
        model = model_of(activation="sigmoid")
        rk.compile(model, "sgd", made)
        expected = model.evaluate(data[0], targets(""), verbose=0, batch_size=24)
        model.save("m.keras")
        rk.save_model_hdf5(model, "m.h5")
        for file in ("m.keras", "m.h5"):
            loaded = keras.models.load_model(file)
            assert loaded.loss._fn_kwargs[option] == value
            assert loaded.evaluate(data[0], targets(""), verbose=0, batch_size=24) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", ["kullback_leibler_divergence", "logcosh", "cosine_proximity", "huber_loss", "mse"])
def test_names_of_keras_2(data, name):
    same = {"huber_loss": "huber", "mse": "mean_squared_error"}.get(name, name)
    expected = np.mean(np.array(loss(same)(targets("") + 0.5, np.zeros((24, 3)) + 0.5)))
    model = model_of(kernel_initializer="zeros", bias_initializer=keras.initializers.Constant(0.5))
    rk.compile(model, "sgd", name)
    assert rk.evaluate(model, data[0], targets("") + 0.5, verbose=0)["loss"] == pytest.approx(expected, rel=1e-5)


def test_outputs_have_losses_of_their_own(data):
    inputs = keras.Input((3,))
    outputs = {name: keras.layers.Dense(1, name=name)(inputs) for name in ("one", "two", "three")}
    model = keras.Model(inputs, outputs)

    def own(y, prediction):
        return keras.ops.mean(keras.ops.abs(y - prediction))

    x, y = data
    losses = {"one": rk.loss_mean_squared_error, "two": rk.loss_huber(delta=2), "three": own}
    rk.compile(model, rk.optimizer_sgd(0.0), losses)
    weights = np.linspace(0, 2, 24)
    metrics = rk.fit(
        model, x, dict.fromkeys(outputs, y), sample_weight=weights, epochs=1, verbose=0, batch_size=24
    ).metrics
    predicted = {name: value[:, 0] for name, value in model.predict(x, verbose=0).items()}
    squares = np.mean(weights * (y - predicted["one"]) ** 2)
    assert metrics["one_loss"][0] == pytest.approx(squares, rel=1e-4)
    assert sum(metrics[f"{name}_loss"][0] for name in outputs) == pytest.approx(metrics["loss"][0], rel=1e-4)
    rk.save_model_hdf5(model, "m.h5")
    loaded = rk.load_model_hdf5("m.h5", custom_objects={"own": own})
    assert loaded.loss["two"]._fn_kwargs == {"delta": 2.0}


def test_signatures_are_those_of_r_keras():
    for name in CASES:
        arguments = list(contract_of(loss(name)).arguments)
        assert arguments[:2] == ["y_true", "y_pred"]
        assert arguments[-2:] == ["reduction", "name"]
