"""Each private name of Keras that rkeras uses is still what it was: a test here fails by the name that has moved."""

from contextlib import suppress

import h5py
import keras
import numpy as np
import pytest

from rkeras_py import keras_internals


@pytest.fixture
def trained(build, data):
    model = build(metrics=["acc", keras.metrics.AUC(name="area"), keras.metrics.MeanSquaredError(name="square")])
    model.fit(*data, verbose=0)
    return model


def test_metric_direction(trained):
    directions = {name: keras_internals.metric_direction(trained, name) for name in ("area", "acc", "square", "loss")}
    assert directions == {"area": "max", "acc": "max", "square": "min", "loss": None}


def test_compile_config_kept(trained):
    before = dict(trained.get_compile_config())
    assert "optimizer" in before
    with keras_internals.compile_config_kept(trained):
        trained.save("m.h5")
    assert trained.get_compile_config().keys() == before.keys()


def test_compile_config_kept_is_still_needed(trained):
    trained.save("m.h5")
    assert "optimizer" not in trained.get_compile_config(), "compile_config_kept can go"


def test_write_model_and_read_model(trained, data):
    with h5py.File("m", "w") as file:
        keras_internals.write_model(file, trained)
    with h5py.File("m", "r") as file:
        loaded = keras_internals.read_model(file, None, compile=False)
    np.testing.assert_array_equal(loaded.predict(data[0], verbose=0), trained.predict(data[0], verbose=0))


def test_write_weights_and_read_values(trained):
    with h5py.File("w", "w") as file:
        keras_internals.write_weights(file, trained)
    with h5py.File("w", "r") as file:
        for layer in trained.layers:
            values = keras_internals.read_values(file, layer.name)
            for value, expected in zip(values, layer.get_weights(), strict=True):
                np.testing.assert_array_equal(value, expected)


def test_own_weights(trained):
    class Scaled(keras.Model):
        def __init__(self):
            super().__init__()
            self.layer = keras.layers.Dense(1)
            self.scale = self.add_weight(shape=(2,), name="scale")

    model = Scaled()
    model.layer.build((None, 3))
    assert [id(one) for one in keras_internals.own_weights(model)] == [id(model.scale)]
    assert keras_internals.own_weights(trained) == []


def test_slots_by_name_average_of_and_momentum_product():
    variable = keras.Variable([1.0, 2.0])
    adam = keras.optimizers.Adam(use_ema=True)
    adam.build([variable])
    assert list(keras_internals.slots_by_name(adam, variable)) == ["momentums", "velocities"]
    assert "average" in keras_internals.average_of(adam, variable).path
    assert keras_internals.momentum_product(adam) is None
    nadam = keras.optimizers.Nadam()
    nadam.build([variable])
    assert keras_internals.average_of(nadam, variable) is None
    assert float(keras_internals.momentum_product(nadam)) == 1.0


def test_read_attribute(trained):
    with h5py.File("w", "w") as file:
        keras_internals.write_weights(file, trained)
        names = keras_internals.read_attribute(file, "layer_names")
    assert names == [layer.name for layer in trained.layers]


@pytest.fixture
def board():
    callback = keras.callbacks.TensorBoard("runs")
    callback.set_model(keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)]))
    with keras_internals.train_writer(callback).as_default():
        callback.summary.scalar("a", 1.0, step=0)
    return callback


def tags():
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    return EventAccumulator("runs/train").Reload().Tags()["tensors"]


@pytest.mark.tensorflow
def test_train_writer(board):
    keras_internals.train_writer(board).flush()
    assert "a" in tags()


@pytest.mark.tensorflow
def test_close_writers(board):
    keras_internals.close_writers(board)
    assert "a" in tags()


@pytest.mark.tensorflow
def test_batches_counted(board):
    board.on_train_begin()
    keras_internals.count_batches_from(board, (7, 2))
    board.on_train_batch_begin(0)
    board.on_test_batch_begin(0)
    assert keras_internals.batches_counted(board) == (8, 3)


@pytest.mark.tensorflow
def test_default_writer_kept(board):
    import tensorflow as tf

    with suppress(ValueError), keras_internals.default_writer_kept():
        keras_internals.train_writer(board).set_as_default()
        raise ValueError
    assert tf.summary.should_record_summaries().numpy() is np.False_


