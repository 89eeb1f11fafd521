"""The arguments that recurrent layers and their cells share."""

from typing import Annotated, TypedDict

from typing_extensions import Doc

from .arguments import BatchSize, DType, InputShape, LayerName, Share, Trainable, Weights

ReturnSequences = Annotated[bool, Doc("Whether the output has every step, not the last alone.")]
ReturnState = Annotated[bool, Doc("Whether the last state comes behind the output.")]
GoBackwards = Annotated[bool, Doc("Whether the steps are read from the last to the first.")]
Stateful = Annotated[
    bool,
    Doc(
        "Whether each sample goes on with the state of the sample at its place in the batch before, until "
        "`reset_states`; the size of the batch has to be fixed."
    ),
]
Unroll = Annotated[bool, Doc("Whether the steps are written out instead of looped over: faster and larger.")]
UnitForgetBias = Annotated[bool, Doc("Whether the bias of the forget gate begins at 1.")]
ResetAfter = Annotated[
    bool,
    Doc(
        "Whether the reset gate is applied behind the multiplication with the recurrent kernel, as cuDNN does; the "
        "bias then is one of the input and one of the state."
    ),
]
DropoutShare = Annotated[Share, Doc("The share of the input that is dropped in training, from 0 to 1.")]
RecurrentDropoutShare = Annotated[
    Share, Doc("The share of the recurrent state that is dropped in training, from 0 to 1.")
]


class CellTail(TypedDict, total=False):
    """What ends the signature of a cell."""

    dtype: DType
    name: LayerName
    trainable: Trainable
    weights: Weights


class TailBeforeShape(TypedDict, total=False):
    """What ends the signature of `layer_conv_lstm_2d`."""

    batch_size: BatchSize
    name: LayerName
    trainable: Trainable
    weights: Weights
    input_shape: InputShape
