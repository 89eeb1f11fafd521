"""Optimizers: `lr` and `decay`, names, and files, which plain Keras loads."""

import warnings

import keras
import numpy as np
import pytest

import rkeras_py as rk


def model_of(library, scale=1.0):
    layers = [library.layers.Dense(4, activation="tanh"), library.layers.Dense(1)]
    model = library.Sequential([library.Input((3,)), *layers])
    random = np.random.default_rng(5)
    model.set_weights([scale * random.normal(size=weight.shape) for weight in model.get_weights()])
    return model


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


SAVED = {
    "sgd": (rk.optimizer_sgd, {"lr": 0.05, "momentum": 0.9, "decay": 0.1}),
    "rmsprop": (rk.optimizer_rmsprop, {"lr": 0.05, "decay": 0.1, "clipnorm": 0.5, "clipvalue": 0.1}),
    "adam": (rk.optimizer_adam, {"lr": 0.05, "clipvalue": 0.1, "global_clipnorm": 0.5, "amsgrad": True}),
    "adamax": (rk.optimizer_adamax, {"lr": 0.05, "use_ema": True, "ema_momentum": 0.5}),
    "nadam": (rk.optimizer_nadam, {"lr": 0.05, "schedule_decay": 0.5}),
    "nadam with clips": (rk.optimizer_nadam, {"lr": 0.05, "schedule_decay": 0.0, "clipnorm": 0.5, "clipvalue": 0.1}),
    "adagrad": (rk.optimizer_adagrad, {"lr": 0.05, "weight_decay": 0.01}),
    "adadelta": (rk.optimizer_adadelta, {"decay": 0.1}),
    "ftrl": (rk.optimizer_ftrl, {"learning_rate": 0.05, "l1_regularization_strength": 0.01}),
    "a schedule": (rk.optimizer_adam, {"lr": rk.learning_rate_schedule_exponential_decay(0.05, 2, 0.9), "decay": 0.1}),
}


def saved(case, data, file, policy="float32"):
    """A model that was trained and saved."""
    make, arguments = SAVED[case]
    keras.config.set_dtype_policy(policy)
    model = model_of(keras)
    keras.config.set_dtype_policy("float32")
    rk.compile(model, make(**arguments), "mse")
    rk.fit(model, *data, epochs=2, shuffle=False, verbose=0)
    model.save(file) if file.endswith(".keras") else rk.save_model_hdf5(model, file)
    return model


def loaded_by_rkeras(file):
    return keras.models.load_model(file) if file.endswith(".keras") else rk.load_model_hdf5(file)


@pytest.fixture
def plain():
    """Loads a file as Keras does where there is no rkeras."""

    def load(file):
        ours = keras.saving.get_custom_objects()
        kept = dict(ours)
        ours.clear()
        try:
            return keras.models.load_model(file)
        finally:
            ours.update(kept)

    return load


@pytest.fixture
def at_once():
    """Small trainings are done before TensorFlow has traced them."""
    if keras.backend.backend() != "tensorflow":
        yield
        return
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.mark.parametrize("file", ["m.h5", "m.keras"])
@pytest.mark.parametrize("case", SAVED)
def test_a_saved_optimizer_goes_on_and_plain_keras_says_what_it_does_not_know(data, plain, at_once, case, file):
    make, arguments = SAVED[case]
    model = saved(case, data, file)
    loaded = loaded_by_rkeras(file)
    assert type(loaded.optimizer) is type(model.optimizer)
    assert loaded.optimizer.get_config() == model.optimizer.get_config()
    again = [rk.fit(one, *data, epochs=3, shuffle=False, verbose=0).metrics for one in (loaded, model)]
    assert again[0] == again[1]

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        theirs = plain(file)
    unknown = {"decay", "schedule_decay", "clipvalue"} & set(arguments)
    assert any("`decay`" in str(one.message) for one in caught) == bool(unknown)
    assert type(theirs.optimizer) is getattr(keras.optimizers, type(make()).__name__)
    theirs.fit(*data, verbose=0)


@pytest.mark.parametrize("file", ["m.hdf5", "m.keras"])
def test_under_mixed_precision_it_goes_on_as_well(data, at_once, file):
    model = saved("sgd", data, file, "mixed_float16")
    model.optimizer.lr = 0.01
    rk.fit(model, *data, epochs=1, shuffle=False, verbose=0)
    model.save(file) if file.endswith(".keras") else rk.save_model_hdf5(model, file)
    loaded = loaded_by_rkeras(file)
    assert loaded.optimizer.inner_optimizer.decay == 0.1
    assert rk.k_get_value(loaded.optimizer.lr) == pytest.approx(0.01)
    again = [rk.fit(one, *data, epochs=3, shuffle=False, verbose=0).metrics for one in (loaded, model)]
    assert again[0] == again[1]


def test_a_checkpoint_goes_on(data, at_once):
    for file in ("c.{epoch:02d}.hdf5", "c.{epoch:02d}.keras"):
        model = model_of(keras)
        rk.compile(model, rk.optimizer_nadam(schedule_decay=0.5), "mse")
        checkpoint = rk.callback_model_checkpoint(file)
        rk.fit(model, *data, epochs=4, shuffle=False, verbose=0, callbacks=checkpoint)
        loaded = loaded_by_rkeras(file.format(epoch=2))
        rk.fit(loaded, *data, epochs=2, shuffle=False, verbose=0)
        for one, other in zip(loaded.get_weights(), model.get_weights(), strict=True):
            np.testing.assert_array_equal(one, other)


def test_what_plain_keras_saved_stays_its_own(data):
    model = model_of(keras)
    model.compile(keras.optimizers.RMSprop(0.01), "mean_squared_error")
    rk.optimizer_rmsprop()  # by which ours is known
    for file in ("m.keras", "m.h5"):
        model.save(file)
        assert type(keras.models.load_model(file).optimizer) is keras.optimizers.RMSprop


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
