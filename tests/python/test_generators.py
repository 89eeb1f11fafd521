"""fit(), evaluate() and predict() on batches from generators; fit_generator() and its kin, generator_next()."""

import threading
import time
from pathlib import Path

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning
from rkeras_py.language.wording import RCallable, language
from rkeras_py.r.bridge import RFunction

PROGRAMS = Path(__file__).parents[1] / "parity" / "behaviour" / "programs"


class Batches:
    """A generator of batches that counts them."""

    def __init__(self, size=4, ends=None):
        self.given = []
        self.threads = set()
        self._size = size
        self._ends = ends  # how many batches there are in a pass

    def __call__(self):
        self.threads.add(threading.current_thread())
        if self._ends and len(self.given) % (self._ends + 1) == self._ends:
            self.given.append(None)
            return None
        random = np.random.default_rng(len(self.given))
        x = random.normal(size=(self._size, 3))
        self.given.append([x, (x.sum(axis=1) > 0).astype(float)])
        return self.given[-1]

    @property
    def batches(self):
        return [one for one in self.given if one is not None]


class Numbered(keras.utils.PyDataset):
    """A data set of batches that have numbers."""

    def __init__(self, number, **options):
        super().__init__(**options)
        self.asked = []
        self.ended = 0
        self._number = number

    def __len__(self):
        return self._number

    def __getitem__(self, number):
        self.asked.append(number)
        return np.full((2, 3), number, "float32"), np.full((2, 1), number, "float32")

    def on_epoch_end(self):
        self.ended += 1


class LikeASequence:
    """What knows no more of Keras than a length and numbers."""

    def __init__(self, number):
        self.asked = []
        self._number = number

    def __len__(self):
        return self._number

    def __getitem__(self, number):
        self.asked.append(number)
        return np.ones((2, 3)), np.ones(2)


class Loader:
    """What can be gone through again and has no numbers, as a loader of torch."""

    def __init__(self, batches):
        self.passes = 0
        self._batches = batches

    def __len__(self):
        return len(self._batches)

    def __iter__(self):
        self.passes += 1
        return iter(self._batches)


def by_hand(model, batches, class_weight=None):
    """Trains batch by batch."""
    for x, y, *weights in batches:
        rk.train_on_batch(model, x, y, class_weight=class_weight, sample_weight=weights[0] if weights else None)


def same_weights(one, other):
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6)


def twins(build):
    model, other = build(), build()
    other.set_weights(model.get_weights())
    return model, other


def counting():
    """A callback that counts the batches of each epoch."""
    counts = []
    return counts, rk.callback_lambda(
        on_epoch_begin=lambda epoch: counts.append(0),
        on_train_batch_end=lambda batch: counts.append(counts.pop() + 1),
    )


@pytest.mark.parametrize("kind", ["function", "generator", "iterator"])
def test_a_generator_trains_as_its_batches_do(build, kind):
    generator = Batches()
    given = {
        "function": lambda: generator,
        "generator": lambda: (generator() for _ in range(99)),
        "iterator": lambda: iter([generator() for _ in range(6)]),
    }
    model, other = twins(build)
    history = rk.fit(model, given[kind](), steps_per_epoch=3, epochs=2, verbose=0)
    assert len(generator.given) == 6
    by_hand(other, generator.given)
    same_weights(model, other)
    assert history.epoch == [0, 1]
    assert history.params["steps"] == 3


def test_as_many_batches_are_drawn_as_there_are_steps(build):
    trained, validated, model = Batches(), Batches(), build()
    rk.fit(model, trained, steps_per_epoch=3, epochs=2, validation_data=validated, validation_steps=2, verbose=0)
    assert (len(trained.given), len(validated.given)) == (6, 4)
    rk.evaluate(model, trained, steps=3, verbose=0)
    rk.predict(model, validated, steps=1)
    assert (len(trained.given), len(validated.given)) == (9, 5)


def test_evaluate_and_predict_see_what_the_batches_hold(build):
    model, generator = build(), Batches()
    values = rk.evaluate(model, generator, steps=3, verbose=0)
    x, y = (np.concatenate(parts) for parts in zip(*generator.given, strict=True))
    for name, value in rk.evaluate(model, x, y, verbose=0).items():
        assert values[name] == pytest.approx(value, rel=1e-5)
    samples = iter([[x[:5]], [x[5:]]])
    np.testing.assert_allclose(rk.predict(model, samples), rk.predict(model, x), rtol=1e-5)
    np.testing.assert_allclose(rk.predict(model, Batches(ends=3)), rk.predict(model, x), rtol=1e-5)


