"""Files that Keras 2 wrote, up to 2.15 and from 2.2: they predict the same, train on the same, or say what is amiss."""

import json
import subprocess
import sys

import h5py
import keras
import keras2_files
import numpy as np
import pytest
from layer_tables import rows_by_name
from layer_tables.comparing import arrays, model_of

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning

tf_keras = pytest.importorskip("tf_keras")
legacy = tf_keras.optimizers.legacy
old = tf_keras.layers

random = np.random.default_rng(3)


def floats(*shape):
    return random.normal(size=shape).astype("float32")


def stacked(*layers):
    return tf_keras.Sequential(list(layers))


def convolutions():
    layers = [old.Conv2D(3, 3, input_shape=(8, 8, 2), activation="relu"), old.BatchNormalization(), old.MaxPooling2D()]
    more = [old.Dropout(0.5), old.Flatten(), old.Dense(2, activation="softmax", kernel_regularizer="l2")]
    return stacked(*layers, *more), [floats(2, 8, 8, 2)]


def channels_first():
    layers = [old.ZeroPadding2D(data_format="channels_first", input_shape=(2, 5, 5)), old.Permute((2, 3, 1))]
    more = [old.SeparableConv2D(3, 2), old.DepthwiseConv2D(2), old.Conv2DTranspose(2, 2), old.GlobalAveragePooling2D()]
    return stacked(*layers, *more), [floats(2, 2, 5, 5)]


def activations():
    layers = [old.Dense(4, input_shape=(3,)), old.LeakyReLU(0.1), old.PReLU(), old.ELU(0.4), old.ThresholdedReLU(0.1)]
    return stacked(*layers, old.Activation("hard_sigmoid")), [floats(4, 3)]


def words():
    hard = {"recurrent_activation": "hard_sigmoid"}
    both = old.Bidirectional(old.LSTM(4, return_sequences=True, **hard))
    layers = [old.Embedding(7, 3, input_length=5, mask_zero=True), both, old.GRU(3, reset_after=False, **hard)]
    return stacked(*layers), [random.integers(0, 7, (2, 5))]


def words_of_any_number():
    return stacked(old.Embedding(7, 3), old.LSTM(4)), [random.integers(0, 7, (2, 5))]


def at_every_step():
    step = stacked(old.Dense(3, input_shape=(4,)), old.BatchNormalization())
    return stacked(old.TimeDistributed(step, input_shape=(5, 4)), old.SimpleRNN(3)), [floats(2, 5, 4)]


def cells():
    return stacked(old.RNN([old.LSTMCell(3), old.GRUCell(2)], input_shape=(5, 3))), [floats(2, 5, 3)]


def encoder_and_decoder():
    one, other = tf_keras.Input((5, 3)), tf_keras.Input((4, 3))
    _, *states = old.LSTM(4, return_state=True)(one)
    steps = old.LSTM(4, return_sequences=True, recurrent_activation="hard_sigmoid")(other, initial_state=states)
    return tf_keras.Model([one, other], old.TimeDistributed(old.Dense(2))(steps)), [floats(2, 5, 3), floats(2, 4, 3)]


def within_one_another():
    """Several inputs and outputs, a layer and a model that are called twice, and a base that is partly frozen."""
    base = stacked(old.Conv2D(3, 3, input_shape=(8, 8, 2), activation="relu"), old.BatchNormalization(), old.Flatten())
    base.layers[0].trainable = False
    inputs = tf_keras.Input((4,))
    pair = tf_keras.Model(inputs, [old.Dense(3)(inputs), old.Dense(2)(inputs)], name="pair")
    image, *others = tf_keras.Input((8, 8, 2)), tf_keras.Input((4,)), tf_keras.Input((4,))
    shared = old.Dense(4, name="shared")
    (first, second), (third, fourth) = (pair(shared(one)) for one in others)
    all_of_it = old.concatenate([base(image), first, fourth, old.add([first, third])])
    outputs = [old.Dense(1, name="one")(all_of_it), old.Dense(2, name="other")(old.multiply([second, fourth])), third]
    return tf_keras.Model([image, *others], outputs), [floats(2, 8, 8, 2), floats(2, 4), floats(2, 4)]


