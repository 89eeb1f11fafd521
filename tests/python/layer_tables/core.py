"""Dense layers, embeddings, activations, noise, shapes, and functions as layers."""

from .rows import Row, floats, whole

# R keras says hard_sigmoid where TensorFlow's Keras 2 had moved on.
HARD = {"recurrent_activation": "hard_sigmoid"}
REGULAR = {"kernel_regularizer": "l2", "bias_regularizer": "l1", "activity_regularizer": "l2"}
BEGINNING = {"kernel_initializer": "he_normal", "bias_initializer": "ones"}

ROWS = [
    Row("layer_dense", floats(4, 3), {"units": 5}),
    Row("layer_dense", floats(4, 2, 3), {"units": 5, "activation": "hard_sigmoid", "use_bias": False}),
    Row("layer_dense", floats(4, 3), {"units": 2, **REGULAR, **BEGINNING}),
    Row("layer_activation", floats(4, 3), {"activation": "hard_sigmoid"}),
    Row("layer_dropout", floats(4, 3), {"rate": 0.5}),
    Row("layer_flatten", floats(4, 3, 2)),
    Row("layer_flatten", floats(4, 3, 2), {"data_format": "channels_first"}),
    Row("layer_embedding", whole(4, 3), {"input_dim": 5, "output_dim": 4}),
]
UNTRIED: dict[str, dict[str, str]] = {}
