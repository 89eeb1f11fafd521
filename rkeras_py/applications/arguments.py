"""The arguments that applications share: what they may be, and what the help says of them, once."""

from typing import Annotated, Any, Literal, TypedDict

from annotated_types import Gt
from typing_extensions import Doc

from ..language import Default, Path, RInteger, Size, Tensor, identifiers
from ..layers.arguments import Shape, SymbolicInput

IncludeTop = Annotated[bool, Doc("Whether the model ends in the layers that name the class.")]
ModelWeights = Annotated[
    Path | None,
    Doc(
        '`"imagenet"` for weights trained on ImageNet, which Keras downloads once; an HDF5 file with weights; `None` '
        "for random ones."
    ),
]
InputTensor = Annotated[
    Annotated[Any, SymbolicInput()] | None,
    Doc("A tensor from `layer_input` that the model begins with; one of its own if `None`."),
]
ImageShape = Annotated[
    Shape | None,
    Doc(
        "The shape of an image, e.g. `c(150, 150, 3)`; the one that the model was made for if `None`, or, without the "
        "top, any."
    ),
]
Pooling = Annotated[
    Literal["avg", "max"] | None,
    Doc(
        'Without the top: `"avg"` or `"max"` for the mean or the largest value of each feature over the image, `None` '
        "for the features at each place."
    ),
]
Classes = Annotated[Size, Default(1000), Doc("How many classes the top tells apart.")]
CountOfClasses = Annotated[Classes, RInteger()]
ClassifierActivation = Annotated[
    identifiers.Activation | None,
    Default("softmax"),
    Doc("The activation of the top; `None` for logits."),
]
Alpha = Annotated[
    float, Gt(0), Doc("How wide the network is: below 1 with fewer filters in each layer, above 1 with more.")
]
Minimalistic = Annotated[bool, Doc("Whether to leave out squeeze-and-excite, hard swish and 5 by 5 convolutions.")]
Dropout = Annotated[float, Doc("The share of the features that the top drops in training, from 0 to 1.")]
IncludePreprocessing = Annotated[bool, Doc("Whether the model itself scales pixels from 0 to 255.")]

Images = Annotated[
    Tensor, Doc("Images with pixels from 0 to 255 in three channels: an array, which stays as it is, or a tensor.")
]
DataFormat = Annotated[
    Literal["channels_last", "channels_first"] | None,
    Doc('`"channels_last"` or `"channels_first"`; the default of Keras if `None`.'),
]
Predictions = Annotated[Tensor, Doc("What a model with the top for ImageNet predicts, a row of 1,000 for each image.")]
Top = Annotated[Size, Doc("How many classes are named for each image.")]


class ShapeTail(TypedDict, total=False):
    """What ends the signature of an application whose last activation is given."""

    input_tensor: InputTensor
    input_shape: ImageShape
    pooling: Pooling
    classes: Classes


class Tail(ShapeTail, total=False):
    """What ends the signature of an application."""

    classifier_activation: ClassifierActivation


class TailOf2015(TypedDict, total=False):
    """The same of the applications that only R keras 2.15 has."""

    input_tensor: InputTensor
    input_shape: ImageShape
    pooling: Pooling
    classes: CountOfClasses
    classifier_activation: ClassifierActivation


class PoolingTail(TypedDict, total=False):
    """What ends the signature of an application whose first argument is the shape of the images."""

    input_tensor: InputTensor
    pooling: Pooling
    classes: Classes


class MobileTail(PoolingTail, total=False):
    """The same with the last activation."""

    classifier_activation: ClassifierActivation