def twice():
    unbuilt = stacked(old.Dense(3), old.Dense(2))
    one, other = tf_keras.Input((4,)), tf_keras.Input((4,))
    return tf_keras.Model([one, other], old.subtract([unbuilt(one), unbuilt(other)])), [floats(2, 4), floats(2, 4)]


def frozen():
    base = stacked(old.Conv2D(3, 3, input_shape=(8, 8, 2)), old.BatchNormalization(), old.Conv2D(2, 3))
    base.trainable = False
    return stacked(base, old.Flatten(), old.Dense(1)), [floats(2, 8, 8, 2)]


def partly_frozen():
    base = stacked(old.Conv2D(3, 3, input_shape=(8, 8, 2)), old.BatchNormalization(), old.Conv2D(2, 3))
    for layer in base.layers[:2]:
        layer.trainable = False
    return stacked(base, old.Flatten(), old.Dense(1)), [floats(2, 8, 8, 2)]


def operations():
    import tensorflow as tf

    one, other = tf_keras.Input((4,)), tf_keras.Input((4,))
    outputs = [
        *(
            (one + other) * 2 - one / 3,
            one[:, 1:3],
            1 - one,
            -one,
            one**2,
            tf.exp(one),
            tf.matmul(one, other, transpose_b=True),
        ),
        *(tf.concat([one, other], 1), tf.stack([one, other], axis=1), tf.split(one, 2, axis=1)[1], tf.nn.softmax(one)),
        *(tf.where(one > 0, one, other), tf.reduce_mean(one, axis=-1), tf.reduce_sum(one, 1, keepdims=True)),
        *(
            tf.expand_dims(one, -1),
            tf.clip_by_value(one, -1.0, 1.0),
            tf.reshape(one, (-1, 2, 2)),
            tf.maximum(one, other),
        ),
        *(
            tf.one_hot(tf.argmax(one, -1), 4),
            tf.cast(one > 0, "float32"),
            tf.sqrt(tf.abs(one)),
            tf.math.l2_normalize(one, 1),
        ),
    ]
    return tf_keras.Model([one, other], outputs), [floats(3, 4), floats(3, 4)]


def adapted():
    normalization = old.Normalization(input_shape=(3,))
    normalization.adapt(floats(9, 3))
    return stacked(normalization, old.Dense(1)), [floats(2, 3)]


def names_with_a_slash():
    inputs = tf_keras.Input((3,))
    return tf_keras.Model(inputs, old.Dense(2, name="a/b")(old.Dense(3, name="c/d")(inputs))), [floats(2, 3)]


MODELS = [
    *(convolutions, channels_first, activations, words, words_of_any_number, at_every_step, cells, encoder_and_decoder),
    *(within_one_another, twice, frozen, partly_frozen, operations, adapted, names_with_a_slash),
]


def with_random_weights(model):
    values = [np.abs(floats(*one.shape)) + 0.1 if one.dtype.kind == "f" else one for one in model.get_weights()]
    model.set_weights(values)
    return model


