"""learning_rate_schedule_*(): the rates of Keras 2, in every optimizer, beside `decay` and callbacks."""

import keras
import numpy as np
import pytest

import rkeras_py as rk

# Each argument once; the batches are those on boundaries and between them.
CASES = {
    "cosine_decay": [
        *[(0.1, 10), (0.1, 10, 0.2), {"initial_learning_rate": 0.1, "decay_steps": 7.0, "alpha": 0.5}],
        {"initial_learning_rate": 0.0, "decay_steps": 10, "warmup_target": 0.1, "warmup_steps": 5},
    ],
    "cosine_decay_restarts": [
        *[(0.1, 5), (0.1, 5, 1.5), (0.1, 5, 2, 0.5), (0.1, 5, 2, 1, 0.1)],
        *[{"initial_learning_rate": 0.1, "first_decay_steps": 4, "t_mul": 1}],
    ],
    "exponential_decay": [
        (0.1, 10, 0.5),
        (0.1, 10, 0.5, True),
        {"initial_learning_rate": 0.1, "decay_steps": 3, "decay_rate": 0.9},
    ],
    "inverse_time_decay": [(0.1, 10, 0.5), (0.1, 10, 0.5, True), (0.1, 3, 2)],
    "piecewise_constant_decay": [([5, 10], [0.3, 0.2, 0.1]), ([5.5, 10.2], [1, 0.5, 0.25]), (7, [0.2, 0.1])],
    "polynomial_decay": [
        (0.1, 10),
        (0.1, 10, 0.01),
        (0.1, 10, 0.01, 2),
        (0.1, 10, 0.01, 1, True),
        (0.1, 10, 0.01, 0.5, True),
    ],
}
CLASSES = {
    **{"cosine_decay": "CosineDecay", "cosine_decay_restarts": "CosineDecayRestarts"},
    **{"exponential_decay": "ExponentialDecay", "inverse_time_decay": "InverseTimeDecay"},
    **{"piecewise_constant_decay": "PiecewiseConstantDecay", "polynomial_decay": "PolynomialDecay"},
}
BATCHES = [0, 1, 3, 4, 5, 6, 7, 9, 10, 11, 15, 20, 21, 30, 40, 100]


def function(name):
    return getattr(rk, f"learning_rate_schedule_{name}")


def called(make, arguments):
    return make(**arguments) if isinstance(arguments, dict) else make(*arguments)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_rates_are_those_of_keras_2(name):
    import tf_keras

    for arguments in CASES[name]:
        schedule = called(function(name), arguments)
        in_a_list = ([7], [0.2, 0.1]) if arguments == (7, [0.2, 0.1]) else arguments
        theirs = called(getattr(tf_keras.optimizers.schedules, CLASSES[name]), in_a_list)
        for batch in BATCHES:
            for step in (batch, float(batch)):
                wanted = float(theirs(step))
                assert float(schedule(step)) == pytest.approx(wanted, rel=1e-6, abs=1e-9), (arguments, step)


@pytest.mark.once
@pytest.mark.parametrize("name", CASES)
def test_schedules_are_keras_own_objects(name):
    schedule = called(function(name), CASES[name][0])
    assert type(schedule) is getattr(keras.optimizers.schedules, CLASSES[name])
    again = keras.optimizers.schedules.deserialize(keras.optimizers.schedules.serialize(schedule))
    assert [float(again(batch)) for batch in BATCHES] == [float(schedule(batch)) for batch in BATCHES]
    arguments = CASES[name][0] if isinstance(CASES[name][0], dict) else {}
    assert called(function(name), {**arguments, "name": "zzz"} if arguments else CASES[name][0]).name


def moved(optimizer, batches=6):
    """How far each batch moves a weight whose gradient is always 1."""
    variable = keras.Variable(0.0)
    optimizer.build([variable])
    places = [0.0]
    for _ in range(batches):
        optimizer.apply([keras.ops.ones(())])
        places.append(float(variable))
    return -np.diff(places)