def test_begin_at(build, data):
    model = build()
    epochs = []
    watch = keras.callbacks.LambdaCallback(
        on_train_begin=lambda logs: keras_internals.begin_at(model, 2),
        on_epoch_begin=lambda epoch, logs: epochs.append(epoch),
        on_train_end=lambda logs: keras_internals.begin_at(model, None),
    )
    model.fit(*data, epochs=4, verbose=0, callbacks=[watch])
    assert epochs == [2, 3]


def test_global_seed():
    keras.utils.clear_session()
    assert keras_internals.global_seed() is None
    first = float(keras.random.normal(()))
    kept = np.asarray(keras_internals.global_seed())
    second = float(keras.random.normal(()))
    keras_internals.make_global_seed().assign(kept)
    assert float(keras.random.normal(())) == second != first


OPTIMIZERS = {"SGD": 1, "RMSprop": 3, "Adagrad": 1, "Adadelta": 2, "Adam": 3, "Adamax": 2, "Nadam": 2, "Ftrl": 2}


def built(name, **options):
    own = {"SGD": {"momentum": 0.5}, "RMSprop": {"momentum": 0.5, "centered": True}, "Adam": {"amsgrad": True}}
    optimizer = getattr(keras.optimizers, name)(**own.get(name, {}), **options)
    variables = [keras.Variable([1.0, 2.0, 3.0]), keras.Variable([[4.0]])]
    optimizer.build(variables)
    return optimizer, variables


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_slots(name):
    optimizer, variables = built(name)
    for variable in variables:
        slots = keras_internals.slots(optimizer, variable)
        assert [tuple(slot.shape) for slot in slots] == [tuple(variable.shape)] * OPTIMIZERS[name]
        assert all(any(slot is one for one in optimizer.variables) for slot in slots)


def test_is_trained_by_and_trained_by():
    optimizer, variables = built("Adam")
    assert all(keras_internals.is_trained_by(variable, optimizer) for variable in variables)
    assert not keras_internals.is_trained_by(keras.Variable(1.0), optimizer)
    assert [id(one) for one in keras_internals.trained_by(optimizer)] == [id(one) for one in variables]


def test_counts_with():
    optimizer, other = keras.optimizers.Adam(0.1), keras.optimizers.Adam(0.2)
    keras_internals.counts_with(optimizer, other)
    other.iterations.assign(7)
    other.learning_rate = 0.5
    assert int(optimizer.iterations) == 7
    assert float(optimizer.learning_rate) == 0.5
    assert [id(one) for one in optimizer.variables] == [id(one) for one in other.variables]


def hooked(*hooks, **options):
    """An optimizer with hooks, and what a step with gradients of 1 makes of weights of 4."""
    optimizer = type("Hooked", hooks, {})(**options)
    variable = keras.Variable([4.0])
    for _ in range(2):
        optimizer.apply([keras.ops.ones((1,))], [variable])
    return optimizer, float(variable[0])


def test_optimizer_hooks_clip():
    class Halves(keras_internals.OptimizerHooks):
        def clipped(self, gradients, by_keras):
            return [gradient / 2 for gradient in by_keras(gradients)]

    assert hooked(Halves, keras.optimizers.SGD, learning_rate=1.0, clipvalue=0.5)[1] == 3.5


def test_optimizer_hooks_average():
    optimizer, value = hooked(
        keras_internals.OptimizerHooks, keras.optimizers.SGD, learning_rate=1.0, use_ema=True, ema_momentum=0.5
    )
    variable = keras_internals.trained_by(optimizer)[0]
    optimizer.finalize_variable_values([variable])
    assert value == 2.0
    assert float(variable[0]) == 1.75  # of 0, which the average begins with here, 3 and 2


def test_nadam_hooks():
    class Momentum(keras_internals.NadamHooks):
        def momentum_at(self, step):
            return 0.5 * step

    optimizer, _ = hooked(Momentum, keras.optimizers.Nadam)
    assert float(optimizer.momentum_product) == 0.5