def same(ours, theirs, inputs):
    inputs = inputs if len(inputs) > 1 else inputs[0]
    pairs = zip(keras.tree.flatten(ours.predict(inputs, verbose=0)), keras.tree.flatten(theirs(inputs)), strict=True)
    for one, other in pairs:
        np.testing.assert_allclose(one, np.asarray(other), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("version", ["2.15", "2.2"])
@pytest.mark.parametrize("make", MODELS)
def test_a_model_predicts_the_same(make, version):
    theirs, inputs = make()
    with_random_weights(theirs).save("m.h5")
    if version == "2.2":
        keras2_files.make_older("m.h5")
    ours = rk.load_model_hdf5("m.h5")
    same(ours, theirs, inputs)
    ours.set_weights([one * 0 for one in ours.get_weights()])
    theirs.save_weights("w.h5")
    assert rk.load_model_weights_hdf5(ours, "w.h5") is ours
    same(ours, theirs, inputs)
    rk.save_model_hdf5(ours, "again.h5")
    same(rk.load_model_hdf5("again.h5"), theirs, inputs)


def cudnn(sort, **more):
    """The configuration of a layer of cuDNN, as 2.2.4 wrote it."""
    scaled = {"class_name": "VarianceScaling", "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform"}}
    begin = {f"{one}_initializer": scaled for one in ("kernel", "recurrent", "bias")}
    limits = {
        f"{one}_{what}": None for one in ("kernel", "recurrent", "bias") for what in ("regularizer", "constraint")
    }
    flags = {"return_sequences": True, "return_state": False, "go_backwards": False, "stateful": False}
    own = {"unit_forget_bias": True} if sort == "CuDNNLSTM" else {}
    config = {"name": "layer", "trainable": True, "units": 3, "activity_regularizer": None, **begin, **limits, **flags}
    return {"class_name": sort, "config": {**config, **own, **more}}


@pytest.mark.parametrize("both_ways", [False, True])
@pytest.mark.parametrize(("sort", "plain", "gates"), [("CuDNNLSTM", old.LSTM, 4), ("CuDNNGRU", old.GRU, 3)])
def test_layers_of_cudnn(sort, plain, gates, both_ways):
    shape = {"batch_input_shape": [None, 5, 4]}
    weights = [floats(*one) for _ in range(1 + both_ways) for one in ((4, 3 * gates), (3, 3 * gates), (6 * gates,))]
    layer = cudnn(sort, **({} if both_ways else shape))
    if both_ways:
        around = {"name": "layer", "trainable": True, "layer": layer, "merge_mode": "concat", **shape}
        layer = {"class_name": "Bidirectional", "config": around}
    keras2_files.write("m.h5", {"class_name": "Sequential", "config": [layer]}, {"layer": weights})
    inner = plain(3, return_sequences=True)
    theirs = stacked(old.Bidirectional(inner) if both_ways else inner)
    theirs.build((None, 5, 4))
    theirs.load_weights("m.h5")  # Keras 2 itself makes weights of the plain layer of them
    x = floats(2, 5, 4)
    ours = rk.load_model_hdf5("m.h5")
    same(ours, theirs, [x])
    ours.set_weights([one * 0 for one in ours.get_weights()])
    same(rk.load_model_weights_hdf5(ours, "m.h5"), theirs, [x])


def test_weights_of_cudnn_are_refused_by_an_older_gru():
    keras2_files.write("w.h5", {}, {"gru": [floats(4, 9), floats(3, 9), floats(18)]})
    model = keras.Sequential([keras.Input((5, 4)), keras.layers.GRU(3, reset_after=False)])
    with pytest.raises(rk.ArgumentError, match=r"CuDNNGRU are for a layer with `reset_after` true\."):
        rk.load_model_weights_hdf5(model, "w.h5")


# What plain Keras refuses, of which ours does not.
REFUSED = {
    "LSTM": lambda: old.LSTM(2, input_shape=(5, 3)),
    "GRU": lambda: old.GRU(2, input_shape=(5, 3)),
    "Bidirectional": lambda: old.Bidirectional(old.SimpleRNN(2), input_shape=(5, 3)),
    "Conv2DTranspose": lambda: old.Conv2DTranspose(2, 2, input_shape=(5, 5, 3)),
    "DepthwiseConv2D": lambda: old.DepthwiseConv2D(2, input_shape=(5, 5, 3)),
    "SeparableConv2D": lambda: old.SeparableConv2D(2, 2, input_shape=(5, 5, 3)),
}


def test_what_plain_keras_refuses_is_read():
    refused = []
    for name, make in REFUSED.items():
        theirs = with_random_weights(stacked(make()))
        theirs.save("m.h5")
        same(rk.load_model_hdf5("m.h5"), theirs, [floats(2, *theirs.input_shape[1:])])
        try:
            keras.models.load_model("m.h5")
        except Exception:
            refused.append(name)
    if refused != list(REFUSED):
        print(f"Keras {keras.__version__} reads {sorted({*REFUSED} - {*refused})} itself now.")


