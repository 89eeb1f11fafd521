"""train_on_batch(), test_on_batch(), predict_on_batch(), predict_proba(), predict_classes()."""

import keras
import numpy as np
import pytest

import rkeras_py as rk


def line(metrics=None, outputs=1):
    model = rk.layer_dense(rk.keras_model_sequential(), outputs, input_shape=[3], kernel_initializer="ones")
    rk.compile(model, rk.optimizer_sgd(lr=0.1), "mse", metrics=metrics)
    return model


def test_a_batch_is_what_an_epoch_of_one_batch_is(data):
    by_fit, by_batch = line(["mae"]), line(["mae"])
    history = rk.fit(by_fit, *data, batch_size=24, epochs=2, shuffle=False, verbose=0)
    values = [rk.train_on_batch(by_batch, *data) for _ in range(2)]
    assert values == [[history.metrics["loss"][i], history.metrics["mae"][i]] for i in range(2)]
    for one, other in zip(by_fit.get_weights(), by_batch.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_without_metrics_it_is_the_loss_alone(data):
    x, y = data
    loss = rk.test_on_batch(line(), x, y)
    assert isinstance(loss, float)
    assert loss == pytest.approx(np.mean((x.sum(axis=1) - y) ** 2), rel=1e-5)
    assert isinstance(rk.train_on_batch(line(), x, y), float)


def test_the_values_are_those_of_the_batch_alone(data):
    model = line(["mae"])
    x, y = data
    rk.test_on_batch(model, x, y)
    assert rk.test_on_batch(model, x[:4], y[:4]) == list(rk.evaluate(model, x[:4], y[:4], verbose=0).values())


def test_weights_of_samples_and_classes_count(data):
    x, y = data
    weights = np.where(y == 1, 3.0, 1.0)
    by_class, by_sample = line(), line()
    one = rk.train_on_batch(by_class, x, y, class_weight={"0": 1, "1": 3})
    other = rk.train_on_batch(by_sample, x, y, sample_weight=weights)
    assert one == pytest.approx(other, rel=1e-6)
    assert rk.test_on_batch(line(), x, y, sample_weight=weights) == pytest.approx(other, rel=1e-6)
    with pytest.raises(rk.ArgumentError, match="`class_weight` must be weights named by the numbers"):
        rk.train_on_batch(line(), x, y, class_weight={"a": 1})


def test_several_outputs_have_their_values_in_the_order_of_evaluate(data):
    start = rk.layer_input([3])
    model = rk.keras_model(start, [rk.layer_dense(start, 1, name="left"), rk.layer_dense(start, 1, name="right")])
    rk.compile(model, "sgd", "mse", metrics=["mae"])
    x, y = data
    evaluated = rk.evaluate(model, x, [y, y], verbose=0)
    assert list(evaluated) == ["loss", "left_loss", "right_loss", "left_mae", "right_mae"] or len(evaluated) == 5
    assert rk.test_on_batch(model, x, [y, y]) == pytest.approx(list(evaluated.values()), rel=1e-6)


def test_predictions_of_a_batch(data):
    model = line(outputs=2)
    np.testing.assert_allclose(rk.predict_on_batch(model, data[0]), rk.predict(model, data[0]), rtol=1e-6)
    assert isinstance(rk.predict_on_batch(model, data[0]), np.ndarray)


def test_probabilities_and_classes(data):
    x = data[0]
    several, single = line(outputs=3), line()
    several.set_weights([np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]), np.zeros(3)])
    np.testing.assert_array_equal(rk.predict_proba(several, x), rk.predict(several, x))
    assert rk.predict_classes(several, x).tolist() == x.argmax(axis=1).tolist()
    classes = rk.predict_classes(single, x)
    assert classes.shape == (24, 1)
    assert classes.dtype == np.int32
    assert classes[:, 0].tolist() == (x.sum(axis=1) > 0.5).astype(int).tolist()


def test_classes_of_several_outputs_are_refused():
    start = rk.layer_input([3])
    model = rk.keras_model(start, [keras.layers.Dense(1)(start), keras.layers.Dense(1)(start)])
    with pytest.raises(rk.ArgumentError, match="`object` must be a model of one output"):
        rk.predict_classes(model, np.ones((2, 3)))
