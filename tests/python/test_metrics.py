"""Metrics: the numbers of Keras 2, as functions and as objects, and what they are logged as."""

import keras
import numpy as np
import pytest
import test_losses
from test_losses import CLASSES, LABELS, LOGITS, NUMBERS, ONE_HOT, SHARES, SIGNS, SMOOTH, P, X, Z, assert_close

import rkeras_py as rk

RANDOM = np.random.default_rng(5)
YES_NO = RANDOM.integers(0, 2, (6, 4)).astype("float32")
PROBABLE = RANDOM.uniform(size=(6, 4)).astype("float32")
MANY = (RANDOM.integers(0, 2, 40).astype("float32"), RANDOM.uniform(size=40).astype("float32"))
EYE = np.eye(8, dtype="float32")
BINARY = [(YES_NO, PROBABLE), (YES_NO, YES_NO), (YES_NO[:1], PROBABLE[:1]), (YES_NO.astype("int32"), PROBABLE)]
ONE_OF = [*SHARES, (EYE[[0, 1, 5]], np.full((3, 8), 0.5, "float32")), (EYE[:5], EYE[1:6])]
NUMBERED = [*LABELS[:3], (np.arange(5), EYE[1:6])]

# Metrics with a function. Name: what Keras 2 calls the object, the data, and further arguments.
FUNCTIONS = {
    "binary_accuracy": ("BinaryAccuracy", BINARY, [{"threshold": 0.8}]),
    "binary_crossentropy": ("BinaryCrossentropy", SHARES, [LOGITS, SMOOTH]),
    "categorical_accuracy": ("CategoricalAccuracy", ONE_OF, []),
    "categorical_crossentropy": ("CategoricalCrossentropy", SHARES, [LOGITS, SMOOTH]),
    "hinge": ("Hinge", [*NUMBERS[:3], *SHARES, (SIGNS, X)], []),
    "kullback_leibler_divergence": ("KLDivergence", SHARES, []),
    "mean_absolute_error": ("MeanAbsoluteError", NUMBERS, []),
    "mean_absolute_percentage_error": ("MeanAbsolutePercentageError", NUMBERS, []),
    "mean_squared_error": ("MeanSquaredError", NUMBERS, []),
    "mean_squared_logarithmic_error": ("MeanSquaredLogarithmicError", NUMBERS, []),
    "poisson": ("Poisson", SHARES, []),
    "sparse_categorical_accuracy": ("SparseCategoricalAccuracy", NUMBERED, []),
    "sparse_categorical_crossentropy": ("SparseCategoricalCrossentropy", LABELS, [LOGITS]),
    "sparse_top_k_categorical_accuracy": ("SparseTopKCategoricalAccuracy", NUMBERED, [{"k": 1}, {"k": 2}]),
    "squared_hinge": ("SquaredHinge", [*NUMBERS[:3], *SHARES, (SIGNS, X)], []),
    "top_k_categorical_accuracy": ("TopKCategoricalAccuracy", ONE_OF, [{"k": 1}, {"k": 2}]),
}
# Metrics that are objects alone.
PAIRS = [(YES_NO, PROBABLE), MANY]
BOUND = {"num_thresholds": 7}
OBJECTS = {
    "accuracy": ("Accuracy", [(YES_NO, YES_NO[::-1]), (CLASSES, CLASSES)], [{}]),
    "auc": (
        "AUC",
        PAIRS,
        [
            {},
            {"curve": "PR"},
            *({"summation_method": way, **BOUND} for way in ("minoring", "majoring")),
            {"thresholds": [0.1, 0.5, 0.9]},
            {"multi_label": True},
            {"multi_label": True, "num_labels": 4, "label_weights": [1, 2, 0, 1]},
            {"from_logits": True},
        ],
    ),
    "categorical_hinge": ("CategoricalHinge", SHARES, [{}]),
    "cosine_similarity": ("CosineSimilarity", [(Z, X), (X, X)], [{}, {"axis": 2}]),
    **{
        name: (sort, PAIRS, [{}, {"thresholds": 0.7}, {"thresholds": [0.2, 0.7]}])
        for name, sort in {
            "true_positives": "TruePositives",
            "true_negatives": "TrueNegatives",
            "false_positives": "FalsePositives",
            "false_negatives": "FalseNegatives",
        }.items()
    },
    **{
        name: (name.title(), PAIRS[:1], [{}, {"thresholds": [0.2, 0.7]}, {"top_k": 2}, {"class_id": 1}])
        for name in ("precision", "recall")
    },
    **{
        name: (sort, PAIRS, [{needed: 0.4}, {needed: 0.4, **BOUND}])
        for name, sort, needed in [
            ("recall_at_precision", "RecallAtPrecision", "precision"),
            ("precision_at_recall", "PrecisionAtRecall", "recall"),
            ("sensitivity_at_specificity", "SensitivityAtSpecificity", "specificity"),
            ("specificity_at_sensitivity", "SpecificityAtSensitivity", "sensitivity"),
        ]
    },
    "logcosh_error": ("LogCoshError", NUMBERS[:3], [{}]),
    "mean_iou": ("MeanIoU", [(CLASSES, CLASSES[::-1].copy())], [{"num_classes": 3}]),
    "mean_relative_error": (
        "MeanRelativeError",
        [(Z, X)],
        [{"normalizer": np.array([2.0, 0, 3])}, {"normalizer": abs(X)}],
    ),
    "root_mean_squared_error": ("RootMeanSquaredError", NUMBERS[:3], [{}]),
}
OF_VALUES = {"mean": "Mean", "sum": "Sum", "mean_tensor": "MeanTensor"}
BARE = [
    name for name in [*FUNCTIONS, *OBJECTS] if name not in ("mean_iou", "mean_relative_error") and "_at_" not in name
]
pytestmark = pytest.mark.filterwarnings("ignore:metric_cosine_proximity")