x = floats(24, 3)
y = (x.sum(axis=1, keepdims=True) > 0).astype("float32")
numbers = random.integers(0, 5, (24, 4))


def dense():
    hidden = old.Dense(3, activation="tanh")
    return stacked(old.Dense(3, input_shape=(3,), activation="tanh"), hidden, old.Dense(1, activation="sigmoid")), x


def embedded():
    layers = [old.Embedding(6, 3, input_length=4), old.Flatten(), old.Dense(1, activation="sigmoid")]
    return stacked(*layers), numbers


def decaying():
    return tf_keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.9)


NEW, LEGACY = tf_keras.optimizers, tf_keras.optimizers.legacy
OPTIMIZERS = {
    "by its name": lambda: "adam",
    "adam": lambda: NEW.Adam(0.05, amsgrad=True),
    "rmsprop": lambda: NEW.RMSprop(0.05, centered=True, momentum=0.5),
    "sgd": lambda: NEW.SGD(0.05, momentum=0.5, nesterov=True),
    "sgd without momentum": lambda: NEW.SGD(0.05, weight_decay=0.1),
    "ftrl": lambda: NEW.Ftrl(0.05),
    "adadelta": lambda: NEW.Adadelta(0.5),
    "adagrad": lambda: NEW.Adagrad(0.05),
    "adamax": lambda: NEW.Adamax(0.05),
    "adamw": lambda: NEW.AdamW(0.05),
    "lion": lambda: NEW.Lion(0.01),
    "averages": lambda: NEW.Adam(0.05, use_ema=True, ema_momentum=0.9),
    "clipped": lambda: NEW.Adam(0.05, clipnorm=0.1),
    "schedule": lambda: NEW.Adam(decaying()),
    "legacy adam": lambda: LEGACY.Adam(0.05, amsgrad=True, decay=0.1),
    "legacy rmsprop": lambda: LEGACY.RMSprop(0.05, centered=True, momentum=0.5),
    "legacy rmsprop, plain": lambda: LEGACY.RMSprop(0.05),
    "legacy nadam": lambda: LEGACY.Nadam(0.05),
    "legacy sgd": lambda: LEGACY.SGD(0.05, momentum=0.5, decay=0.1),
    "legacy ftrl": lambda: LEGACY.Ftrl(0.05),
    "legacy adadelta": lambda: LEGACY.Adadelta(0.5),
    "legacy adagrad": lambda: LEGACY.Adagrad(0.05),
    "legacy adamax": lambda: LEGACY.Adamax(0.05),
    "legacy schedule": lambda: LEGACY.Adam(decaying()),
}
BATCHES = {"batch_size": 8, "shuffle": False, "verbose": 0}


WITH_WORDS = ["adam", "rmsprop", "averages", "legacy adam", "legacy rmsprop"]