class OfR(RFunction):
    """A function of R's, for what is decided by that."""


def from_r(function):
    return OfR(function, [], [])


@pytest.fixture
def in_r():
    """R's words and R's ways."""
    token = language.set("R")
    yield
    language.reset(token)


@pytest.mark.usefixtures("in_r")
def test_a_function_of_r_is_called_on_its_own_thread_only(build):
    trained, validated = Batches(), Batches()
    model = build()
    arguments = {"steps_per_epoch": 300, "epochs": 2, "validation_steps": 20, "verbose": 0}
    rk.fit(model, from_r(trained), validation_data=from_r(validated), **arguments)
    assert (len(trained.given), len(validated.given)) == (600, 40)
    rk.predict(model, from_r(trained), steps=20)
    assert trained.threads == validated.threads == {threading.main_thread()}


@pytest.mark.usefixtures("in_r")
def test_what_a_named_list_of_r_has_goes_by_places(build):
    generator = Batches()
    model, other = twins(build)

    def named():
        x, y = generator()
        return {"samples": x, "targets": y}

    rk.fit(model, from_r(named), steps_per_epoch=2, epochs=1, verbose=0)
    by_hand(other, generator.given)
    same_weights(model, other)


@pytest.mark.tensorflow
def test_a_batch_is_drawn_while_the_one_before_is_trained_on(build):
    """What takes 0.05 s to draw and 0.05 s to train on takes less than the sum."""
    generator = Batches()

    def slow():
        time.sleep(0.05)
        return generator()

    model = build()
    rk.fit(model, generator, steps_per_epoch=2, epochs=1, verbose=0)
    waiting = rk.callback_lambda(on_train_batch_end=lambda batch: time.sleep(0.05))
    begin = time.perf_counter()
    rk.fit(model, slow, steps_per_epoch=20, epochs=1, verbose=0, callbacks=waiting)
    assert time.perf_counter() - begin < 1.6
    assert len(generator.threads) == 2
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("rkeras-batches")]


class OwnError(Exception):
    pass


@pytest.mark.parametrize("error", [OwnError, KeyboardInterrupt, StopIteration])
@pytest.mark.parametrize("at", [0, 3])
@pytest.mark.parametrize("role", ["x", "validation_data"])
def test_an_error_in_a_generator_is_the_users_own(build, error, at, role):
    generator = Batches()

    def failing():
        if len(generator.given) == at:
            raise error("my own words")
        return generator()

    arguments = {"x": Batches(), "validation_data": Batches(), role: failing} | {"steps_per_epoch": 3}
    model = build()
    expected = RuntimeError if error is StopIteration else error
    with pytest.raises(expected) as caught:
        rk.fit(model, **arguments, validation_steps=4, epochs=3, verbose=0)
    assert "my own words" in str(caught.value)
    assert rk.fit(model, Batches(), steps_per_epoch=3, epochs=1, verbose=0).epoch == [0]


@pytest.mark.parametrize("length", [4, 1])
def test_none_ends_the_epoch(build, length):
    generator, model = Batches(ends=length), build()
    counts, count = counting()
    history = rk.fit(model, generator, epochs=3, verbose=0, callbacks=count)
    assert counts == [length] * 3
    assert len(generator.batches) == 3 * length
    assert history.epoch == [0, 1, 2]
    assert history.stop_reason is None


def test_none_behind_the_last_step_is_no_epoch(build):
    generator = Batches(ends=4)
    counts, count = counting()
    rk.fit(build(), generator, steps_per_epoch=4, epochs=3, verbose=0, callbacks=count)
    assert counts == [4, 4, 4]


def test_a_training_ends_where_there_are_no_more_batches(build):
    generator = Batches()
    with pytest.warns(RKerasWarning, match=r"^fit\(\): there were no more batches after epoch 2\.$"):
        history = rk.fit(build(), (generator() for _ in range(6)), steps_per_epoch=3, epochs=5, verbose=0)
    assert history.epoch == [0, 1]
    assert history.stop_reason == "there were no more batches"
    for function in (rk.fit, rk.evaluate, rk.predict):
        with pytest.raises(rk.ArgumentError, match=rf"^{function.__name__}\(\): `x` gave no batch\.$"):
            function(build(), iter([]))
    with pytest.raises(rk.ArgumentError, match=r"^fit\(\): `validation_data` gave no batch\.$"):
        rk.fit(build(), Batches(), steps_per_epoch=2, epochs=3, verbose=0, validation_data=iter([generator()]))
    assert rk.last_history().epoch == [0]


