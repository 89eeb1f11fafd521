"""Connectionist temporal classification."""

from typing import Annotated, Any

import keras
from keras import ops
from typing_extensions import Doc

from ..language import RInteger, Size, refuse
from .arguments import AnyTensor
from .declaring import backend, shape_of

Probabilities = Annotated[
    AnyTensor, Doc("The probabilities: (samples, steps, classes), where the last class is the blank.")
]


@backend("ops.ctc_loss", returns="A matrix of one column, a row for each sample.")
def k_ctc_batch_cost(
    y_true: Annotated[AnyTensor, Doc("The labels: (samples, length), as whole numbers from 0.")],
    y_pred: Probabilities,
    input_length: Annotated[AnyTensor, Doc("How many steps each sample has: (samples, 1).")],
    label_length: Annotated[AnyTensor, Doc("How many labels each sample has: (samples, 1).")],
) -> Any:
    """The CTC loss of each sample."""
    blank = shape_of(y_pred)[-1] - 1
    lengths = [ops.reshape(ops.cast(one, "int32"), (-1,)) for one in (label_length, input_length)]
    labels = ops.cast(y_true, "int32")
    return ops.expand_dims(ops.ctc_loss(labels, _logits(y_pred), *lengths, mask_index=blank), 1)


@backend(
    "ops.ctc_decode",
    returns="A list: the decoded labels, a list of a matrix for each path, padded with -1, and a matrix of the "
    "logarithms of their probabilities.",
)
def k_ctc_decode(
    y_pred: Probabilities,
    input_length: Annotated[AnyTensor, Doc("How many steps each sample has: (samples).")],
    greedy: Annotated[bool, Doc("Whether to take the best class of each step, rather than a beam search.")] = True,
    beam_width: Annotated[Size, RInteger(), Doc("How many paths the beam search keeps.")] = 100,
    top_paths: Annotated[Size, Doc("How many paths the beam search returns.")] = 1,
) -> Any:
    """Decodes what a network trained by CTC predicts."""
    blank = shape_of(y_pred)[-1] - 1
    strategy = "greedy" if greedy else "beam_search"
    options = {} if greedy else {"beam_width": beam_width, "top_paths": top_paths}
    lengths = ops.reshape(ops.cast(input_length, "int32"), (-1,))
    paths, scores = ops.ctc_decode(_logits(y_pred), lengths, strategy=strategy, mask_index=blank, **options)
    return [list(ops.unstack(paths, axis=0)), scores]


@backend("ops.where", returns="A sparse tensor.")
def k_ctc_label_dense_to_sparse(
    labels: Annotated[AnyTensor, Doc("The labels: (samples, length), as whole numbers from 0.")],
    label_lengths: Annotated[AnyTensor, Doc("How many labels each sample has: (samples).")],
) -> Any:
    """A sparse tensor of labels, as TensorFlow's own functions for CTC ask for; there are none on JAX."""
    if keras.config.backend() != "tensorflow" or isinstance(labels, keras.KerasTensor):
        refuse(
            k_ctc_label_dense_to_sparse, "labels", labels, "used with TensorFlow; k_ctc_batch_cost() takes dense labels"
        )
    import tensorflow as tf

    lengths = tf.reshape(tf.cast(label_lengths, "int64"), (-1, 1))
    shape = tf.shape(labels, out_type="int64")
    places = tf.where(tf.range(shape[1])[None, :] < lengths)
    return tf.SparseTensor(places, tf.gather_nd(tf.convert_to_tensor(labels), places), shape)


def _logits(probabilities: Any) -> Any:
    return ops.log(probabilities + keras.config.epsilon())