@pytest.mark.once
@pytest.mark.tensorflow
@pytest.mark.parametrize(
    ("optimizer", "make"), [*((one, dense) for one in OPTIMIZERS), *((one, embedded) for one in WITH_WORDS)]
)
def test_training_goes_on_as_in_keras_2(optimizer, make):
    theirs, samples = make()
    theirs.compile(OPTIMIZERS[optimizer](), "binary_crossentropy", ["acc"])
    theirs.fit(samples, y, epochs=2, **BATCHES)
    theirs.save("m.h5")
    ours = rk.load_model_hdf5("m.h5")
    one, other = (model.fit(samples, y, epochs=2, **BATCHES).history for model in (theirs, ours))
    assert other.keys() == one.keys()
    for name, values in one.items():
        np.testing.assert_allclose(other[name], values, rtol=1e-5, atol=1e-6)
    for value, expected in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(value, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.tensorflow
@pytest.mark.parametrize("optimizer", ["rmsprop", "legacy rmsprop"])
def test_training_goes_on_from_our_own_file_of_such_a_model(optimizer):
    theirs, samples = embedded()
    theirs.compile(OPTIMIZERS[optimizer](), "binary_crossentropy", ["acc"])
    theirs.save("m.h5")
    ours = rk.load_model_hdf5("m.h5")
    ours.fit(samples, y, **BATCHES)
    rk.save_model_hdf5(ours, "again.h5")
    again = rk.load_model_hdf5("again.h5")
    assert again.fit(samples, y, **BATCHES).history == ours.fit(samples, y, **BATCHES).history


# The optimizers of Keras 2.2.4: the names of their arguments then, and what they kept, in order, without names.
OLDER = {
    "SGD": (LEGACY.SGD, {"momentum": 0.5, "nesterov": False}, ["momentum"], True),
    "RMSprop": (LEGACY.RMSprop, {"rho": 0.9, "epsilon": 1e-7}, ["rms"], False),
    "Adagrad": (LEGACY.Adagrad, {"epsilon": 1e-7}, ["accumulator"], False),
    "Adam": (LEGACY.Adam, {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False}, ["m", "v"], True),
}


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", OLDER)
def test_training_goes_on_from_keras_2_2(name):
    sort, options, slots, counts = OLDER[name]
    theirs, samples = dense()
    theirs.compile(sort(0.05, **options), "binary_crossentropy")
    theirs.fit(samples, y, epochs=2, **BATCHES)
    optimizer = theirs.optimizer
    state = [optimizer.get_slot(one, slot).numpy() for slot in slots for one in theirs.trainable_variables]
    if name == "Adam":
        state += [np.zeros(1, "float32") for _ in theirs.trainable_variables]  # of `amsgrad`, which is not in use
    named = {"Adam/iterations:0": np.int64(6)} if counts else {}
    named |= {f"training/{name}/Variable_{at}:0": one for at, one in enumerate(state)}
    config = {"class_name": name, "config": {"lr": 0.05, "decay": 0.0, **options}}
    training = {"optimizer_config": config, "loss": "binary_crossentropy", "metrics": ["accuracy"]}
    training |= {"sample_weight_mode": None, "loss_weights": None}
    model = keras2_files.as_of_2_2({"class_name": "Sequential", "config": theirs.get_config()})
    weights = {layer.name: layer.get_weights() for layer in theirs.layers}
    keras2_files.write("m.h5", model, weights, training, named)
    ours = rk.load_model_hdf5("m.h5")
    history = ours.fit(samples, y, epochs=2, **BATCHES).history
    expected = theirs.fit(samples, y, epochs=2, **BATCHES).history
    assert set(history) == {"loss", "accuracy"}
    np.testing.assert_allclose(history["loss"], expected["loss"], rtol=1e-5)


@pytest.mark.tensorflow
def test_an_optimizer_that_keeps_something_else_starts_afresh():
    theirs, samples = dense()
    theirs.compile(NEW.Adafactor(0.05), "binary_crossentropy")
    theirs.fit(samples, y, **BATCHES)
    theirs.save("m.h5")
    with pytest.warns(RKerasWarning, match=r"the optimizer state in m.h5 is laid out in another way"):
        ours = rk.load_model_hdf5("m.h5")
    assert int(ours.optimizer.iterations) == 0
    ours.fit(samples, y, **BATCHES)


losses, metrics = tf_keras.losses, tf_keras.metrics
EVERY_METRIC = [
    *(
        metrics.AUC(),
        metrics.Precision(thresholds=0.4),
        metrics.Recall(name="r"),
        metrics.BinaryAccuracy(threshold=0.3),
    ),
    *(metrics.MeanSquaredError("m"), metrics.RootMeanSquaredError(), metrics.SensitivityAtSpecificity(0.5)),
]
BY_NAME = ["mse", "mae", "binary_crossentropy", "squared_hinge", "poisson", "kullback_leibler_divergence", "logcosh"]
COMPILED = {
    **{name: (name, ["acc", "mape"], 1) for name in BY_NAME},
    "objects": (losses.BinaryCrossentropy(label_smoothing=0.1), EVERY_METRIC, 1),
    "a sum": (losses.Huber(delta=0.3, reduction="sum"), ["cosine_similarity"], 1),
    "classes": ("categorical_crossentropy", ["accuracy", "top_k_categorical_accuracy"], 3),
    "weights": (losses.CategoricalCrossentropy(label_smoothing=0.2), [metrics.TopKCategoricalAccuracy(k=2)], 3),
}


@pytest.mark.once
@pytest.mark.tensorflow
@pytest.mark.parametrize(
    ("compiled", "trained"), [*((one, True) for one in COMPILED), ("mse", False), ("objects", False)]
)
def test_losses_and_metrics(compiled, trained):
    loss, watched, units = COMPILED[compiled]
    targets = y if units == 1 else np.eye(3, dtype="float32")[numbers[:, 0] % 3]
    theirs = stacked(old.Dense(units, input_shape=(3,), activation="sigmoid" if units == 1 else "softmax"))
    theirs.compile("sgd", loss, watched, weighted_metrics=["mae"])
    if trained:
        theirs.fit(x, targets, verbose=0)
    theirs.save("m.h5")
    expected = theirs.evaluate(x, targets, verbose=0, return_dict=True)
    ours = rk.load_model_hdf5("m.h5")
    assert ours.evaluate(x, targets, verbose=0, return_dict=True) == pytest.approx(expected, rel=1e-5)


SEVERAL = {
    "by output": {
        **{"loss": {"one": "mse", "other": "mae"}, "loss_weights": {"one": 2.0, "other": 0.5}},
        **{"metrics": {"one": ["mae", "acc"]}, "weighted_metrics": ["mse"]},
    },
    "one for all": {"loss": "mse", "metrics": ["mae"]},
    "in order": {"loss": ["mse", "mae"], "loss_weights": [1.0, 3.0], "metrics": [["mae"], ["mse"]]},
}


@pytest.mark.tensorflow
@pytest.mark.parametrize("trained", [False, True])
@pytest.mark.parametrize("compiled", SEVERAL)
def test_losses_and_metrics_of_several_outputs(compiled, trained):
    inputs = tf_keras.Input((3,))
    theirs = tf_keras.Model(inputs, [old.Dense(1, name=name)(inputs) for name in ("one", "other")])
    theirs.compile("sgd", **SEVERAL[compiled])
    if trained:
        theirs.fit(x, [y, y], verbose=0)
    theirs.save("m.h5")
    expected = theirs.evaluate(x, [y, y], verbose=0, return_dict=True)
    ours = rk.load_model_hdf5("m.h5").evaluate(x, [y, y], verbose=0, return_dict=True)
    assert ours == pytest.approx(expected, rel=1e-5)


class Doubling(keras.layers.Layer):
    """A layer of one's own, of which Keras 2 wrote the name."""

    def __init__(self, times=2, **options):
        super().__init__(**options)
        self.times = times

    def call(self, inputs):
        return inputs * self.times

    def get_config(self):
        return {**super().get_config(), "times": self.times}


def squared(y_true, y_pred):
    return keras.ops.mean(keras.ops.square(y_true - y_pred), axis=-1)


def halved(tensor):
    return tensor / 2


def with_code_of_ones_own():
    """What a file says of a model with a layer, an activation, a loss and a metric of one's own."""
    own = {"class_name": "Doubling", "config": {"name": "own", "batch_input_shape": [None, 3], "times": 3}}
    layer = {"class_name": "Dense", "config": {"name": "dense", "units": 1, "activation": "halved"}}
    training = {"optimizer_config": {"class_name": "SGD", "config": {"lr": 0.1}}, "loss": "squared"}
    training |= {"metrics": ["squared"], "loss_weights": None}
    weights = {"dense": [np.ones((3, 1), "float32"), np.zeros(1, "float32")]}
    keras2_files.write("m.h5", {"class_name": "Sequential", "config": [own, layer]}, weights, training)


def test_custom_objects():
    with_code_of_ones_own()
    custom = {"Doubling": Doubling, "halved": halved, "squared": squared}
    ours = rk.load_model_hdf5("m.h5", custom_objects=custom)
    np.testing.assert_allclose(ours.predict(x, verbose=0), x.sum(axis=1, keepdims=True) * 1.5, rtol=1e-5)
    logs = ours.evaluate(x, y, verbose=0, return_dict=True)
    assert logs["squared"] == pytest.approx(np.mean((x.sum(axis=1, keepdims=True) * 1.5 - y) ** 2), rel=1e-5)
    with pytest.raises(rk.ArgumentError, match=r'layer "own" \(Doubling\): Keras 3 has no such layer; one of your own'):
        rk.load_model_hdf5("m.h5")


def of_one_layer(sort, **config):
    keras2_files.write("m.h5", {"class_name": "Sequential", "config": [{"class_name": sort, "config": config}]}, {})


IMAGES = {"name": "one", "batch_input_shape": [None, 8, 8, 3]}
UNREADABLE = {
    "a layer that is no more": (
        "DenseFeatures",
        {"name": "one"},
        r'layer "one" \(DenseFeatures\): Keras 3 has no such',
    ),
    "an argument that is no more": (
        "Dropout",
        {**IMAGES, "rate": 0.5, "dynamic": True},
        r'layer "one" \(Dropout\): it has `dynamic` = True, which Keras 3 has not',
    ),
    "an argument that makes no sense": (
        "Conv2D",
        {**IMAGES, "filters": -3, "kernel_size": [2, 2]},
        r'layer "one" \(Conv2D\): .*filters',
    ),
    "an unknown activation": (
        "Dense",
        {"name": "one", "units": 2, "activation": "zzz"},
        r'layer "one" \(Dense\): .*zzz',
    ),
    "an unknown initializer": (
        "Dense",
        {"name": "one", "units": 2, "kernel_initializer": {"class_name": "Magic", "config": {}}},
        r'layer "one" \(Dense\): there is no Magic in keras\.initializers',
    ),
    "code": (
        "Lambda",
        {**IMAGES, "function": ["4wEAAAA=", None, None], "function_type": "lambda"},
        r"code of its own, which is not run\. If you trust the file, call keras\.config\.enable_unsafe",
    ),
    "an unknown function": (
        "Lambda",
        {"name": "one", "function": "zzz", "function_type": "function"},
        r'layer "one".*zzz',
    ),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_says_which_layer_and_why(what):
    sort, config, said = UNREADABLE[what]
    of_one_layer(sort, **config)
    with pytest.raises(rk.ArgumentError, match=r"^load_model_hdf5\(\): m\.h5 .*" + said) as caught:
        rk.load_model_hdf5("m.h5")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_damaged_configuration_gets_one_sentence():
    theirs, _ = within_one_another()
    theirs.save("m.h5")
    with h5py.File("m.h5", "r") as file:
        whole = json.loads(file.attrs["model_config"])
    chance = np.random.default_rng(0)
    for _ in range(60):
        config = json.loads(json.dumps(whole))
        place, key = chosen(config, chance)
        place[key] = [None, 7, "zzz", [], {}][chance.integers(5)]
        with h5py.File("m.h5", "a") as file:
            file.attrs["model_config"] = json.dumps(config)
        said = "load_model_hdf5(): m.h5 can be loaded"
        try:
            rk.load_model_hdf5("m.h5")
        except rk.ArgumentError as error:
            said = str(error)
        assert said.startswith("load_model_hdf5(): m.h5")
        assert "\n" not in said


def chosen(part, chance):
    """A place somewhere in a configuration: what it is in, and its key."""
    while True:
        keys = list(part) if isinstance(part, dict) else range(len(part))
        key = keys[chance.integers(len(keys))]
        if not isinstance(part[key], dict | list) or not part[key] or chance.random() < 0.1:
            return part, key
        part = part[key]


def test_weights_that_do_not_fit_change_none():
    theirs = with_random_weights(stacked(old.Dense(4, input_shape=(3,)), old.Dense(2)))
    theirs.save_weights("w.h5")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.Dense(5)])
    before = model.get_weights()
    said = r"^load_model_weights_hdf5\(\): w\.h5 does not fit: layer \"dense.*\" .*: Weight expects shape \(4, 5\)"
    with pytest.raises(rk.ArgumentError, match=said):
        rk.load_model_weights_hdf5(model, "w.h5")
    for one, other in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(one, other)
    short = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])
    with pytest.raises(rk.ArgumentError, match=r"the model has 1 layers with weights, and the file has 2\."):
        rk.load_model_weights_hdf5(short, "w.h5")
    with pytest.warns(UserWarning, match=r"Skipped layer .*Weight expects shape \(4, 5\)"):
        rk.load_model_weights_hdf5(model, "w.h5", skip_mismatch=True)
    np.testing.assert_array_equal(model.get_weights()[0], theirs.get_weights()[0])