@pytest.mark.parametrize("name", CASES)
def test_a_schedule_is_the_rate_of_a_training(name):
    schedule = called(function(name), CASES[name][0])
    rates = [float(schedule(batch)) for batch in range(6)]
    np.testing.assert_allclose(moved(rk.optimizer_sgd(lr=schedule)), rates, rtol=1e-5)
    np.testing.assert_allclose(moved(rk.optimizer_sgd(learning_rate=schedule)), rates, rtol=1e-5)


@pytest.mark.parametrize("name", ["sgd", "rmsprop", "adam", "adamax", "nadam", "adagrad", "adadelta", "ftrl"])
def test_every_optimizer_follows_a_schedule(name, build, data):
    make = getattr(rk, f"optimizer_{name}")
    rate = 0.125 if name == "ftrl" else 0.0  # the other one divides by it
    schedule = rk.learning_rate_schedule_piecewise_constant_decay(1, [0.25, rate])
    model = build()
    rk.compile(model, make(learning_rate=schedule), "mse")
    rk.fit(model, *data, batch_size=12, epochs=1, verbose=0)
    before = model.get_weights()
    rk.fit(model, *data, batch_size=12, epochs=1, verbose=0)
    for one, other in zip(before, model.get_weights(), strict=True):
        assert np.array_equal(one, other) == (rate == 0)
    assert rk.k_get_value(model.optimizer.lr) == rate
    assert make(learning_rate=schedule).get_config()["learning_rate"]["class_name"] == "PiecewiseConstantDecay"


@pytest.mark.tensorflow
@pytest.mark.once
def test_decay_acts_beside_a_schedule_as_in_keras_2():
    import tensorflow as tf
    import tf_keras

    theirs = tf_keras.optimizers.legacy.SGD(tf_keras.optimizers.schedules.InverseTimeDecay(0.1, 2, 0.5), decay=0.25)
    variable, places = tf.Variable(0.0), [0.0]
    for _ in range(6):
        theirs.apply_gradients([(tf.constant(1.0), variable)])
        places.append(float(variable))
    ours = rk.optimizer_sgd(lr=rk.learning_rate_schedule_inverse_time_decay(0.1, 2, 0.5), decay=0.25)
    np.testing.assert_allclose(moved(ours), -np.diff(places), rtol=1e-5)


@pytest.mark.parametrize(
    "callback",
    [lambda: rk.callback_learning_rate_scheduler(lambda epoch: 0.1), lambda: rk.callback_reduce_lr_on_plateau("loss")],
    ids=["scheduler", "plateau"],
)
def test_callbacks_say_that_they_cannot_set_the_rate_of_a_schedule(callback, build, data):
    model = build()
    rk.compile(model, rk.optimizer_adam(lr=rk.learning_rate_schedule_cosine_decay(0.1, 100)), "mse")
    with pytest.raises(ValueError, match=r"callback_.*\(\): the learning rate of Adam follows a LearningRateSchedule"):
        rk.fit(model, *data, epochs=1, verbose=0, callbacks=callback())


def test_lr_is_the_rate_of_now_and_cannot_be_set_beside_a_schedule():
    optimizer = rk.optimizer_sgd(lr=rk.learning_rate_schedule_polynomial_decay(0.1, 10, 0.0))
    moved(optimizer, 5)
    assert float(optimizer.lr) == pytest.approx(0.05)
    assert float(optimizer.learning_rate) == pytest.approx(0.05)
    with pytest.raises(TypeError, match="LearningRateSchedule"):
        optimizer.lr = 0.1
    optimizer.lr = rk.learning_rate_schedule_exponential_decay(0.5, 1, 1.0)
    assert float(optimizer.lr) == 0.5


def test_what_is_no_schedule_is_refused():
    for wrong in ("0.1", None, -0.1, keras.losses.MeanSquaredError(), [0.1, 0.2], len, float("nan")):
        with pytest.raises(rk.ArgumentError, match=r"`lr` must be a number >= 0 or a learning rate schedule, not "):
            rk.optimizer_adam(lr=wrong)
    with pytest.raises(
        rk.ArgumentError, match=r"decay\(\): `values` must be 3 numbers, one more than `boundaries`, not "
    ):
        rk.learning_rate_schedule_piecewise_constant_decay([1, 2], [0.1])