def metric(name):
    return getattr(rk, f"metric_{name}")


def in_keras_2(options):
    return {**options, **({"axis": options["axis"] - 1} if "axis" in options else {})}


def assert_same_object(ours, theirs, batches):
    """The same after each batch, with and without weights, and after a new beginning."""
    for weighted in (False, True):
        for y, p in batches:
            weights = np.arange(1, len(y) + 1, dtype="float32") if weighted else None
            assert_close(ours(y, p, sample_weight=weights), theirs(y, p, sample_weight=weights), err_msg=ours.name)
        ours.reset_states()
        theirs.reset_state()
    ours.update_state(*batches[0])
    theirs.update_state(*batches[0])
    assert_close(ours.result(), theirs.result())


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", FUNCTIONS)
def test_numbers_of_functions_are_those_of_keras_2(name):
    import tf_keras

    sort, data, more = FUNCTIONS[name]
    for options in [{}, *more]:
        for y, p in data:
            theirs = getattr(tf_keras.metrics, name)(y, p, **options)
            assert_close(metric(name)(y, p, **options), theirs, err_msg=str((y, p, options)))
            object_data = [(y, p), (y[::-1], p), (y[:1], p[:1])]
            assert_same_object(metric(name)(**options), getattr(tf_keras.metrics, sort)(**options), object_data)


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", OBJECTS)
def test_numbers_of_objects_are_those_of_keras_2(name):
    import tf_keras

    sort, data, variants = OBJECTS[name]
    for options in variants:
        for y, p in data:
            if options.get("multi_label") and y.ndim == 1:
                continue
            batches = [(y, p), (y[::-1], p)]
            theirs = getattr(tf_keras.metrics, sort)(**in_keras_2(options))
            assert_same_object(metric(name)(**options), theirs, batches)


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", OF_VALUES)
def test_numbers_of_values_are_those_of_keras_2(name):
    import tf_keras

    ours, theirs = metric(name)(), getattr(tf_keras.metrics, OF_VALUES[name])()
    for values, weights in [(X, None), (Z, None), (X, np.arange(5.0)), (X, abs(Z)), (X, 2.0)]:
        assert_close(ours(values, sample_weight=weights), theirs(values, sample_weight=weights))
    ours.reset_states()
    theirs.reset_state()
    assert_close(ours(X), theirs(X))


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("given", ["vector", "column"])
def test_compiled_metrics_log_what_keras_2_logged(given):
    import tf_keras

    # A vector of targets beside a column of predictions, of batches of different sizes.
    names = ["acc", "binary_accuracy", "binary_crossentropy", "categorical_hinge", "hinge", "logcosh", "mae"]
    names += ["kullback_leibler_divergence", "poisson", "squared_hinge", "cosine_proximity", "MSE", "mape"]
    x, y = RANDOM.normal(size=(10, 3)).astype("float32"), np.array([0, 1, 1, 0, 1, 0, 0, 0, 1, 1], "float32")
    y = y if given == "vector" else y[:, None]
    logged = []
    for library in (tf_keras, keras):
        dense = library.layers.Dense(1, "sigmoid", use_bias=False)
        model = library.Sequential([library.Input((3,)), dense])
        model.set_weights([np.array([[1.0], [-1.0], [0.5]])])
        weights = np.linspace(0.5, 2, 10)
        if library is tf_keras:
            model.compile("sgd", "mse", metrics=names)
            logged.append(model.evaluate(x, y, 4, verbose=0, sample_weight=weights, return_dict=True))
        else:
            rk.compile(model, "sgd", "mse", metrics=names)
            logged.append(rk.evaluate(model, x, y, 4, verbose=0, sample_weight=weights))
    assert set(logged[0]) == set(logged[1])
    for name, value in logged[0].items():
        assert logged[1][name] == pytest.approx(value, rel=2e-6), name