def test_weights_in_another_file_are_not_read():
    with h5py.File("other.h5", "w") as file:
        file.create_group("dense")
    keras2_files.write("w.h5", {}, {"dense": [floats(3, 1), floats(1)]})
    with h5py.File("w.h5", "a") as file:
        del file["model_weights/dense"]
        file["model_weights/dense"] = h5py.ExternalLink("other.h5", "dense")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    with pytest.raises(rk.ArgumentError, match="in another file"):
        rk.load_model_weights_hdf5(model, "w.h5")


PLAIN = """
import json, sys
import keras, numpy as np

assert "rkeras_py" not in sys.modules
def load(names):
    said = {}
    for name in names:
        try:
            with np.load(name.partition(".")[0] + ".npz", allow_pickle=True) as kept:
                inputs = [keras.ops.convert_to_tensor(kept[one]) for one in kept if one.startswith("x")]
                outputs = [kept[one] for one in kept if one.startswith("y")]
            model = keras.models.load_model(name)
            found = keras.tree.flatten(model(inputs if len(inputs) > 1 else inputs[0]))
            assert len(found) == len(outputs)
            for one, other in zip(found, outputs):
                np.testing.assert_allclose(np.asarray(one), other, rtol=1e-5, atol=1e-5)
        except Exception as error:
            said[name] = str(error)
    return said

said = load(json.loads(sys.argv[1]))
from rkeras_py import *
json.dump([said, load(said)], open("said.json", "w"))
"""