def test_has_logits():
    found = keras.config.backend() == "tensorflow"
    for operation, activation in (("Sigmoid", keras.ops.sigmoid), ("Softmax", keras.ops.softmax)):
        assert not keras_internals.has_logits(keras.ops.ones((2, 2)), operation)
        assert not keras_internals.has_logits(keras.KerasTensor((2, 2)), operation)
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, activation=activation.__name__)])
        seen = []

        def look(y, prediction, operation=operation, seen=seen):
            seen.append(keras_internals.has_logits(prediction, operation))
            return keras.losses.mean_squared_error(y, prediction)

        model.compile("sgd", look)
        model.fit(np.ones((2, 2)), np.ones((2, 2)), verbose=0)
        assert seen[-1] is found


def test_compute_by():
    def eleven(y, prediction, **options):
        return 11 + 0 * keras.ops.sum(y, axis=-1)

    for wrapper in (keras.losses.BinaryCrossentropy(), keras.metrics.BinaryCrossentropy()):
        keras_internals.compute_by(wrapper, eleven)
        assert float(wrapper(np.ones((2, 1)), np.ones((2, 1)))) == 11


def test_forget_last_compile(trained, data):
    trained.compile("sgd", "mse")
    assert "area" in trained.evaluate(*data, verbose=0, return_dict=True), "forget_last_compile can go"
    trained.compile("sgd", "mse")
    keras_internals.forget_last_compile(trained)
    assert set(trained.evaluate(*data, verbose=0, return_dict=True)) == {"loss"}
    trained.compile("sgd")
    keras_internals.forget_last_compile(trained)
    if keras.backend.backend() == "tensorflow":  # on JAX no loss is 0
        with pytest.raises(ValueError, match="No loss to compute"):
            trained.evaluate(*data, verbose=0)


def test_compute_metrics_by(build, data):
    def one(y, prediction):
        return keras.ops.ones(())

    def two(y, prediction):
        return 2 * keras.ops.ones(())

    model = build(metrics=[one, "mae"])
    keras_internals.compute_metrics_by(model, lambda metric: two if metric is one else metric)
    values = model.evaluate(*data, verbose=0, return_dict=True)
    assert values["two"] == 2
    assert set(values) == {"loss", "mae", "two"}
    assert model.get_compile_config()["metrics"][0]["config"] == "one"
    plain = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    plain.compile("sgd", "mse")
    keras_internals.compute_metrics_by(plain, len)


def test_merge_hooks():
    class Twice(keras_internals.MergeHooks, keras.layers.Multiply):
        def merged(self, inputs, by_keras):
            return 2 * by_keras(inputs)

    three = keras.ops.convert_to_tensor([[3.0]])
    assert float(Twice()([three, three, three])[0, 0]) == 54.0


def test_begin_with():
    with keras.StatelessScope():
        variable = keras.Variable("zeros", shape=(2,), dtype="float32")
        keras_internals.begin_with(variable, np.array([1.0, 2.0]))
    np.testing.assert_array_equal(keras.ops.convert_to_numpy(variable.value), [1.0, 2.0])
    keras_internals.begin_with(variable, np.array([3.0, 4.0]))
    np.testing.assert_array_equal(keras.ops.convert_to_numpy(variable.value), [1.0, 2.0])


def test_reset_uids():
    keras.backend.get_uid("thing")
    keras_internals.reset_uids()
    assert keras.backend.get_uid("thing") == 1


def test_training_of_call():
    seen = []

    class Asks(keras.layers.Layer):
        def call(self, x):
            seen.append(keras_internals.training_of_call())
            return x

    assert keras_internals.training_of_call() is None
    model = keras.Sequential([keras.Input((3,)), Asks()])
    seen.clear()
    model(np.ones((1, 3)), training=True)
    model(np.ones((1, 3)), training=False)
    assert seen == [True, False]


def test_rnn():
    def step(now, states):
        return now + states[0], [now + states[0]]

    inputs = keras.ops.reshape(keras.ops.arange(6, dtype="float32"), (1, 3, 2))
    last, outputs, states = keras_internals.rnn(step, inputs, [keras.ops.zeros((1, 2))], unroll=False)
    np.testing.assert_array_equal(outputs, [[[0, 1], [2, 4], [6, 9]]])
    np.testing.assert_array_equal(last, [[6, 9]])
    np.testing.assert_array_equal(states[0], [[6, 9]])


