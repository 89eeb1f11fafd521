"""A layer beside that of Keras 2: the same weights, then outputs, gradients and files."""

import functools

import keras
import numpy as np

import rkeras_py as rk

random = np.random.default_rng(1)


def keras2():
    """Keras 2, which is TensorFlow's whatever ours runs on."""
    import tf_keras

    return tf_keras


def model_of(row):
    """Ours: the layer of a row, called on its inputs."""
    inputs = [keras.Input(batch_shape=shape_of(row, one), dtype=dtype_of(one)) for one in row.samples]
    function, given = getattr(rk, row.name), row.given(row.behind_masks(inputs, keras.layers.Masking))
    if row.inside:
        outputs = getattr(keras.layers, row.inside)(function(**row.options(rk)))(given)
    else:
        outputs = function(given, **row.options(rk))
    return keras.Model(inputs, outputs)


def legacy_model_of(row):
    """The same of Keras 2, with random weights."""
    tf_keras = keras2()
    inputs = [tf_keras.Input(batch_shape=shape_of(row, one), dtype=dtype_of(one)) for one in row.samples]
    given = row.given(row.behind_masks(inputs, tf_keras.layers.Masking))
    sort = row.legacy or sort_of(row.name)
    sort = getattr(tf_keras.layers, sort) if isinstance(sort, str) else sort
    layer = sort(**row.options_of_keras2(tf_keras))
    if row.inside:
        layer = getattr(tf_keras.layers, row.inside)(layer)
    model = tf_keras.Model(inputs, layer(**given) if isinstance(given, dict) else layer(given))
    weights = model.get_weights()
    if row.weights(weights) and all(weight.dtype.kind == "f" for weight in weights):
        model.set_weights([random.uniform(0.1, 1, weight.shape) for weight in weights])
    return model


def sort_of(name):
    """The name of the Keras class that stands in the help of a layer function."""
    return getattr(rk, name).__doc__.rpartition("`keras.layers.")[2].partition("`")[0]


def with_weights_of(row, legacy):
    """Our model with the weights of that of Keras 2."""
    model = model_of(row)
    weights = row.weights(legacy.get_weights())
    if weights:
        model.set_weights(weights)
    return model


def outputs_of(model, row):
    """What a model of Keras 2 or ours makes of the samples, as arrays."""
    inputs = [_tensor(model, one) for one in row.samples]
    return arrays(model(_only(inputs), training=row.training))


def _tensor(model, sample):
    """A sample as the model is to see it."""
    if _is_ours(model):
        return keras.ops.convert_to_tensor(sample)
    import tensorflow as tf

    return tf.constant(sample)


@functools.cache
def is_oldest():
    """Whether this is the oldest Keras that is supported, which does not divide penalties on outputs by the batch."""
    layer = keras.layers.ActivityRegularization(l1=1.0)
    layer(np.ones((2, 1), "float32"))
    return float(layer.losses[0]) == 2


def penalty_of(model):
    """What a model that was called adds to the loss."""
    return [np.sum([_numpy(one) for one in model.losses], dtype="float64").reshape(1)]


def masks_of(model, row):
    """The masks of all outputs of a model of Keras 2 or ours as numbers; -1 where there is none."""
    ours = _is_ours(model)
    seen = [_mask_seer(keras if ours else keras2())(one) for one in keras.tree.flatten(model.outputs)]
    return outputs_of((keras if ours else keras2()).Model(model.inputs, seen), row)


def _mask_seer(either):
    cast = either.ops.cast if either is keras else either.backend.cast

    class SeesMask(either.layers.Layer):
        def __init__(self):
            super().__init__()
            self.supports_masking = True

        def call(self, inputs, mask=None):
            if mask is None:
                return cast(inputs, "float32") * 0 - 1
            return cast(mask, "float32")

    return SeesMask()


def gradients_of(model, row):
    """By the inputs that are floats and the weights that are trained: of the outputs times fixed numbers."""
    by = [one for one in row.samples if one.dtype == "float32"]
    rest = {place: _tensor(model, one) for place, one in enumerate(row.samples) if one.dtype != "float32"}
    if not by and not model.trainable_weights:
        return []
    if _is_ours(model) and keras.config.backend() == "jax":
        return _gradients_on_jax(model, row, by, rest)
    import tensorflow as tf

    tensors = [tf.constant(one) for one in by]
    variables = [getattr(one, "value", one) if _is_ours(model) else one for one in model.trainable_weights]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        total = _weighed(model(_only(_placed(tensors, rest)), training=row.training), tf.reduce_sum)
    return [
        np.asarray(tf.convert_to_tensor(one))
        for one in tape.gradient(total, [*tensors, *variables], unconnected_gradients="zero")
    ]


def _gradients_on_jax(model, row, by, rest):
    import jax

    def total(trained, inputs):
        fixed = [one.value for one in model.non_trainable_variables]
        outputs, _ = model.stateless_call(trained, fixed, _only(_placed(inputs, rest)), training=row.training)
        return _weighed(outputs, keras.ops.sum)

    given = [keras.ops.convert_to_tensor(one) for one in by]
    weights, inputs = jax.grad(total, argnums=(0, 1))([one.value for one in model.trainable_variables], given)
    return [np.asarray(one) for one in [*inputs, *weights]]


def _placed(tensors, rest):
    tensors = list(tensors)
    for place, one in sorted(rest.items()):
        tensors.insert(place, one)
    return tensors


def _weighed(outputs, add):
    """A number of all outputs, each element with a weight of its own."""
    outputs = keras.tree.flatten(outputs)
    numbers = np.random.default_rng(2)
    return sum(add(one * numbers.uniform(0.5, 1.5, tuple(one.shape)).astype("float32")) for one in outputs)


def furthest(ours, theirs, row, what):
    """The largest relative or absolute difference; fails above the row's tolerance."""
    assert len(ours) == len(theirs), f"{what} of {row}"
    largest = 0.0
    for one, other in zip(ours, theirs, strict=True):
        assert one.shape == other.shape, f"{what} of {row}: shape {one.shape}, Keras 2: {other.shape}"
        if one.dtype.kind not in "fiub":
            np.testing.assert_array_equal(one, other, err_msg=f"{what} of {row}")
            continue
        one, other = one.astype("float64"), other.astype("float64")
        np.testing.assert_allclose(one, other, rtol=row.tolerance, atol=row.tolerance, err_msg=f"{what} of {row}")
        if one.size:
            with np.errstate(invalid="ignore"):
                off = np.abs(one - other) / np.maximum(1, np.abs(other))
            largest = max(largest, float(np.nanmax(off, initial=0)))
    return largest


def arrays(outputs):
    """All outputs, flat, as arrays of NumPy."""
    return [np.asarray(_numpy(one)) for one in keras.tree.flatten(outputs)]


def _numpy(one):
    return one.numpy() if hasattr(one, "numpy") else keras.ops.convert_to_numpy(one)


def shape_of(row, one):
    return one.shape if row.fixed else (None, *one.shape[1:])


def _only(tensors):
    return tensors if len(tensors) > 1 else tensors[0]


def _is_ours(model):
    return isinstance(model, keras.Model)


def dtype_of(one):
    return "string" if one.dtype.kind in "US" or one.dtype == object else str(one.dtype)