@pytest.mark.once
@pytest.mark.tensorflow
def test_plain_keras_loads_what_we_write_but_what_it_no_longer_has():
    names, without = [], {}
    for function, rows in rows_by_name().items():
        rows = [row for row in rows if not (row.training or row.otherwise or row.in_h5)]
        chosen = [*[row for row in rows if not row.plain][:1], *[row for row in rows if row.plain][:1]]
        for at, row in enumerate(chosen):
            name = f"{function}-{at}"
            model = model_of(row)
            inputs = [keras.ops.convert_to_tensor(one) for one in row.samples]
            outputs = arrays(model(inputs if len(inputs) > 1 else inputs[0]))
            kept = {f"x{place:02}": one for place, one in enumerate(row.samples)}
            np.savez(f"{name}.npz", **kept, **{f"y{place:02}": one for place, one in enumerate(outputs)})
            rk.save_model_hdf5(model, f"{name}.h5")
            model.save(f"{name}.keras")
            names += [f"{name}.h5", f"{name}.keras"]
            without |= {f"{name}.{ending}": row.plain for ending in ("h5", "keras") if row.plain}
    ended = subprocess.run(
        [sys.executable, "-c", PLAIN, json.dumps(names)], capture_output=True, text=True, timeout=280
    )
    assert ended.returncode == 0, ended.stderr
    with open("said.json") as file:
        said, with_rkeras = json.load(file)
    assert set(said) == set(without)
    assert not with_rkeras
    for name, sentence in said.items():
        assert ("Unknown layer: 'rkeras>" if name.endswith(".h5") else "'registered_name': 'rkeras>") in sentence
