"""What is frozen and when it counts, and the book's GAN, which hangs on it."""

import gc
import warnings
import weakref

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning


@pytest.fixture
def model():
    made = rk.keras_model_sequential()
    for units in (4, 3, 2, 1):
        rk.layer_dense(made, units, name=f"dense_of_{units}", **({"input_shape": [3]} if units == 4 else {}))
    return made


def flags(model):
    return [layer.trainable for layer in model.layers]


def test_all_is_frozen_and_unfrozen(model):
    assert rk.freeze_weights(model) is model
    assert flags(model) == [False] * 4
    assert model.trainable_weights == []
    assert rk.unfreeze_weights(model) is model
    assert flags(model) == [True] * 4
    assert rk.freeze_weights(model.layers[0]).trainable is False


RANGES = {
    "from a name": ({"from": "dense_of_2"}, [0, 0, 1, 1]),
    "from a number": ({"from": 3}, [0, 0, 1, 1]),
    "from behind": ({"from_": -1}, [0, 0, 0, 1]),
    "to": ({"to": "dense_of_3"}, [1, 1, 0, 0]),
    "both": ({"from": 2, "to": 3}, [0, 1, 1, 0]),
    "NULL counts as given": ({"from": None}, [1, 1, 1, 1]),
    "one name": ({"which": "dense_of_2"}, [0, 0, 1, 0]),
    "names": ({"which": ["dense_of_4", "dense_of_1"]}, [1, 0, 0, 1]),
    "numbers": ({"which": [1, -1]}, [1, 0, 0, 1]),
    "flags": ({"which": [True, False, False, True]}, [1, 0, 0, 1]),
    "a function": ({"which": lambda layer: layer.units > 2}, [1, 1, 0, 0]),
}


@pytest.mark.parametrize("case", RANGES)
def test_what_is_outside_gets_the_opposite(case, model):
    arguments, inside = RANGES[case]
    rk.unfreeze_weights(model, **arguments)
    assert flags(model) == [bool(one) for one in inside]
    assert model.trainable
    model.trainable = True
    rk.freeze_weights(model, **arguments)
    assert flags(model) == [not one for one in inside]


def test_layers_themselves(model):
    rk.freeze_weights(model, to=model.layers[1])
    assert flags(model) == [False, False, True, True]
    rk.freeze_weights(model, which=[model.layers[2], model.layers[0]])
    assert flags(model) == [False, True, False, True]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"from": "dense_of_9"}, '`from_` must be the name of a layer: dense_of_4, .*, not "dense_of_9"'),
        ({"from": 5}, "`from_` must be the number of a layer: .* has 4 layers, not 5"),
        ({"from": 3, "to": 2}, '`to` must be a layer behind dense_of_2, not "dense_of_3"'),
        ({"from": 1, "which": 1}, "`which` stands in the place of `from` and `to`"),
        ({"which": [True]}, "`which` must be 4 flags, one for each layer"),
        ({"which": lambda layer: "yes"}, 'the function `which` must return True or False, not "yes"'),
        ({"which": keras.layers.Dense(1, name="other")}, "`which` must be a layer of the model"),
    ],
)
def test_layers_that_cannot_be_meant_are_refused(arguments, message, model):
    with pytest.raises(rk.ArgumentError, match=message):
        rk.freeze_weights(model, **arguments)
    assert flags(model) == [True] * 4


def changed(model, data):
    """Which layers a training changes."""
    before = [layer.get_weights()[0] for layer in model.layers]
    rk.fit(model, *data, epochs=1, verbose=0)
    return [not np.array_equal(one, layer.get_weights()[0]) for one, layer in zip(before, model.layers, strict=True)]


def test_freezing_counts_when_the_model_is_compiled_again(model, data):
    rk.freeze_weights(model, to=2)
    rk.compile(model, "sgd", "mse")
    assert changed(model, data) == [False, False, True, True]
    rk.unfreeze_weights(model)
    with pytest.warns(
        RKerasWarning, match=r"fit\(\): layers have been frozen or unfrozen since the model was compiled"
    ):
        assert changed(model, data) == [False, False, True, True]
    assert flags(model) == [True] * 4
    assert changed(model, data) == [False, False, True, True]  # said once
    rk.compile(model, "sgd", "mse")
    assert changed(model, data) == [True] * 4
    rk.freeze_weights(model, from_=4)
    with pytest.warns(RKerasWarning, match="have been frozen"):
        assert changed(model, data) == [True] * 4
    assert flags(model) == [True, True, True, False]
    assert len(model.trainable_weights) == 6


def test_keras_own_compile_takes_what_is_trainable_then(model, data):
    rk.compile(model, "sgd", "mse")
    rk.freeze_weights(model, to=3)
    model.compile(keras.optimizers.SGD(), "mse")
    assert changed(model, data) == [False, False, False, True]


def test_a_model_that_is_built_by_its_training(data):
    model = keras.Sequential([keras.layers.Dense(4), keras.layers.Dense(1)])
    model.layers[0].trainable = False
    rk.compile(model, "sgd", "mse")
    model.layers[0].trainable = True
    with pytest.warns(RKerasWarning):
        rk.fit(model, *data, epochs=1, verbose=0)
    assert len(model.trainable_weights) == 4
    assert changed(model, data) == [False, True]


def test_the_discriminator_of_the_books_gan_learns():
    """Deep Learning with R, 8.5: the discriminator is frozen within the GAN, and trained by itself."""
    generator = rk.layer_dense(rk.keras_model_sequential(), 3, input_shape=[2], name="generated")
    discriminator = rk.layer_dense(rk.keras_model_sequential(), 4, input_shape=[3], activation="relu")
    rk.layer_dense(discriminator, 1, activation="sigmoid")
    rk.compile(discriminator, rk.optimizer_rmsprop(lr=0.01, clipvalue=1, decay=1e-8), "binary_crossentropy")
    rk.freeze_weights(discriminator)
    start = rk.layer_input([2])
    gan = rk.keras_model(start, discriminator(generator(start)))
    rk.compile(gan, rk.optimizer_rmsprop(lr=0.01, clipvalue=1, decay=1e-8), "binary_crossentropy")
    random = np.random.default_rng(1)
    losses = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RKerasWarning)
        for _ in range(30):
            noise = random.normal(size=(8, 2))
            samples = np.concatenate([rk.predict(generator, noise), random.normal(2, 1, size=(8, 3))])
            kept = [one.copy() for one in generator.get_weights()]
            of_discriminator = discriminator.get_weights()
            losses.append(rk.train_on_batch(discriminator, samples, np.repeat([1, 0], 8)))
            assert not np.array_equal(of_discriminator[0], discriminator.get_weights()[0])
            assert all(map(np.array_equal, kept, generator.get_weights()))
            of_discriminator = discriminator.get_weights()
            rk.train_on_batch(gan, noise, np.zeros((8, 1)))
            assert all(map(np.array_equal, of_discriminator, discriminator.get_weights()))
            assert not np.array_equal(kept[0], generator.get_weights()[0])
    assert np.mean(losses[-5:]) < np.mean(losses[:5])
    assert not discriminator.trainable


def test_a_model_that_was_compiled_is_freed():
    model = rk.layer_dense(rk.keras_model_sequential(), 1, input_shape=[3])
    rk.compile(model, "sgd", "mse")
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None