@pytest.mark.parametrize("steps", [3, 4, 6])
def test_epochs_are_as_long_as_was_said(build, steps):
    for dataset in (Numbered(4), LikeASequence(4), Loader([(np.ones((2, 3)), np.ones(2))] * 4)):
        counts, count = counting()
        rk.fit(build(), dataset, steps_per_epoch=steps, epochs=3, verbose=0, shuffle=False, callbacks=count)
        assert counts == [steps] * 3
        if steps != 4 and not isinstance(dataset, Loader):
            assert dataset.asked == [number % 4 for number in range(3 * steps)]


def test_passes_through_a_data_set_are_whole(build):
    dataset = Numbered(4)
    rk.fit(build(), dataset, steps_per_epoch=6, epochs=2, verbose=0)
    passes = [dataset.asked[begin : begin + 4] for begin in (0, 4, 8)]
    assert [sorted(one) for one in passes] == [[0, 1, 2, 3]] * 3
    assert passes != [[0, 1, 2, 3]] * 3
    assert dataset.ended == 2


@pytest.mark.parametrize("steps", [None, 3, 6])
def test_each_validation_begins_with_the_first_batch(build, steps):
    loader, sequence = Loader([(np.ones((2, 3)), np.ones(2))] * 4), LikeASequence(4)
    for validated in (loader, sequence):
        arguments = {"validation_data": validated, "validation_steps": steps, "epochs": 2, "verbose": 0}
        rk.fit(build(), Batches(), steps_per_epoch=2, **arguments)
    assert loader.passes == (2 if steps != 6 else 4)
    assert sequence.asked == [number % 4 for number in range(steps or 4)] * 2


def test_a_loader_is_gone_through_in_each_epoch(build):
    generator = Batches()
    loader = Loader([generator() for _ in range(3)])
    model, other = twins(build)
    rk.fit(model, loader, epochs=2, verbose=0)
    by_hand(other, generator.given * 2)
    same_weights(model, other)
    counts, count = counting()
    rk.fit(model, loader, steps_per_epoch=2, epochs=3, verbose=0, callbacks=count, class_weight={"0": 1.0, "1": 2.0})
    assert counts == [2, 2, 2]
    assert loader.passes == 4


@pytest.mark.tensorflow
def test_epochs_of_a_data_set_of_tensorflow_are_as_long_as_was_said(build, data):
    import tensorflow as tf

    counts, count = counting()
    dataset = tf.data.Dataset.from_tensor_slices(data).batch(6)
    rk.fit(build(), dataset, steps_per_epoch=3, epochs=3, verbose=0, callbacks=count)
    assert counts == [3, 3, 3]
    counts.clear()
    rk.fit(build(), dataset, epochs=2, verbose=0, callbacks=count)
    assert counts == [4, 4]


@pytest.mark.parametrize("kind", ["0 or 1", "a row of 0 and 1", "weighted"])
def test_class_weight_counts_with_a_generator(build, kind):
    units = 2 if kind == "a row of 0 and 1" else 1
    generator = Batches()

    def made():
        keras.utils.set_random_seed(3)
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units, activation="sigmoid")])
        model.compile("sgd", "mse")
        return model

    def batch():
        x, y = generator()
        if units == 2:
            y = np.stack([1 - y, y], axis=1)
        weights = [np.linspace(1, 2, len(x))] if kind == "weighted" else []
        return x, y, *weights

    model, other = made(), made()
    rk.fit(model, batch, steps_per_epoch=4, epochs=1, verbose=0, class_weight={"0": 1.0, "1": 5.0})
    for x, y in generator.given:
        weights = np.where(y == 1, 5.0, 1.0) * (np.linspace(1, 2, len(x)) if kind == "weighted" else 1)
        rk.train_on_batch(other, x, np.stack([1 - y, y], axis=1) if units == 2 else y, sample_weight=weights)
    same_weights(model, other)


