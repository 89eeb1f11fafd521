"""Classes of Python whose methods are functions of R, here without R; test-classes.R goes there from R."""

import gc
import inspect

import keras
import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.r import instances
from rkeras_py.r.classes import LEFT_TO_R, Method, Super, make_class, number_in_r
from rkeras_py.r.functions import RFunction


def of_r(function, names=None):
    names = names or list(inspect.signature(function).parameters)
    return RFunction(function, names, [False] * len(names))


def method(function, *formals, doc=None):
    names = [one[0] if isinstance(one, tuple) else one for one in formals]
    given = [list(one) if isinstance(one, tuple) else [one, "required"] for one in formals]
    return Method(of_r(function, ["self", *names]), given, doc)


def made(base=keras.layers.Layer, active=None, attributes=None, name="Own", **methods):
    bases = base if isinstance(base, list) else [base]
    return make_class(name, bases, methods, active or {}, attributes or {}, doc="A class.", number=7)


def scaled():
    def initialize(self, by=2.0):
        self.by = by

    def build(self, input_shape):
        self.scale = self.add_weight("scale", [float(input_shape[-1])], initializer="ones")
        return "of no interest"

    return made(
        initialize=method(initialize, ("by", "value", 2.0)),
        build=method(build, "input_shape"),
        call=method(lambda self, inputs, training: inputs * self.scale * self.by, "inputs", "training"),
        compute_output_shape=method(lambda self, input_shape: [*input_shape[:-1], 3.0], "input_shape"),
    )


def test_a_layer_trains_and_is_loaded(data):
    sort = scaled()
    model = keras.Sequential([keras.Input(data[0].shape[1:]), keras.layers.Dense(3), sort(3.0, name="own")])
    rk.compile(model, "sgd", "mse")
    rk.fit(model, data[0], data[1][:, None] * np.ones(3), epochs=1, verbose=0)
    assert np.any(np.array(model.layers[1].scale) != 1)
    assert model.layers[1].compute_output_shape((None, 3)) == (None, 3)
    model.save("model.keras")
    loaded = keras.models.load_model("model.keras", {"Own": sort})
    np.testing.assert_allclose(loaded.predict(data[0], verbose=0), model.predict(data[0], verbose=0), rtol=1e-6)
    assert (loaded.layers[1].name, loaded.layers[1].by) == ("own", 3.0)


def test_signatures_are_those_in_r():
    def f(*args, **named):
        return args[1:], named

    sort = made(
        object,
        f=method(f, "x", ("lambda", "value", [1, 2]), "self.y", ("...", "required"), ("behind", "left"), doc="Text."),
    )
    assert str(inspect.signature(sort.f)) == (
        f"(self, x, r_lambda=[1, 2], r_self_y='{LEFT_TO_R}', *args, behind='{LEFT_TO_R}', **kwargs)"
    )
    assert (sort.f.__doc__, sort.__doc__, sort.__module__) == ("Text.", "A class.", "R6type")
    assert number_in_r(sort()) == 7
    assert sort().f(1) == ((), {"x": 1, "lambda": [1, 2]})
    assert sort().f(1, 2, 3, 4, other=5) == ((4,), {"x": 1, "lambda": 2, "self.y": 3, "other": 5})
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        sort().f()


def test_super_is_that_of_the_class_that_defines_a_method():
    classes = {}
    parent = made(name="Parent", call=method(lambda self, inputs: inputs + 1, "inputs"))
    classes["child"] = made(
        parent,
        call=method(lambda self, inputs: 10 * Super(classes["child"], self).call(inputs), "inputs"),
        name="Child",
    )
    grandchild = made(classes["child"], name="Grandchild")
    np.testing.assert_array_equal(grandchild()(np.ones((1, 2))), 20 * np.ones((1, 2)))


def test_what_all_layers_have_need_not_be_handed_on():
    classes = {}

    def initialize(self, units):
        Super(classes["own"], self).initialize(dtype="float64")
        self.units = units

    classes["own"] = made(initialize=method(initialize, "units"))
    layer = classes["own"](3, name="mine", trainable=False)
    assert (layer.name, layer.trainable, layer.compute_dtype, layer.units) == ("mine", False, "float64", 3)
    assert made(initialize=method(lambda self: None))(name="quiet").name == "quiet"
    with pytest.raises(ValueError, match="colour"):
        made(initialize=method(lambda self: None))(colour="red")


def test_active_fields_and_attributes():
    def active(self, *value):
        if value:
            self.kept = value[0]
        return getattr(self, "kept", "nothing")

    sort = made(
        object,
        {"field": of_r(active, ["self", "value"]), "fixed": of_r(lambda self: 1)},
        {"shared": [1, 2]},
    )
    one = sort()
    assert (one.field, one.fixed, one.shared) == ("nothing", 1, [1, 2])
    one.field = 3
    assert one.field == 3
    with pytest.raises(AttributeError):
        one.fixed = 2


def test_a_metric_is_reset_under_both_names():
    classes = {}

    def begin(self, name):
        Super(classes["metric"], self).initialize(name=name)
        self.total = self.add_weight("total", [])

    classes["metric"] = made(
        keras.metrics.Metric,
        initialize=method(begin, ("name", "value", "own")),
        reset_states=method(lambda self: self.total.assign(5.0)),
        update_state=method(lambda self, y_true, y_pred: self.total.assign(1.0), "y_true", "y_pred"),
        result=method(lambda self: self.total),
    )
    own = classes["metric"](dtype="float32")
    own.reset_state()
    assert (float(own.result()), own.name) == (5.0, "own")
    early = made(keras.metrics.Metric, initialize=method(lambda self: self.add_weight("total", [])))
    with pytest.raises(RuntimeError, match="super"):
        early()


def test_hooks_of_callbacks_are_called_by_position(build, data):
    seen = []

    def end(self, number, what):
        seen.append((number, what["loss"] > 0))

    sort = made(
        keras.callbacks.Callback,
        on_epoch_end=method(end, "number", "what"),
        on_train_batch_end=method(end, "number", "what"),
        on_train_begin=method(lambda self: seen.append("begun")),
    )
    rk.fit(build(), *data, epochs=2, verbose=0, batch_size=len(data[0]), callbacks=sort())
    assert seen == ["begun", *[(0, True), (0, True)], *[(0, True), (1, True)]]


@pytest.mark.skipif(keras.config.backend() != "jax", reason="a training step of JAX")
def test_a_training_step_on_jax_has_a_state():
    with pytest.raises(rk.ArgumentError, match=r"train_step\(state, data\)"):
        made(keras.Model, train_step=method(lambda self, data: {}, "data"))
    made(keras.Model, train_step=method(lambda self, state, data: {}, "state", "data"))


@pytest.mark.tensorflow
def test_a_training_step_of_ones_own(data):
    def step(self, data):
        return {"mine": keras.ops.sum(data[0])}

    call = method(lambda self, x: x, "x")
    model = made(keras.Model, train_step=method(step, "data"), call=call)()
    rk.compile(model, "sgd", "mse")
    history = rk.fit(model, *data, epochs=1, verbose=0, batch_size=len(data[0]))
    assert history.metrics["mine"][0] == pytest.approx(data[0].sum(), rel=1e-4)


def test_instances_have_numbers_that_keep_none_alive():
    one, other = made()(), made()()
    assert instances.number_of(one) == instances.number_of(one) != instances.number_of(other)
    number = instances.number_of(one)
    assert instances.instance(number) is one
    del one
    gc.collect()
    assert instances.instance(number) is None
    gone = instances.dropped()
    assert number in gone
    assert instances.number_of(other) not in gone
    assert number not in instances.dropped()