@pytest.mark.tensorflow
@pytest.mark.once
def test_metrics_without_an_output_are_for_each_of_them():
    import tf_keras

    x, y = RANDOM.normal(size=(10, 3)).astype("float32"), RANDOM.normal(size=(10, 1)).astype("float32")
    logged = []
    for library in (tf_keras, keras):
        inputs = library.Input((3,))
        outputs = [library.layers.Dense(1, name=name, kernel_initializer="ones")(inputs) for name in ("a", "b")]
        model = library.Model(inputs, outputs)
        metrics = ["mae", library.metrics.MeanSquaredError(name="own")]
        if library is tf_keras:
            model.compile("sgd", "mse", metrics=metrics)
            logged.append(model.evaluate(x, [y, 2 * y], verbose=0, return_dict=True))
        else:
            rk.compile(model, "sgd", "mse", metrics=metrics)
            logged.append(rk.evaluate(model, x, [y, 2 * y], verbose=0))
    assert set(logged[0]) == set(logged[1])
    assert {"a_mae", "a_own", "b_mae", "b_own"} < set(logged[1])
    for name, value in logged[0].items():
        assert logged[1][name] == pytest.approx(value, rel=1e-5)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_numbers_by_their_formulas(name):
    own = {
        "binary_accuracy": lambda y, p: np.mean((p > 0.5) == y, -1),
        "categorical_accuracy": lambda y, p: y.argmax(-1) == p.argmax(-1),
        "sparse_categorical_accuracy": lambda y, p: y == p.argmax(-1),
        "top_k_categorical_accuracy": lambda y, p: np.ones(5),
        "sparse_top_k_categorical_accuracy": lambda y, p: np.ones(5),
    }
    y = CLASSES if name.startswith("sparse") else ONE_HOT if name in own else P[::-1]
    y, p = y.astype("float64"), 0.7 * P.astype("float64")
    expected = {**test_losses.FORMULAS, **own}[name](y, p)
    values = metric(name)(y, p)
    assert tuple(values.shape) == (5,)
    np.testing.assert_allclose(np.array(values), expected, rtol=3e-6)
    counted = metric(name)()
    counted.update_state(y[:2], p[:2])
    counted.update_state(y[2:], p[2:], np.array([1, 0, 2]))
    weights = np.array([1, 1, 1, 0, 2])
    assert float(counted.result()) == pytest.approx(np.sum(weights * expected) / weights.sum(), rel=3e-6)
    counted.reset_states()
    assert float(counted(y, p)) == pytest.approx(np.mean(expected), rel=3e-6)


def test_cosines_have_their_signs():
    assert_close(rk.metric_cosine_similarity()(X, X), 1)
    with pytest.warns(rk.RKerasWarning, match=r"metric_cosine_proximity\(\): metric_cosine_similarity\(\) is what"):
        assert_close(rk.metric_cosine_proximity(X, X), np.ones(5))
    assert_close(rk.loss_cosine_similarity()(X, X), -1)