def test_several_inputs_and_outputs_in_lists_and_by_name():
    left, right = keras.Input((3,), name="left"), keras.Input((2,), name="right")
    joined = keras.layers.Concatenate()([left, right])
    outputs = [keras.layers.Dense(1, name="a")(joined), keras.layers.Dense(2, name="b")(joined)]
    model = keras.Model([left, right], outputs)
    model.compile("sgd", ["mse", "mse"])
    x, y = [np.ones((4, 3)), np.ones((4, 2))], [np.ones(4), np.ones((4, 2))]
    expected = model.evaluate(x, [y[0][:, None], y[1]], verbose=0)[0]
    named = dict(zip(["left", "right"], x, strict=True)), dict(zip(["a", "b"], y, strict=True))
    assert rk.evaluate(model, lambda: [x, y], steps=2, verbose=0)["loss"] == pytest.approx(expected)
    inputs = {"left": left, "right": right}
    by_name = keras.Model(inputs, dict(zip(["a", "b"], outputs, strict=True)))
    by_name.compile("sgd", {"a": "mse", "b": "mse"})
    assert rk.evaluate(by_name, lambda: named, steps=2, verbose=0)["loss"] == pytest.approx(expected)
    assert [one.shape for one in rk.predict(model, lambda: [x], steps=2)] == [(8, 1), (8, 2)]


def test_sequences_of_a_length_of_their_own_in_each_batch():
    for shape in ((None, 2), None):  # what says that they differ, and what does not
        layers = [keras.layers.SimpleRNN(2), keras.layers.Dense(1)]
        model = keras.Sequential([keras.Input(shape), *layers] if shape else layers)
        model.compile("sgd", "mse")
        lengths = iter([3, 5, 4, 4, 7, 2])
        history = rk.fit(model, lambda it=lengths: [np.ones((2, next(it), 2)), np.ones(2)], steps_per_epoch=6, epochs=1)
        assert history.epoch == [0]


@pytest.mark.tensorflow
def test_a_batch_that_does_not_fit_those_before_is_refused_by_its_shape(build):
    widths = iter([3, 3, 4])
    message = (
        r"^fit\(\): a batch that `x` gives has arrays of shapes \(2, 4\), \(2, 1\), where those before had \(any, 3\), "
        r"\(any, 1\)\.$"
    )
    with pytest.raises(rk.ArgumentError, match=message):
        rk.fit(build(), lambda: [np.ones((2, next(widths))), np.ones(2)], steps_per_epoch=3, verbose=0)


def test_a_model_that_is_not_built_loses_no_batch(build):
    """On JAX, Keras looks at a batch to build it."""
    generator = Batches()
    model = keras.Sequential([keras.layers.Dense(1, kernel_initializer="ones")])
    model.compile("sgd", "mse")
    rk.fit(model, generator, steps_per_epoch=3, epochs=1, verbose=0)
    assert len(generator.given) == 3
    other = keras.Sequential([keras.layers.Dense(1, kernel_initializer="ones")])
    other.compile("sgd", "mse")
    by_hand(other, generator.given)
    same_weights(model, other)


@pytest.mark.parametrize(
    ("batch", "shown"),
    [
        ([np.ones((2, 3))] * 4, r"\[an array of shape \(2, 3\), .*\]"),
        ("zzz", '"zzz"'),
        ([], "an empty vector"),
        ([np.ones((2, 3)), "zzz"], r"\[an array of shape \(2, 3\), \"zzz\"\]"),
    ],
)
def test_what_is_no_batch_is_refused(build, batch, shown):
    message = (
        rf"^fit\(\): a batch that `x` gives must be a list of samples, targets, and weights if need be, not {shown}"
    )
    with pytest.raises(rk.ArgumentError, match=message):
        rk.fit(build(), lambda: batch, steps_per_epoch=3, verbose=0)


def test_what_a_generator_gives_itself_is_refused_beside_it(build, data):
    for argument in ("y", "sample_weight"):
        message = rf"^fit\(\): `{argument}` must be None, as a generator gives it with its samples, not an array"
        with pytest.raises(rk.ArgumentError, match=message):
            rk.fit(build(), Batches(), steps_per_epoch=3, **{argument: data[1]})
    with pytest.raises(rk.ArgumentError, match=r"not a function\. A generator of batches is a function without"):
        rk.fit(build(), lambda epoch: epoch, steps_per_epoch=3)