def test_reached():
    one, other = keras.Input((3,)), keras.Input((3,))
    hidden = keras.layers.Dense(2)(one)
    result = keras.layers.Dense(1)(hidden) + keras.layers.Dense(1)(other)

    def ids(tensors):
        return {id(tensor) for tensor in tensors}

    assert ids(keras_internals.reached(result, [])) == ids([one, other])
    assert ids(keras_internals.reached(result, [hidden])) == ids([hidden, other])
    assert ids(keras_internals.reached(hidden, [other])) == ids([one])


def test_mask_of():
    x = keras.ops.convert_to_tensor([[[1.0], [0.0]]])
    assert keras_internals.mask_of(x) is None
    np.testing.assert_array_equal(keras_internals.mask_of(keras.layers.Masking()(x)), [[True, False]])


def test_calls_in():
    inputs = keras.Input((2, 3))
    layer = keras.layers.SimpleRNN(2, name="rnn")
    masked = keras.layers.Masking()(inputs)
    layer(inputs)
    model = keras.Model(inputs, layer(masked))
    [(arguments, named)] = keras_internals.calls_in(model)["rnn"]
    assert arguments[0] is masked
    assert named["mask"] is keras_internals.mask_of(masked)


def test_show_ends():
    model = keras.Sequential()
    keras_internals.show_ends(model)
    keras_internals.show_ends(model)
    with pytest.raises(AttributeError, match="no tensors before it is built"):
        _ = model.output
    for one in (keras.Input((3,)), keras.layers.Dense(2), keras.layers.Dense(1)):
        model.add(one)
    assert model.input is model.inputs[0]
    assert model.output is model.outputs[0]
    outer = keras.Model(inputs := keras.Input((3,)), model(inputs))
    again = keras.Model.from_config(outer.get_config())
    again.set_weights(outer.get_weights())
    np.testing.assert_array_equal(again(np.ones((2, 3))), outer(np.ones((2, 3))))
    assert model.output is model.outputs[0]


def test_calls():
    layer = keras.layers.Dense(2)
    first, second = layer(keras.Input((3,))), layer(keras.Input((3,)))
    assert [id(one) for one in keras_internals.calls(second)] == [id(first), id(second)]


def test_spec_of():
    one, other = keras_internals.spec_of(lambda x, by: [x * by, keras.ops.argmax(x, -1)], keras.Input((3,)), by=2)
    assert (one.shape, other.shape, other.dtype) == ((None, 3), (None,), "int32")


def test_as_it_is():
    class Failing(keras.layers.Layer):
        def call(self, inputs, plain=True):
            error = ValueError("my words")
            raise keras_internals.as_it_is(error) if plain else error

    with pytest.raises(ValueError, match=r"^my words$"):
        Failing()(np.ones((1, 1)))
    with pytest.raises(ValueError, match="Arguments received"):
        Failing()(np.ones((1, 1)), plain=False)


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("image", ["ImageDataGenerator", "NumpyArrayIterator", "DirectoryIterator", "DataFrameIterator"]),
        ("sequence", ["TimeseriesGenerator", "make_sampling_table"]),
        ("text", ["Tokenizer"]),
    ],
)
def test_legacy_preprocessing(module, names):
    found = keras_internals.legacy_preprocessing(module)
    assert all(isinstance(getattr(found, name), type) or callable(getattr(found, name)) for name in names)


def test_data_adapter_is_taken_as_it_is(build, data):
    class Twice(keras_internals.DataAdapter):
        num_batches = 2

        def get_numpy_iterator(self):
            return iter([data, data])

        get_jax_iterator = get_numpy_iterator

        def get_tf_dataset(self):
            import tensorflow as tf

            return tf.data.Dataset.from_tensors((data[0], data[1][:, None])).repeat(2)

        on_epoch_begin = on_epoch_end = lambda self: None

    assert build().fit(Twice(), verbose=0).params["steps"] == 2


def test_weights_by_class():
    weights = keras_internals.weights_by_class(np.array([[0.0], [2.0], [1.0]]), {0: 0.5, 2: 3.0})
    assert weights.tolist() == [0.5, 3.0, 1.0]
    rows = keras_internals.weights_by_class(np.eye(3)[[2, 0]], {0: 0.5, 2: 3.0})
    assert rows.tolist() == [3.0, 0.5]