def test_objects_of_decisions():
    y, p = np.array([0, 0, 1, 1.0]), np.array([0.1, 0.6, 0.4, 0.9])
    values = {name: float(metric(name)()(y, p)) for name in OBJECTS if name in BARE and name.endswith(("ives", "auc"))}
    assert values == {
        "auc": pytest.approx(0.75),
        "true_positives": 1,
        "true_negatives": 1,
        "false_positives": 1,
        "false_negatives": 1,
    }
    assert_close(rk.metric_precision(thresholds=[0.3, 0.8])(y, p), [2 / 3, 1])
    assert float(rk.metric_mean_iou(num_classes=2)([0, 1, 1], [0, 1, 0])) == pytest.approx(0.5)


def test_what_keras_3_has_no_more():
    error = rk.metric_mean_relative_error(normalizer=[1, 3, 2, 3])
    assert float(error([1, 3, 2, 3], [2, 4, 6, 8])) == 1.25
    assert float(rk.metric_mean_relative_error(normalizer=[0.0, 2])(np.ones((3, 2)), np.zeros((3, 2)))) == 0.25
    mean = rk.metric_mean_tensor()
    with pytest.raises(ValueError, match="no result before the first"):
        mean.result()
    mean.update_state([0, 1, 2, 3])
    mean.update_state([4, 5, 6, 7])
    assert_close(mean.result(), [2, 3, 4, 5])
    mean.update_state([12, 10, 8, 6], sample_weight=[0, 0.2, 0.5, 1])
    assert_close(mean.result(), [2.0, 3.6363635, 4.8, 5.3333335])
    with pytest.raises(ValueError, match=r"a tensor of shape \(2,\) follows on one of shape \(4,\)"):
        mean.update_state([1, 2])
    mean.reset_states()
    assert_close(mean.result(), np.zeros(4))
    shaped = rk.metric_mean_tensor(shape=[1, 4], name="own")
    assert_close(shaped.result(), np.zeros((1, 4)))
    for one in (error, shaped):
        again = keras.metrics.deserialize(keras.metrics.serialize(one))
        assert type(again) is type(one)
        assert str(again.get_config()) == str(one.get_config())
        assert keras.saving.get_registered_name(type(one)).startswith("rkeras>")


def model_of(**kwargs):
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(3, "softmax", **kwargs)])


def loaded_from_files(model, x, y, expected):
    """The model as plain Keras loads it from both kinds of files: it evaluates to the same."""
    model.save("m.keras")
    rk.save_model_hdf5(model, "m.h5")
    for file in ("m.keras", "m.h5"):
        loaded = keras.models.load_model(file)
        assert loaded.evaluate(x, y, verbose=0, batch_size=24, return_dict=True) == pytest.approx(expected, rel=1e-5)
        yield loaded


def test_bare_functions_are_logged_under_their_names(data):
    model = model_of()
    y = np.eye(3)[np.arange(24) % 3]
    functions = [metric(name) for name in BARE if "sparse" not in name] + [rk.metric_cosine_proximity, rk.loss_huber]
    rk.compile(model, "sgd", rk.loss_mean_squared_error, metrics=functions)
    logged = rk.evaluate(model, data[0], y, verbose=0, batch_size=24)
    names = {name for name in BARE if "sparse" not in name} - {"logcosh_error"}
    assert set(logged) == {"loss", "logcosh", "cosine_proximity", "huber", *names}
    assert len(list(loaded_from_files(model, data[0], y, logged))) == 2


def test_objects_are_logged_under_their_names_and_loaded_by_plain_keras(data):
    keras.utils.clear_session()
    made = [metric(name)(**OBJECTS.get(name, ("", [], [{}]))[2][0]) for name in [*FUNCTIONS, *OBJECTS]]
    made = [one for one in made if "sparse" not in one.name and one.name not in ("mean_io_u", "mean_relative_error")]
    made += [rk.metric_precision(name="own", thresholds=0.3), rk.metric_binary_crossentropy(axis=1, name="first")]
    made += [rk.metric_mean_wrapper(fn=keras.losses.mean_squared_error, name="wrapped")]
    model, y = model_of(), np.eye(3)[np.arange(24) % 3]
    rk.compile(model, "sgd", "mse", metrics=made)
    logged = rk.evaluate(model, data[0], y, verbose=0, batch_size=24)
    assert set(logged) == {"loss", *(one.name for one in made)}
    assert {"kullback_leibler_divergence", "logcosh", "auc", "own"} <= set(logged)
    for loaded in loaded_from_files(model, data[0], y, logged):
        metrics = [one for group in loaded.metrics for one in getattr(group, "metrics", [])]
        assert {type(one).__module__.rpartition(".")[0] for one in metrics} == {"keras.src.metrics"}