def test_the_older_functions_do_what_the_newer_do(build):
    model, other = twins(build)
    arguments = {"steps_per_epoch": 3, "validation_steps": 2, "verbose": 0}
    older = rk.fit_generator(model, Batches(), validation_data=Batches(), class_weight={"1": 3.0}, **arguments)
    newer = rk.fit(other, Batches(), validation_data=Batches(), class_weight={"1": 3.0}, epochs=1, **arguments)
    assert older.history == newer.history
    assert older.epoch == [0]
    assert rk.last_history() is newer
    assert rk.evaluate_generator(model, Batches(), 3) == rk.evaluate(model, Batches(), steps=3, verbose=0)
    np.testing.assert_array_equal(rk.predict_generator(model, Batches(), 3), rk.predict(model, Batches(), steps=3))
    with pytest.raises(rk.ArgumentError, match=r"^fit_generator\(\): a batch that `generator` gives must be"):
        rk.fit_generator(model, lambda: "zzz", 3)


def test_workers_make_the_batches_of_a_data_set_and_else_are_not_used(build):
    dataset = Numbered(4)
    rk.fit_generator(build(), dataset, 4, workers=3, max_queue_size=5, verbose=0)
    assert (dataset.workers, dataset.max_queue_size) == (3, 5)
    for function in (rk.fit_generator, rk.evaluate_generator, rk.predict_generator):
        for argument, value in {"workers": 3, "max_queue_size": 20}.items():
            name = rf"{function.__name__}\(\): `{argument}` is not used: the batches of such a generator are made one"
            with pytest.warns(RKerasWarning, match=name) as said:
                function(build(), Batches(), 2, **{argument: value})
            assert len(said) == 1
        function(build(), Batches(), 2, workers=0)


def test_a_history_and_a_backup_of_a_generator(build):
    generator = Batches()
    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    backup = rk.callback_backup_and_restore("backup")
    history = rk.fit(model, generator, steps_per_epoch=3, epochs=2, verbose=0, callbacks=backup)
    assert len(generator.given) == 6
    assert history.params["do_validation"] is False
    assert "samples" not in history.params


@pytest.mark.tensorflow
def test_several_steps_in_an_execution(build):
    generator = Batches()
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse", steps_per_execution=3)
    other = keras.models.clone_model(model)
    other.set_weights(model.get_weights())
    other.compile("sgd", "mse")
    rk.fit(model, generator, steps_per_epoch=6, epochs=2, verbose=0)
    assert len(generator.given) == 12
    by_hand(other, generator.given)
    same_weights(model, other)


def test_generator_next():
    generator = Batches(ends=1)
    x, _ = rk.generator_next(generator)
    assert x is generator.given[0][0]
    assert rk.generator_next(generator, completed="over") == "over"
    numbers = iter([1])
    assert [rk.generator_next(numbers), rk.generator_next(numbers), rk.generator_next(numbers, 7)] == [1, None, 7]
    flow = rk.flow_images_from_data(np.ones((3, 2, 2, 1)), [0, 1, 2], batch_size=2, shuffle=False)
    assert rk.generator_next(flow)[1].tolist() == [0, 1]
    with pytest.raises(rk.ArgumentError, match=r"^generator_next\(\): `generator` must be an iterator or a function"):
        rk.generator_next([1])


@pytest.mark.usefixtures("in_r")
def test_images_that_r_prepares_come_from_its_own_thread(build):
    threads = set()

    class Halving(RCallable):
        def __call__(self, image):
            threads.add(threading.current_thread())
            return image / 2

    images = rk.image_data_generator(preprocessing_function=Halving())
    flow = rk.flow_images_from_data(np.ones((10, 2, 2, 1)), np.zeros(10), images, batch_size=3)
    model = keras.Sequential([keras.Input((2, 2, 1)), keras.layers.Flatten(), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    counts, count = counting()
    rk.fit(model, flow, epochs=2, verbose=0, callbacks=count, validation_data=flow, validation_steps=2)
    rk.fit(model, flow, steps_per_epoch=3, epochs=2, verbose=0, callbacks=count)
    assert counts == [4, 4, 3, 3]
    assert rk.predict(model, flow).shape == (10, 1)
    assert threads == {threading.main_thread()}


@pytest.mark.filterwarnings("ignore:.*has begun to compute:rkeras_py.language.notices.RKerasWarning")
def test_the_temperature_is_forecast_from_a_generator():
    """The program of the book, which test_backend_programs.py runs in R too, with the same history."""
    program = {}
    exec((PROGRAMS / "temperature_forecasting.py").read_text("utf-8"), program)
    history, _, again, loss, predicted, _ = program["result"]
    assert len(history) == 4
    assert (np.diff(history) < 0).all()
    assert max(again) < history[0] / 2
    assert loss[0] < history[0] / 2
    assert predicted.shape == (48, 1)
