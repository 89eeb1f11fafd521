"""The steps of optimizers are those of Keras 2: each argument, gradients of embeddings, real trainings."""

import keras
import numpy as np
import pytest

import rkeras_py as rk

NAMES = ["SGD", "RMSprop", "Adam", "Adamax", "Nadam", "Adagrad", "Adadelta", "Ftrl"]
STEPS = 50

CLIPS = [
    *[{"clipnorm": 0.5}, {"clipvalue": 0.2}, {"clipnorm": 0.5, "clipvalue": 0.2}],
    *[{"global_clipnorm": 0.5}, {"global_clipnorm": 0.5, "clipvalue": 0.2}],
]
# What is compared with `tf_keras.optimizers.legacy`, beside the defaults, clipping and decay.
OPTIONS = {
    "SGD": [{"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}],
    "RMSprop": [
        *[{"rho": 0.5}, {"epsilon": 0.1}, {"centered": True}, {"momentum": 0.9}],
        *[{"momentum": 0.9, "centered": True}, {"momentum": 0.9, "epsilon": 0.1}],
    ],
    "Adam": [{"beta_1": 0.5}, {"beta_2": 0.9}, {"epsilon": 0.1}, {"amsgrad": True}],
    "Adamax": [{"beta_1": 0.5}, {"beta_2": 0.9}, {"epsilon": 0.1}],
    "Nadam": [{"beta_1": 0.5}, {"beta_2": 0.9}, {"epsilon": 0.1}, {"schedule_decay": 0.5}],
    "Adagrad": [{"epsilon": 0.1}, {"initial_accumulator_value": 0.0}],
    "Adadelta": [{"rho": 0.5}, {"epsilon": 0.1}],
    "Ftrl": [
        *[{"learning_rate_power": -0.25}, {"initial_accumulator_value": 0.5}, {"l1_regularization_strength": 0.1}],
        *[{"l2_regularization_strength": 0.1}, {"l2_shrinkage_regularization_strength": 0.1}, {"beta": 0.5}],
    ],
}
# The same for what came with the optimizers of Keras 2.11.
NEWER = [
    {"weight_decay": 0.1},
    {"use_ema": True, "ema_momentum": 0.5},
    {"use_ema": True, "ema_momentum": 0.5, "ema_overwrite_frequency": 7},
    {"global_clipnorm": 0.5, "weight_decay": 0.01},
]
RATE = 0.01


def function(name):
    return getattr(rk, f"optimizer_{name.lower()}")


def ours(name, **options):
    return function(name)(**{"learning_rate" if name == "Ftrl" else "lr": RATE, **options})


def legacy(name, **options):
    import tf_keras

    return getattr(tf_keras.optimizers.legacy, name)(RATE, **options)


BEGIN = [np.linspace(-1, 1, 12).reshape(4, 3), np.linspace(0.1, 2, 3), np.linspace(-2, 2, 12).reshape(6, 2)]


def gradients(step, embedding=True):
    """Those of a kernel, of a bias (tiny), and of an embedding of which a batch has the same words several times."""
    import tensorflow as tf

    random = np.random.default_rng(step)
    kernel, bias = random.normal(size=(4, 3)), 1e-4 * random.normal(size=3)
    words = random.choice([0, 1, 2, 4], size=5) if step % 3 else np.array([1, 1, 1, 3, 3])
    rows = tf.IndexedSlices(
        tf.constant(random.normal(size=(5, 2)), tf.float32), tf.constant(words), tf.constant([6, 2], "int64")
    )
    dense = [tf.constant(one, tf.float32) for one in (kernel, bias)]
    return [*dense, rows] if embedding else dense


def trained(optimizer, variable, embedding=True):
    """The weights after all steps, by one `tf.function`, as in `fit`."""
    import tensorflow as tf

    variables = [variable(one.astype("float32")) for one in (BEGIN if embedding else BEGIN[:2])]
    if isinstance(optimizer, keras.optimizers.Optimizer):
        optimizer.build(variables)

    def step(*batch):
        optimizer.apply_gradients(list(zip(batch, variables, strict=True)))

    if not type(optimizer).__module__.startswith("tf_keras.src.optimizers.nadam"):  # which is wrong in a graph
        step = tf.function(step)

    for number in range(STEPS):
        step(*gradients(number, embedding))
    optimizer.finalize_variable_values(variables) if hasattr(optimizer, "finalize_variable_values") else None
    return [np.array(one) for one in variables]


def assert_same(name, options, other, embedding=True):
    import tensorflow as tf

    wanted = trained(other, tf.Variable, embedding)
    for one, was in zip(trained(ours(name, **options), keras.Variable, embedding), wanted, strict=True):
        np.testing.assert_allclose(one, was, rtol=1e-4, atol=2e-6, err_msg=f"{name} {options}")


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", NAMES)
def test_steps_are_those_of_keras_2(name):
    decay = [] if name == "Nadam" else [{"decay": 0.05}]
    for options in [{}, *OPTIONS[name], *CLIPS, *(decay if name != "Ftrl" else [])]:
        assert_same(name, options, legacy(name, **options))


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", NAMES)
def test_newer_arguments_are_those_of_keras_2_15(name):
    import tf_keras

    # An embedding trains by the rules of the older optimizers, and Nadam's momentum.
    same = {"schedule_decay": 1.0} if name == "Nadam" else {}
    for options in NEWER:
        epsilon = {"epsilon": 1e-16} if name in ("RMSprop", "Adagrad") else {}  # which these two had below the root
        other = getattr(tf_keras.optimizers, name)(RATE, jit_compile=False, **options, **epsilon)
        if name == "RMSprop" and "ema_overwrite_frequency" not in options:
            assert other.ema_overwrite_frequency == ours(name).ema_overwrite_frequency == 100
        assert_same(name, {**options, **epsilon, **same}, other, embedding=False)


@pytest.mark.tensorflow
@pytest.mark.once
def test_rows_that_a_batch_has_not_touched_stay_as_they_are():
    alone = {
        "SGD": {"momentum": 0.9},
        "RMSprop": {"momentum": 0.9},
        "Adamax": {},
        "Nadam": {},
        "Adadelta": {},
        "Ftrl": {},
    }
    for name, options in alone.items():
        assert np.array_equal(trained(ours(name, **options), keras.Variable)[2][5], BEGIN[2][5].astype("float32")), name


def model_of(policy="float32"):
    """Words, of which each sample has the same several times; the layer in between may be frozen."""
    keras.config.set_dtype_policy(policy)
    try:
        model = keras.Sequential(
            [
                *[
                    keras.Input((6,), dtype="int32"),
                    keras.layers.Embedding(9, 4),
                    keras.layers.GlobalAveragePooling1D(),
                ],
                *[keras.layers.Dense(3, activation="tanh"), keras.layers.Dense(1, dtype="float32")],
            ]
        )
    finally:
        keras.config.set_dtype_policy("float32")
    random = np.random.default_rng(5)
    model.set_weights([random.normal(size=weight.shape) for weight in model.get_weights()])
    return model


@pytest.fixture
def words():
    random = np.random.default_rng(3)
    return random.integers(0, 8, (24, 6)), random.normal(size=(24, 1)).astype("float32")


AVERAGES = {"use_ema": True, "ema_overwrite_frequency": 2, "weight_decay": 0.01}
FITS = {
    "by name": ({}, "float32"),
    "both clips, half precision": ({"clipnorm": 0.1, "clipvalue": 0.05}, "mixed_float16"),
    "all gradients, averages, brain floats": ({"global_clipnorm": 0.1, **AVERAGES}, "mixed_bfloat16"),
    "of several batches": ({"gradient_accumulation_steps": 2, "clipnorm": 0.1}, "float32"),
}


@pytest.mark.parametrize("name", NAMES)
def test_real_trainings(name, words):
    for case, (options, policy) in FITS.items():
        model = model_of(policy)
        model.layers[2].trainable = False
        before = model.get_weights()
        rk.compile(model, ours(name, **options) if options else name.lower(), "mse")
        losses = rk.fit(model, *words, batch_size=6, epochs=2, verbose=0).metrics["loss"]
        assert np.isfinite(losses).all(), case
        unmoved = [np.array_equal(*pair) for pair in zip(before, model.get_weights(), strict=True)]
        assert unmoved == [False, True, True, False, False], case
        assert rk.k_get_value(model.optimizer.lr) == pytest.approx(rk.k_get_value(model.optimizer.learning_rate))


@pytest.mark.once
@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_for_what_the_function_makes(name):
    made = function(name)()
    for spelt in (name, name.lower(), name.upper()):
        model = model_of()
        rk.compile(model, spelt, "mse")
        assert type(model.optimizer) is type(made)
        assert model.optimizer.get_config() == made.get_config()


# The squares of the weights of the embedding, added up. Plain Keras on TensorFlow ends at 26.75, 27.09, 26.81, 1.65.
ENDS = {"RMSprop": 27.47840, "Adam": 27.47338, "Adagrad": 27.03333, "Ftrl": 5.60184, "Nadam": 27.49790}


@pytest.mark.parametrize("name", ENDS)
def test_an_embedding_is_trained_alike_by_all_backends(name, words):
    model = model_of()
    rk.compile(model, ours(name), "mse")
    rk.fit(model, *words, batch_size=6, epochs=5, shuffle=False, verbose=0)
    assert float(np.square(model.get_weights()[0]).sum()) == pytest.approx(ENDS[name], rel=1e-5)


@pytest.mark.parametrize("name", ["SGD", "Adam", "Nadam"])
def test_one_optimizer_for_several_models_counts_on(name, words):
    optimizer = ours(name)
    models = [model_of() for _ in range(3)]
    for model in models:
        rk.compile(model, optimizer, "mse")
        rk.fit(model, *words, batch_size=6, epochs=1, shuffle=False, verbose=0)
    assert int(optimizer.iterations) == 12
    rk.fit(models[1], *words, batch_size=6, epochs=1, verbose=0)
    optimizer.lr = 0.5
    assert [rk.k_get_value(model.optimizer.lr) for model in models] == [0.5] * 3
    assert [int(model.optimizer.iterations) for model in models] == [16] * 3


@pytest.mark.tensorflow
@pytest.mark.once
def test_one_optimizer_for_several_models_makes_the_steps_of_keras_2(words):
    import tf_keras

    for name in ("Adam", "Nadam"):
        one, other = ours(name), legacy(name)
        for _ in range(2):
            model = model_of()
            layers = [tf_keras.layers.Embedding(9, 4), tf_keras.layers.GlobalAveragePooling1D()]
            layers += [tf_keras.layers.Dense(3, activation="tanh"), tf_keras.layers.Dense(1)]
            old = tf_keras.Sequential([tf_keras.Input((6,), dtype="int32"), *layers])
            old.set_weights(model.get_weights())
            old.compile(other, "mse")
            rk.compile(model, one, "mse")
            for trained_model in (old, model):
                trained_model.fit(*words, batch_size=6, epochs=3, shuffle=False, verbose=0)
            for now, then in zip(model.get_weights(), old.get_weights(), strict=True):
                np.testing.assert_allclose(now, then, rtol=1e-3, atol=1e-5)


def test_an_optimizer_goes_on_when_layers_are_frozen_and_unfrozen(words):
    optimizer = rk.optimizer_sgd(lr=0.1, momentum=0.9)
    model = model_of()
    for trainable in (True, False, True):
        model.layers[2].trainable = trainable
        before = [np.array(weight) for weight in model.layers[2].get_weights()]
        rk.compile(model, model.optimizer if trainable is False else optimizer, "mse")
        rk.fit(model, *words, batch_size=6, epochs=1, verbose=0)
        moved = not np.array_equal(before[0], model.layers[2].get_weights()[0])
        assert moved is trainable
    assert int(optimizer.iterations) == 12


def test_two_norms_are_refused():
    with pytest.raises(rk.ArgumentError, match=r"optimizer_adam\(\): `clipnorm` and `global_clipnorm` shorten"):
        rk.optimizer_adam(clipnorm=1, global_clipnorm=1)


def test_an_optimizer_for_xla_is_named_by_what_asks_for_it():
    with pytest.warns(rk.RKerasWarning, match=r"`jit_compile` is not used: XLA is asked for by `compile"):
        rk.optimizer_adam(jit_compile=False)
    with pytest.warns(rk.RKerasWarning, match="`amsgrad` is not used"):
        rk.optimizer_sgd(amsgrad=True)
    rk.optimizer_adam(jit_compile=True)