def test_own_classes_are_loaded_where_rkeras_is_imported(data):
    model = model_of()
    rk.compile(model, "sgd", "mse", metrics=rk.metric_mean_relative_error(normalizer=[1, 2, 4], name="error"))
    y = np.eye(3)[np.arange(24) % 3]
    rk.fit(model, data[0], y, epochs=1, verbose=0)
    model.save("m.keras")
    expected = model.evaluate(data[0], y, verbose=0, return_dict=True)
    assert "error" in expected
    loaded = keras.models.load_model("m.keras").evaluate(data[0], y, verbose=0, return_dict=True)
    assert loaded == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    "name", ["kullback_leibler_divergence", "kld", "logcosh", "log_cosh", "cosine_proximity", "huber"]
)
def test_names_of_keras_2_are_logged_and_monitored(data, name, recwarn):
    model = model_of()
    stop = rk.callback_early_stopping(monitor=f"val_{name}", patience=5)
    rk.compile(model, "sgd", "mse", metrics=[name])
    y = np.eye(3)[np.arange(24) % 3]
    history = rk.fit(model, data[0], y, epochs=2, verbose=0, validation_split=0.25, callbacks=stop)
    assert list(history.metrics) == ["loss", name, "val_loss", f"val_{name}"]
    assert history.monitor == f"val_{name}"
    model.save("m.keras")
    keras.models.load_model("m.keras").evaluate(data[0], y, verbose=0)


def test_what_needs_arguments_needs_parentheses():
    for function in (rk.metric_recall_at_precision, rk.metric_mean, rk.metric_mean_iou):
        with pytest.raises(
            rk.ArgumentError, match=r"`metrics` must be a metric .* Perhaps you forgot the parentheses\?"
        ):
            rk.compile(model_of(), "sgd", "mse", metrics=function)


def test_double_arrays_are_computed_with_as_floats():
    # R's arrays are of doubles; Keras 3 refuses some of them on TensorFlow.
    y, p = np.eye(3), np.array([[0.2, 0.3, 0.5]] * 3)
    assert float(rk.metric_top_k_categorical_accuracy(k=1)(y, p)) == pytest.approx(1 / 3)
    assert float(rk.metric_sparse_top_k_categorical_accuracy(k=2)(np.arange(3.0), p)) == pytest.approx(2 / 3)
    assert rk.metric_mean_squared_error(dtype="float64").dtype == "float64"


def test_a_vector_of_targets_is_a_column(data):
    # Keras 3 alone compares each prediction with each target.
    def own(y, prediction):
        return keras.ops.mean(keras.ops.square(y - prediction))

    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    rk.compile(model, rk.optimizer_sgd(0.0), "mse", metrics=own)
    history = rk.fit(model, *data, epochs=1, verbose=0, batch_size=24).metrics
    assert history["own"] == pytest.approx(history["loss"])
    y, p = np.array([1, -1, 1.0]), np.array([[1], [-1], [0.5]])
    assert float(rk.metric_hinge()(y, p)) == pytest.approx(0.5 / 3)


