"""Optimizers: the steps of Keras 2, `lr` and `decay`, and files that plain Keras loads."""

import keras
import numpy as np
import pytest

import rkeras_py as rk

CASES = {
    "sgd": (rk.optimizer_sgd, "SGD", {"lr": 0.1}),
    "sgd with decay": (rk.optimizer_sgd, "SGD", {"lr": 0.1, "decay": 0.05}),
    "momentum": (rk.optimizer_sgd, "SGD", {"lr": 0.05, "momentum": 0.9, "decay": 0.01}),
    "nesterov": (rk.optimizer_sgd, "SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "rmsprop": (rk.optimizer_rmsprop, "RMSprop", {"lr": 0.01}),
    "rmsprop with decay": (rk.optimizer_rmsprop, "RMSprop", {"lr": 0.01, "rho": 0.8, "decay": 0.05}),
    "adam": (rk.optimizer_adam, "Adam", {"lr": 0.01}),
    "adam with decay": (rk.optimizer_adam, "Adam", {"lr": 0.01, "beta_1": 0.8, "decay": 0.05}),
    "amsgrad": (rk.optimizer_adam, "Adam", {"lr": 0.01, "amsgrad": True}),
    "clipvalue": (rk.optimizer_sgd, "SGD", {"lr": 0.1, "clipvalue": 0.01}),
}


def model_of(library, scale=1.0):
    layers = [library.layers.Dense(4, activation="tanh"), library.layers.Dense(1)]
    model = library.Sequential([library.Input((3,)), *layers])
    random = np.random.default_rng(5)
    model.set_weights([scale * random.normal(size=weight.shape) for weight in model.get_weights()])
    return model


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("case", CASES)
def test_steps_are_those_of_keras_2(data, case):
    import tf_keras

    ours, sort, arguments = CASES[case]
    theirs = {"learning_rate" if name == "lr" else name: value for name, value in arguments.items()}
    legacy, model = model_of(tf_keras), model_of(keras)
    legacy.compile(getattr(tf_keras.optimizers.legacy, sort)(**theirs), "mse")
    rk.compile(model, ours(**arguments), "mse")
    for trained in (legacy, model):
        trained.fit(*data, batch_size=6, epochs=5, shuffle=False, verbose=0)
    for one, other in zip(model.get_weights(), legacy.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, rtol=2e-4, atol=1e-6)


@pytest.mark.tensorflow
@pytest.mark.once
def test_small_gradients_train_as_in_keras_2(data):
    import tf_keras

    # Keras 3 adds epsilon below the root: with gradients of 1e-5 its steps are a thirtieth of these.
    weights = {}
    for library, optimizer in [
        (tf_keras, tf_keras.optimizers.legacy.RMSprop(0.01)),
        (keras, rk.optimizer_rmsprop(0.01)),
    ]:
        model = model_of(library)
        model.compile(optimizer, loss=lambda y, prediction: 1e-5 * (y - prediction))
        model.fit(*data, batch_size=6, epochs=2, shuffle=False, verbose=0)
        weights[library] = model.get_weights()
    for one, other in zip(weights[keras], weights[tf_keras], strict=True):
        np.testing.assert_allclose(one, other, rtol=2e-3)


def steps(optimizer, before, batches):
    """How far each batch moves a weight whose gradient is always 1."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")])
    model.compile(optimizer, loss=lambda y, prediction: prediction)
    places = [0.0]

    def place(batch):
        places.append(float(model.get_weights()[0][0, 0]))
        before(batch + 1, model.optimizer)

    hook = rk.callback_lambda(on_batch_end=place)
    rk.fit(model, np.ones((batches, 1)), np.ones((batches, 1)), batch_size=1, epochs=1, verbose=0, callbacks=hook)
    return -np.diff(places)


def test_decay_divides_the_rate_exactly():
    moved = steps(rk.optimizer_sgd(lr=0.5, decay=0.25), lambda batch, optimizer: None, 20)
    np.testing.assert_allclose(moved, 0.5 / (1 + 0.25 * np.arange(20)), rtol=1e-5)


@pytest.mark.parametrize("how", ["lr", "learning_rate", "k_set_value"])
def test_a_rate_that_is_set_decays_from_there(how):
    def halve(batch, optimizer):
        if batch == 3 and how == "k_set_value":
            rk.k_set_value(optimizer.lr, rk.k_get_value(optimizer.lr) / 2)
        elif batch == 3:
            setattr(optimizer, how, float(keras.ops.convert_to_numpy(getattr(optimizer, how))) / 2)

    moved = steps(rk.optimizer_sgd(lr=0.5, decay=0.25), halve, 6)
    np.testing.assert_allclose(moved, np.where(np.arange(6) < 3, 0.5, 0.25) / (1 + 0.25 * np.arange(6)), rtol=1e-5)


def test_callbacks_set_the_rate_from_which_it_decays(data, play, build):
    model = build(optimizer=rk.optimizer_sgd(lr=0.4, decay=0.1))
    plateau = rk.callback_reduce_lr_on_plateau(factor=0.5, patience=1)
    _, history, _ = play([1.0, 1.0, 1.0], plateau, model=model)
    assert history.history["lr"] == pytest.approx([0.4, 0.4, 0.2])
    scheduler = rk.callback_learning_rate_scheduler(lambda epoch, lr: lr * 0.5)
    history = rk.fit(
        build(optimizer=rk.optimizer_adam(lr=0.4, decay=0.1)), *data, epochs=2, verbose=0, callbacks=scheduler
    )
    assert history.metrics["lr"] == pytest.approx([0.2, 0.1])


def test_lr_is_read_and_set():
    optimizer = rk.optimizer_adam(lr=0.02)
    assert rk.k_get_value(optimizer.lr) == pytest.approx(0.02)
    optimizer.lr = 0.5
    assert float(optimizer.learning_rate) == 0.5
    assert isinstance(optimizer, keras.optimizers.Adam)
    assert not isinstance(optimizer.get_config()["learning_rate"], dict)


@pytest.mark.parametrize("make", [rk.optimizer_sgd, rk.optimizer_rmsprop, rk.optimizer_adam])
def test_a_saved_model_goes_on_with_its_rate_and_its_decay(data, make):
    model = model_of(keras)
    rk.compile(model, make(lr=0.05, decay=0.1), "mse", metrics="acc")
    rk.fit(model, *data, epochs=2, shuffle=False, verbose=0)
    rk.save_model_hdf5(model, "m.hdf5")
    loaded = rk.load_model_hdf5("m.hdf5")
    assert rk.k_get_value(loaded.optimizer.lr) == pytest.approx(0.05)
    assert loaded.optimizer.decay == 0.1
    again = [rk.fit(one, *data, epochs=3, shuffle=False, verbose=0).metrics for one in (loaded, model)]
    assert again[0] == again[1]


@pytest.mark.parametrize("file", ["m.h5", "m.keras"])
def test_plain_keras_loads_the_file_and_says_that_it_knows_no_decay(data, file):
    model = model_of(keras)
    rk.compile(model, rk.optimizer_adam(lr=0.05, decay=0.1), "mse")
    rk.fit(model, *data, verbose=0, epochs=1)
    model.save(file) if file.endswith(".keras") else rk.save_model_hdf5(model, file)
    with pytest.warns(UserWarning, match="decay"):
        loaded = keras.models.load_model(file)
    assert type(loaded.optimizer) is keras.optimizers.Adam
    assert float(loaded.optimizer.learning_rate) == pytest.approx(0.05)
    loaded.fit(*data, verbose=0)


def test_an_optimizer_without_decay_leaves_no_trace_in_plain_keras(data, recwarn):
    model = model_of(keras)
    rk.compile(model, "rmsprop", "mse")
    rk.fit(model, *data, verbose=0, epochs=1)
    model.save("m.keras")
    assert type(keras.models.load_model("m.keras").optimizer) is keras.optimizers.RMSprop
    assert not [warning for warning in recwarn if "decay" in str(warning.message)]


@pytest.mark.tensorflow
@pytest.mark.once
@pytest.mark.parametrize("name", ["sgd", "rmsprop", "adam", "adagrad", "adadelta", "adamax", "nadam"])
def test_the_rates_of_names(name):
    # Keras 2.2.4's own; TensorFlow's Keras 2 had 0.001 for the last four, as Keras 3 has.
    rates = {"sgd": 0.01, "adagrad": 0.01, "adadelta": 1.0, "adamax": 0.002, "nadam": 0.002}
    model = model_of(keras)
    rk.compile(model, name, "mse")
    assert rk.k_get_value(model.optimizer.lr) == pytest.approx(rates.get(name, 0.001))


def test_other_optimizers_are_left_as_they_are():
    own = keras.optimizers.AdamW(0.1)
    model = model_of(keras)
    rk.compile(model, own, "mse")
    assert model.optimizer is own
