"""Training loops of one's own, with the models, losses and optimizers of rkeras, come to what train_on_batch() does."""

import keras
import numpy as np
import pytest

import rkeras_py as rk

rng = np.random.default_rng(5)
X = rng.normal(size=(24, 4)).astype("float32")
Y = np.tile([0, 2, 1], 8)


@pytest.fixture
def model():
    """A network with a layer that learns from batches beside the weights that are trained."""
    keras.utils.set_random_seed(5)
    model = rk.layer_dense(rk.keras_model_sequential(input_shape=4), 8, activation="relu")
    return rk.layer_dense(rk.layer_batch_normalization(model), 3)


@pytest.fixture
def expected(model):
    """The weights of a model like it, trained by train_on_batch()."""
    other = rk.clone_model(model)
    other.set_weights(model.get_weights())
    rk.compile(other, rk.optimizer_adam(learning_rate=0.01), rk.loss_sparse_categorical_crossentropy(from_logits=True))
    for start in range(0, 24, 8):
        rk.train_on_batch(other, X[start : start + 8], Y[start : start + 8])
    return other.get_weights()


def on_tensorflow(model, optimizer, loss):
    """Gradients by a tape."""
    import tensorflow as tf

    for start in range(0, 24, 8):
        with tf.GradientTape() as tape:
            value = loss(Y[start : start + 8], model(X[start : start + 8], training=True))
        gradients = tape.gradient(value, model.trainable_weights)
        optimizer.apply_gradients(zip(gradients, model.trainable_weights, strict=True))


def on_jax(model, optimizer, loss):
    """Gradients of a function of the values of the weights, as the help says of JAX."""
    import jax

    def loss_of(trainable, others, x, y):
        predicted, others = model.stateless_call(trainable, others, x, training=True)
        return loss(y, predicted), others

    with_gradients = jax.jit(jax.value_and_grad(loss_of, has_aux=True))
    optimizer.build(model.trainable_variables)
    everything = [model.trainable_variables, model.non_trainable_variables, optimizer.variables]
    trainable, others, state = ([one.value for one in variables] for variables in everything)
    for start in range(0, 24, 8):
        (_, others), gradients = with_gradients(trainable, others, X[start : start + 8], Y[start : start + 8])
        trainable, state = optimizer.stateless_apply(state, gradients, trainable)
    for variables, values in zip(everything, [trainable, others, state], strict=True):
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)


def test_a_loop_of_ones_own_trains_like_train_on_batch(model, expected):
    loop = {"tensorflow": on_tensorflow, "jax": on_jax}[keras.config.backend()]
    loop(model, rk.optimizer_adam(learning_rate=0.01), rk.loss_sparse_categorical_crossentropy(from_logits=True))
    for ours, theirs in zip(model.get_weights(), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)