@pytest.mark.parametrize("policy", ["float32", "mixed_float16", "mixed_bfloat16"])
def test_functions_are_given_floats(data, policy):
    # Keras 3 gives them the numbers of the data; of half floats and of whole numbers TensorFlow computes no difference.
    seen = set()

    def own(y, prediction):
        seen.update({keras.backend.standardize_dtype(one.dtype) for one in (y, prediction)})
        return keras.ops.mean(abs(y - prediction), axis=-1)

    keras.config.set_dtype_policy(policy)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    keras.config.set_dtype_policy("float32")
    functions = [own, lambda y, prediction: own(y, prediction), rk.metric_mean_wrapper(fn=own, name="wrapped")]
    rk.compile(model, rk.optimizer_sgd(0.0), own, metrics=["mae", *functions], weighted_metrics={"named": own})
    for targets in (data[1] > 0, np.round(data[1]).astype("int64"), data[1].astype("float64")):
        logged = rk.fit(model, data[0], targets, epochs=1, verbose=0, batch_size=24).metrics
        assert len(logged) == 6
        for name, value in logged.items():
            assert value == pytest.approx(logged["mae"], rel=1e-2 if "16" in policy else 1e-5), name
    assert seen == {"float32"}


@pytest.mark.parametrize("name", ["jaccard", "Jaccard2", "my metric"])
def test_custom_metric_logs_under_its_name(data, name):
    def own(y, prediction):
        return keras.ops.mean(keras.ops.abs(y - prediction), axis=-1)

    named = rk.custom_metric(name, own)
    assert (named.__name__, own.__name__) == (name, "own")
    model = model_of()
    rk.compile(model, "sgd", "mse", metrics=["mae", named])
    y = np.eye(3)[np.arange(24) % 3]
    history = rk.fit(model, data[0], y, epochs=1, verbose=0, batch_size=24).metrics
    assert list(history) == ["loss", *sorted(["mae", name])]
    assert history[name] == pytest.approx(history["mae"])
    rk.save_model_hdf5(model, "m.h5")
    loaded = rk.load_model_hdf5("m.h5", custom_objects={name: own})
    assert set(rk.evaluate(loaded, data[0], y, verbose=0)) == {"loss", "mae", name}


def test_a_dict_names_functions_or_outputs(data):
    def own(y, prediction):
        return keras.ops.mean(y - prediction)

    model = model_of()
    y = np.eye(3)[np.arange(24) % 3]
    ours = {"right": rk.metric_categorical_accuracy, "far": rk.metric_kullback_leibler_divergence}
    rk.compile(model, "sgd", "mse", metrics={"difference": own, "other": "mae", **ours})
    logged = rk.fit(model, data[0], y, epochs=1, verbose=0).metrics
    assert set(logged) == {"loss", "difference", "mae", "right", "far"}
    inputs = keras.Input((3,))
    two = keras.Model(inputs, [keras.layers.Dense(1, name=name)(inputs) for name in ("a", "b")])
    rk.compile(two, "sgd", "mse", metrics={"a": ["mae", own], "b": "kld"})
    logged = rk.fit(two, data[0], [data[1], data[1]], epochs=1, verbose=0).metrics
    assert set(logged) == {"loss", "a_loss", "b_loss", "a_mae", "a_own", "b_kld"}


def test_weighted_metrics_weight(data):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    weights = np.linspace(0, 3, 24)
    rk.compile(model, rk.optimizer_sgd(0.0), "mse", metrics=rk.metric_mean_absolute_error, weighted_metrics="mae")
    logged = rk.fit(model, *data, sample_weight=weights, epochs=1, verbose=0, batch_size=24).metrics
    errors = abs(data[1] - model.predict(data[0], verbose=0)[:, 0])
    assert logged["mean_absolute_error"][0] == pytest.approx(errors.mean(), rel=1e-5)
    assert logged["mae"][0] == pytest.approx(np.average(errors, weights=weights), rel=1e-5)


def test_masked_steps_do_not_count():
    inputs = keras.Input((3, 2))
    masked = keras.layers.Masking()(inputs)
    model = keras.Model(inputs, keras.layers.TimeDistributed(keras.layers.Dense(1, kernel_initializer="ones"))(masked))
    rk.compile(model, "sgd", rk.loss_mean_squared_error(), metrics=[rk.metric_mean_squared_error()])
    x = np.array([[[1, 1], [0, 0], [0, 0]], [[2, 2], [1, 1], [0, 0.0]]])
    values = rk.evaluate(model, x, np.zeros((2, 3, 1)), verbose=0)
    assert values["loss"] == pytest.approx((4 + 16 + 4) / 3)
    assert values["mean_squared_error"] == pytest.approx((4 + 16 + 4) / 3)
